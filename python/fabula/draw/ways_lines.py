"""At which height people's lines run: straight for as long as can be, near each other, and never too near.

After StoryFlow (Liu et al., 2013): between two steps the lines that keep their height are a heaviest increasing
subsequence of the two orders (there: a longest common subsequence), and what remains is the least squares of the lines'
moves with the order as its constraint; this is solved by moving every stretch to the mean of its neighbours and putting
the result back between the constraints (there: a quadratic programme).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Orders = Sequence[Sequence[str]]
ROUNDS = 120
MIDDLE = 0.004
"""How strongly every line is drawn to the middle of the picture, beside a line's own ends."""


@dataclass(slots=True)
class Stretch:
    """A part of somebody's line that is straight, from one step to another, both included."""

    person: str
    first: int
    last: int
    y: float = 0
    wanted: list[tuple[int, float, float]] = field(default_factory=list)


def stretches(orders: Orders, weight: Callable[[str, int], float]) -> list[Stretch]:
    """All lines as straight parts; ``weight`` says what it is worth that somebody keeps straight after a step."""
    found: list[Stretch] = []
    now: dict[str, Stretch] = {}
    for at, order in enumerate(orders):
        kept = _kept(orders[at - 1], order, at - 1, weight) if at else frozenset()
        for one in order:
            if one in kept:
                now[one].last = at
            else:
                now[one] = Stretch(one, at, at)
                found.append(now[one])
    return found


def _kept(
    before: Sequence[str], after: Sequence[str], at: int, weight: Callable[[str, int], float]
) -> frozenset[str]:
    """Of the people in both orders a heaviest subsequence that stands in the same order."""
    rank = {one: i for i, one in enumerate(after)}
    common = [one for one in before if one in rank]
    best: list[float] = []
    link: list[int] = []
    for i, one in enumerate(common):
        heaviest, behind, mine = 0.0, -1, rank[one]
        for j in range(i):
            if rank[common[j]] < mine and best[j] > heaviest:
                heaviest, behind = best[j], j
        best.append(heaviest + weight(one, at))
        link.append(behind)
    kept: list[str] = []
    i = max(range(len(best)), key=best.__getitem__, default=-1)
    while i >= 0:
        kept.append(common[i])
        i = link[i]
    return frozenset(kept)


def wiggles(found: Sequence[Stretch]) -> int:
    """How often a line leaves its height."""
    ends = {(s.person, s.last + 1) for s in found}
    return sum((s.person, s.first) in ends for s in found)


def place(
    orders: Orders,
    found: Sequence[Stretch],
    gap: Callable[[int, str, str], float],
    together: Callable[[int, str, str], bool],
    weights: Mapping[str, float],
) -> None:
    """Gives every stretch its ``y``, from 0 down; ``gap`` is the least distance of two neighbours at a step."""
    of: list[dict[str, int]] = [{} for _ in orders]
    for index, stretch in enumerate(found):
        for at in range(stretch.first, stretch.last + 1):
            of[at][stretch.person] = index
    above: list[dict[int, float]] = [{} for _ in found]
    below: list[dict[int, float]] = [{} for _ in found]
    for stretch in found:
        stretch.wanted.clear()
    bound: dict[tuple[int, int], list[float]] = {}
    for at, order in enumerate(orders):
        for one, two in zip(order, order[1:], strict=False):
            a, b = of[at][one], of[at][two]
            least = max(gap(at, one, two), above[b].get(a, 0))
            above[b][a] = below[a][b] = least
            if together(at, one, two):
                bound.setdefault((a, b), []).append(least)
    for (a, b), gaps in bound.items():
        strength = 0.5 + 0.25 * min(len(gaps), 8)
        found[a].wanted.append((b, -max(gaps), strength))
        found[b].wanted.append((a, max(gaps), strength))
    last: dict[str, int] = {}
    for index, stretch in enumerate(found):
        before = last.get(stretch.person)
        if before is not None and found[before].last + 1 == stretch.first:
            strength = weights.get(stretch.person, 1.0)
            stretch.wanted.append((before, 0.0, strength))
            found[before].wanted.append((index, 0.0, strength))
        last[stretch.person] = index
    _settle(found, above, below)


def _settle(
    found: Sequence[Stretch], above: list[dict[int, float]], below: list[dict[int, float]]
) -> None:
    down = _from_above(above, below)
    y = [0.0] * len(found)
    for i in down:
        y[i] = max((y[j] + d for j, d in above[i].items()), default=0.0)
    # from below as well: half way between, everything stands in the middle of what room it has
    height = max(y, default=0.0)
    low = [height] * len(found)
    for i in reversed(down):
        low[i] = min((low[j] - d for j, d in below[i].items()), default=height)
    y = [(a + b) / 2 for a, b in zip(y, low, strict=True)]
    middle = height / 2
    for _ in range(ROUNDS):
        aim: list[float] = []
        for i, stretch in enumerate(found):
            pull = MIDDLE * (1 + stretch.last - stretch.first)
            total, sum_ = pull, pull * middle
            for j, distance, strength in stretch.wanted:
                total += strength
                sum_ += strength * (y[j] + distance)
            aim.append(0.5 * y[i] + 0.5 * sum_ / total)
        y = _within(aim, down, above, below)
    top = min(y, default=0.0)
    for stretch, value in zip(found, y, strict=True):
        stretch.y = value - top


def _within(
    aim: list[float],
    down: list[int],
    above: list[dict[int, float]],
    below: list[dict[int, float]],
) -> list[float]:
    """The heights nearest to what is aimed at that keep all distances: the mean of pushing down and of pushing up."""
    pushed = aim.copy()
    for i in down:
        for j, d in above[i].items():
            if pushed[j] + d > pushed[i]:
                pushed[i] = pushed[j] + d
    lifted = aim
    for i in reversed(down):
        for j, d in below[i].items():
            if lifted[j] - d < lifted[i]:
                lifted[i] = lifted[j] - d
    return [(a + b) / 2 for a, b in zip(pushed, lifted, strict=True)]


def _from_above(above: list[dict[int, float]], below: list[dict[int, float]]) -> list[int]:
    """The stretches in an order in which none comes before one that it is under."""
    waiting = [len(a) for a in above]
    ready = [i for i, count in enumerate(waiting) if not count]
    found: list[int] = []
    for i in ready:
        found.append(i)
        for j in below[i]:
            waiting[j] -= 1
            if not waiting[j]:
                ready.append(j)
    assert len(found) == len(above), "two stretches are above each other"
    return found
