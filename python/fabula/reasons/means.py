"""Acts that reach an end: from what is missing back to what brings it about, each tried on the stage as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from fabula.engine.records import Literal
from fabula.engine.stage import Deed, Prospect, Stage
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, PLACE
from fabula.reasons.reach import locked_up, locked_ways, out_of_reach, unlocking
from fabula.reasons.repertoire import Repertoire
from fabula.reasons.roles import PLACES, formula_of
from fabula.reasons.wants import definite

Plan = tuple[Deed, ...]
Allowed = Callable[[Stage, Deed], bool]
Purposes = frozenset[str]  # who has a reason for something that an act is to make possible

# What keeps an end from being so is taken up one by one; more than so many are out of reach anyway.
MOST_OPEN = 4
REGION = "region"  # a kind of the library: who is known to be in town can be anywhere in it


@dataclass(slots=True)
class Budget:
    """How long and how much may be tried: seconds of the processor, and acts. ``whole`` is what this is a part of."""

    seconds: float
    acts: int = 200_000
    tried: int = 0
    started: float = field(default_factory=time.process_time)
    tick: Callable[[int, float], None] | None = None
    whole: Budget | None = None

    def part(self, acts: int) -> Budget:
        """So many acts of it, for one question among several."""
        return Budget(self.seconds, acts, started=self.started, whole=self)

    def share(self, part: float) -> Budget:
        """A part of the time that is left."""
        used = time.process_time() - self.started
        return Budget((self.seconds - used) * part, self.acts, whole=self)

    def over(self) -> bool:
        """Whether the time or the number of acts is used up."""
        if self.tried >= self.acts:
            return True
        if self.whole is not None and self.whole.over():
            return True
        return time.process_time() - self.started > self.seconds

    def spend(self) -> None:
        """Counts an act that was tried."""
        self.tried += 1
        if self.whole is not None:
            self.whole.spend()
        elif self.tick is not None and self.tried % 64 == 0:
            self.tick(self.tried, time.process_time() - self.started)


@dataclass(slots=True)
class Look:
    """How an act stands: ``apart``: those who take part are not together; ``shut``: what is locked on the way.

    ``missing``: what would have to become so for it, as soon as that was asked.
    """

    prospect: Prospect
    apart: bool
    shut: tuple[Literal, ...]
    missing: tuple[Literal, ...] | None = None

    @property
    def possible(self) -> bool:
        """Whether nothing speaks against it."""
        return self.prospect.possible and not self.apart and not self.shut


@dataclass(slots=True)
class Known:
    """Plans that end in an act; ``whole`` as long as none was left out for what they are to make possible."""

    plans: list[Plan] = field(default_factory=list)
    whole: bool = True


Above = tuple[tuple[Deed, Known], ...]  # what an act is to make possible, the last thing first
Place = tuple[object, ...]  # of a search: what was done before


@dataclass(slots=True)
class Memo:
    """What a search has found out, by the place where it was asked."""

    looks: dict[tuple[Place, Deed], Look | None] = field(default_factory=dict)
    deeds: dict[tuple[Place, Place], list[Deed]] = field(default_factory=dict)
    plans: dict[tuple[Place, Deed, int, Purposes], list[Plan]] = field(default_factory=dict)


class Motives(Protocol):
    """What whoever acts would do; ``meant``: who has a reason for what the act is to make possible."""

    def fits(self, stage: Stage, deed: Deed, meant: Purposes) -> bool:
        """Whether an act that is possible may be done."""
        ...

    def plausible(self, stage: Stage, deed: Deed, meant: Purposes) -> bool:
        """Whether it is worth making an act possible at all."""
        ...

    def purposes(self, deed: Deed) -> Purposes:
        """Who has a reason of his own for an act that was found plausible."""
        ...


@dataclass(slots=True)
class Means:
    """A search on one stage.

    ``allowed``: whether an act may be done where it is tried; ``actors``: by whom; ``likely``: who and what is tried
    before others; ``guessing``: whether what nobody knows may be supposed; ``motives``: what is asked instead of
    ``allowed`` where who has a reason for an act does with it what makes it possible; ``reserve``: how far to fall back
    from plain acts; ``memo``: to be shared by searches that differ in nothing but what they are to reach.
    """

    repertoire: Repertoire
    budget: Budget
    allowed: Allowed
    actors: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    guessing: bool = False
    motives: Motives | None = None
    reserve: int = 2
    memo: Memo = field(default_factory=lambda: Memo())

    def plans(self, stage: Stage, goal: f.Formula, most: int) -> Iterator[Plan]:
        """Plans of at most so many acts that make a goal so, the shortest first; the stage is as before after each."""
        seen: set[Plan] = set()
        for length in range(most + 1):
            for plan in self._reach(stage, goal, length):
                if plan not in seen:
                    seen.add(plan)
                    yield plan
            if self.budget.over():
                return

    def _reach(self, stage: Stage, goal: f.Formula, left: int) -> Iterator[Plan]:
        missing = stage.open(goal)
        if not missing:
            if stage.evaluate(goal) is True:
                yield ()
            return
        if left <= 0 or self.budget.over():
            return
        for literal in missing[:MOST_OPEN]:
            for deed in self._achieving(stage, literal):
                for plan in self._enabled(stage, deed, left):
                    here = stage.timeline.now
                    played = self._play(stage, plan, literal)
                    rests = list(self._reach(stage, goal, left - len(plan))) if played else []
                    stage.back(here)
                    for rest in rests:
                        yield (*plan, *rest)
                if self.budget.over():
                    return

    def _enabled(self, stage: Stage, deed: Deed, left: int, above: Above = ()) -> Iterator[Plan]:
        """An act, behind what makes it possible where it is not; ``above``: what that is to make possible in turn.

        What was looked at to the end at the same place of the search is not looked at again.
        """
        for depth, (other, _) in enumerate(above):
            if other == deed:
                for _, known in above[depth + 1 :]:
                    known.whole = False  # without what is above them there might have been more
                return
        if self.budget.over():
            return
        meant = self._meant(above)
        key = (stage.state, deed, left, meant)
        before = self.memo.plans.get(key)
        if before is not None:
            yield from before
            return
        known = Known()
        for plan in self._enabling(stage, deed, left, (*above, (deed, known))):
            known.plans.append(plan)
            yield plan
        if known.whole and not self.budget.over():
            self.memo.plans[key] = known.plans

    def _enabling(self, stage: Stage, deed: Deed, left: int, above: Above) -> Iterator[Plan]:
        look = self._look(stage, deed)
        if look is None:
            return
        if look.possible:
            if self._fits(stage, deed, above[:-1]):
                yield (deed,)
            return
        if left <= 1 or not self._plausible(stage, deed, above[:-1]):
            return
        for literal in self._wanting(stage, deed, look):
            for enabling in self._achieving(stage, literal):
                for plan in self._enabled(stage, enabling, left - 1, above):
                    here = stage.timeline.now
                    rests: list[Plan] = []
                    if self._play(stage, plan, literal):
                        rests = list(self._enabled(stage, deed, left - len(plan), above[:-1]))
                    stage.back(here)
                    for rest in rests:
                        yield (*plan, *rest)

    def _fits(self, stage: Stage, deed: Deed, above: Above) -> bool:
        if self.motives is None:
            return self.allowed(stage, deed)
        return self.motives.fits(stage, deed, self._meant(above))

    def _plausible(self, stage: Stage, deed: Deed, above: Above) -> bool:
        """Whether it is worth making an act possible at all."""
        return self.motives is None or self.motives.plausible(stage, deed, self._meant(above))

    def _meant(self, above: Above) -> Purposes:
        """Who has a reason for what an act is to make possible."""
        if self.motives is None:
            return frozenset()
        return frozenset[str]().union(*(self.motives.purposes(deed) for deed, _ in above))

    def _look(self, stage: Stage, deed: Deed) -> Look | None:
        """How an act stands at this place of the search; None where it cannot be tried at all."""
        key = (stage.state, deed)
        if key in self.memo.looks:
            return self.memo.looks[key]
        self.budget.spend()
        prospect = stage.foresee(deed)
        found: Look | None = None
        if prospect is not None:
            # who plans for himself may suppose what he does not know, but not walk through doors that he knows to be locked
            apart = locked_up(stage, deed) if self.guessing else kept_apart(stage, deed, prospect)
            shut = locked_ways(stage, deed) if prospect.possible and not apart else ()
            found = Look(prospect, apart, shut)
        self.memo.looks[key] = found
        return found

    def _wanting(self, stage: Stage, deed: Deed, look: Look) -> tuple[Literal, ...]:
        """What is missing for an act that is not possible, one by one."""
        if look.missing is None:
            failed = (*look.prospect.failed, *look.prospect.unknown, *look.shut)
            missing = failed[:MOST_OPEN]
            come = tuple(together(stage, deed)) if look.apart or unmet(stage, missing) else ()
            others = () if self.guessing else tuple(alternatives(stage, deed))
            ways = (*others, *keys(stage, deed, look.shut))
            known = (*come, *missing)
            look.missing = (*known, *(way for way in ways if way not in known))
        return look.missing

    def _achieving(self, stage: Stage, literal: Literal) -> list[Deed]:
        asked = (literal.fluent, literal.args, literal.needed, literal.op, literal.chain)
        key = (stage.state, asked)
        known = self.memo.deeds.get(key)
        if known is None:
            known = self.memo.deeds[key] = list(
                self.repertoire.achieving(stage, literal, self.actors, self.likely, self.reserve)
            )
        return known

    def _play(self, stage: Stage, plan: Plan, literal: Literal) -> bool:
        """Does the acts one after the other, whether the last makes something so that was not so before it.

        If not, the stage has to be taken back by who called.
        """
        *before, last = plan
        if not all(stage.do(deed) for deed in before):
            return False
        if before and not _still(stage, literal):
            return False
        return stage.do(last) and not _still(stage, literal)


def _still(stage: Stage, literal: Literal) -> bool:
    """Whether what was missing is missing still."""
    return stage.evaluate(formula_of(literal), None, literal.chain) is not True


def alternatives(stage: Stage, deed: Deed) -> Iterator[Literal]:
    """What else would meet a need of an act that can be met in several ways: the key to a door that is locked."""
    action = stage.model.world.actions[deed.action]
    names: f.Binding = {p.name: f.Const(a) for p, a in zip(action.params, deed.args, strict=True)}
    for need in action.needs:
        if not isinstance(need.formula, f.Or):
            continue
        formula = f.substitute(need.formula, names)
        if isinstance(formula, f.Or) and stage.evaluate(formula) is not True:
            yield from _one_missing(stage, formula)


def keys(stage: Stage, deed: Deed, shut: tuple[Literal, ...]) -> Iterator[Literal]:
    """What whoever acts would have to have for it, where something is locked: the key."""
    for literal in shut:
        yield from _one_missing(stage, unlocking(stage, deed.args[0], literal.args[0]))


def _one_missing(stage: Stage, formula: f.Or) -> Iterator[Literal]:
    """What alone is missing for one of several alternatives."""
    for part in formula.parts:
        expanded = definite(stage, part)
        for way in expanded.parts if isinstance(expanded, f.Or) else (expanded,):
            missing = stage.open(way)
            if len(missing) == 1 and missing[0].fluent:
                yield missing[0]


def unmet(stage: Stage, unknown: tuple[Literal, ...]) -> bool:
    """Whether an act rests on somebody's being somewhere that nobody knows: that has to be told first.

    Where places lie to each other a story may leave open.
    """
    state = stage.compiled.state
    return any(
        literal.fluent in PLACES
        and not (literal.args[0] in state.world.things and state.is_a(literal.args[0], PLACE))
        for literal in unknown
    )


def kept_apart(stage: Stage, deed: Deed, prospect: Prospect) -> bool:
    """Whether it is not known that those who take part in an act are together, as far as it takes that."""
    return unmet(stage, prospect.unknown) or _vague(stage, deed) or bool(out_of_reach(stage, deed))


def _vague(stage: Stage, deed: Deed) -> bool:
    """Whether of somebody who takes part no more is known than the town, and the others are elsewhere in it."""
    state = stage.compiled.state
    people = [a for a in dict.fromkeys(deed.args) if _is_person(stage, a)]
    places = {stage.place_of(a) for a in people}
    return len(places) > 1 and any(p is not None and state.is_a(p, REGION) for p in places)


def _is_person(stage: Stage, thing: str) -> bool:
    return thing in stage.model.world.things and stage.compiled.state.is_a(thing, PERSON)


def together(stage: Stage, deed: Deed) -> Iterator[Literal]:
    """That those come together whom an act finds apart: who acts goes to the others, or they come to him."""
    world, state = stage.model.world, stage.compiled.state
    named = [a for a in dict.fromkeys(deed.args) if a in world.things and not state.is_a(a, PLACE)]
    people = [a for a in named if state.is_a(a, PERSON)]
    for goes in people:
        for stays in named:
            place = stage.place_of(stays)
            if goes == stays or place is None or place not in world.things:
                continue
            if state.is_a(place, REGION):
                continue
            if stage.place_of(goes) != place:
                here = stage.place_of(goes)
                yield Literal(LOCATION, (goes,), place, here, None, "", (), "==")
