"""Who may do what: one function decides, and every route has a rule (security.md §10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from inspector_app.domain.changeset import DISTRICT, team_scope
from inspector_app.domain.team import Role, reads_all_teams, writes_registry


class Action(Enum):
    """What is done to a Scope."""

    READ = "read"
    WRITE = "write"


class Who(Enum):
    """Who may knock at a route at all."""

    ANYONE = "anyone"
    DEVICE = "device"


@dataclass(frozen=True)
class Member:
    """A device with the Team and role its invite gave it."""

    device: str
    team: int
    role: Role


RULES: Mapping[str, Who] = {
    "GET /v1/hello": Who.ANYONE,
    "POST /v1/enroll": Who.ANYONE,
    "POST /v1/token": Who.ANYONE,
    "POST /v1/push": Who.DEVICE,
    "POST /v1/pull": Who.DEVICE,
    "POST /v1/have": Who.DEVICE,
    "POST /v1/blobs/missing": Who.DEVICE,
    "PUT /v1/blobs/{sha}/{number}": Who.DEVICE,
    "GET /v1/blobs/{sha}": Who.DEVICE,
    "POST /v1/quarantine": Who.DEVICE,
}


def may(member: Member, action: Action, scope: str) -> bool:
    """The one decision: own Team both ways, the district read by all and written from leader up, every Team by
    supervisors, who close Findings and extend Deadlines (domain.md §4, §5)."""
    if reads_all_teams(member.role):
        return True
    if action is Action.WRITE:
        return scope == team_scope(member.team) or (scope == DISTRICT and writes_registry(member.role))
    return scope in own_scopes(member)


def own_scopes(member: Member) -> tuple[str, ...]:
    """The Scopes every member reads, whether or not anything is in them yet."""
    return (DISTRICT, team_scope(member.team))
