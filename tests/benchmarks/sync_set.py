"""The deterministic data set of sync.md §16: the same records and bytes for every peer."""

import hashlib
import random
from collections.abc import Iterator

WORDS = [
    *("насос", "клапан", "резервуар", "исправен", "нарушение", "замечание", "устранить", "срок", "огнетушитель"),
    *("путь", "эвакуации", "заземление", "акт", "предписание", "вентиляция"),
]
FIELDS = 100
RECORDS_SHA = "8ae02ccfd02685035d38789da6c138b1c75caf15db8e38c485a1546d8e2f7fa1"
BLOB_0_SHA = "7c9a35077c665b8478aad00b1f6280de5c55cd46438fb4cc782a4f8e0647c997"


class _Dice:
    def __init__(self) -> None:
        self.x = 12345

    def roll(self) -> float:
        self.x = (self.x * 1103515245 + 12345) % 2**31
        return self.x / (2**31 - 1)

    def pick(self, listed: list[str]) -> str:
        return listed[min(len(listed) - 1, int(self.roll() * len(listed)))]


def records(count: int) -> Iterator[dict[str, str | int]]:
    """Record after record: 60 % choices, 20 % integers, 15 % texts, 5 % dates."""
    dice = _Dice()
    for _ in range(count):
        yield {f"q{number:03d}": _answer(dice) for number in range(FIELDS)}


def _answer(dice: _Dice) -> str | int:
    drawn = dice.roll()
    if drawn < 0.60:
        return dice.pick(["yes", "no", "na"])
    if drawn < 0.80:
        return int(dice.roll() * 1000)
    if drawn < 0.95:
        return " ".join(dice.pick(WORDS) for _ in range(3))
    return f"2026-11-{1 + int(dice.roll() * 28):02d}"


def blob(number: int, size: int) -> bytes:
    """Incompressible bytes."""
    return random.Random(hashlib.sha256(b"blob" + str(number).encode()).digest()).randbytes(size)
