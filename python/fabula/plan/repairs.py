"""Repairs: the fewest acts that would mend what is found in a story, each with everybody's reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fabula.engine.records import EventRecord, Record
from fabula.engine.running import Run
from fabula.engine.usual import changeable
from fabula.model import formula as f
from fabula.model.world import PERSON
from fabula.plan.aims import worth_telling
from fabula.plan.names import as_told
from fabula.plan.results import StoryLimits, StoryPlan
from fabula.plan.retelling import Check, Retelling
from fabula.plan.story import Search
from fabula.plan.willing import Willing
from fabula.reasons.means import Budget
from fabula.reasons.rehearsal import rehearse
from fabula.text.span import Span

SECONDS = 10.0  # for each finding
# What somebody may do in a repair whose reasons the story has still to tell, where nobody has any.
BETRAYAL, KINDNESS = frozenset({"betrayal"}), frozenset({"gift", "rescue"})
SPARE = 1  # so many more are looked for, and the best are kept: with reasons, and not by chance


class Place(Protocol):
    """The sentence at fault."""

    @property
    def text(self) -> str: ...
    @property
    def span(self) -> Span: ...


class Cause(Protocol):
    """An event, or a statement (``n`` 0), that a finding comes from."""

    @property
    def n(self) -> int: ...
    @property
    def span(self) -> Span: ...


class Finding(Protocol):
    """A finding that says what has to be so for it to be none."""

    @property
    def because(self) -> Sequence[Cause]: ...

    @property
    def code(self) -> str: ...
    @property
    def event(self) -> Place: ...
    @property
    def goal(self) -> f.Formula | None: ...


@dataclass(frozen=True, slots=True)
class Repair:
    """Sentences that mend a finding, to be told behind ``behind`` (None: at the beginning of the story).

    ``unexplained``: somebody lets out another's secret in it, or does another a kindness, and nothing tells why he would.
    """

    finding: Finding
    plan: StoryPlan
    behind: Span | None
    unexplained: bool = False


def repairs(
    run: Run,
    finding: Finding,
    check: Check,
    count: int = 2,
    limits: StoryLimits | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> list[Repair]:
    """At most ``count`` different repairs of a finding, the fewest acts first; nothing where no act mends it."""
    asked = limits or StoryLimits(author=3, seconds=SECONDS, count=count)
    record = _record(run, finding)
    if record is None or finding.goal is None:
        return []
    before = _before(run, record)
    moment = before.time if before is not None else record.before
    if isinstance(before, EventRecord):
        moment = max(moment, before.settled)
    goal = f.conjunction(
        [changeable(part) for part in f.conjuncts(finding.goal) if not _fixed(part)]
    )
    contents = worth_telling(run, [goal], moment, as_told(run.words, run.model))
    rehearsal = rehearse(run.model, run.words, contents)
    retelling = Retelling(run, moment, check, on=True, at=record)
    found: list[Repair] = []
    learned = isinstance(finding.goal, f.Believes)
    for excused in (frozenset[str](), BETRAYAL if learned else KINDNESS):
        # the story itself has it known afterwards: somebody whose secret it is let it out
        willing = Willing(
            rehearsal,
            Budget(asked.seconds, tick=progress),
            asked,
            [],
            private=False,
            excused=excused,
        )
        words = as_told(rehearsal.state, run.model)
        search = Search(willing, moment, words, _taking_part(run, finding, record))
        behind = before.source.span if before is not None else None
        for plan in search.different([goal], retelling, (finding.code, finding.event.text)):
            found.append(Repair(finding, plan, behind, bool(excused)))
            if len(found) >= count + SPARE:
                break
        if found:
            break
    found.sort(
        key=lambda one: (
            len(one.plan.deeds),
            one.plan.accidents,
            one.plan.idle,
            -len(one.plan.reasons),
        )
    )
    return found[:count]


def _record(run: Run, finding: Finding) -> Record | None:
    """The event or statement at fault: of several in one sentence the one that something speaks against."""
    here = [r for r in run.runner.records if r.source.span == finding.event.span]
    at_fault = [r for r in here if isinstance(r, EventRecord) and r.failures]
    return next(iter(at_fault or here), None)


def _taking_part(run: Run, finding: Finding, record: Record) -> tuple[str, ...]:
    """Who does what is at fault, and what stands against it."""
    spans = {record.source.span, *(cause.span for cause in finding.because)}
    acts = (r for r in run.runner.records if isinstance(r, EventRecord) and r.source.span in spans)
    named = [a for r in acts for _, things in r.groundings for a in things]
    state = run.words
    return tuple(
        dict.fromkeys(a for a in named if a in state.world.things and state.is_a(a, PERSON))
    )


def _before(run: Run, record: Record) -> Record | None:
    """The event or statement told before it."""
    found: Record | None = None
    for other in run.runner.records:
        if other is record:
            return found
        if other.source.span != record.source.span:
            found = other
    return found


def _fixed(formula: f.Formula) -> bool:
    """What no act makes so: of what kind something is."""
    return isinstance(formula, f.IsKind)
