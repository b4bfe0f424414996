"""The first state of a planning problem: its statements carried out in order, before any trigger."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fabula.model import formula as f
from fabula.model.planning import PlanningProblem
from fabula.model.story import World

# None is ``?``; a string is a thing
FirstValue = bool | float | str | None
Env = dict[str, str]
Chain = tuple[str, ...]
Key = tuple[str, tuple[str, ...]]

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(slots=True)
class FirstState:
    """Facts, and what was said of beliefs; what was not said is as in the mind around it."""

    world: World
    facts: dict[Key, FirstValue] = field(default_factory=dict)
    beliefs: dict[tuple[Chain, Key], FirstValue] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)

    def look(self, chain: Chain, key: Key) -> FirstValue:
        """The value of a fluent in the mind that a chain of characters leads to."""
        while chain:
            if (chain, key) in self.beliefs:
                return self.beliefs[chain, key]
            chain = chain[:-1]
        if key in self.facts:
            return self.facts[key]
        return self.world.fluents[key[0]].default

    def of_kind(self, kind: str) -> list[str]:
        """The things of a kind."""
        if kind not in self.members:
            self.members[kind] = [t for t in self.world.things if self.world.is_a(t, kind)]
        return self.members[kind]

    # values
    def value(self, term: f.Term, chain: Chain, env: Env) -> FirstValue:
        """What a term comes to in a mind."""
        match term:
            case f.Const(thing):
                return thing
            case f.Var(name):
                return env[name]
            case f.Lit(value):
                return value
            case f.Value(fluent, args):
                key = self.key(fluent, args, chain, env)
                return self.look(chain, key) if key is not None else None
            case f.Believed(who, inner):
                mind = self.mind(who, chain, env)
                return self.value(inner, mind, env) if mind is not None else None
            case f.Truth(formula):
                return self.truth(formula, chain, env)
            case f.Arith(op, left, right):
                return _computed(op, self.value(left, chain, env), self.value(right, chain, env))
            case f.Total(op, var, kind, body):
                found = [_number(self.value(body, chain, e)) for e in self.bindings(var, kind, env)]
                known = [x for x in found if x is not None]
                if len(known) < len(found):
                    return None
                return math.fsum(known) if op == "sum" else float(math.prod(known))
            case f.Choice(condition, then, otherwise):
                chosen = then if self.truth(condition, chain, env) else otherwise
                return self.value(chosen, chain, env)
        raise AssertionError(term)

    def truth(self, formula: f.Formula, chain: Chain, env: Env) -> bool:
        """Whether a formula holds in a mind."""
        match formula:
            case f.Equals(left, right):
                one, other = self.value(left, chain, env), self.value(right, chain, env)
                return one == other and isinstance(one, bool) == isinstance(other, bool)
            case f.Compare(op, left, right):
                one = _number(self.value(left, chain, env))
                other = _number(self.value(right, chain, env))
                return one is not None and other is not None and COMPARE[op](one, other)
            case f.Not(body):
                return not self.truth(body, chain, env)
            case f.And(parts):
                return all(self.truth(part, chain, env) for part in parts)
            case f.Or(parts):
                return any(self.truth(part, chain, env) for part in parts)
            case f.IsKind(term, kind):
                thing = self.value(term, chain, env)
                return isinstance(thing, str) and self.world.is_a(thing, kind)
            case f.Exists(var, kind, body):
                return any(self.truth(body, chain, e) for e in self.bindings(var, kind, env))
            case f.Forall(var, kind, body):
                return all(self.truth(body, chain, e) for e in self.bindings(var, kind, env))
            case f.Believes(who, body):
                mind = self.mind(who, chain, env)
                return mind is not None and self.truth(body, mind, env)
        raise AssertionError(formula)

    def bindings(self, var: str, kind: str, env: Env) -> Iterator[Env]:
        """The environments in which a variable is one thing of a kind after the other."""
        for thing in self.of_kind(kind):
            yield {**env, var: thing}

    def key(self, fluent: str, args: tuple[f.Term, ...], chain: Chain, env: Env) -> Key | None:
        """A fluent of certain things; None where one of them is none."""
        things = [self.value(a, chain, env) for a in args]
        known = tuple(t for t in things if isinstance(t, str))
        return (fluent, known) if len(known) == len(things) else None

    def mind(self, who: f.Term, chain: Chain, env: Env) -> Chain | None:
        """The chain to somebody's mind; who believes something believes that he does."""
        person = self.value(who, chain, env)
        if not isinstance(person, str):
            return None
        return chain if chain[-1:] == (person,) else (*chain, person)

    # statements
    def carry_out(self, effect: f.Effect, env: Env) -> None:
        """Makes a statement true."""
        match effect:
            case f.Assign(fluent, args, value, believers):
                found = self.value(value, (), env)
                key = self.key(fluent, args, (), env)
                mind: Chain | None = ()
                for who in believers:
                    person = self.value(who, (), env)
                    mind = (
                        self.mind(f.Const(person), mind or (), env)
                        if isinstance(person, str)
                        else None
                    )
                    if mind is None:
                        return
                if key is None or mind is None:
                    return
                if mind:
                    self.beliefs[mind, key] = found
                else:
                    self.facts[key] = found
            case f.If(condition, inner):
                if self.truth(condition, (), env):
                    for one in inner:
                        self.carry_out(one, env)
            case f.Each(var, kind, inner):
                for binding in self.bindings(var, kind, env):
                    for one in inner:
                        self.carry_out(one, binding)
            case _:
                raise AssertionError(effect)


def first_state(problem: PlanningProblem) -> FirstState:
    """The state that a problem's statements make."""
    state = FirstState(problem.world)
    for effect in problem.initial:
        state.carry_out(effect, {})
    return state


def _number(value: FirstValue) -> float | None:
    return float(value) if isinstance(value, bool | float | int) else None


def _computed(op: str, left: FirstValue, right: FirstValue) -> FirstValue:
    one, other = _number(left), _number(right)
    if one is None or other is None:
        return None
    try:
        found = ARITHMETIC[op](one, other)
    except (ZeroDivisionError, OverflowError):
        return None
    return found if math.isfinite(found) else None
