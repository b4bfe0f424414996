"""In which order people's lines run above each other, so that few of them cross.

The method is that of StoryFlow (Liu, Wu, Wei, Liu and Liu, "StoryFlow: Tracking the Evolution of Stories", IEEE
TVCG 19(12), 2013): lines are ordered within the hierarchy of places, by barycentre sweeps forward and back over
the time steps (Sugiyama, Tagawa and Toda, 1981); then neighbouring blocks are exchanged where that saves crossings.
Ties keep the order before, and nothing is left to chance, so that a small change of a story changes little.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence

Layer = Mapping[str, tuple[str, ...]]
"""At one time step: who is there -> the nested places he is in, outermost first."""
Orders = list[list[str]]

SWEEPS = 12
EXCHANGES = 6


def ordered(layers: Sequence[Layer]) -> Orders:
    """For every step who is there, from top to bottom; those in one place are next to each other."""
    best = naive(layers)
    fewest = crossings(best)
    for start in (best, _swept(layers, best, first=True)):
        now = start
        for turn in range(SWEEPS):
            now = _swept(layers, now, back=turn % 2 == 0)
            count = crossings(now)
            if count < fewest:
                best, fewest = now, count
            if not fewest:
                return best
    for _ in range(EXCHANGES):
        exchanged = [_exchanged(layers, best, at) for at in range(len(layers))]
        if not any(exchanged):
            break
    return best


def naive(layers: Sequence[Layer]) -> Orders:
    """The order in which places and people first come in: what all others are measured against."""
    seen: dict[tuple[str, ...], int] = {}
    people: dict[str, int] = {}
    found: Orders = []
    for layer in layers:
        for one, path in layer.items():
            people.setdefault(one, len(people))
            for depth in range(1, len(path) + 1):
                seen.setdefault(path[:depth], len(seen))

        def key(one: str, layer: Layer = layer) -> tuple[object, ...]:
            path = layer[one]
            return (*(seen[path[:d]] for d in range(1, len(path) + 1)), -1, people[one])

        found.append(sorted(layer, key=key))
    return found


def crossings(orders: Orders) -> int:
    """How often two lines cross between one step and the next."""
    return sum(_inversions(a, b) for a, b in zip(orders, orders[1:], strict=False))


def _inversions(above: Sequence[str], below: Sequence[str]) -> int:
    rank = {one: at for at, one in enumerate(below)}
    seen: list[int] = []
    count = 0
    for one in above:
        at = rank.get(one)
        if at is not None:
            count += len(seen) - bisect_left(seen, at)
            insort(seen, at)
    return count


def _swept(
    layers: Sequence[Layer], orders: Orders, back: bool = False, first: bool = False
) -> Orders:
    """All steps ordered anew by the ones beside them; of the ``first`` sweep newcomers go to the nearest end."""
    found = [list(order) for order in orders]
    indexes = range(len(layers) - 2, -1, -1) if back else range(1, len(layers))
    for at in indexes:
        beside = found[at + 1] if back else found[at - 1]
        found[at] = _arranged(layers[at], found[at], beside, first)
    return found


def _arranged(layer: Layer, own: Sequence[str], beside: Sequence[str], first: bool) -> list[str]:
    there = {one: float(at) for at, one in enumerate(beside)}
    scale = len(beside) / max(len(own), 1)
    standing = {one: at for at, one in enumerate(own)}

    def arranged(members: list[str], depth: int) -> list[str]:
        blocks: dict[object, list[str]] = {}
        for one in members:
            path = layer[one]
            blocks.setdefault(path[depth] if depth < len(path) else (one,), []).append(one)
        if len(blocks) == 1 and all(depth >= len(layer[one]) for one in members):
            return members
        keyed: list[tuple[float, int, list[str]]] = []
        for block in blocks.values():
            known = [there[one] for one in block if one in there]
            place = min(standing[one] for one in block)
            own_place = float(len(beside) + place) if first else place * scale
            keyed.append((sum(known) / len(known) if known else own_place, place, block))
        keyed.sort(key=lambda k: k[:2])
        return [one for _, _, block in keyed for one in arranged(block, depth + 1)]

    return arranged(list(own), 0)


def _exchanged(layers: Sequence[Layer], orders: Orders, at: int) -> bool:
    """Exchanges neighbouring blocks of a step where fewer lines cross then; whether any was."""
    ranks = [
        {one: i for i, one in enumerate(orders[beside])}
        for beside in (at - 1, at + 1)
        if 0 <= beside < len(orders)
    ]
    layer, changed = layers[at], False

    def gain(a: list[str], b: list[str]) -> int:
        total = 0
        for rank in ranks:
            upper = [rank[one] for one in a if one in rank]
            lower = [rank[one] for one in b if one in rank]
            total += sum((u > v) - (u < v) for u in upper for v in lower)
        return total

    def settled(members: list[str], depth: int) -> list[str]:
        nonlocal changed
        blocks: dict[object, list[str]] = {}
        for one in members:
            path = layer[one]
            blocks.setdefault(path[depth] if depth < len(path) else (one,), []).append(one)
        if len(blocks) == 1 and all(depth >= len(layer[one]) for one in members):
            return members
        row = [settled(block, depth + 1) for block in blocks.values()]
        for i in range(len(row) - 1):
            if gain(row[i], row[i + 1]) > 0:
                row[i], row[i + 1] = row[i + 1], row[i]
                changed = True
        return [one for block in row for one in block]

    orders[at] = settled(orders[at], 0)
    return changed
