"""Imports whole visits from a JSON file through the same operations as the window (cli.md, `inspections import`)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inspector_app.checklists.model import Item
from inspector_app.checklists.state import suggest, visit_date
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import parse_iso
from inspector_app.domain.errors import DaoweiError, UserError, WorldError
from inspector_app.domain.inspection import Signing, Verdict
from inspector_app.operations import inspecting, photographing, questions_file
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.keeping import DEFAULT_FORM
from inspector_app.operations.questions_file import is_path
from inspector_app.operations.signing import Drawing, sign_and_finish
from inspector_app.store import forms, inspections, sites
from inspector_app.store.database import Store

MAX_FILE = 64 * 1024 * 1024
MAX_VISITS = 10_000
RECORDS = frozenset({"count", "count x2", "count x3", "count x4", "text", "date", "ratio"})
"""Answers that only record a figure; there is nothing in them to judge."""


@dataclass(frozen=True)
class VisitsImported:
    """Ids of added visits and, per refused visit, its index in the file and the sentence why."""

    added: tuple[str, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    touched: Touched = Touched()


def import_visits(store: Store, file: Path, *, progress: Callable[[int, int], None] | None = None) -> VisitsImported:
    """Each visit is taken whole or not at all; raises UserError when the file itself cannot be read."""
    entries = _read(file)
    added: list[str] = []
    refused: list[tuple[int, str]] = []
    touched = Touched()
    for index, entry in enumerate(entries):
        try:
            inspection, more = _take(store, entry, file.parent)
            added.append(inspection)
            touched |= more
        except DaoweiError as error:
            refused.append((index, str(error)))
        if progress:
            progress(index + 1, len(entries))
    return VisitsImported(tuple(added), tuple(refused), touched)


def _read(file: Path) -> list[Any]:
    try:
        if file.stat().st_size > MAX_FILE:
            raise UserError("file_too_large", f"{file.name} is larger than 64 MB; split it.")
        entries = json.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise UserError("file_missing", f"{file} does not exist; check the path.") from None
    except (ValueError, RecursionError) as error:
        raise UserError("visits_json", f"{file.name} is not a JSON file: {str(error)[:120]}.") from None
    except OSError as error:
        raise WorldError("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    if not isinstance(entries, list) or len(entries) > MAX_VISITS:
        raise UserError("visits_list", f"{file.name} must hold a list of at most {MAX_VISITS:,} visits.")
    return entries


def _take(store: Store, entry: object, folder: Path) -> tuple[str, Touched]:
    """Check everything first, then write; a visit that fails half-way is withdrawn again."""
    if not isinstance(entry, dict):
        raise UserError("visit_entry", "An entry of the list is not an object.")
    site = _site(store, _text(entry, "site"))
    form = _text(entry, "form", default=DEFAULT_FORM)
    _check_form(store, form)
    answers = _answers(entry)
    pictures = _photo_bytes(answers, folder)
    signed = _signed(entry, folder)
    started = _time(entry, "started")
    finished = _time(entry, "finished") if entry.get("finished") else None
    names = entry.get("inspectors") or []
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise UserError("visit_inspectors", "'inspectors' must be a list of names.")
    team = entry.get("team", store.me.team)
    if team != store.me.team:
        raise UserError("visit_team", f"This laptop belongs to team {store.me.team}, the visit to team {team}.")
    with store.atomically():
        inspection, touched = inspecting.start(store, site, form=form, inspectors=tuple(names), started_ms=started)
        visit = inspecting.open_visit(store, inspection)
        touched |= _answer(store, visit, answers)
        for asked, name, original in pictures:
            touched |= _attach(store, visit, asked, name, original)
        if finished is not None:
            touched |= sign_and_finish(store, visit, _signing(entry), signed, finished_ms=finished)
    return inspection, touched


def _answer(store: Store, visit: Visit, answers: Mapping[str, Mapping[str, Any]]) -> Touched:
    """Items by id, questions by node path; an Item named by its path is that Item."""
    by_path = {item.path: item.id for item in visit.checklist.items_by_id.values()}
    named = {by_path.get(asked, asked): reply for asked, reply in answers.items()}
    items = {asked: reply for asked, reply in named.items() if not is_path(asked)}
    questions = {asked: str(reply["value"]) for asked, reply in named.items() if is_path(asked) and "value" in reply}
    touched = inspecting.answer_many(store, visit, answer_values(visit, items)) if items else Touched()
    return touched | questions_file.answer_paths(store, visit, questions)


def _attach(store: Store, visit: Visit, asked: str, name: str, original: bytes) -> Touched:
    if is_path(asked):
        return questions_file.attach(store, visit, asked, name, original)
    return photographing.attach(store, visit, asked, original, name=name)[1]


def _text(entry: Mapping[str, Any], field: str, default: str = "") -> str:
    value = entry.get(field) or default
    if not isinstance(value, str) or not value:
        raise UserError("visit_field", f"'{field}' is missing or not a text.")
    return value


def _time(entry: Mapping[str, Any], field: str) -> int:
    try:
        return parse_iso(_text(entry, field))
    except ValueError:
        raise UserError("visit_time", f"'{field}' is not an ISO 8601 time such as 2020-03-05T09:30:00+08:00.") from None


def _site(store: Store, wanted: str) -> str:
    with store.reading() as session:
        site = sites.get(session, wanted) or sites.find_match(session, wanted, "", "")
        if site is None:
            named = sites.by_name(session, wanted)
            if len(named) > 1:
                raise UserError("site_ambiguous", f"{len(named)} sites are called {wanted}; give the code instead.")
            site = named[0] if named else None
    if site is None:
        raise UserError("site_unknown", f"No site with the id, code or name '{wanted}' is in the registry.")
    return site.id


def _check_form(store: Store, form_id: str) -> None:
    with store.reading() as session:
        if forms.latest(session, form_id) is None:
            raise UserError("form_unknown", f"The checklist '{form_id}' is not installed.")


def _answers(entry: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    answers = entry.get("answers") or {}
    if not isinstance(answers, dict) or not all(isinstance(reply, dict) for reply in answers.values()):
        raise UserError("visit_answers", "'answers' must map item ids or node paths to objects with 'value'.")
    return answers


def _photo_bytes(answers: Mapping[str, dict[str, Any]], folder: Path) -> list[tuple[str, str, bytes]]:
    found = []
    for item, reply in answers.items():
        names = reply.get("photos") or []
        if not isinstance(names, list):
            raise UserError("visit_photos", f"'photos' of {item} must be a list of file names.")
        for name in names:
            found.append((item, Path(str(name)).name, _bytes(folder, str(name), item)))
    return found


def _bytes(folder: Path, name: str, item: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise UserError("photo_outside", f"The photo '{name}' of {item} lies outside the file's folder.")
    try:
        return path.read_bytes()
    except OSError:
        raise UserError("photo_missing", f"The photo '{name}' of {item} cannot be read.") from None


def answer_values(visit: Visit, answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Form paths and texts for replies given per item; raises UserError for an unknown item or value."""
    values: dict[str, str] = {}
    for item_id, reply in answers.items():
        item = visit.checklist.items_by_id.get(item_id)
        if item is None or not visit.session.state(item.path).relevant:
            raise UserError("item_unknown", f"{item_id} is not an item of this checklist for this type of site.")
        values |= item_values(item, str(reply.get("value", "")).strip(), visit_date(visit.checklist, visit.session))
        if reply.get("note"):
            values[item.note_path] = str(reply["note"])
    return values


def item_values(item: Item, text: str, day: date | None = None) -> dict[str, str]:
    """A Verdict word, or numbers and texts for the measures (parted by '/' or ';') with the Verdict they decide.

    Ages are counted to `day`. Where the figures decide nothing, a mere record (a count, a date, a text) passes and
    anything that needs judgement stays 未檢.
    """
    if text in {verdict.value for verdict in Verdict}:
        return {item.path: text}
    if not text:
        return {}
    if not item.measures:
        raise UserError("answer_value", f"{item.id} takes pass, fail or na, not '{text}'.")
    parts = [text] if len(item.measures) == 1 else text.replace(";", "/").split("/")
    if len(parts) > len(item.measures):
        raise UserError("answer_value", f"{item.id} takes {len(item.measures)} values, not {len(parts)}.")
    measured = {m.path: part.strip() for m, part in zip(item.measures, parts, strict=False)}
    verdict = suggest(item, measured, day) or (Verdict.PASS if item.answer in RECORDS else None)
    return {**measured, item.path: verdict.value} if verdict else measured


def set_item(store: Store, inspection_id: str, asked: str, text: str) -> Touched:
    """`inspections set`: one Answer by item id or by node path; the place after a repeat's last makes a new instance."""
    visit = inspecting.open_visit(store, inspection_id)
    if is_path(asked) and asked not in {item.path for item in visit.checklist.items_by_id.values()}:
        return questions_file.answer_paths(store, visit, {asked: text}, most=1)
    return _answer(store, visit, {asked: {"value": text}})


def resolve(store: Store, wanted: str) -> str:
    """An Inspection's id from its id, an unambiguous beginning of it, or its number; raises UserError."""
    with store.reading() as session:
        found = inspections.matching(session, wanted)
    if len(found) != 1:
        what = "No visit" if not found else f"{len(found)} visits"
        raise UserError("visit_unknown", f"{what} on this laptop match '{wanted}'.")
    return found[0]


def _signing(entry: Mapping[str, Any]) -> Signing:
    head = entry.get("site_head") or {}
    if not isinstance(head, dict):
        raise UserError("visit_head", "'site_head' must be an object.")
    return Signing(head_name=str(head.get("name") or ""), refused=str(head.get("refused") or ""))


def _signed(entry: Mapping[str, Any], folder: Path) -> list[Drawing]:
    """The head's signature, a picture beside the file."""
    head = entry.get("site_head") or {}
    name = head.get("signature") if isinstance(head, dict) else None
    return [Drawing("head", str(head.get("name") or ""), _bytes(folder, str(name), "site_head"))] if name else []
