"""What Python makes of the kernel's plans and faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fabula.formats import sabre
from fabula.plan import Explanation, Limits, PlanStep, validate
from fabula.plan.steps import StepError, action_of, read_step, read_steps
from tests.unit.plan.fake import PROBLEM, STEPS, FakePlanner

Fake = Callable[..., list[FakePlanner]]
WALK, PAY = (read_step(step) for step in STEPS)


def test_plans_have_the_names_of_the_problem(planner: Fake) -> None:
    planner(plans=2, stopped="exhausted")
    plans = sabre.parse(PROBLEM).plan(count=3)
    first = next(plans)
    assert [str(step) for step in first.steps] == [STEPS[0], "rain()", STEPS[1]]
    assert first.utility == 1.0
    assert first.explanations[0] == Explanation(0, "Tom", (WALK, PAY), (1.0, 2.0))
    assert first.explanations[2].character == "Ann"
    assert len(list(plans)) == 1
    result = plans.result
    assert result.solved
    assert (result.visited, result.generated, result.stopped) == (12, 345, "exhausted")
    assert (result.seconds, result.setup_seconds, result.peak_mb) == (0.5, 0.1, 6.0)


def test_the_search_begins_when_a_plan_is_asked_for_and_only_once(planner: Fake) -> None:
    made = planner()
    plans = sabre.parse(PROBLEM).plan()
    assert made == []
    assert len(list(plans)) == 1
    assert plans.result.limits == Limits()
    assert len(made) == 1


def test_the_kernel_gets_the_limits(planner: Fake) -> None:
    made = planner()
    plans = sabre.parse(PROBLEM).plan(
        goal=2,
        author_limit=7,
        character_limit=4,
        belief_limit=1,
        count=3,
        seconds=1.5,
        memory_mb=100,
        shortest=True,
    )
    assert plans.result.limits == Limits(2, 7, 4, 1, 3, 1.5, 100, shortest=True)
    assert made[0].asked == [(2.0, 7, 4, 1, 3, 1.5, 100, True)]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"author_limit": -1}, "author_limit"),
        ({"belief_limit": -2}, "belief_limit"),
        ({"count": 0}, "count"),
        ({"seconds": 0.0}, "seconds"),
        ({"memory_mb": -5}, "memory_mb"),
        ({"goal": float("nan")}, "goal"),
    ],
)
def test_limits_that_make_no_sense(wanted: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        sabre.parse(PROBLEM).plan(**wanted)  # type: ignore[arg-type]


def test_a_plan_without_faults(planner: Fake) -> None:
    made = planner()
    assert validate(sabre.parse(PROBLEM), (WALK, PAY), Limits(1, 5, 4, 1)) == ()
    steps, *limits = made[0].asked[0]
    assert len(steps) == 2
    assert limits == [1.0, 5, 4, 1]


def test_faults_are_said_in_words(planner: Fake) -> None:
    planner(
        faults=[
            (0, "impossible", None),
            (1, "unexplained", 0),
            (-1, "goal", None),
            (1, "odd-one", 1),
        ]
    )
    found = validate(sabre.parse(PROBLEM), (WALK, PAY), Limits(goal=2))
    assert [str(fault) for fault in found[:3]] == [
        "step 1: walk(Tom, Home, Market) cannot happen there: its precondition does not hold",
        "step 2: Tom has no reason for pay(Tom, Ann): nothing that Tom can foresee from there serves Tom",
        "the plan does not bring the author's utility to 2",
    ]
    assert (found[3].step, found[3].reason, found[3].character) == (1, "odd-one", "Ann")
    assert "pay(Tom, Ann)" in found[3].message


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("wakl(Tom, Home, Market)", 'there is no action "wakl": did you mean walk?'),
        ("walk(Tim, Home, Market)", 'there is no entity "Tim": did you mean Tom?'),
        (
            "walk(Tom, Home)",
            "walk takes (character, place, place), and not (Tom, a character, Home, a place)",
        ),
        ("walk(Home, Tom, Market)", "walk takes (character, place, place)"),
    ],
)
def test_steps_that_the_problem_does_not_have(step: str, words: str) -> None:
    (fault,) = validate(sabre.parse(PROBLEM), (read_step(step),))
    assert words in fault.message
    assert (fault.step, fault.reason) == (0, "no-such-step")


def test_steps_as_they_are_written() -> None:
    problem = sabre.parse(PROBLEM)
    assert action_of(problem, WALK).id == "walk(character, place, place)"
    assert read_step(" walk ( Tom,Home , Market );") == WALK
    assert read_step("rain()") == PlanStep("rain", ())
    with pytest.raises(StepError, match=r'step 2: "walk Tom" is no step'):
        read_steps(["rain()", "walk Tom"])
