"""The path given does not exist."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.problems.wording import did_you_mean
from fabula.text.span import Span

KIND = ProblemKind(
    code="T001",
    name="missing-path",
    message="there is no file or folder of this name{meant}",
    explanation="""\
The path given to the command does not exist. Paths are taken from the current folder.""",
    bad="fabula check stories/desparado",
    good="fabula check stories/desperado",
    example="command",
)


def missing_path(path: str, nearest: tuple[str, ...] = ()) -> Problem:
    """Return the problem of a path that does not exist; `nearest` are its neighbours in name."""
    return KIND.at(Span(path, 1, 1), nearest=nearest, meant=did_you_mean(nearest))
