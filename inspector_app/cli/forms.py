"""Commands over forms: check, compare, install, list, play; each imports its own part of the house, to start at once."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inspector_app.cli.options import laptop, options
from inspector_app.cli.output import USER, emit, one_door, say
from inspector_app.domain.clock import iso
from inspector_app.domain.errors import UserError

if TYPE_CHECKING:
    from inspector_app.operations import offering
    from inspector_app.store.forms import Installed
    from inspector_app.xforms import Form, Problem
    from inspector_app.xforms.compare import Change

app = typer.Typer(no_args_is_help=True)


def problem_facts(problem: "Problem") -> dict[str, Any]:
    """One problem as `form check --json` prints it."""
    return {
        "severity": problem.severity,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "message": problem.message,
        "path": problem.path,
        "code": problem.code or None,
    }


def _existing(file: Path) -> Path:
    if not file.exists():
        raise UserError("file_missing", f"{file} does not exist; check the path.")
    return file


@app.command("check")
def check(context: typer.Context, file: Path) -> None:
    """Look through an XLSForm or XForm; exit 1 on errors."""
    from inspector_app.xforms.lint import check as lint

    given = options(context)
    with one_door(given.debug):
        problems = lint(_existing(file))
        ok = not any(p.severity == "error" for p in problems)
        if given.json:
            emit({"ok": ok, "problems": [problem_facts(p) for p in problems]})
        else:
            for line in report(problems):
                say(line)
        if not ok:
            raise typer.Exit(USER)


def report(problems: Iterable["Problem"]) -> list[str]:
    """Lines for people: problems by sheet, in the order of rows, and a last line that sums up."""
    found = list(problems)
    lines: list[str] = []
    ordered = sorted(found, key=lambda p: (p.sheet or "", p.row or 0))
    for sheet, group in groupby(ordered, key=lambda p: p.sheet):
        lines.append(f"{sheet}:" if sheet else "form:")
        lines.extend(f"  {_place(p)}{p.severity}: {p.message}" for p in group)
    counts = {s: sum(p.severity == s for p in found) for s in ("error", "warning", "info")}
    some = [f"{n} {_plural(s, n)}" for s, n in counts.items() if n]
    verdict = "The form cannot be used yet" if counts["error"] else "No errors"
    return [*lines, f"{verdict}{': ' + ', '.join(some) if some else ''}."]


def _plural(severity: str, count: int) -> str:
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}
    return words[severity][count != 1]


def _place(problem: "Problem") -> str:
    parts = [f"row {problem.row}" if problem.row else "", problem.column or ""]
    place = ", ".join(p for p in parts if p)
    if not problem.row and problem.path:
        place = f"{problem.path} {problem.column or ''}".strip()
    return f"{place}: " if place else ""


@app.command("compare")
def compare_(context: typer.Context, old: Path, new: Path) -> None:
    """What a new version of a form changed: questions, words, options, rules, languages."""
    from inspector_app.xforms import load
    from inspector_app.xforms.compare import compare

    given = options(context)
    with one_door(given.debug):
        before, after = load(_existing(old)), load(_existing(new))
        changes = compare(before, after).changes
        if given.json:
            facts = {"old": _edition(before), "new": _edition(after)}
            emit({**facts, "same": not changes, "changes": [change_facts(c) for c in changes]})
            return
        for change in changes:
            say(sentence(change))
        say(f"{len(changes)} changes." if changes else "Nothing differs that anybody could notice.")


def _edition(form: "Form") -> dict[str, str]:
    return {"form": form.id, "version": form.version, "hash": form.hash}


def change_facts(change: "Change") -> dict[str, Any]:
    """One change as `form compare --json` prints it; `kind` is its name with underscores."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(change).__name__).lower()
    return {"kind": kind, **asdict(change)}


def sentence(change: "Change") -> str:
    """One change as a line for people."""
    facts = asdict(change)
    kind = change_facts(change)["kind"].replace("_", " ")
    place = facts.get("path") or ", ".join(facts.get("paths", ())) or facts.get("name", "")
    details = []
    if facts.get("paths"):
        details.append(facts["name"])
    details += [str(facts[k]) for k in ("type", "part", "language", "rule") if facts.get(k)]
    if "old" in facts:
        details.append(f"“{facts['old']}” → “{facts['new']}”")
    if "old_path" in facts:
        details.append(f"from {facts['old_path']}, now after {facts['after'] or 'the start'}")
    label = next(iter(facts["label"].values()), "") if facts.get("label") else ""
    if label:
        details.append(f"“{label}”")
    return f"{kind}: {place}{' · ' + ' · '.join(details) if details else ''}"


@app.command("install")
def install(context: typer.Context, file: Path) -> None:
    """Check a form and make it available with the lists and pictures beside it; earlier versions stay."""
    from inspector_app.operations import keeping

    with laptop(context) as (store, given):
        form = keeping.install_form(store, _existing(file))
        facts = {"form": form.id, "version": form.version, "hash": form.hash}
        emit(facts) if given.json else say(f"{form.title} ({form.id}, version {form.version}) is installed.")


@app.command("list")
def list_(context: typer.Context) -> None:
    """Every installed version, the newest first."""
    from inspector_app.operations import offering

    with laptop(context) as (store, given):
        shelf = offering.shelf(store)
        if given.json:
            emit([version_facts(each, shelf) for each in shelf.versions])
            return
        for each in shelf.versions:
            marks = [word for word, is_so in version_marks(each, shelf).items() if is_so]
            say(f"{each.title}\t{each.form_id}\t{each.version}\t{each.hash[:8]}\t{', '.join(marks)}".rstrip())


def version_marks(version: "Installed", shelf: "offering.Shelf") -> dict[str, bool]:
    """What sets a version apart."""
    newest = next((each for each in shelf.offered() if each.form_id == shelf.default), None)
    return {
        "default": newest is not None and newest.hash == version.hash,
        "bundled": version.is_bundled,
        "hidden": version.is_retired,
    }


def version_facts(version: "Installed", shelf: "offering.Shelf") -> dict[str, Any]:
    """One version as `form list` prints it with --json."""
    return {
        "form": version.form_id,
        "version": version.version,
        "hash": version.hash,
        "title": version.title,
        "languages": list(version.languages),
        "questions": version.questions,
        "files": version.files,
        "visits": version.visits,
        "installed": iso(version.installed_ms) if version.installed_ms else None,
        **version_marks(version, shelf),
    }


def _steps(file: Path) -> Iterator[Any]:
    """The steps of a file, None for a line that is no JSON (`play` says so)."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None


@app.command("play")
def play_(
    context: typer.Context, file: Path, steps: Path, changed: Annotated[bool, typer.Option("--changed")] = False
) -> None:
    """Fill a form step by step; one JSON line per step."""
    from inspector_app.xforms import load
    from inspector_app.xforms.play import play

    with one_door(options(context).debug):
        lines = _steps(_existing(steps))
        failed = False
        for line in play(load(_existing(file)), lines, changed=changed):
            failed = failed or "error" in line
            emit(line)
        if failed:
            raise typer.Exit(USER)
