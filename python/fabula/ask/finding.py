"""What fills the gap of a question, and what that rests on: told in these words, in others, or brought about by another act."""

from __future__ import annotations

from dataclasses import replace

from fabula.ask import which
from fabula.ask.afflictions import affliction, brought_by
from fabula.ask.answer import Ground
from fabula.ask.deeds import alone, brought_about, came_about, deeds, done_since, underwent
from fabula.ask.grounds import grounds, of_records
from fabula.ask.spells import came_so
from fabula.ask.spoken import spoken_of
from fabula.ask.wishes_asked import wanting
from fabula.engine.records import EventRecord, Record
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.asked import Asked

ORDER = frozenset({"first", "last"})
Grounds = tuple[Ground, ...]


def fillers(run: Run, asked: Asked, time: int) -> tuple[list[str], Grounds]:
    """The things that fill the gap, in the order in which they came to, and the sentences that say so."""
    asked = _chosen_by_state(run, _plain(asked), time)
    if asked.past and not asked.moment.word and which.minded(asked):
        asked = replace(asked, once=True)  # "Who thought so?": whoever ever did, dead or alive
        alive = [x.thing for x in _told(run, asked, time) if which.alive(run, x.thing, x.time)]
        return _without(run, asked, alive, time)
    if asked.count and asked.past and not asked.moment.word and _holders(asked):
        asked = replace(asked, once=True)  # "How many people had the key?": one after the other
    if asked.sort in ORDER and not asked.moment.word and not any(spoken_of(asked.formula)):
        asked = replace(asked, once=True)  # "Who had the key first?"
    things, because = _fillers(run, asked, time)
    if not asked.but:
        return things, because
    return _without(run, asked, things, time)[0], because


def _plain(asked: Asked) -> Asked:
    """The same without the kind of what is asked for, where that is said apart."""
    gap = f.Var(asked.var)
    kept = [p for p in f.conjuncts(asked.formula) if p != f.IsKind(gap, asked.kind)]
    if len(kept) != 1 or not any(True for _ in spoken_of(kept[0])):
        return asked
    return replace(asked, formula=kept[0])


def _holders(asked: Asked) -> bool:
    """Whether it is asked who has or had something."""
    gap = f.Var(asked.var)
    return any(isinstance(p, f.Within) and p.outer == gap for p in f.conjuncts(asked.formula))


def earlier(run: Run, asked: Asked, time: int, things: list[str]) -> list[str]:
    """Who or what else it was so of, where only the last time was meant that something was done: the latest first."""
    if asked.sort or asked.count or asked.minds or asked.since or asked.form != "which":
        return []
    if not things or not only_deeds(asked.formula):
        return []
    told = [one for one in _told(run, asked, time) if one.thing not in things]
    dated = [(deeds(run, one.formula, time), one.thing) for one in told]
    found = sorted(((done[-1].time, thing) for done, thing in dated if done), reverse=True)
    return which.without_parts(run, [thing for _, thing in found])


def _chosen_by_state(run: Run, asked: Asked, time: int) -> Asked:
    """Of those who are or were something, who did something: "Which of her friends died last?"."""
    parts = f.conjuncts(asked.formula)
    done = [p for p in parts if only_deeds(p)]
    states: list[f.Formula] = [
        p for p in parts if not only_deeds(p) and not isinstance(p, f.IsKind)
    ]
    if len(done) != 1 or not states or asked.choices or asked.minds:
        return asked
    if any(True for part in states for _ in spoken_of(part)):
        return asked
    some = which.those(run, f.conjunction(states), asked.var, asked.kind, time, once=True)
    return replace(asked, formula=done[0], choices=tuple(f.Const(one.thing) for one in some))


def _without(run: Run, asked: Asked, things: list[str], time: int) -> tuple[list[str], Grounds]:
    """Without those who are left out, and what is said of the others."""
    but = {stands_for(run, one, time, ()) for one in asked.but}
    left = [thing for thing in things if thing not in but]
    bodies = [f.substitute(asked.formula, {asked.var: f.Const(thing)}) for thing in left]
    said = (g for body in bodies for g in grounds(run, body, time, asked.minds))
    return left, tuple(dict.fromkeys(said))


def _fillers(run: Run, asked: Asked, time: int) -> tuple[list[str], Grounds]:
    found = [
        one for one in _told(run, asked, time) if done_since(run, one.formula, time, asked.since)
    ]
    found = which.apart(run, which.living(run, found, asked.formula, asked.var, time))
    if not asked.count:
        found = which.nearest(run, found, asked, time)
        if asked.sort not in ORDER:
            found = which.latest(run, found, asked.formula, time, asked.since)
    because = tuple(
        dict.fromkeys(g for one in found for g in grounds(run, one.formula, one.so, asked.minds))
    ) or of_records(r for one in found for r in deeds(run, one.formula, time, asked.since))
    things = [one.thing for one in found]
    if asked.minds:
        return things, because
    if not found and (said := wanting(run, asked.formula)):
        return list(said), tuple(said.values())
    others = _otherwise(run, asked, time, told=bool(found))
    if asked.sort in ORDER:
        return _in_order(run, asked, found, others, time)
    things = which.without_parts(run, dict.fromkeys([*things, *(thing for thing, _ in others)]))
    return things, tuple(dict.fromkeys((*because, *of_records(record for _, record in others))))


def _told(run: Run, asked: Asked, time: int) -> list[which.Found]:
    """Of whom it is so at a time, or was, where that is asked; else of whom an event is told with more or other words."""
    found = which.those(run, asked.formula, asked.var, asked.kind, time, asked.minds, asked.once)
    if not asked.minds:
        if not found and asked.past and asked.moment.word == "":
            found = which.those(run, asked.formula, asked.var, asked.kind, time, once=True)
        if not found and only_deeds(asked.formula):
            found = which.doing(run, asked.formula, asked.var, asked.kind, time)
    chosen = _chosen(run, asked, time)
    return [one for one in found if chosen is None or one.thing in chosen]


def _otherwise(run: Run, asked: Asked, time: int, told: bool) -> list[tuple[str, EventRecord]]:
    """Who did or underwent by another act what the one that is asked about makes so."""
    found = underwent(run, asked.formula, asked.var, time, asked.since)
    if not told:
        found += brought_about(run, asked.formula, asked.var, time, asked.since)
    chosen = _chosen(run, asked, time)
    found = [(thing, r) for thing, r in found if run.words.is_a(thing, asked.kind)]
    return [(thing, r) for thing, r in found if chosen is None or thing in chosen]


def _in_order(
    run: Run,
    asked: Asked,
    told: list[which.Found],
    others: list[tuple[str, EventRecord]],
    time: int,
) -> tuple[list[str], Grounds]:
    """Of whom it was so first, or last."""
    at = 0 if asked.sort == "first" else -1
    dated: list[tuple[str, int, Grounds]] = []
    for one in told:
        done = deeds(run, one.formula, time, asked.since)
        because = of_records([done[at]]) if done else grounds(run, one.formula, one.so)
        came = None if done else came_so(run, one.formula, time, first=asked.sort == "first")
        so = one.time if came is None else came[1]
        dated.append((one.thing, done[at].time if done else so, because))
    dated.extend((thing, record.time, of_records([record])) for thing, record in others)
    if not dated:
        return [], ()
    times = [when for _, when, _ in dated]
    wanted = min(times) if asked.sort == "first" else max(times)
    chosen = [(thing, because) for thing, when, because in dated if when == wanted]
    return list(dict.fromkeys(thing for thing, _ in chosen)), chosen[0][1]


def _chosen(run: Run, asked: Asked, time: int) -> set[str | None] | None:
    """Those of whom it is asked which; None where nobody is named."""
    if not asked.choices:
        return None
    return {stands_for(run, one, time, ()) for one in asked.choices}


def done(run: Run, asked: Asked, time: int) -> tuple[list[Record], bool]:
    """The events by which something was done, though told in other words; and whether they surely are.

    Who was shot dead has died; and whoever wounded somebody may have killed him by it.
    """
    if not only_deeds(asked.formula):
        return [], True
    found: list[Record] = list(deeds(run, asked.formula, time, asked.since))
    if found:
        return found, True
    came = came_about(run, asked.formula, time)
    if came is None or came.time <= asked.since:
        return [], True
    if alone(asked.formula):
        return [came], True
    by = brought_by(run, came, spoken_of(asked.formula))
    if by is not None and any(d.args[:1] == (f.Const(by),) for d in spoken_of(asked.formula)):
        earlier = affliction(run, came)
        return [r for r in (earlier, came) if r is not None], False
    return [], True


def only_deeds(formula: f.Formula) -> bool:
    """Whether all that a formula says is that something was done, in one way or another."""
    parts = formula.parts if isinstance(formula, f.Or) else (formula,)
    return all(isinstance(part, f.Equals) and any(spoken_of(part)) for part in parts)
