"""Where something is, and where something was done."""

from __future__ import annotations

from dataclasses import replace

from fabula.ask import occasions, which, wishes
from fabula.ask.answer import Answer
from fabula.ask.deeds import came_about, deeds, done_since, named
from fabula.ask.grounds import grounds, of_records
from fabula.ask.moments import times_of
from fabula.ask.spoken import spoken_of
from fabula.ask.wording import bare, one_or_all
from fabula.engine.records import EventRecord
from fabula.engine.rests import Chain, outward, stands_for
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked, Occasion
from fabula.model.world import LOCATION, OUTSIDE, PART, PERSON, PLACE, THING

UNKNOWN = "nobody knows"


def of_thing(run: Run, asked: Asked, time: int) -> Answer:
    """Where somebody or something is, in the world or as a mind takes it to be."""
    thing = stands_for(run, asked.term, time, asked.minds)
    if thing is None:
        return Answer(asked.text, UNKNOWN, certain=False)
    found = around(run, thing, time, asked.minds)
    because = grounds(run, f.Known(f.Value(LOCATION, (f.Const(thing),))), time, asked.minds)
    if not found:
        return Answer(asked.text, UNKNOWN, because, certain=False)
    lying = [place for place in found if not run.words.is_a(place, PERSON)]
    bare_place = bare(run, (lying or found)[0])
    return Answer(asked.text, in_words(run, found), because, bare=(bare_place,))


def everywhere(run: Run, asked: Asked, thing: str, time: int) -> Answer:
    """All the places where somebody or something has been, in order."""
    found: dict[str, int] = {}
    for at in (0, *times_of(run, time)):
        place = run.runner.place_of(thing, at)
        if place is not None and place != OUTSIDE:
            found.setdefault(place, at)
    if not found:
        return Answer(asked.text, UNKNOWN, certain=False)
    where = f.Known(f.Value(LOCATION, (f.Const(thing),)))
    because = tuple(dict.fromkeys(g for at in found.values() for g in grounds(run, where, at)))
    words = tuple(in_words(run, [place]) for place in found)
    return Answer(asked.text, one_or_all(words), because, bare=tuple(bare(run, p) for p in found))


def around(run: Run, thing: str, time: int, chain: Chain) -> list[str]:
    """What a thing is in, from the nearest outward to the first place; a person who carries it counts as it goes."""
    found: list[str] = []
    for here in outward(run, thing, time, chain):
        if here == OUTSIDE:
            break
        found.append(here)
        if run.words.is_a(here, PLACE) and not run.words.is_a(here, "spot"):
            break
    return found


def in_words(run: Run, found: list[str]) -> str:
    """``in the chest in the attic``, ``with Ann in the kitchen``."""
    parts: list[str] = []
    for thing in found:
        words = thing_words(run.words, thing)
        if parts and parts[-1].endswith(words):
            continue  # "on the counter", which is a spot of the counter
        if words.split(" ")[0] in ("behind", "under", "on", "in", "beside", "above", "near"):
            parts.append(words)
        elif run.words.is_a(thing, PERSON):
            parts.append(f"with {words}")
        else:
            parts.append(f"{_preposition(run, thing)} {words}")
    return " ".join(parts)


def _preposition(run: Run, thing: str) -> str:
    """With which word the story says where somebody is who is there."""
    known = run.words.placing.get(thing)
    if known is not None:
        return known
    for record in run.records:
        said = dict(record.happening.prepositions)
        params = run.model.world.actions[record.happening.action].params if said else ()
        for param, arg in zip(params, record.happening.args, strict=False):
            if arg == thing and said.get(param.name) in ("on", "at"):
                return said[param.name]
    return "in"


def _of_state(run: Run, asked: Asked, time: int) -> Answer:
    """Where somebody is wounded: which parts of him are; else where he is."""
    match asked.formula:
        case f.Equals(f.Value(fluent, (f.Const(whose),)), f.Lit(True)):
            pass
        case _:
            return Answer(asked.text, UNKNOWN, certain=False)
    if run.runner.truth(asked.formula, time, asked.minds) is not True:
        return Answer(asked.text, "nowhere", grounds(run, asked.formula, time, asked.minds))
    parts = {
        thing: f.truth(fluent, f.Const(thing))
        for thing, one in run.model.world.things.items()
        if one.owner == whose and run.words.is_a(thing, PART)
    }
    found = [t for t, so in parts.items() if run.runner.truth(so, time, asked.minds) is True]
    if not found:
        return of_thing(run, replace(asked, term=f.Const(whose)), time)
    because = tuple(g for t in found for g in grounds(run, parts[t], time, asked.minds))
    words = ", ".join(f"in {thing_words(run.words, t)}" for t in found)
    return Answer(asked.text, words, because, bare=tuple(bare(run, t) for t in found))


def of_deed(run: Run, asked: Asked, time: int) -> Answer:
    """Where an act was done, or led: the place that it names, or else where its doer was."""
    if asked.moment.word == "occasion" and asked.moment.occasion is not None:
        return _of_occasion(run, asked, asked.moment.occasion, time)
    if asked.var not in f.variables(asked.formula) and not any(
        True for _ in spoken_of(asked.formula)
    ):
        return _of_state(run, asked, time)
    found: list[which.Found] = []
    if asked.var in f.variables(asked.formula):  # the act itself names a place
        found = which.those(run, asked.formula, asked.var, THING, time, asked.minds)
        found = [one for one in found if done_since(run, one.formula, time, asked.since)]
        found = which.latest(run, found, asked.formula, time, asked.since)
    if found:
        things = [one.thing for one in found]
        because = grounds(run, found[-1].formula, time, asked.minds)
        words = ", ".join(thing_words(run.words, t) for t in things)
        return Answer(asked.text, words, because, bare=tuple(bare(run, t) for t in things))
    named = _named_by(run, asked, time)
    if named is not None:
        return named
    plain = f.substitute(asked.formula, {asked.var: f.Const("nothing")})
    records = deeds(run, plain, time, asked.since)
    if not records:
        said = next((d for d in spoken_of(asked.formula) if d.args), None)
        doer = said.args[0] if said is not None else None
        if said is not None and said.to_come and isinstance(doer, f.Const):
            expected = wishes.where_to(run, asked, doer.thing, time)
            if expected is not None:
                return expected
        came = came_about(run, plain, time)
        if came is None:
            return Answer(asked.text, "nowhere", certain=False)
        return _where_done(run, asked, came, doer.thing if isinstance(doer, f.Const) else None)
    record = records[0 if asked.sort == "first" else -1]
    doers = record.groundings[0][1] if record.groundings else ()
    return _where_done(run, asked, record, doers[0] if doers else None)


def _named_by(run: Run, asked: Asked, time: int) -> Answer | None:
    """The place that an act itself names, be it no more than a spot: "under the boat"."""
    records = deeds(run, asked.formula, time, asked.since)
    if not records:
        return None
    record = records[0 if asked.sort == "first" else -1]
    thing = next(named(run, record, asked.formula, asked.var), None)
    if thing is None:
        return None
    words = in_words(run, [thing])
    return Answer(asked.text, words, of_records([record]), bare=(bare(run, thing),))


def _of_occasion(run: Run, asked: Asked, occasion: Occasion, time: int) -> Answer:
    """Where something happened that a noun names: where those were who did it, one after the other."""
    records = occasions.all_of(run, occasion, time)
    places: dict[str, EventRecord] = {}
    for record in records:
        doers = record.groundings[0][1] if record.groundings else ()
        place = run.runner.place_of(doers[0], record.time) if doers else None
        if place is not None and place != OUTSIDE:
            places.setdefault(place, record)
    if not places:
        return Answer(asked.text, UNKNOWN, of_records(records), certain=False)
    words = ", then ".join(in_words(run, [place]) for place in places)
    return Answer(
        asked.text, words, of_records(places.values()), bare=tuple(bare(run, p) for p in places)
    )


def _where_done(run: Run, asked: Asked, record: EventRecord, who: str | None) -> Answer:
    """Where somebody was when something happened."""
    place = run.runner.place_of(who, record.time) if who is not None else None
    if place is None:
        return Answer(asked.text, UNKNOWN, of_records([record]), certain=False)
    return Answer(
        asked.text, in_words(run, [place]), of_records([record]), bare=(bare(run, place),)
    )
