"""Imports the registry of Sites: all or nothing per row, never the whole file (cli.md)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app.domain.changeset import DISTRICT, Edit, Touched, Value, team_scope
from inspector_app.domain.ids import new_id
from inspector_app.domain.site import SITE_FIELDS, STREETS, Site, clean_code, credit_code_problem
from inspector_app.domain.team import TEAMS, writes_registry
from inspector_app.operations.registry_file import MAX_CELL, Row, read_registry
from inspector_app.store import log, sites
from inspector_app.store.database import Store

BATCH = 1_000
"""Rows per transaction: a cancelled import keeps whole batches, each row is whole."""

TYPE_WORDS = {
    "PK": ("園區", "园区", "產業園", "产业园", "park"),
    "IN": ("工業企業", "工业企业", "工廠", "工厂", "factory", "industrial"),
    "OF": ("商務樓宇", "商务楼宇", "寫字樓", "写字楼", "office"),
    "CS": ("建築工地", "建筑工地", "工地", "construction"),
    "WM": ("專業批發市場", "专业批发市场", "批發市場", "批发市场", "market"),
    "FB": ("餐飲", "餐饮", "catering", "restaurant"),
    "RT": ("商超/零售", "商超", "零售", "retail", "supermarket"),
    "EX": ("會展", "会展", "exhibition"),
}
_TYPES = {word.casefold(): code for code, words in TYPE_WORDS.items() for word in (*words, code)}
_STREET_FORMS = str.maketrans("岗滨华龙凤园头阳宝", "崗濱華龍鳳園頭陽寶")
_NOBODY: Callable[[], bool] = lambda: False  # noqa: E731


@dataclass(frozen=True)
class Remark:
    """One cell the user should look at: row as the spreadsheet counts, header as written, a key and plain English."""

    row: int
    column: str
    why: str
    message: str


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did. `refused` rows changed nothing; `warnings` rows were taken."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    cancelled: bool = False
    touched: Touched = Touched()


class RowRefused(Exception):
    """This row cannot be taken; carries field, key and sentence."""

    def __init__(self, field: str, why: str, message: str) -> None:
        super().__init__(message)
        self.field, self.why, self.message = field, why, message


def site_from_row(row: Row) -> Site:
    """The Site a row describes (without id); raises RowRefused naming the first bad cell."""
    values = row.values
    for field, value in values.items():
        if len(value) > MAX_CELL:
            raise RowRefused(field, "cell_too_long", f"the cell has {len(value)} characters; at most {MAX_CELL} fit")
    for field in ("name", "street", "type"):
        if not values.get(field):
            raise RowRefused(field, "cell_missing", "this cell must not be empty")
    kind = _TYPES.get(values["type"].casefold())
    if kind is None:
        raise RowRefused("type", "type_unknown", f"'{values['type']}' is not one of the eight site types")
    return Site(
        id="",
        name=values["name"],
        street=street_name(values["street"]),
        type=kind,
        code=clean_code(values.get("code", "")),
        team=_number(values, "team", allowed=TEAMS),
        headcount=_number(values, "headcount", allowed=range(10_000_000)),
        remarks="；".join(f"{title}：{value}" for title, value in row.extra.items()),
        **{
            f: values.get(f, "") for f in ("address", "contact", "phone", "park", "group", "department", "area", "risk")
        },
    )


def street_name(text: str) -> str:
    """赤岗街道, 赤崗街 and 赤崗 are one subdistrict."""
    bare = re.sub(r"街道?$", "", text.strip())
    known = bare.translate(_STREET_FORMS)
    return known if known in STREETS else bare


def _number(values: Mapping[str, str], field: str, *, allowed: range) -> int:
    text = values.get(field, "")
    if not text:
        return 0
    digits = re.fullmatch(r"第?\s*0*(\d{1,8})\s*(服務隊|服务队|隊|队|人)?", text)
    if not digits or int(digits[1]) not in allowed:
        raise RowRefused(field, f"{field}_range", f"'{text}' is not a number from {allowed[0]} to {allowed[-1]}")
    return int(digits[1])


def _warnings(row: Row, site: Site, columns: Mapping[str, str]) -> Iterator[Remark]:
    problem = credit_code_problem(site.code) if site.code else None
    if problem:
        message = "the 統一社會信用代碼 does not pass its check; please compare it with the licence"
        yield Remark(row.number, columns["code"], problem, message)
    if site.street not in STREETS:
        yield Remark(row.number, columns["street"], "street_unknown", "not one of the 18 subdistricts; kept as written")


class _Import:
    """The running state of one import: what is known already, what the next batch writes, what to report."""

    def __init__(self, store: Store, columns: Mapping[str, str]) -> None:
        self.store = store
        self.columns = columns
        with store.reading() as session:
            self.by_code, self.by_place = sites.match_index(session)
        self.first_row: dict[str, int] = {}
        self.batch: list[tuple[Edit, bool]] = []
        self.refused: list[Remark] = []
        self.warnings: list[Remark] = []
        self.counts = {"added": 0, "changed": 0, "unchanged": 0}
        self.touched = Touched()

    def take(self, row: Row) -> None:
        """Judge one row and put it into the batch, or refuse it."""
        try:
            site = site_from_row(row)
            known = (self.by_code.get(site.code) if site.code else None) or self.by_place.get((site.name, site.street))
            if known in self.first_row:
                raise RowRefused("name", "row_twice", f"the same site as row {self.first_row[known]}")
        except RowRefused as refusal:
            column = self.columns.get(refusal.field, refusal.field)
            self.refused.append(Remark(row.number, column, refusal.why, refusal.message))
            return
        self.warnings += _warnings(row, site, self.columns)
        entity = known or new_id()
        self.first_row[entity] = row.number
        if site.code:
            self.by_code[site.code] = entity
        self.by_place[site.name, site.street] = entity
        self.batch.append((self._edit(entity, site, row), known is None))

    def _edit(self, entity: str, site: Site, row: Row) -> Edit:
        given = {*row.values, "remarks"} if row.extra else set(row.values)
        values: dict[str, Value] = {f: getattr(site, f) for f in SITE_FIELDS if f in given}
        scope = DISTRICT if writes_registry(self.store.me.role) else team_scope(self.store.me.team)
        return Edit("site", entity, values, scope)

    def write(self) -> None:
        """One transaction: new Sites, and only the fields that differ of known ones."""
        counts = dict(self.counts)
        with self.store.writing() as session:
            known = sites.many(session, [edit.entity for edit, new in self.batch if not new])
            edits = list(self._needed({site.id: site for site in known}, counts))
            touched = log.append(session, edits)
        self.counts, self.batch = counts, []
        self.touched |= touched

    def _needed(self, old: Mapping[str, Site], counts: dict[str, int]) -> Iterator[Edit]:
        for edit, new in self.batch:
            if new:
                counts["added"] += 1
                yield edit
                continue
            differing = {f: v for f, v in edit.values.items() if getattr(old[edit.entity], f) != v}
            counts["changed" if differing else "unchanged"] += 1
            if differing:
                yield Edit("site", edit.entity, differing)


def import_registry(
    store: Store,
    file: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = _NOBODY,
) -> ImportOutcome:
    """Take every sound row of a .csv or .xlsx registry; raises UserError when the file as a whole cannot be read."""
    registry = read_registry(file)
    run = _Import(store, registry.columns)
    total = len(registry.rows)
    stopped = False
    for done, row in enumerate(registry.rows, start=1):
        run.take(row)
        if len(run.batch) >= BATCH:
            run.write()
            if stopped := cancelled():
                break
        if progress and (done % 200 == 0 or done == total):
            progress(done, total)
    run.write()
    return ImportOutcome(
        **run.counts,
        refused=tuple(run.refused),
        warnings=tuple(run.warnings),
        unknown_columns=registry.unknown,
        cancelled=stopped,
        touched=run.touched,
    )


def outcome_facts(outcome: ImportOutcome) -> dict[str, Any]:
    """The JSON of `sites import` (cli.md)."""

    def plain(remarks: tuple[Remark, ...]) -> list[dict[str, Any]]:
        return [{"row": r.row, "column": r.column, "why": r.message, "key": r.why} for r in remarks]

    return {
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": plain(outcome.refused),
        "warnings": plain(outcome.warnings),
        "unknown_columns": list(outcome.unknown_columns),
        "cancelled": outcome.cancelled,
    }
