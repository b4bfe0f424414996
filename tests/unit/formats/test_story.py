"""A story's world in the notation: all of it can be read again, and nothing is left out in silence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import fabula
from fabula.engine.formal import formal
from fabula.formats import sabre
from fabula.model.story import Happening, Stated, Wanted

STORIES = Path(__file__).parents[3] / "stories"
NAMES = ("gifts", "letter", "locked-room", "wolf", "broken/no-way.md")
STORY = """\
The mill is a building. The inn is a building. Ada is a woman in the mill. Ben is a man in the inn.
The old lamp is a thing. Ada has the old lamp. A person can be merry. Ben wants to have the old lamp.
Ada is the sister of Ben. Only Ada knows that she is merry.

When X is merry: X is not asleep.

To frolic: X frolics with Y.
needs: X is a person; X is with Y.
then: X is merry; Y believes that X is merry.
It is for play.

# One

Ada goes to the inn.
"""


@cache
def story(name: str) -> fabula.Story:
    return fabula.read(STORIES / name)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("story") / "story.md"
    path.write_text(STORY, encoding="utf-8")
    read = fabula.read(path)
    assert not read.problems
    return read.formal()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_problem_that_can_be_read_and_compiled(name: str) -> None:
    text = story(name).formal()
    problem = sabre.parse(text)
    formal(problem)
    assert sabre.parse(sabre.write(problem)) == problem


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_there(name: str) -> None:
    model = story(name).model
    text = story(name).formal()
    problem = sabre.parse(text)
    assert len(problem.world.things) == len(model.world.things) + len(model.world.contents)
    for thing in model.world.things.values():
        assert thing.label in text
    happened = {step.action for step in model.steps if isinstance(step, Happening)}
    assert len(problem.world.actions) >= len(happened)
    for step in model.steps:
        words = " ".join(step.source.text.split()) if not hasattr(step, "part") else ""
        if isinstance(step, Happening):
            assert f"// {step.n}. " in text
            assert words in text
        if isinstance(step, Wanted):
            assert " ".join(step.content.text.split()) in text
        if isinstance(step, Stated) and step.n == 0 and step.before:
            assert words in text


def test_a_world_of_few_words(small: str) -> None:
    lines = small.splitlines()
    for line in (
        "entity OldLamp : lamp; // old lamp",
        "entity Ada : woman;",
        "location(Ada) = Mill;",
        "location(OldLamp) = Ada;",
        "sister(Ada, Ben);",
        "merry(Ada);",
        "// Only Ada knows that she is merry (known to Ada alone)",
        "// 1. go(Ada, Inn): Ada goes to the inn.",
    ):
        assert line in lines, small
    assert "utility(Ben):\n\t(if(" in small
    assert "// Ben wants: " in small


def test_rules_of_the_story_are_there_with_their_words(small: str) -> None:
    problem = sabre.parse(small)
    (frolic,) = [a for a in problem.world.actions.values() if a.verb == "frolic"]
    assert "believes(Y, merry(X))" in small
    assert len(frolic.effects) == 2
    assert "// X frolics with Y" in small
    assert "// When X is merry: X is not asleep" in small
