"""In which row of a picture of causes each event stands, in the order of time, and how high each row is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from fabula.check.findings import Finding
from fabula.draw.causes_lines import EventBox
from fabula.draw.layers import Layered
from fabula.draw.weighty import Plot

MOST_IN_ROW = 5
MOST_SCENES = 4
"""So many short scenes share a row."""
BETWEEN, EMPTY = 38.0, 24.0
"""The height between two rows where an arrow comes down, and where none does."""


def layers_of(shown: Plot, findings: Sequence[Finding] = ()) -> dict[int, int]:
    """A new row for a new scene, for what follows from the last, and where one is full; short scenes that are apart share one.

    What cannot be stands below what took away what it needs.
    """
    into: dict[int, set[int]] = {}
    for arrow in shown.arrows:
        into.setdefault(arrow.target, set()).add(arrow.source)
    for finding in findings:
        into.setdefault(finding.event.n, set()).update(r.n for r in finding.because)
    rows: list[list[int]] = []
    scenes = 0  # that share the last row; 0 where it is a part of one scene alone
    for _, records in groupby(shown.events, key=lambda record: record.source.scene):
        own: list[list[int]] = [[]]
        for record in records:
            follows = not into.get(record.n, set()).isdisjoint(own[-1])
            if follows or len(own[-1]) >= MOST_IN_ROW:
                own.append([])
            own[-1].append(record.n)
        first = own[0]
        if (
            0 < scenes < MOST_SCENES
            and len(own) == 1
            and len(rows[-1]) + len(first) <= MOST_IN_ROW
            and all(into.get(n, set()).isdisjoint(rows[-1]) for n in first)
        ):
            rows[-1] += first
            scenes += 1
        else:
            rows += own
            scenes = 1 if len(own) == 1 else 0
    return {n: row for row, here in enumerate(rows) for n in here}


def put_rows(graph: Layered, nodes: dict[int, EventBox], y: float) -> float:
    """Puts every row under the one before it; returns where the last one ends."""
    row = {node: at for at, layer in enumerate(graph.layers) for node in layer}
    led = {row[node] for route in graph.routes for node in route[1:]}
    for at, layer in enumerate(graph.layers):
        if at:
            y += BETWEEN if at in led else EMPTY
        own = [(nodes[n], (kind, n, of)) for kind, n, of in layer if kind == "node"]
        for node, key in own:
            node.x, node.y = graph.x[key], y
        y += max((node.height for node, _ in own), default=0.0)
    return y
