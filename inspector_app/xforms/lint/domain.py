"""What one value may still be while conditions pile up: an interval, a few texts, blank or not, options chosen."""

import math
from dataclasses import dataclass, replace
from datetime import UTC

from ..types import fits
from ..xpath.values import number_text, to_number

_SMALL = 64
_NUMBERS = frozenset(["int", "integer", "decimal", "date", "dateTime"])


@dataclass(frozen=True, slots=True)
class Domain:
    """All that is known of one value. `among` None: any text. `options` None: any token may be chosen."""

    type: str = "string"
    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    whole: bool = False
    among: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    blank: bool | None = None
    chosen: frozenset[str] = frozenset()
    unchosen: frozenset[str] = frozenset()
    options: frozenset[str] | None = None

    @property
    def is_numeric(self) -> bool:
        """Whatever is not blank is a number (or a date)."""
        return self.type in _NUMBERS or self.whole

    @property
    def is_bounded(self) -> bool:
        """Some comparison with a number held."""
        return self.low > -math.inf or self.high < math.inf

    @property
    def must_be_filled(self) -> bool:
        """It cannot be blank."""
        return self.blank is False or bool(self.chosen)

    def is_empty(self) -> bool:
        """No value at all is left."""
        if self.chosen & self.unchosen or (self.must_be_filled and self.blank is True):
            return True
        if self.options is not None and not self.chosen <= self.options:
            return True
        if self.among is not None:
            return not any(self._admits(text) for text in self.among)
        return self.must_be_filled and self._interval_is_empty()

    def _admits(self, text: str) -> bool:
        if text in self.without:
            return False
        if text == "":
            return self.blank is not False and not self.must_be_filled
        tokens = set(text.split())
        if self.blank is True or not self.chosen <= tokens or self.unchosen & tokens or not fits(text, self.type):
            return False
        return not self.is_bounded or self._contains(to_number(text, UTC))

    def _contains(self, value: float) -> bool:
        above = value > self.low or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def _interval_is_empty(self) -> bool:
        low, high = self.low, self.high
        if self.whole and math.isfinite(low):
            low = math.ceil(low) + (1 if self.low_open and low == math.ceil(low) else 0)
        if self.whole and math.isfinite(high):
            high = math.floor(high) - (1 if self.high_open and high == math.floor(high) else 0)
        if low > high or (low == high and not self.whole and (self.low_open or self.high_open)):
            return True
        if not (math.isfinite(low) and math.isfinite(high)):
            return False
        if low == high:
            return number_text(low) in self.without
        few = self.whole and high - low < _SMALL
        return few and all(number_text(float(n)) in self.without for n in range(int(low), int(high) + 1))


def bound(domain: Domain, operator: str, value: float) -> Domain:
    """The domain once `x operator value` held, for = < <= > >=; such an x is not blank."""
    if math.isnan(value):
        return replace(domain, among=frozenset())
    filled = domain if domain.blank is True else replace(domain, blank=False)
    if operator in ("<", "<=", "="):
        is_open = operator == "<"
        if value < filled.high or (value == filled.high and is_open):
            filled = replace(filled, high=value, high_open=is_open)
    if operator in (">", ">=", "="):
        is_open = operator == ">"
        if value > filled.low or (value == filled.low and is_open):
            filled = replace(filled, low=value, low_open=is_open)
    return replace(filled, among=frozenset()) if domain.blank is True else filled


def equal(domain: Domain, text: str) -> Domain:
    """The domain once it equals a text."""
    blank = text == ""
    if domain.blank is not None and domain.blank != blank:
        return replace(domain, among=frozenset())
    among = frozenset([text]) if domain.among is None or text in domain.among else frozenset()
    if domain.options is not None and not set(text.split()) <= domain.options:
        among = frozenset()
    return replace(domain, among=among, blank=blank)


def differ(domain: Domain, text: str) -> Domain:
    """The domain once it differs from a text."""
    if text == "":
        return replace(domain, among=frozenset()) if domain.blank is True else replace(domain, blank=False)
    return replace(domain, without=domain.without | {text})


def empty_text(domain: Domain) -> Domain:
    """The domain once it is blank."""
    return equal(domain, "")


def opposites(operator: str) -> str:
    """The operator that holds between numbers where this one does not."""
    return {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}[operator]


def mirrored(operator: str) -> str:
    """The operator with its sides swapped."""
    return {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
