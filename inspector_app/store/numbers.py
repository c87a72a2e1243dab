"""Numbers of documents that cannot clash offline: each laptop draws from its own series (documents.md §2.2)."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from inspector_app.store import settings
from inspector_app.store.schema import device, serial

WORD = "海復督記"
"""Invented; an office sets its own with the setting `number_word`."""
PAPER_WORDS = {"notice": "海復整", "recheck": "海復查"}
"""The same for papers that follow a visit; settings `number_word.notice`, `number_word.recheck`."""
LETTER, NUMBER_WORD = "letter", "number_word"


def next_number(session: Session, word: str, year: int, team: int, letter: str) -> str:
    """The next number of a kind and year, e.g. 海復督記〔2020〕17A-0042號; drawn in the caller's transaction."""
    first = insert(serial).values(word=word, year=year, last=1)
    drawn = first.on_conflict_do_update(index_elements=["word", "year"], set_={"last": serial.c.last + 1})
    count = session.execute(drawn.returning(serial.c.last)).scalar_one()
    return f"{word}〔{year}〕{team:02d}{letter}-{count:04d}號"


def next_inspection_number(session: Session, year: int, team: int) -> str:
    """The next number of an inspection record; without a hub the letter is 臨 and the beginning of the device id."""
    return next_number(session, settings.get(session, NUMBER_WORD) or WORD, year, team, _letter(session))


def next_paper_number(session: Session, kind: str, year: int, team: int) -> str:
    """The next number of a Notice or recheck record, each from a series of its own."""
    word = settings.get(session, f"{NUMBER_WORD}.{kind}") or PAPER_WORDS[kind]
    return next_number(session, word, year, team, _letter(session))


def _letter(session: Session) -> str:
    return settings.get(session, LETTER) or "臨" + str(session.execute(select(device.c.id)).scalar_one())[:4]
