"""Who has died in what was told so far: of several that "the soldier" may mean, the one who acts is alive."""

from __future__ import annotations

from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Happening, Stated, members
from fabula.model.world import Action


def dead(state: State) -> set[str]:
    """Those of whom an act was told that is the death of whoever it is done to."""
    found: set[str] = set()
    for step in state.steps:
        if isinstance(step, Stated):
            found.update(_said_dead(step.formula))
        if not isinstance(step, Happening) or step.attempt:
            continue
        action = state.world.actions[step.action]
        fatal = _fatal(action)
        if fatal:
            for param, arg in zip(action.params, step.args, strict=False):
                if param.name in fatal:
                    found.update(members(arg))
    return found


def _said_dead(formula: f.Formula) -> tuple[str, ...]:
    """Of whom a fact says that he does not live: "his dead wife"."""
    match formula:
        case f.Equals(f.Value("alive", (f.Const(thing),)), f.Lit(False)):
            return (thing,)
        case f.Not(f.Equals(f.Value("alive", (f.Const(thing),)), f.Lit(True))):
            return (thing,)
    return ()


def _fatal(action: Action) -> set[str]:
    """The roles that do not live through an act."""
    return {
        effect.args[0].name
        for effect in action.effects
        if isinstance(effect, f.Assign)
        and effect.fluent == "alive"
        and effect.value == f.Lit(False)
        and isinstance(effect.args[0], f.Var)
    }


def living(state: State, things: list[str]) -> list[str]:
    """Of several, those who have not died; all of them where all have, or none has."""
    if len(things) < 2:
        return things
    gone = dead(state)
    return [t for t in things if t not in gone] or things
