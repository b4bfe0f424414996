"""Asks the kernel for plans, and gives them the names of the problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fabula.engine.formal import Formal, formal
from fabula.model.planning import PlanningProblem, Progress
from fabula.model.plans import Explanation, Limits, Plan, PlanningResult, Plans, PlanStep


def plans(problem: PlanningProblem, *, progress: Progress | None = None, **wanted: Any) -> Plans:
    """The plans of a problem; the search begins when the first is asked for. See `PlanningProblem.plan`."""
    limits = limits_of(**wanted)
    return Plans(lambda: search(formal(problem), limits, progress))


def limits_of(
    goal: float = 1,
    author_limit: int = 10,
    character_limit: int = 5,
    belief_limit: int = 2,
    count: int = 1,
    seconds: float | None = None,
    memory_mb: int | None = None,
    shortest: bool = False,
) -> Limits:
    """The limits of a search; raises a ValueError for what makes no sense."""
    for name, value in (
        ("author_limit", author_limit),
        ("character_limit", character_limit),
        ("belief_limit", belief_limit),
    ):
        if value < 0:
            raise ValueError(f"{name} is {value}, and cannot be less than 0")
    if count < 1:
        raise ValueError(f"count is {count}, and has to be 1 or more")
    for name, bound in (("seconds", seconds), ("memory_mb", memory_mb)):
        if bound is not None and not bound > 0:
            raise ValueError(f"{name} is {bound}, and has to be more than 0")
    if goal != goal or goal in (float("inf"), float("-inf")):
        raise ValueError(f"goal is {goal}, and has to be a number")
    return Limits(
        goal, author_limit, character_limit, belief_limit, count, seconds, memory_mb, shortest
    )


def search(made: Formal, limits: Limits, progress: Progress | None = None) -> PlanningResult:
    """What the kernel finds within the limits."""
    found = made.plan(
        float(limits.goal),
        limits.author,
        limits.character,
        limits.belief,
        limits.count,
        limits.seconds,
        limits.memory_mb,
        limits.shortest,
        progress,
    )
    return PlanningResult(
        tuple(_plan(made, plan) for plan in found["plans"]),
        found["visited"],
        found["generated"],
        found["seconds"],
        found["setup_seconds"],
        found["peak_mb"],
        limits,
        found["stopped"],
    )


def _plan(made: Formal, plan: dict[str, Any]) -> Plan:
    return Plan(
        plan["utility"],
        _steps(made, plan["steps"]),
        tuple(
            Explanation(
                one["step"],
                made.numbers.thing_ids[one["character"]],
                _steps(made, one["steps"]),
                (one["raises"][0], one["raises"][1]),
            )
            for one in plan["explanations"]
        ),
    )


def _steps(made: Formal, steps: Iterable[tuple[int, Iterable[int]]]) -> tuple[PlanStep, ...]:
    actions, things = made.source.world.actions, made.numbers.thing_ids
    return tuple(
        PlanStep(actions[made.action_ids[action]].verb, tuple(things[a] for a in args))
        for action, args in steps
    )
