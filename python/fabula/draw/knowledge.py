"""Who knows what, and since when: the history of every mind, worked out once for a run."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from fabula.draw.once import once
from fabula.engine.records import Record
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION, PERSON, WHO

Key = tuple[int, tuple[int, ...]]
"""A fluent of the kernel, and the things it is of."""
Spans = list[tuple[int, Any]]
"""The values something had, each with the time from which it had it."""
ALIVE = "alive"


class Knows(Enum):
    """How somebody stands to a fact."""

    YES = "knows"
    NO = "does not know"
    WRONG = "is wrong about"
    OPEN = "believes, and nobody says whether it is so,"


@dataclass(frozen=True, slots=True)
class Spell:
    """From a time on somebody stands so to a fact; ``n`` is the event that made it so, 0 for the beginning.

    ``holds``: what he takes the fact to be, None where he has no opinion.
    """

    time: int
    n: int
    knows: Knows
    holds: bool | None


class Minds:
    """What every mind of a run held at any time."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.runner = run.runner
        self.records: list[Record] = run.runner.records
        self.ends = [record.ended for record in self.records]
        self.people = [t for t in run.model.world.things if run.words.is_a(t, PERSON)]
        self._histories: dict[tuple[str, ...], dict[Key, Spans]] = {}
        self._real: dict[tuple[f.Formula, int], bool | None] = {}
        self._indexes: dict[tuple[str, ...], dict[int, list[tuple[tuple[int, ...], Spans]]]] = {}

    @cached_property
    def begin(self) -> int:
        """The kernel's time before the first event."""
        return self.records[0].before if self.records else self.runner.timeline.now

    @cached_property
    def parts(self) -> Counter[str]:
        """In how many events each person takes part."""
        found: Counter[str] = Counter()
        known = set(self.people)
        for record in self.run.records:
            found.update(
                dict.fromkeys(a for _, args in record.groundings for a in args if a in known).keys()
            )
        return found

    def cast(self, most: int) -> list[str]:
        """Those who take part most, a single person before a group; who takes part first before who does later."""
        things = self.run.model.world.things
        worth = {p: n * (0.5 if things[p].plural else 1.0) for p, n in self.parts.items()}
        order = {p: at for at, p in enumerate(self.people)}
        return sorted(worth, key=lambda p: (-worth[p], order[p]))[:most]

    def history(self, chain: tuple[str, ...]) -> dict[Key, Spans]:
        """Everything a mind (the world: ()) ever held, by fact."""
        known = self._histories.get(chain)
        if known is not None:
            return known
        timeline, minds = self.runner.timeline, [self.runner.number(c) for c in chain]
        found: dict[Key, Spans] = {
            (fluent, tuple(args)): [(self.begin, value)]
            for fluent, args, value in timeline.facts(self.begin, minds)
        }
        for time in range(self.begin + 1, timeline.now + 1):
            for fluent, args, _, new in timeline.changes(time, minds):
                found.setdefault((fluent, tuple(args)), []).append((time, new))
        self._histories[chain] = found
        return found

    def _around(self, things: set[int], where: int, chains: list[tuple[str, ...]]) -> set[int]:
        """The things, and everything that they ever lay in, directly or not."""
        found, todo = set(things), list(things)
        while todo:
            thing = todo.pop()
            for chain in chains:
                for _, value in self.history(chain).get((where, (thing,)), ()):
                    if isinstance(value, int) and value not in found:
                        found.add(value)
                        todo.append(value)
        return found

    def _by_fluent(self, chain: tuple[str, ...]) -> dict[int, list[tuple[tuple[int, ...], Spans]]]:
        known = self._indexes.get(chain)
        if known is None:
            known = self._indexes[chain] = {}
            for (fluent, args), spans in self.history(chain).items():
                known.setdefault(fluent, []).append((args, spans))
        return known

    @cached_property
    def deaths(self) -> dict[str, int]:
        """When everybody who dies does; who was dead at first, at the beginning."""
        alive = self.runner.compiled.numbers.fluents.get(ALIVE)
        found: dict[str, int] = {}
        for (fluent, args), spans in self.history(()).items():
            if fluent == alive and spans[-1][1] is False:
                found[self.runner.name(args[0])] = spans[-1][0]
        return found

    def record_of(self, time: int) -> Record | None:
        """The event or statement that a time belongs to; None is the beginning."""
        if time <= self.begin:
            return None
        at = bisect_right(self.ends, time - 1)
        return self.records[at] if at < len(self.records) else None

    def n_of(self, time: int) -> int:
        """The number of the event that a time belongs to, 0 for the beginning."""
        record = self.record_of(time)
        return 0 if record is None else record.n

    def _moments(self, formula: f.Formula, chains: list[tuple[str, ...]], until: int) -> list[int]:
        """The times, after an event or statement, at which a formula may have become something else."""
        numbers = self.runner.compiled.numbers
        spoken = (LOCATION if i in DERIVED else i for i in (*named(formula), WHO))
        asked = {numbers.fluents[i] for i in spoken if i in numbers.fluents}
        # who bears a name may matter to any fact; else what is about the same things, and what those lie in
        any_of = {numbers.fluents[i] for i in (WHO,) if i in numbers.fluents}
        things = {numbers.things[t] for t in things_of(formula) if t in numbers.things}
        about = things | {numbers.things[n] for n in self.run.words.names}
        if not things:
            any_of |= asked
        if (where := numbers.fluents.get(LOCATION)) in asked and where is not None:
            about |= self._around(things, where, chains)
        times = {self.begin}
        for chain in chains:
            by_fluent = self._by_fluent(chain)
            for fluent in asked:
                for args, spans in by_fluent.get(fluent, ()):
                    if fluent in any_of or not about.isdisjoint(args):
                        times.update(time for time, _ in spans if time > self.begin)
        found: set[int] = set()
        for time in times:
            record = self.record_of(time)
            found.add(self.begin if record is None else record.ended)
        return sorted(time for time in found if time <= until)

    def spells(self, formula: f.Formula, chain: tuple[str, ...], until: int) -> list[Spell]:
        """How a mind stood to a fact from the beginning on; nothing changes for the dead.

        Of a longer chain: how the first takes the others to stand to it, beside how they do.
        """
        dead = [self.deaths[c] for c in chain if c in self.deaths]
        if dead:
            record = self.record_of(min(dead))
            until = min(until, self.begin if record is None else record.ended)
        found: list[Spell] = []
        for time in self._moments(formula, [(), chain], until):
            real = self.real(formula, time)
            held = self.runner.truth(formula, time, chain)
            knows = stands(real, held)
            if knows is Knows.WRONG and not self._ever_thought(formula, time, chain):
                # who takes a case of which he has never heard for whole is not wrong about it
                knows = Knows.NO
            if not found or found[-1].knows is not knows or found[-1].holds is not held:
                found.append(Spell(time, self.n_of(time), knows, held))
        return found

    def _ever_thought(self, formula: f.Formula, time: int, chain: tuple[str, ...]) -> bool:
        """Whether a mind has got what it holds of a fact from anywhere, and not by default."""
        match formula:
            case f.Equals(f.Value(fluent, args), f.Lit()) if all(
                isinstance(arg, f.Const) for arg in args
            ):
                things = [self.runner.number(arg.thing) for arg in args if isinstance(arg, f.Const)]
                minds = [self.runner.number(one) for one in chain]
                return self.runner.timeline.explicit(
                    time, minds, self.runner.fluent(fluent), things
                )
        return True

    def real(self, formula: f.Formula, time: int) -> bool | None:
        """Whether a fact is so; of what was done all is told, so what nobody did was not done."""
        known = self._real.get((formula, time), ...)
        if known is not ...:
            return known
        found = self.runner.truth(formula, time)
        if found is None:
            match formula:
                case f.Equals(f.Value(fluent, _), f.Lit(bool(value))) if fluent.startswith("did:"):
                    found = not value
        self._real[formula, time] = found
        return found

    def so(self, formula: f.Formula, until: int) -> list[tuple[int, bool | None]]:
        """Since when a fact was so, was not, or was left open."""
        found: list[tuple[int, bool | None]] = []
        for time in self._moments(formula, [()], until):
            real = self.real(formula, time)
            if not found or found[-1][1] is not real:
                found.append((time, real))
        return found


def stands(real: bool | None, held: bool | None) -> Knows:
    """How one who holds something so, not so, or neither stands to a fact that is so, not so, or open."""
    if held is None:
        return Knows.NO
    if real is None:
        return Knows.OPEN
    return Knows.YES if held is real else Knows.WRONG


def named(formula: f.Formula) -> Iterator[str]:
    """The properties and relations that a formula speaks of."""

    def of(term: f.Term) -> Iterator[str]:
        if isinstance(term, f.Value):
            yield term.fluent
            for arg in term.args:
                yield from of(arg)

    match formula:
        case f.Equals(left, right) | f.Compare(_, left, right):
            yield from of(left)
            yield from of(right)
        case f.Within(inner, outer):
            yield LOCATION
            yield from of(inner)
            yield from of(outer)
        case f.Known(term) | f.IsKind(term, _):
            yield from of(term)
        case f.Not(body) | f.Believes(_, body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            yield from named(body)
        case f.And(parts) | f.Or(parts):
            for part in parts:
                yield from named(part)


def things_of(formula: f.Formula) -> Iterator[str]:
    """The things that a formula names."""

    def of(term: f.Term) -> Iterator[str]:
        match term:
            case f.Const(thing):
                yield thing
            case f.Value(_, args):
                for arg in args:
                    yield from of(arg)

    match formula:
        case f.Equals(left, right) | f.Compare(_, left, right) | f.Within(left, right):
            yield from of(left)
            yield from of(right)
        case f.Known(term) | f.IsKind(term, _):
            yield from of(term)
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            yield from things_of(body)
        case f.Believes(who, body):
            yield from of(who)
            yield from things_of(body)
        case f.And(parts) | f.Or(parts):
            for part in parts:
                yield from things_of(part)


minds_of = once(Minds)
"""The minds of a run, worked out once."""
