"""Reads steps as they are written, ``walk(Tom, Home, Market)``, for a certain problem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.model.planning import PlanningProblem
from fabula.model.plans import PlanStep
from fabula.model.world import Action
from fabula.problems.wording import did_you_mean, near, one_of

_STEP = re.compile(r"\s*(\w+)\s*\(\s*((?:\w+\s*(?:,\s*\w+\s*)*)?)\)\s*;?\s*")


class StepError(ValueError):
    """Something is no step of this problem; the message says why."""


def read_step(text: str) -> PlanStep:
    """The step that a text writes; raises a StepError where it writes none."""
    match = _STEP.fullmatch(text)
    if match is None:
        raise StepError(f'"{text}" is no step: steps look like walk(Tom, Home, Market)')
    args = tuple(arg.strip() for arg in match[2].split(",")) if match[2].strip() else ()
    return PlanStep(match[1], args)


def action_of(problem: PlanningProblem, step: PlanStep) -> Action:
    """The action that a step takes; raises a StepError where the problem has none like it."""
    world = problem.world
    named = [a for a in world.actions.values() if a.verb == step.action]
    if not named:
        verbs = dict.fromkeys(a.verb for a in world.actions.values())
        raise StepError(
            f'there is no action "{step.action}"{did_you_mean(near(step.action, verbs))}'
        )
    for arg in step.args:
        if arg not in world.things:
            raise StepError(f'there is no entity "{arg}"{did_you_mean(near(arg, world.things))}')
    for action in named:
        if len(action.params) == len(step.args) and all(
            world.is_a(arg, p.kind) for arg, p in zip(step.args, action.params, strict=True)
        ):
            return action
    known = one_of([f"({', '.join(p.kind.removeprefix('=') for p in a.params)})" for a in named])
    given = ", ".join(f"{a}, a {world.things[a].kinds[0]}" for a in step.args)
    raise StepError(f"{step.action} takes {known}, and not ({given})")


def read_steps(texts: Sequence[str]) -> tuple[PlanStep, ...]:
    """Several steps; raises a StepError that says which is none."""
    found: list[PlanStep] = []
    for number, text in enumerate(texts, 1):
        try:
            found.append(read_step(text))
        except StepError as error:
            raise StepError(f"step {number}: {error}") from error
    return tuple(found)
