"""Who observes an act: the rule's condition as an expression, made once for all acts that share it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fabula.engine.expressions import Expr, Numbers, Scope, expr
from fabula.model import formula as f

OBSERVER = "O"


@dataclass(slots=True)
class Observers:
    """Compiles conditions on the observer; most rules of the library share one of a few."""

    numbers: Numbers
    # By the formula's identity (the formula is kept too, so that it stays its own): whether it asks how the event
    # was said, and its free variables.
    _read: dict[int, tuple[f.Formula, bool, tuple[str, ...]]] = field(default_factory=dict)
    _made: dict[tuple[object, ...], Expr] = field(default_factory=dict)

    def expression(self, formula: f.Formula, scope: Scope, binding: f.Binding) -> tuple[Expr, int]:
        """Who observes an act in this scope, and the number of the variable that stands for him."""
        observer = len(scope.variables)
        inner = Scope(
            self.numbers,
            {**scope.variables, OBSERVER: observer},
            scope.given,
            scope.prepositions,
            scope.missing,
            scope.contents,
            scope.top,
        )
        _, asks, letters = self._reading(formula)
        if asks or not binding.keys().isdisjoint(letters):
            return expr(f.substitute(formula, binding) if binding else formula, inner), observer
        filled = (None if n in inner.missing else inner.variables.get(n) for n in letters)
        key = (id(formula), inner.top, *filled)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = expr(formula, inner)
        return made, observer

    def _reading(self, formula: f.Formula) -> tuple[f.Formula, bool, tuple[str, ...]]:
        read = self._read.get(id(formula))
        if read is None:
            read = (formula, f.asks_telling(formula), tuple(f.variables(formula)))
            self._read[id(formula)] = read
        return read
