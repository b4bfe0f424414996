"""K304: somebody acts against what he knows."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.rule import Fault, Rule
from fabula.check.wording import does, knowing
from fabula.engine.records import EventRecord, Literal

SEEKING = frozenset(
    ["look for", "search for", "watch for", "wait for", "wait", "send for", "fetch"]
)


def find(case: Case) -> Iterator[Fault]:
    """``Ann waits for Tom, and knows that Tom is dead (since event 3)``."""
    for record in case.events:
        event = record.happening
        if event.action not in SEEKING or record.failures or event.attempt:
            continue
        for _, things in record.groundings:
            if len(things) > 1 and case.is_person(things[0]):
                fault = _gone(case, record, things[0], things[-1])
                if fault is not None:
                    yield fault
                    break


def _gone(case: Case, record: EventRecord, who: str, what: str) -> Fault | None:
    """He seeks whom he knows to be dead, or what he knows to be destroyed."""
    if what not in case.world.things or what == who:
        return None
    fluent, gone = ("alive", False) if case.is_person(what) else ("destroyed", True)
    if case.value(fluent, (what,), record.before, (who,)) is not gone:
        return None
    runner = case.runner
    cause = runner.timeline.cause(
        record.before, [runner.number(who)], runner.fluent(fluent), [runner.number(what)]
    )
    literal = Literal(fluent, (what,), not gone, gone, cause, "")
    reason = case.reason(literal)
    state = "dead" if fluent == "alive" else "destroyed"
    because: tuple[Reason, ...] = (reason,) if reason is not None else ()
    knows = "know" if case.world.things[who].plural else "knows"
    return Fault(
        record,
        f"{does(case, record.happening)}, {knowing(case, record.happening, who)} {knows} that {case.words(what)} is {state}{case.since(literal)}",
        because,
        frozenset({("against", who, what)}),
        fix="let it come before that is known, or give it another aim",
    )


RULE = Rule(
    code="K304",
    name="against-knowledge",
    severity="warning",
    explanation="""\
Somebody acts against what he knows: he looks for, waits for or sends for one whom he knows to be dead, or
goes to fetch what he knows to be destroyed. Who does not know it yet may do all that.

To answer it: let him not have learned it, or give the act another aim.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Rex is a man in the hall.

# The evening

Rex kills Tom.
Ann looks for Tom.
""",
    good="""\
The hall is a room. The study is a room. Tom is a man in the study. Ann is a woman in the hall. Rex is a man in the study.

# The evening

Rex kills Tom.
Ann looks for Tom.
""",
    find=find,
)
