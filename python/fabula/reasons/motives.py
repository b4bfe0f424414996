"""The reasons for what a story tells: event by event, who does something that weighs, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.engine.stage import Deed, Stage, deeds_told
from fabula.model import formula as f
from fabula.reasons.concerns import things_of
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget, Plan
from fabula.reasons.rehearsal import Rehearsal, rehearse
from fabula.reasons.wants import Want, utility, wants
from fabula.reasons.weight import Weight, weights

SECONDS = 2.0  # for each event
MANY = 4  # so many of those an act is done to are looked at
PURPOSE = 2  # so many more reasons are looked at where the text says what an act is for


@dataclass(frozen=True, slots=True)
class Account:
    """Why somebody takes part in an event. ``reasons`` is empty where none was found.

    ``believed``: whether he takes the act to be possible; ``against``: his wants that it goes against; ``over``: the
    time was over before everything was looked at.
    """

    record: EventRecord
    deed: Deed
    person: str
    weights: tuple[Weight, ...]
    reasons: tuple[Reason, ...]
    against: tuple[Want, ...] = ()
    over: bool = False

    @property
    def stated_reason(self) -> bool:
        """Whether the text says itself why: "because …"."""
        return self.record.happening.because is not None

    @property
    def reason(self) -> Reason | None:
        """The plainest reason."""
        return self.reasons[0] if self.reasons else None


class Motives:
    """The reasons of a story that was run. The story is run once more, with all acts at hand."""

    def __init__(self, run: Run, seconds: float = SECONDS) -> None:
        self.rehearsal: Rehearsal = rehearse(run.model, run.words)
        self.seconds = seconds
        self._records = {
            (r.n, r.source.span): r
            for r in self.rehearsal.runner.records
            if isinstance(r, EventRecord)
        }

    def of(self, record: EventRecord, most: int = 1, weighty: bool = False) -> list[Account]:
        """Why everybody who has to want an event does; with ``weighty``, nothing for those that weigh nothing."""
        own = self._records.get((record.n, record.source.span), record)
        deeds = list(deeds_told(self.rehearsal.runner, own))
        if not deeds or record.happening.unmeant:
            return []
        deed = deeds[0]
        stage = self.rehearsal.after(own.before)
        budget = Budget(self.seconds)
        explainer = Explainer(self.rehearsal.repertoire, budget)
        found: list[Account] = []
        for person in explainer.consenting(deed):
            heavy = tuple(weights(stage, deed, person))
            if weighty and not heavy:
                continue
            # what is done to many is done for the sake of whoever makes it worth while
            each = chain.from_iterable(explainer.reasons(stage, d, person) for d in deeds[:MANY])
            reasons = _first(each, most, stage, record)
            against = () if reasons else _against(stage, deed, person)
            found.append(
                Account(record, deed, person, heavy, tuple(reasons), against, budget.over())
            )
        return found

    def all(
        self, records: list[EventRecord], progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Account]:
        """The accounts of all events that weigh something, in order."""
        for done, record in enumerate(records):
            if progress is not None:
                progress(done, len(records))
            yield from self.of(record, weighty=True)

    def serves(self, account: Account) -> bool:
        """Whether the reason that the text states is one: with it in mind, the act serves a want, or it pays back.

        What those did to whom an act is done may be held against them, whatever it was, and so may what one feels for them.
        """
        because = account.record.happening.because
        if because is None:
            return False
        if isinstance(because, f.Believes) and because.who == f.Const(account.person):
            because = because.body
        own = self._records.get((account.record.n, account.record.source.span), account.record)
        stage = self.rehearsal.after(own.before)
        touched = {weight.about for weight in account.weights}
        for part in f.conjuncts(because):
            match part:
                case f.Equals(f.Value(fluent, args), right) if all(
                    isinstance(a, f.Const) for a in args
                ):
                    things = tuple(a.thing for a in args if isinstance(a, f.Const))
                    paid_back = fluent.startswith("did:") and set(things[:1]) & touched
                    felt = things[:1] == (account.person,) and set(things[1:]) & touched
                    if paid_back or felt:
                        return True
                    stage.believe(account.person, fluent, things, right)
        explainer = Explainer(self.rehearsal.repertoire, Budget(self.seconds))
        return explainer.reason(stage, account.deed, account.person) is not None


def _different(found: Iterator[Reason]) -> Iterator[Reason]:
    """Each plan that serves a want once, though it be found in two ways."""
    seen: set[tuple[Plan, f.Formula]] = set()
    for reason in found:
        key = (reason.plan, reason.want.goal)
        if key not in seen:
            seen.add(key)
            yield reason


def _first(found: Iterator[Reason], most: int, stage: Stage, record: EventRecord) -> list[Reason]:
    """The plainest reasons; where the text says what an act is for, those that have to do with it before others."""
    found = _different(found)
    purpose = record.happening.purpose
    if purpose is None or purpose.formula is None:
        return list(islice(found, most))
    aim = things_of(stage, purpose.formula) - {
        a for a in record.happening.args if isinstance(a, str)
    }
    reasons = list(islice(found, most + PURPOSE))
    reasons.sort(key=lambda r: not things_of(stage, r.want.goal) & aim)
    return reasons[:most]


def _against(stage: Stage, deed: Deed, person: str) -> tuple[Want, ...]:
    """Which of his own wants somebody acts against, as far as he can tell."""
    mind = stage.imagine(person)
    mind.suppose()
    held = wants(mind, person)
    _, before = utility(mind, held)
    if not mind.do(deed, True):
        return ()
    _, after = utility(mind, held)
    return tuple(want for want in held if want.goal in before and want.goal not in after)
