"""A state of reading that goes its own way: many stories read on from one library without loading it again."""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

from fabula.language.discourse import Discourse
from fabula.language.lexicon import Lexicon
from fabula.language.state import Definition, State
from fabula.model.story import World

_PARTS = (World, Lexicon, Discourse, Definition)


def forked(state: State) -> State:
    """The same state, of which nothing that is read from now on is seen in the other, nor the other way round."""
    found = _forked(state)
    assert isinstance(found, State)
    return found


def _forked(whole: Any) -> Any:
    found = copy.copy(whole)
    for field in fields(whole):
        value = getattr(whole, field.name)
        if isinstance(value, _PARTS):
            setattr(found, field.name, _forked(value))
        elif isinstance(value, dict):
            setattr(found, field.name, {k: _own(v) for k, v in value.items()})
        elif isinstance(value, list | set):
            setattr(found, field.name, value.copy())
    return found


def _own(value: Any) -> Any:
    """What is changed in place is copied; everything else is only ever replaced."""
    if isinstance(value, list | set | dict):
        return value.copy()
    return _forked(value) if isinstance(value, Definition) else value
