"""Plans and locks: nobody gets through one without its key, and what gets people the key is thought of."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.plan.story import StoryLimits, StoryPlans
from tests.unit.plan.test_story import plans, told_on

TOWER = """\
The island is an island. The inn is an inn on the island. The shore is a beach on the island.
The tower is a tower on the island. The tower is locked. The chamber is a room in the tower.
Isolde is a woman in the chamber. Isolde is captive. The sorcerer is a man in the inn. Rowan is a man in the inn.
The silver key is a key. It fits the tower. The sorcerer has it.
Rowan loves Isolde. The sorcerer wants that Isolde is captive.
"""
CELL = """\
The fortress is a fortress. The cell is a cell in the fortress. The cell is locked. The forest is a forest.
Kaspar is a man in the cell. Kaspar is confined in the cell. Kaspar is captive. Kaspar wants to be in the forest.
"""
LIMITS = StoryLimits(seconds=30)


def sentences(found: StoryPlans) -> list[str]:
    """Those of all plans."""
    return [one for plan in found.plans for one in plan.sentences]


def test_who_wants_somebody_free_gets_the_key_first(tmp_path: Path) -> None:
    found = plans(tmp_path, TOWER, "Isolde is not captive", limits=LIMITS)
    (plan,) = found.plans
    assert len(plan.sentences) == 3
    assert "the silver key from the sorcerer" in plan.sentences[0]
    assert plan.sentences[1:] == ("Rowan goes to the chamber.", "Rowan frees Isolde.")
    assert {reason.person for reason in plan.reasons} == {"Rowan"}
    assert [reason.step for reason in plan.reasons] == [0, 1, 2]
    run = told_on(tmp_path, TOWER + "\n# One\n\n", found)
    assert run.check().findings == ()


@pytest.mark.parametrize("goal", ["Kaspar is in the forest", "Kaspar is not captive"])
def test_nobody_escapes_through_a_lock(tmp_path: Path, goal: str) -> None:
    """Nor does he open from within what keeps him there."""
    found = plans(tmp_path, CELL, goal, limits=StoryLimits(author=3, seconds=10))
    assert not found.solved


def test_who_is_not_locked_up_gets_away(tmp_path: Path) -> None:
    text = CELL.replace("The cell is locked. ", "").replace("Kaspar is confined in the cell. ", "")
    found = plans(tmp_path, text, "Kaspar is in the forest", limits=StoryLimits(author=2))
    assert "Kaspar escapes to the forest." in sentences(found)


def test_nobody_reaches_from_the_yard_into_the_house(tmp_path: Path) -> None:
    text = (
        "The village is a village. The inn is an inn in the village. Tom is a man in the village. "
        "Ann is a woman in the inn. Ann has the coin. The coin is a coin. Tom wants to have the coin. "
        "Tom knows that Ann is in the inn.\n"
    )
    found = plans(tmp_path, text, "Tom has the coin", limits=LIMITS)
    assert len(found.plans[0].sentences) == 2
    assert " to the " in found.plans[0].sentences[0]
