"""From laid out pages to a file: one canvas, deterministic, without an unembedded face."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inspector_app.reports import fonts  # sets ReportLab's options before anything else of it is imported
from inspector_app.reports.facts import Document
from inspector_app.reports.flow import Flow
from inspector_app.reports.ink import PAGE_HEIGHT, PAGE_WIDTH, Ink
from inspector_app.reports.palette import NAVY
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
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    regular = fonts.CHAINS["regular"][0]
    fonts.face(regular)
    canvas: Any = Canvas(
        buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1, initialFontName=regular
    )
    canvas._preamble = ""
    canvas.setTitle(clean(imprint.title).strip())
    canvas.setAuthor(clean(imprint.author))
    if imprint.subject:  # an empty one becomes a property of the wrong shape when the file is signed
        canvas.setSubject(clean(imprint.subject))
    canvas.setCreator("Daowei")
    ink = Ink(canvas, accent)
    flow.draw(ink, furnish)
    canvas.save()
    return Document(buffer.getvalue(), len(flow.pages), frozenset(ink.missing))
