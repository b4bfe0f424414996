"""Whom and what a formula is about, as a mind takes the names in it."""

from __future__ import annotations

from fabula.engine.stage import Stage
from fabula.model import formula as f
from fabula.model.world import WHO


def resolved(mind: Stage, formula: f.Formula) -> f.Formula:
    """A formula about whoever bears a name, as one about whom this mind takes him to be."""
    binding = {
        name: f.Const(body) for name in mind.compiled.state.names if (body := mind.bearer_of(name))
    }

    def of(t: f.Term) -> f.Term:
        if isinstance(t, f.Value):
            if t.fluent == WHO and isinstance(t.args[0], f.Const) and t.args[0].thing in binding:
                return binding[t.args[0].thing]
            return f.Value(t.fluent, tuple(of(a) for a in t.args))
        return t

    match formula:
        case f.Equals(left, right):
            return f.Equals(of(left), of(right))
        case f.Within(inner, outer):
            return f.Within(of(inner), of(outer))
        case f.Not(inner_formula):
            return f.Not(resolved(mind, inner_formula))
        case f.And(parts):
            return f.And(tuple(resolved(mind, part) for part in parts))
        case f.Or(parts):
            return f.Or(tuple(resolved(mind, part) for part in parts))
    return formula


def things_of(mind: Stage, formula: f.Formula) -> set[str]:
    """What a formula speaks of, by name or as some thing of a kind."""
    state = mind.compiled.state
    found: set[str] = set()

    def of(t: f.Term) -> None:
        if isinstance(t, f.Const):
            found.add(t.thing)
        elif isinstance(t, f.Value):
            for a in t.args:
                of(a)

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, right) | f.Within(left, right) | f.Compare(_, left, right):
                of(left)
                of(right)
            case f.Not(body) | f.Believes(_, body):
                walk(body)
            case f.And(parts) | f.Or(parts):
                for one in parts:
                    walk(one)
            case f.Exists(_, kind, body) | f.Forall(_, kind, body):
                found.update(t for t in state.world.things if state.is_a(t, kind))
                walk(body)

    walk(resolved(mind, formula))
    return found & set(state.world.things)
