"""One paper from its facts to a file: drawn, archived, signed, written; all that a process of a batch has to load."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from inspector_app.domain.errors import DaoweiError
from inspector_app.reports import facts as paper
from inspector_app.reports.archive import archived
from inspector_app.reports.blank import blank
from inspector_app.reports.blank_facts import BlankFacts
from inspector_app.reports.brief import brief_record
from inspector_app.reports.district import district
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.letter import letter
from inspector_app.reports.notice import notice
from inspector_app.reports.recheck import recheck
from inspector_app.reports.record import AnyFacts, record_digest, record_json
from inspector_app.reports.signing import Signer, signed
from inspector_app.reports.team_day import team_day
from inspector_app.reports.writing import write_file


@dataclass(frozen=True)
class Ready:
    """Facts of a paper and what it is called; `frozen` is the moment it is archived as of, None for a draft; `is_brief`
    asks for the one-page record of the same facts."""

    facts: AnyFacts
    name: str
    frozen: datetime | None
    language: str
    is_brief: bool = False


@dataclass(frozen=True)
class Pressed:
    """What became of one paper: pages and bytes, or the sentence why there is none."""

    pages: int = 0
    size: int = 0
    why: str = ""


def preview(ready: Ready) -> paper.Document:
    """As on screen: the same pages, neither archived nor signed."""
    match ready.facts:
        case paper.InspectionFacts() as visit:
            return brief_record(visit) if ready.is_brief else inspection_record(visit)
        case paper.NoticeFacts() as carried:
            return letter(carried) if carried.visit.brand.is_letter else notice(carried)
        case paper.RecheckFacts() as again:
            return recheck(again)
        case paper.TeamDayFacts() as day:
            return team_day(day)
        case paper.DistrictFacts() as span:
            return district(span)
        case BlankFacts() as form:
            return blank(form)


def draw(ready: Ready) -> paper.Document:
    """The paper; a frozen one is PDF/A-3u with its record attached (documents.md D8), a draft is not archived."""
    document = preview(ready)
    if ready.frozen is None:
        return document
    record = record_json(ready.facts)
    pdf = archived(document.pdf, record, digest=record_digest(record), when=ready.frozen, language=ready.language)
    return replace(document, pdf=pdf)


def press(ready: Ready, signer: Signer | None, path: Path) -> Pressed:
    """Draw, archive, sign and write one paper; what is expected to fail is said, not raised, to cross processes whole."""
    try:
        document = draw(ready)
        pdf = signed(document.pdf, signer) if signer else document.pdf
        write_file(path, pdf)
    except DaoweiError as error:
        return Pressed(why=str(error))
    return Pressed(document.pages, len(pdf))


def give_way() -> None:
    """A new process gives way to the window where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(5)
