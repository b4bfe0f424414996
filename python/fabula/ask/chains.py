"""What led to an event, what it led to, and what could still happen without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.ask import occasions
from fabula.ask.answer import Answer
from fabula.ask.deeds import deeds
from fabula.ask.grounds import of_records
from fabula.ask.wording import one_or_all
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import causes
from fabula.engine.running import Run, run_model
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.story import Happening

MOST_ROUNDS = 6
NOT_TOLD = "no such event is told"


def led_to(run: Run, asked: Asked, time: int) -> Answer:
    """The events that made one possible, and those that made them possible, in the order of the story."""
    done = _events(run, asked, time)
    if not done:
        return Answer(asked.text, NOT_TOLD, certain=False)
    found: dict[int, Record] = {}
    todo: list[Record] = list(done)
    themselves = {id(record) for record in done}
    while todo:
        for cause in enabled_by(run, todo.pop()):
            if id(cause) not in found and id(cause) not in themselves:
                found[id(cause)] = cause
                todo.append(cause)
    return _listed(asked, sorted(found.values(), key=lambda r: r.time), "nothing that is told")


def _events(run: Run, asked: Asked, time: int) -> list[EventRecord]:
    """The event that is asked about, or all that a noun means by one word."""
    if asked.moment.occasion is not None:
        return occasions.all_of(run, asked.moment.occasion, time)
    acts = asked.formula.parts if isinstance(asked.formula, f.Or) else (asked.formula,)
    done = deeds(run, asked.formula, time) or occasions.made_so(run, acts, time)
    return done[-1:]


def led_on(run: Run, asked: Asked, time: int) -> Answer:
    """The later events that one made possible, directly or through others."""
    done = _events(run, asked, time)
    if not done:
        return Answer(asked.text, NOT_TOLD, certain=False)
    rests: dict[int, Record] = {id(record): record for record in done}
    found: list[Record] = []
    for record in run.records:
        if done[-1].time < record.time <= time:
            if any(id(cause) in rests for cause in enabled_by(run, record)):
                rests[id(record)] = record
                found.append(record)
    return _listed(asked, found, "nothing that is told")


def _listed(asked: Asked, records: Sequence[Record], none: str) -> Answer:
    because = of_records(records)
    words = tuple(dict.fromkeys(g.text.rstrip(".") for g in because))
    if not words:
        return Answer(asked.text, none, certain=False)
    return Answer(asked.text, one_or_all(words), because)


def enabled_by(run: Run, record: Record) -> list[Record]:
    """The events and claims that brought about what an event needs."""
    if not isinstance(record, EventRecord):
        return []
    runner = run.runner
    act = runner.compiled.act(runner.variant(record.happening))
    found: dict[int, Record] = {}
    for _, things in record.groundings:
        binding: f.Binding = {
            name: f.Const(thing) for name, thing in zip(act.params, things, strict=False)
        }
        for formula, _, _ in act.needs:
            need = f.substitute(formula, binding)
            for time in causes(run, need, record.before):
                cause = record_at(runner.records, time)
                if cause is not None and cause is not record:
                    found[id(cause)] = cause
    return list(found.values())


def without(run: Run, asked: Asked, time: int) -> Answer:
    """What could no longer happen if an event had not: the story is run once more without it.

    What cannot happen then does not, so that what rests on it falls too.
    """
    acts = asked.formula.parts if isinstance(asked.formula, f.Or) else (asked.formula,)
    gone = deeds(run, asked.formula, time) or occasions.made_so(run, acts, time)
    if not gone:
        return Answer(asked.text, NOT_TOLD, certain=False)
    left_out = {id(record.happening) for record in gone}
    before = {id(r.happening) for r in run.records if r.status == "impossible"}
    fallen: list[EventRecord] = []
    for _ in range(MOST_ROUNDS):
        steps = tuple(s for s in run.model.steps if id(s) not in left_out)
        runner = run_model(replace(run.model, steps=steps), run.words)
        new = [
            r
            for r in runner.records
            if isinstance(r, EventRecord)
            and r.status == "impossible"
            and id(r.happening) not in before
        ]
        if not new:
            break
        fallen.extend(new)
        left_out |= {id(r.happening) for r in new}
    after = [
        s
        for s in run.model.steps
        if isinstance(s, Happening) and s.n > gone[0].n and id(s) not in left_out
    ]
    fallen.sort(key=lambda r: r.n)
    still = f"{len(after)} later event{'' if len(after) == 1 else 's'} could still happen"
    if not fallen:
        return Answer(asked.text, f"all the rest could still happen ({still})", of_records(gone))
    words = tuple(dict.fromkeys(r.source.text.rstrip(".") for r in fallen))
    return Answer(
        asked.text, (*(f"no longer: {w}" for w in words), still), of_records([*gone, *fallen])
    )
