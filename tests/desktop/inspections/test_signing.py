"""Signing on the screen: a pad per person, clear and redo, an empty pad is ink; stored when the visit is finished."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.domain.inspection import Signature
from inspector_app.store import inspections
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import complete, part, press


@pytest.fixture
def signing(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> Iterator[InspectionPage]:
    complete(store, visit_id, picture("a.jpg"))
    page.open(visit_id)
    press(page, "finish-button")
    yield page


def stroke(pad: QWidget, *places: tuple[float, float]) -> None:
    """One line through places given as shares of width and height."""
    points = [QPoint(int(pad.width() * x), int(pad.height() * y)) for x, y in places]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])


def signatures(store: Store, visit_id: str) -> dict[tuple[str, str], Signature]:
    with store.reading() as session:
        found = inspections.get(session, visit_id)
    assert found is not None
    return {(one.role, one.name): one for one in found.signing.signatures}


def test_two_inspectors_and_the_head_sign(signing: InspectionPage, hand: Driver, store: Store, visit_id: str) -> None:
    for name in ("sign-inspector-0", "sign-inspector-1", "sign-head"):
        pad = part(signing, name)
        assert pad.isVisible() and pad.accessibleName()
        assert pad.width() >= 280
        stroke(pad, (0.2, 0.8), (0.5, 0.2), (0.8, 0.7))
    hand.type("head-name", "王建國")
    hand.click("confirm-finish")
    kept = signatures(store, visit_id)
    assert kept.keys() == {("inspector", "李婉儀"), ("inspector", "陳志強"), ("head", "王建國")}
    assert all(len(one.strokes) == 1 and len(one.strokes[0]) >= 4 for one in kept.values())
    assert all(store.blobs.get(one.picture.sha).startswith(b"\x89PNG") for one in kept.values())


def test_a_stroke_is_taken_back_and_made_again_and_all_is_cleared(signing: InspectionPage) -> None:
    pad = part(signing, "sign-head")
    stroke(pad, (0.1, 0.1), (0.4, 0.4))
    stroke(pad, (0.5, 0.5), (0.9, 0.9))
    pads = signing.frame.sign.pads
    assert len(pads.drawings()[0].strokes) == 2
    press(signing, "sign-undo-head")
    assert len(pads.drawings()[0].strokes) == 1
    press(signing, "sign-redo-head")
    assert len(pads.drawings()[0].strokes) == 2
    press(signing, "sign-clear-head")
    assert pads.drawings() == ()
    assert not part(signing, "sign-clear-head").isEnabled()


def test_who_refuses_has_no_pad_and_a_named_witness_gets_one(
    signing: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    stroke(part(signing, "sign-head"), (0.1, 0.1), (0.4, 0.4))
    press(signing, "refused")
    assert part(signing, "sign-head").isHidden() or not part(signing, "sign-head").isVisible()
    assert not part(signing, "sign-witness").isVisible()
    hand.type("refused-reason", "不同意結論")
    hand.type("witness", "街道辦 劉先生")
    stroke(part(signing, "sign-witness"), (0.1, 0.1), (0.4, 0.4))
    hand.click("confirm-finish")
    assert signatures(store, visit_id).keys() == {("witness", "街道辦 劉先生")}


def test_by_keys_alone_the_paper_is_signed_in_ink(
    signing: InspectionPage, hand: Driver, store: Store, visit_id: str
) -> None:
    hand.type("head-name", "王建國")
    QTest.keyClick(part(signing, "head-name"), Qt.Key.Key_Return)
    hand.until(lambda: hand.sees("conclusion"), "the conclusion")
    assert signatures(store, visit_id) == {}
