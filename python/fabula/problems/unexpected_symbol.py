"""The notation of problems needs something else at this place."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import one_of
from fabula.text.span import Span

KIND = ProblemKind(
    code="T501",
    name="unexpected-symbol",
    message="{after}{wanted} was expected, not {found}{hint}",
    explanation="""\
The caret stands where reading stopped; the message says what could have stood there. Reading goes on
behind the next semicolon, so that one slip does not hide the others. `docs/notation.md` shows the whole
notation.""",
    bad="""\
type place;
entity Mill place;
""",
    good="""\
type place;
entity Mill : place;
""",
    example="problem",
)


def unexpected_symbol(
    span: Span, expected: tuple[str, ...], found: str, *, after: str = "", hint: str = ""
) -> Problem:
    """Return the problem of a symbol that cannot stand where it stands; `found` as it is to be shown."""
    return KIND.at(
        span,
        expected=expected,
        after=f"after {after} " if after else "",
        wanted=one_of(expected),
        found=found,
        hint=f"; {hint}" if hint else "",
    )
