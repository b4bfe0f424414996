"""The lines of a picture of causes: arrows through its rows, and links that are broken."""

from __future__ import annotations

from dataclasses import dataclass, field

from fabula.check.findings import Finding
from fabula.draw.frame import line
from fabula.draw.layers import Layered, Node
from fabula.draw.svg import Element, element, group, path
from fabula.draw.weighty import Arrow
from fabula.engine.records import EventRecord

NODE = 196.0


LINE = 13.0


@dataclass(slots=True)
class EventBox:
    """An event as it is drawn."""

    record: EventRecord
    lines: list[str]
    left: list[str] = field(default_factory=list)
    faults: list[tuple[int, Finding, list[str]]] = field(default_factory=list)
    far: list[Arrow] = field(default_factory=list)
    scene: list[str] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        rows = (
            len(self.scene)
            + len(self.lines)
            + len(self.left)
            + bool(self.far)
            + sum(len(lines) for _, _, lines in self.faults)
        )
        return 22.0 + LINE * rows


def drawn(
    arrow: Arrow, route: list[Node], graph: Layered, nodes: dict[int, EventBox], chained: bool
) -> Element:
    """An arrow through the points of its route, upright where it passes a row."""
    commands, _, end = _way(nodes[arrow.source], nodes[arrow.target], route, graph, nodes)
    kind = (
        "gold-line heavy" if chained else "ink-line thin dashed" if arrow.reason else "quiet-line"
    )
    if chained and arrow.reason:
        kind += " dashed"
    colour = "gold" if chained else "ink" if arrow.reason else "quiet"
    through = f", by way of {', '.join(map(str, arrow.through))}" if arrow.through else ""
    says = f"{arrow.source} to {arrow.target}: {arrow.words}{through}"
    return group([path(commands, kind), head(end[0], end[1], colour, 180)], says)


def _way(
    one: EventBox, other: EventBox, route: list[Node], graph: Layered, nodes: dict[int, EventBox]
) -> tuple[list[str], tuple[float, float], tuple[float, float]]:
    """The commands of a line along a route, a place about its middle between two rows, and its end."""
    start = (_port(one, graph.x[route[1]]), one.y + one.height)
    end = (_port(other, graph.x[route[-2]]), other.y - 2.0)
    commands = [f"M{start[0]:.1f} {start[1]:.1f}"]
    at = start
    stops: list[tuple[float, float]] = []
    for node in route[1:-1]:
        top, bottom = _row_of(graph, nodes, node[2])
        x = graph.x[node]
        stops.append(((at[0] + x) / 2, (at[1] + top) / 2))
        commands.append(_curve(at, (x, top)))
        commands.append(f"L{x:.1f} {bottom:.1f}")
        at = (x, bottom)
    stops.append(((at[0] + end[0]) / 2, (at[1] + end[1] - 5) / 2))
    commands.append(_curve(at, (end[0], end[1] - 5)))
    return commands, stops[len(stops) // 2], end


def _port(node: EventBox, towards: float) -> float:
    """Where an arrow leaves or enters an event: nearer to the side that it goes to."""
    most = NODE / 2 - 26  # clear of the sign of a death at the corner
    return node.x + max(-most, min(most, (towards - node.x) * 0.45))


def _row_of(graph: Layered, nodes: dict[int, EventBox], layer: int) -> tuple[float, float]:
    own = [nodes[n] for kind, n, _ in graph.layers[layer] if kind == "node"]
    return own[0].y - 6, max(node.y + node.height for node in own) + 4


def _curve(one: tuple[float, float], other: tuple[float, float]) -> str:
    middle = (one[1] + other[1]) / 2
    return f"C{one[0]:.1f} {middle:.1f} {other[0]:.1f} {middle:.1f} {other[0]:.1f} {other[1]:.1f}"


def shaft(points: list[tuple[float, float]], kind: str) -> Element:
    """A line through points."""
    return path([f"{'L' if at else 'M'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points)], kind)


def head(x: float, y: float, colour: str, turn: float) -> Element:
    """The head of an arrow with its point at a place; turned 0 it points up, 180 down."""
    return path(
        ["M0 0L-4.5 8L4.5 8z"],
        f"{colour}-fill",
        transform=f"translate({x:.1f} {y:.1f}) rotate({turn:g})",
    )


def mark(x: float, y: float, way: int) -> Element:
    """A small triangle from a place to the right (1) or to the left (-1)."""
    return path(
        [f"M{x:.1f} {y - 3:.1f}L{x + 6 * way:.1f} {y:.1f}L{x:.1f} {y + 3:.1f}z"], "quiet-fill"
    )


def broken(x1: float, y1: float, x2: float, y2: float) -> list[Element]:
    """A line that does not get there: broken in its middle by a cross."""
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    dx, dy = x2 - x1, y2 - y1
    long = max((dx * dx + dy * dy) ** 0.5, 1.0)
    ux, uy = dx / long, dy / long
    return [
        shaft([(x1, y1), (mx - 8 * ux, my - 8 * uy)], "accent-line"),
        shaft([(mx + 8 * ux, my + 8 * uy), (x2, y2)], "accent-line"),
        line(mx - 5, my - 5, mx + 5, my + 5, "accent-line"),
        line(mx - 5, my + 5, mx + 5, my - 5, "accent-line"),
    ]


@dataclass(frozen=True, slots=True)
class Missing:
    """A finding, by its number, and the event shown that took away what it needs."""

    source: int
    finding: tuple[int, Finding]


def taken_away(finding: Finding, layer_of: dict[int, int]) -> int | None:
    """The last event shown, above that of a finding, that it comes from."""
    n = finding.event.n
    if n not in layer_of:
        return None
    shown = [r.n for r in finding.because if r.n < n and r.n in layer_of]
    above = [m for m in shown if layer_of[m] < layer_of[n]]
    return max(above, default=None)


def broken_link(
    missing: Missing, route: list[Node], graph: Layered, nodes: dict[int, EventBox]
) -> Element:
    """What a finding misses, as a link that is broken by a cross, from the event that took it away."""
    number, finding = missing.finding
    one, other = nodes[missing.source], nodes[finding.event.n]
    commands, (x, y), end = _way(one, other, route, graph, nodes)
    parts = [
        path(commands, "accent-line"),
        head(end[0], end[1], "accent", 180),
        element("circle", cx=x, cy=y, r=9, kind="paper"),
        line(x - 5, y - 5, x + 5, y + 5, "accent-line"),
        line(x - 5, y + 5, x + 5, y - 5, "accent-line"),
    ]
    return group(parts, finding.message, data_finding=number)


def from_nowhere(nodes: dict[int, EventBox], drawn: set[int]) -> list[Element]:
    """What a finding misses that no event shown above it took away."""
    made: list[Element] = []
    for n in sorted(nodes):
        node = nodes[n]
        x, y = node.x - NODE / 2 + 22, node.y - 2
        for number, finding, _ in node.faults:
            if number not in drawn:
                made.append(group(broken(x, y - 30, x, y), finding.message, data_finding=number))
                x += 18
    return made
