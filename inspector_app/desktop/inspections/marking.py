"""From a stroke over a picture to a Mark on its copy, and how a stroke of each tool looks meanwhile; pure."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainterPath

from inspector_app.desktop.questions.drawing import smooth_path
from inspector_app.domain.photo import WHOLE, Mark

TOOLS: Mapping[str, tuple[str, str]] = {
    "turn": ("rotate-cw", "R"),
    "crop": ("crop", "C"),
    "hide": ("eye-off", "B"),
    "draw": ("pen-line", "D"),
    "arrow": ("move-up-right", "A"),
    "frame": ("square", "S"),
    "write": ("type", "T"),
}
"""Tool → icon and key, in the order of the bar."""
FAINT = frozenset({"crop", "hide"})
"""Tools whose stroke only says which part is meant."""
_SLIP = WHOLE // 100
"""A rectangle or arrow shorter than a hundredth of the picture is a click, not a mark."""


def mark_of(tool: str, stroke: Sequence[QPointF], extent: QSize, text: str = "") -> Mark | None:
    """What a finished stroke means; None where it means nothing."""
    points = tuple(_place(point, extent) for point in stroke)
    if tool == "write":
        return Mark(tool, points[-1:], text.strip()) if points and text.strip() else None
    if tool == "draw":
        return Mark(tool, points) if points else None
    if len(points) < 2 or max(abs(a - b) for a, b in zip(points[0], points[-1], strict=True)) < _SLIP:
        return None
    return Mark(tool, (points[0], points[-1]))


def trace_of(tool: str) -> Callable[[list[QPointF]], QPainterPath]:
    """How a stroke of this tool looks while it is drawn."""
    return {"draw": smooth_path, "arrow": _straight}.get(tool, _rectangle)


def _place(point: QPointF, extent: QSize) -> tuple[int, int]:
    across = round(point.x() * WHOLE / max(extent.width(), 1))
    down = round(point.y() * WHOLE / max(extent.height(), 1))
    return min(max(across, 0), WHOLE), min(max(down, 0), WHOLE)


def _straight(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    path.lineTo(points[-1])
    return path


def _rectangle(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(points[0], points[-1]).normalized())
    return path
