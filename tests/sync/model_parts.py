"""What the model of tests/sync/model.py is made of: a Changeset, a hub, a laptop, each with its switches."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspector_app.sync import merge
from inspector_app.sync.carried import read_state, state_row
from inspector_app.sync.merge import EntityState

SCOPES = ("A", "B")
READS = (("A",), ("A",), ("B",), ("A", "B"))
"""Which Scopes each laptop reads."""
CHILD = {"a1": "a", "b1": "b"}
HOME = {"a": "A", "a1": "A", "b": "B", "b1": "B"}
FIELDS = ("x", "y")
OPS = (
    "edit", "edit", "edit", "push", "push", "lost_reply", "lost_request", "twice", "pull", "pull", "crash", "usb",
    "clone", "backup", "restore", "hub_backup", "hub_restore", "move", "snapshot", "poison",
)  # fmt: skip
Step = tuple[str, int, int, int]


@dataclass(frozen=True)
class Change:
    """One Changeset; `chain` stands for `ph`."""

    cs: str
    t: int
    ent: str
    values: Mapping[str, int]
    prev: Mapping[str, tuple[str, ...]]
    dev: str
    n: int
    chain: str
    poison: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        return (self.cs, self.t, self.ent, tuple(self.values.items()), tuple(self.prev.items()))

    @property
    def hash(self) -> str:
        return f"{self.dev}/{self.n}/{self.chain}/{self.cs}"


@dataclass
class Holder:
    """Log and merged states; `log` maps to None where only the id is known."""

    log: dict[str, Change | None] = field(default_factory=dict)
    states: dict[str, EntityState] = field(default_factory=dict)

    def take(self, change: Change, bugs: frozenset[str]) -> bool:
        state = self.states.setdefault(change.ent, EntityState())
        if self.log.get(change.cs) is None:
            self.log[change.cs] = change
        return _apply(state, change, bugs)

    def join(self, ent: str, carried: EntityState) -> None:
        merge.join(self.states.setdefault(ent, EntityState()), carried)
        for cs in carried.seen:
            self.log.setdefault(cs, None)


def _apply(state: EntityState, change: Change, bugs: frozenset[str]) -> bool:
    if "no_dedupe" in bugs:
        state.seen.discard(change.cs)
    values = dict(change.values)
    if "lww" in bugs:
        for name in change.values:
            if any((stamp, cs) > (change.t, change.cs) for cs, (stamp, _) in state.heads.get(name, {}).items()):
                del values[name]
            else:
                state.heads[name] = {}
    if "replace_all_heads" in bugs and change.cs not in state.seen:
        for name in change.values:
            state.heads[name] = {}
    new = merge.apply(state, change.cs, change.t, values, change.prev)  # type: ignore[arg-type]
    if "no_gone" in bugs:
        state.gone.clear()
    return new


@dataclass
class Hub(Holder):
    """Scopes with dense logs, chains, an epoch."""

    epoch: int = 1
    scope: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, str, object]]] = field(default_factory=lambda: {one: [] for one in SCOPES})
    chains: dict[tuple[str, int], str] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def push(self, changes: list[Change], pusher: str, bugs: frozenset[str]) -> dict[str, str]:
        if "batch_all_or_nothing" in bugs and any(one.poison for one in changes):
            return {}
        words: dict[str, str] = {}
        for one in sorted(changes, key=lambda each: (each.dev, each.n)):
            words[one.cs] = self._judge(one, pusher, bugs)
            if words[one.cs] == "rejected" and "stop_at_first_error" in bugs:
                break
        return words

    def _judge(self, one: Change, pusher: str, bugs: frozenset[str]) -> str:
        known = self.log.get(one.cs)
        if known is not None and "no_dedupe" not in bugs:
            same = known.hash == one.hash if "dup_by_envelope" in bugs else known.content == one.content
            return "dup" if same else "rejected"
        if one.poison or ("clock_gate" in bugs and abs(one.t % 1000 - 500) > 30):
            return "rejected"
        if "trust_counter" in bugs and one.n <= self.heads.get(one.dev, 0):
            return "dup"
        place = self.scope.get(one.ent, HOME[one.ent])
        if one.ent in CHILD and self.scope.get(CHILD[one.ent], place) != place:
            self.held.add(one.cs)  # begun beside a parent that has moved away meanwhile: a person decides
            return "held"
        taken = self.chains.get((one.dev, one.n), one.hash) != one.hash
        before = self.chains.get((one.dev, one.n - 1), one.chain) != one.chain
        if pusher == one.dev and (taken or before):
            return "fork"
        if taken and "unique_dev_n" in bugs:
            return "rejected"
        self.chains.setdefault((one.dev, one.n), one.hash)
        self.heads[one.dev] = max(self.heads.get(one.dev, 0), one.n)
        self.scope[one.ent] = place
        self.take(one, bugs)
        self.rows[place].append(("cs", one.ent, one))
        return "ok"

    def move(self, ent: str, bugs: frozenset[str]) -> None:
        if ent not in self.scope:
            return
        old = self.scope[ent]
        new = SCOPES[1 - SCOPES.index(old)]
        family = [ent, *(one for one, parent in CHILD.items() if parent == ent and one in self.scope)]
        for one in family if "children_left_behind" not in bugs else family[:1]:
            self.rows[self.scope[one]].append(("leave", one, None))
            self.scope[one] = new
            self.rows[new].append(("enter", one, carried(self.states[one], bugs)))


def carried(state: EntityState, bugs: frozenset[str]) -> EntityState:
    """The state as it travels."""
    copied = read_state(state_row(("id", "kind", "scope", ""), state, "", 0))
    if "snapshot_without_seen" in bugs:
        copied.seen = {cs for heads in copied.heads.values() for cs in heads}
        copied.gone = {}
    return copied


@dataclass
class Laptop(Holder):
    """One data folder."""

    dev: str = ""
    n: int = 0
    chain: str = ""
    epoch: int = 1
    acked: int = 0
    outbox: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    cursors: dict[str, int] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
