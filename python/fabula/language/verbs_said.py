"""Verbs as they are said: their forms by tense, and which frame says an act or a state best."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fabula.language import morphology

if TYPE_CHECKING:
    from fabula.language.lexicon import Frame
    from fabula.language.state import State


def verb_words(verb: str, tense: str, negated: bool, many: bool) -> str:
    """A verb with its auxiliaries: ``does not go``, ``was``, ``will not be``."""
    base = morphology.base(verb)
    if tense in ("will", "can", "must", "may"):
        return f"{tense} not {base}" if negated else f"{tense} {base}"
    if tense == "infinitive":
        return f"not {base}" if negated else base
    if tense == "progressive":
        return f"{verb_words('be', 'now', negated, many)} {morphology.gerund(verb)}"
    if verb == "be":
        form = ("were" if many else "was") if tense == "past" else ("are" if many else "is")
        return f"{form} not" if negated else form
    if negated:
        return f"{'did' if tense == 'past' else 'do' if many else 'does'} not {base}"
    if tense == "past":
        return morphology.past(verb)
    return base if many else morphology.third_person(verb)


def frames_said(state: State) -> tuple[dict[str, list[Frame]], dict[str, Frame]]:
    """Frames by action, in the order of the rule, and by fluent."""
    lexicon = state.lexicon
    known = lexicon.said
    if known is not None and known[0] == lexicon.frames_version:
        return known[1], known[2]
    actions: dict[str, list[Frame]] = {}
    fluents: dict[str, Frame] = {}
    for frames in lexicon.frames.values():
        for frame in frames:
            if frame.fluent:
                fluents.setdefault(frame.fluent, frame)
            for one in (frame, *frame.others):
                if one.action and not one.action.startswith("@"):
                    actions.setdefault(one.action, []).append(one)
    for action, found in actions.items():
        order = {text: at for at, text in enumerate(state.world.actions[action].frames)}
        found.sort(key=lambda frame: order.get(frame.text, len(order)))
    lexicon.said = (lexicon.frames_version, actions, fluents)
    return actions, fluents


def frame_of_fluent(state: State, fluent: str) -> Frame | None:
    """The frame of a verb of state."""
    return frames_said(state)[1].get(fluent)


def best_frame(
    state: State, action: str, given: frozenset[str], fits: Callable[[Frame], bool] | None = None
) -> Frame | None:
    """The first frame of an action whose roles are just those given, or the nearest to them.

    ``fits`` says of a frame whether its sentence is read as this action and no other.
    """
    scored = sorted(
        frames_said(state)[0].get(action, ()), key=lambda frame: _distance(frame, given)
    )
    if not scored:
        return None
    least = _distance(scored[0], given)
    nearest = [frame for frame in scored if _distance(frame, given) == least]
    if fits is not None and len(nearest) > 1:
        return next((frame for frame in nearest if fits(frame)), nearest[0])
    return nearest[0]


def _distance(frame: Frame, given: frozenset[str]) -> int:
    missing = sum(
        1 for slot in frame.slots if slot.role and not slot.optional and slot.role not in given
    )
    missing += frame.subject not in given
    return 10 * missing + len(given - set(frame.roles))
