"""A fork of the library goes its own way: nothing that a story teaches it is seen in the library or another fork."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from fabula.engine.running import run_model
from fabula.language.forking import forked
from fabula.language.library import load_library
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.model.story import StoryModel
from fabula.text.files import read_source
from fabula.text.reading import parse_markdown

STORIES = Path(__file__).parents[3] / "stories"
STORY = """\
A grimoire is a kind of book. A person can be dizzy. A colour can be puce.
To frob: X frobs T.
needs: X has T.
It is for frobbing.

X counts as dizzy when X is tired.

Zora is a woman in the crypt. Zora has the grimoire. Zora is also called Zee. Zora is puce.

# One

Zora frobs the grimoire.
"""


def _taught(state: State) -> bytes:
    reader = Reader(state)
    reader.read_source(parse_markdown(STORY, "story.md"))
    assert not state.problems, [str(p) for p in state.problems]
    return pickle.dumps(sorted(state.world.actions))


def test_the_library_learns_nothing() -> None:
    library, untouched = load_library(), load_library()
    for _ in range(2):
        _taught(forked(library))
    one, other = library.lexicon, untouched.lexicon
    assert one.frames == other.frames
    assert one.nouns == other.nouns
    assert one.names == other.names
    assert one.adjectives == other.adjectives
    assert library.world == untouched.world
    assert library.definitions == untouched.definitions
    assert library.counts == untouched.counts
    assert library.qualities == untouched.qualities
    assert not library.steps


def test_a_fork_reads_like_the_library() -> None:
    library = load_library()
    _taught(forked(library))
    assert _taught(forked(library)) == _taught(library)


def _told(name: str, state: State) -> list[object]:
    """What happens in a story, and what is so in the end, in the world and in everybody's mind."""
    reader = Reader(state)
    for source in read_source(STORIES / name):
        reader.read_source(source)
    runner = run_model(StoryModel(name, state.world, tuple(state.steps), (), ()), state)
    people = [None, *(t for t in state.world.things if state.is_a(t, "person"))]
    told: list[object] = [(r.time, getattr(r, "status", "")) for r in runner.records]
    for who in people:
        chain = [] if who is None else [runner.number(who)]
        facts = runner.timeline.facts(runner.timeline.now, chain)
        told.append((who, sorted(str(runner.fact(*fact)) for fact in facts)))
    return told


@pytest.mark.parametrize("name", ["desperado", "gifts", "handkerchief", "letter", "wolf"])
def test_what_is_declared_once_for_all_stories_is_what_each_would_declare(name: str) -> None:
    library = load_library()
    _told("letter", forked(library))  # what it prepares is there for the next
    assert _told(name, forked(library)) == _told(name, load_library())


CHANGED = """\
Only a woman can open a box. A crypt is a kind of pocket.

Zora is a woman. Ben is a man. The box is in the crypt. Zora and Ben are in the crypt.

# One

Ben opens the box. Zora opens the box.
"""


def test_a_story_that_changes_the_library_declares_everything_itself() -> None:
    def told(state: State) -> list[str]:
        Reader(state).read_source(parse_markdown(CHANGED, "story.md"))
        runner = run_model(StoryModel("", state.world, tuple(state.steps), (), ()), state)
        return [getattr(r, "status", "") for r in runner.records]

    library = load_library()
    told(forked(library))
    assert told(forked(library)) == told(load_library())


def test_the_library_tells_of_nothing_in_particular() -> None:
    world = load_library().world
    assert not world.things
    assert not world.contents  # what somebody is told or wants is a story's own
