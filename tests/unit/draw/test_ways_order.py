"""The order of lines: against the naive one, and against the best of all where that can be tried."""

from __future__ import annotations

import random
from itertools import pairwise, permutations, product

import pytest

from fabula.draw.ways_lines import Block, heights
from fabula.draw.ways_order import Layer, Orders, crossings, naive, ordered

PLACES = (("inn", "hall"), ("inn", "cellar"), ("mill",), ("church",))


def layers(seed: int, people: int, steps: int, moving: float = 0.4) -> list[Layer]:
    """People who go about, come in late and go early."""
    dice = random.Random(seed)
    names = [f"p{at}" for at in range(people)]
    at = {name: dice.choice(PLACES) for name in names}
    span = {name: sorted(dice.sample(range(steps + 1), 2)) for name in names}
    found: list[Layer] = []
    for step in range(steps):
        for name in names:
            if dice.random() < moving:
                at[name] = dice.choice(PLACES)
        found.append({n: at[n] for n in names if span[n][0] <= step < span[n][1]})
    return found


def is_whole(order: tuple[str, ...], layer: Layer) -> bool:
    """Whether everybody is there once, and every house and place is in one piece."""
    if sorted(order) != sorted(layer):
        return False
    for depth in (1, 2):
        row = [layer[one][:depth] for one in order]
        pieces = [path for at, path in enumerate(row) if not at or row[at - 1] != path]
        if len(pieces) != len(set(pieces)):
            return False
    return True


def fewest(layer: list[Layer]) -> int:
    """The fewest crossings of all orders of all steps."""
    best: dict[tuple[str, ...], int] | None = None
    for step in layer:
        allowed = [order for order in permutations(step) if is_whole(order, step)]
        if best is None:
            best = dict.fromkeys(allowed, 0)
            continue
        best = {
            order: min(cost + crossings([before, order]) for before, cost in best.items())
            for order in allowed
        }
    return min((best or {(): 0}).values())


def wiggles(layer: list[Layer], orders: Orders) -> int:
    blocks = [
        [
            Block(path, tuple(one for one in order if step[one] == path))
            for path in dict.fromkeys(step[one] for one in order)
        ]
        for step, order in zip(layer, orders, strict=True)
    ]
    return heights(blocks, 10, lambda *_: 30, lambda *_: 1.0, lambda *_: 0.1).wiggles()


@pytest.mark.parametrize("seed", range(40))
def test_never_worse_than_naive(seed: int) -> None:
    story = layers(seed, people=4 + seed % 20, steps=3 + seed)
    orders = ordered(story)
    assert all(is_whole(order, step) for order, step in zip(orders, story, strict=True))
    assert crossings(orders) <= crossings(naive(story))


def test_far_fewer_crossings_and_wiggles_than_naive() -> None:
    """Over many stories at once, where luck does not count."""
    stories = [layers(seed, people=16, steps=30, moving=0.12) for seed in range(12)]
    plain = [naive(story) for story in stories]
    better = [ordered(story) for story in stories]
    assert sum(map(crossings, better)) < 0.7 * sum(map(crossings, plain))
    # the naive way to set the lines: at the height of their number
    numbered = sum(
        before.index(one) != after.index(one)
        for orders in plain
        for before, after in pairwise(orders)
        for one in before
        if one in after
    )
    drawn = sum(wiggles(s, o) for s, o in zip(stories, better, strict=True))
    assert drawn < 0.7 * numbered


def test_mostly_the_fewest_crossings_there_can_be() -> None:
    best = 0
    for seed in range(60):
        story = layers(seed, people=2 + seed % 4, steps=2 + seed % 4)
        least, found = fewest(story), crossings(ordered(story))
        assert found >= least
        best += found == least
    assert best >= 50


def test_one_more_move_leaves_the_rest_as_it_was() -> None:
    """Of two lines, which is the upper one stays so nearly everywhere when a step is put in."""
    same = total = 0
    for seed in range(20):
        story = layers(seed, people=12, steps=24, moving=0.1)
        at = 8 + seed % 8
        moved = dict(story[at])
        if not moved:
            continue
        moved[next(iter(moved))] = ("church",)
        longer = [*story[: at + 1], moved, *story[at + 1 :]]
        before, after = ordered(story), ordered(longer)
        del after[at + 1]
        for one, two in zip(before, after, strict=True):
            for a, b in product(one, one):
                if a < b:
                    total += 1
                    same += (one.index(a) < one.index(b)) == (two.index(a) < two.index(b))
    assert same / total > 0.85, same / total


def test_the_same_every_time() -> None:
    story = layers(3, people=14, steps=40)
    assert ordered(story) == ordered([dict(step) for step in story])


@pytest.mark.parametrize("seed", range(20))
def test_lines_keep_their_distance(seed: int) -> None:
    story = layers(seed, people=10, steps=20)
    orders = ordered(story)
    blocks = [
        [
            Block(path, tuple(one for one in order if step[one] == path))
            for path in dict.fromkeys(step[one] for one in order)
        ]
        for step, order in zip(story, orders, strict=True)
    ]
    y = heights(blocks, 10, lambda *_: 30, lambda *_: 1.0, lambda *_: 0.1).y
    for step, order, at in zip(story, orders, y, strict=True):
        assert all(value >= 0 for value in at.values())
        for a, b in pairwise(order):
            if step[a] == step[b]:
                assert at[b] - at[a] == pytest.approx(10)
            else:
                assert at[b] - at[a] > 30 - 0.01
