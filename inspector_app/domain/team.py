"""Who goes: Teams 01–39, their Inspectors and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum

TEAMS = range(1, 40)
"""39 service teams (domain.md §10); the number is data of the district, checked only for range."""


class Role(StrEnum):
    """Roles of sync.md §5, weakest first."""

    INSPECTOR = "inspector"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Inspector:
    """A person who visits; `certificate` is optional on advisory papers."""

    name: str
    team: int
    role: Role = Role.INSPECTOR
    certificate: str = ""


def reads_all_teams(role: Role) -> bool:
    """Supervisors and admins see every Team, inspectors and leaders their own."""
    return role in (Role.SUPERVISOR, Role.ADMIN)


def writes_registry(role: Role) -> bool:
    """Who may change the shared registry of Sites in the district Scope."""
    return role is not Role.INSPECTOR
