"""The problems that researchers share are read, written and run; skipped where they are not at hand."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from fabula.engine.formal import formal
from fabula.formats import sabre
from fabula.model.plans import PlanStep
from fabula.plan.steps import action_of, read_step

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "sabre"
FOLDER = Path(os.environ.get("FABULA_PROBLEMS", BESIDE))
FILES = sorted((FOLDER / "problems").glob("*.txt")) if FOLDER.is_dir() else []
CLAIM = re.compile(r"author utility (\d+)")
STEP = re.compile(r" \*   (\w+\([\w, ]*\))")

pytestmark = pytest.mark.skipif(not FILES, reason="the given problems are not at hand")


def plans_in(path: Path) -> list[tuple[str, list[PlanStep]]]:
    """The plans that the comment of a file lists, each with what is said above it.

    Those that it lists as no solutions are left out: in two of them somebody acts on what he does not believe.
    """
    found: list[tuple[str, list[PlanStep]]] = []
    said, steps = "", list[PlanStep]()
    for line in path.read_text(encoding="utf-8").split("*/")[0].split("\n"):
        if "not minimal" in line:
            break
        match = STEP.fullmatch(line)
        if match:
            steps.append(read_step(match[1]))
        elif steps:
            found.append((said, steps))
            said, steps = "", []
        else:
            said = f"{said} {line.removeprefix(' *').strip()}" if line.strip(" *") else ""
    return found


PLANS = [(path, said, steps) for path in FILES for said, steps in plans_in(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_is_what_was_read(path: Path) -> None:
    problem = sabre.read(path)
    written = sabre.write(problem)
    again = sabre.parse(written)
    assert again == problem
    assert sabre.write(again) == written
    formal(problem).universe()


def goals() -> list[tuple[str, str, int]]:
    """Name, file, and goal of every row of the table."""
    if not FILES:
        return []
    with (FOLDER / "problems.tsv").open(encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return [(row["problem"], row["file"], int(row["goal"])) for row in rows]


@pytest.mark.parametrize(("name", "file", "goal"), goals(), ids=lambda value: str(value))
def test_goals_are_not_reached_at_first(name: str, file: str, goal: int) -> None:
    universe = formal(sabre.read(FOLDER / file)).universe()
    utility = universe.utility(universe.initial(), None)
    assert isinstance(utility, float), name
    assert utility < goal


@pytest.mark.parametrize(
    ("path", "said", "steps"),
    PLANS,
    ids=[f"{path.stem}-{number}" for number, (path, *_) in enumerate(PLANS)],
)
def test_the_plans_in_the_comments_can_be_carried_out(
    path: Path, said: str, steps: list[PlanStep]
) -> None:
    problem = sabre.read(path)
    made = formal(problem)
    universe = made.universe()
    state = universe.initial()
    before = universe.utility(state, None)
    for step in steps:
        action, args = made.grounding(action_of(problem, step).id, step.args)
        assert universe.possible(state, action, args), step
        state = universe.after(state, action, args)
    after = universe.utility(state, None)
    claimed = CLAIM.search(said)
    if claimed:
        assert after == float(claimed[1]), said
    else:
        assert isinstance(before, float)
        assert isinstance(after, float)
        assert after > before, said
