"""What the verbs about planning problems share: their file, their limits, and how steps are printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from fabula.model.planning import PlanningProblem
    from fabula.model.plans import Limits

Function = TypeVar("Function", bound=Callable[..., Any])

problem_argument = click.argument("problem", metavar="PROBLEM", type=click.Path())


def limit_options(function: Function) -> Function:
    """Add the options that say what to reach and how far to look."""
    for name, kind, text in reversed(
        (
            ("--goal", float, "the author's utility to reach (default: 1)"),
            ("--author-limit", click.IntRange(0), "most actions of a plan (default: 10)"),
            (
                "--character-limit",
                click.IntRange(0),
                "most actions of an explanation, along its chain (default: 5)",
            ),
            ("--belief-limit", click.IntRange(0), "most levels of belief (default: 2)"),
        )
    ):
        metavar = "NUMBER" if kind is float else "N"
        function = click.option(name, type=kind, metavar=metavar, help=text)(function)
    return function


def given(**options: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def is_story(path: str) -> bool:
    """Whether a path is that of a story, and not of a planning problem."""
    return path.endswith(".md") or Path(path).is_dir()


def read_problem(path: str) -> PlanningProblem:
    """The planning problem in a file; a TextError ends the command."""
    from fabula.formats import sabre

    if is_story(path):
        raise click.ClickException(
            f"{path} is a story, and a planning problem was expected: a text in the notation that "
            "`fabula show --formal` prints"
        )
    return sabre.read(path)


def limits_as_json(limits: Limits) -> dict[str, Any]:
    """The limits of a search, for programs."""
    return {
        "goal": limits.goal,
        "author": limits.author,
        "character": limits.character,
        "belief": limits.belief,
        "count": limits.count,
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
        "shortest": limits.shortest,
    }
