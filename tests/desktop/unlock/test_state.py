"""The rules of the first run."""

import pytest

from inspector_app.desktop.unlock.state import MIN_PASSWORD, Entry, derive_rules, is_ready
from inspector_app.operations import keeping

GOOD = Entry(name="李婉儀", team=7, password="password", again="password")


def test_the_window_and_the_operation_ask_for_the_same_length() -> None:
    assert MIN_PASSWORD == keeping.MIN_PASSWORD


@pytest.mark.parametrize(
    ("entry", "met"),
    [
        (Entry(), (False, False, False)),
        (GOOD, (True, True, True)),
        (Entry(name="  ", password="password", again="password"), (False, True, True)),
        (Entry(name="李", password="short", again="short"), (True, False, True)),
        (Entry(name="李", password="password", again="passwore"), (True, True, False)),
    ],
)
def test_each_rule_says_whether_it_is_met(entry: Entry, met: tuple[bool, ...]) -> None:
    assert tuple(rule.is_met for rule in derive_rules(entry)) == met
    assert is_ready(entry) is all(met)


def test_a_team_outside_the_district_is_not_ready() -> None:
    assert not is_ready(Entry(GOOD.name, 40, GOOD.role, GOOD.password, GOOD.again))
