"""The words of the five-in-place workbook that the item list does not carry, each in the form's three languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """One text in the form's languages, Traditional first."""

    hant: str
    hans: str
    en: str


NOTHING = Text("", "", "")
LANGUAGES = ("繁體中文 (zh-Hant)", "简体中文 (zh-Hans)", "English (en)")
TITLE = "「五個到位」現場檢查清單"

VISIT_DATE = Text("檢查日期", "检查日期", "Date of the visit")
NOT_IN_FUTURE = Text("日期不能晚於今天。", "日期不能晚于今天。", "The date cannot be in the future.")

SITE_TYPE = Text("場所類型", "场所类型", "Type of site")
SITE_TYPE_HINT = Text("決定適用的檢查項。", "决定适用的检查项。", "Decides which items apply.")
SITE_TYPE_REQUIRED = Text("請先選擇場所類型。", "请先选择场所类型。", "Choose the type of site first.")
SITE_TYPES = {
    "PK": Text("園區", "园区", "Industrial or innovation park"),
    "IN": Text("工業企業", "工业企业", "Industrial enterprise"),
    "OF": Text("商務樓宇", "商务楼宇", "Office building"),
    "CS": Text("建築工地", "建筑工地", "Construction site"),
    "WM": Text("專業批發市場", "专业批发市场", "Specialised wholesale market"),
    "FB": Text("餐飲", "餐饮", "Catering"),
    "RT": Text("商超/零售", "商超/零售", "Supermarket and retail"),
    "EX": Text("會展", "会展", "Exhibition"),
}

RISK_TIER = Text("所在區當日風險等級", "所在区当日风险等级", "Risk tier of the district today")
RISK_TIER_HINT = Text(
    "選「低風險」後不再列入復工報備（A10）；留空即列入。",
    "选【低风险】后不再列入复工报备（A10）；留空即列入。",
    "Low risk takes the resumption filing (A10) off the list; left blank it stays.",
)
RISK_TIERS = {
    "high": Text("高風險", "高风险", "High risk"),
    "medium": Text("中風險", "中风险", "Medium risk"),
    "low": Text("低風險", "低风险", "Low risk"),
}

DIMENSIONS = {
    "A": Text("防控機制到位", "防控机制到位", "Control mechanism in place"),
    "B": Text("員工排查到位", "员工排查到位", "Staff screening in place"),
    "C": Text("設施物資到位", "设施物资到位", "Facilities and supplies in place"),
    "D": Text("內部管理到位", "内部管理到位", "Internal management in place"),
    "E": Text("宣傳教育到位", "宣传教育到位", "Publicity and education in place"),
    "F": Text(
        "安全生產（加項，不計入五個到位）", "安全生产（加项，不计入五个到位）", "Work safety (add-on, outside the five)"
    ),
}
UNCOUNTED = ("F",)

VERDICTS = {
    "pass": (Text("合格", "合格", "In place"), "1"),
    "fail": (Text("不合格", "不合格", "Not in place"), "0"),
    "na": (Text("不適用", "不适用", "Not applicable"), ""),
}
VERDICT_REQUIRED = Text(
    "請選擇合格、不合格或不適用；未檢不算合格。",
    "请选择合格、不合格或不适用；未检不算合格。",
    "Choose in place, not in place or not applicable; unchecked never counts as in place.",
)

NOTE = Text("發現與說明", "发现与说明", "Observation")
NOTE_REQUIRED = Text("不合格須寫明發現", "不合格须写明发现", "Not in place: write down what was found")

THRESHOLDS = {
    "date<=60d": Text("應在檢查日前60天內。", "应在检查日前60天内。", "Within 60 days before the visit."),
    "date<=30d*": Text(
        "宜在檢查日前30天內（建議值）。",
        "宜在检查日前30天内（建议值）。",
        "Within 30 days before the visit (proposed).",
    ),
    "ratio=100%": Text("應為100%。", "应为100%。", "Must be 100 %."),
    "ratio x3=100%": Text("三類均應為100%。", "三类均应为100%。", "Each of the three must be 100 %."),
    "sample=100%": Text("抽查應全部符合。", "抽查应全部符合。", "Everyone sampled must comply."),
    "sample>=95%*": Text(
        "宜不低於95%（建議值）；低於80%按否決處理。",
        "宜不低于95%（建议值）；低于80%按否决处理。",
        "At least 95 % (proposed); below 80 % it is a veto.",
    ),
    "sample>=80%*": Text("宜不低於80%（建議值）。", "宜不低于80%（建议值）。", "At least 80 % (proposed)."),
    "days>=3 (target 5-7)": Text("不少於3天，宜備5–7天。", "不少于3天，宜备5–7天。", "At least 3 days, better 5 to 7."),
    "temp<37.3": Text(
        "達到37.3℃即按預案隔離並報告。",
        "达到37.3℃即按预案隔离并报告。",
        "At 37.3 °C or more: isolate and report according to the plan.",
    ),
    "count>=entrances": Text(
        "設備台數不少於開放入口數。", "设备台数不少于开放入口数。", "No fewer devices than open entrances."
    ),
    "pf+ratio<=50%(tier III)": Text(
        "三級防控區啟用桌數不超過一半。",
        "三级防控区启用桌数不超过一半。",
        "In tier III districts at most half of the tables.",
    ),
}
NO_PHOTO = Text(
    "本項不拍照：不留名冊、測溫記錄、健康碼或人臉。",
    "本项不拍照：不留名册、测温记录、健康码或人脸。",
    "No photos here: no rosters, temperature logs, health codes or faces.",
)
NO_NAMES = Text(
    "不寫個人姓名、電話或健康信息。",
    "不写个人姓名、电话或健康信息。",
    "No personal names, phone numbers or health details.",
)

CRITICAL = {
    "veto": Text("★ 一票否決", "★ 一票否决", "★ veto"),
    "conditional_veto": Text("☆ 嚴重時否決", "☆ 严重时否决", "☆ veto when grave"),
    "key": Text("◆ 重點項", "◆ 重点项", "◆ key item"),
    "normal": Text("一般項", "一般项", "ordinary item"),
}
PHOTO = {
    "required": Text("須拍照", "须拍照", "photo required"),
    "optional": Text("可拍照", "可拍照", "photo optional"),
    "forbidden": Text("禁止拍照", "禁止拍照", "no photos"),
}
DEADLINE = {
    "now": Text("立行立改", "立行立改", "mend before leaving"),
    "24h": Text("24小時內整改", "24小时内整改", "mend within 24 hours"),
    "3d": Text("3天內整改", "3天内整改", "mend within 3 days"),
    "7d": Text("7天內整改", "7天内整改", "mend within 7 days"),
    "pre-open": Text("開業（開展）前整改", "开业（开展）前整改", "mend before opening"),
    "no-open": Text("整改前不得開市", "整改前不得开市", "no opening until mended"),
}
