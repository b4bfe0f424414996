"""P103: somebody uses what another has, what lies elsewhere, or what is gone for good."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.families import held_by
from fabula.check.findings import Reason
from fabula.check.possible import Trouble, faults, plainly
from fabula.check.rule import Fault, Rule
from fabula.check.wording import so
from fabula.engine.records import Literal
from fabula.model.world import LOCATION, PLACE


def find(case: Case) -> Iterator[Fault]:
    """``Tom cannot give the ring to Ann: Bob has the ring (since event 4)``."""
    return faults(case, "P103", _say, _more)


def _thing(case: Case, trouble: Trouble) -> Literal | None:
    """Where the thing is, in the place of who would have to be with it."""
    literal, time, runner = trouble.literal, trouble.record.before, case.runner
    other = trouble.other
    if literal.op == "within" or other is None or literal.fluent in ("destroyed", "wear"):
        return None
    thing = other if case.is_person(literal.args[0]) else literal.args[0]
    if case.is_person(thing) or case.state.is_a(thing, PLACE):
        return None
    holder = held_by(case, thing, time)
    cause = runner.timeline.cause(time, [], runner.fluent(LOCATION), [runner.number(thing)])
    return Literal(LOCATION, (thing,), None, holder, cause, "") if holder is not None else None


def _say(case: Case, trouble: Trouble) -> str:
    thing = _thing(case, trouble)
    if thing is not None:
        return f"{so(case, thing)}{case.since(thing)}, and is elsewhere"
    return plainly(case, trouble)


def _more(case: Case, trouble: Trouble) -> tuple[Reason, ...]:
    thing = _thing(case, trouble)
    found = case.reason(thing) if thing is not None else None
    return (found,) if found is not None else ()


RULE = Rule(
    code="P103",
    name="not-at-hand",
    severity="error",
    explanation="""\
Somebody uses, gives or takes a thing that is not there to be used: another has it, it lies elsewhere, or
it is destroyed. A thing is in one place, and one person has it; what somebody carries goes where he goes.
What lies where he is, and what he owns and nobody else holds, may be at hand unsaid: that is assumed.

To answer it: say how he comes to have it, or let it not be lost before.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
The ring is a ring. Tom has the ring.

# The evening

Tom gives the ring to Bob.
Tom gives the ring to Ann.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
The ring is a ring. Tom has the ring.

# The evening

Tom gives the ring to Bob.
Bob gives the ring to Ann.
""",
    find=find,
)
