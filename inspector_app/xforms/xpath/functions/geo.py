"""Lengths, areas and containment on a sphere of 6,378,100 m, as ODK's clients measure them."""

from math import acos, cos, isfinite, radians, sin

from ...tree import Node
from ..scope import Scope
from ..values import NAN, Value, parse_number, round_half_up, to_string
from .registry import Function

RADIUS = 6_378_100
Point = tuple[float, float]
"""Latitude, longitude in degrees."""


def points(value: Value) -> list[Point] | None:
    """Points of a trace (`lat lon alt acc;…`) or of one point per Node; None if any is none."""
    if isinstance(value, list) and len(value) > 1:
        texts = [n.string() for n in value]
    else:
        texts = [t for t in to_string(value).split(";") if t.strip()]
    found = [_point(t) for t in texts]
    return None if any(p is None for p in found) else [p for p in found if p is not None]


def _point(text: str) -> Point | None:
    parts = text.split()
    if len(parts) < 2:
        return None
    latitude, longitude = parse_number(parts[0]), parse_number(parts[1])
    if not (isfinite(latitude) and isfinite(longitude)) or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def length(trace: list[Point]) -> float:
    """Metres along `trace`."""
    return sum(_between(a, b) for a, b in zip(trace, trace[1:], strict=False))


def _between(a: Point, b: Point) -> float:
    if a == b:
        return 0.0
    lat1, lat2, turn = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    return acos(max(-1.0, min(1.0, sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(turn)))) * RADIUS


def surface(ring: list[Point]) -> float:
    """Square metres within `ring`, closed if it is not (Chamberlain and Duquette, as Enketo has it)."""
    if len(ring) < 3:
        return 0.0
    total = sum(
        radians(lon2 - lon1) * (2 + sin(radians(lat1)) + sin(radians(lat2)))
        for (lat1, lon1), (lat2, lon2) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    return abs(total) * RADIUS**2 / 2


def inside(point: Point, ring: list[Point]) -> bool:
    """Ray casting; a ring that is not closed holds nothing."""
    if len(ring) < 4 or ring[0] != ring[-1]:
        return False
    y, x = point
    within = False
    for (y1, x1), (y2, x2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within


def crosses(trace: list[Point]) -> bool:
    """Do two segments of `trace` that are not neighbours meet?"""
    segments = list(zip(trace, trace[1:], strict=False))
    closed = trace[:1] == trace[-1:]
    for i, one in enumerate(segments):
        for j in range(i + 2, len(segments)):
            if closed and i == 0 and j == len(segments) - 1:
                continue
            if _meet(one, segments[j]):
                return True
    return False


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) <= 0 and _side(c, d, a) * _side(c, d, b) <= 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _distance(_s: Scope, _n: Node, *v: Value) -> Value:
    found = [points(x) for x in v]
    if any(p is None for p in found):
        return NAN
    return round_half_up(length([p for trace in found for p in trace or ()]), 2)


def _area(_s: Scope, _n: Node, value: Value) -> Value:
    found = points(value)
    return 0.0 if found is None else round_half_up(surface(found), 2)


def _geofence(_s: Scope, _n: Node, point: Value, ring: Value) -> Value:
    here, around = points(point), points(ring)
    return bool(here and around and inside(here[0], around))


def _intersects(_s: Scope, _n: Node, value: Value) -> Value:
    trace = points(value)
    return bool(trace) and len(trace or ()) <= 2000 and crosses(trace or [])


FUNCTIONS = (
    Function("distance", 1, 1_000, _distance),
    Function("area", 1, 1, _area),
    Function("geofence", 2, 2, _geofence, portable=False),
    Function("intersects", 1, 1, _intersects, portable=False),
)
