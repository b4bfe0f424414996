"""`fabula validate`: checks a plan by the definitions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fabula.cli.output import format_option, print_json
from fabula.cli.problems import given, limit_options, problem_argument, read_problem

if TYPE_CHECKING:
    from fabula.model.plans import Limits
    from fabula.plan.validation import Fault


@click.command(short_help="check a plan by the definitions")
@problem_argument
@click.argument("plan", metavar="PLAN.json", type=click.Path())
@limit_options
@format_option
def command(problem: str, plan: str, form: str, **options: float | None) -> int:
    """Check whether PLAN.json is a solution of PROBLEM: possible, explained, minimal, and at its goal.

    PLAN.json is what `fabula plan --format json` prints, or a list of steps. Limits that are not given
    are those in the file, if it has any.

    \b
    Examples:
      fabula plan problem.txt --format json > plan.json
      fabula validate problem.txt plan.json
      echo '["walk(Tom, Home, Market)"]' > plan.json

    Exit code: 0 a solution, 1 none, 2 the problem or the plan could not be read.
    """
    from fabula.plan.steps import read_steps
    from fabula.plan.validation import validate

    read = read_problem(problem)
    written, limits = read_plans(plan, given(**options))
    found: list[tuple[int, Fault]] = []
    for number, steps in enumerate(written, 1):
        try:
            faults = validate(read, read_steps(steps), limits)
        except ValueError as error:
            raise click.ClickException(f"{plan}: {error}") from error
        found.extend((number, fault) for fault in faults)
    if form == "json":
        print_json(
            {
                "valid": not found,
                "faults": [
                    {
                        "plan": number,
                        "step": fault.step,
                        "reason": fault.reason,
                        "character": fault.character,
                        "message": fault.message,
                    }
                    for number, fault in found
                ],
            }
        )
        return 1 if found else 0
    for number, fault in found:
        which = f"plan {number}, " if len(written) > 1 else ""
        click.secho(f"{which}{fault}", fg="red")
    if not found:
        many = f"all {len(written)} plans are solutions" if len(written) > 1 else "a solution"
        click.secho(f"{many}, by the definitions", fg="green")
    return 1 if found else 0


def read_plans(path: str, options: dict[str, Any]) -> tuple[list[list[str]], Limits]:
    """The plans in a file, and the limits they are checked with."""
    from fabula.plan.planning import limits_of

    try:
        value = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{path} is no JSON: {error}") from error
    found: list[Any] = [value]
    stored: dict[str, Any] = {}
    if isinstance(value, dict):
        if value.get("solved") is False:
            raise click.ClickException(f"{path}: there is no plan in it, only that none was found")
        found = [value.get("plan")]
        if isinstance(value.get("plans"), list):
            found = [one.get("plan") if isinstance(one, dict) else one for one in value["plans"]]
        if isinstance(value.get("limits"), dict):
            stored = {
                name if name == "goal" else f"{name}_limit": value["limits"].get(name)
                for name in ("goal", "author", "character", "belief")
            }
    for one in found:
        if not isinstance(one, list) or not all(isinstance(step, str) for step in one):
            raise click.ClickException(
                f'{path}: a list of steps was expected, or {{"plan": [steps]}}, as `fabula plan '
                "--format json` writes it"
            )
    wanted = {**{k: v for k, v in stored.items() if v is not None}, **options}
    for name, limit in wanted.items():
        if isinstance(limit, bool) or not isinstance(limit, int if name != "goal" else int | float):
            raise click.ClickException(f"{path}: {name.replace('_', ' ')} has to be a number")
    longest = max((len(one) for one in found), default=0)
    wanted.setdefault("author_limit", max(longest, 10))
    try:
        return found, limits_of(**wanted)
    except ValueError as error:
        raise click.ClickException(f"{path}: {error}") from error
