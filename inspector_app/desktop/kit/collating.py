"""Orders Chinese names as people look them up: by pinyin or by strokes, with the tables Qt carries."""

from collections.abc import Iterable

from PySide6.QtCore import QCollator, QLocale

ORDERS = ("registry", "pinyin", "stroke")
"""As the registry came, by reading, by number of strokes."""
_PLACES = {"pinyin": "zh_CN", "stroke": "zh_TW"}


def in_name_order(named: Iterable[tuple[str, str]], order: str) -> list[str]:
    """Ids of (id, name) pairs; numbers in names count as numbers. May run in a lane."""
    pairs = list(named)
    if order in _PLACES:
        collator = QCollator(QLocale(_PLACES[order]))
        collator.setNumericMode(True)
        keys = {each: collator.sortKey(name) for each, name in pairs}
        pairs.sort(key=lambda pair: keys[pair[0]])
    return [each for each, _ in pairs]
