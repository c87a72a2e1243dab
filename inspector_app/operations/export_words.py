"""Names of sheets and columns of an export in three languages; the keys are the names in JSON."""

LANGUAGES = ("zh-Hant", "zh-Hans", "en")

SHEETS: dict[str, tuple[str, str, str]] = {
    "visits": ("檢查", "检查", "Visits"),
    "answers": ("答案", "答案", "Answers"),
    "amendments": ("更正", "更正", "Corrections"),
    "findings": ("整改台賬", "整改台账", "Findings"),
    "photos": ("照片", "照片", "Photos"),
    "papers": ("文書", "文书", "Papers"),
    "plans": ("計劃", "计划", "Plans"),
    "sites": ("場所", "场所", "Sites"),
    "history": ("修改歷史", "修改历史", "History"),
}
COLUMNS: dict[str, tuple[str, str, str]] = {
    "id": ("識別碼", "识别码", "Id"),
    "inspection": ("檢查識別碼", "检查识别码", "Visit id"),
    "number": ("編號", "编号", "Number"),
    "site": ("單位", "单位", "Site"),
    "name": ("名稱", "名称", "Name"),
    "code": ("統一社會信用代碼", "统一社会信用代码", "Credit code"),
    "street": ("街道", "街道", "Subdistrict"),
    "type": ("類型", "类型", "Type"),
    "address": ("地址", "地址", "Address"),
    "contact": ("負責人", "负责人", "Contact"),
    "phone": ("電話", "电话", "Phone"),
    "park": ("園區", "园区", "Park"),
    "group": ("集團", "集团", "Group"),
    "department": ("行業主管部門", "行业主管部门", "Department"),
    "area": ("片區", "片区", "Area"),
    "risk": ("風險等級", "风险等级", "Risk"),
    "headcount": ("員工人數", "员工人数", "Headcount"),
    "remarks": ("備註", "备注", "Remarks"),
    "team": ("服務隊", "服务队", "Team"),
    "inspectors": ("檢查人員", "检查人员", "Inspectors"),
    "kind": ("性質", "性质", "Kind"),
    "stage": ("階段", "阶段", "Stage"),
    "form": ("檢查表", "检查表", "Form"),
    "form_version": ("版本", "版本", "Version"),
    "form_hash": ("檢查表摘要", "检查表摘要", "Form hash"),
    "started": ("開始", "开始", "Started"),
    "finished": ("完成", "完成", "Finished"),
    "status": ("狀態", "状态", "State"),
    "result": ("結論", "结论", "Result"),
    "passed": ("合格", "合格", "Pass"),
    "failed": ("不合格", "不合格", "Fail"),
    "na": ("不適用", "不适用", "N/A"),
    "unchecked": ("未檢", "未检", "Unchecked"),
    "head_name": ("現場負責人", "现场负责人", "Person in charge"),
    "head_post": ("職務", "职务", "Post"),
    "refused": ("拒簽情況", "拒签情况", "Refusal"),
    "witness": ("見證人", "见证人", "Witness"),
    "item": ("檢查項", "检查项", "Item"),
    "dimension": ("維度", "维度", "Dimension"),
    "question": ("問題", "问题", "Question"),
    "value": ("值", "值", "Value"),
    "words": ("答案", "答案", "Answer"),
    "given": ("填寫方式", "填写方式", "How given"),
    "path": ("路徑", "路径", "Path"),
    "old": ("原值", "原值", "Was"),
    "new": ("更正為", "更正为", "Corrected to"),
    "reason": ("理由", "理由", "Reason"),
    "day": ("日期", "日期", "Day"),
    "note": ("備註", "备注", "Note"),
    "level": ("等級", "等级", "Level"),
    "requirement": ("檢查要求", "检查要求", "Requirement"),
    "observation": ("檢查發現", "检查发现", "Observation"),
    "owner": ("責任人", "责任人", "Responsible"),
    "rule": ("期限規則", "期限规则", "Deadline rule"),
    "deadline": ("整改期限", "整改期限", "Deadline"),
    "reported_by": ("報告人", "报告人", "Reported by"),
    "reported": ("報告時間", "报告时间", "Reported"),
    "rechecked_by": ("復查人", "复查人", "Rechecked by"),
    "rechecked": ("復查時間", "复查时间", "Rechecked"),
    "recheck_note": ("復查情況", "复查情况", "Recheck note"),
    "recheck_deadline": ("建議延期至", "建议延期至", "New deadline"),
    "closed_by": ("銷號人", "销号人", "Closed by"),
    "closed": ("銷號時間", "销号时间", "Closed"),
    "sha": ("SHA-256", "SHA-256", "SHA-256"),
    "size": ("字節", "字节", "Bytes"),
    "mime": ("格式", "格式", "Format"),
    "width": ("寬", "宽", "Width"),
    "height": ("高", "高", "Height"),
    "taken": ("拍攝時間", "拍摄时间", "Taken"),
    "taken_source": ("時間來源", "时间来源", "Time from"),
    "file": ("文件名", "文件名", "File"),
    "caption": ("說明", "说明", "Caption"),
    "latitude": ("緯度", "纬度", "Latitude"),
    "longitude": ("經度", "经度", "Longitude"),
    "issued": ("簽發時間", "签发时间", "Issued"),
    "issued_by": ("簽發人", "签发人", "Issued by"),
    "at": ("時間", "时间", "Time"),
    "person": ("操作人", "操作人", "Person"),
    "device": ("設備", "设备", "Device"),
    "record": ("記錄", "记录", "Record"),
    "field": ("欄位", "字段", "Field"),
    "changeset": ("變更識別碼", "变更识别码", "Changeset"),
}
_VALUES: dict[str, tuple[str, str, str]] = {
    "result.fails": ("不合格", "不合格", "Fails"),
    "result.rectify": ("基本合格，建議整改", "基本合格，建议整改", "To be rectified"),
    "result.passes": ("合格", "合格", "Passes"),
    "result.open": ("未得出結論", "未得出结论", "Open"),
    "result.recorded": ("已記錄", "已记录", "Recorded"),
    "status.draft": ("草稿", "草稿", "Draft"),
    "status.finished": ("已完成", "已完成", "Finished"),
    "status.open": ("待整改", "待整改", "To be put right"),
    "status.mending": ("整改中", "整改中", "Under way"),
    "status.reported": ("待復查", "待复查", "Awaiting recheck"),
    "status.closed": ("已銷號", "已销号", "Closed"),
    "status.transferred": ("移交", "移交", "Transferred"),
    "status.withdrawn": ("撤銷", "撤销", "Withdrawn"),
    "level.veto": ("一票否決", "一票否决", "Veto"),
    "level.key": ("關鍵項", "关键项", "Key"),
    "level.normal": ("一般", "一般", "Normal"),
    "words.pass": ("合格", "合格", "Pass"),
    "words.fail": ("不合格", "不合格", "Fail"),
    "words.na": ("不適用", "不适用", "Not applicable"),
    "given.rest": ("其餘合格", "其余合格", "Rest passed"),
    "given.last": ("沿用上次", "沿用上次", "As last time"),
}


_SAME = {"old": "words", "new": "words"}
"""Columns that hold what another holds."""


def sheet(key: str, language: str) -> str:
    """The name of a sheet."""
    return SHEETS[key][LANGUAGES.index(language)]


def column(key: str, language: str) -> str:
    """The head of a column."""
    return COLUMNS[key][LANGUAGES.index(language)]


def said(column: str, value: str, language: str) -> str:
    """A stored word in words; anything else as it is."""
    known = _VALUES.get(f"{_SAME.get(column, column)}.{value}")
    return known[LANGUAGES.index(language)] if known else value
