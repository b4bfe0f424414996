"""What happened: the events of a stretch of the story, all of them, somebody's, or those that came over somebody."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ask.answer import Answer, Ground
from fabula.ask.grounds import of_records
from fabula.ask.moments import stretch
from fabula.ask.spoken import spoken_of
from fabula.ask.wording import one_or_all
from fabula.engine.records import EventRecord, record_at
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.engine.unseen import UNSEEN
from fabula.language.renaming import rename
from fabula.language.say import thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.story import Content, Stated, members
from fabula.model.world import Action


def happened(run: Run, asked: Asked, time: int) -> Answer:
    """The sentences of the events that are asked about, in order."""
    about = None if asked.term is None else stands_for(run, asked.term, time, ())
    if asked.term is not None and about is None:
        return Answer(asked.text, "nothing", certain=False)
    start, end = stretch(run, asked.moment, time, about)
    found = [r for r in run.records if start < r.time <= end and r.status != "impossible"]
    if about is not None:
        found = _about(run, found, asked.kind, about)
    if asked.other is not None:
        whom = stands_for(run, asked.other, time, ())
        found = [r for r in found if whom in _things(r)]
    earlier = () if asked.other is not None else tuple(_earlier(run, asked, about))
    because = (*earlier, *of_records(found))
    words = tuple(dict.fromkeys(g.text.rstrip(".") for g in because))
    return Answer(asked.text, one_or_all(words, "nothing"), because)


def _earlier(run: Run, asked: Asked, about: str | None) -> Iterator[Ground]:
    """What is said to have happened to somebody, or to have been done by him, before the story begins."""
    if asked.moment.word not in ("", "before", "until") or asked.kind not in ("to", "by"):
        return
    for step in run.model.steps:
        if isinstance(step, Stated) and step.before:
            for deed in spoken_of(step.formula):
                doer, *others = (t.thing for t in deed.args if isinstance(t, f.Const))
                if about == doer if asked.kind == "by" else about in others:
                    yield Ground(0, step.source.text, step.source.span)


def told(run: Run, asked: Asked, time: int) -> Answer:
    """What somebody said to somebody, true or not: of telling that is also what he lied."""
    found = dict(_said(run, asked, time))
    because = of_records(found.values())
    return Answer(asked.text, one_or_all(tuple(found), "nothing"), because)


def teller(run: Run, asked: Asked, time: int) -> Answer:
    """Who said something to somebody that speaks of somebody or something."""
    found = {doer: r for _, r in _said(run, asked, time) if (doer := _doer(r)) is not None}
    words = tuple(thing_words(run.words, one) for one in found)
    return Answer(asked.text, one_or_all(words, "nobody"), of_records(found.values()))


def _said(run: Run, asked: Asked, time: int) -> Iterator[tuple[str, EventRecord]]:
    """What was said, by the one and to the one and of what the question names, and when."""
    speaker = None if asked.term is None else stands_for(run, asked.term, time, ())
    topic = stands_for(run, asked.topic, time, ())
    hearer = None if asked.other is None else stands_for(run, asked.other, time, ())
    spoken = _called(run, asked.kind)
    stating = asked.kind in ("tell", "say")
    for record in run.records:
        if not asked.since < record.time <= time or record.status == "impossible":
            continue
        if asked.term is not None and _doer(record) != speaker:
            continue
        action = run.model.world.actions[record.happening.action]
        if not spoken & {action.id, action.seems} and not (stating and _states(action)):
            continue
        if hearer is not None and (hearer not in _things(record) or hearer == _doer(record)):
            continue
        contents = run.model.world.contents
        for arg in record.happening.args:
            if isinstance(arg, str) and (content := contents.get(arg)) is not None:
                if topic is not None and not _is_about(run, content, topic):
                    continue
                that = "that " if content.mode == "that" else ""
                to = "to " if content.mode == "act" else ""
                yield f"{that}{to}{content.text}", record


def _called(run: Run, verb: str) -> set[str | None]:
    """The acts that a verb may be."""
    frames = run.words.lexicon.frames.get(verb, ())
    return {one.action for frame in frames for one in (frame, *frame.others) if one.action}


def _states(action: Action) -> bool:
    """Whether somebody says something by an act: explains, admits or claims it."""
    return "C" in action.contents.values() and any(isinstance(e, f.Tell) for e in action.effects)


def _is_about(run: Run, content: Content, topic: str) -> bool:
    """Whether what is told speaks of somebody or something, by whatever name."""
    names = {topic, *(name for name, bearer in run.words.names.items() if bearer == topic)}
    formula = content.formula
    return formula is not None and any(
        rename(formula, name, f.Var("_topic")) != formula for name in names
    )


def _about(run: Run, records: list[EventRecord], how: str, thing: str) -> list[EventRecord]:
    """Of some events those that somebody does, that come over somebody, or that happen in a place."""
    if how == "at":
        return [r for r in records if _place(run, r) == thing or thing in _things(r)]
    doing = [r for r in records if _doer(r) == thing]
    if how == "by":
        return doing
    came = [r for r in records if _comes_over(run, r, thing)]
    if came:
        return came
    others = [r for r in records if thing in _things(r) and r not in doing]
    return others or doing or _changed(run, records, thing)


def _comes_over(run: Run, record: EventRecord, thing: str) -> bool:
    """Whether an event changes somebody or something otherwise than by its own will; who is only told of it is not changed."""
    action = run.model.world.actions[record.happening.action]
    if action.contents or not any(thing in members(arg) for arg in record.happening.args):
        return False
    if _doer(record) == thing and action.agreed:
        return False
    return _facts_of(run, thing, record.before) != _facts_of(run, thing, record.time)


_UNTOLD = frozenset({"want", UNSEEN})


def _facts_of(run: Run, thing: str, time: int) -> set[tuple[int, tuple[int, ...], object]]:
    """What is so of somebody or something, but for what was done and what is wanted."""
    runner, number = run.runner, run.runner.number(thing)
    return {
        (fluent, tuple(args), value)
        for fluent, args, value in runner.timeline.facts(time, [])
        if (number in args or (value == number and not isinstance(value, bool)))
        and _tells(run, runner.compiled.numbers.fluent_ids[fluent])
    }


def _tells(run: Run, fluent: str) -> bool:
    """Whether a change of something is worth telling: not who has met whom or is seen by whom."""
    info = run.model.world.fluents.get(fluent)
    return info is not None and not info.quiet and info.form != "did" and fluent not in _UNTOLD


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
