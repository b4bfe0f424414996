"""Reads specifications of the formal notation and holds them against the reader and the kernel.

A section of a file in formal/ is a heading, a fence marked ``fabula`` with a planning problem, and a list of what must
hold. ``- at first: C`` is a condition on the first state, ``- after a(X), b(Y): C`` on the state after these actions;
``a(X) is possible`` and ``a(X) is impossible`` say whether an action can be taken there (in the beliefs of who consents
too), ``the utility is 2`` and ``the utility of X is 2`` how good a state is. ``- line 3, column 5: T503 words`` is a
problem of the text with these words in its message; such a section has no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fabula.engine.formal import Formal, formal
from fabula.formats import sabre
from fabula.model.plans import PlanStep
from fabula.plan.steps import action_of, read_step
from fabula.problems import TextError

FOLDER = Path(__file__).resolve().parent / "formal"
LINE = re.compile(r"(?:at first|after (?P<steps>.+?\))): (?P<what>.+)")
PROBLEM = re.compile(r"line (\d+), column (\d+): (T\d+) (.+)")
POSSIBLE = re.compile(r"(\w+\(.*\)) is (possible|impossible)")
UTILITY = re.compile(r"the utility(?: of (\w+))? is (-?[\d.]+)")
STEP = re.compile(r"\w+\([^()]*\)")


@dataclass(frozen=True)
class FormalSpec:
    """One section: a problem, and the lines of what must hold."""

    name: str
    file: str
    line: int
    problem: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file.removesuffix('.md')}: {self.name}"


def all_specs() -> list[FormalSpec]:
    """Every section of every file, in order."""
    found: list[FormalSpec] = []
    for path in sorted(FOLDER.glob("*.md")):
        sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        line = 1 + sections[0].count("\n")
        for section in sections[1:]:
            name = section.split("\n", 1)[0].strip()
            fence = re.search(r"^```fabula\n(.*?)^```\n", section, re.DOTALL | re.MULTILINE)
            assert fence is not None, f"{path.name}:{line}: a section without a problem"
            lines = tuple(re.findall(r"^- (.+)$", section[fence.end() :], re.MULTILINE))
            assert lines, f"{path.name}:{line}: a section that says nothing"
            found.append(FormalSpec(name, path.name, line, fence[1], lines))
            line += section.count("\n")
    return found


def faults(spec: FormalSpec) -> list[str]:
    """What of a section does not hold."""
    expected = [match for match in map(PROBLEM.fullmatch, spec.lines) if match]
    try:
        problem = sabre.parse(spec.problem, spec.file)
        made = formal(problem)
        made.universe()
    except TextError as error:
        return _unlike(expected, error)
    if expected:
        return [f"there is no problem: {match.group()}" for match in expected]
    written = sabre.write(problem)
    again = sabre.parse(written, spec.file)
    found = [] if again == problem else [f"not the same when it is written and read: {written}"]
    found += [] if sabre.write(again) == written else ["not written as it was written before"]
    return found + [fault for line in spec.lines if (fault := _fault(made, line))]


def _unlike(expected: list[re.Match[str]], error: TextError) -> list[str]:
    found = list(error.problems)
    faults: list[str] = []
    for match in expected:
        line, column, code, words = match.groups()
        for problem in found:
            place = (problem.span.line, problem.span.column, problem.code)
            if place == (int(line), int(column), code) and words in problem.message:
                found.remove(problem)
                break
        else:
            faults.append(f"no such problem: {match.group()}")
    return faults + [f"not expected: {problem}" for problem in found]


def _fault(made: Formal, line: str) -> str | None:
    match = LINE.fullmatch(line)
    assert match is not None, f"this cannot be read: {line}"
    universe = made.universe()
    state = universe.initial()
    for text in STEP.findall(match["steps"] or ""):
        action, args = _grounding(made, read_step(text))
        if not universe.possible(state, action, args):
            return f"{line}: {text} is impossible"
        state = universe.after(state, action, args)
    what = match["what"]
    if found := POSSIBLE.fullmatch(what):
        action, args = _grounding(made, read_step(found[1]))
        possible = universe.possible(state, action, args)
        return None if possible == (found[2] == "possible") else line
    if found := UTILITY.fullmatch(what):
        who = made.numbers.things[found[1]] if found[1] else None
        utility = universe.utility(state, who)
        return None if utility == float(found[2]) else f"{line}: it is {utility}"
    test = made.condition(sabre.condition(what, made.source, line))
    return None if universe.evaluate(state, [], test) is True else line


def _grounding(made: Formal, step: PlanStep) -> tuple[int, list[int]]:
    return made.grounding(action_of(made.source, step).id, step.args)
