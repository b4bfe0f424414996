"""What somebody wants at a moment, and how much of it is so: the utility of a state for a person."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.engine.stage import Stage
from fabula.model import formula as f
from fabula.model.story import Content, Wanted
from fabula.model.world import PERSON, Motive

# Of a kind of things that somebody wants something of ("a guitar"), so many are looked at.
MOST_OF_A_KIND = 12


@dataclass(frozen=True, slots=True)
class Want:
    """Something that somebody wants to be so. ``content``: the id of what was said to be wanted or ordered.

    ``motive`` is the When-rule that it comes from, with its letters in ``binding``; None for a want that is stated.
    ``weight``: how much of the person's utility it is worth.
    """

    person: str
    goal: f.Formula
    weight: float = 1
    content: str = ""
    motive: Motive | None = None
    binding: tuple[tuple[str, str], ...] = ()


def wants(stage: Stage, person: str) -> list[Want]:
    """What somebody wants, as far as is known here: what he is said to want first, then what follows from rules."""
    found: dict[f.Formula, Want] = {}
    for want in (*_stated(stage, person), *usual(stage, person)):
        goal = want.goal
        known = found.get(goal)
        if known is None or known.weight < want.weight:
            found[goal] = want
    return list(found.values())


def _stated(stage: Stage, person: str) -> list[Want]:
    contents = stage.model.world.contents
    if "want" not in stage.compiled.numbers.fluents:
        return []
    now, number, want = stage.timeline.now, stage.number(person), stage.fluent("want")
    weights = _weights(stage, person)
    found: list[Want] = []
    for ident, content in contents.items():
        if content.formula is None:
            continue
        if stage.timeline.value(now, [], want, [number, stage.number(ident)]) is True:
            if not _off(stage, content):
                goal = definite(stage, content.formula)
                found.append(Want(person, goal, weights.get(ident, 2), ident))
    return found


def _weights(stage: Stage, person: str) -> dict[str, float]:
    """What is wanted more than something else weighs more; what is stated weighs more than what all people want."""
    found: dict[str, float] = {}
    for step in stage.model.steps:
        if isinstance(step, Wanted) and step.person == person and step.than is not None:
            found[step.content.id] = max(
                found.get(step.content.id, 0), 2 + found.get(step.than.id, 2)
            )
    return found


def usual(stage: Stage, person: str) -> list[Want]:
    """What somebody wants by the When-rules of the library and the story."""
    found: list[Want] = []
    world = stage.model.world
    for motive in world.motives:
        others = tuple(p for p in motive.params if p.name != motive.person)
        kind = next((p.kind for p in motive.params if p.name == motive.person), PERSON)
        if not stage.compiled.state.is_a(person, kind):
            continue
        condition = f.substitute(motive.condition, {motive.person: f.Const(person)})
        rows = stage.bindings(others, condition) if others else [{}]
        if not others and condition != f.TRUE and stage.evaluate(condition) is not True:
            continue
        for row in rows:
            binding = {motive.person: person, **row}
            goal, content = _goal(stage, motive, binding)
            if goal is not None:
                found.append(
                    Want(
                        person, goal, motive.weight, content, motive, tuple(sorted(binding.items()))
                    )
                )
    return found


def _goal(stage: Stage, motive: Motive, binding: dict[str, str]) -> tuple[f.Formula | None, str]:
    if isinstance(motive.goal, f.Holds):
        ident = binding.get(motive.goal.content, "")
        content = stage.model.world.contents.get(ident)
        if content is None or content.formula is None or _off(stage, content):
            return None, ""
        return definite(stage, content.formula), ident
    terms: f.Binding = {letter: f.Const(thing) for letter, thing in binding.items()}
    return definite(stage, f.substitute(motive.goal, terms)), ""


def _off(stage: Stage, content: Content) -> bool:
    """Whether what is to be done only if something is so is not due, since that is known not to be so."""
    return content.condition is not None and stage.evaluate(content.condition) is False


def definite(stage: Stage, formula: f.Formula) -> f.Formula:
    """A goal about some thing of a kind, as one about this or that thing of the kind."""
    match formula:
        case f.Exists(var, kind, body):
            state = stage.compiled.state
            things = [t for t in state.world.things if state.is_a(t, kind)][:MOST_OF_A_KIND]
            return f.Or(
                tuple(definite(stage, f.substitute(body, {var: f.Const(t)})) for t in things)
            )
        case f.And(parts):
            return f.conjunction([definite(stage, part) for part in parts])
        case f.Or(parts):
            return f.Or(tuple(definite(stage, part) for part in parts))
    return formula


def utility(stage: Stage, held: list[Want]) -> tuple[float, frozenset[f.Formula]]:
    """How good a moment is, by wants: the sum of what those weigh that are so; and which are."""
    so = [want for want in held if met(stage, want)]
    return sum(want.weight for want in so), frozenset(want.goal for want in so)


def met(stage: Stage, want: Want) -> bool:
    """Whether what is wanted is so. What everybody wants for himself is so as long as nobody said otherwise."""
    value = stage.evaluate(want.goal)
    if value is None:
        return want.motive is not None and want.motive.condition == f.TRUE
    return value
