"""Words of the page behind the QR code: 繁體, 简体, English."""

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
WORDS: dict[str, tuple[str, str, str]] = {
    "self": ("繁體中文", "简体中文", "English"),
    "title": ("文書核驗", "文书核验", "Verify a paper"),
    "ask": ("核驗", "核验", "Verify"),
    "paper": ("文書", "文书", "Paper"),
    "number": ("編號", "编号", "Number"),
    "check": ("校驗碼", "校验码", "Check code"),
    "issued": ("日期", "日期", "Date"),
    "found": ("有這份文書", "有这份文书", "This paper exists"),
    "compare": (
        "請核對紙上的編號、日期與每頁頁腳的校驗碼是否與此處相同；不同即不是原件。",
        "请核对纸上的编号、日期与每页页脚的校验码是否与此处相同；不同即不是原件。",
        "Compare number, date and the check code in the foot of every page with these; if they differ, it is not the original.",
    ),
    "none": ("查無編號與校驗碼都相符的文書", "查无编号与校验码都相符的文书", "No paper has this number and check code"),
    "none_why": (
        "可能是輸入有誤、文書已被改動、並非本處簽發，或簽發的電腦尚未同步；請稍後再試，或致電文書上的服務熱線。",
        "可能是输入有误、文书已被改动、并非本处签发，或签发的电脑尚未同步；请稍后再试，或致电文书上的服务热线。",
        "It may be mistyped, altered, not issued here, or the laptop that issued it has not synced yet; try again later or "
        "call the hotline on the paper.",
    ),
    "many": (
        "嘗試次數過多，請一刻鐘後再試。",
        "尝试次数过多，请一刻钟后再试。",
        "Too many tries; wait a quarter of an hour.",
    ),
    "privacy": (
        "本頁只說明文書是否存在，不顯示單位、人員或內容。",
        "本页只说明文书是否存在，不显示单位、人员或内容。",
        "This page says only whether a paper exists; it shows no site, no people and no content.",
    ),
    "kind_inspection": ("督導檢查記錄", "督导检查记录", "Inspection record"),
    "kind_notice": ("整改通知", "整改通知", "Notice"),
    "kind_recheck": ("復查記錄", "复查记录", "Recheck record"),
}
