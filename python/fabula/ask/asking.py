"""One question to its answer: read, put at its moment, looked up, and worded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from fabula.ask import (
    about,
    causes,
    chains,
    comparing,
    finding,
    further,
    happenings,
    identity,
    knowing,
    mistakes,
    places,
    sorts,
    throughout,
    ways,
    which,
    witnesses,
)
from fabula.ask.answer import Answer, Ground
from fabula.ask.deeds import done_since
from fabula.ask.grounds import grounds, of_records
from fabula.ask.moments import NoMoment, of_deeds, time_of
from fabula.ask.spoken import spoken_of
from fabula.ask.wishes_asked import wanting
from fabula.ask.wording import bare, listed_answer, number_words, yes_or_no
from fabula.engine.rests import outward
from fabula.engine.running import Run
from fabula.language.asking import question
from fabula.language.say import thing_words
from fabula.language.state import Unreadable
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON
from fabula.problems import TextError


def ask(run: Run, text: str, now: int | None = None) -> Answer:
    """The answer to a question put at a time (the end of the story if None).

    Raises TextError, with the place in the question, where it cannot be read.
    """
    try:
        asked = question(run.words, text)
    except Unreadable as error:
        raise TextError(error.problem) from error
    return answer(run, asked, run.runner.timeline.now if now is None else now)


def answer(run: Run, asked: Asked, now: int) -> Answer:
    """The answer to a question that has been read."""
    find = FORMS.get(asked.form)
    about = _about(asked)
    try:
        if asked.form == "events":
            return happenings.happened(run, asked, now)
        if asked.form == "either":
            return _either(run, asked, now)
        if asked.form == "there":
            return witnesses.there(run, asked, now)
        window = of_deeds(run, asked, now)
        if window is not None:
            time = window[1]
            asked = replace(asked, since=window[0])
        elif find is not None and throughout.asks(asked):
            return throughout.answer(run, asked, now, about, find)
        else:
            time = time_of(run, asked.moment, now, about)
    except NoMoment as error:
        return Answer(asked.text, str(error), certain=False)
    if find is None or not all(run.words.is_a(who, PERSON) for who in asked.minds):
        return Answer(asked.text, "nobody knows", certain=False)
    found = find(run, asked, time)
    if asked.also:
        found = _also(run, asked, found, time, now)
    if asked.instead is not None and not found.because:
        return answer(run, replace(asked.instead, text=asked.text), now)
    return found


def _either(run: Run, asked: Asked, now: int) -> Answer:
    """Which of two things is so; yes where both are, no where neither is."""
    found = [(words, answer(run, one, now)) for words, one in asked.options]
    because = tuple(dict.fromkeys(g for _, one in found for g in one.because))
    so = [words for words, one in found if one.text == "yes"]
    if len(so) == 1:
        return Answer(asked.text, so[0], because, bare=(so[0].removeprefix("the "),))
    sure = all(one.certain for _, one in found)
    words = "both" if so else "neither" if sure else "maybe"
    return Answer(asked.text, words, because, sure, (words,))


def _also(run: Run, asked: Asked, found: Answer, time: int, now: int) -> Answer:
    """The answer, and when, why or how what it says was done: "Bucho, because …"."""
    things, _ = finding.fillers(run, asked, time)
    more = further.besides(asked, things)
    if more is None:
        return found
    second = answer(run, more, now)
    words = (found.text, second.text)
    because = tuple(dict.fromkeys((*found.because, *second.because)))
    return Answer(asked.text, words, because, found.certain and second.certain)


def _about(asked: Asked) -> str | None:
    """Who or what a question is about: it is his, her or its stay that "before the inn" is measured by."""
    if isinstance(asked.term, f.Const):
        return asked.term.thing
    for part in f.conjuncts(asked.formula):
        match part:
            case f.Equals(f.Value(_, (f.Const(thing), *_)), _) | f.Within(f.Const(thing), _):
                return thing
            case f.Equals(f.Const(thing), f.Var()):
                return thing
    return None


def _whether(run: Run, asked: Asked, time: int) -> Answer:
    if asked.once or (asked.past and asked.moment.word == "" and not asked.minds):
        ever = _ever(run, asked, time)
        if asked.once or ever.certain:
            return ever
    held = which.holds(run, asked.formula, time, asked.minds)
    if held is None and any(True for _ in spoken_of(asked.formula)) and not asked.minds:
        held = False  # what was done has been told
    if held and not done_since(run, asked.formula, time, asked.since):
        held = False
    if not held and not asked.minds:
        done, sure = finding.done(run, asked, time)
        if done:
            return Answer(asked.text, "yes", of_records(done), sure, ("yes",))
    if not held and not asked.minds and (said := wanting(run, asked.formula)):
        return Answer(asked.text, "yes", tuple(said.values()), bare=("yes",))
    certain = held is not None
    if held is None and isinstance(asked.formula, f.Within):
        # the kitchen may be one of the school: as long as nobody says so, who is in the one is not in the other
        held = run.runner.evaluate(asked.formula, time, asked.minds)
    because = grounds(run, asked.formula, time, asked.minds)
    if held and isinstance(asked.formula, f.Exists):
        # what it rests on is whoever it is so of; nobody dead knows anything
        some = asked.formula
        found = which.those(run, some.body, some.var, some.kind, time, asked.minds)
        found = which.living(run, found, some.body, some.var, time)
        held = bool(found)
        because = tuple(
            dict.fromkeys(g for x in found for g in grounds(run, x.formula, time, asked.minds))
        )
    return Answer(asked.text, yes_or_no(held), because, certain, (yes_or_no(held),))


def _ever(run: Run, asked: Asked, time: int) -> Answer:
    """Whether something has ever been so, as far as is told."""
    denied = isinstance(asked.formula, f.Not)
    body = asked.formula.body if isinstance(asked.formula, f.Not) else asked.formula
    if isinstance(body, f.Exists):
        some = which.those(run, body.body, body.var, body.kind, time, asked.minds, once=True)
        body, so = (some[0].formula, some[0].so) if some else (body, None)
    else:
        so = which.last_held(run, body, time, asked.minds)
    words = yes_or_no((so is not None) != denied)
    because = grounds(run, body, time if so is None else so, asked.minds)
    return Answer(asked.text, words, because, so is not None, (words,))


def _which(run: Run, asked: Asked, time: int) -> Answer:
    if not asked.count and not asked.minds and (general := sorts.of_kind(run, asked)) is not None:
        return general
    match asked.formula:
        case f.Equals(f.Var(), f.Const(thing)) if not asked.count and not asked.minds:
            if thing_words(run.words, thing).removeprefix("the ") in asked.text:
                return identity.described(run, asked, thing, time)
    things, because = finding.fillers(run, asked, time)
    if asked.count:
        return counted(run, asked, things, because)
    before = finding.earlier(run, asked, time, things) if run.explains else []
    return Answer(
        asked.text,
        listed_answer(run, things, asked.kind),
        because,
        bare=tuple(bare(run, t) for t in things),
        before=tuple(thing_words(run.words, t) for t in before),
    )


def counted(run: Run, asked: Asked, things: Sequence[str], because: tuple[Ground, ...]) -> Answer:
    """How many things there are; how many a group are nobody has said."""
    number = number_words(len(things))
    if not any(run.model.world.things[thing].plural for thing in things):
        return Answer(asked.text, number, because, bare=(number,))
    words = f"{number} (a group counts as one)"
    return Answer(asked.text, words, because, certain=False, bare=(number,))


def _whose(run: Run, asked: Asked, time: int) -> Answer:
    """Whose the things are that are asked about: their owners, or else who has them."""
    things, because = finding.fillers(run, asked, time)
    owners: dict[str, None] = {}
    for thing in things:
        if asked.sort:
            # "Whose wife did he kill?": who has her for a wife
            related = f.truth(asked.sort, f.Const(thing), f.Var("_whose"))
            for one in which.those(run, related, "_whose", PERSON, time):
                owners[one.thing] = None
            continue
        owner = run.model.world.things[thing].owner
        if owner is None:
            around = outward(run, thing, time)
            owner = next((x for x in around if run.words.is_a(x, PERSON)), None)
        if owner is not None:
            owners[owner] = None
    return Answer(
        asked.text,
        listed_answer(run, list(owners), PERSON),
        because,
        certain=bool(owners),
        bare=tuple(bare(run, one) for one in owners),
    )


def _where(run: Run, asked: Asked, time: int) -> Answer:
    match asked.formula:
        case f.Equals(f.Const(thing), f.Var()) if asked.once:
            if asked.moment.word:  # "Where had she been before the inn?"
                return places.of_thing(run, replace(asked, term=f.Const(thing)), time)
            return places.everywhere(run, asked, thing, time)
    if asked.var:
        return places.of_deed(run, asked, time)
    return places.of_thing(run, asked, time)


FORMS: dict[str, Callable[[Run, Asked, int], Answer]] = {
    "whether": _whether,
    "which": _which,
    "whose": _whose,
    "where": _where,
    "kind": identity.answer,
    "quality": sorts.quality,
    "why": causes.why,
    "how": knowing.how,
    "from whom": knowing.from_whom,
    "when": causes.when,
    "since": causes.since,
    "until": causes.until,
    "wrong": mistakes.who,
    "wrong of": mistakes.of,
    "difference": mistakes.difference,
    "compared": comparing.answer,
    "told": happenings.told,
    "teller": happenings.teller,
    "witness": witnesses.saw,
    "about": about.about,
    "led to": chains.led_to,
    "led on": chains.led_on,
    "what if": chains.without,
    "wants": about.wants,
    "times": further.times,
    "instrument": further.instrument,
    "way": ways.way,
}
