"""The end: identity, scope, opinion, signatures or the refusal, copies, and the verification block."""

from collections.abc import Callable

from inspector_app.reports.blocks import Block, Drawn, Paragraph
from inspector_app.reports.case import Case
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import qr
from inspector_app.reports.page import GUTTER
from inspector_app.reports.palette import BODY, CELL, DIGEST, HAIR, INK, LABEL, LABEL_BOLD, MUTED, VALUE, WARN
from inspector_app.reports.picture import embed
from inspector_app.reports.text import Span, fit, width_of

_BOX = 36 * MM
_BODY = BODY._replace(size=9.2, leading=14.6)
_CODE = 25 * MM
_ROOMY = 5
"""Lines of a refusal that a signature box holds; a longer one is printed above the boxes in full."""


def statements(case: Case) -> list[Block]:
    """The organisation's own lines, what is not printed, then what is declared."""
    return [*(case.text(line, _BODY) for line in case.facts.brand.sign_off), *_left_out(case), *declared(case)]


def declared(case: Case) -> list[Block]:
    """Identity and scope, then a refusal too long for its box."""
    words = case.words
    blocks: list[Block] = [case.text(words["identity"] + _space(case) + words["scope"], _BODY)]
    refusal = _refusal(case)
    if refusal and len(refusal.lines(_inner())) > _ROOMY:
        blocks.append(refusal)
    if not refusal:
        blocks.append(_opinion(case))
    return blocks


def _left_out(case: Case) -> list[Block]:
    """Nothing is left out in silence: which parts the organisation does not print."""
    facts, words = case.facts, case.words
    filled = {"checklist": bool(facts.items), "answers": bool(facts.sections), "photos": bool(facts.pictures)}
    named = [words[key] for key in ("checklist", "answers", "photos") if key in facts.brand.hidden and filled[key]]
    return [case.text(words("left_out", words.joined(named)), _BODY)] if named else []


def _space(case: Case) -> str:
    return "" if case.words.is_chinese else " "


def _inner() -> float:
    return (172 * MM - 2 * GUTTER) / 3 - 16


def _opinion(case: Case) -> Block:
    text = case.words["opinion"]

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        end = ink.write(fit(text, _BODY, width), x, y + 14, _BODY)
        ink.rule((x + end + 4, y + 17), (x + width, y + 17), MUTED, 0.5)

    return Drawn(22, paint)


def _refusal(case: Case) -> Paragraph | None:
    """What the law wants recorded: that, why, when, before whom."""
    refusal, words = case.facts.refusal, case.words
    if refusal is None:
        return None
    lines = [words("refused", refusal.reason or words["none"])]
    if refusal.at is not None:
        lines.append(words("refused.at", words.moment(refusal.at)))
    if refusal.witness:
        lines.append(words("refused.witness", refusal.witness))
    if refusal.note:
        lines.append(words("refused.note", refusal.note))
    return Paragraph(
        Span("\n".join(lines), CELL._replace(size=8.4, leading=11.8, colour=WARN)), justify=words.is_chinese
    )


def signatures(case: Case) -> list[Block]:
    """Boxes three in a row: each Inspector, the unit's head or the refusal, an optional witness."""
    facts, words = case.facts, case.words
    boxes: list[Callable[[Ink, float, float, float], None]] = [
        _box(
            case, words["sign.inspector"], _named(officer.name, officer.certificate),
            stroke=facts.stroke("inspector", officer.name) or None,
        )
        for officer in facts.inspectors
    ]  # fmt: skip
    if facts.refusal is None:
        boxes.append(
            _box(case, words["sign.head"], _named(facts.head_name, facts.head_post), stroke=facts.stroke("head"))
        )
    else:
        boxes.append(_refused_box(case))
    witnessed = facts.stroke("witness")
    if facts.witness and (facts.refusal is None or witnessed):
        boxes.append(_box(case, words["sign.witness"], facts.witness, stroke=witnessed or None))
    boxes += [_box(case, label, "") for label in facts.brand.signers]
    return [_row(boxes[i : i + 3]) for i in range(0, len(boxes), 3)]


def _named(name: str, more: str) -> str:
    return f"{name}（{more}）" if name and more else name


def _row(boxes: list[Callable[[Ink, float, float, float], None]]) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        each = (width - 2 * GUTTER) / 3
        for box in boxes:
            ink.frame((x, y, each, _BOX), HAIR, weight=0.7)
            box(ink, x, y, each)
            x += each + GUTTER

    return Drawn(_BOX, paint)


def _box(
    case: Case, label: str, name: str, *, stroke: bytes | None = None
) -> Callable[[Ink, float, float, float], None]:
    """Label, room for ink (or the captured stroke), line, printed name, date. The unit's box has room for a seal."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.write(fit(label, LABEL, width - 16), x + 8, y + 14, LABEL)
        held = embed(ink.canvas, stroke) if stroke else None
        if held:
            head = held[1]
            scale = min((width - 16) / head.width, 40 / head.height)
            ink.image(held[0], (x + 8, y + 62 - head.height * scale, head.width * scale, head.height * scale))
        elif stroke is not None:
            ink.write(case.words["sign.seal"], x + width - 8, y + 14, LABEL._replace(size=7.2), align="right")
        ink.rule((x + 8, y + 64), (x + width - 8, y + 64), INK, 0.8)
        _write_name(ink, name, (x + 8, y + 77), width - 16)
        ink.write(_date(case) if held else case.words["sign.date"], x + 8, y + 93, LABEL)

    return paint


def _write_name(ink: Ink, name: str, at: tuple[float, float], room: float) -> None:
    """On one line, or the post under the name in small where it is long."""
    style = VALUE._replace(size=8.8)
    if width_of(name, style) <= room or "（" not in name:
        ink.write(fit(name, style, room), *at, style)
        return
    who, _, post = name.partition("（")
    small = LABEL._replace(size=7.0)
    ink.write(fit(who, style, room), at[0], at[1] - 2, style)
    ink.write(fit(post.removesuffix("）"), small, room), at[0], at[1] + 7, small)


def _date(case: Case) -> str:
    """Who signed on the screen did so when the visit was finished."""
    blank, at = case.words["sign.date"], case.facts.finished
    label = blank.partition("：")[0] + "：" if "：" in blank else blank.partition(":")[0] + ": "
    return label + case.words.day(at) if at else blank


def _refused_box(case: Case) -> Callable[[Ink, float, float, float], None]:
    refusal = _refusal(case)
    assert refusal is not None

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.write(fit(case.words["sign.head"], LABEL, width - 16), x + 8, y + 14, LABEL)
        if len(refusal.lines(_inner())) <= _ROOMY:
            refusal.draw(ink, x + 8, y + 20, _inner())
        else:
            short = case.words("refused", case.words["above"])
            Paragraph(Span(short, refusal.spans[0].style), justify=False).draw(ink, x + 8, y + 20, _inner())
        ink.write(case.words["sign.date"], x + 8, y + 93, LABEL)

    return paint


def verification(case: Case) -> Block:
    """QR code, digest in mono, the list and its version."""
    facts, words = case.facts, case.words
    text = case.text(words["verify.text"], CELL)
    listed = f"{words['list']}　{facts.checklist} {facts.checklist_version}".strip()

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        qr(ink, case.payload, x + 10, y + 10, _CODE)
        ink.frame((x, y, width, _CODE + 20), HAIR, weight=0.7)
        left, room = x + _CODE + 24, width - _CODE - 34
        ink.write(words["verify"], left, y + 18, LABEL_BOLD._replace(size=9.4))
        text.draw(ink, left, y + 23, room)
        at = y + 28 + text.height(room)
        ink.write(fit(f"{facts.number} · {listed}".strip("　 ·"), LABEL, room), left, at + 7, LABEL)
        groups = [case.digest[i : i + 8] for i in range(0, 64, 8)]
        end = ink.write("SHA-256  ", left, at + 20, DIGEST._replace(colour=MUTED))
        ink.write(" ".join(groups[:4]), left + end, at + 20, DIGEST)
        ink.write(" ".join(groups[4:]), left + end, at + 30, DIGEST)

    return Drawn(_CODE + 20, paint)


def closing(case: Case) -> list[Block]:
    """Everything under the last heading."""
    copies = case.text(case.words["copies"], LABEL._replace(size=8.2, leading=12))
    return [*statements(case), *signatures(case), copies, verification(case)]
