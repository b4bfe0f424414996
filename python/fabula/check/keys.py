"""Locks and who has the key, in words."""

from __future__ import annotations

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.possible import Trouble
from fabula.check.wording import joined
from fabula.engine.records import Literal
from fabula.model.world import LOCATION


def fitting(case: Case, trouble: Trouble) -> list[str]:
    """The keys to what is locked, where an event fails for a lock."""
    literal = trouble.literal
    if literal.fluent != "locked":
        return []
    things = [i for i in case.world.things if case.state.is_a(i, "key")]
    return [
        k for k in things if case.value("fit", (k, literal.args[0]), trouble.record.before) is True
    ]


def without_key(case: Case, trouble: Trouble) -> str:
    """``, and Tom does not have the key``, or nothing."""
    keys = fitting(case, trouble)
    if not keys:
        return ""
    return (
        f", and {case.words(trouble.actor)} does not have {joined([case.words(k) for k in keys])}"
    )


def reasons_of_keys(case: Case, trouble: Trouble) -> tuple[Reason, ...]:
    """What brought the keys to where they are."""
    found: list[Reason] = []
    runner, time = case.runner, trouble.record.before
    for key in fitting(case, trouble):
        where = case.value(LOCATION, (key,), time)
        cause = runner.timeline.cause(time, [], runner.fluent(LOCATION), [runner.number(key)])
        reason = case.reason(Literal(LOCATION, (key,), None, where, cause, ""))
        if reason is not None:
            found.append(reason)
    return tuple(found)
