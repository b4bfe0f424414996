"""When-rules in a form that the kernel can join: one rule for each way its condition can hold, like ones merged."""

from __future__ import annotations

from itertools import product

from fabula.model import formula as f
from fabula.model.sharing import Remembered
from fabula.model.world import LOCATION, LOOKS, THING, Action, Param, Trigger

MOST_WAYS = 64


def disguised(action: Action) -> bool:
    """Whether an act may make somebody look like another."""
    return any(_sets_looks(effect) for effect in action.effects)


def _sets_looks(effect: f.Effect) -> bool:
    match effect:
        case f.Assign(fluent, _, _, ()):
            return fluent == LOOKS
        case f.If(_, inner) | f.Each(_, _, inner):
            return any(_sets_looks(e) for e in inner)
    return False


def _about_looks(condition: f.Formula) -> bool:
    """Whether a condition asks that somebody look like another."""
    return any(
        isinstance(part, f.Equals) and isinstance(part.left, f.Value) and part.left.fluent == LOOKS
        for part in f.conjuncts(condition)
    )


def _as_itself(who: f.Term) -> f.Formula:
    return f.Not(
        f.And((f.Known(f.Value(LOOKS, (who,))), f.Not(f.Equals(f.Value(LOOKS, (who,)), who))))
    )


# What one sees of somebody in disguise, or in his hands, is not seen of him: only what he does is taken in, as
# done by whom he looks like.
UNDISGUISED = (_as_itself(f.Var("Y")), _as_itself(f.Value(LOCATION, (f.Var("Y"),))))


def ways(formula: f.Formula) -> list[tuple[tuple[Param, ...], tuple[f.Formula, ...]]]:
    """Disjunctive normal form: for each way the variables it needs besides the free ones, and its conjuncts.

    Only what stands positively is split; negations are left whole, they only filter.
    """
    match formula:
        case f.And(parts):
            return [
                (tuple(p for c in choice for p in c[0]), tuple(q for c in choice for q in c[1]))
                for choice in product(*(ways(p) for p in parts))
            ]
        case f.Or(parts):
            return [way for part in parts for way in ways(part)]
        case f.Exists(var, kind, body):
            return [((Param(var, kind), *params), conjuncts) for params, conjuncts in ways(body)]
    return [((), (formula,))]


def split(triggers: list[Trigger], disguises: bool = True) -> list[Trigger]:
    """Triggers with a single way each; those with the same condition are one, their effects guarded by kind."""
    return _SPLIT.of((disguises, *triggers), lambda: _split(triggers, disguises))


_SPLIT = Remembered[list[Trigger]](8)


def _split(triggers: list[Trigger], disguises: bool) -> list[Trigger]:
    merged: dict[tuple[object, ...], list[tuple[Trigger, str, tuple[f.Effect, ...]]]] = {}
    order: list[tuple[tuple[object, ...], tuple[Param, ...], f.Formula]] = []
    for trigger in triggers:
        if not disguises and _about_looks(trigger.condition):
            continue  # nobody here will ever look like another
        found = ways(trigger.condition)
        if len(found) > MOST_WAYS:
            found = [((), f.conjuncts(trigger.condition))]
        for extra, conjuncts in found:
            pair = [p for p in trigger.params if p.name in ("O", "Y")]
            seen = len(pair) == len(trigger.params) == 2
            if seen and disguises:
                conjuncts = (*conjuncts, *UNDISGUISED)
            condition = f.conjunction(list(dict.fromkeys(conjuncts)))
            kind = next((p.kind for p in trigger.params if p.name == "Y"), THING) if seen else ""
            params = tuple(
                Param(p.name, THING if seen and p.name == "Y" else p.kind) for p in trigger.params
            )
            params = (*params, *extra)
            key: tuple[object, ...] = (
                (params, condition) if seen else (params, condition, trigger.id)
            )
            if key not in merged:
                merged[key] = []
                order.append((key, params, condition))
            merged[key].append((trigger, kind, trigger.effects))
    result: list[Trigger] = []
    for same, params, condition in order:
        effects: list[f.Effect] = []
        for _, kind, done in merged[same]:
            if kind and kind != THING:
                effects.append(f.If(f.IsKind(f.Var("Y"), kind), done))
            else:
                effects.extend(done)
        first = merged[same][0][0]
        text = first.text if len(merged[same]) == 1 else "One can see …"
        result.append(
            Trigger(first.id, params, condition, tuple(effects), text, first.file, first.line)
        )
    return result
