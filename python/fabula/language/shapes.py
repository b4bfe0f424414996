"""What decides how a sentence is read: its shape, by which a reading is kept, for one story or for all of a library."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fabula.language import syntax as x
from fabula.language.lexer import Token

if TYPE_CHECKING:
    from fabula.language.state import State
    from fabula.model.world import Thing

MOST_TREES = 20_000


@dataclass(slots=True)
class Trees:
    """Readings that all stories share which read on from one library, as long as they keep to its verbs."""

    library: State
    version: int  # of the library's frames
    kept: dict[tuple[Hashable, ...], x.Tree] = field(default_factory=dict)
    asked: dict[tuple[Hashable, ...], list[Any]] = field(default_factory=dict)  # of questions

    def shape(self, state: State, tokens: list[Token]) -> tuple[Hashable, ...] | None:
        """What decides how a sentence is read in any of the stories; None where this story's own words do."""
        lexicon = state.lexicon
        own = lexicon.own
        if own is None or lexicon.frames_version != self.version:
            return None
        shape: list[Hashable] = []
        for token in tokens:
            shape.append(token.shape)
            if token.entry is None or token.lower not in own:
                continue
            more = self._own(state, token)
            if more is None:
                return None
            shape.append(more)
        return tuple(shape)

    def _own(self, state: State, token: Token) -> Hashable | None:
        """What this story makes of a word, in words of the library; None where that cannot be said in them."""
        entry = token.entry
        assert entry is not None
        words = entry.phrase_of
        known = self.library.lexicon.entry(words)
        if known is None or (entry.noun, entry.relation, entry.adjectives, entry.verbs) != (
            known.noun,
            known.relation,
            known.adjectives,
            known.verbs,
        ):
            plain = entry.noun is None and not (entry.relation or entry.adjectives or entry.verbs)
            if not plain or known is not None:
                return None
        if entry.name is None:
            return ()
        thing = state.world.things.get(entry.name)
        if thing is None:
            return ()
        named = _named(state, thing)
        base = self.library.world.kinds
        if any(base.get(kind) is not state.world.kinds[kind] for kind in named[0]):
            return None
        return named

    def keep(self, shape: tuple[Hashable, ...], tree: x.Tree) -> None:
        """Keeps a reading."""
        if len(self.kept) >= MOST_TREES:
            self.kept.clear()
        self.kept[shape] = tree


def shape_of(state: State, token: Token) -> str:
    """What of a token decides how its sentence is read: of what is a name, too, what kind of thing it names."""
    entry = token.entry
    if entry is None or entry.name is None:
        return token.shape
    thing = state.world.things.get(entry.name)
    if thing is None:
        return token.shape
    return f"{token.shape} {_named(state, thing)}"


def _named(state: State, thing: Thing) -> tuple[tuple[str, ...], bool, bool, bool]:
    """What of a named thing matters to reading: the kinds of whoever bears the name, and how sure they are."""
    body = state.names.get(thing.id)
    kinds = state.world.things[body].kinds if body in state.world.things else thing.kinds
    return kinds, body is not None, thing.implied, thing.id in state.vague
