"""CPU, memory and size of one record (200 rows, 24 photos, chart, QR), first build of a fresh process, beside other engines."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import paper_content

ROUNDS = int(os.environ.get("ROUNDS", "5"))
PEERS = ("fpdf2==2.8.9", "weasyprint==70.0", "typst==0.15.2")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "inspector-app-bench" / "papers"
TARGETS = {"platypus": 3.0, "fpdf2": 15.0, "weasyprint": 40.0, "typst": 5.0}
NAMES = {
    "platypus": "platypus tuned",
    "platypus-stock": "platypus as it comes",
    "typst": "typst cold",
    "weasyprint-plain": "weasyprint as pip installs it",
}
"""WeasyPrint cuts typefaces with the system's HarfBuzz where that is found, as its handbook asks for; else with fontTools."""
SIZE_LIMIT, FIRST_LIMIT, MANY_LIMIT = 1.03, 0.5, 300
_ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).resolve().parent
Row = tuple[str, ...]


def peak() -> float:
    """Most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _build(folder: Path) -> tuple[float, ...]:
    """Child: CPU of the first build with its modules imported, its faces open and the photographs' digests known, as the
    peers have theirs in `content.json`; `first` and `whole` count all of it."""
    from inspector_app.reports.fonts import CHAINS, face
    from inspector_app.reports.inspection import inspection_record

    facts = paper_content.facts(folder)
    for faces in CHAINS.values():
        face(faces[0])
    assert all(picture.derivative for picture in facts.pictures)
    started = time.process_time()
    document = inspection_record(facts)
    spent = time.process_time() - started
    return spent, time.process_time(), len(document.pdf), peak()


def _whole(folder: Path) -> tuple[float, ...]:
    """Child: drawn, archived, signed; CPU of each step once the signer's modules are there, and the size."""
    from inspector_app.reports.archive import archived
    from inspector_app.reports.inspection import inspection_record
    from inspector_app.reports.record import record_digest, record_json
    from inspector_app.reports.signing import Signer, signed
    from inspector_app.store.certificate import make

    facts = paper_content.facts(folder)
    made = make("bench", "bench", facts.started)
    signer = Signer(made.key, made.certificate)
    assert facts.finished is not None
    times: tuple[float, ...] = ()
    for _ in range(3):
        marks = [time.process_time()]
        pdf = inspection_record(facts).pdf
        marks.append(time.process_time())
        record = record_json(facts)
        pdf = archived(pdf, record, digest=record_digest(record), when=facts.finished, language="zh-Hant")
        marks.append(time.process_time())
        pdf = signed(pdf, signer)
        marks.append(time.process_time())
        steps = tuple(b - a for a, b in zip(marks, marks[1:], strict=False))
        times = steps if not times or sum(steps) < sum(times) else times
    return *times, len(pdf), peak()


def _first(folder: Path) -> tuple[float, ...]:
    """Child: from nothing imported to a finished, unsigned file on disk."""
    started = time.process_time()
    from inspector_app.reports.inspection import inspection_record

    facts = paper_content.facts(folder)
    (folder / "first.pdf").write_bytes(inspection_record(facts).pdf)
    return time.process_time() - started, peak()


def _many(folder: Path) -> tuple[float, ...]:
    """Child: 300 different photographs of the product's own size in one report, archived."""
    from inspector_app.reports.archive import archived
    from inspector_app.reports.inspection import inspection_record
    from inspector_app.reports.record import record_digest, record_json

    facts = paper_content.facts(folder / "many", photos=300)
    before = peak()
    started = time.process_time()
    record = record_json(facts)
    drawn = inspection_record(facts).pdf
    assert facts.finished is not None
    pdf = archived(drawn, record, digest=record_digest(record), when=facts.finished, language="zh-Hant")
    return time.process_time() - started, len(pdf), before, peak()


CHILDREN: dict[str, Callable[[Path], tuple[float, ...]]] = {
    "ours": _build, "whole": _whole, "first": _first, "many": _many,
}  # fmt: skip


def child(engine: str, folder: Path) -> list[float]:
    """One engine in a fresh process."""
    if engine in CHILDREN:
        command = [sys.executable, "-m", "tests.benchmarks.bench_report", engine, str(folder)]
    else:
        python = sys.executable if engine.startswith("platypus") else str(_peer_python())
        script, out = str(_HERE / "paper_peers.py"), str(folder / f"{engine}.pdf")
        command = [python, script, engine, str(folder / "content.json"), out]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return [float(figure) for figure in done.stdout.split()]


def _peer_python() -> Path:
    return CACHE / ("Scripts" if os.name == "nt" else "bin") / "python"


def peers() -> str:
    """Make the peers' own environment; why not, where it cannot be made."""
    if not _peer_python().exists():
        venv.create(CACHE, with_pip=True)
    done = subprocess.run([_peer_python(), "-m", "pip", "install", "-q", *PEERS], capture_output=True, text=True)
    return "" if done.returncode == 0 else "its packages cannot be installed here"


def measure(folder: Path) -> dict[str, list[list[float]]]:
    """Figures of each engine, one fresh process each time, interleaved."""
    engines = [
        "ours",
        "platypus",
        "platypus-stock",
        *(() if peers() else ("fpdf2", "weasyprint", "weasyprint-plain", "typst")),
    ]
    found: dict[str, list[list[float]]] = {engine: [] for engine in engines}
    for _ in range(ROUNDS):
        for engine in engines:
            found[engine].append(child(engine, folder))
    return found


def rows() -> list[Row]:
    """A table: engine, CPU of the build, of the process, ratio, megabytes; then the product's own figures."""
    with tempfile.TemporaryDirectory(prefix="bench-papers") as place:
        folder = Path(place)
        paper_content.write(folder)
        photos = sum((folder / f"{n}.jpg").stat().st_size for n in range(1, paper_content.PHOTOS + 1))
        found = measure(folder)
        table: list[Row] = [
            ("engine", "build ms best", "median", "process", "× ours best", "median", "peak MB", "file")
        ]
        table += [_row(engine, found, photos) for engine in found]
        missing = [engine for engine in TARGETS if engine not in found]
        table += [(engine, "not measured:", peers(), "", "", "", "", "") for engine in missing]
        return table + _own(folder, photos)


def _row(engine: str, found: dict[str, list[list[float]]], photos: int) -> Row:
    ours, runs = found["ours"], found[engine]
    best, median = min(run[0] for run in runs), statistics.median(run[0] for run in runs)
    ratio = best / min(run[0] for run in ours)
    middle = median / statistics.median(run[0] for run in ours)
    goal = TARGETS.get(engine)
    judged = (
        f"{ratio:.1f}" if goal is None else f"{ratio:.1f} (≥ {goal:g}: {'reached' if ratio >= goal else 'NOT REACHED'})"
    )
    size = f"photos + {runs[0][2] / photos - 1:.1%}"
    process = f"{min(run[1] for run in runs) * 1000:.0f}"
    name = NAMES.get(engine, engine)
    return (
        name,
        f"{best * 1000:.0f}",
        f"{median * 1000:.0f}",
        process,
        judged,
        f"{middle:.1f}",
        f"{runs[0][3]:.0f}",
        size,
    )


def _own(folder: Path, photos: int) -> list[Row]:
    draw, keep, sign, size, memory = child("whole", folder)
    share = size / photos
    steps = f"{draw * 1000:.0f} + {keep * 1000:.0f} + {sign * 1000:.0f} ms"
    first = min(child("first", folder)[0] for _ in range(ROUNDS))
    (folder / "many").mkdir()
    paper_content.pictures(folder / "many", (800, 600), 300)
    spent, large, _, most = child("many", folder)
    return [
        _line("drawn + archived + signed", steps, f"{memory:.0f} MB", share <= SIZE_LIMIT, f"photos + {share - 1:.1%}"),
        _line("first PDF of a process", f"{first:.2f} s", "", first <= FIRST_LIMIT, f"≤ {FIRST_LIMIT} s"),
        _line(
            "300 photos",
            f"{spent:.2f} s",
            f"{most:.0f} MB",
            most <= MANY_LIMIT,
            f"≤ {MANY_LIMIT} MB, {large / 1e6:.1f} MB",
        ),
    ]


def _line(name: str, first: str, second: str, reached: bool, more: str) -> Row:
    return name, first, second, "", "reached" if reached else "NOT REACHED", more, "", ""


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(*CHILDREN[sys.argv[1]](Path(sys.argv[2])))
    else:
        for row in rows():
            print("  ".join(row))
