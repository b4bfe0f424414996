"""How many times something was done, with what, and what is asked besides of the answer to a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fabula.ask.answer import Answer
from fabula.ask.deeds import came_about, deeds
from fabula.ask.grounds import of_records
from fabula.ask.wording import bare, listed_answer, number_words
from fabula.engine.records import EventRecord
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.language.verbs_said import frames_said
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import THING

TIMES = {0: "never", 1: "once", 2: "twice"}


def times(run: Run, asked: Asked, time: int) -> Answer:
    """How many events of the story are what is asked about."""
    done = _done(run, asked, time)
    number = number_words(len(done))
    words = TIMES.get(len(done), f"{number} times")
    return Answer(asked.text, words, of_records(done), bare=(number,))


def _done(run: Run, asked: Asked, time: int) -> list[EventRecord]:
    found = deeds(run, asked.formula, time, asked.since)
    if not found:
        came = came_about(run, asked.formula, time)
        found = [came] if came is not None and came.time > asked.since else []
    return found


def instrument(run: Run, asked: Asked, time: int) -> Answer:
    """With what something was done, or with what somebody did anything."""
    who = stands_for(run, asked.term, time, ()) if asked.term is not None else None
    if asked.term is None:
        records: Sequence[EventRecord] = _done(run, asked, time)
    else:
        records = [r for r in run.records if asked.since < r.time <= time and _doer(r) == who]
    found: dict[str, EventRecord] = {}
    for record in records:
        for thing in _instruments(run, record):
            if run.words.is_a(thing, asked.kind):
                found.setdefault(thing, record)
    return Answer(
        asked.text,
        listed_answer(run, list(found), asked.kind),
        of_records(found.values()),
        bare=tuple(bare(run, thing) for thing in found),
    )


def _doer(record: EventRecord) -> str | None:
    things = record.groundings[0][1] if record.groundings else ()
    return things[0] if things else None


def _instruments(run: Run, record: EventRecord) -> Iterator[str]:
    """What an event says it was done with: in words of its own, or in the place that its verb has for it."""
    happening = record.happening
    if happening.instrument is not None:
        yield happening.instrument
    letters = {
        slot.role
        for frame in frames_said(run.words)[0].get(happening.action, ())
        for slot in frame.slots
        if slot.kind == "prep" and slot.optional and "with" in slot.words
    }
    params = run.model.world.actions[happening.action].params
    for param, arg in zip(params, happening.args, strict=False):
        if param.name in letters and isinstance(arg, str) and arg != NOTHING:
            yield arg


def besides(asked: Asked, things: Sequence[str]) -> Asked | None:
    """What is asked of the answer: when, where, why or how it was done by or to the only one; None where there are more."""
    if len(things) != 1 or not asked.var:
        return None
    body = f.substitute(asked.formula, {asked.var: f.Const(things[0])})
    plain: list[f.Formula] = [p for p in f.conjuncts(body) if not isinstance(p, f.IsKind)]
    kind = THING if asked.also == "instrument" else asked.kind
    return replace(asked, form=asked.also, formula=f.conjunction(plain), var="", also="", kind=kind)
