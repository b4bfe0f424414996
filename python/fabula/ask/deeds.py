"""Acts of the story that a question speaks of: which events they are, and who took part."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ask import afflictions
from fabula.ask.contents import same_content
from fabula.ask.spoken import Deed, spoken_of
from fabula.engine.records import EventRecord, record_at
from fabula.engine.rests import causes
from fabula.engine.running import Run
from fabula.engine.space import moved
from fabula.engine.vocabulary import NOTHING
from fabula.language.contents import results
from fabula.model import formula as f
from fabula.model.world import LOCATION


def deeds(
    run: Run, formula: f.Formula, now: int | None = None, since: int = 0
) -> list[EventRecord]:
    """The events, up to a time, that are what a formula speaks of; in order. ``since``: only later ones."""
    if isinstance(formula, f.And) and len(formula.parts) > 1:
        # "When did Ann and Ben leave": what both did, where they did it together
        each = [list(spoken_of(part)) for part in formula.parts]
        together = [
            record
            for record in deeds(run, f.Or(formula.parts), now, since)
            if all(any(fits(run, record, d) for d in part) for part in each if part)
        ]
        if together:
            return together
        if not all(deeds(run, part, now, since) for part in formula.parts if any(spoken_of(part))):
            return []
    wanted = list(spoken_of(formula))
    end = run.runner.timeline.now if now is None else now
    return [
        record
        for record in run.records
        if since < record.time <= end and any(fits(run, record, deed) for deed in wanted)
    ]


def done_since(run: Run, formula: f.Formula, time: int, since: int) -> bool:
    """Whether what a formula says was done was done after another time, too."""
    if not since or not any(True for _ in spoken_of(formula)):
        return True
    return (
        bool(deeds(run, formula, time, since)) or max(causes(run, formula, time), default=0) > since
    )


def outcome(run: Run, formula: f.Formula) -> f.Formula | None:
    """What an act makes so, for one that may go by another name: who was shot dead has died, too."""
    parts = formula.parts if isinstance(formula, f.And | f.Or) else (formula,)
    found = [r for part in parts for r in results(run.words, part, lasting=False)]
    return f.conjunction(list(dict.fromkeys(found))) if found else None


def came_about(run: Run, formula: f.Formula, time: int) -> EventRecord | None:
    """The event that made so what an act would, by whomever: of "he died", that he was shot dead."""
    made = outcome(run, formula)
    if made is None or run.runner.truth(made, time) is not True:
        return None
    record = record_at(run.runner.records, max(causes(run, made, time), default=None))
    if isinstance(record, EventRecord):
        return record
    parts = set(f.conjuncts(made))
    return next(
        (r for r in reversed(run.records) if r.time <= time and parts <= _changes(run, r)), None
    )


def _changes(run: Run, record: EventRecord) -> set[f.Formula]:
    """What an event would have changed, even where it was so already: whoever is woken wakes."""
    found: set[f.Formula] = set()
    for action, things in record.groundings if not record.happening.attempt else ():
        given = [p.name for p in run.model.world.actions[action].params]
        terms = [f.Const(thing) for thing in things] + [f.Const(NOTHING)] * (
            len(given) - len(things)
        )
        found.update(results(run.words, f.truth(f"did:{action}", *terms), lasting=False))
    return found


def brought_about(
    run: Run, formula: f.Formula, var: str, now: int, since: int = 0
) -> list[tuple[str, EventRecord]]:
    """Who did what an act makes so, though by another: who was shot dead was killed, who drove a car there went there.

    ``var`` stands for the doer.
    """
    if not any(d.args and d.args[0] == f.Var(var) for d in spoken_of(formula)):
        return []
    others = {
        arg.thing for d in spoken_of(formula) for arg in d.args[1:] if isinstance(arg, f.Const)
    }
    found: dict[str, EventRecord] = {}
    for record in run.records:
        if not since < record.time <= now or not record.groundings or not record.groundings[0][1]:
            continue
        doer = record.groundings[0][1][0]
        if doer in others:
            # who dies has not killed himself; it may be of what somebody did to him
            doer = afflictions.brought_by(run, record, spoken_of(formula)) or doer
            if doer in others:
                continue
        made = outcome(run, f.substitute(formula, {var: f.Const(doer)}))
        if made is not None:
            # who gets out of the car is where it has brought him
            made = f.conjunction([anywhere_in(part) for part in f.conjuncts(made)])
        if (
            made is not None
            and run.runner.truth(made, record.time) is True
            and run.runner.truth(made, record.before) is not True
        ):
            found[doer] = record
    return list(found.items())


def alone(formula: f.Formula) -> bool:
    """Whether a formula says that somebody did something, all by himself, and nothing else."""
    parts = formula.parts if isinstance(formula, f.Or) else (formula,)
    done = [deed for part in parts if isinstance(part, f.Equals) for deed in spoken_of(part)]
    if len(done) < len(parts):
        return False
    return all(d.args and not d.to_come and not set(d.args[1:]) - {NONE} for d in done)


def underwent(
    run: Run, formula: f.Formula, var: str, now: int, since: int = 0
) -> list[tuple[str, EventRecord]]:
    """Whom what an act makes so came over by another: of those who died, who was shot dead.

    ``var`` stands for whoever it came over; only acts of one alone are meant.
    """
    if not alone(formula) or any(d.args[0] != f.Var(var) for d in spoken_of(formula)):
        return []
    found: list[tuple[str, EventRecord]] = []
    for thing in run.model.world.things:
        made = outcome(run, f.substitute(formula, {var: f.Const(thing)}))
        if made is None or run.runner.truth(made, now) is not True:
            continue
        record = record_at(run.runner.records, max(causes(run, made, now), default=None))
        if isinstance(record, EventRecord) and since < record.time:
            found.append((thing, record))
    return sorted(found, key=lambda one: one[1].time)


NONE = f.Const(NOTHING)


def anywhere_in(fact: f.Formula) -> f.Formula:
    """Where somebody is, or in what lies in it."""
    match fact:
        case f.Equals(f.Value(fluent, (thing,)), f.Const() as place) if fluent == LOCATION:
            return f.Within(thing, place)
    return fact


def fits(run: Run, record: EventRecord, deed: Deed) -> bool:
    """Whether an event is the act that a question speaks of."""
    if record.happening.attempt != deed.attempt or deed.to_come:
        return False
    return any(
        action == deed.action and _match(run, deed.args, _by_param(run, record, args))
        for action, args in record.groundings or _as_told(record)
    )


def filled(run: Run, record: EventRecord) -> tuple[str, ...]:
    """What fills each parameter of an event's action."""
    _, args = (record.groundings or _as_told(record))[0]
    return _by_param(run, record, args)


def _as_told(record: EventRecord) -> tuple[tuple[str, tuple[str, ...]], ...]:
    args = record.happening.args
    return ((record.happening.action, tuple(a for a in args if isinstance(a, str))),)


def _by_param(run: Run, record: EventRecord, things: tuple[str, ...]) -> tuple[str, ...]:
    """What fills each parameter of an event's action; a grounding leaves out what is not said, and contents."""
    action = run.model.world.actions[record.happening.action]
    given = run.runner.variant(record.happening).given
    named = [p.name for p in action.params if p.name in given and p.name not in action.contents]
    filled = dict(zip(named, things, strict=False))
    told = dict(zip((p.name for p in action.params), record.happening.args, strict=True))
    return tuple(
        filled.get(p.name)
        or (arg if isinstance(arg := told[p.name], str) and p.name in action.contents else NOTHING)
        for p in action.params
    )


def _match(run: Run, asked: tuple[f.Term, ...], filled: tuple[str, ...]) -> bool:
    """Whether what fills an act's parameters is what is asked about; a letter stands for one thing throughout."""
    bound: dict[str, str] = {}
    for term, thing in zip(asked, filled, strict=False):
        match term:
            case f.Const(name) if name not in (NOTHING, thing):
                if not same_content(run, name, thing):
                    return False
            case f.Var(name) if thing == NOTHING or bound.setdefault(name, thing) != thing:
                return False
    return True


def moves(run: Run, action_id: str) -> bool:
    """Whether somebody or something is elsewhere after an act."""
    action = run.model.world.actions.get(action_id)
    return action is not None and bool(moved(action.effects))


def named(run: Run, record: EventRecord, formula: f.Formula, var: str) -> Iterator[str]:
    """What an event itself names where what is asked for would stand."""
    for deed in spoken_of(formula):
        for term, thing in zip(deed.args, filled(run, record), strict=False):
            if term == f.Var(var) and thing != NOTHING:
                yield thing
