"""What the first page asks for and which of its rules are met; pure."""

from dataclasses import dataclass

from inspector_app.domain.team import TEAMS, Role

MIN_PASSWORD = 8
"""The same as `operations.keeping.MIN_PASSWORD`, which decides; a test keeps them equal."""
ROLES = tuple(Role)


@dataclass(frozen=True)
class Entry:
    """What was typed on the first run."""

    name: str = ""
    team: int = 1
    role: Role = Role.INSPECTOR
    password: str = ""
    again: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule in plain words (catalogue key) and whether it is met."""

    words: str
    is_met: bool


def derive_rules(entry: Entry) -> tuple[Rule, ...]:
    """In the order of the fields."""
    return (
        Rule("unlock.rule_name", bool(entry.name.strip())),
        Rule("unlock.rule_length", len(entry.password) >= MIN_PASSWORD),
        Rule("unlock.rule_same", bool(entry.password) and entry.password == entry.again),
    )


def is_ready(entry: Entry) -> bool:
    """Everything needed to make a laptop's data folder."""
    return entry.team in TEAMS and all(rule.is_met for rule in derive_rules(entry))
