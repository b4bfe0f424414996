"""What somebody died or fainted of: how he came to be as one is to whom it happens ("Who is wounded may die of it.")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fabula.ask.answer import Ground
from fabula.ask.grounds import grounds
from fabula.ask.spoken import Deed
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import causes
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.world import PART


def affliction(run: Run, record: EventRecord) -> Record | None:
    """The last sentence that made somebody, or a part of him, so; None where what happened to him comes of nothing."""
    if not record.groundings or not record.groundings[0][1]:
        return None
    action, (who, *_) = record.groundings[0]
    found: Record | None = None
    for state in _states(run, action, who):
        if run.runner.truth(state, record.before) is not True:
            continue
        cause = record_at(run.runner.records, max(causes(run, state, record.before), default=None))
        if cause is not None and (found is None or found.time < cause.time):
            found = cause
    return found


def from_the_first(run: Run, record: EventRecord) -> tuple[Ground, ...]:
    """What the story says at its beginning of how somebody is, of which it comes that something happens to him."""
    if not record.groundings or not record.groundings[0][1]:
        return ()
    action, (who, *_) = record.groundings[0]
    held = (s for s in _states(run, action, who) if run.runner.truth(s, record.before) is True)
    return next((said for state in held if (said := grounds(run, state, record.before))), ())


def _states(run: Run, action: str, who: str) -> Iterator[f.Formula]:
    """Being wounded and the like, of somebody and of his parts."""
    world = run.model.world
    parts = (t.id for t in world.things.values() if t.owner == who and run.words.is_a(t.id, PART))
    bodies = (who, *parts)
    for word in run.words.lexicon.comes_of.get(action, ()):
        for adjective in run.words.lexicon.adjectives.get(tuple(word.split(" ")), ()):
            if not adjective.preposition and adjective.fluent in world.fluents:
                for body in bodies:
                    yield f.truth(adjective.fluent, f.Const(body), value=adjective.value)


def brought_by(run: Run, record: EventRecord, asked: Iterable[Deed]) -> str | None:
    """Who is said to have killed somebody that died of what he did to him; only of verbs that say no more than that."""
    earlier = affliction(run, record)
    if not isinstance(earlier, EventRecord) or not any(things for _, things in earlier.groundings):
        return None
    if not any(_is_general(run, deed.action) for deed in asked):
        return None
    return earlier.groundings[0][1][0]


def _is_general(run: Run, action: str) -> bool:
    """Whether other acts are this one, too ("X killed Y" of who shoots somebody dead), so that it leaves open how."""
    return any(
        isinstance(effect, f.Assign) and effect.fluent == f"did:{action}"
        for other in run.model.world.actions.values()
        for effect in other.effects
    )
