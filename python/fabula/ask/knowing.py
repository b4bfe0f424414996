"""How somebody knows something: the acts by which it came to him, from who saw it first to who told him last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.ask.answer import Answer
from fabula.ask.causes import brought_about, when_so
from fabula.ask.grounds import grounds, of_records
from fabula.ask.wording import one_or_all
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import Chain, atoms
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model import formula as f
from fabula.model.asked import Asked

MOST_TELLERS = 20


@dataclass(frozen=True, slots=True)
class Link:
    """One step of how something became known: who learned it by what, and who told it, where somebody did."""

    who: str
    record: Record
    teller: str | None


def how(run: Run, asked: Asked, time: int) -> Answer:
    """How something came about or, where it is asked of a mind, how it came to be known there."""
    minds, body = _in_mind(asked.formula, asked.minds)
    if not minds:
        return brought_about(run, asked, time, "nobody says how")
    who = thing_words(run.words, minds[-1])
    time = when_so(run, body, minds, time)
    if run.runner.truth(body, time, minds) is not True:
        return Answer(asked.text, f"{who} does not know it", certain=False)
    links = list({(c.who, c.record.ended): c for c in chain(run, body, minds, time)}.values())
    if not links:
        because = grounds(run, body, time, minds)
        return Answer(asked.text, f"{who} has known it from the beginning", because)
    links.sort(key=lambda link: link.record.ended)
    words = tuple(dict.fromkeys(_words(run, link) for link in links))
    because = of_records(link.record for link in links)
    return Answer(asked.text, one_or_all(words), because)


def from_whom(run: Run, asked: Asked, time: int) -> Answer:
    """Who told somebody what he knows."""
    minds, body = _in_mind(asked.formula, asked.minds)
    time = when_so(run, body, minds, time) if minds else time
    known = bool(minds) and run.runner.truth(body, time, minds) is True
    links = (
        [link for link in chain(run, body, minds, time) if link.who == minds[-1]] if known else []
    )
    tellers = tuple(
        dict.fromkeys(thing_words(run.words, link.teller) for link in links if link.teller)
    )
    because = of_records(link.record for link in links)
    if not tellers:
        return Answer(asked.text, "nobody", because)
    return Answer(asked.text, one_or_all(tellers), because)


def _in_mind(formula: f.Formula, minds: Chain) -> tuple[Chain, f.Formula]:
    """Whose mind something is asked of, and what is believed there."""
    match formula:
        case f.Believes(f.Const(who), body):
            return _in_mind(body, (*minds, who))
    return minds, formula


def chain(
    run: Run, body: f.Formula, minds: Chain, time: int, told: frozenset[Chain] = frozenset()
) -> Iterator[Link]:
    """By which acts what a formula rests on came to a mind, and to whoever told of it before."""
    for fluent, args, mind in atoms(run, body, time, minds):
        cause = run.runner.cause(fluent, args, time, mind)
        record = record_at(run.runner.records, cause)
        if record is None:
            continue
        teller = _teller(run, record, minds[-1])
        yield Link(minds[-1], record, teller)
        if teller is None or len(told) >= MOST_TELLERS:
            continue
        before = (*minds[:-1], teller)
        if before not in told and isinstance(record, EventRecord):
            yield from chain(run, body, before, record.before, told | {minds, before})


def _teller(run: Run, record: Record, hearer: str) -> str | None:
    """Who speaks in an event by which somebody else learned something."""
    if not isinstance(record, EventRecord) or record.happening.attempt:
        return None
    action = run.model.world.actions[record.happening.action]
    for effect in action.effects:
        if isinstance(effect, f.Tell) and isinstance(effect.speaker, f.Var):
            roles = [p.name for p in action.params]
            speaker = record.happening.args[roles.index(effect.speaker.name)]
            if isinstance(speaker, str) and speaker != hearer:
                return speaker
    return None


def _words(run: Run, link: Link) -> str:
    """The sentence by which somebody learned something, with how, where that is not plain from it."""
    text = link.record.source.text.rstrip(".")
    if link.teller is not None or not isinstance(link.record, EventRecord):
        return text
    if any(link.who in things for _, things in link.record.groundings):
        return text
    return f"{text}, and {thing_words(run.words, link.who)} sees it"
