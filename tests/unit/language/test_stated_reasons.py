"""A reason that is given with a statement is kept with it, and speaks of whom the statement would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import fabula
from fabula.model import formula as f
from fabula.model.story import Happening, StoryModel

WORLD = """# Hall

The hall is a hall. Carla is a woman in the hall. Ben is a man in the hall. The ring is a ring. Ben has the ring.

# Day

Ben lies to Carla.
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], StoryModel]:
    def made(text: str) -> StoryModel:
        path = tmp_path / "hall.md"
        path.write_text(WORLD + text, encoding="utf-8")
        return fabula.read(path).run().model

    return made


def deed(model: StoryModel) -> str:
    return next(s.action for s in model.steps if isinstance(s, Happening))


def reason(model: StoryModel) -> f.Formula | None:
    step = model.steps[-1]
    found: f.Formula | None = getattr(step, "because", None)
    return found


@pytest.mark.parametrize(
    "said",
    [
        "Carla is angry with Ben because Ben lied.",
        "Carla is angry with Ben because he lied.",
        "Because Ben lied, Carla is sad.",
    ],
)
def test_a_deed(read: Callable[[str], StoryModel], said: str) -> None:
    model = read(said)
    assert not model.problems
    match reason(model):
        case f.Equals(f.Value(fluent, (f.Const(who), *_)), f.Lit(True)):
            assert (who, fluent) == ("Ben", f"did:{deed(model)}")
        case other:
            pytest.fail(str(other))


def test_a_state(read: Callable[[str], StoryModel]) -> None:
    model = read("Carla hates Ben because he has the ring.")
    assert reason(model) == f.Within(f.Const("ring"), f.Const("Ben"))
    assert reason(read("Carla hates Ben.")) is None


def test_a_reason_that_cannot_be_read_is_told(read: Callable[[str], StoryModel]) -> None:
    (problem,) = read("Carla is angry with Ben because the zxqv frobs.").problems
    assert problem.span.line == 8


def test_whoever_turns_out_to_be_another_is_so_in_reasons_too(
    read: Callable[[str], StoryModel],
) -> None:
    model = read(
        "The stranger is a man in the hall.\nCarla is sad because the stranger has the ring.\n"
        "Carla leaves the hall because the stranger has the ring.\nThe stranger is Ben.\n"
    )
    told = [s for s in model.steps if getattr(s, "because", None) is not None]
    assert {type(s) for s in told} >= {Happening}
    assert {s.because for s in told} == {f.Within(f.Const("ring"), f.Const("Ben"))}  # type: ignore[union-attr]
