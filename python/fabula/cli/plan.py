"""`fabula plan`: finds a story that reaches an end, in which everybody acts for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fabula.cli.output import clear_line, format_option, live_line, print_json
from fabula.cli.problems import (
    given,
    is_story,
    limit_options,
    limits_as_json,
    problem_argument,
    read_problem,
)
from fabula.problems import TextError

if TYPE_CHECKING:
    from fabula.model.plans import Explanation, Plan, PlanningResult

ENDED = {
    "time": "the time was over",
    "memory": "the memory was used up",
    "exhausted": "there is no other within the limits",
    "interrupted": "it was stopped",
}


@click.command(short_help="find a story in which everybody acts for a reason")
@problem_argument
@click.argument("aim", required=False, metavar="[SENTENCE]")
@limit_options
@click.option("--from", "after", metavar="N|ID", help="of a story: after this event or source id")
@click.option("--without", multiple=True, metavar="SENTENCE", help="of a story: not like this")
@click.option(
    "--through", multiple=True, metavar="SENTENCE", help="of a story: first so that this is so"
)
@click.option("--count", type=click.IntRange(1), metavar="K", help="how many different plans")
@click.option("--seconds", type=float, metavar="S", help="stop after this time")
@click.option("--memory", type=click.IntRange(1), metavar="MB", help="stop at this much memory")
@click.option("--shortest", is_flag=True, help="search on until no shorter plan can be")
@format_option
def command(
    problem: str,
    form: str,
    aim: str | None,
    after: str | None,
    without: tuple[str, ...],
    through: tuple[str, ...],
    memory: int | None,
    shortest: bool,
    **options: float | None,
) -> int:
    """Find a plan for PROBLEM, a story or a planning problem: events that reach a goal.

    Everybody who takes part in an event has a reason to, in what they believe: a plan of their own that
    begins with it and leaves them better off. What is found is checked before it is shown. Ctrl-C stops
    with the best so far.

    Of a story, SENTENCE says what is to come to be; the plan begins before the first event, or behind the one
    named by --from, and is told in sentences that the story could go on with. There, idle acts need no reason.
    The limits are 4 acts, 3 in a reason, and 20 seconds, if none are given.

    \b
    Examples:
      fabula plan stories/desperado "Bucho is dead and Carolina is alive" --from 6.76
      fabula plan stories/wolf "The wolf is dead" --count 3 --without "the hunter kills the wolf"
      fabula plan problem.txt
      fabula plan problem.txt --goal 2 --author-limit 7 --character-limit 4 --belief-limit 1
      fabula plan problem.txt --count 3 --format json | jq '.plans[].plan'

    Exit code: 0 solved, 1 not solved, 2 the problem could not be read.
    """
    if is_story(problem):
        from fabula.cli.plan_story import plan_story

        return plan_story(problem, aim, after, without, through, form, options)
    if aim is not None or after is not None or without or through:
        raise click.ClickException(
            "SENTENCE, --from, --without and --through are for stories; of a planning problem the goal is a number: --goal"
        )
    try:
        read = read_problem(problem)
        plans = read.plan(
            **given(memory_mb=memory, **options), shortest=shortest, progress=live_line(far)
        )
        result = plans.result
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    except TextError as error:
        if form == "json":
            print_json({"solved": False, "unread": [p.as_dict() for p in error.problems]})
            return 2
        raise
    finally:
        clear_line()
    if form == "json":
        print_json(as_json(result))
    else:
        print_text(result)
    return 0 if result.solved else 1


def far(visited: int, generated: int, seconds: float) -> str:
    """How far the search is."""
    return f"planning … {visited:,} states visited, {generated:,} generated, {seconds:.0f} s"


def as_json(result: PlanningResult) -> dict[str, Any]:
    """The result for programs; with several plans asked for, all of them in "plans"."""
    plans = [_plan_as_json(plan) for plan in result.plans]
    best = plans[0] if plans else {"utility": None, "plan": [], "explanations": []}
    found: dict[str, Any] = {"solved": result.solved, **best}
    if result.limits.count > 1:
        found["plans"] = plans
    return {
        **found,
        "visited": result.visited,
        "generated": result.generated,
        "seconds": result.seconds,
        "peak_mb": result.peak_mb,
        "limits": limits_as_json(result.limits),
        "stopped": result.stopped,
    }


def _plan_as_json(plan: Plan) -> dict[str, Any]:
    return {
        "utility": plan.utility,
        "plan": [str(step) for step in plan.steps],
        "explanations": [
            {
                "step": one.step,
                "character": one.character,
                "plan": [str(step) for step in one.plan],
                "raises": list(one.raises),
            }
            for one in plan.explanations
        ],
    }


def print_text(result: PlanningResult) -> None:
    """Print the plans for people."""
    limits = result.limits
    for number, plan in enumerate(result.plans, 1):
        which = f"plan {number}: " if limits.count > 1 else ""
        steps = f"{len(plan.steps)} step{'' if len(plan.steps) == 1 else 's'}"
        head = f"{which}{steps}; the author's utility is {plan.utility:g} (goal: {limits.goal:g})"
        click.secho(head, bold=True, fg="green")
        _print_plan(plan)
        click.echo()
    if not result.solved:
        click.secho(_unsolved(result), bold=True)
    elif result.stopped is not None and len(result.plans) < limits.count:
        click.echo(f"no more plans: {ENDED[result.stopped]}")
    click.echo(
        f"searched: {result.visited:,} states visited, {result.generated:,} generated; "
        f"{result.seconds:.2f} s, {result.peak_mb:.0f} MB"
    )


def _unsolved(result: PlanningResult) -> str:
    limits = result.limits
    within = (
        f"at most {limits.author} actions, {limits.character} in an explanation, "
        f"{limits.belief} levels of belief"
    )
    if result.stopped == "exhausted":
        return f"there is no plan that reaches {limits.goal:g} with {within}"
    ended = ENDED.get(result.stopped or "", "the search ended")
    return f"no plan found before {ended} (goal: {limits.goal:g}; {within})"


def _print_plan(plan: Plan) -> None:
    for index, step in enumerate(plan.steps):
        click.echo(f"{index + 1:>4}. {click.style(str(step), bold=True)}")
        reasons = [one for one in plan.explanations if one.step == index]
        for one in reasons:
            click.echo(f"        {_reason(one)}")
        if not reasons:
            click.echo(click.style("        happens without anybody's doing", dim=True))


def _reason(one: Explanation) -> str:
    """Why somebody takes part: the plan he has in mind, and what it does for him."""
    rest = ", then ".join(str(step) for step in one.plan[1:])
    how = f"with this, then {rest}" if rest else "with this alone"
    return f"{one.character}: from {one.raises[0]:g} to {one.raises[1]:g} {how}"
