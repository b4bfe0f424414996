"""The folder holds no story."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T004",
    name="no-story",
    message="this folder holds no story: it needs a file story.md",
    explanation="""\
A story that is a folder begins with story.md. Other .md files beside it are read after it, in the
order of their names, and the folder accounts/ holds other tellings of the same story.""",
    bad="fabula check stories",
    good="fabula check stories/desperado",
    example="command",
)


def no_story(path: str) -> Problem:
    """Return the problem of a folder without story.md."""
    return KIND.at(Span(path, 1, 1))
