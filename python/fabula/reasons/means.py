"""Acts that reach an end: from what is missing back to what brings it about, each tried on the stage as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fabula.engine.records import Literal
from fabula.engine.stage import Deed, Prospect, Stage
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, PLACE
from fabula.reasons.reach import out_of_reach
from fabula.reasons.repertoire import Repertoire
from fabula.reasons.roles import PLACES, formula_of
from fabula.reasons.wants import definite

Plan = tuple[Deed, ...]
Allowed = Callable[[Stage, Deed], bool]

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
class Means:
    """A search on one stage.

    ``allowed``: whether an act may be done where it is tried; ``actors``: by whom; ``likely``: who and what is tried
    before others; ``guessing``: whether what nobody knows may be supposed; ``plausible``: whether it is worth making
    an act possible at all; ``reserve``: how far to fall back from plain acts.
    """

    repertoire: Repertoire
    budget: Budget
    allowed: Allowed
    actors: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    guessing: bool = False
    plausible: Allowed | None = None
    reserve: int = 2

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
                    if self._play(stage, plan) and not _still(stage, literal):
                        for rest in self._reach(stage, goal, left - len(plan)):
                            now = stage.timeline.now
                            yield (*plan, *rest)
                            stage.back(now)
                    stage.back(here)
                if self.budget.over():
                    return

    def _enabled(
        self, stage: Stage, deed: Deed, left: int, above: tuple[Deed, ...] = ()
    ) -> Iterator[Plan]:
        """An act, behind what makes it possible where it is not; ``above``: what that is to make possible in turn."""
        if deed in above or self.budget.over():
            return
        self.budget.spend()
        prospect = stage.foresee(deed)
        if prospect is None:
            return
        apart = not self.guessing and kept_apart(stage, deed, prospect)
        if prospect.possible and not apart:
            if self.allowed(stage, deed):
                yield (deed,)
            return
        if left <= 1 or (self.plausible is not None and not self.plausible(stage, deed)):
            return
        missing = (*prospect.failed, *prospect.unknown)[:MOST_OPEN]
        come = tuple(together(stage, deed)) if apart or unmet(missing) else ()
        ways = () if self.guessing else tuple(alternatives(stage, deed))
        known = (*come, *missing)
        for literal in (*known, *(way for way in ways if way not in known)):
            for enabling in self._achieving(stage, literal):
                for plan in self._enabled(stage, enabling, left - 1, (*above, deed)):
                    here = stage.timeline.now
                    if self._play(stage, plan) and not _still(stage, literal):
                        for rest in self._enabled(stage, deed, left - len(plan), above):
                            yield (*plan, *rest)
                    stage.back(here)

    def _achieving(self, stage: Stage, literal: Literal) -> Iterator[Deed]:
        return self.repertoire.achieving(stage, literal, self.actors, self.likely, self.reserve)

    def _play(self, stage: Stage, plan: Plan) -> bool:
        """Does the acts one after the other; on failure the stage has to be taken back by who called."""
        return all(stage.do(deed) for deed in plan)


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
        if not isinstance(formula, f.Or) or stage.evaluate(formula) is True:
            continue
        for part in formula.parts:
            expanded = definite(stage, part)
            for way in expanded.parts if isinstance(expanded, f.Or) else (expanded,):
                missing = stage.open(way)
                if len(missing) == 1 and missing[0].fluent:
                    yield missing[0]


def unmet(unknown: tuple[Literal, ...]) -> bool:
    """Whether an act rests on somebody's being somewhere that nobody knows: that has to be told first."""
    return any(literal.fluent in PLACES for literal in unknown)


def kept_apart(stage: Stage, deed: Deed, prospect: Prospect) -> bool:
    """Whether it is not known that those who take part in an act are together, as far as it takes that."""
    return unmet(prospect.unknown) or _vague(stage, deed) or bool(out_of_reach(stage, deed))


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
