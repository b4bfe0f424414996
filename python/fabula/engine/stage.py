"""A moment of a story to go on from, in the world or in a mind: acts are tried there, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from fabula import _core
from fabula.engine.casting import Casting, Grounding
from fabula.engine.compiled import Variant
from fabula.engine.expressions import Expr, MissingRoleError, Scope, expr
from fabula.engine.records import EventRecord, Literal
from fabula.engine.runner import Runner
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.story import StoryModel
from fabula.model.world import LOCATION, PERSON, WHO, Param
from fabula.records import dataclass


@dataclass(frozen=True, slots=True, eq=True)
class Deed:
    """An act that may be done: ``args`` in the order of the action's parameters, "nothing" where one is left out.

    ``told``: the act as the story itself compiled it, with the instrument, place or company it names.
    """

    action: str
    args: tuple[str, ...]
    told: Grounding | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash((self.action, self.args))


@dataclass(frozen=True, slots=True)
class Prospect:
    """How an act stands: what speaks against it, and what would have to be assumed."""

    failed: tuple[Literal, ...]
    unknown: tuple[Literal, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.failed


@dataclass(frozen=True, slots=True)
class Question:
    """A compiled formula, with the letters that stand for things and their kinds."""

    letters: tuple[str, ...]
    kinds: tuple[int, ...]
    test: Expr


@dataclass(slots=True)
class Stage(Casting):
    """A story that goes on by itself from a moment; what is done in it touches no other.

    ``memo`` is for what is the same in all minds and at all moments, such as compiled questions.
    """

    memo: dict[Any, Any] = field(default_factory=dict)
    past: list[tuple[int, object]] = field(default_factory=list)

    @property
    def state(self) -> tuple[object, ...]:
        """What was done and supposed here since the story was left: what is the same comes to the same."""
        return tuple(one for _, one in self.past)

    @classmethod
    def after(
        cls,
        runner: Runner,
        time: int,
        mind: tuple[str, ...] = (),
        memo: dict[Any, Any] | None = None,
    ) -> Stage:
        """The story after a step of the kernel, as it is or as a mind takes it to be."""
        stage = cls(runner.model, runner.compiled)
        if memo is not None:
            stage.memo = memo
        stage.wholes = dict(runner.wholes)
        stage.timeline = runner.timeline.imagine(time, [runner.number(c) for c in mind])
        return stage

    def imagine(self, person: str) -> Stage:
        """What somebody takes this moment to be, to go on from in his mind."""
        stage = Stage(self.model, self.compiled)
        stage.wholes, stage.memo = self.wholes, self.memo
        stage.timeline = self.timeline.imagine(self.timeline.now, [self.number(person)])
        return stage

    def suppose(self) -> None:
        """Takes every name of which it is not known here whose it is for that of somebody of whom no more is known."""
        who, now = self.fluent(WHO), self.timeline.now
        supposed: list[tuple[list[int], int, list[int], int]] = []
        for name in self.compiled.state.names:
            number = self.compiled.numbers.things.get(bearer(name))
            if number is None:
                continue
            if self.timeline.value(now, [], who, [self.number(name)]) is None:
                supposed.append(([], who, [self.number(name)], number))
        if supposed:
            self.timeline.set(supposed)

    def put(self, thing: str, place: str, minds: tuple[str, ...] = ()) -> None:
        """Supposes that something is somewhere, and that some know it."""
        location = self.fluent(LOCATION)
        number, value = self.number(thing), self.number(place)
        chains: list[list[int]] = [[], *([self.number(m)] for m in minds)]
        self.past.append((self.timeline.now, (thing, place, minds)))
        self.timeline.set([(chain, location, [number], value) for chain in chains])

    def believe(self, person: str, fluent: str, args: tuple[str, ...], value: f.Term) -> None:
        """Supposes that somebody believes something, and whom it is about, if somebody, of himself as well."""
        things, number = self.compiled.numbers.things, self.compiled.numbers.fluents.get(fluent)
        if number is None or not args or any(a not in things for a in (person, *args)):
            return
        match value:
            case f.Lit(bool() as known):
                held: bool | int = known
            case f.Const(thing) if thing in things:
                held = self.number(thing)
            case _:
                return
        chain, about = [self.number(person)], [self.number(a) for a in args]
        minded = args[0] != person and self.compiled.state.is_a(args[0], PERSON)
        chains = [chain, [*chain, about[0]]] if minded else [chain]
        self.timeline.set([(c, number, about, held) for c in chains])

    def bearer_of(self, name: str) -> str | None:
        """Whose a name is taken to be here."""
        value = self.timeline.value(self.timeline.now, [], self.fluent(WHO), [self.number(name)])
        return self.name(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def grounding(self, deed: Deed) -> Grounding | None:
        """The kernel's numbers of an act; None for one that was not made ready when the story was run."""
        if deed.told is not None:
            return deed.told
        act = self.compiled.acts.get(variant_of(self.model, deed))
        if act is None:
            return None
        params = self.model.world.actions[deed.action].params
        named = dict(zip((p.name for p in params), deed.args, strict=True))
        return (act.number, [self.number(named[letter]) for letter in act.params])

    def foresee(self, deed: Deed) -> Prospect | None:
        """How an act stands now; None where it cannot be tried at all."""
        grounding = self.grounding(deed)
        if grounding is None:
            return None
        try:
            report = self.timeline.foresee([grounding])
        except _core.CoreError:
            return None
        now = self.timeline.now
        return Prospect(
            tuple(self.literal(about, chain, now) for _, _, about, chain in report.failed),
            tuple(self.literal(about, chain, now) for _, _, about, chain in report.unknown),
        )

    def do(self, deed: Deed, all_the_same: bool = False) -> bool:
        """Does an act; False, and nothing done, where something speaks against it and it is not done all the same."""
        grounding = self.grounding(deed)
        if grounding is None:
            return False
        before = self.timeline.now
        try:
            report = self.timeline.happen([grounding])
        except _core.CoreError:
            return False
        if report.status == "impossible" and not all_the_same:
            self.timeline.truncate(before)
            return False
        self.past.append((before, deed))
        return True

    def back(self, time: int) -> None:
        """Takes back everything done since."""
        self.timeline.truncate(time)
        while self.past and self.past[-1][0] >= time:
            self.past.pop()

    def open(self, formula: f.Formula) -> tuple[Literal, ...]:
        """What keeps a formula from being so, in the way in which least does; nothing where it is so."""
        try:
            asked = expr(formula, Scope(self.compiled.numbers, strict=True))
        except MissingRoleError:
            return ()
        now = self.timeline.now
        found = self.timeline.literals(now, [], asked, [])
        return tuple(self.literal(about, chain, now) for _, _, about, chain in found)

    def question(self, params: tuple[Param, ...], formula: f.Formula) -> Question:
        """A formula with letters, to be asked of things more than once."""
        numbers = self.compiled.numbers
        scope = Scope(numbers, {p.name: i for i, p in enumerate(params)}, top=len(params))
        kinds = tuple(numbers.kinds[p.kind] for p in params)
        return Question(tuple(p.name for p in params), kinds, expr(formula, scope))

    def bindings(self, question: Question) -> list[dict[str, str]]:
        """The things of which it is known to be so, by letter."""
        found = self.timeline.find(self.timeline.now, [], question.kinds, question.test)
        return [dict(zip(question.letters, map(self.name, row), strict=True)) for row in found]


def bearer(name: str) -> str:
    """The id of whoever bears a name, to those who know no more of him."""
    return f"bearer of {name}"


def variant_of(model: StoryModel, deed: Deed) -> Variant:
    """What of an act is settled before it is done."""
    contents: list[tuple[str, str]] = []
    given: list[str] = []
    for param, arg in zip(model.world.actions[deed.action].params, deed.args, strict=True):
        if arg == NOTHING:
            continue
        given.append(param.name)
        if arg in model.world.contents:
            contents.append((param.name, arg))
    return Variant(deed.action, tuple(given), (), tuple(contents))


def deed_told(runner: Runner, record: EventRecord) -> Deed | None:
    """The act of an event as it was told; of an act on many, on the first. None where nothing was done."""
    return next(deeds_told(runner, record), None)


def deeds_told(runner: Runner, record: EventRecord) -> Iterator[Deed]:
    """The act of an event as it was told, once for each of those it is done to; nothing where nothing was done."""
    happening = record.happening
    variant = runner.variant(happening)
    if variant.attempt:
        variant = replace(variant, attempt=False)  # why one tries is why one would do it
    act = runner.compiled.acts.get(variant)
    if act is None:
        return
    params = runner.model.world.actions[happening.action].params
    for _, things in record.groundings:
        named = {**dict(zip(act.params, things, strict=False)), **dict(variant.contents)}
        args = tuple(named.get(p.name, NOTHING) for p in params)
        yield Deed(happening.action, args, (act.number, [runner.number(t) for t in things]))


__all__ = [
    "Deed",
    "Prospect",
    "Question",
    "Stage",
    "bearer",
    "deed_told",
    "deeds_told",
    "variant_of",
]
