"""Who wants something, by what the story says people want, whatever words it says that in."""

from __future__ import annotations

from fabula.ask.answer import Ground
from fabula.ask.deeds import outcome
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.story import Wanted


def wanting(run: Run, formula: f.Formula) -> dict[str, Ground]:
    """Those of whom it is said that they want what a formula says somebody wants, and where."""
    match formula:
        case f.Equals(f.Value("want", (who, f.Const(content))), f.Lit(True)):
            pass
        case _:
            return {}
    asked = run.words.world.contents.get(content)
    if asked is None or asked.formula is None:
        return {}
    found: dict[str, Ground] = {}
    for step in run.model.steps:
        if not isinstance(step, Wanted) or step.fears or step.content.formula is None:
            continue
        if isinstance(who, f.Const) and who.thing != step.person:
            continue
        goal = asked.formula
        if isinstance(who, f.Var):
            goal = f.substitute(goal, {who.name: f.Const(step.person)})
        if step.content.formula in (goal, outcome(run, goal)):
            found.setdefault(step.person, Ground(0, step.source.text, step.source.span))
    return found
