"""P102: somebody is elsewhere, and there was no time or no way to get there."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.possible import Trouble, faults, plainly
from fabula.check.rule import Fault, Key, Rule
from fabula.check.wording import so
from fabula.engine.records import Literal
from fabula.model.world import LOCATION, PLACE_OF


def find(case: Case) -> Iterator[Fault]:
    """``Tom cannot hit Ann: Tom is in the hall (since event 3), and Ann is in the garden``."""
    return faults(case, "P102", _say, _more, _keys)


def _say(case: Case, trouble: Trouble) -> str:
    said = plainly(case, trouble)
    other = _place_of_other(case, trouble)
    if other is None:
        return said
    both = [said, f"{so(case, other)}{case.since(other)}"]
    return ", and ".join(reversed(both) if other.args[0] == trouble.actor else both)


def _more(case: Case, trouble: Trouble) -> tuple[Reason, ...]:
    other = _place_of_other(case, trouble)
    found = case.reason(other) if other is not None else None
    return (found,) if found is not None else ()


def _keys(case: Case, trouble: Trouble) -> frozenset[Key]:
    """Whoever came to where he is in the story may be the one at fault; else it is the two of them."""
    both = [one for one in (trouble.literal, _place_of_other(case, trouble)) if one is not None]
    where: list[Key] = [("where", one.args[0], one.cause) for one in both]
    moved = [key for key in where if isinstance(key[2], int) and key[2] > case.beginning]
    return frozenset(moved) or frozenset({tuple(where)})


def _place_of_other(case: Case, trouble: Trouble) -> Literal | None:
    """Where the other one is, with what brought him there."""
    if trouble.other is None or trouble.other == trouble.literal.needed:
        return None
    time, runner = trouble.record.before, case.runner
    place = case.value(PLACE_OF, (trouble.other,), time)
    if not isinstance(place, str):
        return None
    cause = runner.timeline.cause(time, [], runner.fluent(LOCATION), [runner.number(trouble.other)])
    return Literal(LOCATION, (trouble.other,), None, place, cause, "")


RULE = Rule(
    code="P102",
    name="elsewhere",
    severity="error",
    explanation="""\
Somebody takes part in an event, but is somewhere else at that moment. Within a scene nobody travels
unless the story says so. Between scenes (a new heading, "later", "the next day") who is free may have
travelled: that is assumed, and can be listed. Who is dead, captive, held, surrounded, asleep or locked
in does not travel.

To answer it: say how he gets there, begin a new scene, or let somebody do it who is there.""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the garden.

# The morning

Tom goes to the hall.
Ann goes to the garden.
Tom hits Ann.
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the garden.

# The morning

Tom goes to the hall.
Ann goes to the garden.
Tom comes to the garden.
Tom hits Ann.
""",
    find=find,
)
