"""Whether a plan is one: what is wrong with which of its steps, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fabula.engine.formal import Formal, formal
from fabula.model.planning import PlanningProblem
from fabula.model.plans import Limits, PlanStep
from fabula.plan.steps import StepError, action_of

# What the kernel's validator says, and how it is said of a step (S), a character (C) and the goal (G).
REASONS = {
    "impossible": "{S} cannot happen there: its precondition does not hold",
    "precondition": "{S} cannot happen there: its precondition does not hold",
    "disbelieved": "{C} does not believe that {S} can happen there, and so does not consent to it",
    "undetermined": "it stays open whether {C} has a reason for {S}: nobody found one, or a proof that there is none",
    "unexplained": "{C} has no reason for {S}: nothing that {C} can foresee from there serves {C}",
    "goal": "the plan does not bring the author's utility to {G}",
    "not-minimal": "the plan is not minimal: some of its steps alone reach as much",
    "too-long": "the plan has more steps than the author's limit allows",
    "no-result": "{S} has no result: it gives two different values to one property, or the triggers do not come to rest after it",
    "no-consent": "{C} would have to consent to {S}, and is no character",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a plan: with the step at this place, from 0, or with all of it (None)."""

    step: int | None
    reason: str
    character: str | None
    message: str

    def __str__(self) -> str:
        """Give the fault with the number of its step, from 1."""
        return self.message if self.step is None else f"step {self.step + 1}: {self.message}"


def validate(
    problem: PlanningProblem, steps: Sequence[PlanStep], limits: Limits | None = None
) -> tuple[Fault, ...]:
    """What is wrong with a plan by the definitions; nothing where it is a solution within the limits.

    Raises a TextError for a problem that cannot be run.
    """
    return faults(formal(problem), steps, limits or Limits())


def faults(made: Formal, steps: Sequence[PlanStep], limits: Limits) -> tuple[Fault, ...]:
    """What is wrong with a plan of a compiled problem."""
    groundings = []
    unknown: list[Fault] = []
    for index, step in enumerate(steps):
        try:
            action = action_of(made.source, step)
        except StepError as error:
            unknown.append(Fault(index, "no-such-step", None, str(error)))
        else:
            groundings.append(made.grounding(action.id, step.args))
    if unknown:
        return tuple(unknown)
    found = made.planner().validate(
        groundings, float(limits.goal), limits.author, limits.character, limits.belief
    )
    return tuple(_fault(made, steps, limits, *fault) for fault in found)


def _fault(
    made: Formal,
    steps: Sequence[PlanStep],
    limits: Limits,
    index: int,
    reason: str,
    character: int | str | None = None,
) -> Fault:
    who = made.numbers.thing_ids[character] if isinstance(character, int) else character
    step = str(steps[index]) if 0 <= index < len(steps) else "the plan"
    words = REASONS.get(reason, "{S}: " + reason.replace("-", " ") + (" ({C})" if who else ""))
    message = words.format(S=step, C=who or "somebody", G=f"{limits.goal:g}")
    return Fault(index if index >= 0 else None, reason, who, message)
