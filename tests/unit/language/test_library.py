"""What holds of the library as a whole."""

from __future__ import annotations

import pickle
from pathlib import Path

from fabula import pipeline
from fabula.language.state import State


def test_acts_fit_into_long_stories(compiled: bytes) -> None:
    # The kernel packs what an act is about into 52 bits: with 4 things each may be one of 8,192, with 5 of 1,024,
    # and a story in which much is told has more things than that.
    state: State = pickle.loads(compiled)
    world = state.world
    assert [a.id for a in world.actions.values() if len(a.params) > 4] == []
    assert [one.id for one in world.fluents.values() if len(one.params) > 4] == []


def changes(tmp_path: Path, *sentences: str) -> list[str]:
    world = "The hall is a room. Ann is a woman in the hall. Bob is a man in the hall."
    story = tmp_path / "story.md"
    story.write_text(
        f"{world}\n\n# The evening\n\nAnn waits.\n" + "\n".join(sentences), encoding="utf-8"
    )
    read = pipeline.read(str(story))
    assert [str(problem) for problem in read.problems] == []
    return [one for event in read.run().events for one in event.changes]


def test_what_an_act_says_already_is_not_said_again(tmp_path: Path) -> None:
    assert not any("meet" in one for one in changes(tmp_path, "Ann meets Bob."))
    assert any("Ann is helping Bob" in one for one in changes(tmp_path, "Ann helps Bob."))


def test_nobody_is_suspecting_that(tmp_path: Path) -> None:
    told = changes(tmp_path, "Ann suspects that Bob is tired.")
    assert [one.partition(" (")[0] for one in told] == ["Ann suspects that Bob is tired"]
