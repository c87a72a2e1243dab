"""Made-up but lifelike facts of an inspection in three languages, with as many failures and photographs as wished."""

import io
from datetime import datetime, timedelta
from functools import cache
from random import Random

from PIL import Image, ImageDraw

from inspector_app.domain.clock import CHINA
from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.scoring import Tally
from inspector_app.reports.facts import Dimension, Found, InspectionFacts, Item, Officer, Picture, Place, Refusal

START = datetime(2020, 3, 20, 9, 30, tzinfo=CHINA)

NAMES = {
    "zh-Hant": ("防控機制到位", "員工排查到位", "設施物資到位", "內部管理到位", "宣傳教育到位", "安全生產（附加）"),
    "zh-Hans": ("防控机制到位", "员工排查到位", "设施物资到位", "内部管理到位", "宣传教育到位", "安全生产（附加）"),
    "en": (
        "Control mechanism",
        "Staff screening",
        "Facilities and supplies",
        "Internal management",
        "Publicity and training",
        "Safety (add-on)",
    ),
}
TEXTS = {
    "zh-Hant": (
        "已成立疫情防控工作小組，明確主要負責人為第一責任人，並有書面分工",
        "建立員工健康台賬，逐人登記返穗前14天行程，每日更新",
        "口罩、消毒液（84）、額溫槍等物資不少於3天用量，有出入庫記錄",
        "食堂實行錯峰、分散就餐，桌距不小於1.5米，餐桌設擋板",
        "電梯、洗手間等公共區域每日消毒2次以上，並有「消毒記錄表」",
        "在入口張貼防控須知（含應急電話），新返崗人員先培訓、後上崗",
        "設置獨立的臨時隔離觀察室，通風良好，配備N95口罩及防護服",
    ),
    "zh-Hans": (
        "已成立疫情防控工作小组，明确主要负责人为第一责任人，并有书面分工",
        "建立员工健康台账，逐人登记返穗前14天行程，每日更新",
        "口罩、消毒液（84）、额温枪等物资不少于3天用量，有出入库记录",
        "食堂实行错峰、分散就餐，桌距不小于1.5米，餐桌设挡板",
        "电梯、洗手间等公共区域每日消毒2次以上，并有“消毒记录表”",
        "在入口张贴防控须知（含应急电话），新返岗人员先培训、后上岗",
        "设置独立的临时隔离观察室，通风良好，配备N95口罩及防护服",
    ),
    "en": (
        "A control group exists, its head is named as first responsible person, duties are in writing",
        "A health register of all staff lists the whereabouts of the 14 days before return and is updated daily",
        "Masks, disinfectant and infrared thermometers last for at least 3 days; goods in and out are recorded",
        "The canteen is used in shifts, tables stand at least 1.5 m apart or have screens",
        "Lifts, washrooms and other shared areas are disinfected twice a day, with a log",
        "Rules and the emergency number are posted at the entrance; returning staff are trained before work",
        "A separate, well aired observation room is kept ready with N95 masks and gowns",
    ),
}
SEEN = {
    "zh-Hant": (
        "倉庫現存口罩430隻，按218人每日2隻計僅可維持1天；未見出入庫台賬，消毒液（84）混放於紙箱旁，未見專人管理。",
        "午餐時段第2排餐桌間距約0.7米，未設擋板；檢查組當場提醒，後勤主管表示「當日整改」。",
        "隔離觀察室設於二樓辦公室，與公共走廊共用空調回風，室內未配備防護服。",
    ),
    "zh-Hans": (
        "仓库现存口罩430只，按218人每日2只计仅可维持1天；未见出入库台账，消毒液（84）混放于纸箱旁，未见专人管理。",
        "午餐时段第2排餐桌间距约0.7米，未设挡板；检查组当场提醒，后勤主管表示“当日整改”。",
        "隔离观察室设于二楼办公室，与公共走廊共用空调回风，室内未配备防护服。",
    ),
    "en": (
        "430 masks in store last one day for 218 people; no record of goods in and out, disinfectant lies about.",
        "At lunch the tables of row 2 stood about 0.7 m apart without screens; the head of services acts at once.",
        "The observation room on floor 2 shares its return air with the corridor; there are no gowns.",
    ),
}


@cache
def jpeg(seed: int, size: tuple[int, int] = (800, 600)) -> bytes:
    """A picture with some structure, another one for each seed."""
    random = Random(seed)
    image = Image.new("RGB", size, (196 + seed % 40, 200, 204))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] * 2 // 3, *size), fill=(150, 146, 140))
    for _ in range(26):
        x, y = random.randrange(size[0]), random.randrange(size[1])
        fill = random.choice([(178, 140, 98), (112, 128, 150), (214, 214, 210), (90, 98, 110)])
        draw.rectangle(
            (x, y, x + random.randrange(40, 180), y + random.randrange(30, 120)), fill=fill, outline=(70, 70, 70)
        )
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=78)
    return buffer.getvalue()


def words_of(values: tuple[str, ...], at: int) -> str:
    return values[at % len(values)]


def items_of(language: str, count: int, fails: int, add_on: bool) -> tuple[Item, ...]:
    """`count` Items over the Dimensions, `fails` of them failed, some not applicable or unchecked."""
    random = Random(7)
    dimensions = "ABCDEF" if add_on else "ABCDE"
    failed = set(random.sample(range(count), fails))
    items = []
    for i in range(count):
        dimension = dimensions[i * len(dimensions) // count]
        level = Level.VETO if i % 19 == 4 else Level.KEY if i % 5 == 2 else Level.NORMAL
        other = Verdict.NA if i % 11 == 3 else None if i % 23 == 5 else Verdict.PASS
        verdict = Verdict.FAIL if i in failed else other
        note = words_of(SEEN[language], i) if verdict is Verdict.FAIL else ""
        measures = "430 ÷ 436 = 0.98 d" if i % 7 == 2 and verdict else ""
        items.append(
            Item(f"{dimension}{i + 1:02d}", dimension, words_of(TEXTS[language], i), verdict, note, measures, level)
        )
    return tuple(items)


def tally_of(items: list[Item]) -> Tally:
    verdicts = [item.verdict for item in items]
    return Tally(
        verdicts.count(Verdict.PASS), verdicts.count(Verdict.FAIL), verdicts.count(Verdict.NA), verdicts.count(None)
    )


def facts(
    language: str = "zh-Hant",
    *,
    count: int = 70,
    fails: int = 9,
    photos: int = 12,
    add_on: bool = False,
    **changes: object,
) -> InspectionFacts:
    """A whole record; `changes` replace fields."""
    items = items_of(language, count, fails, add_on)
    names = NAMES[language]
    failed = [item for item in items if item.verdict is Verdict.FAIL]
    pictures = tuple(
        Picture(
            number=i + 1,
            item=failed[i % len(failed)].id if failed else items[i % len(items)].id,
            jpeg=jpeg(i % 6, (600, 800) if i % 5 == 4 else (800, 600)),
            taken=START + timedelta(minutes=7 * i),
            time_source="exif" if i % 2 else "device",
            place_source="chosen" if i % 3 else "none",
            place={"en": "Xingang East Road"}.get(language, "新港東路" if language == "zh-Hant" else "新港东路")
            if i % 3
            else "",
            digest=f"{i * 7919 + 104729:064x}"[::-1],
            caption={"en": "store room, left shelf"}.get(
                language, "倉庫左側貨架" if language == "zh-Hant" else "仓库左侧货架"
            ),
        )
        for i in range(photos)
    )
    findings = tuple(
        Found(
            item=item.id,
            dimension=item.dimension,
            level=item.level,
            requirement=item.text,
            observation=item.note,
            owner={"en": "head of stores"}.get(language, "倉儲主管" if language == "zh-Hant" else "仓储主管"),
            deadline=START + timedelta(days=(1, 3, 7)[i % 3], hours=2, minutes=15),
            rule=("24h", "3d", "7d", "now")[i % 4],
            photos=tuple(p.number for p in pictures if p.item == item.id),
        )
        for i, item in enumerate(failed)
    )
    dimensions = tuple(
        Dimension(
            letter, names["ABCDEF".index(letter)], tally_of([i for i in items if i.dimension == letter]), letter != "F"
        )
        for letter in ("ABCDEF" if add_on else "ABCDE")
    )
    hans = language == "zh-Hans"
    base: dict[str, object] = {
        "number": "海复督记〔2020〕17A-0042号" if hans else "海復督記〔2020〕17A-0042號",
        "kind": "planned",
        "stage": "first",
        "issuer": "广州市海珠区复工复产工作专班" if hans else "廣州市海珠區復工復產工作專班",
        "team": "第17服务队" if hans else "第17服務隊",
        "site": Place(
            name="广州市海珠区琶洲创新科技有限公司" if hans else "廣州市海珠區琶洲創新科技有限公司",
            code="91350100M000100Y43",
            type_label="商务楼宇" if hans else "商務樓宇",
            address="海珠区新港东路2519号（A座12楼）" if hans else "海珠區新港東路2519號（A座12樓）",
            street="琶洲街道",
            department="区科工商信局" if hans else "區科工商信局",
            park="琶洲人工智能与数字经济试验区" if hans else "琶洲人工智能與數字經濟試驗區",
            contact="林𠮷明",
            post="生产部经理" if hans else "生產部經理",
            phone="138****8000",
            headcount=218,
            headcount_due=254,
        ),
        "started": START,
        "finished": START + timedelta(hours=2, minutes=15),
        "inspectors": (
            Officer("陳志強" if not hans else "陈志强", "粵A-10231"),
            Officer("黃婉儀" if not hans else "黄婉仪"),
        ),
        "result": Result.RECTIFY if failed else Result.PASSES,
        "dimensions": dimensions,
        "items": items,
        "findings": findings,
        "pictures": pictures,
        "printed": START + timedelta(hours=3),
        "head_name": "林𠮷明",
        "head_post": "生产部经理" if hans else "生產部經理",
        "checklist": "GZ-2020-13",
        "checklist_version": "2020-03-01",
        "hotline": "020-8900 0000",
        "language": language,
    }
    if language == "en":
        base |= {
            "issuer": "Haizhu District Task Force on Resumption of Work",
            "team": "Team 17",
        }
    return InspectionFacts(**(base | changes))  # type: ignore[arg-type]


def refused(language: str = "zh-Hant", reason: str = "對檢查結論有異議，要求先向總部請示") -> Refusal:
    """A refusal as it is recorded on site."""
    return Refusal(reason, START + timedelta(hours=2, minutes=20), "李𠮷，保安隊長", "已當場宣讀記錄全文")
