"""Every printed label in Traditional Chinese, Simplified Chinese and English; dates and numbers as print wants them."""

from collections.abc import Mapping
from datetime import datetime

LANGUAGES = ("zh-Hant", "zh-Hans", "en")

_WORDS: dict[str, tuple[str, str, str]] = {
    # title and head
    "title": ("督導檢查記錄", "督导检查记录", "Supervision inspection record"),
    "subject": (
        "復工復產「五個到位」現場檢查",
        "复工复产“五个到位”现场检查",
        "Resumption of work: the five points in place",
    ),
    "number": ("編號　{}", "编号　{}", "No. {}"),
    "no_number": ("編號　（簽署時生成）", "编号　（签署时生成）", "No. (given when signed)"),
    "scan": ("掃碼核驗", "扫码核验", "Scan to verify"),
    "kind.planned": ("計劃檢查", "计划检查", "Planned"),
    "kind.random": ("隨機檢查", "随机检查", "Random"),
    "kind.complaint": ("投訴核查", "投诉核查", "Complaint"),
    "kind.special": ("專項檢查", "专项检查", "Special"),
    "stage.first": ("首查", "首查", "first visit"),
    "stage.recheck": ("復查", "复查", "recheck"),
    "stage.reopening": ("復市核驗", "复市核验", "reopening check"),
    "draft": ("未簽署草稿", "未签署草稿", "UNSIGNED DRAFT"),
    "unsynced": ("未同步（自 {} 起）", "未同步（自 {} 起）", "Not yet synced (since {})"),
    # result strip
    "result": ("檢查結論", "检查结论", "Result"),
    "result.fails": ("不合格", "不合格", "Fails"),
    "result.fails.more": (
        "建議暫停並移交主管部門",
        "建议暂停并移交主管部门",
        "suspend and transfer: advised",
    ),
    "result.rectify": ("基本合格", "基本合格", "Mostly met"),
    "result.rectify.more": ("建議限期整改", "建议限期整改", "put right by the deadline"),
    "result.passes": ("合格", "合格", "Passes"),
    "result.passes.more": ("", "", ""),
    "result.open": ("未作結論", "未作结论", "Undecided"),
    "result.open.more": ("尚有必查項未檢", "尚有必查项未检", "required items not checked"),
    "rate": ("合格率 {}", "合格率 {}", "Pass rate {}"),
    "total": ("檢查項", "检查项", "Items"),
    "pass": ("合格", "合格", "Pass"),
    "fail": ("不合格", "不合格", "Fail"),
    "na": ("不適用", "不适用", "N/A"),
    "unchecked": ("未檢", "未检", "Unchecked"),
    "latest": ("最遲整改期限", "最迟整改期限", "Latest deadline"),
    "unit": ("項", "项", ""),
    # facts
    "site": ("被檢查單位", "被检查单位", "Site inspected"),
    "code": ("統一社會信用代碼", "统一社会信用代码", "Unified social credit code"),
    "type": ("單位類型", "单位类型", "Type of site"),
    "address": ("地址", "地址", "Address"),
    "street": ("屬地街道", "属地街道", "Subdistrict"),
    "department": ("行業主管部門", "行业主管部门", "Competent department"),
    "park": ("園區／片區", "园区／片区", "Park or area"),
    "time": ("檢查時間", "检查时间", "Time of inspection"),
    "span": ("{} 至 {}", "{} 至 {}", "{} to {}"),
    "ongoing": ("{} 起（未結束）", "{} 起（未结束）", "from {} (not finished)"),
    "contact": ("負責人", "负责人", "Person in charge"),
    "headcount": ("在崗人數", "在岗人数", "People at work"),
    "people": ("{} 人", "{} 人", "{}"),
    "people_of": ("返崗 {}/{} 人", "返岗 {}/{} 人", "{}/{} back at work"),
    "inspectors": ("檢查人員（證件號）", "检查人员（证件号）", "Inspectors (certificate)"),
    "no_certificate": ("證件號未填", "证件号未填", "no number given"),
    "list": ("檢查清單", "检查清单", "Checklist"),
    # scores
    "scores": ("「五個到位」評分", "“五个到位”评分", "The five points in place"),
    "scores.note": (
        "合格率 = 合格 ÷（合格 + 不合格），低於 80% 為未達標",
        "合格率 = 合格 ÷（合格 + 不合格），低于 80% 为未达标",
        "Rate = pass ÷ (pass + fail); below 80% is under the line",
    ),
    "line": ("達標線 80%", "达标线 80%", "line 80%"),
    "below": ("未達標", "未达标", "Below"),
    "uncounted": ("不計入", "不计入", "not counted"),
    "passed_of": ("合格 {}/{}", "合格 {}/{}", "pass {}/{}"),
    "and_na": ("不適用 {}", "不适用 {}", "N/A {}"),
    "and_unchecked": ("未檢 {}", "未检 {}", "unchecked {}"),
    # summary
    "summary": ("檢查概況", "检查概况", "Summary"),
    "summary.visit": (
        "{team}於{day}對{site}進行現場檢查，",
        "{team}于{day}对{site}进行现场检查，",
        "{team} inspected {site} on {day}: ",
    ),
    "summary.counts": (
        "共 {total} 項：合格 {passed} 項、不合格 {failed} 項、不適用 {na} 項、未檢 {unchecked} 項，"
        "合格率 {share}（{rate}%）。",
        "共 {total} 项：合格 {passed} 项、不合格 {failed} 项、不适用 {na} 项、未检 {unchecked} 项，"
        "合格率 {share}（{rate}%）。",
        "{total} items, of which {passed} pass, {failed} fail, {na} not applicable, {unchecked} unchecked; "
        "pass rate {share} ({rate}%). ",
    ),
    "summary.grave": (
        "不合格項中，一票否決項（★）{veto} 項、關鍵項（◆）{key} 項。",
        "不合格项中，一票否决项（★）{veto} 项、关键项（◆）{key} 项。",
        "Of the failed items {veto} are veto items (★) and {key} are key items (◆). ",
    ),
    "summary.low": ("未達標維度：{}。", "未达标维度：{}。", "Below the line: {}. "),
    "summary.none": ("未發現不合格項。", "未发现不合格项。", "No failed item was found. "),
    "summary.end.fails": (
        "建議暫停相關經營活動並移交主管部門處理；整改後由服務隊現場復查。",
        "建议暂停相关经营活动并移交主管部门处理；整改后由服务队现场复查。",
        "It is advised to suspend the activity concerned and to transfer the case to the competent department; "
        "the team rechecks on site.",
    ),
    "summary.end.rectify": (
        "建議於各項期限前完成整改，由服務隊現場復查後逐項銷號。",
        "建议于各项期限前完成整改，由服务队现场复查后逐项销号。",
        "It is advised to put each item right by its deadline; the team rechecks on site and closes them one by one.",
    ),
    "summary.end.passes": (
        "建議單位保持各項措施並自行檢查其餘環節。",
        "建议单位保持各项措施并自行检查其余环节。",
        "The unit is advised to keep the measures up and to check the remaining areas itself.",
    ),
    "summary.end.open": (
        "尚有必查項未檢，本記錄不作出合格結論。",
        "尚有必查项未检，本记录不作出合格结论。",
        "Required items are unchecked, so this record draws no conclusion.",
    ),
    "and": ("、", "、", ", "),
    # gravest and cards
    "gravest": ("不合格項一覽", "不合格项一览", "Failed items at a glance"),
    "gravest.all": ("共 {} 項，按等級排列", "共 {} 项，按等级排列", "{} items, gravest first"),
    "gravest.some": (
        "按等級列前 {} 項；全部 {} 項見第 {} 頁起",
        "按等级列前 {} 项；全部 {} 项见第 {} 页起",
        "the {} gravest; all {} from page {}",
    ),
    "gravest.none": ("本次檢查未發現不合格項。", "本次检查未发现不合格项。", "No failed item was found."),
    "item": ("編號", "编号", "Item"),
    "problem": ("問題", "问题", "Finding"),
    "level": ("等級", "等级", "Level"),
    "deadline": ("整改期限", "整改期限", "Deadline"),
    "see": ("詳見", "详见", "See"),
    "page_ref": ("第 {} 頁", "第 {} 页", "p. {}"),
    "level.veto": ("★ 一票否決", "★ 一票否决", "★ Veto"),
    "level.key": ("◆ 關鍵", "◆ 关键", "◆ Key"),
    "level.normal": ("一般", "一般", "Normal"),
    "rule.now": ("立行立改", "立行立改", "At once"),
    "rule.pre-open": ("復工／開業前", "复工／开业前", "Before opening"),
    "rule.no-open": ("整改到位前暫不開業", "整改到位前暂不开业", "Before any opening"),
    "rule.": ("未定", "未定", "Not set"),
    "cards": ("不合格項詳情及整改建議", "不合格项详情及整改建议", "Failed items and advice"),
    "cards.note": ("共 {} 項", "共 {} 项", "{} items"),
    "observed": ("檢查發現", "检查发现", "Found"),
    "advice": ("整改建議", "整改建议", "Advice"),
    "advice.default": (
        "建議按要求整改，保留整改佐證，由服務隊現場復查。",
        "建议按要求整改，保留整改佐证，由服务队现场复查。",
        "Put right as required, keep evidence, and await the recheck on site.",
    ),
    "owner": ("責任人", "责任人", "Owner"),
    "owner.none": ("由單位確定", "由单位确定", "to be named"),
    "dimension": ("所屬維度", "所属维度", "Dimension"),
    # checklist
    "checklist": ("檢查明細", "检查明细", "Checklist"),
    "checklist.note": ("共 {} 項 · {}", "共 {} 项 · {}", "{} items · {}"),
    "requirement": ("檢查內容", "检查内容", "Requirement"),
    "verdict": ("結果", "结果", "Verdict"),
    "note": ("檢查情況／備註", "检查情况／备注", "Observation or note"),
    "again": ("{}（續）", "{}（续）", "{} (continued)"),
    # photos
    "photos": ("現場照片", "现场照片", "Photographs"),
    "photos.note": ("共 {} 張", "共 {} 张", "{} photographs"),
    "photo": ("圖{}", "图{}", "Photo {}"),
    "lost": ("照片缺失", "照片缺失", "Photograph missing"),
    "time.exif": ("EXIF", "EXIF", "EXIF"),
    "time.device": ("本機時鐘", "本机时钟", "device clock"),
    "time.none": ("時間未知", "时间未知", "time unknown"),
    "place.gps": ("GPS", "GPS", "GPS"),
    "place.chosen": ("人工選定", "人工选定", "chosen by hand"),
    "place.none": ("無定位", "无定位", "no position"),
    # closing
    "closing": ("確認與簽名", "确认与签名", "Confirmation and signatures"),
    "identity": (
        "檢查人員已表明身份並出示證件。",
        "检查人员已表明身份并出示证件。",
        "The inspectors made their identity known and showed their certificates.",
    ),
    "scope": (
        "本記錄僅反映檢查當時現場所見情況，未涉及的環節由被檢查單位自行檢查並負責。",
        "本记录仅反映检查当时现场所见情况，未涉及的环节由被检查单位自行检查并负责。",
        "This record states only what was seen on site at the time; the unit itself checks and answers for the rest.",
    ),
    "copies": (
        "本文書一式兩份，一份存檔，一份交被檢查單位。",
        "本文书一式两份，一份存档，一份交被检查单位。",
        "Made in two copies: one for the file, one for the unit inspected.",
    ),
    "opinion": (
        "被檢查單位意見：以上記錄已閱，情況屬實／有異議：",
        "被检查单位意见：以上记录已阅，情况属实／有异议：",
        "Opinion of the unit: read, and found true / objections:",
    ),
    "sign.inspector": ("檢查人員簽名", "检查人员签名", "Inspector"),
    "sign.head": ("被檢查單位現場負責人簽名", "被检查单位现场负责人签名", "Person in charge on site"),
    "sign.witness": ("見證人簽名", "见证人签名", "Witness"),
    "sign.seal": ("（蓋章處）", "（盖章处）", "(space for seal)"),
    "sign.date": ("日期：　　　年　　月　　日", "日期：　　　年　　月　　日", "Date:"),
    "refused": (
        "被檢查單位現場負責人拒絕簽名。情況：{}",
        "被检查单位现场负责人拒绝签名。情况：{}",
        "The person in charge on site refused to sign. As stated: {}",
    ),
    "above": ("見上文。", "见上文。", "see above."),
    "refused.at": ("時間：{}", "时间：{}", "Time: {}"),
    "refused.witness": ("見證人：{}", "见证人：{}", "Witness: {}"),
    "refused.note": ("檢查人員備註：{}", "检查人员备注：{}", "Inspectors' note: {}"),
    "verify": ("記錄核驗", "记录核验", "Verifying this record"),
    "verify.text": (
        "下列校驗碼是本記錄資料（JSON）的 SHA-256 摘要；記錄有任何改動，摘要即不相同。核驗無需聯網。",
        "下列校验码是本记录资料（JSON）的 SHA-256 摘要；记录有任何改动，摘要即不相同。核验无需联网。",
        "The digest below is the SHA-256 of this record's data (JSON): any change gives another digest. "
        "No network is needed.",
    ),
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
    # furniture
    "check": ("校驗碼 {}", "校验码 {}", "Check code {}"),
    "printed": ("列印 {}", "打印 {}", "Printed {}"),
    "hotline": ("服務熱線 {}", "服务热线 {}", "Hotline {}"),
    "pages": ("共 {total} 頁　第 {page} 頁", "共 {total} 页　第 {page} 页", "Page {page} of {total}"),
    "none": ("—", "—", "—"),
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Words:
    """The labels of one language: `words["fail"]`, `words("pages", total=8, page=1)`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._at = LANGUAGES.index(self.language)

    def __getitem__(self, key: str) -> str:
        return _WORDS[key][self._at]

    def __call__(self, key: str, /, *args: object, **named: object) -> str:
        return self[key].format(*args, **named)

    @property
    def is_chinese(self) -> bool:
        """Chinese is justified and takes no spaces between words."""
        return self.language != "en"

    def section(self, number: int, key: str) -> str:
        """A numbered heading: `一、檢查概況`, `1  Summary`."""
        return f"{'一二三四五六七八九'[number - 1]}、{self[key]}" if self.is_chinese else f"{number}  {self[key]}"

    def day(self, when: datetime) -> str:
        """`2026年11月26日`, no leading zeros, in every locale."""
        if self.is_chinese:
            return f"{when.year}年{when.month}月{when.day}日"
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"

    def moment(self, when: datetime) -> str:
        """Day and time to the minute."""
        return f"{self.day(when)} {clock(when)}"

    def span(self, start: datetime, end: datetime | None) -> str:
        """From day and minute to day and minute; the day is not repeated."""
        if end is None:
            return self("ongoing", self.moment(start))
        return self("span", self.moment(start), clock(end) if end.date() == start.date() else self.moment(end))

    def joined(self, parts: list[str]) -> str:
        """A list in prose."""
        return self["and"].join(parts)


def clock(when: datetime) -> str:
    """`09:05`, half-width colon."""
    return f"{when.hour:02d}:{when.minute:02d}"


def all_labels() -> Mapping[str, tuple[str, str, str]]:
    """Every label in the order of LANGUAGES, for tests."""
    return _WORDS
