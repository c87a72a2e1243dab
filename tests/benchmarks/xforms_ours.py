"""Our engine as a process of its own: reads a job, fills its forms, prints what it took (see bench_xforms)."""

import json
import statistics
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from inspector_app.xforms import Form, Session, load
from inspector_app.xforms.xpath.parser import parse

_ZONE = timezone(timedelta(hours=8))


def now() -> datetime:
    """A frozen clock."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=_ZONE)


def resident() -> float:
    """Resident memory of this process in MB; nan where the system does not say."""
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return float("nan")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def opened(xml: bytes) -> tuple[Form, Session, float]:
    """Load and first Session, milliseconds."""
    parse.cache_clear()
    start = time.perf_counter()
    form = load(xml)
    session = form.begin(now)
    return form, session, (time.perf_counter() - start) * 1000


def answered(session: Session, script: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of each answer."""
    taken = []
    for path, value in script:
        start = time.perf_counter()
        session.set_answer(path, value)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def speed(job: dict[str, Any]) -> dict[str, Any]:
    """Times of both forms and every leaf at the end."""
    wide, loads, means = job["wide"].encode(), [], []
    for _ in range(job["rounds"]):
        _, session, taken = opened(wide)
        loads.append(taken)
        means.append(statistics.mean(answered(session, job["script"])))
    _, repeats, _ = opened(job["repeat"].encode())
    start = time.perf_counter()
    for _ in range(job["instances"] - 1):
        repeats.add_repeat("/data/rep")
    adding = time.perf_counter() - start
    taken_repeat = answered(repeats, job["repeat_script"])
    return {
        "loads_ms": loads,
        "answers_ms": means,
        "adding_s": adding,
        "repeat_ms": statistics.mean(taken_repeat),
        "repeat_worst_ms": max(taken_repeat),
        "wide_xml": session.finalize().xml.decode(),
        "repeat_xml": repeats.finalize().xml.decode(),
    }


def memory(job: dict[str, Any]) -> dict[str, Any]:
    """Resident memory with the engine alone, and with form and session."""
    before = resident()
    kept = opened(job["wide"].encode())
    return {"engine_mb": before, "mb": resident(), "kept": len(kept)}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump((memory if given["what"] == "memory" else speed)(given), sys.stdout)
