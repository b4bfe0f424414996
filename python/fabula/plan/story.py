"""Plans on a story: what could happen from some moment on, so that something comes to be, and why people would do it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fabula.engine.records import Literal
from fabula.engine.running import Run
from fabula.engine.stage import Deed, Stage
from fabula.language.questions import statement
from fabula.language.say import fact_words, thing_words
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import PERSON
from fabula.plan.retelling import Check, Retelling
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget, Means, Plan, kept_apart, together, unmet
from fabula.reasons.rehearsal import Rehearsal, rehearse
from fabula.reasons.wants import definite
from fabula.reasons.weight import weights
from fabula.reasons.wording import capital, deed_words, wanting

ACTS_FOR_A_REASON = 600
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class StoryLimits:
    """How far to look: ``author`` acts in a plan, ``character`` acts in a reason, ``seconds`` of time, ``count`` plans."""

    author: int = 4
    character: int = 3
    seconds: float = 20
    count: int = 1


@dataclass(frozen=True, slots=True)
class StoryReason:
    """Why ``person`` does step ``step`` (from 0): what he wants, and what he has in mind to do, in sentences."""

    step: int
    person: str
    want: str
    plan: tuple[str, ...]
    raises: tuple[float, float]
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """A plan in sentences that can be put into the story, and everybody's reasons for what weighs.

    ``accidents``: how many of its acts nobody has to want; ``changes``: what becomes of the world by it.
    """

    sentences: tuple[str, ...]
    deeds: tuple[Deed, ...]
    reasons: tuple[StoryReason, ...]
    changes: frozenset[tuple[object, ...]] = frozenset()
    accidents: int = 0


@dataclass(slots=True)
class StoryPlans:
    """What a search on a story came to. ``stopped``: time or interrupted, or exhausted; None if all was found."""

    goal: str
    plans: list[StoryPlan] = field(default_factory=list)
    tried: int = 0
    seconds: float = 0
    stopped: str | None = None
    limits: StoryLimits = field(default_factory=StoryLimits)

    @property
    def solved(self) -> bool:
        """Whether there is a plan at all."""
        return bool(self.plans)


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
    aims = [_known(statement(words, text)) for text in (*through, goal)]
    barred = [statement(words, text) for text in without]
    moment = run.time_after(0 if after is None else after)
    rehearsal = rehearse(run.model, words, worth_telling(run, aims, moment))
    found = StoryPlans(goal, limits=asked)
    search = Search(rehearsal, Budget(asked.seconds, tick=progress), asked, barred, moment)
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


def _known(formula: f.Formula) -> f.Formula:
    """What is to be known has to be so, and believed."""
    match formula:
        case f.And(parts):
            return f.conjunction([_known(part) for part in parts])
        case f.Believes(who, body, True) if not isinstance(body, f.Known):
            return f.conjunction([_known(body), f.Believes(who, body)])
    return formula


def worth_telling(run: Run, aims: Sequence[f.Formula], moment: int) -> list[Content]:
    """What may be told on the way: where those are whom it is about, and what is to be believed in the end."""
    runner, state = run.runner, run.words
    found: dict[f.Formula, Content] = {}
    for aim in aims:
        for thing in _things(aim):
            if thing not in state.world.things or not state.is_a(thing, PERSON):
                continue
            place = runner.place_of(thing, moment)
            if place is not None and place in state.world.things:
                formula: f.Formula = f.Within(f.Const(thing), f.Const(place))
                found[formula] = _content(run, formula, len(found))
        for part in f.conjuncts(aim):
            if isinstance(part, f.Believes):
                for inner in f.conjuncts(part.body):
                    found[inner] = _content(run, inner, len(found))
    return list(found.values())


def _content(run: Run, formula: f.Formula, number: int) -> Content:
    words = fact_words(run.words, formula)
    known = next(
        (c for c in run.words.world.contents.values() if c.mode == "that" and c.formula == formula),
        None,
    )
    return known or Content(f"#told {number + 1}", "that", words, formula)


def _things(formula: f.Formula) -> list[str]:
    found: list[str] = []

    def of(t: f.Term) -> None:
        if isinstance(t, f.Const):
            found.append(t.thing)
        elif isinstance(t, f.Value):
            for a in t.args:
                of(a)

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, right) | f.Within(left, right):
                of(left)
                of(right)
            case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
                walk(body)
            case f.Believes(who, body):
                of(who)
                walk(body)
            case f.And(parts) | f.Or(parts):
                for one in parts:
                    walk(one)

    walk(formula)
    return list(dict.fromkeys(found))


@dataclass(slots=True)
class Search:
    """One search from one moment."""

    rehearsal: Rehearsal
    budget: Budget
    limits: StoryLimits
    barred: list[f.Formula]
    moment: int
    wanted: dict[Deed, bool] = field(default_factory=dict)

    def explainer(self) -> Explainer:
        """Looks for reasons, not for long: there are many acts to be asked about."""
        return Explainer(
            self.rehearsal.repertoire, self.budget, self.limits.character, acts=ACTS_FOR_A_REASON
        )

    def plans(self, aims: list[f.Formula]) -> Iterator[Plan]:
        """Plans that reach all aims, one after the other, the shortest first."""
        for length in range(self.limits.author + 1):
            yield from self._through(self.rehearsal.after(self.moment), aims, length, length)
            if self.budget.over():
                return

    def different(
        self, aims: list[f.Formula], retelling: Retelling, mended: tuple[str, str] | None = None
    ) -> Iterator[StoryPlan]:
        """Plans that hold, each with an outcome of its own; ``mended``: the finding that is to go by it."""
        seen: set[frozenset[Deed]] = set()
        outcomes: set[frozenset[tuple[object, ...]]] = set()
        for plan in self.plans(aims):
            if frozenset(plan) in seen or not self.minimal(plan, aims):
                continue
            seen.add(frozenset(plan))
            told = self.told(plan, retelling, mended=mended)
            if told is not None and told.changes not in outcomes:
                outcomes.add(told.changes)  # to stab and to shoot somebody dead is one plan
                yield told

    def _through(
        self, stage: Stage, aims: list[f.Formula], left: int, exact: int
    ) -> Iterator[Plan]:
        """Plans of just so many acts."""
        aim = definite(stage, aims[0])
        here = stage.timeline.now
        likely = tuple(_things(f.conjunction(aims)))
        search = Means(self.rehearsal.repertoire, self.budget, self.allowed, (), likely)
        search.plausible = self.plausible
        for plan in search.plans(stage, aim, left):
            if len(aims) == 1:
                if len(plan) == left:
                    yield plan
                continue
            stage.back(here)
            if all(stage.do(deed) for deed in plan):
                for rest in self._through(stage, aims[1:], left - len(plan), exact):
                    yield (*plan, *rest)
            stage.back(here)

    def allowed(self, stage: Stage, deed: Deed) -> bool:
        """Whether an act may stand in a plan: possible for all who want it, not barred, and with reasons if it weighs."""
        for formula in self.barred:
            if self._makes(stage, deed, formula):
                return False
        explainer = self.explainer()
        doers = explainer.consenting(deed)
        if not doers:
            # what befalls people may happen, as long as it is nothing that anybody minds
            state, first = self.rehearsal.state, deed.args[0]
            befalls = first in state.world.things and state.is_a(first, PERSON)
            return befalls and not self._hurts(stage, deed) and not self._drags(stage, deed, ())
        if not self._thinkable(stage, deed, doers) or self._drags(stage, deed, doers):
            return False
        for person in doers:
            if not weights(stage, deed, person, True):
                continue
            if explainer.reason(stage, deed, person) is None:
                return False
        return True

    def _drags(self, stage: Stage, deed: Deed, doers: tuple[str, ...]) -> bool:
        """Whether somebody is moved by it who has no say in it, and is not harmed either."""
        state, world = stage.compiled.state, stage.model.world
        others = [
            a
            for a in dict.fromkeys(deed.args)
            if a not in doers and a in world.things and state.is_a(a, PERSON)
        ]
        here = stage.timeline.now
        before = [stage.place_of(a) for a in others]
        stage.do(deed)
        after = [stage.place_of(a) for a in others]
        stage.back(here)
        return before != after

    def _thinkable(self, stage: Stage, deed: Deed, doers: tuple[str, ...]) -> bool:
        """Whether nobody who has to want an act believes that it cannot be."""
        for person in doers:
            prospect = stage.imagine(person).foresee(deed)
            if prospect is None or not prospect.possible:
                return False
        return True

    def plausible(self, stage: Stage, deed: Deed) -> bool:
        """Whether those who have to want an act would, if it were possible for them."""
        known = self.wanted.get(deed)
        if known is None:
            grounding = stage.grounding(deed)
            forced = Deed(deed.action, deed.args, grounding)
            explainer = self.explainer()
            here = stage.timeline.now
            for literal in islice(together(stage, deed), 1):
                stage.put(literal.args[0], str(literal.needed), explainer.consenting(deed))
            known = self.wanted[deed] = grounding is not None and all(
                not weights(stage, forced, person, True)
                or explainer.reason(stage, forced, person) is not None
                for person in explainer.consenting(deed)
            )
            stage.back(here)
        return known

    def _hurts(self, stage: Stage, deed: Deed) -> bool:
        """Whether somebody to whom it happens loses by it what all people want."""
        return any(weight.kind == "harm" for weight in weights(stage, deed, "", True))

    def _makes(self, stage: Stage, deed: Deed, formula: f.Formula) -> bool:
        here = stage.timeline.now
        before = stage.truth(formula) is True
        made = not before and stage.do(deed) and stage.truth(formula) is True
        stage.back(here)
        return made

    def minimal(self, plan: Plan, aims: list[f.Formula]) -> bool:
        """Whether no act can be left out: without any of them the aims are not reached."""
        return not any(self._reaches((*plan[:i], *plan[i + 1 :]), aims) for i in range(len(plan)))

    def _reaches(self, plan: Plan, aims: list[f.Formula]) -> bool:
        stage = self.rehearsal.after(self.moment)
        left = list(aims)
        for deed in (None, *plan):
            if deed is not None:
                prospect = stage.foresee(deed)
                if prospect is None or kept_apart(stage, deed, prospect) or not stage.do(deed):
                    return False
            while left and stage.truth(left[0]) is True:
                left.pop(0)
        return not left

    def told(
        self,
        plan: Plan,
        retelling: Retelling,
        more: int = 1,
        mended: tuple[str, str] | None = None,
    ) -> StoryPlan | None:
        """A plan in words, with reasons; None where it does not hold when the story is really told so.

        Who prepares something that he could not have in mind yet is told what he needs to know, if somebody can.
        """
        stage = self.rehearsal.after(self.moment)
        explainer = self.explainer()
        state = self.rehearsal.state
        reasons: list[StoryReason] = []
        for step, deed in enumerate(plan):
            for person in explainer.consenting(deed):
                if not weights(stage, deed, person, True):
                    purpose = self._preparing(stage, plan[step:], person, explainer)
                    if purpose is None:
                        informed = self._informed(stage, plan, step, person, explainer)
                        if informed is None or not more:
                            return None
                        return self.told(informed, retelling, more - 1, mended)
                    if purpose:
                        reasons.append(self._worded(step, person, purpose[0], plan[step:]))
                    continue
                reason = explainer.reason(stage, deed, person)
                if reason is None:
                    return None
                reasons.append(self._worded(step, person, reason, reason.plan))
            if not stage.do(deed):
                return None
        changes = frozenset(self._changes(stage))
        sentences = tuple(capital(deed_words(state, deed)) + "." for deed in plan)
        again = retelling.told(sentences, plan)
        if again is None or not retelling.faultless(again, mended):
            return None
        accidents = sum(1 for deed in plan if not explainer.consenting(deed))
        return StoryPlan(sentences, plan, tuple(reasons), changes, accidents)

    def _changes(self, stage: Stage) -> Iterator[tuple[object, ...]]:
        """What has become of the world, but for who did it and how."""
        ids = stage.compiled.numbers.fluent_ids
        for moment in range(self.moment + 1, stage.timeline.now + 1):
            for fluent, args, _, new in stage.timeline.changes(moment, []):
                ident = ids[fluent]
                if ":" not in ident and ident not in stage.model.world.actions and ident != "drawn":
                    yield (ident, tuple(args), new)

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
        done = all(stage.do(deed) for deed in rest[:later])
        heavy = done and bool(weights(stage, rest[later], person, True))
        reason = explainer.reason(stage, rest[later], person) if heavy else None
        stage.back(here)
        if reason is None:
            return []
        if self._unknown_to(stage, rest[: later + 1], person, explainer):
            return None
        return [reason]

    def _informed(
        self, stage: Stage, plan: Plan, step: int, person: str, explainer: Explainer
    ) -> Plan | None:
        """The plan with somebody told where the other is, before he sets out."""
        later = next(at for at in range(step + 1, len(plan)) if plan[at].args[0] == person)
        if self._unknown_to(stage, plan[step : later + 1], person, explainer) is None:
            return None
        here = stage.timeline.now
        search = Means(self.rehearsal.repertoire, self.budget, self.allowed)
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
                if literal in prospect.failed or unmet((literal,)):
                    return literal
            mind.do(deed)
        return None

    def _worded(self, step: int, person: str, reason: Reason, plan: Plan) -> StoryReason:
        state = self.rehearsal.state
        return StoryReason(
            step,
            thing_words(state, person),
            wanting(state, reason.want),
            tuple(capital(deed_words(state, deed)) for deed in plan),
            reason.raises,
            tuple(capital(deed_words(state, deed)) for deed in reason.threat),
        )


__all__ = ["StoryLimits", "StoryPlan", "StoryPlans", "StoryReason", "plan_story"]
