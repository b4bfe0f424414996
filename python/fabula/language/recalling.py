"""The act of the story that a sentence recalls, though that was told with more said."""

from __future__ import annotations

from fabula.language import referents as r
from fabula.language.lexicon import Frame
from fabula.language.state import Context
from fabula.model.story import Everyone, Happening, members


def recalled(
    ctx: Context, frame: Frame, action_id: str, named: dict[str, r.Ref]
) -> tuple[str, dict[str, r.Ref]]:
    """The act of the story that is told of, where it was done with more said: "sold the watch" of "sold it to Jim"."""
    state = ctx.state
    given = {state.names.get(t, t) for ref in named.values() for t in ref.things()}
    said = _fixed(frame)
    verbs = {
        fr.action: fr
        for fr in state.lexicon.frames.get(frame.verb, ())
        for fr in (fr, *fr.others)
        if fr.action
        and said <= _fixed(fr)  # who falls has not fallen asleep
        and ("at",) not in _prepositions(fr) - _prepositions(frame)  # nor is who is shot at shot
        and not (
            _prepositions(frame) and _away(fr) and not _away(frame)
        )  # who gets out of the inn has not got to it
    }
    if len(verbs) < 2 or not given:
        return action_id, named
    for step in reversed(state.steps):
        if not isinstance(step, Happening) or step.action not in verbs:
            continue
        everybody = any(isinstance(arg, Everyone) for arg in step.args)
        missing = given - {one for arg in step.args for one in members(arg)}
        if len(missing) > (1 if everybody else 0):
            continue
        if step.action == action_id and not missing:
            return action_id, named
        other = state.world.actions[step.action]
        if len(other.params) < len(named):
            continue
        found: dict[str, r.Ref] = (
            {verbs[step.action].subject: named[frame.subject]} if frame.subject in named else {}
        )
        rest = [ref for letter, ref in named.items() if letter != frame.subject]
        for param, arg in zip(other.params, step.args, strict=True):
            these = missing if isinstance(arg, Everyone) else set(members(arg))
            ref = next(
                (q for q in rest if {state.names.get(t, t) for t in q.things()} & these), None
            )
            if ref is not None and param.name not in found:
                found[param.name] = ref
        if len(found) == len(named):
            return step.action, found
    return action_id, named


def _away(frame: Frame) -> bool:
    """Whether a frame says from where something is done."""
    return any(not _FROM.isdisjoint(words) for words in _prepositions(frame))


_FROM = frozenset({"out of", "off", "from", "away from"})


def _prepositions(frame: Frame) -> set[tuple[str, ...]]:
    return {slot.words for slot in frame.slots if slot.kind == "prep" and not slot.optional}


def _fixed(frame: Frame) -> set[tuple[str, ...]]:
    """The words that belong to a verb itself, and begin no role: "asleep" of "fall asleep"."""
    return {slot.words for slot in frame.slots if not slot.role}
