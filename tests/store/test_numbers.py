"""Numbers count on without holes or repeats, each kind and year for itself."""

import pytest

from inspector_app.store import numbers, settings
from inspector_app.store.database import Store


def test_series(store: Store) -> None:
    with store.writing() as session:
        drawn = [numbers.next_number(session, "海復督記", 2020, 17, "A") for _ in range(2)]
        assert drawn == ["海復督記〔2020〕17A-0001號", "海復督記〔2020〕17A-0002號"]
        assert numbers.next_number(session, "海復整", 2020, 17, "A") == "海復整〔2020〕17A-0001號"
        assert numbers.next_number(session, "海復督記", 2021, 17, "A") == "海復督記〔2021〕17A-0001號"
    with store.writing() as session:
        assert numbers.next_number(session, "海復督記", 2020, 17, "B") == "海復督記〔2020〕17B-0003號"


def test_a_failed_transaction_gives_its_number_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        numbers.next_inspection_number(session, 2020, 7)
        raise ZeroDivisionError
    with store.writing() as session:
        assert numbers.next_inspection_number(session, 2020, 7).endswith("-0001號")


def test_letter_and_word_are_settings(store: Store) -> None:
    with store.writing() as session:
        alone = numbers.next_inspection_number(session, 2020, 7)
        assert alone == f"海復督記〔2020〕07臨{store.identity.device[:4]}-0001號"
        settings.put(session, numbers.LETTER, "C")
        settings.put(session, numbers.NUMBER_WORD, "穗檢")
        assert numbers.next_inspection_number(session, 2020, 7) == "穗檢〔2020〕07C-0001號"
