"""Where and when something is told stands before what is told; names that only look like names; kinds that exclude each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from fabula.model.story import Happening

WORLD = """# The house

The hall is a hall. The kitchen is a kitchen. The door is a door in the hall. The door leads to the kitchen.
Anna is a woman in the kitchen. Ben is a man in the kitchen. The pistol is a pistol. Ben has the pistol.

# One

"""


def read(tmp_path: Path, text: str) -> fabula.Story:
    path = tmp_path / "house.md"
    path.write_text(WORLD + text + "\n", encoding="utf-8")
    return fabula.read(path)


@pytest.mark.parametrize(
    ("sentence", "action", "told"),
    [
        ("Anna tells Ben in the kitchen that she is tired.", "tell", "Anna is tired"),
        ("Anna tells Ben through the door that she is tired.", "tell", "Anna is tired"),
        ("Anna tells Ben over dinner that she is tired.", "tell", "Anna is tired"),
        ("Anna tells Ben the next day that she is tired.", "tell", "Anna is tired"),
        ("Anna tells Ben with a smile that she is tired.", "tell", "Anna is tired"),
        ("Anna says in the kitchen that she is tired.", "say", "Anna is tired"),
        ("Anna lies to Ben in the kitchen that she is tired.", "lie", "Anna is tired"),
        ("Anna asks Ben in the kitchen whether he is tired.", "ask", "whether Ben is tired"),
        ("Anna tells Ben in the kitchen where the pistol is.", "tell where", "where the pistol is"),
        ("Anna orders Ben through the door to leave.", "order", "leave"),
        ("Anna promises Ben in the kitchen to leave.", "promise", "leave"),
    ],
)
def test_what_is_told_is_not_lost_behind_a_place_or_a_time(
    tmp_path: Path, sentence: str, action: str, told: str
) -> None:
    story = read(tmp_path, sentence)
    assert not story.problems
    (event,) = (step for step in story.model.steps if isinstance(step, Happening))
    contents = [
        story.model.world.contents[a].text for a in event.args if a in story.model.world.contents
    ]
    assert (event.action, contents) == (action, [told])


def test_a_place_before_what_is_told_is_where_it_is_told(tmp_path: Path) -> None:
    story = read(tmp_path, "Ben goes to the hall.\nAnna tells Ben in the hall that she is tired.")
    assert story.run().state().holds("Anna is in the hall") is True


def test_it_may_be_the_window_that_shows_something(tmp_path: Path) -> None:
    story = read(tmp_path, "The window is a window in the hall. It shows the kitchen.")
    assert not story.problems
    assert story.run().state().holds("the window shows the kitchen") is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna is held at gunpoint.",
        "Anna is being held at gunpoint by Ben.",
        "Anna was held at bay.",
    ],
)
def test_a_participle_keeps_the_words_of_its_verb(tmp_path: Path, sentence: str) -> None:
    run = read(tmp_path, "Ben holds Anna at gunpoint.").run()
    assert run.state().holds(sentence) is True


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("\u0410nna sleeps.", "cyrillic capital letter a"),
        ("B\u0435n sleeps.", "cyrillic small letter ie"),
        ("\u0391nna sleeps.", "greek capital letter alpha"),
        ("An\u200bna sleeps.", "zero width space"),
        ("An\u00adna sleeps.", "soft hyphen"),
    ],
)
def test_letters_that_only_look_like_these_are_a_problem(
    tmp_path: Path, written: str, found: str
) -> None:
    story = read(tmp_path, f"Ben sighs.\n{written}")
    (problem,) = story.problems
    assert problem.code == "T207"
    assert found in problem.message
    assert problem.span.line == 9
    people = [t for t in story.model.world.things if story.state.is_a(t, "person")]
    assert people == ["Anna", "Ben"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Zoë is a woman.",
        "Иван is a man.",
        "Αλέξης is a man.",
        "Łukasz is a man.",
        "Anna\u200d sleeps.",
    ],
)
def test_other_alphabets_are_no_problem(tmp_path: Path, sentence: str) -> None:
    assert not read(tmp_path, sentence).problems


@pytest.mark.parametrize("kind", ["man", "boy", "king"])
def test_a_woman_is_no_man(tmp_path: Path, kind: str) -> None:
    story = read(tmp_path, f"Ben sighs.\nAnna is a {kind}.")
    assert [p.code for p in story.problems] == ["T401"]


def test_later_before_the_first_event_contradicts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "later.md"
    world = WORLD.partition("# One")[0]
    path.write_text(
        f"{world}Later, Anna is in the hall.\n\n# One\n\nAnna sleeps.\n", encoding="utf-8"
    )
    story = fabula.read(path)
    run = story.run()
    assert not run.check().findings
    assert run.state().holds("Anna is in the hall") is True
    assert [t for t in story.model.world.things if story.state.is_a(t, "person")] == ["Anna", "Ben"]
