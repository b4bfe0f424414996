"""Which facts a picture of minds shows: those on which people differ, for long or to the end, and that weigh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fabula.draw.knowledge import ALIVE, Key, Minds, Spans
from fabula.engine.records import EventRecord
from fabula.engine.wording import told
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import LOCATION, PERSON, PLACE, WHO

WRONG_WEIGHS = 3.0
"""To be wrong weighs so many times as not to know."""
SAME_KIND, SAME_THING, SAME_MINDS = 0.55, 0.8, 0.45
"""What a further fact is worth of a relation, of a thing, or with the same people knowing it, that is shown already."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to show, as the world has it at the end."""

    formula: f.Formula
    words: str


@dataclass(slots=True)
class _Candidate:
    key: Key
    value: Any
    worth: float
    profile: tuple[str, ...]
    words: str


def notable(minds: Minds, cast: list[str], until: int, most: int) -> list[Fact]:
    """The facts that weigh most, so that each says something new; in the order in which they were settled."""
    weight = _weights(minds, cast)
    found = [c for c in _candidates(minds, cast, weight, until) if c.worth > 0]
    chosen: list[_Candidate] = []
    said: set[str] = set()
    seen: dict[object, int] = {}
    while found and len(chosen) < most:
        best = max(found, key=lambda c: (_fresh(c, seen), -c.key[0], c.key[1]))
        found.remove(best)
        if best.words in said:
            continue
        said.add(best.words)
        chosen.append(best)
        for mark in _marks(best):
            seen[mark] = seen.get(mark, 0) + 1
    world = minds.history(())
    chosen.sort(key=lambda c: (_since(world.get(c.key, []), c.value), c.key))
    return [Fact(_formula(minds, c.key, c.value), c.words) for c in chosen]


def _marks(c: _Candidate) -> list[tuple[str, object]]:
    return [("kind", c.key[0]), ("minds", c.profile), *(("thing", a) for a in set(c.key[1]))]


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
    held = {p: minds.history((p,)) for p in cast}
    ids = minds.runner.compiled.numbers.fluent_ids
    secret, spoken = _secrets(minds), _spoken(minds)
    lives = {p: min(minds.deaths.get(p, until), until) for p in cast}
    keys = dict.fromkeys([*world, *(k for h in held.values() for k in h)])
    # who saw what a lie looks like is not wrong about what was done
    seeming = {f"did:{a.seems}" for a in minds.run.model.world.actions.values() if a.seems}
    length = max(until - minds.begin, 1)
    for key in keys:
        spans = world.get(key, [])
        real = _at(spans, until)
        ident = ids[key[0]]
        if real is None and ident.startswith("did:") and ident not in seeming:
            real, spans = False, [(minds.begin, False)]
        if real is None or (real is False and ident != ALIVE and key not in spoken and spans is world.get(key, spans)):
            continue
        stakes = _stakes(minds, ident, key, real, weight)
        stakes *= 2.5 if key in secret else 1.0
        stakes *= spoken.get(key, 1.0)
        if stakes < 0.2:
            continue
        differ, profile = _difference(spans, key, held, weight, lives, minds.begin, length, real)
        if differ <= 0:
            continue
        words = told(minds.runner, key[0], key[1], real, deeds=True)
        if words is not None:
            yield _Candidate(key, real, stakes * differ, profile, words)


def _difference(
    spans: Spans,
    key: Key,
    held: dict[str, dict[Key, Spans]],
    weight: dict[str, float],
    lives: dict[str, int],
    begin: int,
    length: int,
    real: Any,
) -> tuple[float, tuple[str, ...]]:
    """How far, and for how long, people differ about a fact; and how each stands to it in the end."""
    knowing = ignorant = wrong = 0.0
    profile: list[str] = []
    for person, history in held.items():
        own = history.get(key, [])
        end = lives[person]
        if end <= begin:
            profile.append("-")
            continue
        last = _at(own, end)
        actual = _at(spans, end)
        profile.append("0" if last is None else "1" if last == actual else "x")
        times = sorted({begin, *(t for t, _ in own if t < end), *(t for t, _ in spans if t < end)})
        k = g = x = 0.0
        for time, after in zip(times, [*times[1:], end], strict=True):
            was, is_so = _at(own, time), _at(spans, time)
            if is_so is None:
                continue
            share = (after - time) / length
            if was is None:
                g += share
            elif was == is_so:
                k += share
            else:
                x += share
        w = weight[person]
        knowing += w * (k + (last is not None and last == actual))
        ignorant += w * (g + (last is None and actual is not None))
        wrong += w * (x + (last is not None and last != actual))
    if real is None or (wrong == 0 and (knowing == 0 or ignorant == 0)):
        return 0.0, tuple(profile)
    return WRONG_WEIGHS * wrong + (knowing * ignorant) ** 0.5, tuple(profile)


def _at(spans: Spans, time: int) -> Any:
    value = None
    for since, v in spans:
        if since > time:
            break
        value = v
    return value


def _stakes(
    minds: Minds, ident: str, key: Key, real: Any, weight: dict[str, float]
) -> float:
    """How much a fact weighs by what it is about: who somebody is, death, what is between people, where things are."""
    words, name = minds.run.words, minds.runner.name
    args = [name(a) for a in key[1]]
    people = [a for a in args if words.is_a(a, PERSON)]
    known = max((weight.get(p, 0.1) for p in people), default=0.1)
    if ident == WHO:
        return 3.0 if name(real) not in args else 0.0
    if ident == ALIVE:
        return 0.4 + 2.2 * known if real is False else 0.0
    if ident.startswith("did:"):
        return (0.8 + known) * (1.6 if _kills(minds, ident) else 0.2)
    if ":" in ident or any(a in minds.run.model.world.contents for a in args):
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


def _key(minds: Minds, formula: f.Formula) -> Key | None:
    """The value that a plain formula is about; a name stands for its bearer."""
    numbers = minds.runner.compiled.numbers
    match formula:
        case f.Within(f.Const(inner), _):
            ident, terms = LOCATION, (inner,)
        case f.Equals(f.Value(ident, args), _):
            terms = tuple(_thing(minds, a) for a in args)
        case f.Not(body):
            return _key(minds, body)
        case _:
            return None
    if ident not in numbers.fluents or any(t not in numbers.things for t in terms):
        return None
    return numbers.fluents[ident], tuple(numbers.things[t] for t in terms)


def _thing(minds: Minds, term: f.Term) -> str:
    match term:
        case f.Const(thing):
            return thing
        case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
            return minds.run.words.names.get(name, name)
    return ""


def _secrets(minds: Minds) -> set[Key]:
    """What the story says not everybody knows."""
    found: set[Key] = set()
    for step in minds.run.model.steps:
        if not isinstance(step, Stated):
            continue
        said = step.formula
        hidden = step.known_to is not None or bool(step.unknown_to)
        match said:
            case f.Not(f.Believes(_, body)):
                said, hidden = body, True
        key = _key(minds, said) if hidden else None
        if key is not None:
            found.add(key)
    return found


def _spoken(minds: Minds) -> dict[Key, float]:
    """What people tell each other, and most of all what they lie about."""
    world = minds.run.model.world
    found: dict[Key, float] = {}
    for record in minds.run.records:
        if not isinstance(record, EventRecord) or record.happening.attempt:
            continue
        lie = world.actions[record.happening.action].seems is not None
        for arg in record.happening.args:
            content = world.contents.get(arg) if isinstance(arg, str) else None
            if content is None or content.formula is None or content.mode != "that":
                continue
            for part in f.conjuncts(content.formula):
                key = _key(minds, part)
                if key is not None:
                    found[key] = max(found.get(key, 1.0), 5.0 if lie else 1.6)
    return found
