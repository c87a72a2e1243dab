"""Drawing on a PDF page in points from the top left corner: rules, tints, lines, pictures; notes missing glyphs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from inspector_app.reports.fonts import chain, face
from inspector_app.reports.palette import NAVY
from inspector_app.reports.paper import Paper
from inspector_app.reports.text import Line, Style, Token, clean, one_line, width_of

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM


@lru_cache(maxsize=256)
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (0, 2, 4))


_style, _face = attrgetter("style"), attrgetter("face")


def _codes(name: str, text: str) -> str:
    """Hexadecimal codes of text that one face draws."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return text.encode("utf-16-be").hex()
    return "".join([f"{face(name).code(c):04x}" for c in text])


def _flush(row: list[str], out: list[str]) -> None:
    """Show what was gathered: codes, and numbers of 1/1000 em to take back as `>500<`."""
    if row:
        text = "".join(row)
        out.append(f"[<{text}>] TJ" if ">" in text else f"<{text}> Tj")
        row.clear()


class Ink:
    """One document being drawn. `y` always grows downwards; text is placed by its baseline."""

    def __init__(self, canvas: Paper, accent: str = NAVY) -> None:
        """`accent` is drawn wherever the palette says NAVY: the organisation's own colour."""
        self.canvas = canvas
        self._accent = accent
        self.missing: set[str] = set()
        self.pages: Mapping[str, int] = {}
        self._code = canvas.code
        self._fill = ""
        self._font: tuple[str, float] = ("", 0.0)

    def _tone(self, colour: str) -> str:
        return _rgb(self._accent if colour == NAVY else colour)

    def begin_page(self) -> None:
        """Forget what the page before had set."""
        self._code = self.canvas.code
        self._fill = ""

    def end_page(self) -> None:
        """Close the page."""
        self.canvas.end_page()

    def bookmark(self, title: str, y: float) -> None:
        """An entry of the reader's outline that leads to height `y` of this page."""
        self.canvas.bookmark(clean(title), PAGE_HEIGHT - y + 12)

    def rect(self, box: tuple[float, float, float, float], colour: str) -> None:
        """Fill x, y, width, height."""
        x, y, width, height = box
        self._colour(colour)
        self._code.append(f"{x:.2f} {PAGE_HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re f")

    def frame(
        self, box: tuple[float, float, float, float], colour: str, *, weight: float = 0.5, dash: str = ""
    ) -> None:
        """Outline x, y, width, height; `dash` is a PDF dash array such as "2 2"."""
        x, y, width, height = box
        self._code.append(
            f"q {self._tone(colour)} RG {weight:.2f} w [{dash}] 0 d {x:.2f} {PAGE_HEIGHT - y - height:.2f} {width:.2f} "
            f"{height:.2f} re S Q"
        )

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str, weight: float = 0.5) -> None:
        """A straight line between two points."""
        (x, y), (right, low) = start, end
        self._code.append(
            f"q {self._tone(colour)} RG {weight:.2f} w [] 0 d {x:.2f} {PAGE_HEIGHT - y:.2f} m "
            f"{right:.2f} {PAGE_HEIGHT - low:.2f} l S Q"
        )

    def path(self, points: Sequence[tuple[float, float]], colour: str, *, weight: float = 0.0, dash: str = "") -> None:
        """Stroke the points as an open line, or fill them as a polygon where `weight` is 0."""
        steps = [f"{x:.2f} {PAGE_HEIGHT - y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points)]
        if weight:
            pen = f"{self._tone(colour)} RG {weight:.2f} w [{dash}] 0 d"
            self._code.append(f"q {pen} {' '.join(steps)} S Q")
        else:
            self._colour(colour)
            self._code.append(f"{' '.join(steps)} f")

    def cells(self, boxes: Iterable[tuple[float, float, float, float]], colour: str) -> None:
        """Fill many boxes at once."""
        self._colour(colour)
        steps = [f"{x:.2f} {PAGE_HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re" for x, y, width, height in boxes]
        self._code.append(" ".join(steps) + " f")

    def rounded(self, box: tuple[float, float, float, float], colour: str, radius: float = 2.0) -> None:
        """Fill a box with round corners."""
        x, y, width, height = box
        bottom, r, k = PAGE_HEIGHT - y - height, radius, radius * 0.4477
        right, top = x + width, bottom + height
        self._colour(colour)
        self._code.append(
            f"{x + r:.2f} {bottom:.2f} m {right - r:.2f} {bottom:.2f} l "
            f"{right - k:.2f} {bottom:.2f} {right:.2f} {bottom + k:.2f} {right:.2f} {bottom + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l {right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} "
            f"{right - r:.2f} {top:.2f} c "
            f"{x + r:.2f} {top:.2f} l {x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
            f"{x:.2f} {bottom + r:.2f} l {x:.2f} {bottom + k:.2f} {x + k:.2f} {bottom:.2f} {x + r:.2f} {bottom:.2f} c f"
        )

    def hatch(self, box: tuple[float, float, float, float], colour: str, *, step: float = 3.2) -> None:
        """Fill a box with slanted strokes on white: what tells low bars apart without colour."""
        x, y, width, height = box
        bottom = PAGE_HEIGHT - y - height
        strokes = []
        at = x - height
        while at < x + width:
            strokes.append(f"{at:.2f} {bottom:.2f} m {at + height:.2f} {bottom + height:.2f} l")
            at += step
        self._code.append(
            f"q {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re W n {self._tone(colour)} RG 1.5 w {' '.join(strokes)} S Q"
        )
        self.frame(box, colour, weight=0.6)

    def write(self, text: str, x: float, y: float, style: Style, *, align: str = "left") -> float:
        """One line of text on baseline `y`; `align` left, right or centre of `x`. Returns its width in points."""
        line = one_line(text, style)
        x -= {"left": 0.0, "right": line.width, "centre": line.width / 2}[align]
        self.lines((line,), x, y, style.leading)
        return line.width

    def lines(self, lines: Iterable[Line], x: float, y: float, leading: float) -> None:
        """Set lines, the first on baseline `y`, the others `leading` points apart."""
        out = ["BT"]
        self._font = ("", 0.0)
        for line in lines:
            if line.tokens:
                out.append(f"1 0 0 1 {x - line.shift:.2f} {PAGE_HEIGHT - y:.2f} Tm")
                self._line(line, out)
            y += leading
        out.append("ET")
        self._code.append("\n".join(out))

    def _line(self, line: Line, out: list[str]) -> None:
        spacing = 0.0
        whole = ((line.tokens[0].style, line.tokens),) if line.text else groupby(line.tokens, _style)
        for style, stretch in whole:
            if style.colour != self._fill:
                self._fill = style.colour
                out.append(f"{self._tone(style.colour)} rg")
            if style.tracking + line.gap != spacing:
                spacing = style.tracking + line.gap
                out.append(f"{spacing:.4f} Tc")
            if line.text:
                self._plain(style, line.text, out)
            else:
                self._show(style, list(stretch), out)
        if spacing:
            out.append("0 Tc")

    def _plain(self, style: Style, text: str, out: list[str]) -> None:
        """Text of one Style without a kern: where its own face has all of it, as most, its codes are its UTF-16."""
        glyphs = chain(style.weight)
        if glyphs.plain.issuperset(text):
            name = glyphs.faces[0]
            self._choose(name, style.size, out)
            self.canvas.used[name].append(text)
            out.append(f"<{text.encode('utf-16-be').hex()}> Tj")
        else:
            row: list[str] = []
            self._run(style, text, row, out)
            _flush(row, out)

    def _show(self, style: Style, stretch: Sequence[Token], out: list[str]) -> None:
        """Text of one Style; numbers in a row are 1/1000 em to take back."""
        if not any([token.kern for token in stretch]):
            self._plain(style, "".join([token.text for token in stretch]), out)
            return
        row: list[str] = []
        text = ""
        for token in stretch:
            text += token.text
            if token.kern:
                self._run(style, text, row, out)
                row.append(f">{token.kern / style.size * 1000:.0f}<")
                text = ""
        self._run(style, text, row, out)
        _flush(row, out)

    def _run(self, style: Style, text: str, row: list[str], out: list[str]) -> None:
        """Letters, face by face; those no face has are noted."""
        glyphs = chain(style.weight)
        if glyphs.plain.issuperset(text):
            self._put(glyphs.faces[0], text, style.size, (row, out))
            return
        for name, letters in groupby([glyphs[c] for c in text], _face):
            found = list(letters)
            self._put(name, "".join([glyph.drawn for glyph in found]), style.size, (row, out))
        self.missing.update(c for c in text if glyphs[c].missing)

    def _put(self, name: str, text: str, size: float, into: tuple[list[str], list[str]]) -> None:
        """Codes of text that one face draws; the face is chosen on the page and remembers what it has to hold."""
        if (name, size) != self._font:
            _flush(*into)
            self._choose(name, size, into[1])
        self.canvas.used[name].append(text)
        into[0].append(_codes(name, text))

    def _choose(self, name: str, size: float, out: list[str]) -> None:
        if (name, size) != self._font:
            self._font = (name, size)
            out.append(f"{self.canvas.font(name)} {size:g} Tf")

    def _colour(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._code.append(f"{self._tone(colour)} rg")

    def image(self, name: str, box: tuple[float, float, float, float]) -> None:
        """Paint an image XObject that the document already holds."""
        x, y, width, height = box
        self._code.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {PAGE_HEIGHT - y - height:.2f} cm /{name} Do Q")

    def slanted(self, text: str, style: Style) -> None:
        """Write across the middle of the page, rising to the right."""
        width = width_of(text, style)
        cos, sin = 0.8192, 0.5736
        x = PAGE_WIDTH / 2 - width / 2 * cos
        y = PAGE_HEIGHT / 2 - width / 2 * sin
        self._code.append(f"q {cos} {sin} {-sin} {cos} {x:.2f} {y:.2f} cm")
        self.write(text, 0, PAGE_HEIGHT, style)
        self._code.append("Q")
        self._fill = ""
