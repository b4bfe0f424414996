"""C203: an event makes false what the story said would hold until something else."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Reason
from fabula.check.rule import Fault, Rule
from fabula.check.spans import spans
from fabula.language.say import fact_words


def find(case: Case) -> Iterator[Fault]:
    """``this was not to be before Romeo marries Juliet: Ann knows that …``."""
    for stated, start in spans(case):
        if stated.until is None or case.truth(stated.until, start) is True:
            continue
        for record in case.records:
            if record.time <= start:
                continue
            if case.truth(stated.until, record.time) is True:
                break
            if case.truth(stated.formula, record.time) is False:
                yield Fault(
                    record,
                    f"this comes before {fact_words(case.state, stated.until)}: until then it was to hold that "
                    f"{fact_words(case.state, stated.formula)}",
                    (Reason(stated.n, stated.source.text, stated.source.span),),
                    frozenset({("span", id(stated))}),
                    fix="let it come later, or take back what was said of the time until then",
                )
                break


RULE = Rule(
    code="C203",
    name="contradicted-span",
    severity="error",
    explanation="""\
"Until Ann marries Tom, nobody knows that Bob is dead" is an assertion about all that happens from here to
there. An event before the end of the span makes it false.

To answer it: move the event behind the end of the span, hide it from those who must not know, or take the
assertion back.""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The party

Until Tom goes to the garden, Ann is in the hall.
Ann goes to the garden.
Tom goes to the garden.
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The party

Until Tom goes to the garden, Ann is in the hall.
Tom goes to the garden.
Ann goes to the garden.
""",
    find=find,
)
