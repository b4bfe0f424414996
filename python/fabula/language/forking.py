"""A state of reading that goes its own way: many stories read on from one library without loading it again."""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

from fabula.language.discourse import Discourse
from fabula.language.lexicon import Lexicon
from fabula.language.shapes import Trees
from fabula.language.state import Definition, State
from fabula.model.sharing import Remembered
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


def _forked(whole: Any) -> Any:
    found = copy.copy(whole)
    # of what is forked again and again this is found out once
    deep = _WITHIN.of((whole,), lambda: _changed_within(whole))
    for field in fields(whole):
        value = getattr(whole, field.name)
        if isinstance(value, _PARTS):
            setattr(found, field.name, _forked(value))
        elif isinstance(value, dict) and field.name in deep:
            setattr(found, field.name, {k: _own(v) for k, v in value.items()})
        elif isinstance(value, list | set | dict):
            setattr(found, field.name, value.copy())
    return found


def _changed_within(whole: Any) -> frozenset[str]:
    """The fields that map to what is changed in place; what others map to is only ever replaced."""
    return frozenset(
        field.name
        for field in fields(whole)
        if isinstance(value := getattr(whole, field.name), dict)
        and (type(whole), field.name) not in _REPLACED
        and any(isinstance(v, list | set | dict | Definition) for v in value.values())
    )


_REPLACED = {(Lexicon, "frames"), (State, "wanted")}

_WITHIN = Remembered[frozenset[str]](64)


def _own(value: Any) -> Any:
    """What is changed in place is copied; everything else is only ever replaced."""
    if isinstance(value, list | set | dict):
        return value.copy()
    if isinstance(value, Definition):
        return Definition(value.key, value.letters, value.bodies.copy())
    return value
