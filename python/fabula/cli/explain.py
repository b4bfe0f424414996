"""`fabula explain`: shows the page of a rule or of a problem."""

from __future__ import annotations

import click

from fabula.cli.surface import Rule
from fabula.problems import ProblemKind
from fabula.problems.registry import KINDS
from fabula.problems.wording import did_you_mean, near


@click.command(short_help="show the page of a rule or of a problem")
@click.argument("code", metavar="[CODE|NAME]", required=False)
def command(code: str | None) -> int:
    """Show what a finding or a problem of a text means, with a bad and a good example.

    Without a code, all of them are listed.

    \b
    Examples:
      fabula explain K301
      fabula explain unknown-verb
      fabula explain

    Exit code: 0, or 2 if there is no such code.
    """
    from fabula import pipeline

    pages: list[Rule | ProblemKind] = [*pipeline.rules(), *KINDS]
    if code is None:
        for page in pages:
            click.echo(f"{click.style(page.code, bold=True)}  {page.name}")
        return 0
    wanted = code.casefold()
    for page in pages:
        if wanted in (page.code.casefold(), page.name.casefold()):
            click.echo(as_page(page))
            return 0
    nearest = near(code, [word for page in pages for word in (page.code, page.name)])
    message = f'there is no rule or problem "{code}"{did_you_mean(nearest)}'
    raise click.ClickException(message)


def as_page(page: Rule | ProblemKind) -> str:
    """Return the page of a rule or problem, as Markdown."""
    bad, good = (_shown(page, text) for text in (page.bad, page.good))
    return (
        f"# {page.code} {page.name}\n\n{page.explanation}\n\n"
        f"Not so:\n\n{bad}\n\nBut so:\n\n{good}\n"
    )


def _shown(page: Rule | ProblemKind, text: str) -> str:
    """Return an example, indented; a command with its prompt."""
    prompt = "$ " if isinstance(page, ProblemKind) and page.example == "command" else ""
    return "\n".join(f"    {prompt}{line}".rstrip() for line in text.strip().split("\n"))
