"""Points in a story that a summary stands for, things that are called the same, and what a run says was learned."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula

STORY = """\
The inn is an inn. The mill is a mill. Anna is a woman in the inn. A guard is in the inn. Carl is a man in the inn.
A guard is in the mill.

Anna goes to the mill. [covers 6.9-6.12]

Anna goes to the inn. [6.13]
"""


def _run(tmp_path: Path, text: str = STORY) -> fabula.Run:
    path = tmp_path / "story.md"
    path.write_text(text, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems
    return story.run()


@pytest.mark.parametrize("cited", ["6.9", "6.10", "6.12"])
def test_an_id_in_a_covered_stretch_is_the_moment_of_its_summary(
    tmp_path: Path, cited: str
) -> None:
    assert "Anna is in the mill." in _run(tmp_path).state(after=cited).lines()


@pytest.mark.parametrize("cited", ["6.8", "6.14", "7.10", "6"])
def test_an_id_outside_of_it_is_none(tmp_path: Path, cited: str) -> None:
    with pytest.raises(LookupError):
        _run(tmp_path).state(after=cited)


def test_a_stretch_written_backward_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(
        "Anna is a woman. [covers 9-1] Ben is a man. [covers 6.9-6.10]", encoding="utf-8"
    )
    assert [p.code for p in fabula.read(path).problems] == ["T105"]


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    run = _run(tmp_path)
    with pytest.raises(
        LookupError, match=r'2 are called "guard": write "guard 1" .* line 1 or "guard 2" .* line 2'
    ):
        run.state().lines("guard")
    assert "The guard is in the inn." in run.state().lines("guard 1")
    assert "The guard is in the mill." in run.state().lines("the guard 2")


def test_what_is_learned_at_once_is_one_line(tmp_path: Path) -> None:
    story = """\
The inn is an inn. The mill is a mill. Anna is a woman in the mill. Carl is a man in the inn. Dora is a woman in the inn.
The lamp is a lamp. Carl has the lamp. The hat is a hat. Carl has the hat.

Anna goes to the inn.
"""
    changes = _run(tmp_path, story).events[0].changes
    learned = "Anna learns that Carl and Dora are in the inn and Carl has the lamp and the hat"
    assert changes[1:] == (learned,)


def test_boxes_in_each_other_do_not_hold_up_a_run(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(
        "# One\n\nThe hall is a room. Ann is a woman in the hall. The box is a box. The bag is a bag in the box.\n"
        "The box is in the bag.\n\n# Two\n\nAnn sings. The box is in the bag. The bag is in the box. Ann takes the bag.\n",
        encoding="utf-8",
    )
    run = fabula.read(path).run()
    assert run.records
    run.check()
