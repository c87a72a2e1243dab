"""Laptops, hub and stick as plain values around the real merge: what the design must keep true (sync.md §15).

Every seeded bug is a switch in `bugs`; without one the model is the protocol of sync.md §4–§10.
"""

import copy
from dataclasses import replace

from inspector_app.sync import merge
from inspector_app.sync.merge import EntityState
from tests.sync.model_parts import CHILD, FIELDS, HOME, OPS, READS, Change, Hub, Laptop, Step, carried

__all__ = ["OPS", "Step", "World"]


class World:
    """The rules; `play` runs steps, `heal` brings everybody together and checks."""

    def __init__(self, bugs: frozenset[str] = frozenset()) -> None:
        self.bugs = bugs
        self.hub = Hub()
        self.laptops = [Laptop(dev=f"d{number}") for number in range(4)]
        self.made = 0
        self.names = 4
        self.kept: dict[int, Laptop] = {}
        self.hub_kept: Hub | None = None
        self.clean_pushes = True
        self.forgot_moves = False
        self.refused: set[str] = set()

    # what people do

    def edit(self, who: int, ent: str, name: str, dt: int, *, poison: bool = False) -> None:
        laptop = self.laptops[who]
        if ent not in laptop.states and self.hub.scope.get(ent, HOME[ent]) not in READS[who]:
            return  # a record is begun once, in a Scope one reads; ids are never made again for what has left
        self._write(laptop, ent, {name: self.made}, dt, poison=poison)

    def _write(
        self, laptop: Laptop, ent: str, values: dict[str, int], dt: int, *, prev: object = None, poison: bool = False
    ) -> None:
        state = laptop.states.setdefault(ent, EntityState())
        self.made += 1
        names = list(values)
        stamp = merge.next_stamp(state, names, self.made * 1000 + 500 + dt)
        parents = (
            prev if isinstance(prev, dict) else {one: tuple(ids) for one, ids in merge.parents(state, names).items()}
        )
        laptop.n += 1
        cs = f"c{self.made:04d}"
        change = Change(cs, stamp, ent, values, parents, laptop.dev, laptop.n, laptop.chain, poison)
        laptop.chain = change.hash
        if poison:
            laptop.log[cs] = change
        else:
            laptop.take(change, self.bugs)
        laptop.outbox.append(cs)

    # the wire

    def push(self, who: int, fault: str = "") -> None:
        laptop = self.laptops[who]
        if "ack_on_send" in self.bugs and fault:
            laptop.outbox.clear()
        if fault == "lost_request":
            return
        if "epoch_in_pull_only" not in self.bugs and self._epoch(laptop):
            return
        sent = [change for cs in laptop.outbox if (change := laptop.log[cs]) is not None]
        if not sent:
            return
        words = self.hub.push(sent, laptop.dev, self.bugs)
        if fault == "twice":
            self.hub.push(sent, laptop.dev, self.bugs)
        if fault == "lost_reply":
            return
        self._settle(laptop, words)

    def _settle(self, laptop: Laptop, words: dict[str, str]) -> None:
        for cs, word in words.items():
            if word in ("ok", "dup"):
                laptop.outbox.remove(cs)
                own = laptop.log[cs]
                if own is not None and own.dev == laptop.dev:
                    laptop.acked = max(laptop.acked, own.n)
            elif word in ("rejected", "held"):
                laptop.outbox.remove(cs)
                laptop.parked.append(cs)
                own = laptop.log[cs]
                if word == "rejected" and own is not None and not own.poison:
                    self.refused.add(cs)
        if "fork" in words.values():
            self._reincarnate(laptop)
        elif any(not (laptop.log[cs] and laptop.log[cs].poison) for cs in laptop.outbox):  # type: ignore[union-attr]
            self.clean_pushes = False
        head = self.hub.heads.get(laptop.dev, 0)
        if head < laptop.acked:
            self._recover(laptop)
        elif head > laptop.n:
            self._reincarnate(laptop)
        self._purge(laptop)

    def _reincarnate(self, laptop: Laptop) -> None:
        old, laptop.dev = laptop.dev, f"d{self.names}"
        self.names += 1
        laptop.n, laptop.chain, laptop.acked = 0, "", 0
        for cs in laptop.outbox:
            one = laptop.log[cs]
            if one is not None and one.dev == old:
                laptop.n += 1
                fresh = replace(one, dev=laptop.dev, n=laptop.n, chain=laptop.chain)
                laptop.log[cs], laptop.chain = fresh, fresh.hash

    def _epoch(self, laptop: Laptop) -> bool:
        """True if the hub's epoch was new: the reply is void and everything is offered again."""
        if "no_epoch" in self.bugs or laptop.epoch == self.hub.epoch:
            return False
        self._recover(laptop)
        return True

    def _recover(self, laptop: Laptop) -> None:
        laptop.cursors = {}
        laptop.acked = 0
        laptop.epoch = self.hub.epoch
        for cs in sorted(self._missing(laptop)):
            change = laptop.log[cs]
            if change is not None and not change.poison:
                if cs in laptop.parked:
                    laptop.parked.remove(cs)  # the quarantine was lost with the hub: offer what it held again
                if cs not in laptop.outbox:
                    laptop.outbox.append(cs)
            elif change is None and "no_recovery_changeset" not in self.bugs:
                self._rewrite(laptop, cs)

    def _rewrite(self, laptop: Laptop, cs: str) -> None:
        for ent, state in list(laptop.states.items()):
            values = {name: heads[cs][1] for name, heads in state.heads.items() if cs in heads}
            if values:
                prev = {name: (cs, *sorted(state.seen - {cs} - state.heads[name].keys())) for name in values}
                if "recover_lost_head_only" in self.bugs:
                    prev = dict.fromkeys(values, (cs,))
                self._write(laptop, ent, values, 0, prev=prev)  # type: ignore[arg-type]

    def _missing(self, laptop: Laptop) -> set[str]:
        held = self.hub.log
        if "vector_max" in self.bugs:
            return {cs for cs, one in laptop.log.items() if one is None or one.n > self.hub.heads.get(one.dev, 0)}
        if "vector_contiguous" in self.bugs:
            return {cs for cs, one in laptop.log.items() if one is None or one.n > self._contiguous(one.dev)}
        return {cs for cs in laptop.log if cs not in held}

    def _contiguous(self, dev: str) -> int:
        number = 0
        while (dev, number + 1) in self.hub.chains:
            number += 1
        return number

    def pull(self, who: int, fault: str = "") -> None:
        laptop = self.laptops[who]
        for scope in READS[who]:
            start = laptop.cursors.get(scope, 0)
            rows = self.hub.rows[scope][start:]
            if self._epoch(laptop):
                if "keep_page" in self.bugs:
                    self._take_rows(laptop, scope, rows, start)
                return
            if start > len(self.hub.rows[scope]) and "no_epoch" not in self.bugs:
                self.hub.epoch += 1
                return
            if fault == "crash":
                if "cursor_first" in self.bugs:
                    laptop.cursors[scope] = start + len(rows)
                return
            self._take_rows(laptop, scope, rows, start)
        if self.hub.heads.get(laptop.dev, 0) > laptop.n:
            self._reincarnate(laptop)

    def _take_rows(self, laptop: Laptop, scope: str, rows: list[tuple[str, str, object]], start: int) -> None:
        for kind, ent, what in rows:
            if kind == "cs" and isinstance(what, Change):
                laptop.take(what, self.bugs)
            elif kind == "enter" and isinstance(what, EntityState):
                laptop.join(ent, what)
                laptop.left.pop(ent, None)
            elif kind == "leave":
                laptop.left[ent] = scope
        laptop.cursors[scope] = start + len(rows)
        self._purge(laptop)

    def _purge(self, laptop: Laptop) -> None:
        """What left is forgotten wholly once nothing of it waits; a laptop that reads its new Scope keeps it."""
        reads = READS[self.laptops.index(laptop)]
        for ent in list(laptop.left):
            waiting = any((one := laptop.log[cs]) is not None and one.ent == ent for cs in laptop.outbox)
            if self.hub.scope.get(ent) in reads:
                del laptop.left[ent]
            elif not waiting:
                state = laptop.states.pop(ent, EntityState())
                for cs in [cs for cs, one in laptop.log.items() if cs in state.seen or (one and one.ent == ent)]:
                    if cs not in laptop.parked:
                        del laptop.log[cs]
                del laptop.left[ent]

    # accidents

    def usb(self, source: int, target: int) -> None:
        one, other = self.laptops[source], self.laptops[target]
        for cs, change in list(one.log.items()):
            if (
                change is None
                or change.poison
                or HOME[change.ent] not in READS[target]
                or other.log.get(cs) is not None
            ):
                continue
            if self.hub.scope.get(change.ent, HOME[change.ent]) not in READS[target]:
                continue
            other.take(change, self.bugs)
            if cs not in other.outbox:
                other.outbox.append(cs)
        if "peer_ack" in self.bugs:
            one.outbox.clear()

    def snapshot(self, who: int) -> None:
        """A laptop with nothing unsent begins afresh from states."""
        laptop = self.laptops[who]
        if laptop.outbox or laptop.parked:
            return
        fresh = Laptop(dev=f"d{self.names}", epoch=self.hub.epoch)
        self.names += 1
        for ent, place in self.hub.scope.items():
            if (place in READS[who] or "snapshot_unfiltered" in self.bugs) and ent in self.hub.states:
                fresh.join(ent, carried(self.hub.states[ent], self.bugs))
        fresh.cursors = {scope: len(self.hub.rows[scope]) for scope in READS[who]}
        self.laptops[who] = fresh

    def play(self, steps: list[Step]) -> None:
        """Run a history."""
        for op, a, b, c in steps:
            self._step(op, a % 4, b, c)

    def _step(self, op: str, who: int, b: int, c: int) -> None:
        ents = list(HOME)
        match op:
            case "edit":
                self.edit(who, ents[b % 4], FIELDS[c % 2], (c % 101) - 50)
            case "poison":
                self.edit(who, ents[b % 4], FIELDS[0], 0, poison=True)
            case "push":
                self.push(who)
            case "lost_reply" | "lost_request" | "twice":
                self.push(who, op)
            case "pull":
                self.pull(who)
            case "crash":
                self.pull(who, "crash")
            case "usb" if b % 4 != who:
                self.usb(who, b % 4)
            case "move":
                self.hub.move(("a", "b")[b % 2], self.bugs)
            case "snapshot":
                self.snapshot(who)
            case _:
                self._disaster(op, who, b)

    def _disaster(self, op: str, who: int, b: int) -> None:
        match op:
            case "clone" if READS[b % 4] == READS[who] and b % 4 != who and not self.laptops[b % 4].outbox:
                self.laptops[b % 4] = copy.deepcopy(self.laptops[who])
            case "backup":
                self.kept[who] = copy.deepcopy(self.laptops[who])
            case "restore" if who in self.kept and not self.laptops[who].outbox:
                self.laptops[who] = copy.deepcopy(self.kept[who])
            case "hub_backup":
                self.hub_kept = copy.deepcopy(self.hub)
            case "hub_restore" if self.hub_kept is not None:
                epoch = self.hub.epoch + 1
                self.hub = copy.deepcopy(self.hub_kept)
                self.hub.epoch = epoch
                self.forgot_moves = True

    # the end

    def heal(self) -> list[str]:
        """Everybody syncs until nothing changes; gives what is wrong (nothing, for the right design)."""
        alive = {cs for one in self.laptops for cs in one.log} | set(self.hub.log)
        bodies = {
            cs: one for holder in (*self.laptops, self.hub) for cs, one in holder.log.items() if one and not one.poison
        }
        for _ in range(8):
            for who in range(4):
                self.push(who)
                self.pull(who)
        return [*self._compare(), *self._lost(alive, bodies)]

    def _compare(self) -> list[str]:
        wrong = [] if self.clean_pushes else ["a poison item delayed others"]
        wrong += [f"{cs} was refused though nothing is wrong with it" for cs in sorted(self.refused)]
        for who, laptop in enumerate(self.laptops):
            if [cs for cs in laptop.outbox if not (laptop.log[cs] and laptop.log[cs].poison)]:  # type: ignore[union-attr]
                wrong.append(f"laptop {who} never gets rid of its Outbox")
            parked = {one.ent for cs in laptop.parked if (one := laptop.log.get(cs))}
            readable = {ent for ent, place in self.hub.scope.items() if place in READS[who]}
            foreign = {ent for ent, state in laptop.states.items() if state.seen} - readable - set(laptop.left)

            if foreign - parked and not self.forgot_moves:  # a restored hub knows no move made since; it is made again
                wrong.append(f"laptop {who} holds {foreign} of another team")
            for ent in readable - parked:
                mine, theirs = laptop.states.get(ent, EntityState()), self.hub.states.get(ent, EntityState())
                if _heads(mine) != _heads(theirs):
                    wrong.append(f"laptop {who} and hub differ in {ent}: {_heads(mine)} {_heads(theirs)}")
        for child, parent in CHILD.items():
            if child in self.hub.scope and parent in self.hub.scope and self.hub.scope[child] != self.hub.scope[parent]:
                wrong.append(f"{child} does not live where {parent} lives")
        return wrong

    def _lost(self, alive: set[str], bodies: dict[str, Change]) -> list[str]:
        """Every Changeset somebody still had the body of is on the hub; every value is a head or in a `prev`."""
        wrong = [
            f"{cs} is lost"
            for cs in sorted(bodies)
            if cs not in self.hub.log and cs not in self.hub.held and cs in alive
        ]
        named: dict[tuple[str, str], set[str]] = {}
        for one in self.hub.log.values():
            for name, ids in one.prev.items() if one else ():
                named.setdefault((one.ent, name), set()).update(ids)  # type: ignore[union-attr]
        for cs, one in self.hub.log.items():
            for name in one.values if one else ():
                heads = self.hub.states[one.ent].heads.get(name, {})  # type: ignore[union-attr]
                if cs not in heads and cs not in named.get((one.ent, name), set()):  # type: ignore[union-attr]
                    wrong.append(f"the value of {name} in {cs} vanished")
        return wrong


def _heads(state: EntityState) -> dict[str, dict[str, object]]:
    return {name: dict(heads) for name, heads in state.heads.items() if heads}
