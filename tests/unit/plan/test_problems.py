"""Our own problems are solved within their limits, as shortly as a planner by the letter solves them where that one ends."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fabula.formats import sabre
from fabula.model.planning import PlanningProblem
from fabula.model.plans import PlanningResult
from fabula.plan import Limits, validate
from fabula.problems import TextError
from tests.unit.plan.naive import Naive

FOLDER = Path(__file__).resolve().parents[2] / "problems"
with (FOLDER / "problems.tsv").open(encoding="utf-8") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t"))
# Problem, goal, limits, and the length of the shortest solution within them, None if there is none.
SMALL = [
    ("heist", 1, 5, 4, 2, None),
    ("wedding", 2, 5, 4, 2, None),
    ("market", 1, 3, 3, 2, 2),
    ("market", 3, 3, 3, 2, None),
    ("siege", 1, 5, 4, 2, 3),
    ("siege", 2, 5, 4, 2, 4),
    ("siege", 3, 4, 3, 3, None),
    ("rumour", 1, 4, 3, 3, 1),
    ("rumour", 2, 3, 3, 2, None),
    ("loom", 7, 3, 3, 1, 3),
    ("loom", 7, 4, 6, 1, 3),
    ("loom", 10, 5, 3, 1, None),
    ("loom", 10, 5, 5, 1, 5),
    ("loom", 11, 5, 5, 1, None),
]


def planned(
    problem: PlanningProblem,
    goal: int,
    author: int,
    character: int,
    belief: int,
    shortest: bool = False,
) -> PlanningResult:
    return problem.plan(
        goal=goal,
        author_limit=author,
        character_limit=character,
        belief_limit=belief,
        shortest=shortest,
        seconds=600,
    ).result


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["problem"])
def test_it_is_solved_within_its_limits(row: dict[str, str]) -> None:
    problem = sabre.read(FOLDER / row["file"])
    limits = Limits(
        float(row["goal"]), int(row["author"]), int(row["character"]), int(row["belief"])
    )
    plans = problem.plan(
        goal=limits.goal,
        author_limit=limits.author,
        character_limit=limits.character,
        belief_limit=limits.belief,
        seconds=600,
        memory_mb=4000,
    )
    plan = next(plans)
    assert int(row["shortest_known"]) <= len(plan.steps) <= limits.author
    assert plan.utility >= limits.goal
    assert validate(problem, plan.steps, limits) == ()


@pytest.mark.parametrize(("name", "goal", "author", "character", "belief", "length"), SMALL)
def test_what_is_there_is_found_by_default_too(
    name: str, goal: int, author: int, character: int, belief: int, length: int | None
) -> None:
    """A plan for which a reason was given that is not as short as it can be was refused, and nothing said to be proved."""
    problem = sabre.read(FOLDER / f"{name}.txt")
    result = planned(problem, goal, author, character, belief)
    assert bool(result.plans) == (length is not None)
    assert result.stopped == ("exhausted" if length is None else None)


@pytest.mark.parametrize(("name", "goal", "author", "character", "belief", "length"), SMALL)
def test_the_shortest_plan_is_as_short_as_by_the_letter(
    name: str, goal: int, author: int, character: int, belief: int, length: int | None
) -> None:
    problem = sabre.read(FOLDER / f"{name}.txt")
    result = planned(problem, goal, author, character, belief, shortest=True)
    found = len(result.plans[0].steps) if result.plans else None
    assert found == length
    assert result.stopped == ("exhausted" if length is None else None)
    assert Naive(problem, author, character, belief, seconds=600).shortest(goal) == length


def test_an_act_without_a_result_stops_no_search_that_does_without_it() -> None:
    problem = sabre.read(FOLDER / "unrest.txt")
    plan = next(problem.plan(goal=1, author_limit=4, character_limit=4, seconds=600))
    assert [str(step) for step in plan.steps] == ["sell(Asa, Silk, Bir)", "rest(Asa)"]


def test_where_an_act_has_no_result_nothing_is_proved() -> None:
    problem = sabre.read(FOLDER / "unrest.txt")
    with pytest.raises(TextError, match="do not come to rest: glut, learn"):
        _ = problem.plan(goal=2, author_limit=4, character_limit=4, seconds=600).result
