"""Which events a picture of causes shows: those that weigh, those that lead to the ending, and how they hang together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fabula.draw.causation import Causation
from fabula.draw.irony import unwanted
from fabula.draw.knowledge import ALIVE, Key
from fabula.draw.motivation import KNOWLEDGE, PLACE, REASON, THING, Link, contents_of
from fabula.draw.picture import Look
from fabula.engine.records import EventRecord
from fabula.model import formula as f
from fabula.model.world import LOCATION, WHO

MOST = 40
MOST_INTO = 3
"""How many arrows lead into one event."""
LIGHT = 5.0
"""What an event of the chain to the ending has to weigh for the chain to be the better for it."""
LEADS = {REASON: 8.0, KNOWLEDGE: 4.0, THING: 0.0, PLACE: -2.0}
"""How much better a chain is for a link of each strength: reasons are what a story is about."""
AFTERWARDS = 0.5
"""What an event behind the ending is worth."""
LOOSE = 0.7
"""What an event is worth beside others that nothing led to, and that leads to nothing."""
SLIGHT = 0.12
"""Such an event is left out where it weighs no more than this beside the heaviest."""
FAR = 4
"""Through how many events that are not shown an arrow may lead."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link between two events that are shown; ``through``: events that are not shown, by which one led to the other."""

    source: int
    target: int
    words: str
    reason: bool
    through: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """What is shown: events in order, arrows, and the chain that leads to the ending."""

    events: list[EventRecord]
    arrows: list[Arrow]
    chain: list[int]
    deaths: dict[int, list[str]]


def plot(causation: Causation, look: Look) -> Plot:
    """The events that weigh most of what is shown, and what leads to the last of them."""
    records = [r for r in causation.records if look.has(r.n) and _concerns(look, r)]
    if not records:
        return Plot([], [], [], {})
    inside = {r.n for r in records}
    links = {
        n: [link for link in into if link.source in inside]
        for n, into in causation.links.items()
        if n in inside
    }
    weight = _weights(causation, records, links)
    heaviest = max(weight.values())
    ending = next(r.n for r in reversed(records) if weight[r.n] >= 0.6 * heaviest)
    chain = _chain(links, weight, ending)
    before = _ancestors(links, ending)
    kept = set(chain) | {f_.event.n for f_ in look.findings if f_.event.n in inside}
    kept |= {r.n for f_ in look.findings for r in f_.because if r.n in inside}
    tied = {link.source for into in links.values() for link in into} | links.keys()
    worth = {
        n: weight[n] * (1.5 if n in before else 1.0) * (1.0 if n in tied else LOOSE) for n in inside
    }
    ranked = sorted(inside, key=lambda n: (-worth[n], n))
    for n in ranked:
        if len(kept) >= MOST:
            break
        if n not in tied and weight[n] < SLIGHT * heaviest and look.people is None:
            continue
        kept.add(n)
        strong = sorted(links.get(n, ()), key=lambda link: (-link.strength, -weight[link.source]))
        kept.update(link.source for link in strong[:2] if link.reason)
    events = [r for r in records if r.n in kept]
    arrows = _arrows(links, kept, set(pairwise(chain)))
    deaths = {r.n: _dying(causation, r) for r in events}
    return Plot(events, arrows, chain, {n: who for n, who in deaths.items() if who})


def _concerns(look: Look, record: EventRecord) -> bool:
    if look.people is None:
        return True
    chosen = set(look.people)
    return any(a in chosen for _, args in record.groundings for a in args)


def _weights(
    causation: Causation, records: list[EventRecord], links: dict[int, list[Link]]
) -> dict[int, float]:
    """How much each event weighs: by what it does to people, whom it tells what, and what follows from it."""
    minds, run = causation.minds, causation.run
    bad = {
        (run.runner.compiled.numbers.fluent_ids[fluent], value) for fluent, value in unwanted(minds)
    }
    most: int = max(minds.parts.values(), default=1)
    follow: dict[int, float] = {}
    for into in links.values():
        for link in into:
            follow[link.source] = follow.get(link.source, 0.0) + (link.strength >= THING)
    learned = _learned(causation)
    found: dict[int, float] = {}
    for record in records:
        weight = sum(_change(causation, bad, change) for change in causation.changed(record))
        action = run.model.world.actions[record.happening.action]
        tells = any(isinstance(e, f.Tell) for e in action.effects)
        contents = list(contents_of(run, record))
        if tells and action.seems is not None:
            weight += 6
        elif any(c.mode == "act" for c in contents):
            weight += 4
        elif contents and tells:
            weight += 1.5
        if record.happening.because is not None or record.happening.purpose is not None:
            weight += 4
        weight += min(learned.get(record.n, 0.0), 10)
        weight += 0.7 * min(follow.get(record.n, 0.0), 6)
        people = [a for _, args in record.groundings for a in args if a in minds.parts]
        known = max((minds.parts[p] / most for p in people), default=0.0)
        found[record.n] = weight * (0.6 + 0.7 * known**0.5)
    return found


def _change(
    causation: Causation,
    bad: set[tuple[str, bool]],
    change: tuple[str, tuple[str, ...], object],
) -> float:
    fluent, args, new = change
    people = causation.minds.parts
    if isinstance(new, bool) and (fluent, new) in bad:
        if fluent != ALIVE:
            return 3.0
        most = max(people.values(), default=1)
        return 4.0 + 10.0 * math.sqrt(people[args[0]] / most)
    if fluent == LOCATION:
        things = causation.run.model.world.things
        got = new in people and args[0] not in people and things[args[0]].owner != new
        return 2.0 if got else 0.2
    if ":" in fluent:
        return 0.0
    if len(args) > 1 and all(a in people for a in args):
        return 1.0
    return 0.2


def _learned(causation: Causation) -> dict[int, float]:
    """How much people learn by each event of who somebody is, and of what they took to be otherwise."""
    minds = causation.minds
    who = causation.runner.compiled.numbers.fluents.get(WHO)
    where = causation.runner.compiled.numbers.fluents.get(LOCATION)
    world = minds.history(())
    before = {record.n: record.before for record in causation.records}

    def was_so(key: Key, value: object, n: int) -> bool:
        """Whether something was so even before the event by which it is learned."""
        if n not in before:
            return False
        return any(
            v == value
            and time <= before[n]
            and (at + 1 == len(spans) or spans[at + 1][0] > before[n])
            for spans in (world.get(key, []),)
            for at, (time, v) in enumerate(spans)
        )

    found: dict[int, float] = {}
    for person in minds.cast(12):
        for (fluent, args), spans in minds.history((person,)).items():
            for (_, old), (time, new) in pairwise(spans):
                if old is None or old == new or fluent == where:
                    continue
                n = minds.n_of(time)
                if fluent == who:
                    found[n] = found.get(n, 0.0) + 9.0
                elif was_so((fluent, args), new, n):
                    found[n] = found.get(n, 0.0) + 2.0
            first, value = spans[0]
            if fluent == who and first > minds.begin and value not in args:
                n = minds.n_of(first)
                found[n] = found.get(n, 0.0) + 9.0
    return found


def _chain(links: dict[int, list[Link]], weight: dict[int, float], ending: int) -> list[int]:
    """Of all ways that lead to the ending, the one whose events weigh most."""
    best: dict[int, tuple[float, int | None]] = {}
    for n in sorted(_ancestors(links, ending) | {ending}):
        own = weight[n] - LIGHT
        into = [link for link in links.get(n, ()) if link.source in best]
        # an event comes from its reason, where it has one
        reasons = [link for link in into if link.reason]
        before = max(
            ((best[k.source][0] + LEADS[k.strength], -k.source) for k in reasons or into),
            default=(0.0, 0),
        )
        best[n] = (own, None) if not into else (own + before[0], -before[1])
    chain: list[int] = []
    at: int | None = ending
    while at is not None:
        chain.append(at)
        at = best[at][1]
    return chain[::-1]


def _ancestors(links: dict[int, list[Link]], n: int) -> set[int]:
    found: set[int] = set()
    todo = [n]
    while todo:
        for link in links.get(todo.pop(), ()):
            if link.source not in found:
                found.add(link.source)
                todo.append(link.source)
    return found


def _arrows(
    links: dict[int, list[Link]], kept: set[int], chain: set[tuple[int, int]]
) -> list[Arrow]:
    """The links between what is shown, without those that other arrows imply; the chain's all stand."""
    found: list[Arrow] = []
    above: dict[int, set[int]] = {}
    for n in sorted(kept):
        direct = [
            Arrow(link.source, n, link.words, link.reason)
            for link in links.get(n, ())
            if link.source in kept
        ]
        if not direct:
            direct = list(_through(links, kept, n))
        direct.sort(key=lambda a: ((a.source, n) not in chain, not a.reason, -a.source))
        into: list[Arrow] = []
        reached: set[int] = set()
        for arrow in sorted(direct, key=lambda a: -a.source):
            implied = arrow.source in reached
            if (arrow.source, n) in chain or not implied:
                into.append(arrow)
                reached |= {arrow.source} | above.get(arrow.source, set())
        into.sort(key=lambda a: ((a.source, n) not in chain, not a.reason, -a.source))
        found += into[:MOST_INTO]
        above[n] = {a.source for a in into[:MOST_INTO]}.union(
            *(above.get(a.source, set()) for a in into[:MOST_INTO])
        )
    return found


def _through(links: dict[int, list[Link]], kept: set[int], n: int) -> Iterator[Arrow]:
    """The nearest events shown that led to one by way of events that are not."""
    seen: set[int] = set()
    todo: list[tuple[int, tuple[int, ...]]] = [(n, ())]
    while todo:
        at, way = todo.pop(0)
        for link in links.get(at, ()):
            if link.source in seen:
                continue
            seen.add(link.source)
            if link.source in kept:
                yield Arrow(link.source, n, link.words, link.reason and not way, way[::-1])
            elif len(way) < FAR:
                todo.append((link.source, (*way, link.source)))


def _dying(causation: Causation, record: EventRecord) -> list[str]:
    return [
        args[0]
        for fluent, args, new in causation.changed(record)
        if fluent == ALIVE and new is False
    ]
