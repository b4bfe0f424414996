"""Why something was done or is so, how it came about, when, and how somebody knows of it."""

from __future__ import annotations

from dataclasses import replace

from fabula.ask import wishes
from fabula.ask.answer import Answer
from fabula.ask.deeds import deeds, outcome
from fabula.ask.grounds import causes, grounds, of_records
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.running import Run
from fabula.language.say import fact_words, thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

UNSAID = "nobody says why"


def why(run: Run, asked: Asked, time: int) -> Answer:
    """Why: what the text says, what the doer wanted, or what reason is found; of a state, what brought it about."""
    done = deeds(run, asked.formula, time)
    if not done:
        return _brought_about(run, asked, time, UNSAID)
    record = done[-1]
    return _said(run, asked, record) or _wanted(run, asked, record) or _reasoned(run, asked, record)


def _said(run: Run, asked: Asked, record: EventRecord) -> Answer | None:
    """The reason that stands in the text."""
    event = record.happening
    if event.because is not None:
        return Answer(asked.text, fact_words(run.words, event.because), of_records([record]))
    if event.purpose is not None:
        to = "to " if event.purpose.mode == "act" else ""
        return Answer(asked.text, f"{to}{event.purpose.text}", of_records([record]))
    return None


def _wanted(run: Run, asked: Asked, record: EventRecord) -> Answer | None:
    """What the doer wanted before, and has by it."""
    doer = _doer(run, record)
    if doer is None:
        return None
    for goal in wishes.goals(run, doer, record.before):
        reached = run.runner.truth(goal.formula, record.time) is True
        if not reached or run.runner.truth(goal.formula, record.before) is True:
            continue
        if goal.condition is None:
            words = f"{thing_words(run.words, doer)} wants {goal.words}"
            return Answer(asked.text, words, goal.because)
        words = fact_words(run.words, goal.condition)
        return Answer(asked.text, words, goal.because, bare=_bare(run, goal.condition))
    return None


def _bare(run: Run, condition: f.Formula) -> tuple[str, ...]:
    """The adjective, where that is all there is to say: "tired"."""
    match condition:
        case f.Equals(f.Value(fluent, (_,)), f.Lit(True)):
            info = run.model.world.fluents.get(fluent)
            return (info.positive,) if info is not None and info.positive else ()
    return ()


def _doer(run: Run, record: EventRecord) -> str | None:
    things = record.groundings[0][1] if record.groundings else ()
    return things[0] if things and run.words.is_a(things[0], PERSON) else None


def _reasoned(run: Run, asked: Asked, record: EventRecord) -> Answer:
    """The reason that a search finds, as `fabula why` does."""
    from fabula.reasons.why import (
        why as reasons_of,  # it runs the story once more: only where nothing else is said
    )

    for one in reasons_of(run, str(record.n), most=1):
        for reason in one.reasons:
            words = reason.want
            if reason.otherwise:
                words = f"{words}; otherwise: {', then '.join(reason.otherwise)}"
            return Answer(asked.text, words, of_records([record]), certain=False)
    return Answer(asked.text, UNSAID, of_records([record]), certain=False)


def how(run: Run, asked: Asked, time: int) -> Answer:
    """How something came about, or how somebody came to know it: the event that made it so, in that mind."""
    return _brought_about(run, asked, time, "nobody says how")


def when(run: Run, asked: Asked, time: int) -> Answer:
    """When: the event, with its scene."""
    done = deeds(run, asked.formula, time)
    record: Record | None = done[-1] if done else None
    if record is None:
        asked = _by_outcome(run, asked)
        so = run.runner.truth(asked.formula, time, asked.minds) is True
        times = causes(run, asked.formula, time, asked.minds) if so else []
        record = record_at(run.runner.records, max(times, default=None))
        if record is None and times:
            return Answer(asked.text, "before the story begins")
    if record is None:
        return Answer(asked.text, "never, as far as is told", certain=False)
    scenes = run.model.scenes
    scene = scenes[record.source.scene - 1] if 0 < record.source.scene <= len(scenes) else ""
    where = f" ({scene})" if scene else ""
    return Answer(asked.text, f"{record.source.text.rstrip('.')}{where}", of_records([record]))


def _by_outcome(run: Run, asked: Asked) -> Asked:
    """The same asked of what the act makes so: "how did he die", of one who was shot dead."""
    made = outcome(run, asked.formula)
    return asked if made is None else replace(asked, formula=made)


def _brought_about(run: Run, asked: Asked, time: int, unsaid: str) -> Answer:
    """The sentences that made a state what it is."""
    done = deeds(run, asked.formula, time)
    if not done:
        asked = _by_outcome(run, asked)
    because = of_records(done[-1:]) or grounds(run, asked.formula, time, asked.minds)
    if not because or run.runner.truth(asked.formula, time, asked.minds) is False:
        return Answer(asked.text, unsaid, because, certain=False)
    return Answer(asked.text, because[-1].text.rstrip("."), because)
