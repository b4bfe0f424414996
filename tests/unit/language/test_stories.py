"""Every story of the repository is read without a problem, and written back as it was read."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from fabula.language.reading import Reader
from fabula.language.say import event_words
from fabula.model.story import Everyone, Happening
from fabula.text.reading import parse_markdown

STORIES = sorted(path.parent for path in (Path(__file__).parents[3] / "stories").glob("*/story.md"))


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_a_story_is_read(folder: Path, compiled: bytes) -> None:
    reader = Reader(state=pickle.loads(compiled))
    first = folder / "story.md"
    for path in (first, *sorted(p for p in folder.glob("*.md") if p != first)):
        reader.read_source(parse_markdown(path.read_text(encoding="utf-8"), path.name))
    assert [str(problem) for problem in reader.state.problems] == []
    assert reader.state.events > 10
    told = [s for s in reader.state.steps if isinstance(s, Happening)]
    assert all(event_words(reader.state, event) for event in told)
    back = Reader(state=reader.state)
    before = len(reader.state.steps)
    for event in told:
        plain = (
            not event.purpose
            and not event.because
            and not any(isinstance(a, Everyone) for a in event.args)
        )
        if plain and not any(str(a).startswith("#") or " of " in str(a) for a in event.args):
            words = event_words(reader.state, event)
            back.read_source(parse_markdown(f"{words[:1].upper()}{words[1:]}.", "back.md"))
            again = [s for s in reader.state.steps[before:] if isinstance(s, Happening)]
            assert [(a.action, a.args, a.attempt, a.unseen_by) for a in again] == [
                (event.action, event.args, event.attempt, event.unseen_by)
            ], words
            before = len(reader.state.steps)
