"""In which order people's lines run above each other, so that few of them cross.

The method is that of StoryFlow (Liu, Wu, Wei, Liu and Liu, "StoryFlow: Tracking the Evolution of Stories", IEEE
TVCG 19(12), 2013): lines are ordered within the hierarchy of places, by barycentre sweeps forward and back over
the time steps (Sugiyama, Tagawa and Toda, 1981); then neighbouring blocks are exchanged where that saves crossings.
Ties keep the order before, and nothing is left to chance, so that a small change of a story changes little.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

Layer = Mapping[str, tuple[str, ...]]
"""At one time step: who is there -> the house and the place in it that he is in, or only one of them."""
Order = tuple[str, ...]
Orders = list[Order]

Tree = tuple[tuple[tuple[str, ...], ...], ...]
"""The same as houses, places in them, and people in those."""

KEPT = 16_384
"""So many steps' orders are kept from one picture to the next: a story that is being written changes at few of them."""

SWEEPS = 16
WORK = 80_000
"""So many lines and steps are swept over, at most, in long stories."""
PATIENCE = 3
"""So many sweeps that make nothing better are the last ones."""
EXCHANGES = 6


def ordered(layers: Sequence[Layer]) -> Orders:
    """For every step who is there, from top to bottom; those in one place are next to each other."""
    trees = [_tree(layer) for layer in layers]
    best = naive(layers)
    fewest = crossings(best)
    sweeps = max(PATIENCE, min(SWEEPS, WORK // max(sum(map(len, layers)), 1)))
    fresh = _swept(trees, best, first=True)
    for start in (best, fresh) if sweeps > PATIENCE else (fresh,):
        now, tired = start, 0
        for turn in range(sweeps):
            now = _swept(trees, now, back=turn % 2 == 0)
            count = crossings(now)
            tired = 0 if count < fewest else tired + 1
            if count < fewest:
                best, fewest = now, count
            if not fewest or tired == PATIENCE:
                break
    best = list(best)
    crossed = [_inversions(a, b) > 0 for a, b in pairwise(best)]
    todo = {at for at, yes in enumerate(crossed) if yes} | {
        at + 1 for at, yes in enumerate(crossed) if yes
    }
    for _ in range(min(EXCHANGES, sweeps)):
        exchanged = [at for at in sorted(todo) if _exchanged(trees, best, at)]
        todo = {near for at in exchanged for near in (at - 1, at, at + 1) if 0 <= near < len(best)}
    return best


def _tree(layer: Layer) -> Tree:
    found: dict[str, dict[str, list[str]]] = {}
    for one, path in layer.items():
        found.setdefault(path[0], {}).setdefault(path[-1], []).append(one)
    return tuple(tuple(tuple(people) for people in places.values()) for places in found.values())


def naive(layers: Sequence[Layer]) -> Orders:
    """The order in which places and people first come in: what all others are measured against."""
    seen: dict[tuple[str, ...], int] = {}
    ranks: dict[tuple[str, ...], tuple[int, ...]] = {}
    people: dict[str, int] = {}
    found: Orders = []
    for layer in layers:
        for one, path in layer.items():
            people.setdefault(one, len(people))
            if path not in ranks:
                parts = [path[:depth] for depth in range(1, len(path) + 1)]
                ranks[path] = (*(seen.setdefault(part, len(seen)) for part in parts), -1)
        placed = [(ranks[path], people[one], one) for one, path in layer.items()]
        placed.sort()
        found.append(tuple([one for _, _, one in placed]))
    return found


def crossings(orders: Orders) -> int:
    """How often two lines cross between one step and the next."""
    return sum(_inversions(a, b) for a, b in pairwise(orders))


@lru_cache(KEPT)
def _inversions(above: Order, below: Order) -> int:
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
    trees: Sequence[Tree], orders: Orders, back: bool = False, first: bool = False
) -> Orders:
    """All steps ordered anew by the ones beside them; of the ``first`` sweep newcomers go to the lower end."""
    found = list(orders)
    indexes = range(len(trees) - 2, -1, -1) if back else range(1, len(trees))
    for at in indexes:
        beside = found[at + 1] if back else found[at - 1]
        found[at] = _arranged(trees[at], found[at], beside, first)
    return found


@lru_cache(KEPT)
def _arranged(tree: Tree, own: Order, beside: Order, first: bool) -> Order:
    """A step in the order of the means of the ranks beside; who is not there stands where he stood."""
    there = {one: at for at, one in enumerate(beside)}
    standing = {one: at for at, one in enumerate(own)}
    ahead = len(beside)
    scale = 1.0 if first else ahead / max(len(own), 1)
    base = ahead if first else 0
    houses: list[tuple[float, int, list[str]]] = []
    for house in tree:
        places: list[tuple[float, int, list[str]]] = []
        house_sum, house_count = 0, 0
        for place in house:
            members: list[tuple[float, int, str]] = []
            total, count = 0, 0
            for one in place:
                rank, stood = there.get(one), standing[one]
                if rank is None:
                    members.append((base + stood * scale, stood, one))
                else:
                    members.append((rank, stood, one))
                    total += rank
                    count += 1
            members.sort()
            least = min([m[1] for m in members]) if len(members) > 1 else members[0][1]
            mean = total / count if count else base + least * scale
            places.append((mean, least, [m[2] for m in members]))
            house_sum += total
            house_count += count
        if len(places) == 1:
            houses.append(places[0])
            continue
        places.sort()
        least = min([p[1] for p in places])
        mean = house_sum / house_count if house_count else base + least * scale
        houses.append((mean, least, [one for p in places for one in p[2]]))
    houses.sort()
    return tuple([one for house in houses for one in house[2]])


def _exchanged(trees: Sequence[Tree], orders: Orders, at: int) -> bool:
    """Exchanges neighbouring blocks of a step where fewer lines cross then; whether any was."""
    before = orders[at - 1] if at else ()
    after = orders[at + 1] if at + 1 < len(orders) else ()
    now = orders[at]
    orders[at] = _settled(trees[at], now, before, after)
    return orders[at] != now


@lru_cache(KEPT)
def _settled(tree: Tree, own: Order, before: Order, after: Order) -> Order:
    """A step in which neighbouring blocks are exchanged where fewer lines to the steps beside cross then."""
    ranks = [{one: i for i, one in enumerate(beside)} for beside in (before, after)]

    def gain(a: Sequence[str], b: Sequence[str]) -> int:
        total = 0
        for rank in ranks:
            upper = [rank[one] for one in a if one in rank]
            lower = [rank[one] for one in b if one in rank]
            total += sum((u > v) - (u < v) for u in upper for v in lower)
        return total

    def settled(row: list[list[str]]) -> list[str]:
        for i in range(len(row) - 1):
            if gain(row[i], row[i + 1]) > 0:
                row[i], row[i + 1] = row[i + 1], row[i]
        return [one for block in row for one in block]

    standing = {one: i for i, one in enumerate(own)}

    def sorted_row(blocks: list[list[str]]) -> list[list[str]]:
        return sorted(blocks, key=lambda block: standing[block[0]])

    houses: list[list[str]] = []
    for house in tree:
        places = [
            settled([[one] for one in sorted(place, key=standing.__getitem__)]) for place in house
        ]
        houses.append(settled(sorted_row(places)))
    return tuple(settled(sorted_row(houses)))
