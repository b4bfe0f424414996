"""Nobody and nothing that a pronoun could mean."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T302",
    name="pronoun-without-candidate",
    message='nobody and nothing spoken of so far can be "{pronoun}": write the name',
    explanation="""\
A pronoun stands for somebody or something named before it that fits in kind, gender and number.
Here there is none: the name comes later, or the one meant was declared with another gender.""",
    bad="Ben is a man. The mill is a place.\n\nShe goes to the mill.\n",
    good="Ben is a man. The mill is a place.\n\nHe goes to the mill.\n",
)


def pronoun_without_candidate(span: Span, pronoun: str) -> Problem:
    """Return the problem of a pronoun that stands for nothing."""
    return KIND.at(span, pronoun=pronoun)
