"""When something came to be so that need not be so any more."""

from __future__ import annotations

from fabula.engine.running import Run
from fabula.model import formula as f


def came_so(
    run: Run, fact: f.Formula, now: int, minds: tuple[str, ...] = (), first: bool = False
) -> tuple[int, int] | None:
    """The times before and at which something came to be so the last time, or the first; None where it never was."""
    while isinstance(fact, f.Believes) and isinstance(fact.who, f.Const):
        minds, fact = (*minds, fact.who.thing), fact.body
    was = run.runner.truth(fact, 0, minds) is True
    found = (0, 0) if was else None
    before = 0
    for record in run.runner.records:
        if record.ended > now or (first and found is not None):
            break
        so = run.runner.truth(fact, record.ended, minds) is True
        if so and not was:
            found = before, record.ended
        was, before = so, record.ended
    return found
