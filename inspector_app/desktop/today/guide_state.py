"""The five steps of a new laptop and which of them are done; pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GuideFacts:
    """What the store knows of a beginning."""

    sites: int = 0
    visits: int = 0
    papers: int = 0
    has_joined: bool = False


@dataclass(frozen=True)
class Step:
    """One step: `name` makes its catalogue keys and the setting that remembers it; `page` is where it is taken."""

    name: str
    page: str
    is_done: bool


def derive_steps(facts: GuideFacts, pressed: frozenset[str]) -> tuple[Step, ...]:
    """What the store cannot tell (a form looked at, a record printed) counts once its step was pressed."""
    return (
        Step("registry", "sites", facts.sites > 0),
        Step("form", "forms", "form" in pressed),
        Step("visit", "today", facts.visits > 0),
        Step("print", "inspections", facts.papers > 0 or "print" in pressed),
        Step("sync", "syncing", facts.has_joined),
    )


def is_wanted(steps: tuple[Step, ...], choice: str) -> bool:
    """`choice` ∈ shown, hidden, '' for until everything is done."""
    return choice == "shown" or (choice != "hidden" and not all(step.is_done for step in steps))
