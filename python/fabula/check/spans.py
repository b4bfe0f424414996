"""What an author asserts over a span of the story."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.engine.records import ClaimRecord
from fabula.model.story import Stated


def spans(case: Case) -> Iterator[tuple[Stated, int]]:
    """Statements that are to hold until something, each with the time from which."""
    if not any(isinstance(s, Stated) and s.until is not None for s in case.run.model.steps):
        return
    times = {id(r.stated): r.before for r in case.records if isinstance(r, ClaimRecord)}
    for step in case.run.model.steps:
        if isinstance(step, Stated) and step.until is not None:
            yield step, times.get(id(step), case.beginning)
