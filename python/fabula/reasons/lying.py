"""Lies about what one wants to keep, told to somebody who would take it away: he is not to come upon it."""

from __future__ import annotations

from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f
from fabula.model.world import PERSON
from fabula.reasons.concerns import resolved, things_of
from fabula.reasons.wants import Want, met, wants


def misled(
    mind: Stage, deed: Deed, person: str, held: list[Want]
) -> tuple[Want, tuple[Want, ...]] | None:
    """What a lie is to keep, and the wants of those to whom it is told that go against that; None where it keeps nothing."""
    world, state = mind.model.world, mind.compiled.state
    content = next((world.contents[a] for a in deed.args if a in world.contents), None)
    if world.actions[deed.action].seems is None or content is None or content.formula is None:
        return None
    about = _with_owners(mind, things_of(mind, content.formula))
    others = [a for a in deed.args if a != person and a in world.things and state.is_a(a, PERSON)]
    for want in held:
        concerned = things_of(mind, want.goal) & about - set(others)
        if not concerned or not met(mind, want):
            continue
        undone = resolved(mind, f.negated(want.goal))
        opposed = tuple(
            theirs[0]
            for other in others
            if (theirs := [w for w in wants(mind, other) if resolved(mind, w.goal) == undone])
        )
        if opposed:
            return want, opposed
    return None


def _with_owners(mind: Stage, things: set[str]) -> set[str]:
    """What is somebody's, such as his face, and he himself."""
    known = mind.model.world.things
    owners = {known[t].owner for t in things} - {None}
    bearers = {mind.bearer_of(o) if o in mind.compiled.state.names else o for o in owners if o}
    return things | {b for b in bearers if b is not None}
