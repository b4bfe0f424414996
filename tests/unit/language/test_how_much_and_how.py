"""How much there is of something, how somebody lies there, what comes of an act and what is only hoped for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula import pipeline

WORLD = """\
# The house

The house is a house in Leeds. The kitchen is a kitchen in the house. The study is a room in the house.
Anna is a woman in the kitchen. Ben is a man in the kitchen. Carl is a man in the study.
The coin is a coin. Ben has the coin. The vase is a vase in the kitchen. The car is a car in Leeds.
The guards are a group of soldiers in the kitchen.

# The evening

"""

Act = tuple[str, tuple[str, ...]]


def run_of(tmp_path: Path, *sentences: str) -> pipeline.Run:
    path = tmp_path / "story.md"
    path.write_text(WORLD + " ".join(sentences) + "\n", encoding="utf-8")
    story = pipeline.read(path)
    assert [problem.message for problem in story.problems] == []
    return story.run()


def acts(run: pipeline.Run) -> list[Act]:
    return [one for record in run.records for one in record.groundings]


def codes(run: pipeline.Run) -> list[str]:
    return [finding.code for finding in run.check().findings]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Anna offers Ben a lot of money.", ("offer", ("Anna", "money", "Ben"))),
        ("Lots of soldiers enter the kitchen.", ("enter", ("soldiers", "kitchen"))),
        ("Several armed men enter the kitchen.", ("enter", ("armed men", "kitchen"))),
        ("A few men enter the kitchen.", ("enter", ("men", "kitchen"))),
        ("Some men enter the kitchen.", ("enter", ("men", "kitchen"))),
        ("Dozens of men enter the kitchen.", ("enter", ("men", "kitchen"))),
        (
            "A couple of the guards leave the kitchen.",
            ("leave", ("several of the guards", "kitchen")),
        ),
    ],
)
def test_how_much_there_is_is_no_thing_of_its_own(tmp_path: Path, sentence: str, act: Act) -> None:
    assert acts(run_of(tmp_path, sentence)) == [act]


def test_a_lot_is_still_an_adverb(tmp_path: Path) -> None:
    assert [name for name, _ in acts(run_of(tmp_path, "Anna laughs a lot."))] == ["laugh"]


def test_the_rest_is_of_what_was_divided(tmp_path: Path) -> None:
    run = run_of(
        tmp_path,
        "Carl enters the kitchen. The silver is in the kitchen. Ben takes the silver.",
        "Ben keeps half of it and gives the rest to Anna.",
    )
    assert acts(run)[-1] == ("give", ("Ben", "the rest of the silver", "Anna"))
    assert codes(run) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna shoots Ben dead. Ben lies dead on the floor.",
        "Ben faints. He lies unconscious on the floor.",
        "Ben faints. He is lying unconscious on the floor.",
        "Ben faints. He lies on the floor.",
        "The door of the house stands open.",
    ],
)
def test_who_lies_there_need_not_be_able_to(tmp_path: Path, sentence: str) -> None:
    run = run_of(tmp_path, sentence)
    assert codes(run) == []
    assert "tell an untruth" not in [name for name, _ in acts(run)]


def test_who_lies_dead_and_lives_is_found(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Anna shoots Ben dead. Ben lies dead on the roof.")
    assert codes(run) == ["C201"]


def test_a_noun_behind_another_is_likelier_what_that_does(tmp_path: Path) -> None:
    run = run_of(tmp_path, "The window stands open. Anna opens the kitchen door.")
    assert acts(run) == [("open", ("Anna", "kitchen door"))]


def test_what_comes_of_an_act_is_told_and_what_is_hoped_for_is_not(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Ben breaks the vase, so that Anna is angry.")
    assert run.runner.held("angry", ("Anna",), run.runner.timeline.now) is True
    assert codes(run) == []
    hoped = run_of(tmp_path, "Ben hides so that Anna cannot find him.")
    assert [name for name, _ in acts(hoped)] == ["hide"]
    assert codes(hoped) == []


def test_what_somebody_has_may_be_in_his_pocket(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Anna takes the coin out of Ben's pocket.")
    assert codes(run) == []
    other = run_of(tmp_path, "Anna takes the coin out of Carl's pocket.")
    assert codes(other) != []


def test_who_is_seen_with_something_has_it(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Anna takes the vase. Ben sees Anna with the vase in her hands.")
    assert acts(run)[-1] == ("see with", ("Ben", "Anna", "vase", "Anna's hands"))
    assert codes(run) == []
    through = run_of(tmp_path, "Ben sees Anna with a telescope.")
    assert acts(through) == [("see", ("Ben", "Anna", "telescope"))]


def test_a_thing_with_a_name_that_speaks_is_somebody(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Argo is a computer in the kitchen. Argo tells Anna that Carl is gone.")
    assert [name for name, _ in acts(run)] == ["tell"]


def test_a_cellar_of_which_nobody_said_where_it_is_may_be_said_to_be_there(
    tmp_path: Path,
) -> None:
    run = run_of(tmp_path, "Ben hides a chest in the cellar. The house has a cellar.")
    assert codes(run) == []


def test_a_daughter_is_a_she(tmp_path: Path) -> None:
    run = run_of(tmp_path, "Ben hugs his daughter Robin. Robin laughs.")
    assert run.model.world.things["Robin"].gender == "f"
