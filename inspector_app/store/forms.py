"""Installed forms: immutable by hash, every version stays with its files and its workbook (sync.md §13)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict, Unpack

import msgspec
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from inspector_app.domain.errors import UserError
from inspector_app.store.schema import form, form_content, form_file, inspection_row


class Installing(TypedDict):
    """What `install` takes; `totals` is the number of applicable Items per site type, for lists."""

    form_id: str
    version: str
    hash: str
    title: str
    xml: bytes
    totals: NotRequired[Mapping[str, int]]
    languages: NotRequired[tuple[str, ...]]
    questions: NotRequired[int]
    installed_ms: NotRequired[int]
    bundled: NotRequired[bool]
    files: NotRequired[Mapping[str, bytes]]
    workbook: NotRequired[tuple[str, bytes]]


@dataclass(frozen=True)
class Installed:
    """One installed version without its XML; `questions` is −1 where an older program did not count them."""

    form_id: str
    version: str
    hash: str
    title: str
    totals: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    questions: int = -1
    installed_ms: int = 0
    is_bundled: bool = False
    is_retired: bool = False
    workbook_name: str = ""
    files: int = 0
    visits: int = 0


def install(session: Session, **given: Unpack[Installing]) -> None:
    """Keep a version with its files. A known one is not altered: it is offered again, as the newest unless bundled."""
    name, workbook = given.get("workbook", ("", b""))
    values = {
        "form_id": given["form_id"],
        "version": given["version"],
        "hash": given["hash"],
        "title": given["title"],
        "xml": given["xml"],
        "totals": msgspec.json.encode(dict(given.get("totals", {}))).decode(),
        "languages": msgspec.json.encode(given.get("languages", ())).decode(),
        "questions": given.get("questions", -1),
        "installed_ms": given.get("installed_ms", 0),
        "bundled": int(given.get("bundled", False)),
        "retired": 0,
        "workbook_name": name,
        "workbook_sha": _keep(session, workbook) if name else "",
    }
    again: tuple[str, ...] = ("totals", "languages", "questions", "workbook_name", "workbook_sha")
    again += ("bundled",) if given.get("bundled") else ("retired", "installed_ms")
    statement = insert(form).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=["hash"], set_={n: values[n] for n in again}))
    for file, data in given.get("files", {}).items():
        kept = {"form_hash": given["hash"], "name": file, "sha": _keep(session, data), "size": len(data)}
        session.execute(insert(form_file).values(kept).on_conflict_do_nothing())
    _sweep(session)


def describe(session: Session, form_hash: str, *, languages: tuple[str, ...], questions: int) -> None:
    """Remember what an older program did not count."""
    values = {"languages": msgspec.json.encode(languages).decode(), "questions": questions}
    session.execute(update(form).where(form.c.hash == form_hash).values(values))


def retire(session: Session, form_hash: str, is_retired: bool) -> None:
    """Offer a version for new visits no longer, or again; visits that use it are not touched."""
    session.execute(update(form).where(form.c.hash == form_hash).values(retired=int(is_retired)))


def remove(session: Session, form_hash: str) -> None:
    """Forget a version that no visit uses; raises UserError("form_in_use")."""
    used = session.execute(select(func.count()).where(inspection_row.c.form_hash == form_hash)).scalar_one()
    if used:
        raise UserError("form_in_use", "Visits use this version; it can be hidden, not removed.", visits=used)
    session.execute(delete(form_file).where(form_file.c.form_hash == form_hash))
    session.execute(delete(form).where(form.c.hash == form_hash))
    _sweep(session)


def is_installed(session: Session, form_hash: str) -> bool:
    """Whether this version is here."""
    return session.execute(select(form.c.pos).where(form.c.hash == form_hash)).scalar() is not None


def get_xml(session: Session, form_hash: str) -> bytes:
    """The XForm; raises UserError("form_unknown")."""
    found: bytes | None = session.execute(select(form.c.xml).where(form.c.hash == form_hash)).scalar()
    if found is None:
        raise UserError("form_unknown", "The checklist of this visit is not on this laptop.", hash=form_hash)
    return found


def file_names(session: Session, form_hash: str) -> tuple[str, ...]:
    """Names of the files kept with a version."""
    query = select(form_file.c.name).where(form_file.c.form_hash == form_hash).order_by(form_file.c.name)
    return tuple(session.execute(query).scalars())


def get_file(session: Session, form_hash: str, name: str) -> bytes | None:
    """One file of a version; None when it was not installed with it."""
    joined = form_file.join(form_content, form_content.c.sha == form_file.c.sha)
    query = select(form_content.c.bytes).select_from(joined)
    query = query.where(form_file.c.form_hash == form_hash, form_file.c.name == name)
    found: bytes | None = session.execute(query).scalar()
    return found


def get_workbook(session: Session, form_hash: str) -> tuple[str, bytes] | None:
    """Name and bytes of the file the version was made of; None where an older program did not keep it."""
    joined = form.join(form_content, form_content.c.sha == form.c.workbook_sha)
    query = select(form.c.workbook_name, form_content.c.bytes).select_from(joined).where(form.c.hash == form_hash)
    found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def latest(session: Session, form_id: str) -> str | None:
    """Hash of the version installed last among those that are offered."""
    query = select(form.c.hash).where(form.c.form_id == form_id, form.c.retired == 0)
    found: str | None = session.execute(query.order_by(form.c.installed_ms.desc(), form.c.pos.desc()).limit(1)).scalar()
    return found


def listed(session: Session) -> list[Installed]:
    """Everything installed, the newest first."""
    return _read(session, _listing())


def get(session: Session, form_hash: str) -> Installed | None:
    """One installed version."""
    return next(iter(_read(session, _listing().where(form.c.hash == form_hash))), None)


def _listing() -> Select[tuple[object, ...]]:
    files = select(func.count()).where(form_file.c.form_hash == form.c.hash).scalar_subquery()
    visits = select(func.count()).where(inspection_row.c.form_hash == form.c.hash).scalar_subquery()
    columns = [column for column in form.c if column.name not in ("pos", "xml")]
    query = select(*columns, files.label("files"), visits.label("visits"))
    return query.order_by(form.c.installed_ms.desc(), form.c.pos.desc())


def _read(session: Session, query: Select[tuple[object, ...]]) -> list[Installed]:
    return [
        Installed(
            form_id=row["form_id"],
            version=row["version"],
            hash=row["hash"],
            title=row["title"],
            totals=msgspec.json.decode(row["totals"]),
            languages=tuple(msgspec.json.decode(row["languages"])),
            questions=row["questions"],
            installed_ms=row["installed_ms"],
            is_bundled=bool(row["bundled"]),
            is_retired=bool(row["retired"]),
            workbook_name=row["workbook_name"],
            files=row["files"],
            visits=row["visits"],
        )
        for row in session.execute(query).mappings()
    ]


def _keep(session: Session, data: bytes) -> str:
    sha = hashlib.sha256(data).hexdigest()
    session.execute(insert(form_content).values(sha=sha, bytes=data).on_conflict_do_nothing())
    return sha


def _sweep(session: Session) -> None:
    """Bytes that no version refers to any more."""
    used = select(form_file.c.sha).union_all(select(form.c.workbook_sha))
    session.execute(delete(form_content).where(form_content.c.sha.not_in(used)))
