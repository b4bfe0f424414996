"""The picture of causes: what made each event possible, what gave it its reason, and what it left behind."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from fabula.draw.causation import Causation, causation_of
from fabula.draw.causes_lines import (
    LINE,
    NODE,
    EventBox,
    Missing,
    broken,
    broken_link,
    drawn,
    from_nowhere,
    head,
    mark,
    shaft,
    taken_away,
)
from fabula.draw.causes_rows import layers_of, put_rows
from fabula.draw.frame import MARGIN, SIZES, box, heading, key, line, scene_of
from fabula.draw.layers import Layered, arranged
from fabula.draw.measure import in_lines
from fabula.draw.minds_irony import end_sign
from fabula.draw.picture import Look, Picture
from fabula.draw.svg import Element, element, group, words
from fabula.draw.weighty import Arrow, Plot, plot
from fabula.engine.running import Run

SCENES = 128.0
"""The width of the column with the names of scenes."""
LEAST = 820.0
"""How wide a picture is at least."""
GAP, LANE = 26.0, 16.0
FAR = 5
"""Across more rows than these an arrow is not drawn: a number beside the event says whence it comes."""


def causes(run: Run, look: Look) -> Picture:
    """The events that weigh, in time from the top down, with arrows from what led to each of them."""
    causation = causation_of(run)
    shown = plot(causation, look)
    title = f"{run.model.title}: what led to what"
    says = "The events that weigh, from the top down. A heavy line leads to the ending."
    if not shown.events:
        body, top = heading(title, says, LEAST)
        body.append(words(MARGIN, top + 40, "Nothing happens in this story yet.", "lead"))
        return Picture(title, says, LEAST, top + 80, tuple(body))
    nodes = _nodes(causation, shown, look)
    layer_of = layers_of(shown, look.findings)
    _captions(run, nodes, layer_of)
    near = []
    for arrow in shown.arrows:
        spans = layer_of[arrow.target] - layer_of[arrow.source]
        if spans <= FAR or _on_chain(shown, arrow):
            near.append(arrow)
        else:
            nodes[arrow.target].far.append(arrow)
    left = MARGIN + SCENES
    columns = max(Counter(layer_of.values()).values())
    right = max(LEAST - MARGIN, left + columns * (NODE + GAP) - GAP + 2 * LANE)
    missing = [
        Missing(source, (at, finding))
        for at, finding in enumerate(look.findings)
        if (source := taken_away(finding, layer_of)) is not None
    ]
    edges = [(a.source, a.target) for a in near]
    edges += [(m.source, m.finding[1].event.n) for m in missing]
    graph = arranged(layer_of, edges, left, right, NODE, GAP, LANE)
    right = max(right, *(x + (NODE / 2 if node[0] == "node" else 0) for node, x in graph.x.items()))
    body, top = heading(title, says, right + MARGIN)
    signs, top = key(MARGIN, top + 8, _key(bool(look.findings)), right)
    body += signs
    bottom = put_rows(graph, nodes, top + 34)
    body += _scenes(run, graph, nodes, right)
    back: list[Element] = []
    front: list[Element] = []
    for arrow, route in zip(near, graph.routes, strict=False):
        chained = _on_chain(shown, arrow)
        (front if chained else back).append(drawn(arrow, route, graph, nodes, chained))
    body += [*back, *front]
    for n in sorted(nodes):
        body += _event(nodes[n], shown)
    for gap, route in zip(missing, graph.routes[len(near) :], strict=True):
        body.append(broken_link(gap, route, graph, nodes))
    body += from_nowhere(nodes, {m.finding[0] for m in missing})
    return Picture(title, says, right + MARGIN, bottom + 30, tuple(body))


def _on_chain(shown: Plot, arrow: Arrow) -> bool:
    return (arrow.source, arrow.target) in set(pairwise(shown.chain))


def _key(findings: bool) -> list[tuple[list[Element], float, str]]:
    entries = [
        (
            [shaft([(0, 0), (40, 0)], "quiet-line"), head(40, 0, "quiet", 90)],
            42.0,
            "made it possible",
        ),
        (
            [shaft([(0, 0), (40, 0)], "ink-line dashed"), head(40, 0, "ink", 90)],
            42.0,
            "gave it its reason",
        ),
        (
            [shaft([(0, 0), (40, 0)], "gold-line heavy"), head(40, 0, "gold", 90)],
            42.0,
            "leads to the ending",
        ),
        ([mark(0, 0, 1)], 8.0, "what is still so at the end"),
        ([mark(6, 0, -1)], 8.0, "an arrow from further up"),
        ([end_sign("killed", 6, 0)], 12.0, "somebody dies"),
    ]
    if findings:
        entries.append((broken(0, 0, 40, 0), 42.0, "what it needs is not so"))
    return entries


def _nodes(causation: Causation, shown: Plot, look: Look) -> dict[int, EventBox]:
    found: dict[int, EventBox] = {}
    for record in shown.events:
        text = f"{record.n}  {record.source.text.rstrip('.')}"
        heavy = record.n in shown.chain or record.n in shown.deaths
        lines = in_lines(text, SIZES["fine"], NODE - 20, 4, heavy)
        node = EventBox(record, lines)
        left = [w for w in causation.left.get(record.n, ()) if "group" not in w]
        if left and record.n not in shown.deaths:  # a sign says that
            said = left[0][:1].upper() + left[0][1:]
            node.left = in_lines(said, SIZES["small"], NODE - 32, 2)
        found[record.n] = node
    for at, finding in enumerate(look.findings):
        node_at = found.get(finding.event.n)
        if node_at is not None:
            lines = in_lines(finding.message, SIZES["small"], NODE - 20, 5)
            node_at.faults.append((at, finding, lines))
    return found


def _captions(run: Run, nodes: dict[int, EventBox], layer_of: dict[int, int]) -> None:
    """Where scenes share a row, each event says of which it is."""
    scenes: dict[int, set[int]] = {}
    for n, row in layer_of.items():
        scenes.setdefault(row, set()).add(nodes[n].record.source.scene)
    for n, row in layer_of.items():
        if len(scenes[row]) > 1:
            title = scene_of(run, nodes[n].record.source.scene)
            nodes[n].scene = in_lines(title, SIZES["small"], NODE - 20, 1, True)


def _scenes(run: Run, graph: Layered, nodes: dict[int, EventBox], right: float) -> list[Element]:
    """The scenes that begin in each row, beside it."""
    made: list[Element] = []
    last = None
    for layer in graph.layers:
        own = sorted(n for kind, n, _ in layer if kind == "node")
        y = nodes[own[0]].y
        at = y + 12
        for scene in dict.fromkeys(nodes[n].record.source.scene for n in own):
            if scene == last:
                continue
            last = scene
            title = scene_of(run, scene)
            lines = in_lines(title, SIZES["fine"], SCENES - 22, 4 if at == y + 12 else 1, True)
            texts = [words(MARGIN, at + 14 * k, t, "fine strong") for k, t in enumerate(lines)]
            rule = [line(MARGIN, y - 12, right, y - 12, "rule")] if at == y + 12 else []
            at += 14 * len(lines)
            made.append(group([*rule, *texts], title, data_scene=scene))
    return made


def _event(node: EventBox, shown: Plot) -> list[Element]:
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
    for text in node.scene:
        parts.append(words(x + 10, at - 1, text, "small strong quiet"))
        at += LINE
    strong = " strong" if chained or n in shown.deaths else ""
    for text in node.lines:
        parts.append(words(x + 10, at, text, f"fine{strong}"))
        at += LINE
    if node.left:
        parts.append(mark(x + 11, at - 3.5, 1))
    for text in node.left:
        parts.append(words(x + 22, at, text, "small quiet"))
        at += LINE
    if node.far:
        numbers = ", ".join(str(a.source) for a in node.far)
        tip = "; ".join(f"{a.words} (event {a.source})" for a in node.far)
        signs = [mark(x + 17, at - 3.5, -1), words(x + 22, at, f"from {numbers}", "small strong")]
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
