"""Where something is that has left a place: not there any more, and anywhere else for all we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.model import formula as f
from fabula.model.world import LOCATION, OUTSIDE, PLACE, SPOT

if TYPE_CHECKING:
    from fabula.engine.view import View

FIXED_BUT = (SPOT, "vehicle")


def may_have_come(
    runner: View, formula: f.Within, time: int | None = None, chain: tuple[str, ...] = ()
) -> bool:
    """Whether a thing whose whereabouts are lost may be where a formula has it: anywhere but where it left from."""
    if not isinstance(formula.inner, f.Const) or not isinstance(formula.outer, f.Const):
        return False
    timeline, state = runner.timeline, runner.compiled.state
    now = timeline.now if time is None else time
    minds = [runner.number(c) for c in chain]
    location, outer = runner.fluent(LOCATION), runner.number(formula.outer.thing)
    here, seen = runner.number(formula.inner.thing), set[int]()
    while here not in seen:
        seen.add(here)
        value = timeline.value(now, minds, location, [here])
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        if runner.name(value) != OUTSIDE:
            here = value
            continue
        name = runner.name(here)
        if name not in state.world.things or (
            state.is_a(name, PLACE) and not any(state.is_a(name, k) for k in FIXED_BUT)
        ):
            return False
        left = timeline.cause(now, minds, location, [here])
        if not left:
            return True
        before = timeline.value(left - 1, minds, location, [here])
        if not isinstance(before, int) or isinstance(before, bool):
            return True
        return before != outer and not timeline.evaluate(
            left - 1, minds, ("within", ("entity", before), ("entity", outer), location), []
        )
    return False
