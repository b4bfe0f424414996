"""What could be told otherwise where no act mends a finding: by somebody else, at another time, or less deadly."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from fabula.engine.records import EventRecord, Literal, Record
from fabula.engine.running import Run, run_model
from fabula.engine.stage import deed_told
from fabula.language.say import event_words, thing_words
from fabula.model import formula as f
from fabula.model.story import Happening, Stated, Step
from fabula.model.world import DESCRIPTION, PERSON
from fabula.plan.repairs import Finding
from fabula.plan.retelling import Check
from fabula.problems import TextError
from fabula.reasons.rehearsal import Rehearsal, rehearse
from fabula.reasons.wording import capital, happening
from fabula.text.span import Span

SECONDS = 6.0  # for each finding
FAR = 8  # so many sentences up or down something is moved
MILDER = (("wounded", True), ("conscious", False), ("captive", True))  # instead of a death
DEAD = "alive"


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence ``told`` to stand for the one at ``at``; or, where it is moved, before or after the one at ``place``.

    ``n``: the number of the event that is told otherwise; ``where``: "instead", "before" or "after"; ``beside``: the
    number of the event before or after which it comes.
    """

    where: str
    told: str
    at: Span
    n: int
    place: Span
    beside: int = 0


def rewordings(
    run: Run, finding: Finding, at: Span, check: Check, count: int = 3, seconds: float = SECONDS
) -> list[Rewording]:
    """What could be told otherwise so that a finding is gone and no other has come; ``at`` is the sentence at fault."""
    records = list(run.runner.records)
    record = next((r for r in records if r.source.span == at), None)
    if record is None or not _alone(run, record):
        return []
    tried = _Attempt(run, finding, check, time.process_time() + seconds)
    events = [r for r in records if isinstance(r, EventRecord)]
    causes = [r for cause in finding.because if cause.n and (r := _numbered(events, cause.n))]
    ways: list[Iterator[Rewording]] = []
    if isinstance(record, EventRecord):
        ways = [_by_another(tried, record), _less_deadly(tried, record, events)]
    ways.append(_moved(tried, record, records, causes))
    return list(islice(chain.from_iterable(islice(way, 1) for way in ways), count))


@dataclass(slots=True)
class _Attempt:
    """Tells the story with one step changed, and looks whether that mends the finding."""

    run: Run
    finding: Finding
    check: Check
    until: float
    known: set[tuple[str, str]] | None = None
    rehearsal: Rehearsal | None = None

    def mends(self, steps: Sequence[Step], changed: Sequence[Step]) -> bool:
        """Whether nothing is impossible in what is changed, and nothing is found that was not found before."""
        if time.process_time() > self.until:
            return False
        if self.known is None:
            self.known = {(one.code, one.event.text) for one in self.check(self.run)}
        model = replace(self.run.model, steps=tuple(steps))
        try:
            again = Run(model, self.run.words, run_model(model, self.run.words))
        except TextError:
            return False
        fresh = {id(step) for step in changed}
        if any(r.failures for r in again.records if id(r.happening) in fresh):
            return False
        mended = (self.finding.code, self.finding.event.text)
        return {(one.code, one.event.text) for one in self.check(again)} <= self.known - {mended}

    def rehearsed(self) -> Rehearsal:
        """The story with all acts at hand."""
        if self.rehearsal is None:
            self.rehearsal = rehearse(self.run.model, self.run.words)
        return self.rehearsal


def _numbered(records: list[EventRecord], n: int) -> EventRecord | None:
    return next((r for r in records if r.n == n), None)


def _alone(run: Run, record: Record) -> bool:
    """Whether a sentence tells of one event and no more."""
    return sum(1 for r in run.runner.records if r.source.span == record.source.span) == 1


def _swapped(steps: Sequence[Step], old: Happening, new: Happening) -> list[Step]:
    return [new if step is old else step for step in steps]


def _said(tried: _Attempt, new: Happening) -> str:
    return capital(event_words(tried.run.words, new)) + "."


def _said_of(tried: _Attempt, event: Happening, actor: str, other: str, new: Happening) -> str:
    """The sentence as it stands, with another name where it begins with whoever acts."""
    state, text = tried.run.words, event.source.text
    known, name = capital(thing_words(state, actor)), capital(thing_words(state, other))
    alike = state.world.things[actor].plural == state.world.things[other].plural
    if alike and text.startswith(f"{known} ") and f" {known} " not in text[1:]:
        return name + text[len(known) :]
    return _said(tried, new)


def _by_another(tried: _Attempt, record: EventRecord) -> Iterator[Rewording]:
    """The same done by somebody else: those first who have what it takes, and who are there."""
    run, event = tried.run, record.happening
    state = run.words
    actor = event.args[0] if event.args else None
    if not isinstance(actor, str) or actor not in state.world.things or event.together:
        return
    place = run.runner.place_of(actor, record.before)
    others = [
        t
        for t, thing in state.world.things.items()
        if t not in event.args and state.is_a(t, PERSON) and DESCRIPTION not in thing.kinds
    ]
    things = [a for a in event.args if isinstance(a, str) and a in state.world.things]

    def far(person: str) -> tuple[bool, bool]:
        has = any(
            run.runner.evaluate(f.Within(f.Const(t), f.Const(person)), record.before)
            for t in things
        )
        return not has, run.runner.place_of(person, record.before) != place

    others.sort(key=far)
    for other in others[:FAR]:
        new = replace(event, args=(other, *event.args[1:]))
        if tried.mends(_swapped(run.model.steps, event, new), [new]):
            span = record.source.span
            told = _said_of(tried, event, actor, other, new)
            yield Rewording("instead", told, span, record.n, span)


def _less_deadly(
    tried: _Attempt, record: EventRecord, records: list[EventRecord]
) -> Iterator[Rewording]:
    """What killed somebody who goes on to act, told as something that he survives."""
    run = tried.run
    deaths = dict.fromkeys(
        (literal.args[0], literal.cause)
        for failure in record.failures
        for literal in failure.literals
        if literal.fluent == DEAD and literal.cause is not None
    )
    for victim, cause in deaths:
        death = next((r for r in records if r.before < cause <= max(r.time, r.settled)), None)
        if death is None or not _alone(run, death):
            continue
        own = deed_told(run.runner, death)
        if own is None or len(own.args) < 2 or own.args[0] == victim:
            continue
        rehearsal = tried.rehearsed()
        stage = rehearsal.after(death.before)
        for fluent, value in MILDER:
            literal = Literal(fluent, (victim,), value, None, None, "")
            ways = rehearsal.repertoire.achieving(stage, literal, (own.args[0],), own.args, 1)
            same = sorted(ways, key=lambda d: set(own.args) - set(d.args) != set())
            for deed in same[:FAR]:
                new = replace(happening(deed), n=death.happening.n, source=death.source)
                new = replace(new, gap=death.happening.gap)
                if tried.mends(_swapped(run.model.steps, death.happening, new), [new]):
                    span = death.source.span
                    yield Rewording("instead", _said(tried, new), span, death.n, span)


def _moved(
    tried: _Attempt, record: Record, records: list[Record], causes: list[EventRecord]
) -> Iterator[Rewording]:
    """The same before what stands against it, or later; not far out of its way."""
    at = records.index(record)
    first = min((records.index(cause) for cause in causes), default=at)
    # what somebody does not know here he did not know before
    unlearned = isinstance(tried.finding.goal, f.Believes)
    earlier = range(first, max(first - FAR, -1), -1) if causes and not unlearned else ()
    old = _step(record)
    for other in (*earlier, *range(at + 1, min(at + 1 + FAR, len(records)))):
        beside = records[other]
        if not isinstance(beside, EventRecord) or not _alone(tried.run, beside):
            continue
        where = "before" if other < at else "after"
        rest = [step for step in tried.run.model.steps if step is not old]
        own = next(i for i, step in enumerate(rest) if step is beside.happening)
        cut = own if where == "before" else own + 1
        new = replace(old)
        if tried.mends([*rest[:cut], new, *rest[cut:]], [new]):
            n = record.n if isinstance(record, EventRecord) else record.stated.n
            spans = (record.source.span, n, beside.source.span, beside.n)
            yield Rewording(where, record.source.text, *spans)


def _step(record: Record) -> Happening | Stated:
    """What of the story an event or a statement is."""
    return record.happening if isinstance(record, EventRecord) else record.stated


__all__ = ["Rewording", "rewordings"]
