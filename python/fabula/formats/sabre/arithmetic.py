"""Reads values: from loose to tight ``*``, ``/``, ``+``, ``-``, of which ``/`` and ``-`` group to the right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count as count_from

from fabula.formats.sabre.cursor import LONGEST, SlipError
from fabula.formats.sabre.names import RESERVED, with_article
from fabula.formats.sabre.typed import UNKNOWN, Typed, Types, as_formula
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, NUMBER
from fabula.model.world import Fluent
from fabula.problems.no_such_property import no_such_property
from fabula.problems.too_nested import too_nested

NUMBERS = (NUMBER,)


class Arithmetic(Types):
    """Values at a cursor. What stands above them in the grammar is the heir's."""

    _in_else = False  # whether a `+ if` belongs to what stands around
    _truths_count = False  # whether a truth is a number too: in utilities

    def expression(self) -> Typed:
        """A whole expression."""
        raise NotImplementedError

    def condition(self) -> Typed:
        """A negation, a quantifier or a comparison."""
        raise NotImplementedError

    def typed(self, node: f.Formula | f.Term, kinds: tuple[str, ...], start: int) -> Typed:
        """What was read from a token to here."""
        return Typed(node, kinds, start, self.cursor.at)

    def arithmetic(self) -> Typed:
        """Quotients joined by ``*``."""
        return self._chain("*", self._quotient)

    def _quotient(self) -> Typed:
        return self._right("/", self._sum)

    def _sum(self) -> Typed:
        return self._chain("+", self._difference)

    def _difference(self) -> Typed:
        return self._right("-", self._atom)

    def _chain(self, op: str, part: Callable[[], Typed]) -> Typed:
        start = self.cursor.at
        left = part()
        for count in count_from(2):
            if not self.cursor.sees(op):
                break
            if count > LONGEST:
                raise SlipError(too_nested(self.cursor.here.span, LONGEST))
            if op == "+" and self._in_else and self.cursor.ahead().text == "if":
                break
            self.cursor.take()
            made = f.Arith(op, self._number(left), self._number(part()))
            left = self.typed(made, NUMBERS, start)
        return left

    def _right(self, op: str, part: Callable[[], Typed]) -> Typed:
        start = self.cursor.at
        left = part()
        if not self.cursor.taken(op):
            return left
        with self.cursor.deeper():
            right = self._right(op, part)
        return self.typed(f.Arith(op, self._number(left), self._number(right)), NUMBERS, start)

    def _number(self, typed: Typed) -> f.Term:
        if typed.boolean and self._truths_count:
            return typed.term
        return self.need_number(typed)

    def _atom(self) -> Typed:
        cursor = self.cursor
        start = cursor.at
        token = cursor.here
        with cursor.deeper():
            if token.kind == "number":
                cursor.take()
                return self.typed(f.Lit(float(token.text)), NUMBERS, start)
            if cursor.taken("-"):
                inner = self.need_number(self._atom())
                if isinstance(inner, f.Lit) and isinstance(inner.value, float):
                    return self.typed(f.Lit(-inner.value), NUMBERS, start)
                return self.typed(f.Arith("-", f.Lit(0.0), inner), NUMBERS, start)
            if cursor.taken("?"):
                return self.typed(f.Lit(None), (UNKNOWN,), start)
            if cursor.taken("("):
                return self._grouped(start)
            if token.kind != "name":
                raise cursor.unexpected("an expression")
            if token.text in ("True", "False"):
                cursor.take()
                return self.typed(f.TRUE if token.text == "True" else f.FALSE, (BOOLEAN,), start)
            if token.text == "believes":
                return self._belief()
            if token.text in ("sum", "product"):
                return self._total()
            if token.text == "if":
                return self._choice()
            if token.text in RESERVED:
                raise cursor.unexpected("an expression")
            if cursor.ahead().text == "(" and cursor.ahead().kind == "symbol":
                return self.fluent()
            term, kinds = self.names.term(cursor.take())
            return self.typed(term, kinds, start)

    def _grouped(self, start: int) -> Typed:
        inside, self._in_else = self._in_else, False
        found = self.expression()
        self._in_else = inside
        self.cursor.need(")")
        return self.typed(found.node, found.kinds, start)

    def _belief(self) -> Typed:
        """``believes(c, …)``: whether somebody believes something, or what a value is in his mind."""
        cursor = self.cursor
        start = cursor.at
        cursor.take()
        cursor.need("(")
        who = self.need_character(self.arithmetic())
        cursor.need(",")
        inside, self._in_else = self._in_else, False
        found = self.expression()
        self._in_else = inside
        cursor.need(")")
        if found.boolean:
            return self.typed(f.Believes(who, found.formula), (BOOLEAN,), start)
        return self.typed(believed(who, found.term), found.kinds, start)

    def quantified(self) -> tuple[str, str]:
        """The variable and type of ``(x : T)``."""
        cursor = self.cursor
        cursor.need("(")
        name = cursor.name("a variable")
        if name.text in RESERVED:
            cursor.at -= 1
            raise cursor.unexpected("a variable")
        cursor.need(":")
        kind = self.names.kind(cursor.name("a type"))
        cursor.need(")")
        return name.text, kind

    def _total(self) -> Typed:
        start = self.cursor.at
        word = self.cursor.take().text
        name, kind = self.quantified()
        with self.names.bound(name, kind):
            body = self._number(self.arithmetic())
        return self.typed(f.Total(word, name, kind, body), NUMBERS, start)

    def _choice(self) -> Typed:
        """``if(C) A elseif(D) B else C``."""
        cursor = self.cursor
        start = cursor.at
        cursor.take()
        cursor.need("(")
        inside, self._in_else = self._in_else, False
        test = self.need_truth(self.expression())
        cursor.need(")")
        then = self.condition()
        if cursor.sees("elseif"):
            self._in_else = inside
            with cursor.deeper():
                otherwise = self._choice()
        else:
            cursor.need("else", hint="a value that depends on something needs both")
            self._in_else = True
            # a comparison behind a number is one of the whole choice
            truth = then.boolean or cursor.sees("!", "forall", "exists")
            otherwise = self.condition() if truth else self.arithmetic()
            self._in_else = inside
        return self._chosen(test, then, otherwise, start)

    def _chosen(self, test: f.Formula, then: Typed, otherwise: Typed, start: int) -> Typed:
        if then.boolean and otherwise.boolean:
            made = f.Choice(test, then.term, otherwise.term)
            return self.typed(f.Equals(made, f.Lit(value=True)), (BOOLEAN,), start)
        if then.number or otherwise.number:
            made = f.Choice(test, self._number(then), self._number(otherwise))
            return self.typed(made, NUMBERS, start)
        for one, other in ((then, otherwise), (otherwise, then)):
            if not one.thing:
                raise self.wrong(one, other.given() if not other.unknown else "an entity")
        return self.typed(f.Choice(test, then.term, otherwise.term), _both(then, otherwise), start)

    def fluent(self) -> Typed:
        """A property of things."""
        cursor = self.cursor
        start = cursor.at
        name = cursor.take()
        known = self.names.properties(name)
        cursor.need("(")
        args: list[Typed] = []
        if not cursor.sees(")"):
            args.append(self.arithmetic())
            while cursor.taken(","):
                args.append(self.arithmetic())
        if not cursor.taken(")"):
            raise cursor.unexpected('","', '")"')
        found = self._declared(known, args)
        if found is None:
            given = f"({', '.join(a.given() for a in args)})"
            raise SlipError(no_such_property(cursor.span(start), name.text, _lists(known), given))
        value = f.Value(found.id, tuple(a.term for a in args))
        if found.result == BOOLEAN:
            return self.typed(as_formula(value), (BOOLEAN,), start)
        return self.typed(value, (found.result,), start)

    def _declared(self, known: list[Fluent], args: list[Typed]) -> Fluent | None:
        """The property that is meant: of those that take these things the narrowest."""
        fitting = [
            fluent
            for fluent in known
            if len(fluent.params) == len(args)
            and all(
                a.thing and not a.unknown and self.names.fits(a.kinds, p)
                for a, p in zip(args, fluent.params, strict=True)
            )
        ]
        for fluent in fitting:
            if all(
                all(
                    self.names.below(p, q) for p, q in zip(fluent.params, other.params, strict=True)
                )
                for other in fitting
            ):
                return fluent
        return fitting[0] if fitting else None


def believed(who: f.Term, value: f.Term) -> f.Term:
    """What a value is in somebody's mind; what cannot change is the same in all."""
    if isinstance(value, f.Const | f.Var | f.Lit):
        return value
    return f.Believed(who, value)


def _both(one: Typed, other: Typed) -> tuple[str, ...]:
    if one.unknown:
        return other.kinds
    return one.kinds if other.unknown or one.kinds == other.kinds else ("entity",)


def _lists(known: list[Fluent]) -> tuple[str, ...]:
    return tuple(f"({', '.join(with_article(p) for p in fluent.params)})" for fluent in known)
