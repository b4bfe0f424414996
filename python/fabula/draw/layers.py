"""A layered drawing of a graph, after Sugiyama, Tagawa and Toda (1981).

"Methods for visual understanding of hierarchical system structures", IEEE Transactions on Systems, Man, and Cybernetics
11: long edges go through a point in every layer between, and each layer is put into the order of the barycentres of its
neighbours, down and up, as long as crossings become fewer. Positions are those of least squares that keep the order and
the distances (pool adjacent violators).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Node = tuple[str, int, int]
"""``("node", n, 0)``, or a point of an edge: ``("edge", its number, layer)``."""
SWEEPS = 12


@dataclass(slots=True)
class Layered:
    """Layers from the top down, each in its order, with the middle of everything in them."""

    layers: list[list[Node]]
    x: dict[Node, float] = field(default_factory=dict)
    routes: list[list[Node]] = field(default_factory=list)


def arranged(
    layer_of: dict[int, int],
    edges: Sequence[tuple[int, int]],
    left: float,
    right: float,
    width: float,
    gap: float,
    lane: float,
) -> Layered:
    """Nodes, each ``width`` wide, on their layers between ``left`` and ``right``; edges go down.

    ``gap`` is left between nodes, ``lane`` between an edge and whatever is beside it.
    """
    count = max(layer_of.values(), default=-1) + 1
    layers: list[list[Node]] = [[] for _ in range(count)]
    for n in sorted(layer_of):
        layers[layer_of[n]].append(("node", n, 0))
    made = Layered(layers)
    for at, (source, target) in enumerate(edges):
        route: list[Node] = [("node", source, 0)]
        for between in range(layer_of[source] + 1, layer_of[target]):
            point: Node = ("edge", at, between)
            layers[between].append(point)
            route.append(point)
        route.append(("node", target, 0))
        made.routes.append(route)
    up: dict[Node, list[Node]] = {}
    down: dict[Node, list[Node]] = {}
    for route in made.routes:
        for one, after in pairwise(route):
            down.setdefault(one, []).append(after)
            up.setdefault(after, []).append(one)
    _order(made, up, down)
    _place(made, up, down, left, right, width, gap, lane)
    return made


def _order(made: Layered, up: dict[Node, list[Node]], down: dict[Node, list[Node]]) -> None:
    best, fewest = [list(layer) for layer in made.layers], _crossings(made.layers, down)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        layers = made.layers if sweep % 2 == 0 else made.layers[::-1]
        near = up if sweep % 2 == 0 else down
        for before, layer in pairwise(layers):
            at = {node: place for place, node in enumerate(before)}
            own = {node: place for place, node in enumerate(layer)}
            centre = {}
            for node in layer:
                beside = [at[n] for n in near.get(node, ()) if n in at]
                scale = len(before) / max(len(layer), 1)
                centre[node] = sum(beside) / len(beside) if beside else own[node] * scale
            layer.sort(key=lambda node: (centre[node], own[node]))
        crossings = _crossings(made.layers, down)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in made.layers], crossings
    made.layers = best


def _crossings(layers: list[list[Node]], down: dict[Node, list[Node]]) -> int:
    found = 0
    for one, after in pairwise(layers):
        at = {node: place for place, node in enumerate(after)}
        ends: list[int] = []
        for node in one:
            targets = sorted(at[n] for n in down.get(node, ()) if n in at)
            found += sum(1 for target in targets for end in ends if end > target)
            ends += targets
    return found


def _place(
    made: Layered,
    up: dict[Node, list[Node]],
    down: dict[Node, list[Node]],
    left: float,
    right: float,
    width: float,
    gap: float,
    lane: float,
) -> None:
    def half(node: Node) -> float:
        return width / 2 if node[0] == "node" else 0.0

    def apart(one: Node, other: Node) -> float:
        both = one[0] == other[0] == "node"
        return half(one) + half(other) + (gap if both else lane)

    x = made.x
    for layer in made.layers:
        steps = [0.0]
        for one, other in pairwise(layer):
            steps.append(steps[-1] + apart(one, other))
        start = (left + right - steps[-1]) / 2
        for node, step in zip(layer, steps, strict=True):
            x[node] = start + step
    for sweep in range(SWEEPS):
        order = made.layers if sweep % 2 == 0 else made.layers[::-1]
        for layer in order:
            if layer:
                _settle(layer, x, up, down, apart, half, left, right)


def _settle(
    layer: list[Node],
    x: dict[Node, float],
    up: dict[Node, list[Node]],
    down: dict[Node, list[Node]],
    apart: Callable[[Node, Node], float],
    half: Callable[[Node], float],
    left: float,
    right: float,
) -> None:
    """Moves a layer's nodes as near as may be to the middle of their neighbours."""
    offsets = [0.0]
    for one, other in pairwise(layer):
        offsets.append(offsets[-1] + apart(one, other))
    wanted: list[float] = []
    weights: list[float] = []
    for node, offset in zip(layer, offsets, strict=True):
        beside = [x[n] for n in (*up.get(node, ()), *down.get(node, ()))]
        middle = sum(beside) / len(beside) if beside else x[node]
        wanted.append(middle - offset)
        weights.append(3.0 if node[0] == "edge" else 1.0)
    low = left + half(layer[0])
    high = right - half(layer[-1]) - offsets[-1]
    for node, offset, place in zip(layer, offsets, _rising(wanted, weights), strict=True):
        x[node] = min(max(place, low), max(high, low)) + offset


def _rising(wanted: list[float], weights: list[float]) -> list[float]:
    """The rising numbers nearest to those wanted, by least squares."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        blocks.append((value, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            v2, w2, n2 = blocks.pop()
            v1, w1, n1 = blocks.pop()
            blocks.append(((v1 * w1 + v2 * w2) / (w1 + w2), w1 + w2, n1 + n2))
    return [value for value, _, count in blocks for _ in range(count)]
