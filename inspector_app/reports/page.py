"""The look of a page (documents.md §3.1): colours, type sizes, frames, header, footer, draft mark."""

from dataclasses import dataclass

from inspector_app.reports.flow import Frame
from inspector_app.reports.ink import MM, PAGE_HEIGHT, PAGE_WIDTH, Ink
from inspector_app.reports.palette import HAIR, INK, MUTED, NAVY, WARN, WATER, WHITE
from inspector_app.reports.text import Style, fit, width_of

LEFT = 20 * MM
COLUMN = 172 * MM
RIGHT = LEFT + COLUMN
GUTTER = 4 * MM
BOTTOM = PAGE_HEIGHT - 20 * MM
FIRST = Frame(LEFT, 15 * MM, COLUMN, BOTTOM)
LATER = Frame(LEFT, 24 * MM, COLUMN, BOTTOM)

_HEADER = Style(8.2, 11, "regular", MUTED)
_FOOTER = Style(7.6, 11, "regular", MUTED)


@dataclass(frozen=True)
class Furniture:
    """What stands on every page. `draft` and `unsynced` are empty where they do not apply."""

    title: str
    site: str
    foot: tuple[str, ...]
    pages: str
    draft: str = ""
    unsynced: str = ""
    has_band: bool = True

    def draw(self, ink: Ink, page: int, total: int) -> None:
        """Band on page 1, header from page 2, footer; the draft mark slanted under the text and boxed at the top."""
        if self.draft:
            ink.slanted(self.draft, Style(76 if len(self.draft) < 12 else 46, 80, "bold", WATER))
        if page == 1 and self.has_band:
            ink.rect((0, 0, PAGE_WIDTH, 5 * MM), NAVY)
        elif page > 1:
            self._header(ink)
        if self.draft:
            self._mark(ink, page)
        self._footer(ink, page, total)

    def _header(self, ink: Ink) -> None:
        y = 15 * MM + 3
        width = ink.write(self.title, LEFT, y, _HEADER._replace(weight="bold", colour=INK))
        room = COLUMN - width - 12 * MM - (width_of(self.draft, _MARK) if self.draft else 0)
        ink.write(fit(self.site, _HEADER, room), RIGHT, y, _HEADER, align="right")
        ink.rule((LEFT, y + 6), (RIGHT, y + 6), HAIR, 0.6)

    def _mark(self, ink: Ink, page: int) -> None:
        width = width_of(self.draft, _MARK) + 10
        if page == 1:
            x, y = RIGHT - width, (1.0 if self.has_band else 7.0) * MM
            colour = WHITE if self.has_band else WARN
        else:
            x, y, colour = LEFT + width_of(self.title, _HEADER._replace(weight="bold")) + 10, 15 * MM - 6.5, WARN
        ink.frame((x, y, width, 12), colour, weight=0.8)
        ink.write(self.draft, x + 5, y + 9, _MARK._replace(colour=colour))

    def _footer(self, ink: Ink, page: int, total: int) -> None:
        y = PAGE_HEIGHT - 11 * MM
        ink.rule((LEFT, PAGE_HEIGHT - 15 * MM), (RIGHT, PAGE_HEIGHT - 15 * MM), HAIR, 0.6)
        bold = _FOOTER._replace(weight="bold", colour=INK, size=8.2)
        number = self.pages.format(total=total, page=page)
        room = COLUMN - width_of(number, bold) - 8 * MM
        ink.write(number, RIGHT, y, bold, align="right")
        ink.write(fit(" · ".join(self.foot), _FOOTER, room), LEFT, y, _FOOTER)
        ink.write(self.unsynced, LEFT, y + 10, _FOOTER._replace(colour=WARN, weight="bold", size=7.2))


_MARK = Style(7.6, 11, "bold", WARN)
