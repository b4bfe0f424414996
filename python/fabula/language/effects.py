"""Formulas to effects: what has to change for a formula to come true."""

from __future__ import annotations

from fabula.model import formula as f
from fabula.model.world import DESCRIPTION, LOCATION, OUTSIDE, PLACE_OF, WHO

# Where something is that is known to have left a place, and not known to be anywhere else.
ELSEWHERE = f.Const(OUTSIDE)


class NoEffect(Exception):  # noqa: N818
    """A formula that cannot simply be made true (a disjunction, say)."""


def make_true(
    formula: f.Formula, exclusive: dict[str, tuple[str, ...]] | None = None
) -> tuple[f.Effect, ...]:
    """The effects that make a formula true.

    ``exclusive`` gives the other values of one-of-several properties, which become false.
    Raises NoEffect where nothing definite would have to change.
    """
    others = exclusive or {}
    match formula:
        case f.And(parts):
            return tuple(effect for part in parts for effect in make_true(part, others))
        case f.Equals(f.Value(fluent, args), right):
            if fluent == PLACE_OF:
                return (f.Assign(LOCATION, args, _around(right)),)
            found: list[f.Effect] = [f.Assign(fluent, args, right)]
            if right == f.Lit(True):
                found.extend(
                    f.Assign(other, args, f.Lit(False)) for other in others.get(fluent, ())
                )
            return tuple(found)
        case f.Equals(f.Const(), f.Value(fluent, args)):
            return (f.Assign(fluent, args, formula.left),)
        case f.Within(inner, outer):
            return (f.Assign(LOCATION, (inner,), _around(outer)),)
        case f.Not(f.Within(inner, outer) as inside):
            return (f.If(inside, (f.Assign(LOCATION, (inner,), ELSEWHERE),)),)
        case f.Not(f.IsKind(f.Value(fluent, args), _) as test):
            return (f.If(test, (f.Assign(fluent, args, f.Lit(None)),)),)
        case f.Not(f.Equals(f.Value(fluent, args), right) as test):
            if fluent in (PLACE_OF, LOCATION):
                return (f.If(test, (f.Assign(LOCATION, args, ELSEWHERE),)),)
            return (f.If(test, (f.Assign(fluent, args, f.Lit(None)),)),)
        case f.Forall(var, kind, body):
            return (f.Each(var, kind, make_true(body, others)),)
        case f.Or(parts) if len(parts) > 1:
            # "whoever is in P is in danger": not in P, or in danger
            condition = f.conjunction([f.negated(part) for part in parts[:-1]])
            return (f.If(condition, make_true(parts[-1], others)),)
        case f.Not(f.Exists(var, kind, body)):
            parts_of = f.conjuncts(body)
            last = make_true(f.negated(parts_of[-1]), others)
            conditions = parts_of[:-1]
            inner_effects = (f.If(f.conjunction(conditions), last),) if conditions else last
            return (f.Each(var, kind, inner_effects),)
        case f.Believes(who, body):
            return believed(who, body, others)
        case f.Not(f.Believes(who, body)):
            return disbelieved(who, body)
        case f.Holds(content):
            return (f.Hold(content),)
        case f.Known() | f.IsKind() | f.Given():
            return ()
        case f.Not(f.And(parts)):
            return make_true(f.negated(parts[-1]), others)
    raise NoEffect(repr(formula))


def _around(place: f.Term) -> f.Term:
    """Where one comes to be: what lies around a place may be no more than the world outside."""
    match place:
        case f.Value("place of", (f.Value("place of", _) as inner,)):
            return f.Value(LOCATION, (inner,))
    return place


def believed(
    who: f.Term, body: f.Formula, others: dict[str, tuple[str, ...]]
) -> tuple[f.Effect, ...]:
    """Effects that put a formula into somebody's mind; of what is asked about, the true value."""
    match body:
        case f.And(parts):
            return tuple(effect for part in parts for effect in believed(who, part, others))
        case f.Known(f.Value("who", (f.Var() as bearer,)) as asked):
            # who somebody is: the bearer of a name, or all the names of a body
            name = f.Var("?name")
            bears = f.Equals(f.Value(WHO, (name,)), bearer)
            names = f.Each(
                "?name", DESCRIPTION, (f.If(bears, (f.Assign(WHO, (name,), bearer, (who,)),)),)
            )
            return (f.Assign(WHO, (bearer,), asked, (who,)), names)
        case f.Known(f.Value(fluent, args)):
            fluent = LOCATION if fluent == PLACE_OF else fluent
            return (f.Assign(fluent, args, f.Value(fluent, args), (who,)),)
        case f.Known():
            return ()
        case f.Forall(var, kind, inner) if _asks(inner):
            return (f.Each(var, kind, believed(who, inner, others)),)
        case f.Holds(content):
            return (f.Hold(content, (who,)),)
    return tuple(_prefixed(who, effect) for effect in make_true(body, others))


def _asks(body: f.Formula) -> bool:
    return all(isinstance(part, f.Known) for part in f.conjuncts(body))


def _prefixed(who: f.Term, effect: f.Effect) -> f.Effect:
    match effect:
        case f.Assign(fluent, args, value, believers, mode):
            return f.Assign(fluent, args, value, (who, *believers), mode)
        case f.If(condition, effects):
            if all(
                isinstance(e, f.Assign) and e.value in (f.Lit(None), ELSEWHERE) for e in effects
            ):
                # "believes that X is not in P": gives up the belief that X is there
                found = effects[0]
                assert isinstance(found, f.Assign)
                if isinstance(condition, f.Within):
                    return f.Assign(
                        found.fluent, found.args, condition.outer, (who, *found.believers), "not"
                    )
                if isinstance(condition, f.Equals):
                    return f.Assign(
                        found.fluent, found.args, condition.right, (who, *found.believers), "not"
                    )
            return f.If(f.Believes(who, condition), tuple(_prefixed(who, e) for e in effects))
        case f.Each(var, kind, effects):
            return f.Each(var, kind, tuple(_prefixed(who, e) for e in effects))
        case f.Hold(content, believers, mode):
            return f.Hold(content, (who, *believers), mode)
        case f.Tell() | f.Absent():
            return effect


def disbelieved(who: f.Term, body: f.Formula) -> tuple[f.Effect, ...]:
    """Effects that take a formula out of somebody's mind, to not knowing."""
    match body:
        case f.And(parts):
            return tuple(effect for part in parts for effect in disbelieved(who, part))
        case f.Known(f.Value(fluent, args)):
            fluent = LOCATION if fluent == PLACE_OF else fluent
            return (f.Assign(fluent, args, f.Lit(None), (who,)),)
        case f.Equals(f.Value(fluent, args), right):
            return (f.Assign(fluent, args, right, (who,), "not"),)
        case f.Within(inner, outer):
            return (f.Assign(LOCATION, (inner,), outer, (who,), "not"),)
        case f.Believes(other, inner_body):
            return tuple(_prefixed(who, effect) for effect in disbelieved(other, inner_body))
        case f.Holds(content):
            return (f.Hold(content, (who,), "not"),)
        case _:
            return ()
