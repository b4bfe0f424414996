"""What a sentence that cannot be read has left behind is taken back, as if it had not been written.

Only who or what it says something is ("Zora is a woman who …") stays, so that the sentences behind it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fabula.language.lexer import name_words
from fabula.language.state import State


@dataclass(slots=True)
class Mark:
    """How far everything had come that only grows."""

    steps: int
    events: int
    assumptions: int
    things: int
    contents: int
    parts: int
    where: int
    related: int
    callings: int
    short: dict[str, str]
    sentence: int
    place: str | None
    subject: tuple[str, ...]
    together: tuple[str, ...]
    told: tuple[str, int]
    sexes: int
    severed: int


def mark(state: State) -> Mark:
    """Where reading stands now."""
    discourse = state.discourse
    return Mark(
        len(state.steps),
        state.events,
        len(state.assumptions),
        len(state.world.things),
        len(state.world.contents),
        len(state.parts),
        len(state.where),
        len(state.related),
        len(state.callings),
        state.short.copy(),
        discourse.sentence,
        discourse.place,
        discourse.subject,
        discourse.acted_together,
        discourse.told,
        len(state.sexes),
        len(state.severed),
    )


def undo(state: State, to: Mark) -> None:
    """Takes back what has come since."""
    del state.steps[to.steps :]
    del state.assumptions[to.assumptions :]
    state.events = to.events
    for thing in state.sexes[to.sexes :]:
        if thing in state.world.things:
            state.world.things[thing].gender = None
    del state.sexes[to.sexes :]
    del state.severed[to.severed :]
    _forget_things(state, set(_since(state.world.things, to.things)))
    for content in _since(state.world.contents, to.contents):
        del state.world.contents[content]
    state.content_ids = {
        key: ident for key, ident in state.content_ids.items() if ident in state.world.contents
    }
    for kept, size in ((state.where, to.where), (state.parts, to.parts)):
        for key in _since(kept, size):
            del kept[key]
    for relation in _since(state.related, to.related):
        del state.related[relation]
    for calling in _since(state.callings, to.callings):
        del state.callings[calling]
    state.short = to.short
    discourse = state.discourse
    discourse.mentions = [m for m in discourse.mentions if m.sentence <= to.sentence]
    discourse.sentence = to.sentence
    discourse.place = to.place
    discourse.subject, discourse.acted_together = to.subject, to.together
    discourse.told = to.told


def _since(kept: Mapping[Any, object], size: int) -> list[Any]:
    """The keys that have come since a dictionary was of this size."""
    return list(kept)[size:] if len(kept) > size else []


def _forget_things(state: State, gone: set[str]) -> None:
    """Things that only a sentence that cannot be read has spoken of."""
    if not gone:
        return
    dropped = [words for words, thing in state.lexicon.names.items() if thing in gone]
    for words in dropped:
        state.lexicon.drop_name(words)
    for thing in gone:
        del state.world.things[thing]
        state.names.pop(thing, None)
        state.traits.pop(thing, None)
    state.vague -= gone
    for kept in state.world.things.values():
        if dropped and name_words(kept.label) in dropped:
            # what bore the same words before bears them again
            state.add_alias_words(kept.label, kept.id)
        if not gone.isdisjoint(kept.members):
            kept.members = tuple(m for m in kept.members if m not in gone)
    for things in state.related.values():
        things[:] = [thing for thing in things if thing not in gone]
