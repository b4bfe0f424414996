"""Which facts a picture of minds shows: those on which people differ, for long or to the end, and that weigh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from fabula.draw.knowledge import ALIVE, Key, Minds, Spans, minds_of
from fabula.draw.said import secrets, spoken_of
from fabula.engine.running import Run
from fabula.engine.wording import told
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, PLACE, WHO

WRONG_WEIGHS = 3.0
"""To be wrong weighs so many times as not to know."""
NEVER_AT_ISSUE = 0.2
"""What a fact is worth of which nobody is told, that nobody hides, and nobody learns."""
SAME_KIND, SAME_THING, SAME_MINDS = 0.55, 0.8, 0.45
"""What a further fact is worth of a relation, of a thing, or with the same people knowing it, that is shown already."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to show, as the world has it at the end."""

    formula: f.Formula
    words: str
    since: tuple[int, Key]


@dataclass(slots=True)
class _Candidate:
    key: Key
    value: Any
    worth: float
    profile: tuple[str, ...]
    kind: str


def facts_told(run: Run, most: int = 24) -> list[str]:
    """Facts of a story, in words, of which it is worth asking who knows them."""
    minds = minds_of(run)
    found = notable(minds, minds.cast(14), run.runner.timeline.now, most)
    return list(dict.fromkeys(fact.words for fact in found))


def notable(minds: Minds, cast: list[str], until: int, most: int) -> list[Fact]:
    """The facts that weigh most, so that each says something new; what weighs most first."""
    weight = _weights(minds, cast)
    found = nlargest(
        8 * most,
        _candidates(minds, cast, weight, until),
        key=lambda c: (c.worth, -c.key[0], c.key[1]),
    )
    chosen: list[tuple[_Candidate, str]] = []
    said: dict[str, None] = {}
    seen: dict[object, int] = {}
    while found and len(chosen) < most:
        best = max(found, key=lambda c: (_fresh(c, seen), -c.key[0], c.key[1]))
        found.remove(best)
        words = told(minds.runner, best.key[0], best.key[1], best.value, deeds=True)
        if words is None or words in said:
            continue
        said[words] = None
        chosen.append((best, words))
        for mark in _marks(best):
            seen[mark] = seen.get(mark, 0) + 1
    world = minds.history(())
    return [
        Fact(
            _formula(minds, c.key, c.value),
            words,
            (_since(world.get(c.key, []), c.value), c.key),
        )
        for c, words in chosen
    ]


def _marks(c: _Candidate) -> list[tuple[str, object]]:
    return [("kind", c.kind), ("minds", c.profile), *(("thing", a) for a in set(c.key[1]))]


def _fresh(c: _Candidate, seen: dict[object, int]) -> float:
    worth = c.worth
    for mark in _marks(c):
        each = {"kind": SAME_KIND, "minds": SAME_MINDS, "thing": SAME_THING}[mark[0]]
        worth *= each ** seen.get(mark, 0)
    return worth


def _since(spans: Spans, value: Any) -> int:
    return next((time for time, v in reversed(spans) if v == value), 0)


def _formula(minds: Minds, key: Key, value: Any) -> f.Formula:
    return minds.runner.fact(key[0], list(key[1]), value)


def _weights(minds: Minds, cast: list[str]) -> dict[str, float]:
    most = max((minds.parts[p] for p in cast), default=1) or 1
    return {p: (minds.parts[p] / most) ** 0.5 for p in cast}


def _candidates(
    minds: Minds, cast: list[str], weight: dict[str, float], until: int
) -> Iterator[_Candidate]:
    world = minds.history(())
    held = {p: _by_bearer(minds, minds.history((p,))) for p in cast}
    ids = minds.runner.compiled.numbers.fluent_ids
    secret, spoken = secrets(minds), spoken_of(minds)
    lives = {p: min(minds.deaths.get(p, until), until) for p in cast}
    views: dict[Key, dict[str, Spans]] = {}
    for person, history in held.items():
        for key, spans in history.items():
            views.setdefault(key, {})[person] = spans
    keys = dict.fromkeys([*world, *views])
    # who saw what a lie looks like is not wrong about what was done
    seeming = {f"did:{a.seems}" for a in minds.run.model.world.actions.values() if a.seems}
    looked = _Cast(weight, lives, views, minds.begin, max(until - minds.begin, 1))
    for key in keys:
        spans = world.get(key, [])
        real = _at(spans, until)
        ident = ids[key[0]]
        if real is None and ident.startswith("did:") and ident not in seeming:
            if any(minds.runner.number(p) == key[1][0] for p in views.get(key, ()) if key[1]):
                continue  # whoever did it knows what he did, by whatever name
            real, spans = False, [(minds.begin, False)]
        if real is None or (real is False and ident != ALIVE and _ever(spans, True)):
            continue  # what is over is no longer the matter
        if real is False and ident != ALIVE and key not in spoken and not ident.startswith("did:"):
            continue
        stakes = _stakes(minds, ident, key, real, weight)
        stakes *= 2.5 if key in secret else 1.0
        stakes *= spoken.get(key, 1.0)
        if stakes < 0.2:
            continue
        differ, profile = _difference(spans, key, looked)
        if differ <= 0:
            continue
        if (
            key not in secret
            and key not in spoken
            and "x" not in profile
            and not _moves(views, key)
        ):
            differ *= NEVER_AT_ISSUE
        yield _Candidate(key, real, stakes * differ, profile, ident.partition(":")[0])


def _by_bearer(minds: Minds, history: dict[Key, Spans]) -> dict[Key, Spans]:
    """What a mind holds of a name, as held of him who bears it."""
    numbers = minds.runner.compiled.numbers
    bearer = {numbers.things[n]: numbers.things[b] for n, b in minds.run.words.names.items()}
    who = numbers.fluents.get(WHO)
    if not bearer:
        return history
    found = dict(history)
    for (fluent, args), spans in history.items():
        if fluent != who and not bearer.keys().isdisjoint(args):
            key = (fluent, tuple(bearer.get(a, a) for a in args))
            found[key] = sorted([*found.get(key, []), *spans], key=lambda span: span[0])
            del found[fluent, args]
    return found


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who is looked at: how much each counts, and until when he lives; everybody's view of each fact."""

    weight: dict[str, float]
    lives: dict[str, int]
    views: dict[Key, dict[str, Spans]]
    begin: int
    length: int


def _difference(spans: Spans, key: Key, cast: _Cast) -> tuple[float, tuple[str, ...]]:
    """How far, and for how long, people differ about a fact; and how each stands to it in the end."""
    views = cast.views.get(key, {})
    if not views:
        return 0.0, ()
    knowing = ignorant = wrong = 0.0
    profile: list[str] = []
    from_first = next((time for time, v in spans if v is not None), cast.begin)
    for person, w in cast.weight.items():
        end = cast.lives[person]
        own = views.get(person)
        if own is None or end <= cast.begin:
            if end > from_first:
                ignorant += w * ((end - from_first) / cast.length + 1)
            profile.append("0")
            continue
        last, actual = _at(own, end), _at(spans, end)
        profile.append("0" if last is None else "1" if last == actual else "x")
        k, g, x = _shares(spans, own, cast.begin, end)
        knowing += w * (k / cast.length + (last is not None and last == actual))
        ignorant += w * (g / cast.length + (last is None and actual is not None))
        wrong += w * (x / cast.length + (last is not None and last != actual))
    if wrong == 0 and (knowing == 0 or ignorant == 0):
        return 0.0, tuple(profile)
    return WRONG_WEIGHS * wrong + (knowing * ignorant) ** 0.5, tuple(profile)


def _shares(spans: Spans, own: Spans, begin: int, end: int) -> tuple[int, int, int]:
    """How long somebody was right about a fact, had no view of it, and was wrong."""
    k = g = x = 0
    times = sorted({begin, *(t for t, _ in own if t < end), *(t for t, _ in spans if t < end)})
    for time, after in zip(times, [*times[1:], end], strict=True):
        was, is_so = _at(own, time), _at(spans, time)
        if is_so is None:
            continue
        if was is None:
            g += after - time
        elif was == is_so:
            k += after - time
        else:
            x += after - time
    return k, g, x


def _at(spans: Spans, time: int) -> Any:
    value = None
    for since, v in spans:
        if since > time:
            break
        value = v
    return value


def _moves(views: dict[Key, dict[str, Spans]], key: Key) -> bool:
    """Whether anybody ever comes to think otherwise of a fact."""
    return any(len(spans) > 1 for spans in views.get(key, {}).values())


def _ever(spans: Spans, value: object) -> bool:
    return any(v is value for _, v in spans)


def _stakes(minds: Minds, ident: str, key: Key, real: Any, weight: dict[str, float]) -> float:
    """How much a fact weighs by what it is about: who somebody is, death, what is between people, where things are."""
    words, name = minds.run.words, minds.runner.name
    args = [name(a) for a in key[1]]
    people = [a for a in args if words.is_a(a, PERSON)]
    known = max((weight.get(p, 0.1) for p in people), default=0.1)
    if ident == WHO:
        return 3.0 if name(real) not in args else 0.0
    if ident == ALIVE:
        return 0.4 + 2.2 * known if real is False else 0.0
    if any(a in minds.run.model.world.contents for a in args):
        return 0.15  # who said what is known by what it tells
    if ident.startswith("did:"):
        return (0.8 + known) * (1.2 if _kills(minds, ident) else 0.5 if len(people) > 1 else 0.2)
    if ":" in ident:
        return 0.15
    if ident == LOCATION:
        return 0.1 if people or words.is_a(args[0], PLACE) else 0.5
    if len(people) > 1:
        return 0.6 + known
    fluent = words.world.fluents.get(ident)
    if fluent is not None and (fluent.quiet or fluent.exclusive):
        return 0.1
    return 0.4 if people else 0.3


def _kills(minds: Minds, ident: str) -> bool:
    action = minds.run.model.world.actions.get(ident.partition(":")[2])
    return action is not None and any(
        isinstance(e, f.Assign) and e.fluent == ALIVE and e.value == f.Lit(False)
        for e in action.effects
    )
