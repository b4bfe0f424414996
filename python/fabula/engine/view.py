"""A running story seen in the model's names: values, truth and what is at fault, at any time and in any mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fabula import _core
from fabula.engine.bounds import Bound, within_bounds
from fabula.engine.compiled import Compiled
from fabula.engine.expressions import Expr, MissingRoleError, Scope, expr, unnamed
from fabula.engine.gone import may_have_come
from fabula.engine.records import Literal
from fabula.engine.same_words import (
    asked_about,
    less_than,
    said_of_another,
    worded_otherwise,
)
from fabula.engine.vocabulary import DID, NOTHING
from fabula.language.renaming import rename
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import StoryModel
from fabula.model.world import DERIVED, LOCATION, OUTSIDE, PERSON, PLACE, PLACE_OF, WHO


@dataclass(slots=True)
class View:
    """The kernel's timeline of a story, and the names behind its numbers."""

    model: StoryModel
    compiled: Compiled
    timeline: _core.Timeline = field(init=False)
    bounds: list[Bound] = field(default_factory=list)
    # by deed: those of which it is a case, and the acts for which it passes
    _lesser: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    seemed: dict[str, frozenset[str]] = field(default_factory=dict)

    def number(self, thing: str) -> int:
        return self.compiled.numbers.things[thing]

    def name(self, number: int | None) -> str:
        return self.compiled.numbers.thing_ids[number] if number is not None else NOTHING

    def fluent(self, name: str) -> int:
        return self.compiled.numbers.fluents[name]

    def place_of(self, thing: str, time: int | None = None) -> str | None:
        """The nearest place around a thing, or None where nobody knows."""
        return self.thing_at(PLACE_OF, thing, self.timeline.now if time is None else time)

    def held(
        self, fluent: str, args: tuple[str, ...], time: int, chain: tuple[str, ...] = ()
    ) -> object:
        """The value of a fluent at a time, in the world or in a mind, things by name; None is unknown."""
        numbers = self.compiled.numbers
        if fluent not in numbers.fluents or any(a not in numbers.things for a in args):
            return None
        found = self.timeline.value(
            time,
            [self.number(c) for c in chain],
            numbers.fluents[fluent],
            [self.number(a) for a in args],
        )
        return self._value(found)

    def thing_at(
        self, fluent: str, thing: str, time: int, chain: tuple[str, ...] = ()
    ) -> str | None:
        """The thing that a fluent of a thing has for its value, such as where it is; None where that is unknown."""
        found = self.held(fluent, (thing,), time, chain)
        return found if isinstance(found, str) else None

    def cause(
        self, fluent: str, args: tuple[str, ...], time: int, chain: tuple[str, ...] = ()
    ) -> int | None:
        """The time of the step that made a value what it is (0: the beginning); None where nothing did."""
        numbers = self.compiled.numbers
        if fluent not in numbers.fluents or any(a not in numbers.things for a in args):
            return None
        return self.timeline.cause(
            time,
            [self.number(c) for c in chain],
            numbers.fluents[fluent],
            [numbers.things[a] for a in args],
        )

    def evaluate(
        self, formula: f.Formula, time: int | None = None, chain: tuple[str, ...] = ()
    ) -> bool | None:
        """Truth of a formula about constants; None is unknown, as is whatever the story has never spoken of."""
        asked = self.asked(formula)
        return None if asked is None else self.truth_of(asked, time, chain)

    def asked(self, formula: f.Formula) -> Expr | None:
        """A formula about constants as the kernel takes it; None where the story has never spoken of what it is about."""
        try:
            return expr(formula, Scope(self.compiled.numbers, strict=True))
        except MissingRoleError:
            return None

    def truth_of(
        self, asked: Expr, time: int | None = None, chain: tuple[str, ...] = ()
    ) -> bool | None:
        """Truth of what the kernel is asked; None is unknown."""
        value = self.timeline.evaluate(
            self.timeline.now if time is None else time,
            [self.number(c) for c in chain],
            asked,
            [],
        )
        return value if isinstance(value, bool) else None

    def fact(self, fluent: int, args: Sequence[int | None], value: Any) -> f.Formula:
        """A kernel fact as a formula."""
        ident = self.compiled.numbers.fluent_ids[fluent]
        terms: tuple[f.Term, ...] = tuple(f.Const(self.name(a)) for a in args)
        right: f.Term = (
            f.Const(self.name(value))
            if isinstance(value, int) and not isinstance(value, bool)
            else f.Lit(value)
        )
        return f.Equals(f.Value(ident, terms), right)

    def literal(self, about: Any, chain: list[int], time: int) -> Literal:
        """A kernel literal in names, with the time of what made it so."""
        op, fluent, args, needed, actual = about
        names = tuple(self.name(a) for a in args)
        minds = tuple(self.name(c) for c in chain)
        if op in ("is", "is not"):
            kind = next(k for k, number in self.compiled.numbers.kinds.items() if number == needed)
            about_what = self._value(actual)
            test: f.Formula = f.IsKind(f.Const(str(about_what)), kind)
            text = fact_words(self.compiled.state, f.Not(test) if op == "is not" else test)
            return Literal("", (str(about_what),), kind, about_what, None, text, minds, op)
        if op in ("within", "not within"):
            within: f.Formula = f.Within(f.Const(names[0]), f.Const(names[1]))
            cause = self.timeline.cause(time, chain, self.fluent(LOCATION), args[:1])
            actual_place = self.timeline.value(time, chain, self.fluent(LOCATION), args[:1])
            text = fact_words(self.compiled.state, f.Not(within) if op == "not within" else within)
            return Literal(
                LOCATION, names[:1], names[1], self._value(actual_place), cause, text, minds, op
            )
        if fluent is None:
            return Literal("", names, self._value(needed), self._value(actual), None, "", minds, op)
        cause = self.timeline.cause(time, chain, fluent, args)
        ident = self.compiled.numbers.fluent_ids[fluent]
        if ident in DERIVED:
            cause = self.timeline.cause(time, chain, self.fluent(LOCATION), args)
        if op in ("known", "unknown"):
            text = fact_words(
                self.compiled.state, f.Known(f.Value(ident, tuple(f.Const(n) for n in names)))
            )
            return Literal(
                ident, names, self._value(needed), self._value(actual), cause, text, minds, op
            )
        plain = self.fact(fluent, list(args), needed)
        text = fact_words(self.compiled.state, f.Not(plain) if op == "!=" else plain)
        return Literal(
            ident, names, self._value(needed), self._value(actual), cause, text, minds, op
        )

    def _minded(self, thing: str) -> bool:
        return self.compiled.state.is_a(thing, PERSON)

    def _value(self, value: Any) -> object:
        return self.name(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def truth(
        self, formula: f.Formula, time: int | None = None, chain: tuple[str, ...] = ()
    ) -> bool | None:
        """Truth of a statement: what a mind has no opinion on is unknown, not false."""
        match formula:
            case f.Believes(f.Const(who)) | f.Not(f.Believes(f.Const(who))) if not self._minded(
                who
            ):
                return None  # a thing of which it could not be read what it is
            case f.Believes(f.Const(who), body, knows):
                inner = self.truth(body, time, (*chain, who))
                if knows and inner is True and self._mistaken(body, time, chain, who):
                    return False
                return inner
            case f.Not(f.Believes(f.Const()) as believed):
                return self.truth(believed, time, chain) is not True
            case f.Not(body):
                inner = self.truth(body, time, chain)
                return None if inner is None else not inner
            case f.And(parts):
                values = [self.truth(p, time, chain) for p in parts]
                return False if False in values else None if None in values else True
            case f.Or(parts) if parts:
                values = [self.truth(p, time, chain) for p in parts]
                return True if True in values else None if None in values else False
            case f.Forall(var, kind, f.Or((_, f.Believes(f.Const(who), body)))):
                return self._known_who(var, kind, who, body, time, chain)
            case _:
                value = self.evaluate(formula, time, chain)
                if self.bounds and not chain and isinstance(formula, f.Within) and value is None:
                    now = self.timeline.now if time is None else time
                    return within_bounds(self, self.bounds, formula, now)
                if value is False and isinstance(formula, f.Within):
                    if self.top_of(formula, time, chain) is not None or may_have_come(
                        self, formula, time, chain
                    ):
                        return None
                if value is True:
                    return value
                if any(
                    self.evaluate(o, time, chain)
                    for o in worded_otherwise(formula, self.compiled.state)
                ):
                    return True
                if value is None and self.amounts_to(formula, time, chain):
                    return True
                if value is None and self._less_is_false(formula, time, chain):
                    return False
                return self._by_other_names(formula, value, time, chain) if chain else value

    def _less_is_false(self, formula: f.Formula, time: int | None, chain: tuple[str, ...]) -> bool:
        """Whether a deed is known not to have been done of which this would be a case."""
        match formula:
            case f.Equals(f.Value(fluent, args), f.Lit(True)) if fluent.startswith(DID):
                key = fluent, len(args)
            case _:
                return False
        lesser = self._lesser.get(key)
        if lesser is None:
            lesser = self._lesser[key] = less_than(self.compiled.state, *key)
        return any(self.evaluate(f.truth(o, *args), time, chain) is False for o in lesser)

    def amounts_to(self, formula: f.Formula, time: int | None, chain: tuple[str, ...]) -> bool:
        """Whether what was told comes to this, though nobody called it so; of a running story."""
        del formula, time, chain
        return False

    def _mistaken(
        self, body: f.Formula, time: int | None, chain: tuple[str, ...], who: str
    ) -> bool:
        """Whether what a mind holds true, or its answer to a question, is known to be wrong outside of it."""
        now = self.timeline.now if time is None else time
        outside = [self.number(c) for c in chain]
        for part in f.conjuncts(body):
            match part:
                case f.Known(f.Value(fluent, args)) if all(isinstance(a, f.Const) for a in args):
                    about = [self.number(a.thing) for a in args if isinstance(a, f.Const)]
                    is_so, held = (
                        self.timeline.value(now, minds, self.fluent(fluent), about)
                        for minds in (outside, [*outside, self.number(who)])
                    )
                    if is_so is None or held == is_so:
                        continue
                    if fluent == LOCATION and isinstance(held, int):
                        # who knows him to be in the house need not know where in it
                        around = f.Within(args[0], f.Const(self.name(held)))
                        if self.evaluate(around, time, chain) is True:
                            continue
                    return True
                case f.Known() | f.Believes() | f.Not(f.Believes()):
                    continue
                case f.Equals(f.Value(_, args), _) if any(
                    isinstance(a, f.Const) and a.thing in self.model.world.contents for a in args
                ):
                    continue  # what is wanted can be said in many ways
                case _:
                    if self.truth(part, time, chain) is False:
                        return True
        return False

    def _known_who(
        self,
        var: str,
        kind: str,
        who: str,
        body: f.Formula,
        time: int | None,
        chain: tuple[str, ...],
    ) -> bool | None:
        """Whether a mind knows who or what it is that something is true of; None where there is no answer."""
        state = self.compiled.state
        asked = [
            f.substitute(body, {var: f.Const(t)}) for t in state.world.things if state.is_a(t, kind)
        ]
        answers = [one for one in asked if self.evaluate(one, time, chain) is True]
        return (
            all(self.truth(one, time, (*chain, who)) is True for one in answers)
            if answers
            else None
        )

    def top_of(
        self, formula: f.Within, time: int | None = None, chain: tuple[str, ...] = ()
    ) -> str | None:
        """The outermost place around a thing, where nobody said what it is part of: it may lie in the other place."""
        state = self.compiled.state
        if not isinstance(formula.inner, f.Const) or not isinstance(formula.outer, f.Const):
            return None
        if not state.is_a(formula.outer.thing, PLACE):
            return None
        now = self.timeline.now if time is None else time
        minds = [self.number(c) for c in chain]
        here = formula.inner.thing
        for _ in range(50):
            value = self.timeline.value(now, minds, self.fluent(LOCATION), [self.number(here)])
            if not isinstance(value, int) or isinstance(value, bool):
                return None
            around = self.name(value)
            if around == OUTSIDE:
                above = state.is_a(formula.outer.thing, "region") or not state.is_a(here, "region")
                return (
                    here
                    if here != formula.inner.thing
                    and above
                    and not self._inside(formula.outer.thing, here)
                    else None
                )
            here = around
        return None

    def _inside(self, inner: str, outer: str) -> bool:
        return self.evaluate(f.Within(f.Const(inner), f.Const(outer))) is True or self.within_other(
            inner, outer
        )

    def within_other(self, inner: str, outer: str) -> bool:
        """Whether two places that both stand alone are of one rank: a house is not in a house."""
        state = self.compiled.state
        return not state.is_a(inner, "region") and not (
            state.is_a(inner, "building") and state.is_a(outer, "room")
        )

    def _by_other_names(
        self, formula: f.Formula, value: bool | None, time: int | None, chain: tuple[str, ...]
    ) -> bool | None:
        """What a mind holds of somebody under another of his names; what it learned last of him, where the two differ."""
        found: bool | None = None
        for other in self._renamings(formula, time, chain):
            told = self.evaluate(other, time, chain)
            if told is True:
                if value is None or self._learned(other, time, chain) > self._learned(
                    formula, time, chain
                ):
                    return True
            elif told is False:
                found = False
        return found if value is None else value

    def _learned(self, formula: f.Formula, time: int | None, chain: tuple[str, ...]) -> int:
        """When a mind last learned anything of what a formula speaks of; -1 where nothing was ever said of it."""
        now = self.timeline.now if time is None else time
        minds = [self.number(c) for c in chain]

        def things(term: f.Term) -> Iterator[int]:
            match term:
                case f.Const(thing) if thing in self.compiled.numbers.things:
                    yield self.number(thing)
                case f.Value(fluent, args) if all(isinstance(a, f.Const) for a in args):
                    about = [self.number(a.thing) for a in args if isinstance(a, f.Const)]
                    value = self.timeline.value(now, minds, self.fluent(fluent), about)
                    if isinstance(value, int) and not isinstance(value, bool):
                        yield value

        latest = -1
        for fluent, args in asked_about(formula):
            about = [t for a in args for t in things(a)]
            if fluent in self.compiled.numbers.fluents and len(about) == len(args):
                cause = self.timeline.cause(now, minds, self.fluent(fluent), about)
                latest = max(latest, -1 if cause is None else cause)
        return latest

    def _renamings(
        self, formula: f.Formula, time: int | None, chain: tuple[str, ...]
    ) -> list[f.Formula]:
        """The same said of names: what a mind was told of a name holds of whom it takes to bear it."""
        found: list[f.Formula] = []
        plain = unnamed(formula)
        if plain != formula:
            found.append(plain)
        now = self.timeline.now if time is None else time
        who = self.fluent(WHO)
        minds = [self.number(c) for c in chain]
        for name in self.compiled.state.names:
            body = self.timeline.value(now, minds, who, [self.number(name)])
            if isinstance(body, int) and not isinstance(body, bool):
                renamed = rename(formula, self.name(body), name)
                if renamed != formula:
                    found.append(renamed)
                found.extend(said_of_another(formula, self.model.world, self.name(body), name))
                found.extend(self._of_the_bearer(formula, name, self.name(body)))
        return found

    def _of_the_bearer(self, formula: f.Formula, name: str, body: str) -> list[f.Formula]:
        """What is said of the face of the man in black, said of the face of him who is the man in black."""
        things = self.model.world.things.values()
        parts = [t for t in things if t.owner == name]
        own = [
            (p.id, t.id) for p in parts for t in things if t.owner == body and t.kinds == p.kinds
        ]
        return [r for part, same in own if (r := rename(formula, part, same)) != formula]
