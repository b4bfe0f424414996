"""C204: an `[allow …]` that silences nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.check.case import Case
from fabula.check.findings import Cited, Finding
from fabula.check.rule import Fault, Rule
from fabula.model.story import Stated
from fabula.text.span import Span


def find(case: Case) -> Iterator[Fault]:
    """Nothing by itself: what is idle shows when all other rules are done."""
    del case
    return iter(())


RULE = Rule(
    code="C204",
    name="idle-allowance",
    severity="note",
    explanation="""\
`[allow P104: the guards had left]` after a sentence silences that one finding there, and records why. This
one silences nothing: nothing is found there under that code (any more). It would hide a finding that
comes later, so take it away.""",
    bad="""\
The hall is a room. The garden is a garden. Tom is a man in the hall.

# The evening

Tom goes to the garden. [allow P101: he is a ghost]
""",
    good="""\
The hall is a room. The garden is a garden. Tom is a man in the hall. Ann is a woman in the hall.

# The evening

Ann kills Tom.
Tom goes to the garden. [allow P101: he is a ghost]
""",
    find=find,
)


def idle(
    case: Case,
    used: set[tuple[Span, str]],
    known: frozenset[str],
    left_out: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """A note for every allowance that was not used.

    ``known`` are the codes and names of all rules, ``left_out`` those of rules that were not asked for.
    """
    for source in case.sources():
        for code, reason in source.allows:
            if (source.span, code) not in used and code not in left_out:
                why = f" ({reason})" if reason else ""
                yield Finding(
                    RULE.code,
                    RULE.name,
                    RULE.severity,
                    f"nothing is found here that {code} would silence{why}"
                    if code in known
                    else f"no rule is called {code}: nothing is silenced{why}",
                    Cited(_number(case, source.span), source.text, source.span, source.citations),
                    fix="take the allowance away" if code in known else None,
                )


def _number(case: Case, span: Span) -> int:
    for record in case.records:
        if record.source.span == span:
            return case.n(record)
    return max(
        (s.n for s in case.run.model.steps if isinstance(s, Stated) and s.source.span == span),
        default=0,
    )
