"""Problems for people: the place, the message, the line and a caret."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.problems.problem import Problem
from fabula.text.quote import quote_lines


def render(problem: Problem, lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines to print: the problem, then the line of the text and the caret below it.

    `lines` are those of the problem's file; where they lack the line, only the problem is given.
    """
    span = problem.span
    first = str(problem)
    if not 1 <= span.line <= len(lines) or not lines[span.line - 1].strip():
        return (first,)
    shown, caret = quote_lines(lines[span.line - 1], span)
    return (first, f"  {shown}", f"  {caret}")
