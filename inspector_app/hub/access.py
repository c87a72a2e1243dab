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
    "POST /v1/rotate": Who.ANYONE,
    "POST /v1/push": Who.DEVICE,
    "POST /v1/pull": Who.DEVICE,
    "POST /v1/have": Who.DEVICE,
    "POST /v1/keys": Who.DEVICE,
    "POST /v1/blobs/missing": Who.DEVICE,
    "PUT /v1/blobs/{sha}/{number}": Who.DEVICE,
    "GET /v1/blobs/{sha}": Who.DEVICE,
    "GET /v1/blobs/{sha}/thumb": Who.DEVICE,
    "GET /v1/scopes/{scope}/snapshot": Who.DEVICE,
    "GET /v1/entities/{id}": Who.DEVICE,
    "POST /v1/move": Who.DEVICE,
    "GET /v": Who.ANYONE,
    "GET /v/{code}": Who.ANYONE,
    "GET /healthz": Who.ANYONE,
    "GET /healthz/ready": Who.ANYONE,
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


_DECIDED: Mapping[tuple[str, str], frozenset[object]] = {
    ("finding", "status"): frozenset(("transferred", "withdrawn")),
    ("inspection", "status"): frozenset(("draft",)),
}
"""Values that only a supervisor may put in place of another: handing over or dropping a Finding, reopening a visit."""


def may_set(member: Member, kind: str, values: Mapping[str, object], replaced: Mapping[str, object]) -> bool:
    """Whether the role may replace the values `replaced` (those its author saw) by `values`; new values are free.
    A Deadline is extended by a supervisor (domain.md §4), who also decides the transitions above and how papers look."""
    if reads_all_teams(member.role):
        return True
    if kind == "organisation":  # wording and looks of papers belong to the organisation (documents.md §2.1)
        return False
    for name, old in replaced.items():
        new = values.get(name)
        if new == old:
            continue
        if (kind, name) == ("finding", "deadline") or (isinstance(new, str) and new in _DECIDED.get((kind, name), ())):
            return False
    return True


def own_scopes(member: Member) -> tuple[str, ...]:
    """The Scopes every member reads, whether or not anything is in them yet."""
    return (DISTRICT, team_scope(member.team))
