"""Runs a story again that has changed: what stands before the change is not run again, where it cannot come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, fields, is_dataclass
from typing import Any

from fabula import _core
from fabula.engine.compiled import Compiled, Prepared, Variant
from fabula.engine.runner import Runner
from fabula.engine.unrest import as_problem
from fabula.engine.vocabulary import Room
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.sharing import Remembered
from fabula.model.story import Stated, Step, StoryModel
from fabula.model.world import Thing
from fabula.records import dataclass

STRIDE = 8
"""After how many steps a place is kept to run on from, at least."""
SHARE = 64
"""Further on, after this part of the steps so far: a place copies what was noted by then, and all of them should grow evenly."""
SPARE = 64
"""So many numbers are kept free at least, for what the writer will speak of."""
_GROWS = ("records",)
_CHANGES = ("at", "placed", "looked_into", "deeds", "walked", "wholes", "bounds")
_COUNTS = ("gap", "paused", "walked_until")


@dataclass(frozen=True, slots=True)
class Place:
    """A run before a step (``index``), after this much time: what it had noted by then."""

    index: int
    time: int
    lengths: dict[str, int]
    noted: dict[str, Any]
    counts: dict[str, int]


@dataclass(slots=True)
class Rerunner:
    """Runs one story as often as it changes. The run before is of no more use once the next was made."""

    last: Runner | None = None
    _places: list[Place] = field(default_factory=list)
    _room: Room | None = None

    def run(self, model: StoryModel, state: State) -> Runner:
        """The run of a story; raises TextError where its rules clash or never come to rest."""
        try:
            return self._run(model, state)
        except _core.CoreError as error:
            self.last = None
            raise as_problem(model, error) from error

    def _run(self, model: StoryModel, state: State) -> Runner:
        before, self.last = self.last, None
        room = self._room_for(state)
        if room != self._room:
            before, self._room = None, room
        compiled = Compiled(state, room=room)
        runner = Runner(model, compiled)
        if before is not None:
            compiled.earlier = dict(_same_acts(before.compiled, state))
        runner.make_ready()
        start = self._resumed(before, runner) if before is not None else None
        if start is None:
            self._places.clear()
            runner.start()
            start = runner.first
        runner.go_on(start, lambda index: self._pass(runner, index))
        self.last = runner
        return runner

    def _room_for(self, state: State) -> Room:
        world, room = state.world, self._room
        things, contents = len(world.things), len(world.contents)
        if room is not None and things <= room.things and contents <= room.contents:
            return room
        return Room(things + things // 4 + SPARE, contents + contents // 4 + SPARE)

    def _pass(self, runner: Runner, index: int) -> None:
        if self._places and index - self._places[-1].index < max(STRIDE, index // SHARE):
            return
        self._places.append(
            Place(
                index,
                runner.timeline.now,
                {name: len(getattr(runner, name)) for name in _GROWS},
                {name: getattr(runner, name).copy() for name in _CHANGES},
                {name: getattr(runner, name) for name in _COUNTS},
            )
        )

    def _resumed(self, before: Runner, runner: Runner) -> int | None:
        """The step to go on from, once the new run holds all that the old one has up to it; None where it has to begin anew."""
        common = _common(before.model.steps, runner.model.steps)
        if not self._may_resume(before, runner, common):
            return None
        seen = before.foresaw
        while self._places and (
            self._places[-1].index > common or (seen is not None and self._places[-1].time > seen)
        ):
            self._places.pop()
        if not self._places:
            return None
        place = self._places[-1]
        begin = runner.beginning()
        if (begin.facts, begin.beliefs, begin.rest, begin.overruled) != (
            before.begin.facts,
            before.begin.beliefs,
            before.begin.rest,
            before.begin.overruled,
        ):
            return None
        if not before.timeline.rebase(runner.compiled.problem, place.time):
            return None
        runner.timeline, runner.begin = before.timeline, begin
        for name, length in place.lengths.items():
            setattr(runner, name, getattr(before, name)[:length])
        for name, noted in place.noted.items():
            setattr(runner, name, noted.copy())
        for name, count in place.counts.items():
            setattr(runner, name, count)
        return place.index

    def _may_resume(self, before: Runner, runner: Runner, common: int) -> bool:
        """Whether the two stories are told in the same words, and what was said first does not look at what has changed."""
        old, new = before.model.world, runner.model.world
        return (
            common > runner.first
            and before.first == runner.first
            and before.disguises() == runner.disguises()
            and _same_words(before.compiled.state, runner.compiled.state)
            and old.triggers == new.triggers
            and before.compiled.state.restored == runner.compiled.state.restored
            and before.compiled.state.names == runner.compiled.state.names
            and all(
                _kept(old.things[one]) == _kept(new.things[one])
                for one in old.things.keys() & new.things.keys()
            )
            and _lookahead(before.model.steps[common:]) == _lookahead(runner.model.steps[common:])
        )


def _common(old: tuple[Step, ...], new: tuple[Step, ...]) -> int:
    """How many of the first steps are the same."""
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        if one is not other and one != other:
            return at
    return min(len(old), len(new))


def _same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return len(old) == len(new) and all(
        a is b or a == b for a, b in zip(old.values(), new.values(), strict=True)
    )


def _same_words(old: State, new: State) -> bool:
    """Whether everything means the same that a story is told with."""
    return (
        _same(old.world.kinds, new.world.kinds)
        and _same(old.world.fluents, new.world.fluents)
        and _same(old.world.actions, new.world.actions)
        and old.definitions == new.definitions
        and old.defaults == new.defaults
        and old.public_places == new.public_places
        and old.lexicon.frames_version == new.lexicon.frames_version
    )


def _kept(thing: Thing) -> tuple[object, ...]:
    """What of a thing matters to what happens."""
    return thing.kinds, thing.owner, thing.plural, thing.implied, thing.proper


def _lookahead(steps: tuple[Step, ...]) -> list[f.Formula]:
    """What is stated later and yet matters before: where things are, and what somebody believes."""
    return [
        step.formula
        for step in steps
        if isinstance(step, Stated) and any(map(_matters, f.conjuncts(step.formula)))
    ]


def _matters(formula: f.Formula) -> bool:
    match formula:
        case f.Believes() | f.Within() | f.Equals(f.Value("location"), _) | f.Or() | f.Forall():
            return True
        case f.Not(body):
            return _matters(body)
    return False


def _same_acts(before: Compiled, state: State) -> Iterator[tuple[Variant, Prepared]]:
    """Acts of the earlier story that are made of the same, with the same numbers."""
    old, new = before.state.world, state.world
    if not _same_words(before.state, state):
        return
    stay = _staying(list(old.things), list(new.things))
    stay |= _staying(list(old.contents), list(new.contents))
    all_stay = stay >= old.things.keys() | old.contents.keys()
    library = before.base.state.world.actions if before.base is not None else {}
    for variant, made in before.made.items():
        if variant.attempt:
            continue  # what was tried has a fluent of its own, made when the act is
        told = [ident for _, ident in variant.contents]
        if any(old.contents[ident] != new.contents.get(ident) for ident in told):
            continue
        if all_stay:
            yield variant, made
            continue
        spoken = {*told, *(variant.unseen_by or ())}
        for ident in told:
            spoken |= _names_in(new.contents[ident].formula)
        if variant.action not in library:
            action = new.actions[variant.action]
            for part in (action.needs, action.effects, action.observes):
                spoken |= _names_in(part)
        if spoken <= stay:
            yield variant, made


def _names_in(part: object) -> set[str]:
    return _NAMES.of((part,), lambda: _spoken(part))


_NAMES = Remembered[set[str]](5_000)


def _spoken(part: object) -> set[str]:
    """The things that formulas and effects name."""
    if isinstance(part, f.Const):
        return {part.thing}
    if isinstance(part, tuple):
        return set().union(*map(_spoken, part))
    if is_dataclass(part):
        return set().union(*(_spoken(getattr(part, one.name)) for one in fields(part)))
    return set()


def _staying(old: list[str], new: list[str]) -> set[str]:
    """The things that keep their numbers: those before the first that is another."""
    stay: set[str] = set()
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        stay.add(one)
    return stay
