"""Who, what, which, how many, and yes or no: what makes a statement true at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fabula.ask.deeds import deeds, moves, named
from fabula.ask.spoken import spoken_of
from fabula.engine.rests import Chain, causes, outward
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import CONTAINER, DESCRIPTION, PART, PERSON, SPOT, THING


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that fills the gap, the time of what last made it so (0 for the beginning), and one at which it was so."""

    thing: str
    formula: f.Formula
    time: int
    so: int


def candidates(run: Run, kind: str) -> list[str]:
    """What may be meant by "who" or "what": not the same under another name, and no bare spot or hand."""
    found: list[str] = []
    for ident, thing in run.model.world.things.items():
        if not run.words.is_a(ident, kind) or DESCRIPTION in thing.kinds:
            continue
        if kind == THING and (run.words.is_a(ident, SPOT) or _is_limb(run, ident)):
            continue
        found.append(ident)
    return found


def _is_limb(run: Run, thing: str) -> bool:
    """Whether something is a part of somebody; a chest that is nobody's is one to put things in."""
    if not run.words.is_a(thing, PART):
        return False
    return run.model.world.things[thing].owner is not None or not run.words.is_a(thing, CONTAINER)


def those(
    run: Run,
    formula: f.Formula,
    var: str,
    kind: str,
    time: int,
    chain: Chain = (),
    once: bool = False,
) -> list[Found]:
    """The things that make a formula true at a time in a mind, in the order in which they came to.

    ``once``: or at any time before.
    """
    found: list[Found] = []
    minded = _minded(formula, var)
    for thing in candidates(run, kind):
        if minded and not run.words.is_a(thing, PERSON):
            continue
        one = f.substitute(formula, {var: f.Const(thing)})
        if once and isinstance(one, f.Not):
            # "who has never been there"
            if thing in people(run, time) and last_held(run, one.body, time, chain) is None:
                found.append(Found(thing, one, 0, time))
            continue
        so = last_held(run, one, time, chain) if once else None
        if so is not None:
            found.append(Found(thing, one, when(run, one, so, chain), so))
        elif not once and holds(run, one, time, chain) is True:
            found.append(Found(thing, one, when(run, one, time, chain), time))
    return sorted(found, key=lambda one: one.time)


def doing(run: Run, formula: f.Formula, var: str, kind: str, time: int) -> list[Found]:
    """Those of whom an event is told that is what a formula speaks of, though in other words."""
    found: list[Found] = []
    for thing in candidates(run, kind):
        one = f.substitute(formula, {var: f.Const(thing)})
        done = deeds(run, one, time)
        if done:
            found.append(Found(thing, one, done[-1].time, time))
    return sorted(found or _told_of(run, formula, var, kind, time), key=lambda one: one.time)


def _told_of(run: Run, formula: f.Formula, var: str, kind: str, time: int) -> list[Found]:
    """What events name themselves, be it a part of somebody or a spot: "what did he break" of a neck."""
    found: dict[str, Found] = {}
    for record in deeds(run, formula, time):
        for thing in named(run, record, formula, var):
            one = f.substitute(formula, {var: f.Const(thing)})
            if run.words.is_a(thing, kind) and deeds(run, one, time):
                found[thing] = Found(thing, one, record.time, time)
    return list(found.values())


def last_held(run: Run, formula: f.Formula, time: int, chain: Chain = ()) -> int | None:
    """The last time, up to one, at which a formula about constants was so; None where it never was."""
    while time >= 0:
        if holds(run, formula, time, chain) is True:
            return time
        changed = max(
            (*causes(run, formula, time, chain), *_in_world(run, formula, time)), default=0
        )
        if changed <= 0:
            return None
        time = changed - 1
    return None


def _in_world(run: Run, formula: f.Formula, time: int) -> list[int]:
    """When what somebody knows last changed in the world: to know it takes that it is so."""
    match formula:
        case f.Believes(_, body):
            return [*causes(run, body, time), *_in_world(run, body, time)]
    return []


def holds(run: Run, formula: f.Formula, time: int, chain: Chain = ()) -> bool | None:
    """Whether a formula about constants is so; what counts as not so is not, where nothing says that it is."""
    held = run.runner.truth(formula, time, chain)
    if held is None and _denied(run, formula, time, chain):
        return False
    return held


def _denied(run: Run, formula: f.Formula, time: int, chain: Chain) -> bool:
    """Whether everything that would make a formula so counts as not being so."""
    match formula:
        case f.Or((f.Equals() as atom, *_) as parts) if _counted(run, atom, parts):
            return _denied(run, atom, time, chain)
        case f.Or(parts) if parts:
            return all(
                run.runner.truth(p, time, chain) is False or _denied(run, p, time, chain)
                for p in parts
            )
        case f.And(parts):
            return any(_denied(run, p, time, chain) for p in parts)
        case f.Equals(f.Value(fluent, args), f.Lit(True)):
            if run.runner.truth(formula, time, chain) is False:
                return True
            found = _bodies(run, f"not {fluent}", args)
            return any(run.runner.truth(body, time, chain) is True for body in found)
    return False


def _counted(run: Run, atom: f.Equals, parts: tuple[f.Formula, ...]) -> bool:
    """Whether alternatives are a relation and what counts as it."""
    match atom:
        case f.Equals(f.Value(fluent, args), f.Lit(True)):
            return len(parts) > 1 and list(parts[1:]) == _bodies(run, fluent, args)
    return False


def _bodies(run: Run, key: str, args: tuple[f.Term, ...]) -> list[f.Formula]:
    """What counts as (not) so, about these things."""
    counted = run.words.counts.get(key)
    return counted.about(args) if counted is not None else []


def when(run: Run, formula: f.Formula, time: int, chain: Chain = ()) -> int:
    """The last time at which one of the values that a formula rests on came to be what it is."""
    return max(causes(run, formula, time, chain), default=0)


def apart(run: Run, found: list[Found]) -> list[Found]:
    """Without the parts of groups that are there as a whole."""
    whole = set(without_parts(run, [one.thing for one in found]))
    return [one for one in found if one.thing in whole]


def without_parts(run: Run, things: Iterable[str]) -> list[str]:
    """The same of the things alone."""
    all_of_them = list(things)
    return [one for one in all_of_them if run.words.parts.get(one) not in all_of_them]


def nearest(run: Run, found: list[Found], asked: Asked, time: int) -> list[Found]:
    """Of things that something is in, the one that it lies in: "what is the coin in" asks for no whole town."""
    match asked.formula:
        case f.Within(f.Const(thing), f.Var()) if asked.kind == THING:
            around = list(outward(run, thing, time, asked.minds))
            lying = [x for x in found if not run.words.is_a(x.thing, PERSON)]
            lying.sort(key=lambda x: around.index(x.thing) if x.thing in around else len(around))
            return lying[:1]
    return found


def people(run: Run, time: int) -> list[str]:
    """Everybody alive who is somewhere, where anybody is: whoever only made a story is not in it."""
    everybody = candidates(run, PERSON)
    there = {one for one in everybody if run.runner.place_of(one, time) is not None}
    return [
        one for one in everybody if (not there or one in there) and not _is_dead(run, one, time)
    ]


def alive(run: Run, thing: str, time: int) -> bool:
    """Whether somebody is not dead at a time."""
    return not _is_dead(run, thing, time)


def _is_dead(run: Run, thing: str, time: int) -> bool:
    return run.runner.held("alive", (thing,), time) is False


def living(run: Run, found: list[Found], formula: f.Formula, var: str, time: int) -> list[Found]:
    """Those who can know or believe something, where that is asked: not the dead."""
    if not _minded(formula, var):
        return found
    if isinstance(formula, f.Not):
        # whoever is not in the story does not know anything of it
        there = set(people(run, time))
        return [one for one in found if one.thing in there]
    return [one for one in found if not _is_dead(run, one.thing, time)]


def minded(asked: Asked) -> bool:
    """Whether it is asked whose mind something is in."""
    return _minded(asked.formula, asked.var)


def _minded(formula: f.Formula, var: str) -> bool:
    """Whether it is a mind that fills the gap of a question."""
    match formula:
        case f.Believes(who, body):
            return who == f.Var(var) or _minded(body, var)
        case f.And(parts) | f.Or(parts):
            return any(_minded(part, var) for part in parts)
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            return _minded(body, var)
    return False


def latest(
    run: Run, found: list[Found], formula: f.Formula, now: int, since: int = 0
) -> list[Found]:
    """Of acts that can be done again and again, the last occasion: "who got the ball" is who got it last.

    ``since``: where it is asked what was done after something else, the first occasion after that.

    Only acts that move somebody or something are meant: of those who were killed or told, all are asked about.
    """
    acts = list(spoken_of(formula))
    if not acts or len(found) < 2 or not any(moves(run, deed.action) for deed in acts):
        return found
    of_each = [deeds(run, one.formula, now, since) for one in found]
    at = 0 if since else -1
    times = [done[at].time if done else 0 for done in of_each]
    meant = min((time for time in times if time), default=0) if since else max(times)
    return [one for one, time in zip(found, times, strict=True) if time == meant]
