"""Every label of the papers a team sends: notice, team day, district summary: 繁體, 简体, English."""

LABELS: dict[str, tuple[str, str, str]] = {
    # notice
    "notice": ("整改建議通知單", "整改建议通知单", "Notice of advised corrections"),
    "notice.ref": ("檢查記錄編號", "检查记录编号", "Inspection record"),
    "notice.addressee": ("{}：", "{}：", "To {}:"),
    "notice.body": (
        "{team}於{day}對你單位進行復工復產「五個到位」現場檢查（檢查記錄 {number}），發現下列 {count} 項問題。"
        "建議你單位逐項整改，並於各項期限前完成：",
        "{team}于{day}对你单位进行复工复产“五个到位”现场检查（检查记录 {number}），发现下列 {count} 项问题。"
        "建议你单位逐项整改，并于各项期限前完成：",
        "On {day} {team} inspected your site for the five points in place (record {number}) and found the {count} "
        "problems below. You are advised to put each of them right by its deadline:",
    ),
    "notice.none": (
        "本次檢查未發現需整改的問題，無需發出通知單。",
        "本次检查未发现需整改的问题，无需发出通知单。",
        "This inspection found nothing to put right; no notice is needed.",
    ),
    "notice.order": ("序號", "序号", "No."),
    "notice.item": ("檢查項", "检查项", "Item"),
    "notice.problem": ("存在問題", "存在问题", "Problem"),
    "notice.advice": ("整改建議", "整改建议", "Advice"),
    "notice.by": ("整改期限", "整改期限", "Deadline"),
    "notice.marks": (
        "★ 一票否決項；◆ 關鍵項。",
        "★ 一票否决项；◆ 关键项。",
        "★ veto item; ◆ key item.",
    ),
    "notice.meanwhile.veto": (
        "標 ★ 的項目整改到位並經現場復查前，建議暫停相關經營活動；情況將移交行業主管部門。",
        "标 ★ 的项目整改到位并经现场复查前，建议暂停相关经营活动；情况将移交行业主管部门。",
        "Until the items marked ★ are put right and rechecked on site, it is advised to suspend the activity concerned; "
        "the case is transferred to the competent department.",
    ),
    "notice.meanwhile": (
        "整改期間請採取臨時防護措施，並由專人負責跟進。",
        "整改期间请采取临时防护措施，并由专人负责跟进。",
        "Take provisional measures while corrections are under way and name a person who follows them up.",
    ),
    "notice.report": (
        "整改完成後，請將佐證照片或材料報送本服務隊，由服務隊現場復查後逐項銷號。",
        "整改完成后，请将佐证照片或材料报送本服务队，由服务队现场复查后逐项销号。",
        "When done, send evidence (photographs or papers) to this team, which rechecks on site and closes item by item.",
    ),
    "notice.recheck": (
        "現場復查不遲於最後一項期限：{}。",
        "现场复查不迟于最后一项期限：{}。",
        "The recheck on site follows the last deadline: {}.",
    ),
    "notice.copies": ("抄送：{}。", "抄送：{}。", "Copies to: {}."),
    "notice.receipt": ("送達回證", "送达回证", "Receipt"),
    "notice.received": ("簽收人（簽名或蓋章）", "签收人（签名或盖章）", "Received by (signature or seal)"),
    "notice.way": ("送達方式", "送达方式", "Delivered"),
    "notice.way.hand": ("直接送達", "直接送达", "by hand"),
    "notice.way.wire": ("電子送達", "电子送达", "electronically"),
    "notice.way.refused": ("拒收，情況：", "拒收，情况：", "refused, as stated:"),
    "notice.issued": ("簽發日期：{}", "签发日期：{}", "Issued {}"),
    # team day
    "day": ("服務隊日報", "服务队日报", "Team day report"),
    "day.zero": ("零報告", "零报告", "Zero report"),
    "day.zero.text": (
        "本日未安排檢查，無新增、無銷號的整改事項。特此零報告。",
        "本日未安排检查，无新增、无销号的整改事项。特此零报告。",
        "No visit took place today; no finding was added or closed. This is a zero report.",
    ),
    "day.members": ("參與人員：{}", "参与人员：{}", "On duty: {}"),
    "day.visits": ("檢查", "检查", "Visits"),
    "day.opened": ("新增整改", "新增整改", "New findings"),
    "day.reported": ("報告整改", "报告整改", "Reported mended"),
    "day.closed": ("已銷號", "已销号", "Closed"),
    "day.overdue": ("逾期", "逾期", "Overdue"),
    "day.soon": ("24 小時內到期", "24 小时内到期", "Due in 24 h"),
    "day.vetoes": ("一票否決", "一票否决", "Vetoes"),
    "day.places": ("處", "处", ""),
    "day.visits.title": ("檢查情況", "检查情况", "Visits of the day"),
    "day.visits.note": (
        "計劃 {planned} · 隨機 {random} · 投訴 {complaint} · 專項 {special} · 復查 {recheck}",
        "计划 {planned} · 随机 {random} · 投诉 {complaint} · 专项 {special} · 复查 {recheck}",
        "planned {planned} · random {random} · complaint {complaint} · special {special} · recheck {recheck}",
    ),
    "day.findings.title": ("未銷號的整改事項", "未销号的整改事项", "Findings not closed"),
    "day.findings.note": ("共 {} 項，逾期 {} 項", "共 {} 项，逾期 {} 项", "{} in all, {} overdue"),
    "day.findings.none": ("沒有未銷號的整改事項。", "没有未销号的整改事项。", "No finding is open."),
    "day.kind": ("性質", "性质", "Kind"),
    "day.recheck": ("復查", "复查", "Recheck"),
    "day.at": ("時間", "时间", "Time"),
    "day.answered": ("已檢", "已检", "Checked"),
    "day.found": ("問題", "问题", "Found"),
    "day.status": ("狀態", "状态", "State"),
    "day.unfinished": ("未完成", "未完成", "Unfinished"),
    "day.status.open": ("待整改", "待整改", "To be put right"),
    "day.status.mending": ("整改中", "整改中", "Under way"),
    "day.status.reported": ("待復查", "待复查", "Awaiting recheck"),
    "day.waiting": (
        "截至列印時尚有 {} 條記錄、{} 張照片未送達服務中心。",
        "截至打印时尚有 {} 条记录、{} 张照片未送达服务中心。",
        "When printed, {} records and {} photographs had not reached the hub yet.",
    ),
    "day.sent": (
        "截至列印時全部記錄和照片均已送達服務中心。",
        "截至打印时全部记录和照片均已送达服务中心。",
        "When printed, all records and photographs had reached the hub.",
    ),
    "day.by": ("填報人", "填报人", "Reported by"),
    "day.leader": ("服務隊負責人", "服务队负责人", "Team leader"),
    # district
    "district": ("「五個到位」檢查全區匯總", "“五个到位”检查全区汇总", "The five points in place: district summary"),
    "district.teams": ("{} 個服務隊", "{} 个服务队", "{} service teams"),
    "district.visited": ("檢查／應檢單位", "检查／应检单位", "Visited / listed"),
    "district.rate": ("合格率 {}", "合格率 {}", "Pass rate {}"),
    "district.findings": ("整改事項", "整改事项", "Findings"),
    "district.closed": ("已銷號", "已销号", "Closed"),
    "district.soon": ("24 小時內到期", "24 小时内到期", "Due in 24 h"),
    "district.overdue": ("逾期", "逾期", "Overdue"),
    "district.late": ("逾期", "逾期", "Late"),
    "district.place": ("家", "家", ""),
    "district.team": ("服務隊", "服务队", "Team"),
    "district.street": ("責任街道", "责任街道", "Subdistricts"),
    "district.coverage": ("檢查／應檢", "检查／应检", "Visited / listed"),
    "district.score": ("合格率", "合格率", "Pass rate"),
    "district.silent": ("未上報", "未上报", "Nothing sent"),
    "district.as_of": ("資料截至 {}", "资料截至 {}", "Data as of {}"),
    "district.note": (
        "合格率 = 合格 ÷（合格 + 不合格），虛線為 80%；斜線條為未達標。維度格：白字深底低於 70%，加框 70–79%。"
        "「未上報」為期內未收到資料，不計作 0。",
        "合格率 = 合格 ÷（合格 + 不合格），虚线为 80%；斜线条为未达标。维度格：白字深底低于 70%，加框 70–79%。"
        "“未上报”为期内未收到资料，不计作 0。",
        "Rate = pass ÷ (pass + fail); the dashed line is 80%, hatched bars lie below it. Cells: white on dark below 70%, "
        "framed 70–79%. “Nothing sent” means that no data arrived in this span; it is not counted as 0.",
    ),
}
