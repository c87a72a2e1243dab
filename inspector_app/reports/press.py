"""From laid out pages to a file, the same each time."""

from collections.abc import Callable
from dataclasses import dataclass

from inspector_app.reports.facts import Document
from inspector_app.reports.flow import Flow
from inspector_app.reports.ink import PAGE_HEIGHT, PAGE_WIDTH, Ink
from inspector_app.reports.palette import NAVY
from inspector_app.reports.paper import Paper
from inspector_app.reports.text import clean

Furnish = Callable[[Ink, int, int], None]
"""Draws what stands on every page: (ink, page, total)."""


@dataclass(frozen=True)
class Imprint:
    """What a reader program shows of the file: title, author, subject."""

    title: str
    author: str
    subject: str


def printed(flow: Flow, furnish: Furnish, imprint: Imprint, accent: str = NAVY) -> Document:
    """Draw all pages, titles and bars in `accent`; the same pages give the same bytes."""
    ink = Ink(Paper((PAGE_WIDTH, PAGE_HEIGHT)), accent)
    flow.draw(ink, furnish)
    about = {"Title": clean(imprint.title).strip(), "Author": clean(imprint.author)}
    if imprint.subject:  # an empty one becomes a property of the wrong shape when the file is signed
        about["Subject"] = clean(imprint.subject)
    pdf = ink.canvas.bind({**about, "Creator": "Daowei", "Producer": "Daowei"})
    return Document(pdf, len(flow.pages), frozenset(ink.missing))
