"""What `fabula plan` does with a story: sentences that it could go on with, so that something comes to be."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from fabula.cli.output import clear_line, live_line, print_json, print_problems
from fabula.cli.reading import read_and_run

if TYPE_CHECKING:
    from fabula.plan.story import StoryPlan, StoryPlans, StoryReason

ENDED = {
    "time": "before the time was over",
    "interrupted": "before it was stopped",
    "exhausted": "among the acts that were looked at",
}


def plan_story(
    path: str,
    aim: str | None,
    after: str | None,
    without: tuple[str, ...],
    through: tuple[str, ...],
    form: str,
    options: Mapping[str, float | None],
) -> int:
    """Find and print plans; return the exit code."""
    if aim is None:
        raise click.ClickException(
            f'{path} is a story: say what is to come to be, such as "Anna has the lantern"'
        )
    for name in ("goal", "belief_limit"):
        if options.get(name) is not None:
            raise click.ClickException(
                f"--{name.replace('_', '-')} is for planning problems, and {path} is a story"
            )
    from fabula.plan.story import StoryLimits

    read_story, run = read_and_run(path)
    print_problems(read_story.problems)
    given = {
        "author": options.get("author_limit"),
        "character": options.get("character_limit"),
        "seconds": options.get("seconds"),
        "count": options.get("count"),
    }
    limits = StoryLimits(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    try:
        found = run.plan(
            aim,
            after=after,
            without=without,
            through=through,
            limits=limits,
            progress=live_line(far),
        )
    except (ValueError, LookupError) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    finally:
        clear_line()
    if form == "json":
        print_json(as_json(found))
    else:
        print_text(found)
    if read_story.problems:
        return 2
    return 0 if found.solved else 1


def far(tried: int, seconds: float) -> str:
    """How far the search is."""
    return f"planning … {tried:,} acts tried, {seconds:.0f} s"


def as_json(found: StoryPlans) -> dict[str, Any]:
    """The result for programs, in the form that planning problems have; plans are sentences."""
    plans = [_plan_as_json(plan) for plan in found.plans]
    best = plans[0] if plans else {"plan": [], "explanations": []}
    limits = found.limits
    result: dict[str, Any] = {"solved": found.solved, "utility": 1 if found.solved else 0, **best}
    if limits.count > 1:
        result["plans"] = plans
    return {
        **result,
        "visited": found.tried,
        "generated": found.tried,
        "seconds": round(found.seconds, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "limits": {
            "author": limits.author,
            "character": limits.character,
            "count": limits.count,
            "seconds": limits.seconds,
        },
        "stopped": found.stopped,
    }


def _plan_as_json(plan: StoryPlan) -> dict[str, Any]:
    return {
        "plan": list(plan.sentences),
        "explanations": [
            {
                "step": one.step,
                "character": one.person,
                "plan": list(one.plan),
                "raises": list(one.raises),
                "want": one.want,
                "otherwise": list(one.otherwise),
            }
            for one in plan.reasons
        ],
    }


def print_text(found: StoryPlans) -> None:
    """Print the plans for people."""
    for number, plan in enumerate(found.plans, 1):
        which = f"plan {number}: " if found.limits.count > 1 else ""
        count = len(plan.sentences)
        head = f"{count} sentence{'' if count == 1 else 's'}" if count else "it is so already"
        click.secho(f"{which}{head}", bold=True, fg="green")
        for step, sentence in enumerate(plan.sentences):
            click.secho(f"  {sentence}", bold=True)
            for reason in plan.reasons:
                if reason.step == step:
                    click.echo(f"      {_reason(reason)}")
        click.echo()
    ended = ENDED.get(found.stopped or "", "")
    limits = found.limits
    if not found.solved:
        click.secho(
            f"no plan of at most {limits.author} acts was found {ended}: {found.goal}", bold=True
        )
    elif len(found.plans) < limits.count:
        click.echo(f"no other was found {ended}")
    click.echo(f"searched: {found.tried:,} acts tried; {found.seconds:.1f} s")


def _reason(reason: StoryReason) -> str:
    if reason.otherwise:
        return f"{reason.want}; otherwise: {', then '.join(reason.otherwise)}"
    if len(reason.plan) > 1:
        return f"{reason.want}; then: {', then '.join(reason.plan[1:])}"
    return f"{reason.want}"
