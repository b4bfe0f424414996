"""What happened: the events of a stretch of the story, all of them, somebody's, or those that came over somebody."""

from __future__ import annotations

from fabula.ask.answer import Answer
from fabula.ask.grounds import of_records
from fabula.ask.moments import stretch
from fabula.ask.wording import one_or_all
from fabula.engine.records import EventRecord, record_at
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.model.asked import Asked


def happened(run: Run, asked: Asked, time: int) -> Answer:
    """The sentences of the events that are asked about, in order."""
    about = None if asked.term is None else stands_for(run, asked.term, time, ())
    if asked.term is not None and about is None:
        return Answer(asked.text, "nothing", certain=False)
    start, end = stretch(run, asked.moment, time, about)
    found = [r for r in run.records if start < r.time <= end and r.status != "impossible"]
    if about is not None:
        found = _about(run, found, asked.kind, about)
    because = of_records(found)
    words = tuple(dict.fromkeys(g.text.rstrip(".") for g in because))
    return Answer(asked.text, one_or_all(words, "nothing"), because)


def told(run: Run, asked: Asked, time: int) -> Answer:
    """What somebody said to somebody, true or not: of telling that is also what he lied."""
    speaker = stands_for(run, asked.term, time, ())
    hearer = None if asked.other is None else stands_for(run, asked.other, time, ())
    found: dict[str, EventRecord] = {}
    for record in run.records:
        if (
            not asked.since < record.time <= time
            or record.status == "impossible"
            or _doer(record) != speaker
        ):
            continue
        action = run.model.world.actions[record.happening.action]
        seems = run.model.world.actions.get(action.seems or "")
        if asked.kind not in (action.verb, seems.verb if seems is not None else ""):
            continue
        if hearer is not None and hearer not in _things(record):
            continue
        contents = run.model.world.contents
        for arg in record.happening.args:
            if isinstance(arg, str) and (content := contents.get(arg)) is not None:
                that = "that " if content.mode == "that" else ""
                to = "to " if content.mode == "act" else ""
                found[f"{that}{to}{content.text}"] = record
    words = tuple(found)
    because = of_records(found.values())
    return Answer(asked.text, one_or_all(words, "nothing"), because)


def _about(run: Run, records: list[EventRecord], how: str, thing: str) -> list[EventRecord]:
    """Of some events those that somebody does, that come over somebody, or that happen in a place."""
    if how == "at":
        return [r for r in records if _place(run, r) == thing or thing in _things(r)]
    doing = [r for r in records if _doer(r) == thing]
    if how == "by":
        return doing
    others = [r for r in records if thing in _things(r) and r not in doing]
    return others or doing or _changed(run, records, thing)


def _changed(run: Run, records: list[EventRecord], thing: str) -> list[EventRecord]:
    """The events that made somebody or something what it is, though they speak of others."""
    runner = run.runner
    end = records[-1].time if records else 0
    times: set[int | None] = set()
    for fluent, args, _ in runner.timeline.facts(end, []):
        names = tuple(runner.name(arg) for arg in args)
        if names[:1] == (thing,):
            times.add(runner.cause(runner.compiled.numbers.fluent_ids[fluent], names, end))
    made = [record_at(runner.records, time) for time in times if time is not None]
    return [r for r in records if r in made]


def _doer(record: EventRecord) -> str | None:
    things = record.groundings[0][1] if record.groundings else ()
    return things[0] if things else None


def _things(record: EventRecord) -> set[str]:
    return {thing for _, things in record.groundings for thing in things}


def _place(run: Run, record: EventRecord) -> str | None:
    doer = _doer(record)
    return None if doer is None else run.runner.place_of(doer, record.time)
