"""A quotation mark or a bracket is opened and not closed in its paragraph, or a fence in its file."""

from __future__ import annotations

from fabula.problems.problem import Problem, ProblemKind
from fabula.text.span import Span

KIND = ProblemKind(
    code="T104",
    name="unfinished-quote",
    message="this {mark} is not closed{where}",
    explanation="""\
Quoted words are taken as they are, up to the closing mark, which must stand in the same paragraph.
A mark that is never closed would swallow all sentences after it. The same goes for the brackets of a
citation, and for a fence (```), which takes in the rest of the file.""",
    bad='Anna is a woman. Ben is a man.\n\nAnna says "I am here to Ben.\n',
    good='Anna is a woman. Ben is a man.\n\nAnna says "I am here" to Ben.\n',
)


def unfinished_quote(span: Span, mark: str) -> Problem:
    """Return the problem of a quotation mark, bracket, fence ("```") or front matter ("---") without its partner."""
    if mark[0] in "`~":
        until = f": write {mark} on a line of its own where it ends; until there nothing is read"
        return KIND.at(span, mark="fence", where=until)
    if mark == "---":
        return KIND.at(
            span, mark="front matter", where=": write --- on a line of its own where it ends"
        )
    named = '"["' if mark == "[" else "quotation mark"
    return KIND.at(span, mark=named, where=" in its paragraph")
