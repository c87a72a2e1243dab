"""An answer's commit above a bare synced write, search per keystroke in 100,000 sites, a photo above hash and write."""

import hashlib
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from inspector_app.domain.changeset import Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.site import SITE_TYPES, STREETS
from inspector_app.domain.team import Inspector
from inspector_app.store import log, sites
from inspector_app.store.database import Store, create_store
from inspector_app.store.durable import write_file

SITES, ANSWERS, PHOTOS = 100_000, 300, 25
COMMIT_MS, KEYSTROKE_MS, IMPORT_S = 3.0, 30.0, 60.0
PLACES = "海珠琶洲新港東西路濱江中廣州大道工業南石頭客村昌崗曉赤沙仲何瀝滘"
TRADES = "飯店餐廳超市百貨建材裝飾布匹電子商務印刷製衣會展酒家茶樓五金"
TYPED = (
    (
        "海",
        "海珠",
        "海珠電",
        "琶",
        "琶洲新",
        "飯店酒",
        "9",
        "9144",
        "91440105MA5",
        "12",
        "12號",
        "新港 飯店",
        "店店店",
        "zzz",
        "h",
        "hz",
        "pzxg",
        "yxgs",
        "haizhu",
        "zzzzzz",
    ),
    (("team", 7), ("type", "FB"), ("street", "琶洲")),
)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def some_site(rng: random.Random, team: int) -> Edit:
    """A made-up enterprise of the registry's usual length."""
    name = "".join(rng.choices(PLACES, k=4)) + "".join(rng.choices(TRADES, k=4)) + "有限公司"
    street = rng.choice(STREETS)
    values = {
        "name": name,
        "street": street,
        "type": rng.choice(tuple(SITE_TYPES)),
        "code": "91440105" + "".join(rng.choices("0123456789ABCDEFGH", k=10)),
        "address": f"廣州市海珠區{street}{''.join(rng.choices(PLACES, k=3))}路{rng.randrange(900)}號",
        "contact": "林女士",
        "phone": "13800138000",
        "team": team,
        "headcount": rng.randrange(1, 500),
    }
    return Edit("site", new_id(), values, "district")


def fill(store: Store, number: int) -> None:
    """The registry, a thousand rows per transaction as an import does."""
    rng = random.Random(2020)
    for _ in range(number // 1_000):
        edits = [some_site(rng, rng.randrange(1, 40)) for _ in range(1_000)]
        with store.writing() as session:
            log.append(session, edits)


def bare_write(folder: Path, content: bytes) -> None:
    """What no store can avoid."""
    with (folder / "bare").open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def answers(store: Store, folder: Path) -> tuple[float, float]:
    """Median ms of one answer's commit and of a bare synced append, measured in turns."""
    visit, rng = new_id(), random.Random(1)
    values = {f"/data/A/A{n:02d}": "pass" for n in range(70)}
    with store.writing() as session:
        log.append(session, [Edit("inspection", visit, {"status": "draft", **values}, "team:07")])

    def answer() -> None:
        with store.writing() as session:
            log.append(session, [Edit("inspection", visit, {f"/data/A/A{rng.randrange(70):02d}": rng.choice("ab")})])

    pairs = [(timed(answer), timed(lambda: bare_write(folder, bytes(4096)))) for _ in range(ANSWERS)]
    return statistics.median(ours for ours, _ in pairs), statistics.median(bare for _, bare in pairs)


def keystrokes(store: Store) -> tuple[float, str]:
    """The slowest query (best of three) and its text; the names are read for pinyin before."""
    with store.reading() as session:
        store.site_names.search(session, "a")
    words, filters = TYPED
    queries = [(word, {}) for word in words] + [("海", dict([one])) for one in filters] + [("", dict(filters))]
    worst = (0.0, "")
    for typed, wanted in queries:

        def look(typed: str = typed, wanted: dict[str, object] = wanted) -> None:
            with store.reading() as session:
                if wanted:
                    sites.search_ids(session, typed, limit=200, **wanted)  # type: ignore[arg-type]
                else:
                    store.site_names.search(session, typed, limit=200)

        worst = max(worst, (min(timed(look) for _ in range(3)), f"{typed} {wanted or ''}".strip()))
    return worst


def photos(store: Store, folder: Path) -> tuple[float, float, float]:
    """Median ms of putting a 3 MB photo, of hash and fsynced plain file, and of hash and atomic plain file; in turns."""
    ours, least, whole = [], [], []
    for number in range(PHOTOS):
        plain = os.urandom(3_000_000)
        new = folder / f"photos{number}"
        new.mkdir()
        least.append(timed(lambda plain=plain, new=new: (hashlib.sha256(plain).hexdigest(), bare_write(new, plain))))
        whole.append(
            timed(lambda plain=plain, new=new: (hashlib.sha256(plain).hexdigest(), write_file(new / "w", plain)))
        )
        ours.append(timed(lambda plain=plain: store.blobs.put(plain)))
    return statistics.median(ours), statistics.median(least), statistics.median(whole)


def verdict(value: float, limit: float, unit: str) -> str:
    """The figure's word."""
    return f"≤ {limit:g} {unit}: {'yes' if value <= limit else 'NO'}"


def rows() -> list[tuple[str, ...]]:
    """One store, filled once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = create_store(folder / "data", "benchmark 2020", Inspector("林曉嵐", 7))
        seconds = timed(lambda: fill(store, SITES)) / 1000
        ours, bare = answers(store, folder)
        slowest, typed = keystrokes(store)
        put, least, whole = photos(store, folder)
        store.close()
    return [
        ("what", "ours", "peer", "verdict"),
        ("answer commit, ms", f"{ours:.2f}", f"{bare:.2f} bare write", verdict(ours - bare, COMMIT_MS, "ms above")),
        ("slowest keystroke, ms", f"{slowest:.1f}", typed, verdict(slowest, KEYSTROKE_MS, "ms")),
        (f"{SITES:,} sites into the log, s", f"{seconds:.1f}", "", verdict(seconds, IMPORT_S, "s")),
        ("photo of 3 MB, ms", f"{put:.1f}", f"{least:.1f} hash + fsynced file", f"{put / least:.2f} times"),
        ("the same", f"{put:.1f}", f"{whole:.1f} hash + file that is whole or absent", f"{put / whole:.2f} times"),
    ]
