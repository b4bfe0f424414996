"""The file is there but cannot be opened."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T006",
    name="unopened-file",
    message="this cannot be opened: {reason}",
    explanation="""\
The file is there, but the system does not let it be read: it belongs to somebody else, it is not a
file, or its disk fails. The reason given is the system's own.""",
    bad="fabula check /root/secret.md",
    good="fabula check stories/desperado",
    example="command",
)


def unopened_file(path: str, reason: str) -> Problem:
    """Return the problem of a file that the system does not let be read."""
    return KIND.at(Span(path, 1, 1), reason=reason)
