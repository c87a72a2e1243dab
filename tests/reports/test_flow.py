"""Splitting: no group row at a page's foot, no single row alone, tall rows by lines, references ahead."""

from random import Random

import pytest

from inspector_app.reports.blocks import Block, Drawn, Kept, Paragraph, Stack
from inspector_app.reports.flow import Flow, Frame
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.text import Span, Style

FRAME = Frame(0, 0, 300, 700)
STYLE = Style(9, 12)


def paragraph(text: str) -> Paragraph:
    return Paragraph(Span(text, STYLE))


def box(height: float) -> Drawn:
    return Drawn(height, lambda ink, x, y, width: None)


def grid(groups: list[int], random: Random) -> Grid:
    rows: list[Row] = []
    for number, size in enumerate(groups):
        name = Row((paragraph(f"組{number}"), None), again=Row((paragraph(f"組{number}（續）"), None)))
        rows += [
            name,
            *(Row((paragraph(f"{number}.{i}"), paragraph("海" * random.randrange(1, 90)))) for i in range(size)),
        ]
    return Grid((60, 240), Row((paragraph("編號"), paragraph("內容"))), rows)


def parts(flow: Flow) -> list[Grid]:
    return [placed.block for page in flow.pages for placed in page if isinstance(placed.block, Grid)]


@pytest.mark.parametrize("seed", range(50))
def test_nothing_stands_alone(seed: int) -> None:
    random = Random(seed)
    whole = grid([random.randrange(1, 25) for _ in range(6)], random)
    flow = Flow(FRAME, FRAME)
    flow.add(box(random.randrange(10, 560)))
    flow.add(whole, before=5)
    found = parts(flow)
    assert [row for part in found for row in part.rows] == list(whole.rows)
    for part in found:
        assert not part.rows[-1].again
        assert len(part.rows) > 1
        assert part.height(300) <= 700.01
        if part is not found[0] and not part.rows[0].again:
            assert part.group is not None
    for page in flow.pages:
        for placed in page:
            assert placed.y + placed.block.height(300) <= 700.01


def test_a_row_taller_than_the_page_is_split_by_lines() -> None:
    text = "\n".join(f"第{i}段" for i in range(200))
    flow = Flow(FRAME, FRAME)
    flow.add(Grid((60, 240), Row((paragraph("編號"), paragraph("內容"))), [Row((paragraph("1"), paragraph(text)))]))
    lines = [line for part in parts(flow) for row in part.rows for line in _lines(row.cells[1])]
    assert len(flow.pages) == 4
    assert len(lines) == 200
    assert all(part.height(300) <= 700.01 for part in parts(flow))


def _lines(cell: Block | None) -> list[object]:
    assert isinstance(cell, Paragraph)
    return list(cell.lines(232))


def test_a_paragraph_leaves_two_lines_on_either_side() -> None:
    text = paragraph("\n".join("甲乙丙丁"))
    assert text.split(300, 12) is None
    halves = text.split(300, 40)
    assert halves is not None
    assert [half.height(300) for half in halves] == [24, 24]


def test_kept_moves_whole_but_splits_when_no_page_holds_it() -> None:
    assert Kept([box(300), box(300)], 5, 700).split(300, 400) is None
    assert Kept([box(400), box(400)], 5, 700).split(300, 500) is not None
    assert Stack([box(300), box(300)], 5).split(300, 400) is not None


def test_closing_is_never_alone_on_its_page() -> None:
    for rows in range(3, 60):
        flow = Flow(FRAME, FRAME)
        random = Random(rows)
        flow.add_last(grid([rows], random), box(330), before=16)
        assert len(flow.pages[-1]) == 2, rows


def test_anchor_names_the_page_where_a_block_begins() -> None:
    flow = Flow(FRAME, FRAME)
    flow.add(box(600), anchor="a")
    flow.add(box(200), anchor="b")
    assert flow.anchors == {"a": 1, "b": 2}


def test_a_heading_does_not_stay_without_what_follows() -> None:
    flow = Flow(FRAME, FRAME)
    flow.add(box(600))
    flow.add(box(30), need=100)
    assert len(flow.pages) == 2
