"""Numbers: rounding, extremes, powers, trigonometry."""

import math
from collections.abc import Callable

from ...tree import Node
from ..scope import Scope
from ..values import NAN, DateText, Value, is_dateish, moment_ms, parse_moment, round_half_up, to_number, to_string
from .registry import MANY, Call, Function


def _number(s: Scope, n: Node, *v: Value) -> Value:
    """A date gives whole days (forms.md §9), unlike implicit conversion."""
    value: Value = v[0] if v else n.string()
    number = to_number(value, s.zone)
    text = value if isinstance(value, (str, list)) else ""
    text = to_string(text)
    if isinstance(value, DateText):
        return number
    if number == number and is_dateish(text) and (moment := moment_ms(text, s.zone)) is not None:
        zone_shift = 0 if "T" in text or " " in text else _offset_ms(text, s)
        return float(math.floor((moment + zone_shift) / 86_400_000))
    return number


def _offset_ms(text: str, s: Scope) -> int:
    moment = parse_moment(text, s.zone)
    offset = moment.utcoffset() if moment is not None else None
    return int(offset.total_seconds() * 1000) if offset is not None else 0


def _int(s: Scope, _n: Node, value: Value) -> Value:
    number = to_number(value, s.zone)
    return float(math.trunc(number)) if math.isfinite(number) else number


def numbers(s: Scope, values: tuple[Value, ...]) -> list[float]:
    """Numbers of all values, each Node of a set for itself."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            s.spend(len(value))
            found.extend(to_number(n.string(), s.zone) for n in value)
        else:
            found.append(to_number(value, s.zone))
    return found


def _sum(s: Scope, _n: Node, value: Value) -> Value:
    return float(sum(numbers(s, (value,))))


def _max(s: Scope, _n: Node, *v: Value) -> Value:
    found = numbers(s, v)
    return max(found) if found and not any(x != x for x in found) else NAN


def _min(s: Scope, _n: Node, *v: Value) -> Value:
    found = numbers(s, v)
    return min(found) if found and not any(x != x for x in found) else NAN


def _round(s: Scope, _n: Node, value: Value, places: Value = 0.0) -> Value:
    digits = to_number(places, s.zone)
    return round_half_up(to_number(value, s.zone), int(digits) if math.isfinite(digits) else 0)


def _pow(s: Scope, _n: Node, base: Value, exponent: Value) -> Value:
    return _safe(math.pow, to_number(base, s.zone), to_number(exponent, s.zone))


def _random(s: Scope, _n: Node) -> Value:
    return s.randomness.random()


def _pi(_s: Scope, _n: Node) -> Value:
    return math.pi


def _safe(function: Callable[..., float], *arguments: float) -> float:
    try:
        return float(function(*arguments))
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    return -math.inf if x == 0 else math.log(x)


def _log10(x: float) -> float:
    return -math.inf if x == 0 else math.log10(x)


def _floor(x: float) -> float:
    return float(math.floor(x)) if math.isfinite(x) else x


def _ceiling(x: float) -> float:
    return float(math.ceil(x)) if math.isfinite(x) else x


def _unary(function: Callable[[float], float]) -> Call:
    def call(s: Scope, _n: Node, value: Value) -> Value:
        return _safe(function, to_number(value, s.zone))

    return call


def _atan2(s: Scope, _n: Node, y: Value, x: Value) -> Value:
    return _safe(math.atan2, to_number(y, s.zone), to_number(x, s.zone))


def _exp10(x: float) -> float:
    return math.pow(10, x)


FUNCTIONS = (
    Function("number", 0, 1, _number),
    Function("int", 1, 1, _int),
    Function("sum", 1, 1, _sum),
    Function("max", 1, MANY, _max),
    Function("min", 1, MANY, _min),
    Function("round", 1, 2, _round),
    Function("pow", 2, 2, _pow),
    Function("abs", 1, 1, _unary(abs)),
    Function("floor", 1, 1, _unary(_floor), portable=False),
    Function("ceiling", 1, 1, _unary(_ceiling), portable=False),
    Function("random", 0, 0, _random),
    Function("pi", 0, 0, _pi),
    Function("log", 1, 1, _unary(_log)),
    Function("log10", 1, 1, _unary(_log10)),
    Function("exp", 1, 1, _unary(math.exp)),
    Function("exp10", 1, 1, _unary(_exp10)),
    Function("sqrt", 1, 1, _unary(math.sqrt)),
    Function("sin", 1, 1, _unary(math.sin)),
    Function("cos", 1, 1, _unary(math.cos)),
    Function("tan", 1, 1, _unary(math.tan)),
    Function("asin", 1, 1, _unary(math.asin)),
    Function("acos", 1, 1, _unary(math.acos)),
    Function("atan", 1, 1, _unary(math.atan)),
    Function("atan2", 2, 2, _atan2),
)
