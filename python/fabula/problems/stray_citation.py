"""A citation stands where no sentence does."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T103",
    name="stray-citation",
    message="this citation belongs to no sentence: write it after one, in the same paragraph",
    explanation="""\
A citation belongs to the sentence before it in the same paragraph or list item. In a heading, or at
the start of a paragraph, there is none.""",
    bad="[6.1] Anna is a woman.\n",
    good="Anna is a woman. [6.1]\n",
)


def stray_citation(span: Span) -> Problem:
    """Return the problem of a citation without a sentence before it."""
    return KIND.at(span)
