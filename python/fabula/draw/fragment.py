"""A story that was run as a piece of HTML, as notebooks show it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from fabula.check.findings import Finding
from fabula.draw.picture import Picture
from fabula.engine.running import Run

MOST = 20
"""Findings listed; of the rest only the number is."""


def fragment(run: Run, picture: Picture, findings: Sequence[Finding]) -> str:
    """The title, a line of counts, the picture, and the findings; everything that is text is escaped."""
    counts = [
        _some(len(run.records), "event"),
        _some(len(run.facts), "fact"),
        _some(len(findings), "finding"),
    ]
    listed = "".join(
        f"<li><b>{escape(finding.code)}</b> {escape(finding.message)}"
        f" <small>({escape(finding.event.span.file)}, line {finding.event.span.line})</small></li>"
        for finding in findings[:MOST]
    )
    if len(findings) > MOST:
        listed += f"<li>and {len(findings) - MOST} more</li>"
    return (
        f'<div class="fabula-run"><h3>{escape(run.model.title)}</h3>'
        f"<p>{', '.join(counts)}</p>"
        f'<div style="overflow-x: auto">{picture.svg()}</div>'
        f"{f'<ul>{listed}</ul>' if listed else ''}</div>"
    )


def _some(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
