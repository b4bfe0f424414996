"""Statements that the story contradicts, as faults."""

from __future__ import annotations

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.possible import key_of
from fabula.check.repairs import stated
from fabula.check.rule import Fault
from fabula.check.wording import does, joined, so
from fabula.engine.records import ClaimRecord, EventRecord
from fabula.model import formula as f

NOTHING = "nothing"


def contradiction(case: Case, record: ClaimRecord, but: str) -> Fault:
    """What is so instead of a statement; ``but`` introduces it."""
    literals = record.literals
    facts = dict.fromkeys(
        f"{so(case, t)}{case.since(t)}" for t in literals if t.fluent or t.op.startswith("is")
    )
    because = dict.fromkeys(r for t in literals if (r := case.reason(t)) is not None)
    causes = tuple(t.cause for t in literals if t.cause is not None)
    soft = bool(causes) and all(case.assumed(t.cause) for t in literals)
    return Fault(
        record,
        f"{but}: {joined(list(facts))}" if facts else but,
        tuple(because),
        frozenset(key_of(t) for t in literals) or frozenset({("claim", id(record))}),
        causes,
        "warning" if soft else None,
        stated(case, record),
        record.stated.formula if record.stated.strength in ("plain", "now") else None,
    )


def denied(case: Case, record: ClaimRecord) -> Fault:
    """An act that is said not to take place here, and did."""
    done = _deed(case, record)
    but = (
        f"this did happen: {does(case, done.happening)} (event {done.n})"
        if done is not None
        else "this did happen"
    )
    because: tuple[Reason, ...] = (case.reason_of(done),) if done is not None else ()
    return Fault(
        record,
        but,
        because,
        frozenset({("denied", id(record))}),
        (done.time,) if done is not None else (),
        fix=f"take it back, or event {done.n}" if done is not None else "take it back",
    )


def _deed(case: Case, record: ClaimRecord) -> EventRecord | None:
    formula = (
        record.stated.formula.body
        if isinstance(record.stated.formula, f.Not)
        else record.stated.formula
    )
    if not isinstance(formula, f.Equals) or not isinstance(formula.left, f.Value):
        return None
    action = formula.left.fluent.partition(":")[2]
    wanted = [a.thing if isinstance(a, f.Const) else NOTHING for a in formula.left.args]
    for event in reversed(case.events[: record.stated.n]):
        if event.happening.action == action and not event.happening.attempt:
            if all(w in (NOTHING, a) for w, a in zip(wanted, event.happening.args, strict=False)):
                return event
    return None
