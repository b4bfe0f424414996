"""Every rule of the library that a sentence can tell, and every event of the stories, is read back as it was said."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

import pytest

import fabula
from fabula.language.reading import Reader
from fabula.language.say import content_words, event_words
from fabula.language.say_events import read_as
from fabula.language.state import State
from fabula.language.verbs_said import best_frame, frames_said
from fabula.model import formula as f
from fabula.model.story import Content, Happening
from fabula.model.world import Action
from fabula.text.reading import parse_markdown
from tests.property.test_language import SOURCE, _things, _world

ROOT = Path(__file__).parents[2]
HELD = ("gifts", "handkerchief", "letter", "locked-room", "wolf")
TOLD_OTHERWISE = 5
"""Rules that share all their words with another one that is meant where both fit, and the one of what one becomes."""


@cache
def _reader() -> Reader:
    """A reader of its own, in whose world nobody else has said anything."""
    return Reader(state=pickle.loads(_world()))


@cache
def _content() -> str:
    """Something to tell: that Carl is asleep."""
    state = _reader().state
    body = f.truth("asleep", f.Const("Carl"))
    return state.content(Content("", "that", content_words(state, body), body)).id


def _barred(action: Action, name: str) -> list[str]:
    """The kinds that a rule says a letter must not be of ("T is not a person")."""
    return [
        part.body.kind
        for need in action.needs
        for part in f.conjuncts(need.formula)
        if isinstance(part, f.Not)
        and isinstance(part.body, f.IsKind)
        and part.body.term == f.Var(name)
    ]


def _event(state: State, action: Action) -> Happening | None:
    """An event of the rule with the first things that fit, or None if another rule has the same words."""
    frames = frames_said(state)[0].get(action.id)
    if not frames or any(slot.kind in ("N", "J") for slot in frames[0].slots):
        return None  # what one becomes is a state and no thing, and is told by the state
    said = {frames[0].subject} | {s.role for s in frames[0].slots if s.role and not s.optional}
    args: list[str] = []
    for param in action.params:
        if param.name in action.contents:
            fitting = [_content()]
        else:
            barred = _barred(action, param.name)
            fitting = [
                t
                for t in _things(state, param.kind)
                if t not in args and not any(state.is_a(t, kind) for kind in barred)
            ]
        args.append(fitting[0] if param.name in said and fitting else "nothing")
    event = Happening(1, action.id, tuple(args), SOURCE)
    given = frozenset(p.name for p, a in zip(action.params, args, strict=True) if a != "nothing")
    frame = best_frame(state, action.id, given, lambda one: read_as(state, event, one))
    return event if frame is not None and read_as(state, event, frame) else None


def _back(reader: Reader, event: Happening) -> None:
    """Say an event, read it, and compare."""
    state = reader.state
    words = event_words(state, event)
    state.problems.clear()
    reader.read_source(parse_markdown(f"{words[:1].upper()}{words[1:]}.", "said.md"))
    assert [str(problem) for problem in state.problems] == [], words
    read = next(step for step in reversed(state.steps) if isinstance(step, Happening))
    assert read is not event
    assert (read.action, read.args, read.attempt) == (event.action, event.args, event.attempt), (
        words
    )


def test_every_rule() -> None:
    reader = _reader()
    actions = [a for a in reader.state.world.actions.values() if set(a.contents.values()) <= {"C"}]
    told = [event for a in actions if (event := _event(reader.state, a)) is not None]
    assert len(actions) - len(told) <= TOLD_OTHERWISE
    assert len(told) > 350
    for event in told:
        _back(reader, event)


@pytest.mark.parametrize("name", HELD)
def test_every_event_of_a_story(name: str) -> None:
    story = fabula.read(ROOT / "stories" / name)
    reader = Reader(state=story.state)
    events = [step for step in story.model.steps if isinstance(step, Happening)]
    assert events
    for event in events:
        _back(reader, event)
