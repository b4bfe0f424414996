"""The picture of causes: what made each event possible, what gave it its reason, and what it left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from fabula.check.findings import Finding
from fabula.draw.causation import Causation, causation_of
from fabula.draw.frame import MARGIN, SIZES, WIDTH, box, heading, key, line, scene_of
from fabula.draw.layers import Layered, Node, arranged
from fabula.draw.measure import in_lines
from fabula.draw.minds_bands import end_sign
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, element, group, path, words
from fabula.draw.weighty import Arrow, Plot, plot
from fabula.engine.records import EventRecord
from fabula.engine.running import Run

SCENES = 128.0
"""The width of the column with the names of scenes."""
NODE = 186.0
GAP, LANE, ROW_GAP = 26.0, 16.0, 40.0
MOST_IN_ROW = 4
FAR = 5
"""Across more rows than these an arrow is not drawn: a number beside the event says whence it comes."""
LINE = 13.0


@dataclass(slots=True)
class _Node:
    """An event as it is drawn."""

    record: EventRecord
    lines: list[str]
    left: list[str] = field(default_factory=list)
    faults: list[tuple[int, Finding, list[str]]] = field(default_factory=list)
    far: list[Arrow] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        rows = (
            len(self.lines)
            + len(self.left)
            + bool(self.far)
            + sum(len(lines) for _, _, lines in self.faults)
        )
        return 22.0 + LINE * rows


def causes(run: Run, look: Look) -> Picture:
    """The events that weigh, in time from the top down, with arrows from what led to each of them."""
    causation = causation_of(run)
    shown = plot(causation, look)
    title = f"{run.model.title}: what led to what"
    says = "The events that weigh, from the top down. A heavy line leads to the ending."
    body, top = heading(title, says)
    signs, top = key(MARGIN, top + 8, _key(bool(look.findings)))
    body += signs
    if not shown.events:
        body.append(words(MARGIN, top + 40, "Nothing happens in this story yet.", "lead"))
        return Picture(title, says, WIDTH, top + 80, tuple(body))
    nodes = _nodes(causation, shown, look)
    layer_of = _layers(shown)
    near = []
    for arrow in shown.arrows:
        spans = layer_of[arrow.target] - layer_of[arrow.source]
        if spans <= FAR or _on_chain(shown, arrow):
            near.append(arrow)
        else:
            nodes[arrow.target].far.append(arrow)
    left, right = MARGIN + SCENES, WIDTH - MARGIN
    missing = [
        Missing(source, (at, finding))
        for at, finding in enumerate(look.findings)
        if (source := _taken_away(finding, layer_of)) is not None
    ]
    edges = [(a.source, a.target) for a in near]
    edges += [(m.source, m.finding[1].event.n) for m in missing]
    graph = arranged(layer_of, edges, left, right, NODE, GAP, LANE)
    bottom = _heights(graph, nodes, top + 40)
    body += _scenes(run, graph, nodes)
    back: list[Element] = []
    front: list[Element] = []
    for arrow, route in zip(near, graph.routes, strict=False):
        chained = _on_chain(shown, arrow)
        (front if chained else back).append(_arrow(arrow, route, graph, nodes, chained))
    body += [*back, *front]
    for n in sorted(nodes):
        body += _event(nodes[n], shown)
    for broken, route in zip(missing, graph.routes[len(near) :], strict=True):
        body.append(_broken(broken, route, graph, nodes))
    body += _from_nowhere(nodes, {m.finding[0] for m in missing})
    return Picture(title, says, WIDTH, bottom + 30, tuple(body))


def _on_chain(shown: Plot, arrow: Arrow) -> bool:
    return (arrow.source, arrow.target) in set(pairwise(shown.chain))


def _key(findings: bool) -> list[tuple[list[Element], float, str]]:
    entries = [
        (
            [_shaft([(0, 0), (40, 0)], "quiet-line"), _head(40, 0, "quiet", 90)],
            42.0,
            "made it possible",
        ),
        (
            [_shaft([(0, 0), (40, 0)], "ink-line dashed"), _head(40, 0, "ink", 90)],
            42.0,
            "gave it its reason",
        ),
        (
            [_shaft([(0, 0), (40, 0)], "gold-line heavy"), _head(40, 0, "gold", 90)],
            42.0,
            "leads to the ending",
        ),
        ([_mark(0, 0, 1)], 8.0, "what is still so at the end"),
        ([_mark(6, 0, -1)], 8.0, "an arrow from further up"),
        ([end_sign("killed", 6, 0)], 12.0, "somebody dies"),
    ]
    if findings:
        entries.append((_break(0, 0, 40, 0), 42.0, "what it needs is not so"))
    return entries


def _nodes(causation: Causation, shown: Plot, look: Look) -> dict[int, _Node]:
    found: dict[int, _Node] = {}
    for record in shown.events:
        text = f"{record.n}  {record.source.text.rstrip('.')}"
        heavy = record.n in shown.chain or record.n in shown.deaths
        lines = in_lines(text, SIZES["fine"], NODE - 20, 4, heavy)
        node = _Node(record, lines)
        left = [w for w in causation.left.get(record.n, ()) if "group" not in w]
        if left:
            said = left[0][:1].upper() + left[0][1:]
            node.left = in_lines(said, SIZES["small"], NODE - 32, 2)
        found[record.n] = node
    for at, finding in enumerate(look.findings):
        node_at = found.get(finding.event.n)
        if node_at is not None:
            lines = in_lines(finding.message, SIZES["small"], NODE - 20, 5)
            node_at.faults.append((at, finding, lines))
    return found


def _layers(shown: Plot) -> dict[int, int]:
    """Rows in the order of time: a new one for a new scene, for what follows from the last, and where one is full."""
    found: dict[int, int] = {}
    into: dict[int, list[int]] = {}
    for arrow in shown.arrows:
        into.setdefault(arrow.target, []).append(arrow.source)
    row, here, scene = -1, MOST_IN_ROW, None
    for record in shown.events:
        follows = any(found.get(n) == row for n in into.get(record.n, ()))
        if follows or here >= MOST_IN_ROW or record.source.scene != scene:
            row, here, scene = row + 1, 0, record.source.scene
        found[record.n] = row
        here += 1
    return found


def _heights(graph: Layered, nodes: dict[int, _Node], y: float) -> float:
    """Puts every row under the one before it; returns where the last one ends."""
    for layer in graph.layers:
        own = [nodes[n] for kind, n, _ in layer if kind == "node"]
        for node, key_ in ((nodes[n], ("node", n, 0)) for kind, n, _ in layer if kind == "node"):
            node.x, node.y = graph.x[key_], y
        y += max((node.height for node in own), default=0.0) + ROW_GAP
    return y - ROW_GAP


def _scenes(run: Run, graph: Layered, nodes: dict[int, _Node]) -> list[Element]:
    made: list[Element] = []
    last = None
    for layer in graph.layers:
        own = [nodes[n] for kind, n, _ in layer if kind == "node"]
        scene = own[0].record.source.scene
        y = own[0].y
        if scene != last:
            last = scene
            title = scene_of(run, scene)
            lines = in_lines(title, SIZES["fine"], SCENES - 22, 4, True)
            texts = [
                words(MARGIN, y + 12 + 14 * at, t, "fine strong") for at, t in enumerate(lines)
            ]
            rule = line(MARGIN, y - 14, MARGIN + SCENES - 22, y - 14, "rule")
            made.append(group([rule, *texts], title, data_scene=scene))
    return made


def _event(node: _Node, shown: Plot) -> list[Element]:
    n = node.record.n
    x, y = node.x - NODE / 2, node.y
    chained = n in shown.chain
    ending = bool(shown.chain) and n == shown.chain[-1]
    kind = "node gold-edge" if chained else "node"
    if node.faults:
        kind = "node accent-edge"
    parts: list[Element] = []
    if ending:
        parts.append(box(x - 4, y - 4, NODE + 8, node.height + 8, "gold-line none", 9))
    parts.append(box(x, y, NODE, node.height, kind, 6))
    at = y + 18
    strong = " strong" if chained or n in shown.deaths else ""
    for text in node.lines:
        parts.append(words(x + 10, at, text, f"fine{strong}"))
        at += LINE
    if node.left:
        parts.append(_mark(x + 11, at - 3.5, 1))
    for text in node.left:
        parts.append(words(x + 22, at, text, "small quiet"))
        at += LINE
    if node.far:
        numbers = ", ".join(str(a.source) for a in node.far)
        tip = "; ".join(f"{a.words} (event {a.source})" for a in node.far)
        signs = [_mark(x + 17, at - 3.5, -1), words(x + 22, at, f"from {numbers}", "small strong")]
        parts.append(group(signs, tip))
        at += LINE
    for number, finding, lines in node.faults:
        texts = [words(x + 10, at + LINE * k, text, "small accent") for k, text in enumerate(lines)]
        parts.append(group(texts, finding.message, data_finding=number))
        at += LINE * len(lines)
    if n in shown.deaths:
        parts.append(element("circle", cx=x + NODE - 2, cy=y + 2, r=11, kind="paper"))
        parts.append(end_sign("killed", x + NODE - 2, y + 2))
    says = f"{n}. {node.record.source.text}"
    return [group(parts, says, data_event=n)]


def _arrow(
    arrow: Arrow, route: list[Node], graph: Layered, nodes: dict[int, _Node], chained: bool
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
    return group([path(commands, kind), _head(end[0], end[1], colour, 180)], says)


def _way(
    one: _Node, other: _Node, route: list[Node], graph: Layered, nodes: dict[int, _Node]
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


def _port(node: _Node, towards: float) -> float:
    """Where an arrow leaves or enters an event: nearer to the side that it goes to."""
    most = NODE / 2 - 14
    return node.x + max(-most, min(most, (towards - node.x) * 0.45))


def _row_of(graph: Layered, nodes: dict[int, _Node], layer: int) -> tuple[float, float]:
    own = [nodes[n] for kind, n, _ in graph.layers[layer] if kind == "node"]
    return own[0].y - 6, max(node.y + node.height for node in own) + 4


def _curve(one: tuple[float, float], other: tuple[float, float]) -> str:
    middle = (one[1] + other[1]) / 2
    return f"C{one[0]:.1f} {middle:.1f} {other[0]:.1f} {middle:.1f} {other[0]:.1f} {other[1]:.1f}"


def _shaft(points: list[tuple[float, float]], kind: str) -> Element:
    return path([f"{'L' if at else 'M'}{x:.1f} {y:.1f}" for at, (x, y) in enumerate(points)], kind)


def _head(x: float, y: float, colour: str, turn: float) -> Element:
    """The head of an arrow with its point at a place; turned 0 it points up, 180 down."""
    return path(
        ["M0 0L-4.5 8L4.5 8z"],
        f"{colour}-fill",
        transform=f"translate({x:.1f} {y:.1f}) rotate({turn:g})",
    )


def _mark(x: float, y: float, way: int) -> Element:
    """A small triangle from a place to the right (1) or to the left (-1)."""
    return path(
        [f"M{x:.1f} {y - 3:.1f}L{x + 6 * way:.1f} {y:.1f}L{x:.1f} {y + 3:.1f}z"], "quiet-fill"
    )


def _break(x1: float, y1: float, x2: float, y2: float) -> list[Element]:
    """A line that does not get there: broken in its middle by a cross."""
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    dx, dy = x2 - x1, y2 - y1
    long = max((dx * dx + dy * dy) ** 0.5, 1.0)
    ux, uy = dx / long, dy / long
    return [
        _shaft([(x1, y1), (mx - 8 * ux, my - 8 * uy)], "accent-line"),
        _shaft([(mx + 8 * ux, my + 8 * uy), (x2, y2)], "accent-line"),
        line(mx - 5, my - 5, mx + 5, my + 5, "accent-line"),
        line(mx - 5, my + 5, mx + 5, my - 5, "accent-line"),
    ]


@dataclass(frozen=True, slots=True)
class Missing:
    """A finding, by its number, and the event shown that took away what it needs."""

    source: int
    finding: tuple[int, Finding]


def _taken_away(finding: Finding, layer_of: dict[int, int]) -> int | None:
    """The last event shown, above that of a finding, that it comes from."""
    n = finding.event.n
    if n not in layer_of:
        return None
    shown = [r.n for r in finding.because if r.n < n and r.n in layer_of]
    above = [m for m in shown if layer_of[m] < layer_of[n]]
    return max(above, default=None)


def _broken(broken: Missing, route: list[Node], graph: Layered, nodes: dict[int, _Node]) -> Element:
    """What a finding misses, as a link that is broken by a cross, from the event that took it away."""
    number, finding = broken.finding
    one, other = nodes[broken.source], nodes[finding.event.n]
    commands, (x, y), end = _way(one, other, route, graph, nodes)
    parts = [
        path(commands, "accent-line"),
        _head(end[0], end[1], "accent", 180),
        element("circle", cx=x, cy=y, r=9, kind="paper"),
        line(x - 5, y - 5, x + 5, y + 5, "accent-line"),
        line(x - 5, y + 5, x + 5, y - 5, "accent-line"),
    ]
    return group(parts, finding.message, data_finding=number)


def _from_nowhere(nodes: dict[int, _Node], drawn: set[int]) -> list[Element]:
    """What a finding misses that no event shown above it took away."""
    made: list[Element] = []
    for n in sorted(nodes):
        node = nodes[n]
        x, y = node.x - NODE / 2 + 22, node.y - 2
        for number, finding, _ in node.faults:
            if number not in drawn:
                made.append(group(_break(x, y - 30, x, y), finding.message, data_finding=number))
                x += 18
    return made
