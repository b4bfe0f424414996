"""Sentences of outlines that are read: each stands for a class of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula import pipeline

WORLD = """\
# The museum

The town is a town. The museum is a building in the town. The hall and the office are rooms in the museum.
Anna is a woman in the hall. Ben is a man in the hall. Carl is a man in the hall. The vase is in the hall.
The key is a key. Anna has it.

# The evening

Anna sings.
"""

READ = """
Anna agrees to do one last job.
Anna and Ben wait. The two meet in a garage by the river.
Ben leaves the hall in a rage.
Ben takes a train to the town under a false name.
The museum has six secret exits.
On day forty of the voyage, a sensor on deck nine beeps.
Anna is in room 414.
Anna waits for only one day.
With the help of Anna, Ben opens the door.
Ben confesses that he himself took the vase.
Her orders are to take the vase.
From the edge of the wood Ben counts six guards.
Ben learns of this and is furious.
The oracle was right and wrong at the same time.
Anna meets a boy of about twelve.
Anna finds the most valuable thing.
Anna gives Ben her best shoes.
It is the autumn of 1944, and Anna sings.
It was a dark and stormy night.
Anna lends Ben her shield.
Carl, the eldest, runs the town.
The barkeeper, old Pete, sings.
King Kreon rules over the island of Naxia.
Anna sings more beautifully than any bird.
Ben sends Wade to the office.
Anna is wounded at San Antonio.
Ben follows the tracks to the canyon.
A woman who calls herself Clara Brandt arrives.
Anna opens the door without asking Carl.
Ben hears the shots.
Ben is a safecracker.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", READ)
def test_it_is_read(sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(f"{WORLD}\n{sentence}\n", encoding="utf-8")
    story = pipeline.read(path)
    assert [problem.message for problem in story.problems] == []
    assert [finding.message for finding in story.run().check().findings] == []


def test_a_modal_verb_is_no_noun(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(f"{WORLD}\nThe doctor will leave.\n", encoding="utf-8")
    story = pipeline.read(path)
    assert [problem.message for problem in story.problems] == []
    assert "will" not in story.state.world.things
