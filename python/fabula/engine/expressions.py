"""Formulas and effects of the model to the kernel's expression trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fabula.model import formula as f
from fabula.model.world import LOCATION, PLACE_OF, WHO

Expr = tuple[Any, ...]


@dataclass(slots=True)
class Numbers:
    """The kernel's numbers of everything that has a name in the model."""

    kinds: dict[str, int] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    fluents: dict[str, int] = field(default_factory=dict)
    thing_ids: list[str] = field(default_factory=list)
    fluent_ids: list[str] = field(default_factory=list)

    def copy(self) -> Numbers:
        """The same numbers, to go on from."""
        return Numbers(
            self.kinds.copy(),
            self.things.copy(),
            self.fluents.copy(),
            self.thing_ids.copy(),
            self.fluent_ids.copy(),
        )


@dataclass(slots=True)
class Scope:
    """Variables in force and what the event fills in."""

    numbers: Numbers
    variables: dict[str, int] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    prepositions: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    contents: Mapping[str, f.Formula | None] = field(default_factory=dict)
    top: int = 0
    strict: bool = False  # nothing falls away: what is not in the story is unknown
    closed: bool = False  # whether ``?`` is a value like any other, and not what nobody knows

    def bind(self, name: str) -> tuple[Scope, int]:
        """A scope with one more variable."""
        index = self.top
        inner = Scope(
            self.numbers,
            {**self.variables, name: index},
            self.given,
            self.prepositions,
            self.missing - {name},
            self.contents,
            index + 1,
            self.strict,
            self.closed,
        )
        return inner, index


class MissingRoleError(Exception):
    """The expression is about a role that the event does not name."""


def term(t: f.Term, scope: Scope) -> Expr:
    """A term; raises MissingRoleError for a role that is not filled."""
    match t:
        case f.Const(thing):
            number = scope.numbers.things.get(thing)
            if number is None:
                raise MissingRoleError(thing)
            return ("entity", number)
        case f.Var(name):
            if name in scope.missing or name not in scope.variables:
                raise MissingRoleError(name)
            return ("var", scope.variables[name])
        case f.Lit(value):
            if value is None:
                return ("?",)
            return ("bool", value) if isinstance(value, bool) else ("num", float(value))
        case f.Value(fluent, args):
            if fluent not in scope.numbers.fluents:
                raise MissingRoleError(fluent)
            return ("fluent", scope.numbers.fluents[fluent], [term(a, scope) for a in args])
        case f.Believed(who, believed):
            return ("believes", term(who, scope), term(believed, scope))
        case f.Truth(formula):
            return _expr(formula, scope)
        case f.Arith(op, left, right):
            return (op, term(left, scope), term(right, scope))
        case f.Total(op, var, kind, body):
            inner, index = scope.bind(var)
            return (op, index, scope.numbers.kinds[kind], term(body, inner))
        case f.Choice(condition, then, otherwise):
            return ("if", _expr(condition, scope), term(then, scope), term(otherwise, scope))
    raise AssertionError(t)


TRUE: Expr = ("bool", True)
FALSE: Expr = ("bool", False)


def _about_missing(formula: f.Formula, scope: Scope) -> bool:
    """Whether a formula is about a role that is not filled, and may fall away."""
    return (
        bool(scope.missing)
        and not scope.strict
        and not scope.missing.isdisjoint(f.variables(formula))
    )


def expr(formula: f.Formula, scope: Scope) -> Expr:
    """A formula; parts about roles that are not filled fall away."""
    try:
        return _expr(formula, scope)
    except MissingRoleError:
        if scope.strict:
            raise
        return TRUE


def _expr(formula: f.Formula, scope: Scope) -> Expr:
    match formula:
        case f.Equals(left, f.Lit(value)) if isinstance(value, bool):
            atom = term(left, scope)
            return atom if value else ("not", atom)
        case f.Equals(left, f.Lit(None)) if not scope.closed:
            return ("not", ("known", term(left, scope)))
        case f.Equals(left, right):
            return ("==", term(left, scope), term(right, scope))
        case f.Compare(op, left, right):
            return (op, term(left, scope), term(right, scope))
        case f.Not(f.Given(role, preposition)):
            return FALSE if _given(scope, role, preposition) else TRUE
        case f.Not(body):
            if not isinstance(body, f.Or) and _about_missing(body, scope):
                # of somebody who is not named it is not said that nobody holds him, nor that anybody does
                raise MissingRoleError(str(body))
            return ("not", _expr(body, scope))
        case f.And(parts):
            found = [e for e in (expr(p, scope) for p in parts) if e != TRUE]
            return ("and", found) if len(found) != 1 else found[0]
        case f.Or(parts):
            kept = []
            for part in parts:
                if _about_missing(part, scope):
                    continue  # an alternative about nobody is none
                try:
                    kept.append(_expr(part, scope))
                except MissingRoleError:
                    if scope.strict:
                        raise
                    continue
            if parts and not kept and not scope.strict:
                raise MissingRoleError(str(parts[0]))
            return ("or", kept) if len(kept) != 1 else kept[0]
        case f.IsKind(t, kind):
            return ("is", term(t, scope), scope.numbers.kinds[kind])
        case f.Exists(var, kind, body) | f.Forall(var, kind, body):
            inner, index = scope.bind(var)
            word = "exists" if isinstance(formula, f.Exists) else "forall"
            return (word, index, scope.numbers.kinds[kind], _expr(body, inner))
        case f.Believes(who, body):
            return ("believes", term(who, scope), _expr(body, scope))
        case f.Known(t):
            return ("known", term(t, scope))
        case f.Within(inner_term, outer):
            return (
                "within",
                term(inner_term, scope),
                term(outer, scope),
                scope.numbers.fluents[LOCATION],
            )
        case f.Given(role, preposition):
            return TRUE if _given(scope, role, preposition) else FALSE
        case f.Holds(content):
            said = scope.contents.get(content)
            return TRUE if said is None else _expr(said, scope)
    raise AssertionError(formula)


def _given(scope: Scope, role: str, preposition: str) -> bool:
    return role in scope.given and (
        not preposition or scope.prepositions.get(role, "") == preposition
    )


def effects(items: tuple[f.Effect, ...], scope: Scope) -> list[Expr]:
    """Effects; those about roles that are not filled fall away. ``Tell`` is expanded before this."""
    found: list[Expr] = []
    for item in items:
        try:
            found.extend(_effect(item, scope))
        except MissingRoleError:
            continue
    return found


def _is_missing(value: f.Term, scope: Scope) -> bool:
    """Whether something comes to be with somebody whom nobody named."""
    return isinstance(value, f.Var) and value.name in scope.missing


def _effect(item: f.Effect, scope: Scope) -> list[Expr]:
    match item:
        case f.Assign(fluent, args, value, believers, mode):
            number = scope.numbers.fluents[fluent]
            arguments = [term(a, scope) for a in args]
            if fluent == LOCATION and not believers and _is_missing(value, scope):
                return [("set", number, arguments, ("?",))]  # "The ring is stolen": it is gone
            target = term(value, scope)
            if not believers:
                if fluent == LOCATION and isinstance(value, f.Value) and value.fluent == PLACE_OF:
                    # around the outermost places is no place, but the world outside
                    around = term(f.Value(LOCATION, value.args), scope)
                    target = ("if", ("known", target), target, around)
                return [("set", number, arguments, target)]
            chain = [term(b, scope) for b in believers]
            inside = any(_about_names(a) for a in (*args, value))
            return [("believe", chain, number, arguments, target, mode, inside)]
        case f.If(condition, inner):
            test = _expr(condition, scope)
            if test == FALSE:
                return []
            done = effects(inner, scope)
            if not done or test == TRUE:
                return done
            return [("if", test, done)]
        case f.Each(var, kind, inner):
            nested, index = scope.bind(var)
            done = effects(inner, nested)
            return [("forall", index, scope.numbers.kinds[kind], done)] if done else []
        case f.Absent(who, place):
            return [
                ("absent", term(who, scope), scope.numbers.fluents[LOCATION], term(place, scope))
            ]
        case f.Hold(content, believers, mode):
            body = scope.contents.get(content)
            if body is None:
                return []
            return effects(held(body, believers, mode), scope)
        case f.Tell():
            return []
    raise AssertionError(item)


def _about_names(t: f.Term) -> bool:
    """Whether a term goes through somebody's idea of who a name is."""
    return isinstance(t, f.Value) and (t.fluent == WHO or any(_about_names(a) for a in t.args))


def held(body: f.Formula, believers: tuple[f.Term, ...], mode: str = "set") -> tuple[f.Effect, ...]:
    """The effects that make a content true in a mind, as far as it says something definite.

    What is said of a name is kept with the name, since who that is may be learned later, or never; and it holds of
    whoever that mind takes to bear the name.
    """
    from fabula.language.effects import NoEffect, believed, make_true

    found: list[f.Effect] = []
    for part in f.conjuncts(body):
        for version in dict.fromkeys((part, unnamed(part))):
            try:
                if believers:
                    made = believed(believers[-1], version, {})
                    for before in reversed(believers[:-1]):
                        made = tuple(_prefix(before, e) for e in made)
                else:
                    made = make_true(version)
            except NoEffect:
                continue
            found.extend(_with_mode(e, mode) for e in made)
    return tuple(found)


def _prefix(who: f.Term, effect: f.Effect) -> f.Effect:
    match effect:
        case f.Assign(fluent, args, value, believers, mode):
            return f.Assign(fluent, args, value, (who, *believers), mode)
        case f.If(condition, inner):
            return f.If(f.Believes(who, condition), tuple(_prefix(who, e) for e in inner))
        case f.Each(var, kind, inner):
            return f.Each(var, kind, tuple(_prefix(who, e) for e in inner))
    return effect


def _with_mode(effect: f.Effect, mode: str) -> f.Effect:
    if mode == "set":
        return effect
    match effect:
        case f.Assign(fluent, args, value, believers, "set") if len(believers) == 1:
            return f.Assign(fluent, args, value, believers, mode)
        case f.If(condition, inner):
            return f.If(condition, tuple(_with_mode(e, mode) for e in inner))
        case f.Each(var, kind, inner):
            return f.Each(var, kind, tuple(_with_mode(e, mode) for e in inner))
    return effect


def unnamed(formula: f.Formula) -> f.Formula:
    """The formula about names themselves in place of whoever bears them."""

    def of(t: f.Term) -> f.Term:
        if isinstance(t, f.Value):
            if t.fluent == WHO and isinstance(t.args[0], f.Const):
                return t.args[0]
            return f.Value(t.fluent, tuple(of(a) for a in t.args))
        return t

    match formula:
        case f.Equals(f.Value(fluent, _) as left, right):
            if fluent == WHO:
                return formula
            return f.Equals(of(left), of(right))
        case f.Equals(left, right):
            return formula
        case f.Within(inner, outer):
            return f.Within(of(inner), of(outer))
        case f.Not(body):
            return f.Not(unnamed(body))
        case f.And(parts):
            return f.And(tuple(unnamed(p) for p in parts))
        case f.Or(parts):
            return f.Or(tuple(unnamed(p) for p in parts))
        case f.Believes(who, body, knows):
            return f.Believes(of(who), unnamed(body), knows)
        case f.Exists(var, kind, body):
            return f.Exists(var, kind, unnamed(body))
        case f.Forall(var, kind, body):
            return f.Forall(var, kind, unnamed(body))
        case f.Known(f.Value(fluent, _) as t) if fluent != WHO:
            return f.Known(of(t))
    return formula
