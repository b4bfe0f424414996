"""Whether what a question says was told, asked or ordered is what the story says was."""

from __future__ import annotations

from fabula.engine.running import Run
from fabula.model import formula as f


def same_content(run: Run, asked: str, told: str) -> bool:
    """Whether one content is the other, though that may name a thing where this speaks of any, or wait for a condition."""
    contents = run.words.world.contents
    one, other = contents.get(asked), contents.get(told)
    if one is None or other is None or one.mode != other.mode:
        return False
    if one.formula is None or other.formula is None:
        return False
    if one.condition is not None and one.condition != other.condition:
        return False
    said = one.formula
    if other.agent is not None:
        # "Whom did Ann order to leave?": whoever it is that is to do it
        said = f.substitute(said, {v: f.Const(other.agent) for v in f.variables(said)})
    return _covers(run, said, other.formula)


def _covers(run: Run, asked: f.Formula, told: f.Formula) -> bool:
    """Whether a formula is another, with things of its kind for what it leaves open."""
    if asked == told:
        return True
    if isinstance(asked, f.Exists):
        if isinstance(told, f.Exists):
            told = f.substitute(told.body, {told.var: f.Var(asked.var)})
            return _covers(run, asked.body, told)
        kinds = (t for t in run.model.world.things if run.words.is_a(t, asked.kind))
        bodies = (f.substitute(asked.body, {asked.var: f.Const(thing)}) for thing in kinds)
        return any(_covers(run, body, told) for body in bodies)
    if isinstance(told, f.And):
        # what is told comes with what follows from it
        parts = f.conjuncts(asked)
        return all(any(_covers(run, part, said) for said in told.parts) for part in parts)
    return False
