"""Reads effects, which the initial state is made of too."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.formats.sabre.arithmetic import believed
from fabula.formats.sabre.cursor import SlipError
from fabula.formats.sabre.expressions import COMPARISONS, Expressions
from fabula.formats.sabre.names import with_article
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN
from fabula.problems.clashing_effects import clashing_effects
from fabula.problems.no_assignment import no_assignment
from fabula.text.span import Span

WHICH = "it does not say of which"


@dataclass(frozen=True, slots=True)
class Bare:
    """A property that is about to get a value, in the world or in the mind reached by ``believers``."""

    fluent: str
    args: tuple[f.Term, ...]
    result: str
    believers: tuple[f.Term, ...] = ()

    def becomes(self, value: f.Term) -> f.Assign:
        """The assignment."""
        return f.Assign(self.fluent, self.args, value, self.believers)


class Effects(Expressions):
    """Effects at a cursor."""

    def outcome(self) -> tuple[f.Effect, ...]:
        """Effects joined by ``&``, none of which may go against another."""
        parts = self._parts()
        seen: dict[tuple[object, ...], tuple[f.Assign, Span]] = {}
        for effects, span in parts:
            for effect in effects:
                if not isinstance(effect, f.Assign) or not _constant(effect.value):
                    continue
                before, place = seen.setdefault(
                    (effect.fluent, effect.args, effect.believers), (effect, span)
                )
                if not _same(before.value, effect.value):
                    what = f'"{effect.fluent.split("(")[0]}"'
                    first, second = (_shown(e.value) for e in (before, effect))
                    raise SlipError(clashing_effects(span, what, first, second, place.line))
        return tuple(effect for effects, _ in parts for effect in effects)

    def _parts(self) -> list[tuple[tuple[f.Effect, ...], Span]]:
        found: list[tuple[tuple[f.Effect, ...], Span]] = []
        while True:
            start = self.cursor.at
            found.append((self._one(), self.cursor.span(start)))
            if not self.cursor.taken("&"):
                return found

    def _one(self) -> tuple[f.Effect, ...]:
        cursor = self.cursor
        with cursor.deeper():
            if cursor.taken("("):
                found = self.outcome()
                cursor.need(")")
                return found
            if cursor.sees("if"):
                return self._conditional()
            if cursor.taken("forall"):
                name, kind = self.quantified()
                with self.names.bound(name, kind):
                    return (f.Each(name, kind, self._one()),)
            return self._assignment()

    def _conditional(self) -> tuple[f.Effect, ...]:
        """``if(C) E elseif(D) F else G``: each branch is one effect."""
        cursor = self.cursor
        cursor.take()
        cursor.need("(")
        test = self.truth()
        cursor.need(")")
        then = f.If(test, self._one())
        if cursor.sees("elseif"):
            with cursor.deeper():
                return (then, f.If(f.negated(test), self._conditional()))
        if cursor.taken("else"):
            return (then, f.If(f.negated(test), self._one()))
        return (then,)

    def _assignment(self) -> tuple[f.Effect, ...]:
        cursor = self.cursor
        start = cursor.at
        negative = cursor.taken("!")
        if cursor.sees("exists", "sum", "product") or (
            negative and cursor.sees("!", "(", "forall", "if")
        ):
            self._skip()
            raise self._indefinite(
                start, WHICH if not negative else "it does not say what is so instead"
            )
        found = self._told() if cursor.sees("believes") else self._property()
        if isinstance(found, Bare):
            return (self._valued(found, start, negative),)
        if negative:
            raise self._indefinite(start, "it does not say what is believed instead")
        return found

    def _skip(self) -> None:
        """Goes to the end of what cannot be an effect, to show all of it."""
        while self.cursor.here.kind != "end" and not self.cursor.sees(";", "}"):
            self.cursor.take()

    def _indefinite(self, start: int, reason: str) -> SlipError:
        cursor = self.cursor
        return SlipError(no_assignment(cursor.span(start), cursor.words(start), reason))

    def _property(self) -> Bare:
        cursor = self.cursor
        if cursor.here.kind != "name" or cursor.ahead().text != "(":
            raise cursor.unexpected("an effect", hint="effects look like p(x) = y, p(x) or !p(x)")
        start = cursor.at
        found = self.fluent().term
        if not isinstance(found, f.Value):
            raise self._indefinite(start, "it is no property")
        return Bare(found.fluent, found.args, self.names.world.fluents[found.fluent].result)

    def _valued(self, target: Bare, start: int, negative: bool) -> f.Assign:
        cursor = self.cursor
        if cursor.sees("=", "==") and not negative:
            cursor.take()
            return target.becomes(self.need_result(self.alternatives(), target.result))
        if cursor.sees("=", *COMPARISONS):
            cursor.take()
            self.alternatives()
            raise self._indefinite(start, "only a certain value can be given")
        if target.result != BOOLEAN:
            wanted = with_article(target.result)
            raise cursor.unexpected(
                '"="', hint=f"the property is {wanted}, and has to be given one"
            )
        return target.becomes(f.Lit(not negative))

    def _told(self) -> Bare | tuple[f.Effect, ...]:
        """``believes(c, …)``: a property in somebody's mind, or effects there."""
        cursor = self.cursor
        cursor.take()
        cursor.need("(")
        who = self.need_character(self.arithmetic())
        cursor.need(",")
        with cursor.deeper():
            start = cursor.at
            if cursor.sees("believes") or (
                cursor.here.kind == "name" and not cursor.sees("if", "forall", "exists")
            ):
                found = self._told() if cursor.sees("believes") else self._property()
                if isinstance(found, Bare):
                    if cursor.taken(")"):
                        args = tuple(believed(who, a) for a in found.args)
                        return Bare(found.fluent, args, found.result, (who, *found.believers))
                    found = (self._valued(found, start, negative=False),)
            else:
                found = self._one()
            while cursor.taken("&"):
                found = (*found, *self._one())
            cursor.need(")")
        return tuple(within(who, effect) for effect in found)


def within(who: f.Term, effect: f.Effect) -> f.Effect:
    """The effect in somebody's mind, all of it evaluated there."""
    match effect:
        case f.Assign(fluent, args, value, believers):
            return f.Assign(
                fluent,
                tuple(believed(who, a) for a in args),
                believed(who, value),
                (who, *(believed(who, b) for b in believers)),
            )
        case f.If(condition, inner):
            return f.If(f.Believes(who, condition), tuple(within(who, e) for e in inner))
        case f.Each(var, kind, inner):
            return f.Each(var, kind, tuple(within(who, e) for e in inner))
    raise AssertionError(effect)


def _constant(value: f.Term) -> bool:
    return isinstance(value, f.Lit | f.Const)


def _same(one: f.Term, other: f.Term) -> bool:
    return one == other and type(getattr(one, "value", None)) is type(getattr(other, "value", None))


def _shown(value: f.Term) -> str:
    match value:
        case f.Const(thing):
            return thing
        case f.Lit(None):
            return "?"
        case f.Lit(float(number)):
            return f"{number:g}"
        case f.Lit(truth):
            return str(truth)
    return "something else"
