"""A state of reading that goes its own way: many stories read on from one library without loading it again."""

from __future__ import annotations

import copy
import re
from dataclasses import fields
from functools import cache
from typing import Any

from fabula.language.discourse import Discourse
from fabula.language.lexicon import LENT, Lexicon
from fabula.language.shapes import Trees
from fabula.language.state import Definition, State
from fabula.model.story import World

_PARTS = (World, Lexicon, Discourse)


def forked(state: State) -> State:
    """The same state, of which nothing that is read from now on is seen in the other, nor the other way round."""
    found = _forked(state)
    assert isinstance(found, State)
    found.library = state
    found.lexicon.own = set(state.lexicon.own or ())
    version = state.lexicon.frames_version
    if state.trees is None or state.trees.version != version:
        state.trees = Trees(state, version)
    found.trees = state.trees
    return found


def forked_within(state: State) -> State:
    """The same state in the middle of a story, things included; each of the two is read on from by itself."""
    found = _forked(state)
    assert isinstance(found, State)
    found.world.things = {ident: copy.copy(thing) for ident, thing in state.world.things.items()}
    return found


def _forked(whole: Any) -> Any:
    kind: Any = type(whole)
    if kind is Lexicon:
        whole.lend()
    found = copy.copy(whole)
    deep = _changed_within(kind)
    for field in fields(whole):
        value = getattr(whole, field.name)
        if (kind, field.name) in _SHARED:
            continue
        if isinstance(value, _PARTS):
            setattr(found, field.name, _forked(value))
        elif isinstance(value, dict) and field.name in deep:
            setattr(found, field.name, {k: _own(v) for k, v in value.items()})
        elif isinstance(value, list | set | dict):
            setattr(found, field.name, value.copy())
    return found


@cache
def _changed_within(kind: Any) -> frozenset[str]:
    """The fields that map to what is changed in place; what others map to is only ever replaced."""
    return frozenset(
        field.name
        for field in fields(kind)
        if _TO_CHANGING.match(str(field.type)) and (kind, field.name) not in _REPLACED
    )


_TO_CHANGING = re.compile(r"dict\[.+, (?:list\b|set\b|dict\b|Definition).*\]$")
_SHARED = {
    (World, "kinds"),
    (Lexicon, "_alternatives"),
    *((Lexicon, table) for table in LENT),
}
_REPLACED = {(Lexicon, "frames"), (Lexicon, "_alternatives"), (State, "wanted")}


def _own(value: Any) -> Any:
    """What is changed in place is copied; everything else is only ever replaced."""
    if isinstance(value, list | set | dict):
        return value.copy()
    if isinstance(value, Definition):
        return Definition(value.key, value.letters, value.bodies.copy())
    return value
