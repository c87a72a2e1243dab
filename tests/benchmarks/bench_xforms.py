"""Our form engine, `@getodk/xforms-engine` on Node and JavaRosa on the forms of forms.md §10.1, each in its own process."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.benchmarks.xforms_forms import INSTANCES, repeat_form, repeat_script, script, wide_form

HERE = Path(__file__).parent
TURNS = 3
"""Times each engine has its turn, one after the other, so that a busy machine hits all alike."""
ROUNDS = 4
"""Fillings within one process. The first is what somebody meets who opens the program and fills in a form, and the one
forms.md's bars are held against; after it the virtual machines have compiled what they run often, and all are shown."""
Figures = dict[str, Any]
Row = tuple[str, str, str, str, str, str]


class Absent(Exception):
    """An engine that cannot run here; the message says what is missing."""


def _job(what: str) -> Figures:
    return {
        "what": what,
        "rounds": ROUNDS,
        "instances": INSTANCES,
        "wide": wide_form(),
        "repeat": repeat_form(),
        "script": script(0) + script(1),
        "repeat_script": repeat_script(),
    }


def _run(command: list[str], given: str, **surroundings: str) -> Figures:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, env={**os.environ, **surroundings}, check=False
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{command[0]}: {done.stderr[-1500:]}")
    found: Figures = json.loads(done.stdout)
    return found


def ours(what: str) -> Figures:
    """This engine."""
    return _run([sys.executable, "-m", "tests.benchmarks.xforms_ours"], json.dumps(_job(what)))


def _packages() -> Path:
    """The folder with the npm packages; installed once into the cache that the differential test uses too."""
    if shutil.which("node") is None:
        raise Absent("node is not installed")
    folder = Path(os.environ.get("XFORMS_ORACLE", Path.home() / ".cache" / "inspector-app-oracle"))
    if not (folder / "node_modules" / "@getodk" / "xforms-engine").is_dir():
        if shutil.which("npm") is None:
            raise Absent("npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        names = ["@getodk/xforms-engine@0.22.0", "jsdom@24.1.3"]
        command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", *names]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Absent("its npm packages cannot be installed")
    return folder


def node(what: str) -> Figures:
    """`@getodk/xforms-engine` on Node with jsdom."""
    folder = _packages()
    return _run(
        ["node", str(HERE / "xforms_node.mjs")], json.dumps(_job(what)), PACKAGES=str(folder), TZ="Asia/Shanghai"
    )


def java(what: str) -> Figures:
    """JavaRosa inside the jar of pyxform's wheel.

    It tells nobody what an answer changed: whoever shows more than one question asks for all states again (ADR 0095). The
    others tell by themselves, so only here the time of an answer and of knowing what it changed are two.
    """
    import pyxform

    jar = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if shutil.which("java") is None or not jar.is_file():
        raise Absent("java, or the jar in pyxform's wheel, is missing")
    job = _job(what)
    lines = [f"{what} {ROUNDS} {INSTANCES}", *(_packed(job[form]) for form in ("wide", "repeat"))]
    for part in ("script", "repeat_script"):
        lines += [str(len(job[part])), *("\t".join(step) for step in job[part])]
    command = ["java", "-Duser.timezone=Asia/Shanghai", "-cp", str(jar), str(HERE / "XFormsJava.java")]
    found = _run(command, "\n".join(lines) + "\n")
    if what == "speed":
        found |= java("told")
    return {k: base64.b64decode(v).decode() if k.endswith("_xml") else v for k, v in found.items()}


def _packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def leaves(xml: str) -> dict[str, str]:
    """Every leaf of a submission by its path, but the random instanceID; positions on repeats."""
    found: dict[str, str] = {}

    def enter(element: ElementTree.Element, path: str) -> None:
        counts: dict[str, int] = {}
        for child in element:
            name = child.tag.rpartition("}")[2]
            counts[name] = counts.get(name, 0) + 1
            enter(child, f"{path}/{name}[{counts[name]}]")
        if not len(element) and not path.endswith("/instanceID[1]"):
            found[path] = element.text or ""

    enter(ElementTree.fromstring(xml), "")
    return found


def _alike(mine: Figures, theirs: Figures, form: str) -> str:
    a, b = leaves(mine[f"{form}_xml"]), leaves(theirs[f"{form}_xml"])
    differing = [p for p in {**a, **b} if a.get(p) != b.get(p)]
    if not differing:
        return f"{len(a)} equal"
    first = differing[0]
    return f"{len(differing)} of {len(a)} DIFFER, {first}: {a.get(first)!r} / {b.get(first)!r}"


ENGINES: dict[str, Callable[[str], Figures]] = {"ours": ours, "Node": node, "JavaRosa": java}
_SPEEDS = (
    ("first filling: load + Session, ms", "load_ms", {"Node": 10.0, "JavaRosa": 3.0}, None),
    ("second filling: load + Session, ms", "load2_ms", {}, None),
    ("best of all: load + Session, ms", "load_best_ms", {}, None),
    ("first filling: an answer, mean over 1,000, ms", "answer_ms", {"Node": 10.0, "JavaRosa": 10.0}, 0.1),
    ("first filling: an answer and all it changed, ms", "told_ms", {"Node": 10.0, "JavaRosa": 10.0}, 0.1),
    ("second filling: an answer, mean over 1,000, ms", "answer2_ms", {}, None),
    ("best of all: an answer, mean over 1,000, ms", "answer_best_ms", {}, None),
    ("first filling: without finding the question and its options, ms", "bare_ms", {}, None),
    ("200 instances: an answer, mean, ms", "repeat_ms", {}, 2.0),
    ("200 instances: an answer, worst, ms", "repeat_worst_ms", {}, None),
    ("adding 199 instances, s", "adding_s", {}, 0.3),
)


def measure() -> tuple[dict[str, Figures], dict[str, str]]:
    """The best figures of each engine that runs here (a busy machine only adds), and why the others do not."""
    turns: dict[str, list[Figures]] = {name: [] for name in ENGINES}
    absent: dict[str, str] = {}
    for _ in range(TURNS):
        for name, engine in ENGINES.items():
            if name not in absent:
                try:
                    turns[name].append(_by_filling(engine("speed")))
                except Absent as reason:
                    absent[name] = str(reason)
    found: dict[str, Figures] = {}
    for name, several in turns.items():
        if several:
            keys = [key for _, key, _, _ in _SPEEDS]
            found[name] = several[-1] | {k: min(t[k] for t in several) for k in keys} | ENGINES[name]("memory")
    return found, absent


def _by_filling(turn: Figures) -> Figures:
    """The first, the second and the best filling of one process beside its other figures."""
    found = dict(turn)
    for name in ("load", "answer"):
        series = found.pop(f"{name}s_ms")
        found |= {f"{name}_ms": series[0], f"{name}2_ms": series[1], f"{name}_best_ms": min(series)}
    found["bare_ms"] = found.pop("bares_ms", [found["answer_ms"]])[0]
    return {"told_ms": found["answer_ms"]} | found


def rows() -> list[Row]:
    """The table: figure, the three engines, our ratio to the peers, and whether the bars are reached."""
    found, absent = measure()
    table: list[Row] = [("what", *ENGINES, "ours : Node : JavaRosa", "bar")]
    for what, key, bars, most in _SPEEDS:
        table.append(_row(found, what, key, (bars, most)))
    table.append(_row(found, "resident memory with form and Session, MB", "mb", ({"Node": 5.0}, None)))
    grown = {n: f | {"grown": f["mb"] - f["engine_mb"]} for n, f in found.items()}
    table.append(_row(grown, "of this form and Session alone, MB", "grown", ({}, None)))
    for form in ("wide", "repeat"):
        said = [_alike(found["ours"], found[n], form) if n in found else "–" for n in ENGINES]
        table.append((f"leaves at the end, {form} form", *said, "", ""))  # type: ignore[arg-type]
    table += [(f"{name}: {reason}, left out", "", "", "", "", "") for name, reason in absent.items()]
    return table


def _row(found: dict[str, Figures], what: str, key: str, bar: tuple[dict[str, float], float | None]) -> Row:
    ratios, most = bar
    mine = found["ours"][key]
    shown = [f"{found[n][key]:.3f}" if n in found else "–" for n in ENGINES]
    times = {n: found[n][key] / mine for n in found if n != "ours"}
    reached = all(times[n] >= least for n, least in ratios.items() if n in times) and (most is None or mine <= most)
    bars = [f"{n} ≥ {least:g}×" for n, least in ratios.items()] + ([f"≤ {most:g}"] if most is not None else [])
    verdict = f"{', '.join(bars)}: {'reached' if reached else 'NOT REACHED'}" if bars else ""
    compared = "1" + "".join(f" : {times[n]:.1f}" if n in times else " : –" for n in ENGINES if n != "ours")
    return what, shown[0], shown[1], shown[2], compared, verdict


if __name__ == "__main__":
    for row in rows():
        print(f"{row[0]:64} {row[1]:>10} {row[2]:>10} {row[3]:>10}  {row[4]:22} {row[5]}")
