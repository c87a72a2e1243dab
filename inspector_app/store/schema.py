"""Tables of the laptop's database (sync.md §13); the migrations are what makes them, this is what queries speak."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

REVISION = "0004"
"""The newest migration this program knows; a test holds it equal to the migrations folder."""

metadata = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _number(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=key, nullable=False)


entity = Table(
    "entity",
    metadata,
    _text("id", key=True),
    _text("kind"),
    _text("scope"),
    _text("parent"),
    _text("doc"),
    _text("cs0"),
    _number("t0"),
    _text("heads"),
    _number("conflict"),
)
"""Compact merge state of sync.md §4; `conflict` counts fields with several distinct values."""

gone = Table("gone", metadata, _text("ent", key=True), _text("field", key=True), _text("cs", key=True))

log = Table(
    "log",
    metadata,
    _number("pos", key=True),
    _text("cs"),
    _text("dev"),
    _number("n"),
    _number("t"),
    _text("u"),
    _text("ent"),
    Column("body", LargeBinary, nullable=True),
    _text("origin"),
)
"""`body` is the author's bytes; `origin` is own, or the Scope it was pulled from."""

outbox = Table(
    "outbox",
    metadata,
    _text("cs", key=True),
    _number("n"),
    _number("t"),
    _text("ent"),
    _number("tries"),
    _text("state"),
    _text("code"),
)
"""`state` ∈ ready, parked, held."""

cursor = Table("cursor", metadata, _text("hub", key=True), _text("scope", key=True), _number("seq"))

blob = Table("blob", metadata, _text("sha", key=True), _number("size"), _text("mime"), _text("state"))
"""`state` ∈ wanted (bytes not here), here (the hub has not confirmed them), confirmed."""

device = Table(
    "device",
    metadata,
    _number("pos", key=True),
    _text("id"),
    Column("key", LargeBinary, nullable=False),
    _number("n"),
    _text("hash"),
    _number("acked_n"),
)
"""One row: this laptop's sealed Ed25519 key and the head of its chain."""

hub = Table(
    "hub",
    metadata,
    _number("pos", key=True),
    _text("url"),
    _text("hub_id"),
    _text("hub_key"),
    _number("epoch"),
    _text("device"),
    _text("token"),
    _number("token_expires_ms"),
)
"""At most one row: the home hub."""

event = Table("event", metadata, _number("pos", key=True), _number("at"), _text("kind"), _text("text"))
setting = Table("setting", metadata, _text("key", key=True), _text("value"))
serial = Table("serial", metadata, _text("word", key=True), _number("year", key=True), _number("last"))
draft = Table("draft", metadata, _text("entity", key=True), _text("field", key=True), _text("text"))

unread = Table(
    "unread",
    metadata,
    _number("pos", key=True),
    _text("scope"),
    _number("seq"),
    _text("kind"),
    _text("why"),
    Column("raw", LargeBinary, nullable=False),
)
"""Pulled rows this version cannot apply, kept byte for byte for a later one."""

form = Table(
    "form",
    metadata,
    _number("pos", key=True),
    _text("hash"),
    _text("form_id"),
    _text("version"),
    _text("title"),
    Column("xml", LargeBinary, nullable=False),
    _text("totals"),
    _text("languages"),
    _number("questions"),
    _number("installed_ms"),
    _number("bundled"),
    _number("retired"),
    _text("workbook_name"),
    _text("workbook_sha"),
)
"""`languages` is a JSON list; `questions` −1 and `installed_ms` 0 where a version older than 0002 installed it."""

form_file = Table(
    "form_file", metadata, _text("form_hash", key=True), _text("name", key=True), _text("sha"), _number("size")
)
form_content = Table("form_content", metadata, _text("sha", key=True), Column("bytes", LargeBinary, nullable=False))
"""Bytes of workbooks and of the files a form needs, once for all versions that share them."""

site_row = Table(
    "site_row",
    metadata,
    _number("pos", key=True),
    _text("id"),
    _text("name"),
    _text("street"),
    _text("type"),
    _text("code"),
    _text("address"),
    _text("contact"),
    _text("phone"),
    _text("park"),
    _text("group"),
    _text("department"),
    _text("area"),
    _text("risk"),
    _number("team"),
    _number("headcount"),
    _text("remarks"),
)
"""`pos` is the registry's order and the key of the full-text table `site_text`, whose columns are text`."""

inspection_row = Table(
    "inspection_row",
    metadata,
    _text("id", key=True),
    _text("site"),
    _number("team"),
    _text("form_hash"),
    _text("started"),
    _text("finished"),
    _text("status"),
    _text("number"),
    _text("result"),
    _text("inspectors"),
    _number("answered"),
    _number("saved_ms"),
    _text("kind"),
    _text("stage"),
)

tally_row = Table(
    "tally_row",
    metadata,
    _text("inspection", key=True),
    _text("dimension", key=True),
    _number("passed"),
    _number("failed"),
    _number("na"),
    _number("unchecked"),
)
"""Counts of a finished visit. Dimension '' alone: it has no Items. A visit without rows was finished by a version older
than 0003 and not yet counted."""

finding_row = Table(
    "finding_row",
    metadata,
    _text("id", key=True),
    _text("inspection"),
    _text("site"),
    _number("team"),
    _text("item"),
    _text("dimension"),
    _text("requirement"),
    _text("observation"),
    _text("level"),
    _text("rule"),
    _text("deadline"),
    _text("status"),
    _text("owner"),
    _text("reported_by"),
    _text("closed_by"),
    _text("closed"),
    _number("due_ms"),
    _text("reported"),
    _text("rechecked"),
    _text("rechecked_by"),
    _text("recheck_note"),
    _text("recheck_deadline"),
)
"""`due_ms` is `deadline` as a moment, 0 when there is none or it cannot be read."""

photo_row = Table(
    "photo_row",
    metadata,
    _text("id", key=True),
    _text("inspection"),
    _text("item"),
    _text("sha"),
    _number("size"),
    _text("mime"),
    _number("width"),
    _number("height"),
    _text("taken"),
    _text("taken_source"),
    _text("name"),
    _text("caption"),
    _text("latitude"),
    _text("longitude"),
)

paper_row = Table(
    "paper_row",
    metadata,
    _text("id", key=True),
    _text("inspection"),
    _text("kind"),
    _text("number"),
    _text("issued"),
    _text("issued_by"),
    _text("seen"),
)
"""Notices and recheck records that got a number; `seen` is a JSON object of what a recheck found."""

plan_row = Table(
    "plan_row",
    metadata,
    _text("id", key=True),
    _text("site"),
    _number("team"),
    _text("day"),
    _text("form"),
    _text("note"),
    _text("by"),
    _text("visit"),
)
"""Visits to be made; `visit` '' until one was begun."""

PROJECTIONS = (site_row, inspection_row, tally_row, finding_row, photo_row, paper_row, plan_row)
"""Rebuildable from `entity`; only the log writes them."""
