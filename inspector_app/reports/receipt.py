"""The foot of a form: who issued it, 送達回證 with how it was taken or refused, the verification block; for wet ink."""

from dataclasses import dataclass

from inspector_app.reports.blocks import Block, Drawn
from inspector_app.reports.case import Case
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import qr
from inspector_app.reports.pairs import few
from inspector_app.reports.palette import BLACK, CELL, DIGEST, LABEL, LABEL_BOLD
from inspector_app.reports.text import Style, fit, width_of

HEAD = Style(9, 13, "bold", BLACK)
JOINT = 5.0
"""Points between the two boxes of a foot."""
_NARROW = 30 * MM
_CODE = 20 * MM
_QUIET = _CODE * 4 / 25
"""The white around a QR code that scanners need and that would cover the line above."""
_TEXT = CELL._replace(colour=BLACK)
_WIDTH = 156 * MM


@dataclass(frozen=True)
class Density:
    """How closely a form is set: points between parts, leading of its text, pitch of its facts, height of a line to sign."""

    gap: float
    leading: float
    pitch: float
    tall: float


ROOMY = Density(8.0, 18.0, 11.4 * MM, 30.0)
TIGHT = Density(5.0, 15.0, 9.8 * MM, 25.0)


def signing(case: Case, density: Density) -> Block:
    """The Inspectors, a line each; what was signed on the screen belongs to the record, a form is signed in ink."""
    facts, tall = case.facts, density.tall
    named = [f"{one.name}（{one.certificate}）" if one.certificate else one.name for one in facts.inspectors]
    named += [f"{label}：" if case.words.is_chinese else f"{label}:" for label in facts.brand.signers]
    height = tall * max(len(named), 1)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        _box(ink, (x, y, width, height), case.words["sign.inspector"])
        for number, name in enumerate(named):
            top = y + number * tall
            ink.write(fit(name, _TEXT, width / 3), x + _NARROW + 8, top + tall * 0.63, _TEXT)
            _dated(ink, case, (x + _NARROW + width / 3, top + tall * 0.63), x + width)
            if number:
                ink.rule((x + _NARROW, top), (x + width, top), BLACK)

    return Drawn(height, paint)


def receipt(case: Case, subject: str, density: Density) -> Block:
    """送達回證 of the paper `subject`: who took it, how and when, or that it was refused."""
    words, tall = case.words, density.tall
    room = _WIDTH - _NARROW - 16
    of = few(words("notice.receipt.of", subject, case.facts.site.name), _TEXT, room)
    line = of.height(room) + 20.0 - _TEXT.leading
    height = line + 2 * tall

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        left, right = x + _NARROW + 8, x + width
        _box(ink, (x, y, width, height), words["notice.receipt"])
        of.draw(ink, left, y + 10 - _TEXT.leading / 2, room)
        ink.rule((x + _NARROW, y + line), (right, y + line), BLACK)
        ink.write(words["notice.received"], left, y + line + tall * 0.63, _TEXT)
        _dated(ink, case, (x + _NARROW + width / 3, y + line + tall * 0.63), right)
        ink.rule((x + _NARROW, y + line + tall), (right, y + line + tall), BLACK)
        _ways(ink, case, (left, y + line + tall * 1.63), right - 8)

    return Drawn(height, paint)


def _box(ink: Ink, box: tuple[float, float, float, float], label: str) -> None:
    """A frame with a narrow column at the left that names it."""
    x, y, _, height = box
    ink.frame(box, BLACK)
    ink.rule((x + _NARROW, y), (x + _NARROW, y + height), BLACK)
    ink.write(fit(label, HEAD, _NARROW - 6), x + _NARROW / 2, y + height / 2 + 3, HEAD, align="centre")


def _dated(ink: Ink, case: Case, at: tuple[float, float], right: float) -> None:
    """A line for ink and a date, on baseline `at`."""
    date = case.words["sign.date"]
    edge = right - max(width_of(date, _TEXT), 110) - 8
    ink.rule((at[0], at[1] + 3), (edge - 10, at[1] + 3), BLACK)
    ink.write(date, edge, at[1], _TEXT)


def _ways(ink: Ink, case: Case, at: tuple[float, float], right: float) -> None:
    """Boxes to tick: how it was delivered, or that it was refused and why."""
    words = case.words
    x, y = at
    x += ink.write(f"{words['notice.way']}　", x, y, _TEXT)
    for key in ("hand", "wire", "refused"):
        ink.frame((x, y - 7.4, 8, 8), BLACK)
        x += 24 + ink.write(words[f"notice.way.{key}"], x + 12, y, _TEXT)
    if x < right:
        ink.rule((x - 8, y + 3), (right, y + 3), BLACK)


def verification(case: Case) -> Block:
    """QR code and digest, small: the form is read by people first."""
    words = case.words

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        y += _QUIET
        qr(ink, case.payload, x, y, _CODE)
        left = x + _CODE + 10
        ink.write(words["verify"], left, y + 12, LABEL_BOLD._replace(colour=BLACK))
        case.text(words["verify.text"], LABEL).draw(ink, left, y + 16, width - _CODE - 10)
        groups = " ".join(case.digest[i : i + 8] for i in range(0, 64, 8))
        ink.write(f"SHA-256 {groups}", left, y + _CODE - 3, DIGEST)

    return Drawn(_CODE + _QUIET, paint)
