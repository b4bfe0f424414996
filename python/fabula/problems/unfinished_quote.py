"""A quotation mark or a bracket is opened and not closed in its paragraph."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T104",
    name="unfinished-quote",
    message="this {mark} is not closed in its paragraph",
    explanation="""\
Quoted words are taken as they are, up to the closing mark, which must stand in the same paragraph.
A mark that is never closed would swallow all sentences after it. The same goes for the brackets of a
citation.""",
    bad='Anna is a woman. Ben is a man.\n\nAnna says "I am here to Ben.\n',
    good='Anna is a woman. Ben is a man.\n\nAnna says "I am here" to Ben.\n',
)


def unfinished_quote(span: Span, mark: str) -> Problem:
    """Return the problem of a quotation mark or bracket ("[") without its partner."""
    return KIND.at(span, mark='"["' if mark == "[" else "quotation mark")
