"""Plans on a story: what could happen from some moment on, so that something comes to be, and why people would do it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from fabula.engine.records import Literal
from fabula.engine.running import Run
from fabula.engine.stage import Deed, Stage
from fabula.language.questions import statement
from fabula.language.say import thing_words
from fabula.language.state import State
from fabula.model import formula as f
from fabula.plan.aims import concerned, known, things_in, worth_telling
from fabula.plan.names import as_told
from fabula.plan.outcome import outcome
from fabula.plan.results import StoryLimits, StoryPlan, StoryPlans, StoryReason
from fabula.plan.retelling import Check, Retelling
from fabula.plan.willing import Willing
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget, Means, Memo, Plan, kept_apart, unmet
from fabula.reasons.reach import locked_ways
from fabula.reasons.rehearsal import Rehearsal, rehearse
from fabula.reasons.wants import Want, definite, met, wants
from fabula.reasons.wording import capital, deed_words, wanting

# Passes of a search: how far to fall back from plain acts, whether only those act whom it concerns, and how much of the
# time that is left it takes. A stranger who does the decisive thing for nothing comes where nothing else does.
PASSES = ((0, True, 0.15), (0, False, 0.6), (1, False, 0.5), (2, False, 1.0))
FAVOUR = 2  # how much more idle than to go somewhere it is to do something for others for nothing
Progress = Callable[[int, float], None]


def plan_story(
    run: Run,
    goal: str,
    check: Check,
    *,
    after: str | int | None = None,
    without: Sequence[str] = (),
    through: Sequence[str] = (),
    limits: StoryLimits | None = None,
    progress: Progress | None = None,
) -> StoryPlans:
    """Looks for what could happen after an event (its number or a cited id; before all events if None).

    ``without``: statements that may never become so on the way, such as "El shoots Bucho"; ``through``: those that
    have to become so, in this order. ``check`` tells what is found in a story: in a plan nothing may be. Raises ValueError for a sentence that cannot be read, and LookupError for an
    event that is not there.
    """
    asked = limits or StoryLimits()
    words = run.words
    aims = [known(statement(words, text)) for text in (*through, goal)]
    barred = [statement(words, text) for text in without]
    moment = run.time_after(0 if after is None else after)
    rehearsal = rehearse(
        run.model, words, worth_telling(run, aims, moment, as_told(words, run.model))
    )
    found = StoryPlans(goal, limits=asked)
    willing = Willing(rehearsal, Budget(asked.seconds, tick=progress), asked, barred)
    search = Search(willing, moment, as_told(rehearsal.state, run.model))
    retelling = Retelling(run, moment, check)
    began = time.monotonic()
    try:
        for told in search.different(aims, retelling):
            found.plans.append(told)
            if len(found.plans) >= asked.count:
                break
        else:
            found.stopped = "time" if search.budget.over() else "exhausted"
    except KeyboardInterrupt:
        found.stopped = "interrupted"
    found.tried = search.budget.tried
    found.seconds = time.monotonic() - began
    return found


@dataclass(slots=True)
class Search:
    """One search from one moment. ``concerned``: whom it concerns besides those whom the aims name or please."""

    willing: Willing
    moment: int
    words: State
    concerned: tuple[str, ...] = ()
    memos: dict[tuple[object, ...], Memo] = field(default_factory=dict)

    @property
    def rehearsal(self) -> Rehearsal:
        """The story with all acts at hand."""
        return self.willing.rehearsal

    @property
    def budget(self) -> Budget:
        """How much may be tried in all."""
        return self.willing.budget

    def plans(
        self, aims: list[f.Formula], reserve: int, budget: Budget, actors: tuple[str, ...] = ()
    ) -> Iterator[Plan | None]:
        """Plans that reach all aims, one after the other, the shortest first; None when those of a length are through."""
        for length in range(self.willing.limits.author + 1):
            stage = self.rehearsal.after(self.moment)
            yield from self._through(stage, aims, length, reserve, budget, actors)
            yield None
            if budget.over():
                return

    def different(
        self, aims: list[f.Formula], retelling: Retelling, mended: tuple[str, str] | None = None
    ) -> Iterator[StoryPlan]:
        """Plans that hold, each with something else done by somebody; ``mended``: the finding that is to go by it.

        What merely befalls people, and acts that say little of how, come where nothing else does. Those in which
        everybody acts for a reason of his own come before those of up to one act less in which somebody does not.
        """
        seen: set[frozenset[Deed]] = set()
        outcomes: set[frozenset[tuple[object, ...]]] = set()
        own = concerned(self.rehearsal.after(self.moment), aims, self.concerned)
        for reserve, few, share in PASSES:
            if few and not own:
                continue
            budget = self.budget.share(share)
            idle: list[StoryPlan] = []
            waiting: list[StoryPlan] = []
            favours: list[StoryPlan] = []
            for plan in self.plans(aims, reserve, budget, own if few else ()):
                if plan is None:
                    yield from _others(waiting, outcomes)
                    waiting, idle = idle, []
                    continue
                if frozenset(plan) in seen or not self.minimal(plan, aims):
                    continue
                seen.add(frozenset(plan))
                told = self.told(plan, retelling, aims, mended=mended)
                if told is None:
                    continue
                if told.idle >= FAVOUR and mended is None:
                    favours.append(told)
                elif told.idle and mended is None:
                    idle.append(told)
                else:
                    yield from _others([told], outcomes)
            yield from _others([*waiting, *idle], outcomes)
            yield from _others(favours, outcomes)

    def _through(
        self,
        stage: Stage,
        aims: list[f.Formula],
        left: int,
        reserve: int,
        budget: Budget,
        actors: tuple[str, ...],
    ) -> Iterator[Plan]:
        """Plans of just so many acts; with ``actors``, by them alone."""
        aim = definite(stage, aims[0])
        here = stage.timeline.now
        likely = tuple(things_in(f.conjunction(aims)))
        search = Means(self.rehearsal.repertoire, budget, self.willing.allowed, actors, likely)
        search.motives, search.reserve = self.willing, reserve
        search.memo = self.memos.setdefault((actors, reserve), search.memo)
        for plan in search.plans(stage, aim, left):
            if len(aims) == 1:
                if len(plan) == left:
                    yield plan
                continue
            stage.back(here)
            if all(stage.do(deed) for deed in plan):
                later = left - len(plan)
                for rest in self._through(stage, aims[1:], later, reserve, budget, actors):
                    yield (*plan, *rest)
            stage.back(here)

    def minimal(self, plan: Plan, aims: list[f.Formula]) -> bool:
        """Whether no act can be left out: without any of them the aims are not reached."""
        return not any(self._reaches((*plan[:i], *plan[i + 1 :]), aims) for i in range(len(plan)))

    def _reaches(self, plan: Plan, aims: list[f.Formula]) -> bool:
        stage = self.rehearsal.after(self.moment)
        left = list(aims)
        for deed in (None, *plan):
            if deed is not None:
                prospect = stage.foresee(deed)
                if prospect is None or kept_apart(stage, deed, prospect):
                    return False
                if locked_ways(stage, deed) or not stage.do(deed):
                    return False
            while left and stage.truth(left[0]) is True:
                left.pop(0)
        return not left

    def told(
        self,
        plan: Plan,
        retelling: Retelling,
        aims: list[f.Formula],
        more: int = 1,
        mended: tuple[str, str] | None = None,
    ) -> StoryPlan | None:
        """A plan in words, with reasons; None where it does not hold when the story is really told so.

        Who prepares something that he could not have in mind yet is told what he needs to know, if somebody can.
        """
        stage = self.rehearsal.after(self.moment)
        explainer = self.willing.explainer()
        state = self.rehearsal.state
        reasons: list[StoryReason] = []
        idle: dict[str, list[Want]] = {}
        unaware: dict[str, list[Want]] = {}
        acts = 0
        for step, deed in enumerate(plan):
            for person in explainer.consenting(deed):
                if not self.willing.heavy(stage, deed, person):
                    purpose = self._preparing(stage, plan[step:], person, explainer)
                    if purpose is None:
                        informed = self._informed(stage, plan, step, person, explainer)
                        if informed is None or not more:
                            return None
                        return self.told(informed, retelling, aims, more - 1, mended)
                    if purpose:
                        reasons.append(self._worded(step, person, purpose[0], plan[step:]))
                        continue
                    parts = self.willing.parts(stage, deed, person)
                    if (parts or person == deed.args[0]) and (
                        self.willing.reason(stage, deed, person) is None
                    ):
                        light = not parts and self.willing.light(deed)
                        acts += 1 if light else FAVOUR
                        had = [want for want in wants(stage, person) if met(stage, want)]
                        (unaware if light else idle).setdefault(person, had)
                    continue
                reason = self.willing.serving(stage, plan[step:], person)
                reason = reason or self.willing.reason(stage, deed, person)
                if reason is None:
                    return None
                reasons.append(self._worded(step, person, reason, reason.plan))
            if not stage.do(deed):
                return None
        # nobody lends a hand to what takes from him what he wants
        if any(not met(stage, want) for held in idle.values() for want in held):
            return None
        # nor does anybody walk into his own death, but by chance
        acts += sum(
            FAVOUR for held in unaware.values() if any(not met(stage, want) for want in held)
        )
        again, sentences = retelling.worded(plan, self.words, state)
        if again is None or not retelling.faultless(again, mended):
            return None
        accidents = sum(1 for deed in plan if not explainer.consenting(deed))
        changes = outcome(self.rehearsal.after(self.moment), plan, aims)
        return StoryPlan(sentences, plan, tuple(reasons), changes, accidents, acts)

    def _preparing(
        self, stage: Stage, rest: Plan, person: str, explainer: Explainer
    ) -> list[Reason] | None:
        """For an idle act: what the same person goes on to do that weighs, if he can have that in mind already.

        An empty list is an act that prepares nothing; None is one that prepares what he could not know of yet.
        """
        later = next(
            (
                at
                for at, deed in enumerate(rest)
                if at and person in explainer.consenting(deed) and deed.args[0] == person
            ),
            None,
        )
        if later is None:
            return []
        here = stage.timeline.now
        if not all(stage.do(deed) for deed in rest[:later]):
            stage.back(here)
            return []
        own: Reason | None = None
        if self.willing.heavy(stage, rest[later], person):
            own = self.willing.reason(stage, rest[later], person)
        reason = own or self.willing.serving(stage, rest[later:], person)
        stage.back(here)
        if reason is None:
            return []
        if self._unknown_to(stage, rest[: later + 1], person, explainer):
            return None if own is not None else []
        return [reason]

    def _informed(
        self, stage: Stage, plan: Plan, step: int, person: str, explainer: Explainer
    ) -> Plan | None:
        """The plan with somebody told where the other is, before he sets out."""
        later = next(at for at in range(step + 1, len(plan)) if plan[at].args[0] == person)
        if self._unknown_to(stage, plan[step : later + 1], person, explainer) is None:
            return None
        here = stage.timeline.now
        search = Means(self.rehearsal.repertoire, self.budget, self.willing.allowed)
        for thing in plan[later].args:
            place = stage.place_of(thing) if thing in stage.model.world.things else None
            if thing == person or place is None or place not in stage.model.world.things:
                continue
            known = f.Believes(f.Const(person), f.Within(f.Const(thing), f.Const(place)))
            for telling in search.plans(stage, known, 2):
                if telling and all(d.args[0] != thing and place not in d.args for d in telling):
                    stage.back(here)
                    return (*plan[:step], *telling, *plan[step:])
            stage.back(here)
        return None

    def _unknown_to(
        self, stage: Stage, plan: Plan, person: str, explainer: Explainer
    ) -> Literal | None:
        """What somebody does not know, or has wrong, that stands against his part in a plan."""
        mind = stage.imagine(person)
        for deed in plan:
            if person not in explainer.consenting(deed):
                continue
            prospect = mind.foresee(deed)
            if prospect is None:
                return None
            for literal in (*prospect.failed, *prospect.unknown):
                if literal in prospect.failed or unmet(mind, (literal,)):
                    return literal
            mind.do(deed)
        return None

    def _worded(self, step: int, person: str, reason: Reason, plan: Plan) -> StoryReason:
        state = self.words
        return StoryReason(
            step,
            thing_words(state, person),
            wanting(state, reason.want),
            tuple(capital(deed_words(state, deed)) for deed in plan),
            reason.raises,
            tuple(capital(deed_words(state, deed)) for deed in reason.threat),
        )


def _others(
    plans: list[StoryPlan], outcomes: set[frozenset[tuple[object, ...]]]
) -> Iterator[StoryPlan]:
    """Those that come to something else than the ones before: to stab and to shoot somebody dead is one plan."""
    for plan in sorted(plans, key=lambda one: (one.idle, len(one.deeds))):
        if plan.changes not in outcomes:
            outcomes.add(plan.changes)
            yield plan


__all__ = ["StoryLimits", "StoryPlan", "StoryPlans", "StoryReason", "plan_story"]
