"""Plot events in the words that would be read back as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.say import NOTHING, _is_spot_label, clause_parts, fact_words, thing_words
from fabula.language.verbs_said import best_frame
from fabula.model import formula as f
from fabula.model.story import Arg, Everyone, Happening

if TYPE_CHECKING:
    from fabula.language.lexicon import Frame
    from fabula.language.state import State


def event_words(state: State, event: Happening) -> str:
    """An event as a sentence without its full stop."""
    action = state.world.actions[event.action]
    roles: dict[str, f.Term] = {}
    seen: tuple[str, ...] | None = None
    for param, arg in zip(action.params, event.args, strict=True):
        if arg in ("nothing", None):
            continue
        if isinstance(arg, tuple) and arg == seen:
            roles[param.name] = f.Var("each other")
            continue
        seen = arg if isinstance(arg, tuple) else seen
        roles[param.name] = f.Const(arg) if isinstance(arg, str) else f.Var(_several(state, arg))
    frame = best_frame(
        state, event.action, frozenset(roles), lambda one: read_as(state, event, one)
    )
    if frame is None:
        return event.words
    tense = "infinitive" if event.attempt else "now"
    subject, rest = clause_parts(state, frame, roles, tense, prepositions=dict(event.prepositions))
    if event.attempt:
        tries = (
            "try to"
            if isinstance(roles.get(frame.subject), f.Var) or _many(state, roles.get(frame.subject))
            else "tries to"
        )
        rest = f"{tries} {rest}"
    if event.unseen_by is not None:
        by = f" by {_joined(state, event.unseen_by)}" if event.unseen_by else ""
        subject = f"{subject}, unseen{by},"
    words = [subject, rest]
    if event.together:
        words.append(f"with {_joined(state, event.together)}")
    if event.instrument:
        words.append(f"with {thing_words(state, event.instrument)}")
    if event.at:
        place = thing_words(state, event.at)
        words.append(place if _is_spot_label(state, event.at) else f"in {place}")
    if event.purpose is not None:
        words.append(f"to {event.purpose.text}")
    if event.because is not None:
        words.append(f"because {fact_words(state, event.because)}")
    return f"{'later, ' if event.gap else ''}{' '.join(words)}"


def read_as(state: State, event: Happening, frame: Frame) -> bool:
    """Whether a sentence of this frame, with these things in it, is read as this action."""
    from fabula.language.events import chosen

    action = state.world.actions[event.action]
    things = {
        p.name: (arg,) if isinstance(arg, str) else arg
        for p, arg in zip(action.params, event.args, strict=True)
        if isinstance(arg, str | tuple) and arg != "nothing"
    }
    return chosen(state, frame, things) == event.action


def _several(state: State, arg: Arg) -> str:
    if isinstance(arg, Everyone):
        who = "everyone" if arg.kind == "person" else f"every {arg.kind}"
        place = f" in {thing_words(state, arg.place)}" if arg.place else ""
        but = f" except {_joined(state, arg.but)}" if arg.but else ""
        return f"{who}{place}{but}"
    return _joined(state, (arg,) if isinstance(arg, str) else arg)


def _joined(state: State, things: tuple[str, ...]) -> str:
    words = [thing_words(state, t) for t in things]
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def _many(state: State, term: f.Term | None) -> bool:
    from fabula.language.say import plural_of

    return term not in (None, NOTHING) and plural_of(state, term)


__all__ = ["event_words"]
