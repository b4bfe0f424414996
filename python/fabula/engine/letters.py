"""Letters of a rule that are no roles: "Y has H; … then: Y is dead" speaks of one Y throughout."""

from __future__ import annotations

from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.world import THING, Action, Need


def bound(action: Action, state: State) -> tuple[tuple[Need, ...], tuple[f.Effect, ...]]:
    """A rule's needs and effects, where what a free letter stands for is settled by the first need about it."""
    defining: dict[str, f.Formula] = {}
    needs: list[Need] = []
    roles = {p.name for p in action.params}
    for need in action.needs:
        formula = need.formula
        if isinstance(formula, f.Exists) and _letter(formula.var) and formula.var not in roles:
            known = defining.get(formula.var)
            if known is None:
                defining[formula.var] = formula.body
            else:
                formula = f.Exists(formula.var, formula.kind, f.conjunction([known, formula.body]))
        needs.append(Need(formula, need.text))
    if not defining:
        return action.needs, action.effects
    effects: list[f.Effect] = []
    for effect in action.effects:
        for letter, body in defining.items():
            kind = _kind(effect, letter, state)
            if kind is not None:
                effect = f.Each(letter, kind, (f.If(body, (effect,)),))
        effects.append(effect)
    return tuple(needs), tuple(effects)


def _letter(name: str) -> bool:
    return len(name) == 1 and name.isupper()


def _kind(effect: f.Effect, letter: str, state: State) -> str | None:
    """The kind of thing that an effect takes a letter for; None if it does not speak of it."""
    match effect:
        case f.Assign(fluent, args, value, believers, _):
            info = state.world.fluents.get(fluent)
            for index, arg in enumerate(args):
                if arg == f.Var(letter):
                    return (
                        info.params[index]
                        if info is not None and index < len(info.params)
                        else THING
                    )
            return THING if f.Var(letter) in (value, *believers) else None
        case f.If(condition, effects):
            inner = next((k for e in effects if (k := _kind(e, letter, state)) is not None), None)
            return THING if inner is None and letter in f.variables(condition) else inner
        case f.Each(var, _, effects) if var != letter:
            return next((k for e in effects if (k := _kind(e, letter, state)) is not None), None)
    return None
