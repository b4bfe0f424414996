"""What `fabula check` does about findings: looks for sentences that would mend them, and writes them into the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from fabula.cli.output import signs_of_life
from fabula.cli.surface import Finding, Repair, Rewording, Run

FAMILIES = ("P", "K", "C")  # the findings for which something is looked for
IDLE = "C204"  # of these nothing but the allowance itself is at fault


@dataclass(frozen=True, slots=True)
class Mended:
    """A finding with the repairs that were found for it, the one with the fewest acts first.

    ``rewordings``: where no act mends it, what could be told otherwise. ``looked``: whether anything was looked for.
    """

    finding: Finding
    repairs: tuple[Repair, ...]
    rewordings: tuple[Rewording, ...] = ()
    looked: bool = True

    @property
    def fix(self) -> str | None:
        """What would mend it, in words, with the sentences that would."""
        if self.repairs:
            ways = [f'"{" ".join(repair.plan.sentences)}"' for repair in self.repairs]
            why = ""
            if self.repairs[0].unexplained:
                secret = self.finding.code.startswith("K")
                why = " (and tell why the secret is let out)" if secret else " (and tell why)"
            return f"tell before it: {' or '.join(ways)}{why}"
        if self.rewordings:
            ways = [self.otherwise(one) for one in self.rewordings]
            return f"nothing that could happen before it mends it; {', or '.join(ways)}"
        if not self.looked or self.finding.fix is None:
            return self.finding.fix
        return f"{self.finding.fix} (no sentences were found that do)"

    def otherwise(self, one: Rewording) -> str:
        """``tell "The widow signs the contract." instead``."""
        if one.where == "instead":
            own = one.at == self.finding.event.span
            return f'tell "{one.told}" instead' + ("" if own else f" of event {one.n}")
        return f"let it come {one.where} event {one.beside}"


def mend(run: Run, findings: Sequence[Finding]) -> list[Mended]:
    """Look for repairs of all findings, and for what could be told otherwise where there are none."""
    with signs_of_life("looking for repairs"):
        return [_mended(run, finding) for finding in findings]


def _mended(run: Run, finding: Finding) -> Mended:
    if not finding.code.startswith(FAMILIES) or finding.code == IDLE:
        return Mended(finding, (), looked=False)
    repairs = tuple(run.repairs(finding))
    return Mended(finding, repairs, () if repairs else tuple(run.rewordings(finding)))


def write(mended: Sequence[Mended]) -> int:
    """Write the first repair of every finding into its file, marked; return how many were written.

    What could be told otherwise is written beside the sentence, as a comment: which it is to be, the writer says. What stands further down is written first, so that the places of the others stay what they are.
    """
    from fabula.text.proposals import propose, remark

    written = 0
    order = sorted(
        (one for one in mended if one.repairs or one.rewordings),
        key=lambda one: (one.finding.event.span.file, one.finding.event.span.line),
        reverse=True,
    )
    for one in order:
        span = one.finding.event.span
        if not one.repairs:
            note = f"proposed for {one.finding.code}: {', or '.join(map(one.otherwise, one.rewordings))}"
            try:
                line = remark(Path(span.file), note, span)
            except (OSError, LookupError) as error:
                click.echo(f"{span}: nothing was written: {error}", err=True)
                continue
            written += 1
            click.echo(f"{span.file}:{line}: written beside it: {note}", err=True)
            continue
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
