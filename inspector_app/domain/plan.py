"""A visit that is to be made: where, on which day, with which form; done once a visit was begun for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """`day` is an ISO date, `form` '' for the default one, `visit` the Inspection that was begun for it ('' = none yet)."""

    id: str
    site: str
    team: int
    day: str
    form: str = ""
    note: str = ""
    by: str = ""
    visit: str = ""
