"""What holds of the library as a whole."""

from __future__ import annotations

import pickle

from fabula.language.state import State


def test_acts_fit_into_long_stories(compiled: bytes) -> None:
    # The kernel packs what an act is about into 52 bits: with 4 things each may be one of 8,192, with 5 of 1,024,
    # and a story in which much is told has more things than that.
    state: State = pickle.loads(compiled)
    world = state.world
    assert [a.id for a in world.actions.values() if len(a.params) > 4] == []
    assert [one.id for one in world.fluents.values() if len(one.params) > 4] == []
