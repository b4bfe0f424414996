"""What `fabula check` does about findings: looks for sentences that would mend them, and writes them into the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from fabula.cli.output import signs_of_life
from fabula.cli.surface import Finding, Repair, Run


@dataclass(frozen=True, slots=True)
class Mended:
    """A finding with the repairs that were found for it, the one with the fewest acts first."""

    finding: Finding
    repairs: tuple[Repair, ...]

    @property
    def fix(self) -> str | None:
        """What would mend it, in words, with the sentences that would."""
        if not self.repairs:
            return self.finding.fix
        ways = [f'"{" ".join(repair.plan.sentences)}"' for repair in self.repairs]
        return f"tell before it: {' or '.join(ways)}"


def mend(run: Run, findings: Sequence[Finding]) -> list[Mended]:
    """Look for repairs of all findings."""
    with signs_of_life("looking for repairs"):
        return [Mended(finding, tuple(run.repairs(finding))) for finding in findings]


def write(mended: Sequence[Mended]) -> int:
    """Write the first repair of every finding into its file, marked; return how many were written.

    What stands further down is written first, so that the places of the others stay what they are.
    """
    from fabula.text.proposals import propose

    written = 0
    order = sorted(
        (one for one in mended if one.repairs),
        key=lambda one: (one.finding.event.span.file, one.finding.event.span.line),
        reverse=True,
    )
    for one in order:
        span = one.finding.event.span
        first, *others = one.repairs
        note = f"proposed for {one.finding.code}"
        if others:
            note += "; or: " + " Or: ".join(" ".join(other.plan.sentences) for other in others)
        try:
            line = propose(Path(span.file), list(first.plan.sentences), note, span, first.behind)
        except (OSError, LookupError) as error:
            click.echo(f"{span}: nothing was written: {error}", err=True)
            continue
        written += 1
        click.echo(f"{span.file}:{line}: written: {' '.join(first.plan.sentences)}", err=True)
    return written
