"""Planning problems in the notation of Sabre: to the model, and from it.

The notation is that of Ware and Siler, "Sabre: A Narrative Planner Supporting Intention and Deep Theory of
Mind" (AIIDE 2021); `docs/notation.md` shows all of it.

>>> problem = fabula.formats.sabre.read("problem.txt")
>>> print(fabula.formats.sabre.write(problem))
"""

from __future__ import annotations

from pathlib import Path

from fabula.formats.sabre.cursor import Cursor, SlipError
from fabula.formats.sabre.definitions import Definitions
from fabula.formats.sabre.expressions import Expressions
from fabula.formats.sabre.names import Names, builtin, later_definitions
from fabula.formats.sabre.tokens import tokens
from fabula.formats.sabre.writer import write
from fabula.model.formula import Formula
from fabula.model.planning import PlanningProblem
from fabula.problems import Problem, TextError
from fabula.problems.empty_file import empty_file
from fabula.text.files import read_text

__all__ = ["condition", "parse", "read", "write"]


def read(path: str | Path) -> PlanningProblem:
    """The problem in a file. Raises a TextError with everything in it that cannot be read."""
    return parse(read_text(Path(path)), str(path))


def parse(text: str, file: str = "problem") -> PlanningProblem:
    """The problem in a text. Raises a TextError with everything in it that cannot be read."""
    problem, problems = parsed(text, file)
    if problems:
        raise TextError(*problems)
    return problem


def parsed(text: str, file: str) -> tuple[PlanningProblem, list[Problem]]:
    """What of a text could be read, and what could not, in the order of the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found, stray = tokens(text, file)
    if len(found) == 1 and not stray:
        return PlanningProblem(builtin(), file=file), [empty_file(file)]
    cursor = Cursor(found, text)
    names = Names(builtin(), later=later_definitions(found))
    reader = Definitions(cursor, names)
    reader.read()
    problems = sorted([*stray, *cursor.problems], key=lambda p: (p.span.line, p.span.column))
    return PlanningProblem(names.world, tuple(reader.initial), file, names.where), problems


def condition(text: str, problem: PlanningProblem, file: str = "condition") -> Formula:
    """A condition on the states of a problem. Raises a TextError for what is none."""
    found, stray = tokens(text, file)
    cursor = Cursor(found, text)
    reader = Expressions(cursor, Names(problem.world))
    try:
        formula = reader.truth()
        if cursor.here.kind != "end":
            raise cursor.unexpected("the end of the condition")
    except SlipError as slip:
        raise TextError(*stray, *([slip.problem] if slip.problem else [])) from slip
    if stray:
        raise TextError(*stray)
    return formula
