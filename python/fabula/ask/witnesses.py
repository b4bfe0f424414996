"""Who saw something happen, and who was there: those who took the event in when it happened."""

from __future__ import annotations

from fabula.ask import occasions, which
from fabula.ask.answer import Answer
from fabula.ask.deeds import deeds
from fabula.ask.grounds import of_records
from fabula.ask.wording import bare, listed_answer, yes_or_no
from fabula.engine.records import EventRecord
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

REGION = "region"


def saw(run: Run, asked: Asked, time: int) -> Answer:
    """Who came to know of an act by the act itself, those apart whom it is about; or whether somebody did."""
    acts = asked.formula.parts if isinstance(asked.formula, f.Or) else (asked.formula,)
    events = deeds(run, asked.formula, time) or occasions.made_so(run, acts, time)
    seen = {one: r for r in events for one in _witnesses(run, r)}
    if asked.term is not None:
        who = stands_for(run, asked.term, time, ())
        held = who in seen
        because = of_records([seen[who]]) if who in seen else ()
        return Answer(asked.text, yes_or_no(held), because, bare=(yes_or_no(held),))
    if asked.sort == "any":
        words = yes_or_no(bool(seen))
        return Answer(asked.text, words, of_records(seen.values()), bare=(words,))
    return Answer(
        asked.text,
        listed_answer(run, list(seen), PERSON),
        of_records(seen.values()),
        bare=tuple(bare(run, one) for one in seen),
    )


def _witnesses(run: Run, record: EventRecord) -> list[str]:
    """Those in whose minds an event is known as done, right behind it and not before."""
    if not record.groundings:
        return []
    action, things = record.groundings[0]
    params = run.model.world.actions[action].params
    terms = [f.Const(thing) for thing in things]
    terms += [f.Const(NOTHING)] * (len(params) - len(terms))
    done = f.truth(f"did:{action}", *terms)
    return [
        one
        for one in which.people(run, record.before)
        if one not in things
        and run.runner.truth(done, record.time, (one,)) is True
        and run.runner.truth(done, record.before, (one,)) is not True
    ]


def there(run: Run, asked: Asked, time: int) -> Answer:
    """Who was in the place of an act when it was done."""
    events = _measured(run, asked, time)
    found: dict[str, EventRecord] = {}
    places = {record.time: _place(run, record) for record in events}
    for record in events:
        place = places[record.time]
        if place is None or run.words.is_a(place, REGION):
            continue  # of the whole town nobody was there for being in it
        for one in which.people(run, record.before):
            if run.runner.place_of(one, record.time) == place:
                found.setdefault(one, record)
    names = which.without_parts(run, found)
    return Answer(
        asked.text,
        listed_answer(run, names, PERSON),
        of_records(events),
        bare=tuple(bare(run, one) for one in names),
    )


def _place(run: Run, record: EventRecord) -> str | None:
    doers = record.groundings[0][1] if record.groundings else ()
    return run.runner.place_of(doers[0], record.time) if doers else None


def _measured(run: Run, asked: Asked, time: int) -> list[EventRecord]:
    moment = asked.moment
    if moment.occasion is not None:
        return occasions.all_of(run, moment.occasion, time)
    if moment.deed is None:
        return []
    acts = moment.deed.parts if isinstance(moment.deed, f.Or) else (moment.deed,)
    return (deeds(run, moment.deed, time) or occasions.made_so(run, acts, time))[-1:]
