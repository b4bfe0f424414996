"""A citation names a stretch whose end comes before its beginning."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import shorten
from fabula.text.span import Span

KIND = ProblemKind(
    code="T105",
    name="backward-range",
    message='"[{words}]" ends before it begins: write [covers {first}-{last}]',
    explanation="""\
[covers 6.20-6.30] says that a sentence stands for all that the source tells from 6.20 to 6.30. The id at which
the stretch begins comes first.""",
    bad="Anna is a woman. [covers 6.30-6.20]\n",
    good="Anna is a woman. [covers 6.20-6.30]\n",
)


def backward_range(span: Span, words: str, first: str, last: str) -> Problem:
    """Return the problem of a stretch in the wrong order; `first` and `last` are its ids in the right one."""
    return KIND.at(span, words=shorten(words), first=first, last=last)
