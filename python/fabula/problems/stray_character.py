"""A character, or a comment without an end, that the notation of problems does not have."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T502",
    name="stray-character",
    message="{found} is no part of the notation: {advice}",
    explanation="""\
Names are letters, digits and underscores. Strings, brackets and braces of other languages do not occur; a
comment goes from /* to */, or from // to the end of its line.""",
    bad="""\
type place;
entity Mill : place$;
""",
    good="""\
type place;
entity Mill : place; // the old one
""",
    example="problem",
)


def stray_character(span: Span, found: str, advice: str) -> Problem:
    """Return the problem of a character that nothing can be made of; `found` as it is to be shown."""
    return KIND.at(span, found=found, advice=advice)
