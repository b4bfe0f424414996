"""Writes formulas, values and effects in the notation, with no more parentheses than it takes."""

from __future__ import annotations

from fabula.model import formula as f
from fabula.model.story import World


class UnwritableError(Exception):
    """The notation has nothing for this; the message says what it is."""


class Writer:
    """Writes what the model says of a world, with the model's own names."""

    def __init__(self, world: World) -> None:
        self.world = world

    # names
    def thing(self, name: str) -> str:
        """The name of an entity."""
        return name

    def variable(self, name: str) -> str:
        """The name of a variable."""
        return name

    def kind(self, name: str) -> str:
        """The name of a type."""
        return name

    def named(self, name: str) -> str:
        """The name of a property, an action or a trigger."""
        return name

    # formulas
    def condition(self, formula: f.Formula) -> str:
        """A formula as a whole expression."""
        if isinstance(formula, f.And) and formula.parts:
            return " & ".join(self.alternatives(part) for part in formula.parts)
        return self.alternatives(formula)

    def alternatives(self, formula: f.Formula) -> str:
        """A formula where ``&`` needs parentheses."""
        if isinstance(formula, f.Or) and formula.parts:
            return " | ".join(self.simple(part) for part in formula.parts)
        return self.simple(formula)

    def simple(self, formula: f.Formula) -> str:
        """A formula where ``&`` and ``|`` need parentheses."""
        match formula:
            case f.And(parts):
                return f"({self.condition(formula)})" if parts else "True"
            case f.Or(parts):
                return f"({self.condition(formula)})" if parts else "False"
            case f.Equals(left, f.Lit(True)):
                return self.operand(left)
            case f.Equals(left, f.Lit(False)):
                return f"!{self.operand(left)}"
            case f.Equals(left, right):
                return f"{self.value(left)} == {self.value(right)}"
            case f.Not(f.Equals(left, right)) if not _truth(right):
                return f"{self.value(left)} != {self.value(right)}"
            case f.Not(body):
                return f"!{self.simple(body)}"
            case f.Compare(op, left, right):
                return f"{self.value(left)} {op} {self.value(right)}"
            case f.IsKind(term, kind):
                return f"{self.value(term)} : {self.kind(kind)}"
            case f.Exists(var, kind, body):
                return f"exists({self.variable(var)} : {self.kind(kind)}) {self.simple(body)}"
            case f.Forall(var, kind, body):
                return f"forall({self.variable(var)} : {self.kind(kind)}) {self.simple(body)}"
            case f.Believes(who, body):
                return f"believes({self.value(who)}, {self.condition(body)})"
            case f.Known(term):
                return f"{self.value(term)} != ?"
        return self.other(formula)

    def other(self, formula: f.Formula) -> str:
        """A formula that only stories have."""
        raise UnwritableError(type(formula).__name__)

    # values
    def value(self, term: f.Term, op: str = "") -> str:
        """A value as an operand: of a comparison, or the first one of ``op``."""
        if isinstance(term, f.Arith) and not op:
            return self.arithmetic(term)
        if isinstance(term, f.Arith) and term.op == op and op in "+*":
            return self.arithmetic(term)
        return self.operand(term)

    def arithmetic(self, term: f.Arith) -> str:
        """Arithmetic without parentheses around it."""
        return f"{self.value(term.left, term.op)} {term.op} {self.operand(term.right)}"

    def operand(self, term: f.Term) -> str:
        """A value that nothing around it can come between."""
        match term:
            case f.Const(name):
                return self.thing(name)
            case f.Var(name):
                return self.variable(name)
            case f.Lit(value):
                return number(value)
            case f.Value(fluent, args):
                return self.property(fluent, args)
            case f.Believed(who, value):
                return f"believes({self.value(who)}, {self.value(value)})"
            case f.Arith():
                return f"({self.arithmetic(term)})"
            case f.Total(op, var, kind, body):
                return f"({op}({self.variable(var)} : {self.kind(kind)}) {self.operand(body)})"
            case f.Choice():
                return f"({self.choice(term)})"
            case f.Truth(formula):
                return f"({self.condition(formula)})"
        raise AssertionError(term)

    def choice(self, term: f.Choice) -> str:
        """A choice on one line, without parentheses around it."""
        then, otherwise = self.branch(term.then), self.branch(term.otherwise)
        head = f"if({self.condition(term.condition)}) {then}"
        if isinstance(term.otherwise, f.Choice):
            return f"{head} else{self.choice(term.otherwise)}"
        return f"{head} else {otherwise}"

    def branch(self, term: f.Term) -> str:
        """What a choice comes to in one case."""
        return self.operand(term)

    def property(self, fluent: str, args: tuple[f.Term, ...]) -> str:
        """A property of things."""
        name = self.world.fluents[fluent].name or fluent
        return f"{self.named(name)}({', '.join(self.value(a) for a in args)})"

    # effects
    def effect(self, effect: f.Effect) -> str:
        """An effect that stands among others."""
        match effect:
            case f.Assign():
                return self.assignment(effect)
            case f.If(condition, inner):
                return f"if({self.condition(condition)}) {self.one(inner)}"
            case f.Each(var, kind, inner):
                return f"forall({self.variable(var)} : {self.kind(kind)}) {self.one(inner)}"
        raise UnwritableError(type(effect).__name__)

    def one(self, effects: tuple[f.Effect, ...]) -> str:
        """Several effects as one."""
        if len(effects) == 1:
            return self.effect(effects[0])
        return f"({' & '.join(self.effect(e) for e in effects)})"

    def assignment(self, effect: f.Assign) -> str:
        """A property, in somebody's mind or not, and what it becomes."""
        if effect.mode != "set":
            raise UnwritableError(
                "a belief that is taken over only where nothing speaks against it"
            )
        args = tuple(outside(a, effect.believers) for a in effect.args)
        target = self.property(effect.fluent, args)
        value: f.Term | None = effect.value
        if isinstance(value, f.Lit) and isinstance(value.value, bool):
            target = target if value.value else f"!{target}"
            value = None
        for index in range(len(effect.believers) - 1, -1, -1):
            who = outside(effect.believers[index], effect.believers[:index])
            target = f"believes({self.value(who)}, {target})"
        if value is None:
            return target
        if isinstance(value, f.Truth):
            return f"{target} = {self.alternatives(value.formula)}"
        return f"{target} = {self.value(value)}"


def outside(term: f.Term, believers: tuple[f.Term, ...]) -> f.Term:
    """A term as it is written inside of these minds."""
    for who in believers:
        if isinstance(term, f.Believed) and term.who == who:
            term = term.value
        elif not isinstance(term, f.Const | f.Var | f.Lit):
            raise UnwritableError("a belief about what is seen from outside of it")
    return term


def number(value: f.Atomic) -> str:
    """A constant."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return str(value)
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _truth(term: f.Term) -> bool:
    return isinstance(term, f.Lit) and isinstance(term.value, bool)


def condition(formula: f.Formula, world: World) -> str:
    """A formula of a problem in the notation."""
    return Writer(world).condition(formula)


__all__ = ["UnwritableError", "Writer", "condition"]
