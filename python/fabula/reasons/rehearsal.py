"""A story run once more with all acts at hand that it does not tell: from any moment of it something else can be tried."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fabula.engine.compiled import Compiled
from fabula.engine.runner import Runner
from fabula.engine.stage import Stage, bearer
from fabula.language.state import State
from fabula.model.story import Content, StoryModel
from fabula.model.world import PERSON, Thing
from fabula.reasons.repertoire import Repertoire


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A run of a story that can be left at any moment."""

    runner: Runner
    repertoire: Repertoire
    memo: dict[Any, Any] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The words, with the people that are only known by name."""
        return self.repertoire.state

    def after(self, time: int) -> Stage:
        """The story after a step of the kernel, to go on from."""
        return Stage.after(self.runner, time, (), self.memo)


def rehearse(model: StoryModel, state: State, contents: Iterable[Content] = ()) -> Rehearsal:
    """Runs a story with everything at hand; ``contents`` are what may be told besides what the story tells.

    Raises CoreError where its rules never come to rest, as running it does.
    """
    world = copy.copy(state.world)
    world.things = {**world.things, **{t.id: t for t in _bearers(state)}}
    told = {content.id: content for content in contents}
    world.contents = {**world.contents, **told}
    words = copy.copy(state)
    words.world = world
    played = replace(model, world=world)
    repertoire = Repertoire(played, words)
    runner = Runner(played, Compiled(words), prepared=tuple(repertoire.variants(tuple(told))))
    runner.run()
    return Rehearsal(runner, repertoire)


def _bearers(state: State) -> Iterable[Thing]:
    """For each name somebody of whom nothing is known but the name: who does not know whose it is thinks of him."""
    for name in state.names:
        known = state.world.things.get(name)
        label = known.label if known is not None else name
        yield Thing(bearer(name), label, (PERSON,), proper=known is not None and known.proper)
