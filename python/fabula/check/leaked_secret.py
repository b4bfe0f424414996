"""K305: a secret is known to somebody, and nobody has let it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.minds import holds, kept_from, looked_into, may_have_heard, secret
from fabula.check.repairs import learned
from fabula.check.rule import Fault, Rule
from fabula.engine.records import ClaimRecord
from fabula.language.say import fact_words
from fabula.model import formula as f

_KNOWING = re.compile(r"\bkn[oe]w", re.IGNORECASE)
LATELY = 3
"""So many acts ago what somebody has looked into may be what told him."""


def find(case: Case) -> Iterator[Fault]:
    """``Bob has not been told or shown that Romeo is Juliet's husband``."""
    if not case.secrets:
        return
    for record in case.claims:
        formula = record.stated.formula
        if (
            not isinstance(formula, f.Believes)
            or not isinstance(formula.who, f.Const)
            or record.status == "holds"
        ):
            continue
        fault = _leak(case, record, formula.who.thing, formula.body)
        if fault is not None:
            yield fault


def _leak(case: Case, record: ClaimRecord, who: str, body: f.Formula) -> Fault | None:
    stated = secret(case, body)
    if stated is None or not kept_from(stated, who) or case.truth(body, record.before) is not True:
        return None
    if not _KNOWING.search(record.source.text) or looked_into(case, who, record, LATELY):
        return None  # whoever thinks so may have guessed it, and whoever has just read something, learned it
    if holds(case, who, body, record.before) or may_have_heard(case, who, body, record):
        return None
    return Fault(
        record,
        f"this was kept secret, and nobody has shown or told {case.words(who)} that {fact_words(case.state, body)}",
        (Reason(stated.n, stated.source.text, stated.source.span),),
        frozenset({("unknown", who, body)}),
        fix=learned(case, who, body),
        goal=f.Believes(f.Const(who), body),
    )


RULE = Rule(
    code="K305",
    name="leaked-secret",
    severity="warning",
    explanation="""\
The story says that only some know a thing ("Only Ann knows that.", "Bob does not know that."), and later
that somebody else knows it, but nothing in between has let it out: nobody told, showed or betrayed it.
Those who keep a secret do not tell it off the page; whoever else came to know it may have.

To answer it: tell how he learned it.""",
    bad="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
A person can be rich. Tom is rich. Only Ann knows that.

# The evening

Tom goes to the hall.
Bob knows that Tom is rich.
""",
    good="""\
The hall is a room. Tom is a man in the hall. Ann is a woman in the hall. Bob is a man in the hall.
A person can be rich. Tom is rich. Only Ann knows that.

# The evening

Ann tells Bob that Tom is rich.
Bob knows that Tom is rich.
""",
    find=find,
)
