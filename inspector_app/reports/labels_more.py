"""Labels of orders, the one-page record, the blank checklist and the letter: 繁體, 简体, English."""

LABELS: dict[str, tuple[str, str, str]] = {
    # orders: only where the organisation's settings say that it has the power
    "order": ("責令限期整改指令書", "责令限期整改指令书", "Order to put right by a deadline"),
    "order.body": (
        "{team}於{day}對你單位進行復工復產「五個到位」現場檢查（檢查記錄 {number}），發現下列 {count} 項問題。"
        "現責令你單位逐項整改，並於各項期限前完成：",
        "{team}于{day}对你单位进行复工复产“五个到位”现场检查（检查记录 {number}），发现下列 {count} 项问题。"
        "现责令你单位逐项整改，并于各项期限前完成：",
        "On {day} {team} inspected your site for the five points in place (record {number}) and found the {count} "
        "problems below. You are ordered to put each of them right by its deadline:",
    ),
    "order.advice": ("整改要求", "整改要求", "To be done"),
    "order.default": (
        "按檢查內容整改到位，保留整改佐證，由服務隊現場復查。",
        "按检查内容整改到位，保留整改佐证，由服务队现场复查。",
        "Meet the requirement, keep evidence, and await the recheck on site.",
    ),
}
