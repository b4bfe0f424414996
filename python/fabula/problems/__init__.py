"""What can be wrong with a text: one file per kind of problem.

A kind's code, message, explanation and two examples live in its file, and nowhere else; the list of
them is `fabula.problems.registry`. Reading collects `Problem`s and goes on; it raises a `TextError`
only where nothing is left to be read.
"""

from fabula.problems.problem import Example, Problem, ProblemKind, TextError

__all__ = ["Example", "Problem", "ProblemKind", "TextError"]
