"""Scenes in story time: every event once, later for the same people further down, and nothing drawn over anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import fabula
from fabula.draw.knowledge import minds_of
from fabula.draw.picture import Look
from fabula.draw.threads import past, stretches
from fabula.draw.times import times
from fabula.engine.running import Run
from fabula.language.times import told_of
from tests.unit.draw.boxes import cut_off, overlapping
from tests.unit.draw.conftest import ALONE, EMPTY, NOBODY, ROOT, played

BACK = """# Back

Ann is a woman in the hall. Ben is a man in the mill. The hall is a hall. The mill is a mill. The lamp is a lamp in the hall.

# First

Ann takes the lamp.

# Second

Two years earlier, Ben leaves the mill.

# Third

Ann drops the lamp.

# Fourth

Ben goes to the mill.
"""


def test_every_event_stands_in_one_stretch(story: Run) -> None:
    shown = stretches(minds_of(story), Look())
    assert [r.n for one in shown for r in one.events] == [r.n for r in story.records]


def test_what_the_same_people_do_later_stands_lower(story: Run) -> None:
    shown = stretches(minds_of(story), Look())
    for at, one in enumerate(shown):
        for other in shown[at + 1 :]:
            if (
                other.shift is None
                and one.shift is None
                and one.people.keys() & other.people.keys()
            ):
                assert other.rank > one.rank


def test_meanwhile_is_the_same_time() -> None:
    shown = {one.title: one for one in stretches(minds_of(played("desperado")), Look())}
    assert shown["The news"].rank == shown["The lesson"].rank
    assert shown["The gunfight"].rank > shown["The news"].rank


def test_what_lies_back_stands_above_and_threads_side_by_side(
    run_of: Callable[[str], Run],
) -> None:
    run = run_of(BACK)
    first, second, third, fourth = stretches(minds_of(run), Look())
    assert second.rank < first.rank < third.rank
    assert fourth.rank == first.rank  # Ben is nobody's business in what Ann does
    assert "gold-line dashed" in times(run, Look()).inline()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The next morning, Ann wakes.", ("The next morning", 1)),
        ("Meanwhile, Ann wakes.", ("Meanwhile", 0)),
        ("Two years earlier, Ann wakes.", ("Two years earlier", -1)),
        ("Then, Ann wakes.", None),
        ("Ann wakes.", None),
        ("Ann, Ben and Carl wake.", None),
    ],
)
def test_time_words(text: str, told: tuple[str, int] | None) -> None:
    assert told_of(text) == told


def test_what_was_before_and_where_it_is_told() -> None:
    run = played("desperado")
    found = {one.text: one.told for one in past(minds_of(run))}
    killed = found["Before the story begins, El killed the other patrons."]
    assert [run.records[n - 1].source.text for n in killed] == [
        "Buscemi tells everyone there that the man in black killed the other patrons."
    ]


def test_every_death_is_marked_once() -> None:
    run = played("desperado")
    known = minds_of(run)
    drawn = times(run, Look()).inline()
    dying = {known.n_of(t) for t in known.deaths.values() if t > known.begin}
    for n in dying:
        assert f"{n}. {run.records[n - 1].source.text}" in drawn.replace("&amp;", "&")


def test_nothing_overlaps_or_is_cut_off(story: Run) -> None:
    picture = times(story, Look())
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_many_scenes_are_put_together(generated: Run) -> None:
    shown = stretches(minds_of(generated), Look())
    assert len(shown) <= 44
    assert sum(len(one.events) for one in shown) == len(generated.records)
    picture = times(generated, Look())
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_a_stretch_and_people() -> None:
    run = played("desperado")
    shown = stretches(minds_of(run), Look(start=50, end=100, people=("Tavo",)))
    assert all("Tavo" in one.people and 50 <= one.first <= one.last <= 100 for one in shown)
    assert shown


def test_the_same_run_again_is_drawn_the_same() -> None:
    path = ROOT / "stories" / "letter"
    first, second = (times(fabula.read(path).run(), Look()).svg() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", [EMPTY, ALONE, NOBODY])
def test_little_to_draw(run_of: Callable[[str], Run], text: str) -> None:
    run = run_of(text)
    said = "Nothing happens in this story yet." in times(run, Look()).inline()
    assert said is not bool(run.records)
