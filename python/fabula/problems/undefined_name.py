"""A name in a problem that was not defined, or not yet."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T503",
    name="undefined-name",
    message='there is no {what} "{name}"{meant}{later}',
    explanation="""\
Types, entities and properties are defined before they are used, and names are case-sensitive. A name
that is defined further down has to be moved up.""",
    bad="""\
type place;
entity Mill : plaec;
""",
    good="""\
type place;
entity Mill : place;
""",
    example="problem",
)


def undefined_name(
    span: Span, what: str, name: str, nearest: tuple[str, ...] = (), later: int = 0
) -> Problem:
    """Return the problem of a name that is no `what`; `later` is the line that defines it, if one does."""
    return KIND.at(
        span,
        nearest=nearest,
        what=what,
        name=name,
        meant="" if later else did_you_mean(nearest),
        later=f" yet: line {later} defines it, and has to stand before this" if later else "",
    )
