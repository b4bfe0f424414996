"""At which height people's lines run: close together where they are, straight for as long as can be, never too near.

After StoryFlow (Liu et al., 2013). Those who are together at a step are a block whose lines stand at fixed distances.
Between two steps the blocks that keep their height are a heaviest common subsequence of the two orders, the weight of a
pair being what its lines are worth that stay straight. Blocks that are kept make a chain, which has one height; what remains
is the least squares of the lines' moves, with the order as its constraint. There it is solved as a quadratic programme, here
by moving every chain to the weighted mean of what it is tied to and putting the result back between the constraints.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

ROUNDS = 160
STILL = 0.05
"""Pixels: where no chain moves more than this, it is done."""
MIDDLE = 0.01
"""How strongly every chain is drawn to the middle of the picture for each step, beside its lines' own ends."""
KEPT = 512
"""So many rows' heights are kept from one picture to the next: a story that is being written changes in one of them."""
SAME = 1.5
"""What it is worth that a place keeps its height, beside those who stay there."""


T = TypeVar("T")
Gaps = tuple[tuple[tuple[int, float], ...], ...]
"""For every chain those that it is under, or over, and how far apart they are at least."""
Ties = tuple[tuple[tuple[int, tuple[float, float]], ...], ...]
"""For every chain those that lines go to from it: what these are worth, and that times how much lower it would be."""


@dataclass(slots=True)
class Block:
    """Those who are together at a step, from top to bottom; ``chain`` with the block's distance from its height."""

    place: object
    people: tuple[str, ...]
    chain: int = -1
    offset: float = 0.0


@dataclass(slots=True)
class Heights:
    """The height of every person at every step, and how often a line leaves its height."""

    y: list[dict[str, float]] = field(default_factory=list)

    def wiggles(self) -> int:
        """How often a line is at another height at the next step."""
        return sum(
            abs(before[one] - after[one]) > 0.5
            for before, after in zip(self.y, self.y[1:], strict=False)
            for one in before
            if one in after
        )


def heights(
    steps: Sequence[Sequence[Block]],
    distance: float,
    gap: Callable[[int, Block, Block], float],
    worth: Callable[[str, int], float],
    near: Callable[[Block, Block], float],
) -> Heights:
    """Every line's height, from 0 down. ``distance``: of lines in a block; ``gap``: of two blocks, one below the other.

    ``worth``: of somebody's line that it is straight after a step; ``near``: of two blocks that they are no further apart
    than they have to be.
    """
    chains = _chains(steps, distance, worth)
    above: list[dict[int, float]] = [{} for _ in range(chains)]
    below: list[dict[int, float]] = [{} for _ in range(chains)]
    length = [0] * chains
    for at, blocks in enumerate(steps):
        for block in blocks:
            length[block.chain] += 1
        for upper, lower in itertools.pairwise(blocks):
            end = upper.offset + (len(upper.people) - 1) * distance
            least = end + gap(at, upper, lower) - lower.offset
            a, b = upper.chain, lower.chain
            above[b][a] = below[a][b] = max(least, above[b].get(a, least))
    ties: list[dict[int, tuple[float, float]]] = [{} for _ in range(chains)]
    for at, (before, after) in enumerate(itertools.pairwise(steps)):
        where = {
            one: (block.chain, block.offset + i * distance)
            for block in before
            for i, one in enumerate(block.people)
        }
        for block in after:
            for i, one in enumerate(block.people):
                a, offset = where.get(one, (block.chain, 0.0))
                if a != block.chain:
                    apart = block.offset + i * distance - offset
                    _tie(ties, a, block.chain, apart, worth(one, at))
    for blocks in steps:
        for upper, lower in itertools.pairwise(blocks):
            a, b = upper.chain, lower.chain
            if a != b:
                _tie(ties, a, b, -above[b][a], near(upper, lower))
    y = _settled(_frozen(above), _frozen(below), _frozen(ties), tuple(length))
    found = Heights()
    for blocks in steps:
        found.y.append(
            {
                one: y[block.chain] + block.offset + i * distance
                for block in blocks
                for i, one in enumerate(block.people)
            }
        )
    top = min((v for at in found.y for v in at.values()), default=0.0)
    found.y = [{one: v - top for one, v in at.items()} for at in found.y]
    return found


def _tie(
    ties: list[dict[int, tuple[float, float]]], a: int, b: int, apart: float, worth: float
) -> None:
    """A line goes from chain a to chain b, where it stands so much lower in it: it is straight where b is so much higher."""
    for one, other, distance in ((a, b, apart), (b, a, -apart)):
        weight, total = ties[one].get(other, (0.0, 0.0))
        ties[one][other] = (weight + worth, total + worth * distance)


def _chains(
    steps: Sequence[Sequence[Block]], distance: float, worth: Callable[[str, int], float]
) -> int:
    """Puts every block into a chain; returns how many chains there are."""
    count = 0
    for at, blocks in enumerate(steps):
        if at:
            for before, after, offset in _kept(steps[at - 1], blocks, at - 1, distance, worth):
                after.chain = before.chain
                after.offset = before.offset + offset
        for block in blocks:
            if block.chain < 0:
                block.chain, count = count, count + 1
    return count


def _kept(
    before: Sequence[Block],
    after: Sequence[Block],
    at: int,
    distance: float,
    worth: Callable[[str, int], float],
) -> list[tuple[Block, Block, float]]:
    """Pairs of blocks that keep their height, and how much lower the later one begins."""
    pairs: list[tuple[int, int, float, float]] = []
    stood = {one: (i, j) for i, b in enumerate(before) for j, one in enumerate(b.people)}
    for k, block in enumerate(after):
        shifts: dict[int, dict[int, float]] = {}
        for j, one in enumerate(block.people):
            if one in stood:
                i, was = stood[one]
                worths = shifts.setdefault(i, {})
                worths[was - j] = worths.get(was - j, 0.0) + worth(one, at)
        for i, worths in shifts.items():
            shift = max(worths, key=lambda s: (worths[s], -abs(s), s))
            same = SAME if before[i].place == block.place else 0.0
            pairs.append((i, k, worths[shift] + same, shift * distance))
    pairs.sort(key=lambda p: p[:2])
    best: list[float] = []
    link: list[int] = []
    for p, (i, k, weight, _) in enumerate(pairs):
        heaviest, behind = 0.0, -1
        for q in range(p):
            if pairs[q][0] < i and pairs[q][1] < k and best[q] > heaviest:
                heaviest, behind = best[q], q
        best.append(heaviest + weight)
        link.append(behind)
    found: list[tuple[Block, Block, float]] = []
    p = max(range(len(best)), key=best.__getitem__, default=-1)
    while p >= 0:
        i, k, _, offset = pairs[p]
        found.append((before[i], after[k], offset))
        p = link[p]
    return found


def _frozen(tables: Sequence[Mapping[int, T]]) -> tuple[tuple[tuple[int, T], ...], ...]:
    return tuple([tuple(table.items()) for table in tables])


@lru_cache(KEPT)
def _settled(above: Gaps, below: Gaps, ties: Ties, length: tuple[int, ...]) -> list[float]:
    """The heights of all chains."""
    down = _from_above(above, below)
    y = [0.0] * len(above)
    for i in down:
        y[i] = max((y[j] + d for j, d in above[i]), default=0.0)
    height = max(y, default=0.0)
    low = [height] * len(above)
    for i in reversed(down):
        low[i] = min((low[j] - d for j, d in below[i]), default=height)
    y = [(a + b) / 2 for a, b in zip(y, low, strict=True)]
    for _ in range(ROUNDS):
        middle = sum(n * v for n, v in zip(length, y, strict=True)) / max(sum(length), 1)
        aim: list[float] = []
        for i, n in enumerate(length):
            total, wanted = MIDDLE * n, MIDDLE * n * middle
            for j, (weight, apart) in ties[i]:
                total += weight
                wanted += weight * y[j] + apart
            aim.append(0.4 * y[i] + 0.6 * wanted / total)
        was, y = y, _within(aim, down, above, below)
        if all(abs(a - b) < STILL for a, b in zip(was, y, strict=True)):
            break
    return y


def _within(
    aim: list[float],
    down: list[int],
    above: Gaps,
    below: Gaps,
) -> list[float]:
    """The heights nearest to what is aimed at that keep all distances: the mean of pushing down and of pushing up."""
    pushed = aim.copy()
    for i in down:
        for j, d in above[i]:
            if pushed[j] + d > pushed[i]:
                pushed[i] = pushed[j] + d
    lifted = aim
    for i in reversed(down):
        for j, d in below[i]:
            if lifted[j] - d < lifted[i]:
                lifted[i] = lifted[j] - d
    return [(a + b) / 2 for a, b in zip(pushed, lifted, strict=True)]


def _from_above(above: Gaps, below: Gaps) -> list[int]:
    """The chains in an order in which none comes before one that it is under."""
    waiting = [len(a) for a in above]
    ready = [i for i, count in enumerate(waiting) if not count]
    found: list[int] = []
    for i in ready:
        found.append(i)
        for j, _ in below[i]:
            waiting[j] -= 1
            if not waiting[j]:
                ready.append(j)
    assert len(found) == len(above), "two chains are above each other"
    return found
