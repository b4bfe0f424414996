"""A fork of the library goes its own way: nothing that a story teaches it is seen in the library or another fork."""

from __future__ import annotations

import pickle

from fabula.language.forking import forked
from fabula.language.library import load_library
from fabula.language.reading import Reader
from fabula.language.state import State
from fabula.text.reading import parse_markdown

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
