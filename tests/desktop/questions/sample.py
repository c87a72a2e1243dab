"""A form with every type and appearance, in three languages, and how it is loaded."""

from datetime import datetime, timedelta, timezone
from functools import cache

from inspector_app.xforms import Form, load
from inspector_app.xforms.xlsform import convert

ZONE = timezone(timedelta(hours=8))
LANGUAGES = ("繁體中文 (zh-Hant)", "简体中文 (zh-Hans)", "English (en)")
COLUMNS = (
    "type", "name", *(f"label::{name}" for name in LANGUAGES), *(f"hint::{name}" for name in LANGUAGES),
    "guidance_hint", "appearance", "parameters", "required", "relevant", "constraint", "constraint_message",
    "readonly", "calculation", "choice_filter", "default",
)  # fmt: skip
Cells = tuple[str, ...]


def now() -> datetime:
    """A frozen clock."""
    return datetime(2020, 3, 5, 10, 30, tzinfo=ZONE)


def q(kind: str, name: str, words: str = "", **rest: str) -> dict[str, str]:
    """One row of the survey; `words` and `hint` are three texts set apart by bars."""
    row = {"type": kind, "name": name}
    for head, text in (("label", words), ("hint", rest.pop("hint", ""))):
        for language, part in zip(LANGUAGES, text.split("|") if text else (), strict=False):
            row[f"{head}::{language}"] = part.strip()
    return row | rest


SURVEY = [
    q("begin_group", "texts", "文字與數字|文字与数字|Texts and numbers"),
    q(
        "note",
        "intro",
        "請先讀 **說明**，再逐項填寫。|请先读 **说明**，再逐项填写。|Read the **instructions** first, then answer.",
    ),
    q(
        "text",
        "name",
        "企業名稱|企业名称|Name of the enterprise",
        required="yes",
        hint="與營業執照一致|与营业执照一致|As on the licence",
        guidance_hint="看正本，不看影本。",
    ),
    q("text", "remarks", "備註|备注|Remarks", appearance="multiline", parameters="rows=3"),
    q("text", "house", "門牌號碼|门牌号码|House number", appearance="numbers"),
    q("text", "secret", "進門密碼|进门密码|Door code", appearance="masked"),
    q("text", "page", "企業網址|企业网址|Web page", appearance="url"),
    q(
        "integer",
        "workers",
        "返崗員工人數|返岗员工人数|Workers back at work",
        required="yes",
        appearance="thousands-sep",
        constraint=". >= 0 and . <= 100000",
        constraint_message="人數在 0 到 100,000 之間。",
    ),
    q("integer", "gates", "開放的出入口|开放的出入口|Open entrances", appearance="counter"),
    q("decimal", "warmth", "體溫（℃）|体温（℃）|Temperature (°C)", constraint=". < 45"),
    q("decimal", "facing", "大門朝向|大门朝向|Bearing of the gate", appearance="bearing"),
    q("calculate", "half", calculation="${workers} div 2"),
    q("note", "told", "一半是 ${half} 人。|一半是 ${half} 人。|Half of them are ${half}."),
    q("end_group", ""),
    q("begin_group", "ranges", "範圍與評分|范围与评分|Ranges and ratings"),
    q("range", "slide", "滿意程度|满意程度|Satisfaction", parameters="start=0 end=10 step=1"),
    q(
        "range",
        "upright",
        "水位（公尺）|水位（米）|Water level (m)",
        parameters="start=0 end=5 step=0.5",
        appearance="vertical",
    ),
    q("range", "bare", "亮度|亮度|Brightness", parameters="start=0 end=100 step=5", appearance="no-ticks"),
    q("range", "pick", "樓層|楼层|Floor", parameters="start=-2 end=20 step=1", appearance="picker"),
    q("range", "stars", "整體評分|整体评分|Overall rating", parameters="start=1 end=5 step=1", appearance="rating"),
    q("end_group", ""),
    q("begin_group", "ones", "單選|单选|Select one"),
    q("select_one yn", "yes", "有無應急預案？|有无应急预案？|Is there a plan?", required="yes"),
    q("select_one kind", "kind", "場所類型|场所类型|Kind of site"),
    q("select_one kind", "kind_min", "收合的單選|收起的单选|Minimal", appearance="minimal"),
    q("select_one many", "street", "所屬街道（可搜尋）|所属街道（可搜索）|Street (search)", appearance="autocomplete"),
    q("select_one kind", "kind_col", "分欄|分栏|Columns", appearance="columns"),
    q("select_one kind", "kind_col2", "兩欄|两栏|Two columns", appearance="columns-2"),
    q("select_one kind", "kind_pack", "緊密|紧凑|Packed", appearance="columns-pack"),
    q("select_one agree", "likert", "員工了解防疫規定|员工了解防疫规定|Staff know the rules", appearance="likert"),
    q("select_one yn", "quick", "選完自動下一題|选完自动下一题|Moves on by itself", appearance="quick"),
    q("select_one sign", "picture", "看到哪個標誌？|看到哪个标志？|Which sign?", appearance="no-buttons"),
    q("select_one sign", "marked", "圖片選項|图片选项|With pictures"),
    q("end_group", ""),
    q("begin_group", "table", "逐項評估|逐项评估|Assess each", appearance="table-list"),
    q("select_one agree", "t1", "口罩充足|口罩充足|Enough masks"),
    q("select_one agree", "t2", "消毒液充足|消毒液充足|Enough disinfectant", required="yes"),
    q("select_one agree", "t3", "測溫槍充足|测温枪充足|Enough thermometers"),
    q("end_group", ""),
    q("begin_group", "manys", "複選與排序|多选与排序|Select many, rank"),
    q("select_multiple kind", "kinds", "現場有哪些？|现场有哪些？|Which are there?"),
    q("select_multiple kind", "kinds_min", "收合的複選|收起的多选|Minimal", appearance="minimal"),
    q("select_multiple many", "streets", "涉及街道|涉及街道|Streets concerned", appearance="autocomplete"),
    q("select_multiple kind", "kinds_col", "分兩欄|分两栏|Two columns", appearance="columns-2"),
    q("rank kind", "order", "按重要性排序|按重要性排序|Rank by weight"),
    q("end_group", ""),
    q("begin_group", "times", "日期與時間|日期与时间|Dates and times", appearance="field-list"),
    q(
        "date",
        "day",
        "復工日期|复工日期|Day of reopening",
        required="yes",
        constraint=". <= today()",
        constraint_message="不能晚於今天。",
    ),
    q("date", "month", "統計月份|统计月份|Month", appearance="month-year"),
    q("date", "year", "成立年份|成立年份|Year founded", appearance="year"),
    q("date", "typed", "只輸入的日期|只输入的日期|Typed only", appearance="no-calendar"),
    q("time", "clock", "消毒時間|消毒时间|Time of disinfection"),
    q("dateTime", "moment", "最近一次演練|最近一次演练|Latest drill"),
    q("end_group", ""),
    q("begin_group", "files", "照片與檔案|照片与文件|Photos and files"),
    q("image", "photo", "大門照片|大门照片|Photo of the gate", parameters="max-pixels=1600"),
    q("image", "camera", "當場拍攝|当场拍摄|Taken on the spot", appearance="new"),
    q("image", "marks", "在照片上標註|在照片上标注|Annotate a photo", appearance="annotate"),
    q("image", "drawing", "平面草圖|平面草图|Sketch of the plan", appearance="draw"),
    q("image", "sign", "負責人簽名|负责人签名|Signature", appearance="signature"),
    q("file", "plan", "應急預案檔案|应急预案文件|The plan as a file"),
    q("audio", "sound", "錄音|录音|Recording"),
    q("video", "film", "錄影|录像|Video"),
    q("barcode", "code", "資產條碼|资产条码|Asset barcode"),
    q("end_group", ""),
    q("begin_group", "places", "位置|位置|Places"),
    q("geopoint", "point", "大門位置|大门位置|Position of the gate"),
    q("geotrace", "trace", "巡查路線|巡查路线|Route walked"),
    q("geoshape", "shape", "廠區範圍|厂区范围|Outline of the works"),
    q(
        "acknowledge",
        "agreed",
        "以上內容已向負責人說明|以上内容已向负责人说明|Explained to the person in charge",
        required="yes",
    ),
    q("text", "fixed", "系統編號|系统编号|Number", readonly="yes", default="GZ-0001"),
    q("end_group", ""),
    q("begin_repeat", "staff", "隔離員工 ${who}|隔离员工 ${who}|Isolated worker ${who}"),
    q("text", "who", "姓名|姓名|Name", required="yes"),
    q("integer", "age", "年齡|年龄|Age", constraint=". < 120"),
    q("select_one yn", "well", "有症狀？|有症状？|Symptoms?"),
    q("text", "which", "什麼症狀？|什么症状？|Which?", relevant="${well} = 'yes'"),
    q("end_repeat", ""),
    q("text", "last", "其他|其他|Anything else"),
    q("hidden", "nobody", ""),
    q("username", "user"),
    q("today", "filled"),
]
KINDS = (
    "工業企業|工业企业|Factory",
    "商場超市|商场超市|Supermarket",
    "農貿市場|农贸市场|Wet market",
    "寫字樓及附屬停車場|写字楼及附属停车场|Office tower with its car park",
    "建築工地|建筑工地|Building site",
)
AGREE = (
    "很不同意|很不同意|Strongly disagree",
    "不同意|不同意|Disagree",
    "普通|一般|Neutral",
    "同意|同意|Agree",
    "很同意|很同意|Strongly agree",
)
CHOICES = [
    ("yn", "yes", "有|有|Yes", ""), ("yn", "no", "沒有|没有|No", ""),
    *(("kind", f"k{n}", words, "") for n, words in enumerate(KINDS)),
    *(("agree", f"a{n}", words, "") for n, words in enumerate(AGREE)),
    *(("sign", f"s{n}", f"標誌 {n}|标志 {n}|Sign {n}", f"sign{n}.png") for n in (1, 2, 3)),
    *(("many", f"m{n}", f"第 {n:03} 街道|第 {n:03} 街道|Street {n:03}", "") for n in range(1, 301)),
]  # fmt: skip


def markdown() -> str:
    """The workbook as pyxform's Markdown."""
    lines = ["| survey |" + " |" * len(COLUMNS), "| |" + "".join(f" {name} |" for name in COLUMNS)]
    lines += ["| |" + "".join(f" {row.get(name, '').replace('|', '')} |" for name in COLUMNS) for row in SURVEY]
    lines += ["| choices | | | | | | | |", "| | list_name | name | " + " | ".join(f"label::{n}" for n in LANGUAGES)]
    lines[-1] += "".join(f" | media::image::{n}" for n in LANGUAGES) + " |"
    for name, value, words, image in CHOICES:
        lines.append(f"| | {name} | {value} | {words.replace('|', ' | ')} |" + f" {image} |" * 3)
    lines += ["| settings | | |", "| | form_id | form_title | default_language |"]
    return "\n".join([*lines, f"| | sample | 樣表 | {LANGUAGES[0]} |"])


@cache
def sample() -> Form:
    """The form itself."""
    converted = convert(markdown().encode(), kind="md")
    assert converted.xml, [str(problem) for problem in converted.problems]
    return load(converted.xml)
