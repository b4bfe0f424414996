"""Reads conditions and comparisons: ``|`` binds tighter than ``&``, and ``!`` takes a whole comparison."""

from __future__ import annotations

from fabula.formats.sabre.arithmetic import Arithmetic
from fabula.formats.sabre.typed import Typed, as_formula
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN

COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")
TRUTH = (BOOLEAN,)


class Expressions(Arithmetic):
    """Expressions at a cursor; each method reads one level of binding, the loosest first."""

    def truth(self) -> f.Formula:
        """A whole expression that has to be true or false."""
        return self.need_truth(self.expression())

    def expression(self) -> Typed:
        """Alternatives joined by ``&``."""
        return self._joined("&")

    def alternatives(self) -> Typed:
        """Comparisons joined by ``|``."""
        return self._joined("|")

    def _joined(self, symbol: str) -> Typed:
        read = self.alternatives if symbol == "&" else self.condition
        start = self.cursor.at
        first = read()
        if not self.cursor.sees(symbol):
            return first
        parts = [self.need_truth(first)]
        while self.cursor.taken(symbol):
            parts.append(self.need_truth(read()))
        joined = f.conjunction(parts) if symbol == "&" else _disjunction(parts)
        return self.typed(joined, TRUTH, start)

    def condition(self) -> Typed:
        """A negation, a quantifier or a comparison."""
        cursor = self.cursor
        start = cursor.at
        with cursor.deeper():
            if cursor.taken("!"):
                return self.typed(f.negated(self.need_truth(self.condition())), TRUTH, start)
            if cursor.sees("forall", "exists"):
                word = cursor.take().text
                name, kind = self.quantified()
                with self.names.bound(name, kind):
                    body = self.need_truth(self.condition())
                made = f.Forall if word == "forall" else f.Exists
                return self.typed(made(name, kind, body), TRUTH, start)
            return self.comparison()

    def comparison(self) -> Typed:
        """A value, compared with another or tested for its type, or alone."""
        cursor = self.cursor
        start = cursor.at
        left = self.arithmetic()
        if cursor.sees(":"):
            if not left.thing or left.unknown:
                return left
            cursor.take()
            kind = self.names.kind(cursor.name("a type"))
            return self.typed(f.IsKind(left.term, kind), TRUTH, start)
        if cursor.sees("="):
            raise cursor.unexpected('"=="', hint='"=" gives a value, "==" compares two')
        if not cursor.sees(*COMPARISONS):
            return left
        op = cursor.take().text
        right = self.arithmetic()
        if cursor.sees(*COMPARISONS):
            raise cursor.unexpected('"&"', '"|"', '";"', hint="comparisons are not chained")
        return self.typed(self._compared(op, left, right), TRUTH, start)

    def _compared(self, op: str, left: Typed, right: Typed) -> f.Formula:
        if op not in ("==", "!="):
            return f.Compare(op, self.need_number(left), self.need_number(right))
        if left.boolean:
            other = self.need_truth(right)
            equal = _same_truth(left, right, other)
        elif left.number:
            equal = f.Equals(left.term, self.need_number(right))
        else:
            if not right.thing:
                raise self.wrong(right, left.given() if not left.unknown else "an entity")
            equal = f.Equals(left.term, right.term)
        return equal if op == "==" else f.negated(equal)


def _same_truth(left: Typed, right: Typed, other: f.Formula) -> f.Formula:
    """That two truths are the same; one of a constant is the other itself."""
    for constant, formula in ((other, left.formula), (left.formula, other)):
        if constant == f.TRUE:
            return formula
        if constant == f.FALSE:
            return f.negated(formula)
    return f.Equals(left.term, right.term)


def _disjunction(parts: list[f.Formula]) -> f.Formula:
    flat: list[f.Formula] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, f.Or) and part.parts else (part,))
    return f.Or(tuple(flat))


__all__ = ["Expressions", "as_formula"]
