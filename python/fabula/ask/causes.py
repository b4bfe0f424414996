"""Why something was done or is so, how it came about, when, since when and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fabula.ask import occasions, wishes
from fabula.ask.afflictions import affliction, from_the_first
from fabula.ask.answer import Answer
from fabula.ask.deeds import anywhere_in, came_about, deeds, fits, outcome
from fabula.ask.grounds import grounds, of_records
from fabula.ask.spells import came_so
from fabula.ask.spoken import Deed, spoken_of
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import causes
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.language.say import fact_words, thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

UNSAID = "nobody says why"
MOST_SECONDS = 2.0
"""How long a reason of which nothing is told is looked for."""


def why(run: Run, asked: Asked, time: int) -> Answer:
    """Why: what the text says, what the doer wanted, or what reason is found; of a state, what brought it about."""
    done = deeds(run, asked.formula, time, asked.since) or _done_by(run, asked, time)
    done = done or _also_done(run, asked, time)
    if not done:
        told = _told_why(run, asked, time) or _hindered(run, asked, time)
        told = told or _not_told(run, asked)
        return told or brought_about(run, asked, time, UNSAID)
    reasons = (_said, _bidden, _wanted, _afflicted)
    # where something was done again and again, the last time of which a reason is told
    for reason in reasons:
        for record in reversed(done):
            found = reason(run, asked, record)
            if found is not None:
                return found
    return _reasoned(run, asked, done[-1])


def _done_by(run: Run, asked: Asked, time: int) -> list[EventRecord]:
    """The event by which somebody brought about what an act makes so: he killed him, who shot him dead."""
    doers = {d.args[0] for d in spoken_of(asked.formula) if d.args and not d.to_come}
    record = came_about(run, asked.formula, time)
    if record is None:
        return []
    return [record] if f.Const(_doer(run, record) or "") in doers else []


def _also_done(run: Run, asked: Asked, time: int) -> list[EventRecord]:
    """The event by which something was done, too: who is shot dead is shot."""
    if not any(True for _ in spoken_of(asked.formula)):
        return []
    record = _made(run, asked, time)
    return [record] if record is not None else []


def _not_told(run: Run, asked: Asked) -> Answer | None:
    """That nothing says somebody did what is asked about: why the sniper shot the boy, who was hit by a stray bullet."""
    deed = next(spoken_of(asked.formula), None)
    if deed is None or deed.to_come or asked.minds or isinstance(asked.formula, f.Believes):
        return None
    if len(deed.args) < 2 or not isinstance(deed.args[0], f.Const):
        return None
    said = f.truth(f"{'tried' if deed.attempt else 'did'}:{deed.action}", *deed.args)
    words = fact_words(run.words, said)
    return Answer(asked.text, f"nothing says that {words}", certain=False)


def _told_why(run: Run, asked: Asked, time: int) -> Answer | None:
    """The reason that somebody gives for something when he tells of it."""
    match asked.formula:
        case f.Not(f.Or(parts)):
            said = [f.negated(part) for part in parts]
        case f.Or(parts):
            said = [asked.formula, *parts]
        case _:
            said = [asked.formula]
    for record in reversed(run.records):
        if record.time > time:
            continue
        contents = run.model.world.contents
        told = (contents.get(a) for a in record.happening.args if isinstance(a, str))
        given = (c.because for c in told if c is not None and c.formula in said)
        because = next((b for b in given if b is not None), None)
        if because is not None:
            return Answer(asked.text, fact_words(run.words, because), of_records([record]))
    return None


def _hindered(run: Run, asked: Asked, time: int) -> Answer | None:
    """Why somebody did not do something: how a try failed, or what it would have needed and was not so."""
    wanted = [replace(deed, attempt=True, to_come=False) for deed in _not_done(asked.formula)]
    tried = [r for r in run.records if r.time <= time and any(fits(run, r, d) for d in wanted)]
    if tried:
        return Answer(asked.text, tried[-1].source.text.rstrip("."), of_records(tried[-1:]))
    acts = tuple(f.truth(f"did:{d.action}", *d.args) for d in _not_done(asked.formula))
    positive = replace(asked, formula=f.Or(acts))
    done = deeds(run, positive.formula, time) or _done_by(run, positive, time) if acts else []
    if done:
        words = f"but that was done: {done[-1].source.text.rstrip('.')}"
        return Answer(asked.text, words, of_records(done[-1:]), certain=False)
    missing = [part for deed in _not_done(asked.formula) for part in _unmet(run, deed, time)]
    if not missing:
        return None
    words = fact_words(run.words, f.negated(missing[0]))
    return Answer(asked.text, words, grounds(run, missing[0], time), certain=False)


def _unmet(run: Run, deed: Deed, time: int) -> Iterator[f.Formula]:
    """What an act would need of those it is asked about, and is not so."""
    action = run.model.world.actions.get(deed.action)
    if action is None:
        return
    params = [p.name for p in action.params]
    terms: f.Binding = {
        name: term
        for name, term in zip(params, deed.args, strict=False)
        if isinstance(term, f.Const) and term.thing != NOTHING
    }
    for need in action.needs:
        for part in f.conjuncts(f.substitute(need.formula, terms)):
            if not f.variables(part) and run.runner.truth(part, time) is False:
                yield part


def _not_done(formula: f.Formula) -> Iterator[Deed]:
    """The acts of which a formula says that they were not done."""
    match formula:
        case f.Equals(f.Value() as did, f.Lit(False)):
            yield from spoken_of(f.Equals(did, f.Lit(True)))
        case f.Not(body):
            yield from spoken_of(body)
        case f.And(parts) | f.Or(parts):
            for part in parts:
                yield from _not_done(part)


def _said(run: Run, asked: Asked, record: EventRecord) -> Answer | None:
    """The reason that stands in the text."""
    event = record.happening
    if event.because is not None:
        return Answer(asked.text, fact_words(run.words, event.because), of_records([record]))
    if event.purpose is not None:
        to = "to " if event.purpose.mode == "act" else ""
        return Answer(asked.text, f"{to}{event.purpose.text}", of_records([record]))
    return None


def _bidden(run: Run, asked: Asked, record: EventRecord) -> Answer | None:
    """That somebody else had told the doer to, or asked him."""
    doer = _doer(run, record)
    contents = run.model.world.contents
    for earlier in reversed(run.records):
        if doer is None or earlier.time >= record.time or _doer(run, earlier) in (doer, None):
            continue
        for arg in earlier.happening.args:
            said = contents.get(arg) if isinstance(arg, str) else None
            if said is None or said.mode != "act" or said.agent != doer or said.formula is None:
                continue
            # who is to come to town has done so when he is at its inn
            made = outcome(run, said.formula)
            parts = f.conjuncts(made) if made is not None else []
            for reached in (said.formula, f.conjunction([anywhere_in(part) for part in parts])):
                if reached == f.TRUE or run.runner.truth(reached, record.before) is True:
                    continue
                if run.runner.truth(reached, record.time) is True:
                    words = earlier.source.text.rstrip(".")
                    return Answer(asked.text, words, of_records([earlier]))
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


def _afflicted(run: Run, asked: Asked, record: EventRecord) -> Answer | None:
    """Of what comes over somebody: what made him be as one is to whom it happens."""
    earlier = affliction(run, record)
    if earlier is None:
        said = from_the_first(run, record)
        if not said:
            return None
        because = (*said, *of_records([record]))
        return Answer(asked.text, said[-1].text.rstrip("."), because, certain=False)
    because = of_records([earlier, record])
    return Answer(asked.text, earlier.source.text.rstrip("."), because, certain=False)


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

    for one in reasons_of(run, str(record.n), most=1, seconds=MOST_SECONDS):
        for reason in one.reasons:
            words = reason.want
            if reason.otherwise:
                words = f"{words}; otherwise: {', then '.join(reason.otherwise)}"
            return Answer(asked.text, words, of_records([record]), certain=False)
    return Answer(asked.text, UNSAID, of_records([record]), certain=False)


def when(run: Run, asked: Asked, time: int) -> Answer:
    """When: the event, with its scene."""
    if asked.moment.word == "occasion" and asked.moment.occasion is not None:
        done = occasions.all_of(run, asked.moment.occasion, time)[:1]
    else:
        done = deeds(run, asked.formula, time, asked.since) if not asked.minds else []
    record: Record | None = done[0 if asked.sort == "first" else -1] if done else None
    if record is None:
        asked = _by_outcome(run, asked)
        if asked.minds or asked.sort or run.runner.truth(asked.formula, time) is not True:
            came = came_so(run, asked.formula, time, asked.minds, asked.sort == "first")
            if came == (0, 0):
                return Answer(asked.text, "before the story begins")
            record = record_at(run.runner.records, came[1] if came is not None else None)
    if record is None:
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


def since(run: Run, asked: Asked, time: int) -> Answer:
    """Since when: the event that made so what is so still."""
    if run.runner.truth(asked.formula, time, asked.minds) is not True:
        return _from_to(run, asked, time)
    found = when(run, asked, time)
    at_first = not causes(run, asked.formula, time, asked.minds) or not found.certain
    return replace(found, answer="from the beginning", certain=True) if at_first else found


def _from_to(run: Run, asked: Asked, time: int) -> Answer:
    """From when to when something was so that is so no longer."""
    came = came_so(run, asked.formula, time, asked.minds) if asked.past else None
    if came is None:
        return Answer(asked.text, "it is not so", grounds(run, asked.formula, time, asked.minds))
    ended = until(run, asked, time)
    record = record_at(run.runner.records, came[1])
    start = record.source.text.rstrip(".") if record is not None else "the beginning"
    because = (*of_records([record] if record is not None else []), *ended.because)
    return Answer(asked.text, f"from “{start}” until “{ended.text}”", because)


def until(run: Run, asked: Asked, time: int) -> Answer:
    """Until when: the event by which something ceased to be so that had been."""
    was = run.runner.truth(asked.formula, 0, asked.minds) is True
    ended: Record | None = None
    for record in run.runner.records:
        if record.ended > time:
            break
        now = run.runner.truth(asked.formula, record.ended, asked.minds) is True
        if was and not now:
            ended = record
        was = now
    if was:
        return Answer(asked.text, "it is so still", grounds(run, asked.formula, time, asked.minds))
    if ended is None:
        return Answer(asked.text, "it never was so, as far as is told", certain=False)
    return Answer(asked.text, ended.source.text.rstrip("."), of_records([ended]))


def _by_outcome(run: Run, asked: Asked) -> Asked:
    """The same asked of what the act makes so: "how did he die", of one who was shot dead."""
    made = outcome(run, asked.formula)
    return asked if made is None else replace(asked, formula=made)


def brought_about(run: Run, asked: Asked, time: int, unsaid: str) -> Answer:
    """The sentences that made a state what it is."""
    done = deeds(run, asked.formula, time, asked.since)
    if not done:
        asked = _by_outcome(run, asked)
        time = when_so(run, asked.formula, asked.minds, time)
    event = done[-1] if done else _made(run, asked, time)
    earlier = affliction(run, event) if event is not None else None
    if event is not None and earlier is not None:
        # how he died: of a shot
        words = tuple(r.source.text.rstrip(".") for r in (earlier, event))
        return Answer(asked.text, words, of_records([earlier, event]), certain=False)
    because = of_records(done[-1:]) or grounds(run, asked.formula, time, asked.minds)
    if not because or run.runner.truth(asked.formula, time, asked.minds) is False:
        return Answer(asked.text, unsaid, because, certain=False)
    return Answer(asked.text, because[-1].text.rstrip("."), because)


def _made(run: Run, asked: Asked, time: int) -> EventRecord | None:
    """The event that made so what is so in the world."""
    if asked.minds or run.runner.truth(asked.formula, time) is not True:
        return None
    record = record_at(run.runner.records, max(causes(run, asked.formula, time), default=None))
    return record if isinstance(record, EventRecord) else None


def when_so(run: Run, body: f.Formula, minds: tuple[str, ...], time: int) -> int:
    """The last time, up to one, at which something was so (in a mind): who knew it may be dead, or have forgotten."""
    if run.runner.truth(body, time, minds) is True:
        return time
    for record in reversed(run.runner.records):
        if record.ended < time and run.runner.truth(body, record.ended, minds) is True:
            return record.ended
    return time
