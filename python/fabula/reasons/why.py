"""Why somebody does what a story tells, in words: for one event, everybody who has to want it, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.engine.stage import Stage
from fabula.language.say import thing_words
from fabula.language.state import State
from fabula.model.world import PERSON
from fabula.reasons.asserted import deeds_of
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget
from fabula.reasons.motives import Account, Motives
from fabula.reasons.wording import Ground, capital, deed_words, grounds, possessive, wanting
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class CitedEvent:
    """The event that is asked about."""

    n: int
    text: str
    span: Span
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonInWords:
    """``want`` is what is served; ``plan`` begins with the act; ``raises`` the utility before and after, in that mind.

    ``otherwise``: what it keeps from happening; ``misleads``: who is not to find out; ``finds``: who is to be found; ``sake``: for whose good it is; ``harms``: own wants that suffer.
    """

    want: str
    plan: tuple[str, ...]
    raises: tuple[float, float]
    otherwise: tuple[str, ...]
    misleads: tuple[str, ...]
    harms: tuple[str, ...]
    rests_on: tuple[Ground, ...]
    finds: tuple[str, ...] = ()
    sake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyInWords:
    """Why ``person`` takes part in ``event``. ``expected``: who takes him to be about to do what he is asked why for.

    ``weighs`` is empty for idle acts, which need no reason. ``over``: the time was over before all was looked at.
    """

    event: CitedEvent
    person: str
    weighs: tuple[str, ...]
    reasons: tuple[ReasonInWords, ...]
    against: tuple[str, ...] = ()
    expected: str | None = None
    over: bool = False
    act: str = ""


WEIGHS = {
    "harm": "it harms {}",
    "rescue": "it frees {}",
    "gift": "something of {own} goes to {}",
    "lie": "it deceives {}",
    "order": "it binds {} to something",
    "betrayal": "it gives away a secret to {}",
    "theft": "it takes something from {}",
    "exposure": "it shows an enemy where {} is",
    "crossing": "it goes against what {} wants",
    "admission": "it tells {} what he is up against",
    "damage": "it spoils {}",
    "sacrifice": "it costs {} what everybody wants",
}


def why(run: Run, event: str, most: int = 2, seconds: float = 10.0) -> list[WhyInWords]:
    """Why the event with this number, or those that cite this id, happen; raises LookupError where there is none."""
    records = events_called(run, event)
    motives = Motives(run, seconds)
    state = motives.rehearsal.state
    found: list[WhyInWords] = []
    for record in records:
        source = record.source
        cited = CitedEvent(record.n, source.text, source.span, source.citations)
        found.extend(_account(cited, state, motives, a) for a in motives.of(record, most))
        found.extend(_expected(motives, record, cited, seconds))
    return found


def _account(cited: CitedEvent, state: State, motives: Motives, account: Account) -> WhyInWords:
    about = [
        (w.kind, thing_words(state, w.about) if w.about in state.world.things else "others")
        for w in account.weights
    ]
    return WhyInWords(
        cited,
        thing_words(state, account.person),
        tuple(
            WEIGHS[kind].format(whom, own=f"{possessive(state, account.person)} own")
            for kind, whom in about
        ),
        tuple(_in_words(motives, account.record, state, r) for r in account.reasons),
        tuple(wanting(state, w) for w in account.against),
        over=account.over,
        act=account.record.source.text,
    )


def events_called(run: Run, event: str) -> list[EventRecord]:
    """The events with a number, or that cite an id; raises LookupError."""
    text = str(event).strip()
    cited = [r for r in run.records if text in r.source.citations]
    if cited:
        return cited
    numbered = [r for r in run.records if text.isdigit() and r.n == int(text)]
    if numbered:
        return numbered
    run.time_after(text)  # raises LookupError with what there is
    raise LookupError(f"what cites {text} is no event: nobody does anything in it")


def _in_words(
    motives: Motives, record: EventRecord, state: State, reason: Reason, told: bool = True
) -> ReasonInWords:
    first = record.source.text.rstrip(".") if told else capital(deed_words(state, reason.plan[0]))
    return ReasonInWords(
        wanting(state, reason.want),
        (first, *(capital(deed_words(state, d)) for d in reason.plan[1:])),
        reason.raises,
        tuple(capital(deed_words(state, d)) for d in reason.threat),
        tuple(thing_words(state, one) for one in reason.misleads),
        tuple(wanting(state, w) for w in reason.harms),
        tuple(grounds(motives.rehearsal.runner, record, reason)),
        tuple(thing_words(state, one) for one in reason.finds),
        tuple(thing_words(state, one) for one in reason.sake),
    )


def _expected(
    motives: Motives, record: EventRecord, cited: CitedEvent, seconds: float
) -> Iterator[WhyInWords]:
    """For what somebody is said to be about to do: why he would, as whoever says so sees it."""
    runner, state = motives.rehearsal.runner, motives.rehearsal.state
    if not record.groundings:
        return
    named = [a for a in record.happening.args if isinstance(a, str)]
    contents = [state.world.contents[a] for a in named if a in state.world.contents]
    sayer = record.groundings[0][1][0] if record.groundings[0][1] else ""
    if not contents or sayer not in state.world.things or not state.is_a(sayer, PERSON):
        return
    for content in contents:
        for deed in deeds_of(state.world, content.formula, "will:"):
            doer = deed.args[0]
            if doer not in state.world.things or doer == sayer or not state.is_a(doer, PERSON):
                continue
            stage = Stage.after(runner, record.before, (sayer,))
            stage.suppose()
            explainer = Explainer(motives.rehearsal.repertoire, Budget(seconds))
            reason = explainer.reason(stage, deed, doer)
            reasons = (_in_words(motives, record, state, reason, False),) if reason else ()
            yield WhyInWords(
                cited,
                thing_words(state, doer),
                (),
                reasons,
                expected=thing_words(state, sayer),
                act=capital(deed_words(state, deed)),
            )
