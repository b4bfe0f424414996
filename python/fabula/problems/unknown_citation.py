"""Square brackets hold something that is not a citation."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import shorten
from fabula.text.span import Span

KIND = ProblemKind(
    code="T102",
    name="unknown-citation",
    message='"[{words}]" is no citation: write [6.1], [6.24, 6.25], [covers 6.20-6.30] or {allow}',
    explanation="""\
Square brackets after a sentence say where it comes from ([6.1]), what stretch of the source it
stands for ([covers 6.20-6.30]), or which finding about it is meant to be so
([allow K301: she saw it in the mirror]). Nothing else is written in square brackets.""",
    bad="Anna is a woman. [see above]\n",
    good="Anna is a woman. [6.1]\n",
)


def unknown_citation(span: Span, words: str) -> Problem:
    """Return the problem of a bracket whose content is none of the known forms."""
    return KIND.at(span, words=shorten(words), allow="[allow K301: the reason]")
