"""The file has nothing in it that could be read."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T002",
    name="empty-file",
    message="there is nothing to read here: a story needs at least one sentence",
    explanation="""\
A story file needs at least one sentence in a paragraph or a list item. Headings make scenes but say
nothing; block quotes, HTML comments, code fences and front matter are notes, and are not read.""",
    bad="# The mill\n\n> Anna goes to the mill.\n",
    good="# The mill\n\nAnna is a woman.\n",
)


def empty_file(path: str) -> Problem:
    """Return the problem of a file without a sentence."""
    return KIND.at(Span(path, 1, 1))
