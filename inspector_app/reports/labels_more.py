"""Labels of orders, the one-page record, the blank checklist and the letter: 繁體, 简体, English."""

LABELS: dict[str, tuple[str, str, str]] = {
    # blank checklist
    "blank": ("空白檢查表（手工填寫）", "空白检查表（手工填写）", "Blank checklist, to be filled in by hand"),
    "blank.how": (
        "逐項勾選一格；不合格的請在備註寫明所見。",
        "逐项勾选一格；不合格的请在备注写明所见。",
        "Tick one box for each item; where one fails, note what was seen. ",
    ),
    "blank.note": ("備註", "备注", "Note"),
    "blank.inspectors": ("檢查人員", "检查人员", "Inspectors"),
    "blank.company": ("服務隊", "服务队", "Service team"),
    # one page
    "brief.rates": ("合格率：{}。", "合格率：{}。", "Pass rates: {}."),
    "brief.rest": ("其餘 {} 項——{}。", "其余 {} 项——{}。", "{} more: {}."),
    "brief.colon": ("：", "：", ": "),
    "brief.semicolon": ("；", "；", "; "),
    "brief.referred": (
        "不合格項共 {} 項，逐項見檢查記錄。",
        "不合格项共 {} 项，逐项见检查记录。",
        "{} items failed; the record lists each of them.",
    ),
    "brief.of": (
        "本頁是檢查記錄 {} 的單頁版，檢查明細見該記錄。",
        "本页是检查记录 {} 的单页版，检查明细见该记录。",
        "One page of the record {}, which lists every item. ",
    ),
    "brief.photos": ("現場照片 {} 張見該記錄。", "现场照片 {} 张见该记录。", "{} photographs are in the record. "),
    "brief.amended": (
        "封存後更正 {} 處，見該記錄。",
        "封存后更正 {} 处，见该记录。",
        "{} corrections made after sealing are in the record. ",
    ),
    # orders: only where the organisation's settings say that it has the power
    "order": ("責令限期整改指令書", "责令限期整改指令书", "Order to put right by a deadline"),
    "order.body": (
        "{team}於{day}對你單位進行復工復產「五個到位」現場檢查（檢查記錄 {number}），發現下列 {count} 項問題。"
        "現責令你單位逐項整改，並於各項期限前完成：",
        "{team}于{day}对你单位进行复工复产“五个到位”现场检查（检查记录 {number}），发现下列 {count} 项问题。"
        "现责令你单位逐项整改，并于各项期限前完成：",
        "On {day} {team} inspected your site for the five points in place (record {number}) and found "
        "what is listed below ({count} in all). You are ordered to put each of them right by its deadline:",
    ),
    "order.advice": ("整改要求", "整改要求", "To be done"),
    "order.default": (
        "按檢查內容整改到位，保留整改佐證，由服務隊現場復查。",
        "按检查内容整改到位，保留整改佐证，由服务队现场复查。",
        "Meet the requirement, keep evidence, and await the recheck on site.",
    ),
    # the letter
    "letter.title": (
        "關於{}現場檢查問題整改建議的通知",
        "关于{}现场检查问题整改建议的通知",
        "Advice on putting right what was found at {}",
    ),
    "letter.body": (
        "{team}於{day}對你單位進行復工復產「五個到位」現場檢查（檢查記錄 {number}），發現 {count} 項問題，詳見附件。"
        "建議你單位逐項整改，並於附件所列各項期限前完成。",
        "{team}于{day}对你单位进行复工复产“五个到位”现场检查（检查记录 {number}），发现 {count} 项问题，详见附件。"
        "建议你单位逐项整改，并于附件所列各项期限前完成。",
        "On {day} {team} inspected your site for the five points in place (record {number}) and found what is listed in the "
        "annex ({count} in all). You are advised to put each of them right by the deadline given there.",
    ),
    "letter.order": (
        "{team}於{day}對你單位進行復工復產「五個到位」現場檢查（檢查記錄 {number}），發現 {count} 項問題，詳見附件。"
        "現責令你單位逐項整改，並於附件所列各項期限前完成。",
        "{team}于{day}对你单位进行复工复产“五个到位”现场检查（检查记录 {number}），发现 {count} 项问题，详见附件。"
        "现责令你单位逐项整改，并于附件所列各项期限前完成。",
        "On {day} {team} inspected your site for the five points in place (record {number}) and found what is listed in the "
        "annex ({count} in all). You are ordered to put each of them right by the deadline given there.",
    ),
    "letter.annex": ("附件", "附件", "Annex"),
    "letter.annex.line": (
        "附件：存在問題及整改期限（{} 項）",
        "附件：存在问题及整改期限（{} 项）",
        "Annex: what was found, with deadlines ({})",
    ),
    "letter.annex.title": ("存在問題及整改期限", "存在问题及整改期限", "What was found, with deadlines"),
}
