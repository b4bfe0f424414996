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
from fabula.language.say import thing_words
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.story import Happening, Wanted
from fabula.model.world import PERSON, PLACE
from fabula.plan.aims import concerned, known, things_in, worth_telling
from fabula.plan.names import as_told
from fabula.plan.outcome import outcome
from fabula.plan.retelling import Check, Retelling
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget, Means, Memo, Plan, Purposes, kept_apart, together, unmet
from fabula.reasons.reach import (
    flees_from_nothing,
    in_others_hands,
    locked_ways,
    opened_from_within,
)
from fabula.reasons.rehearsal import Rehearsal, rehearse
from fabula.reasons.roles import assignments
from fabula.reasons.wants import Want, definite, met, utility, wants
from fabula.reasons.weight import Weight, trades, weights
from fabula.reasons.wording import capital, deed_words, wanting

ACTS_FOR_A_REASON = 600
# Passes of a search: how far to fall back from plain acts, whether only those act whom it concerns, and how much of the
# time that is left it takes. A stranger who does the decisive thing for nothing comes where nothing else does.
PASSES = ((0, True, 0.15), (0, False, 0.6), (1, False, 0.5), (2, False, 1.0))
FAVOUR = 2  # how much more idle than to go somewhere it is to do something for others for nothing
HURTING = (
    "harm",
    "crossing",
    "sacrifice",
    "exposure",
)  # weights of what is done by nobody as a mere means
ANIMAL = "animal"  # a kind of the library
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

    ``accidents``: how many of its acts nobody has to want; ``changes``: what becomes of the world by it; ``idle``: how
    many of its acts serve nothing that whoever does them wants, favours counting double.
    """

    sentences: tuple[str, ...]
    deeds: tuple[Deed, ...]
    reasons: tuple[StoryReason, ...]
    changes: frozenset[tuple[object, ...]] = frozenset()
    accidents: int = 0
    idle: int = 0


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
    aims = [known(statement(words, text)) for text in (*through, goal)]
    barred = [statement(words, text) for text in without]
    moment = run.time_after(0 if after is None else after)
    rehearsal = rehearse(
        run.model, words, worth_telling(run, aims, moment, as_told(words, run.model))
    )
    found = StoryPlans(goal, limits=asked)
    search = Search(
        rehearsal,
        Budget(asked.seconds, tick=progress),
        asked,
        barred,
        moment,
        as_told(rehearsal.state, run.model),
    )
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
    """One search from one moment."""

    rehearsal: Rehearsal
    budget: Budget
    limits: StoryLimits
    barred: list[f.Formula]
    moment: int
    words: State
    wanted: dict[Deed, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    acting: frozenset[str] | None = None
    private: bool = True  # whether to tell a secret of one's own takes a reason
    concerned: tuple[str, ...] = ()  # who is concerned besides those whom the aims name or please
    reasons: dict[tuple[object, ...], Reason | None] = field(default_factory=dict)
    fit: dict[tuple[object, ...], tuple[tuple[str, bool], ...] | None] = field(default_factory=dict)
    memos: dict[tuple[object, ...], Memo] = field(default_factory=dict)
    excused: frozenset[str] = (
        frozenset()
    )  # weights for which no reason is asked: who does it has to be explained

    def explainer(self) -> Explainer:
        """Looks for reasons, not for long: there are many acts to be asked about."""
        return Explainer(
            self.rehearsal.repertoire, self.budget, self.limits.character, acts=ACTS_FOR_A_REASON
        )

    def plans(
        self, aims: list[f.Formula], reserve: int, budget: Budget, actors: tuple[str, ...] = ()
    ) -> Iterator[Plan | None]:
        """Plans that reach all aims, one after the other, the shortest first; None when those of a length are through."""
        for length in range(self.limits.author + 1):
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
        search = Means(self.rehearsal.repertoire, budget, self.allowed, actors, likely)
        search.motives, search.reserve = self, reserve
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

    def allowed(self, stage: Stage, deed: Deed) -> bool:
        """Whether an act may stand in a plan: possible for all who want it, not barred, and with reasons if it weighs."""
        return self.fits(stage, deed, frozenset())

    def fits(self, stage: Stage, deed: Deed, meant: Purposes) -> bool:
        """The same of an act that is to make something possible for which those who are ``meant`` have a reason."""
        key = (stage.state, deed)
        if key not in self.fit:
            self.fit[key] = self._possible(stage, deed)
        burdened = self.fit[key]
        if burdened is None:
            return False
        return all(
            (person in meant and not hurting) or self.reason(stage, deed, person) is not None
            for person, hurting in burdened
        )

    def _possible(self, stage: Stage, deed: Deed) -> tuple[tuple[str, bool], ...] | None:
        """Those for whom an act weighs, and whether it harms; None where it cannot stand in a plan at all."""
        for formula in self.barred:
            if self._makes(stage, deed, formula):
                return None
        doers = self.explainer().consenting(deed)
        if not doers:
            # what befalls people may happen, as long as it is nothing that anybody minds
            state, first = self.rehearsal.state, deed.args[0]
            befalls = first in state.world.things and state.is_a(first, PERSON)
            fine = befalls and not self._hurts(stage, deed) and not self._drags(stage, deed, ())
            return () if fine else None
        if not all(self._acts(person) for person in doers) or in_others_hands(stage, deed):
            return None
        if flees_from_nothing(stage, deed) or opened_from_within(stage, deed):
            return None
        if self.private and self._walls(stage, deed):
            return None
        if not self._thinkable(stage, deed, doers) or self._drags(stage, deed, doers):
            return None
        burdens: list[tuple[str, bool]] = []
        for person in doers:
            found = self.burden(stage, deed, person)
            if found:
                burdens.append((person, any(weight.kind in HURTING for weight in found)))
        return tuple(burdens)

    def reason(self, stage: Stage, deed: Deed, person: str) -> Reason | None:
        """Why somebody would do an act; asked once at each place of the search."""
        key = (stage.state, deed, deed.told is not None, person)
        if key not in self.reasons:
            self.reasons[key] = self.explainer().reason(stage, deed, person)
        return self.reasons[key]

    def _walls(self, stage: Stage, deed: Deed) -> bool:
        """Whether somebody is to break into a house or a room: with what, the rule does not say."""
        state = self.rehearsal.state
        return any(
            weight.kind == "damage" and state.is_a(weight.about, PLACE)
            for weight in self.burden(stage, deed, deed.args[0])
        )

    def heavy(self, stage: Stage, deed: Deed, person: str) -> bool:
        """Whether an act weighs something for somebody, so that it takes a reason."""
        return bool(self.burden(stage, deed, person))

    def burden(self, stage: Stage, deed: Deed, person: str) -> list[Weight]:
        """What about an act takes a reason of somebody."""
        found = weights(stage, deed, person, True, self.private)
        return [w for w in found if w.kind not in self.excused]

    def _acts(self, person: str) -> bool:
        """Whether somebody can be thought to do things: an animal only if the story has it do or want something."""
        state, model = self.rehearsal.state, self.rehearsal.runner.model
        if ANIMAL not in state.world.kinds or not state.is_a(person, ANIMAL):
            return True
        if self.acting is None:
            told = {
                str(step.args[0])
                for step in model.steps
                if isinstance(step, Happening) and step.args
            }
            wanting = {step.person for step in model.steps if isinstance(step, Wanted)}
            self.acting = frozenset(told | wanting)
        return person in self.acting

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

    def plausible(self, stage: Stage, deed: Deed, meant: Purposes) -> bool:
        """Whether those who have to want an act would, if it were possible for them."""
        if deed not in self.wanted:
            self.wanted[deed] = self._wanting(stage, deed)
        return all(would or person in meant for person, would in self.wanted[deed])

    def _wanting(self, stage: Stage, deed: Deed) -> tuple[tuple[str, bool], ...]:
        """Those for whom an act would weigh, and whether they have a reason of their own; for harm they need one."""
        grounding = stage.grounding(deed)
        forced = Deed(deed.action, deed.args, grounding)
        doers = self.explainer().consenting(deed)
        here = stage.timeline.now
        for literal in islice(together(stage, deed), 1):
            stage.put(literal.args[0], str(literal.needed), doers)
        found = tuple(
            (person, self.reason(stage, forced, person) is not None)
            for person in doers
            if self.heavy(stage, forced, person)
        )
        first = deed.args[0]
        if first in doers and all(person != first for person, _ in found):
            if self._serving(stage, (forced,), first) is not None:
                found = ((first, True), *found)
        stage.back(here)
        return found if grounding is not None else (("", False),)

    def purposes(self, deed: Deed) -> Purposes:
        """Who has a reason of his own for an act."""
        return frozenset(person for person, would in self.wanted.get(deed, ()) if would)

    def _hurts(self, stage: Stage, deed: Deed) -> bool:
        """Whether somebody to whom it happens loses by it what all people want."""
        return any(weight.kind == "harm" for weight in weights(stage, deed, "", True, self.private))

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
        explainer = self.explainer()
        state = self.rehearsal.state
        reasons: list[StoryReason] = []
        idle: dict[str, list[Want]] = {}
        unaware: dict[str, list[Want]] = {}
        acts = 0
        for step, deed in enumerate(plan):
            for person in explainer.consenting(deed):
                if not self.heavy(stage, deed, person):
                    purpose = self._preparing(stage, plan[step:], person, explainer)
                    if purpose is None:
                        informed = self._informed(stage, plan, step, person, explainer)
                        if informed is None or not more:
                            return None
                        return self.told(informed, retelling, aims, more - 1, mended)
                    if purpose:
                        reasons.append(self._worded(step, person, purpose[0], plan[step:]))
                        continue
                    parts = self._parts(stage, deed, person)
                    if (parts or person == deed.args[0]) and (
                        self.reason(stage, deed, person) is None
                    ):
                        light = not parts and self._light(deed)
                        acts += 1 if light else FAVOUR
                        had = [want for want in wants(stage, person) if met(stage, want)]
                        (unaware if light else idle).setdefault(person, had)
                    continue
                reason = self._serving(stage, plan[step:], person)
                reason = reason or self.reason(stage, deed, person)
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

    def _parts(self, stage: Stage, deed: Deed, person: str) -> bool:
        """Whether somebody parts with what he has and does not trade in, were it for money."""
        things = stage.model.world.things
        had = [
            a
            for a in dict.fromkeys(deed.args)
            if a in things
            and a != person
            and stage.evaluate(f.Within(f.Const(a), f.Const(person))) is True
            and not trades(stage, person, a)
        ]
        here = stage.timeline.now
        done = bool(had) and stage.do(deed)
        parted = done and any(
            stage.evaluate(f.Within(f.Const(a), f.Const(b))) is True
            for a in had
            for b in deed.args
            if b in things and b not in (a, person) and stage.compiled.state.is_a(b, PERSON)
        )
        stage.back(here)
        return parted

    def _light(self, deed: Deed) -> bool:
        """Whether somebody merely goes somewhere or says something: to handle things for others is a favour."""
        action = self.rehearsal.state.world.actions[deed.action]
        if any(a in self.rehearsal.state.world.contents for a in deed.args):
            return True
        first = f.Var(action.params[0].name)
        return all(first in effect.args for effect in assignments(action.effects))

    def _serving(self, stage: Stage, rest: Plan, person: str) -> Reason | None:
        """What the rest of a plan is good for, as whoever begins with it sees it; its last act is his own."""
        mind = stage.imagine(person)
        mind.suppose()
        held = wants(mind, person)
        before, was = utility(mind, held)
        for last, deed in enumerate(rest):
            if not mind.do(deed):
                return None
            after, so = utility(mind, held)
            gained = [w for w in held if w.goal in so and w.goal not in was]
            if gained and after > before and deed.args[0] == person:
                lost = tuple(w for w in held if w.goal in was and w.goal not in so)
                want = max(gained, key=lambda w: w.weight)
                return Reason(person, rest[: last + 1], want, (before, after), harms=lost)
        return None

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
        if self.heavy(stage, rest[later], person):
            own = self.reason(stage, rest[later], person)
        reason = own or self._serving(stage, rest[later:], person)
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
