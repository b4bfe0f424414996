"""`fabula check`: finds what cannot be."""

from __future__ import annotations

from typing import Any

import click

from fabula.cli.mending import mend, write
from fabula.cli.output import (
    clear_line,
    format_option,
    live_line,
    print_json,
    print_problems,
    quoted,
    signs_of_life,
)
from fabula.cli.reading import read_and_run, story_argument
from fabula.cli.surface import Finding, Report, Story
from fabula.problems import Problem, TextError

SEVERITIES = ("note", "warning", "error")
Fixes = dict[int, str | None]  # by the id of the finding, where a repair was looked for
COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


@click.command(short_help="find what cannot be")
@story_argument
@format_option
@click.option("--assumptions", is_flag=True, help="list what was taken to be so, as nobody said")
@click.option("--motives", is_flag=True, help="look for reasons too, for all that weighs something")
@click.option("--repairs", is_flag=True, help="look for sentences that would mend what is found")
@click.option("--fix", is_flag=True, help="write them into the text, marked as proposals")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="findings from this severity on make the exit code 1",
)
def command(
    story: str,
    form: str,
    assumptions: bool,
    motives: bool,
    repairs: bool,
    fix: bool,
    fail_on: str,
) -> int:
    """Find what cannot be in STORY, a Markdown file or a folder with a story.md.

    Every finding names the sentence at fault, what it needs, the sentence that took that away, and
    what would mend it. What nobody said is not a finding: it is assumed, and can be listed.

    \b
    Examples:
      fabula check stories/desperado
      fabula check mystory.md --assumptions
      fabula check mystory.md --motives
      fabula check mystory.md --repairs
      fabula check mystory.md --fix
      fabula check mystory.md --format json | jq '.findings[].code'

    Exit code: 0 nothing found, 1 findings, 2 the text could not be read.
    """
    try:
        read_story, run = read_and_run(story)
    except TextError as error:
        if form == "text":
            raise
        print_json(_unreadable(story, error.problems))
        return 2
    if motives:
        report = run.check(motives=True, progress=live_line(far))
        clear_line()
    else:
        with signs_of_life("checking"):
            report = run.check()
    mended = mend(run, report.findings) if repairs or fix else []
    fixes = {id(one.finding): one.fix for one in mended}
    if form == "json":
        print_json(_as_json(read_story, report, fixes))
    else:
        print_problems(read_story.problems)
        _print_text(report, assumptions, fixes, bool(read_story.problems))
    if fix and not write(mended):
        click.echo("nothing was written: no sentences were found that would mend this", err=True)
    if read_story.problems:
        return 2
    worst = SEVERITIES.index(fail_on)
    found = any(SEVERITIES.index(finding.severity) >= worst for finding in report.findings)
    return 1 if found else 0


def far(done: int, of: int) -> str:
    """How far the search for reasons is."""
    return f"looking for reasons … {done:,} of {of:,} events (Ctrl-C stops)"


def _as_json(story: Story, report: Report, fixes: Fixes) -> dict[str, Any]:
    """Return the report for programs."""
    return {
        "story": story.title,
        "events": report.events,
        "people": report.people,
        "facts": report.facts,
        "findings": [_finding_as_json(finding, fixes) for finding in report.findings],
        "assumptions": [{"text": one.text, "event": one.event} for one in report.assumptions],
        "unread": [problem.as_dict() for problem in story.problems],
        **({} if report.explained is None else {"stopped": "interrupted"}),
    }


def _unreadable(path: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return the same form for a text of which nothing could be read."""
    empty: dict[str, Any] = {"story": path, "events": 0, "people": 0, "facts": 0}
    unread = [problem.as_dict() for problem in problems]
    return {**empty, "findings": [], "assumptions": [], "unread": unread}


def _finding_as_json(finding: Finding, fixes: Fixes) -> dict[str, Any]:
    """Return one finding for programs."""
    event = finding.event
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "event": {
            "n": event.n,
            "text": event.text,
            "file": event.span.file,
            "line": event.span.line,
            "column": event.span.column,
            "sources": list(event.sources),
        },
        "because": [
            {"n": reason.n, "text": reason.text, "line": reason.span.line}
            for reason in finding.because
        ],
        "fix": fixes.get(id(finding), finding.fix),
    }


def _print_text(report: Report, assumptions: bool, fixes: Fixes, unread: bool) -> None:
    """Print the report for people; `unread`: a part of the text could not be read."""
    for finding in report.findings:
        _print_finding(finding, fixes.get(id(finding), finding.fix))
    if assumptions and report.assumptions:
        click.secho("assumed, as nobody said otherwise:", bold=True)
        for one in report.assumptions:
            click.echo(f"  {one.text} (event {one.event})" if one.event else f"  {one.text}")
        click.echo()
    if unread and not report.events and not report.facts:
        click.secho("nothing could be read, so nothing was checked", bold=True, fg="red")
        return
    click.secho(_verdict(report), bold=True, fg=None if report.findings else "green")
    made = len(report.assumptions)
    click.echo(
        f"checked: {count(report.events, 'event')}, {count(report.people, 'person', 'people')}, "
        f"{count(report.facts, 'fact')}; {count(made, 'assumption')} made"
        + (" (--assumptions lists them)" if made and not assumptions else "")
    )
    if report.explained is not None:
        click.echo(
            f"stopped: only the first {count(report.explained, 'event')} were asked for reasons"
        )


def _print_finding(finding: Finding, fix: str | None) -> None:
    """Print one finding: place and message, the line, where it comes from, and the repair."""
    span = finding.event.span
    kind = click.style(f"{finding.severity} {finding.code}", fg=COLOURS[finding.severity])
    click.echo(f"{click.style(str(span), bold=True)}: {kind}: {finding.message}")
    for line in quoted(span):
        click.echo(line)
    for reason in finding.because:
        place = f"line {reason.span.line}"
        if reason.span.file != span.file:
            place = f"{reason.span.file}, {place}"
        click.echo(f"  because: {reason.text} ({place})")
    for consequence in finding.therefore:
        click.echo(f"  and therefore: {consequence}")
    if fix:
        click.echo(f"  {click.style('fix:', fg='green')} {fix}")
    click.echo()


def _verdict(report: Report) -> str:
    """Return how many findings of each severity there are, in words."""
    if not report.findings:
        return "no findings"
    counted = [
        (severity, sum(finding.severity == severity for finding in report.findings))
        for severity in reversed(SEVERITIES)
    ]
    parts = ", ".join(count(number, severity) for severity, number in counted if number)
    return f"{count(len(report.findings), 'finding')}: {parts}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
