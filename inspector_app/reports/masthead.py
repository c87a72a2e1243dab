"""What stands over a paper's own head: the organisation's logo, and 紅頭 with its name large over a red line."""

from inspector_app.reports.blocks import Block, Drawn
from inspector_app.reports.brand import RED, Brand
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.palette import INK
from inspector_app.reports.picture import Jpeg, embed, read_jpeg
from inspector_app.reports.text import Style, fit, width_of

_LOGO = 12 * MM
_NAME = Style(12.5, 18, "bold", INK)
_RED = Style(23, 30, "serif", RED, 2.0)
_SMALLEST = 13.0


def masthead(brand: Brand, issuer: str) -> Block | None:
    """Logo and name in one line; None where the paper's own head names the issuer in its small line."""
    logo = read_jpeg(brand.logo)
    if brand.head != "red" and logo is None:
        return None
    is_red = brand.head == "red"

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        wide = _logo_width(logo)
        style = _red(issuer, width - wide) if is_red else _NAME
        name = fit(issuer, style, width - wide)
        left = x + max(0.0, (width - wide - width_of(name, style)) / 2) if is_red else x
        if logo is not None:
            draw_logo(ink, brand.logo, (left, y, wide - 3 * MM, _LOGO))
        ink.write(name, left + wide, y + _LOGO / 2 + style.size * 0.36, style)
        if is_red:
            ink.rule((x, y + _LOGO + 6), (x + width, y + _LOGO + 6), RED, 1.8)
            ink.rule((x, y + _LOGO + 8.6), (x + width, y + _LOGO + 8.6), RED, 0.6)

    return Drawn(_LOGO + (22.0 if is_red else 9.0), paint)


def small_issuer(brand: Brand, issuer: str) -> str:
    """The issuer for a head's small line: nothing where the masthead says it."""
    return "" if brand.head == "red" or read_jpeg(brand.logo) is not None else issuer


def draw_logo(ink: Ink, logo: bytes, box: tuple[float, float, float, float]) -> None:
    """As large as fits, at the right edge of its box, in the middle of the height; nothing where there is none."""
    held = embed(ink.canvas, logo) if logo else None
    if held is None:
        return
    x, y, width, height = box
    name, head = held
    scale = min(width / head.width, height / head.height)
    ink.image(
        name,
        (
            x + width - head.width * scale,
            y + (height - head.height * scale) / 2,
            head.width * scale,
            head.height * scale,
        ),
    )


def _logo_width(logo: Jpeg | None) -> float:
    """With the gap to the name; a very wide one is held to 60 mm."""
    return min(_LOGO * logo.width / logo.height, 60 * MM) + 3 * MM if logo else 0.0


def _red(issuer: str, width: float) -> Style:
    """As large as one line allows."""
    natural = width_of(issuer, _RED)
    size = max(_SMALLEST, min(_RED.size, _RED.size * width / natural)) if natural else _RED.size
    return _RED._replace(size=size, tracking=2.0 if size == _RED.size else 0.0)
