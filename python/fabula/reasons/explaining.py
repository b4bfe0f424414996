"""Why somebody would do an act: a plan of his own that begins with it, in what he believes, and serves a want.

The definition is that of an explained action (Ware and Siler 2021), for stories in which much is left open: an act
of one's own mind is possible where nothing that one believes speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from fabula.engine.stage import Deed, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.language.effects import NoEffect
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import LOCATION, PERSON
from fabula.reasons.asserted import asserted, ordered, undoes
from fabula.reasons.concerns import resolved
from fabula.reasons.danger import dangerous, overpowered
from fabula.reasons.lying import misled
from fabula.reasons.means import Budget, Means, Plan
from fabula.reasons.repertoire import Repertoire
from fabula.reasons.roles import assignments
from fabula.reasons.seeking import sought, suppose_case
from fabula.reasons.wants import Want, definite, met, usual, utility, wants
from fabula.reasons.weight import own_wants, weights

# Of the ways in which an order can be carried out, so many are looked at.
MANY_WAYS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody does an act: ``plan`` begins with it and serves ``want``; ``raises`` his utility, as he sees it.

    With ``threat``, the plan serves by what it keeps from happening: without it somebody could do that. With
    ``misleads``, by what those believe then who would take away what is wanted: they want what is ``opposed``.
    ``harms``: his own wants that it goes against all the same. ``finds``: whom or what those whom it binds are to look
    for, since he does not know where that is. ``sake``: whom it is given, or said, to for his own good.
    """

    person: str
    plan: Plan
    want: Want
    raises: tuple[float, float]
    threat: Plan = ()
    harms: tuple[Want, ...] = ()
    misleads: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()
    opposed: tuple[Want, ...] = ()
    sake: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """Somebody who is bound by an act to do something."""

    person: str
    content: Content


@dataclass(slots=True)
class Explainer:
    """Looks for reasons. ``most``: acts in a plan; ``depth``: how deep in minds the reasons of others are asked for.

    ``acts``: so many may be tried for what one act leads to.
    """

    repertoire: Repertoire
    budget: Budget
    most: int = 3
    depth: int = 1
    acts: int = 4000

    def consenting(self, deed: Deed) -> tuple[str, ...]:
        """Who has to want an act."""
        action = self.repertoire.state.world.actions[deed.action]
        named = dict(zip((p.name for p in action.params), deed.args, strict=True))
        people = (named.get(t.name, NOTHING) for t in action.agreed if isinstance(t, f.Var))
        state = self.repertoire.state
        return tuple(
            dict.fromkeys(p for p in people if p in state.world.things and state.is_a(p, PERSON))
        )

    def reason(self, stage: Stage, deed: Deed, person: str) -> Reason | None:
        """Why somebody would do an act now; None where nothing is found."""
        return next(self.reasons(stage, deed, person), None)

    def reasons(self, stage: Stage, deed: Deed, person: str) -> Iterator[Reason]:
        """Reasons of somebody for an act: by itself, by whom it misleads, by what it keeps off, by what it leads to."""
        mind = stage.imagine(person)
        mind.suppose()
        binds = list(ordered(mind, deed))
        for _, content in binds:
            suppose_case(mind, content)
        held = wants(mind, person)
        facts = asserted(mind, deed)
        start = mind.timeline.now
        before, was = utility(mind, held)
        if not self._thinkable(mind, deed) or not mind.do(deed, True):
            return
        now, so = utility(mind, held)
        lost = tuple(w for w in held if w.goal in was and w.goal not in so)
        gained = [w for w in held if w.goal in so and w.goal not in was]
        if not gained and now >= before:  # one more of what is wanted: another blow
            gained = [w for w in held if w.goal in so and resolved(mind, w.goal) in facts]
        if gained and now >= before:
            gained.sort(key=lambda w: -w.weight)
            yield Reason(person, (deed,), gained[0], (before, now), harms=lost)
        done = mind.timeline.now
        if self.depth:
            worth = [want for want in held if want.weight > before - now]
            lie = misled(mind, deed, person, worth)
            if lie is not None:
                want, opposed = lie
                fooled = tuple(w.person for w in opposed)
                yield Reason(person, (deed,), want, (now, now), (), lost, fooled, (), opposed)
            yield from self._keeping_off(mind, (deed,), person, worth, start, now, lost)
            mind.back(start)
            mind.do(deed, True)
            for whom, content in binds:
                bound = Bound(whom, content)
                yield from self._obeyed(mind, deed, person, bound, held, (before, was), start)
                mind.back(start)
                mind.do(deed, True)
        for want, missing in sought(mind, deed, person, held):
            yield Reason(person, (deed,), want, (now, now), harms=lost, finds=(missing,))
        yield from self._later(mind, deed, person, held, before, done, lost)
        mind.back(start)
        yield from self._for_his_sake(mind, deed, person, held, now, lost)

    def _obeyed(
        self,
        mind: Stage,
        deed: Deed,
        person: str,
        bound: Bound,
        held: list[Want],
        first: tuple[float, frozenset[f.Formula]],
        start: int,
    ) -> Iterator[Reason]:
        """By what those do whom it binds, if they do it: that serves, or keeps off what they could do otherwise."""
        content = bound.content
        if content.formula is None or self.most <= 1:
            return
        before, was = first
        done = mind.timeline.now
        duty = definite(mind, resolved(mind, content.formula))
        owed = any(want.content == content.id for want in usual(mind, bound.person))
        # who gives an order goes by what he himself knows of whether it will be obeyed
        serving = (person, bound.person) if owed else (person,)
        search = self._means(serving, deed.args, self.budget.part(self.acts))
        for rest in islice(search.plans(mind, duty, self.most - 1), MANY_WAYS):
            mind.back(done)
            if not rest or not all(mind.do(one) for one in rest):
                mind.back(done)
                continue
            after, so = utility(mind, held)
            lost = tuple(w for w in held if w.goal in was and w.goal not in so)
            mind.back(done)
            if after > before:
                gained = [w for w in held if w.goal in so and w.goal not in was]
                want = max(gained, key=lambda w: w.weight)
                yield Reason(person, (deed, *rest), want, (before, after), harms=lost)
                return
            worth = [want for want in held if want.weight > before - after]
            yield from self._keeping_off(mind, (deed, *rest), person, worth, start, after, lost)

    def _for_his_sake(
        self,
        mind: Stage,
        deed: Deed,
        person: str,
        held: list[Want],
        now: float,
        lost: tuple[Want, ...],
    ) -> Iterator[Reason]:
        """What is given, or bidden, to somebody whose good one wants, is done for his good; not with a gun on him."""
        if not self.depth or not self._for_others(deed):
            return
        heavy = weights(mind, deed, person, deed.told is None)
        harmed = {weight.about for weight in heavy if weight.kind == "harm"}
        for weight in heavy:
            if weight.kind not in ("gift", "order") or weight.about in harmed:
                continue
            if overpowered(mind, weight.about, person):
                continue
            good = {w.goal for w in own_wants(mind, weight.about)}
            want = next((w for w in held if resolved(mind, w.goal) in good), None)
            if want is not None:
                yield Reason(person, (deed,), want, (now, now), harms=lost, sake=(weight.about,))
                return

    def _thinkable(self, mind: Stage, deed: Deed) -> bool:
        """Whether nothing that somebody believes speaks against an act. What the story has him do, he thinks he can."""
        prospect = mind.foresee(deed)
        return prospect is not None and (prospect.possible or deed.told is not None)

    def _later(
        self,
        mind: Stage,
        deed: Deed,
        person: str,
        held: list[Want],
        before: float,
        done: int,
        lost: tuple[Want, ...],
    ) -> Iterator[Reason]:
        """By what it leads to: further acts, the others' with reasons of their own."""
        if self.most <= 1:
            return
        part = self.budget.part(self.acts)
        for want in held:
            if met(mind, want) or part.over():
                continue
            search = self._means((person,), tuple(a for a in deed.args if a != person), part)
            for rest in search.plans(mind, want.goal, self.most - 1):
                mind.back(done)
                after = self._worth(mind, rest, held)
                if rest and after > before and not self._idle(mind, search, deed, rest, want, done):
                    yield Reason(person, (deed, *rest), want, (before, after), harms=lost)
                    break
            mind.back(done)

    def _means(self, willing: tuple[str, ...], likely: tuple[str, ...], budget: Budget) -> Means:
        """A search in which all but the willing need reasons of their own."""

        def allowed(stage: Stage, deed: Deed) -> bool:
            others = [c for c in self.consenting(deed) if c not in willing]
            if not others:
                return True
            if self.depth <= 0:
                return False
            inner = Explainer(self.repertoire, self.budget, 1, self.depth - 1)
            # whoever merely takes part, and to whom it costs nothing, needs none: he is given something
            return all(
                inner.reason(stage, deed, other) is not None
                for other in others
                if other == deed.args[0] or weights(stage, deed, other, True)
            )

        return Means(self.repertoire, budget, allowed, (), likely, guessing=True)

    def _worth(self, mind: Stage, rest: Plan, held: list[Want]) -> float:
        """How good it would be after the rest of a plan."""
        here = mind.timeline.now
        played = all(mind.do(deed) for deed in rest)
        worth = utility(mind, held)[0] if played else float("-inf")
        mind.back(here)
        return worth

    def _idle(
        self, mind: Stage, search: Means, deed: Deed, rest: Plan, want: Want, done: int
    ) -> bool:
        """Whether the rest would do without the act: then the act is no part of the plan."""
        mind.back(done - 1)
        idle = True
        for one in rest:
            if not (search.allowed(mind, one) and mind.do(one)):
                idle = False
                break
        idle = idle and mind.evaluate(want.goal) is True
        mind.back(done - 1)
        mind.do(deed, True)
        return idle

    def _for_others(self, deed: Deed) -> bool:
        """Whether an act gives somebody something, or says something to him, as far as its rule goes."""
        world = self.repertoire.state.world
        if any(a in world.contents for a in deed.args):
            return True
        effects = assignments(world.actions[deed.action].effects)
        return any(e.fluent == LOCATION and isinstance(e.value, f.Var) for e in effects)

    def _keeping_off(
        self,
        mind: Stage,
        plan: Plan,
        person: str,
        held: list[Want],
        start: int,
        now: float,
        lost: tuple[Want, ...],
    ) -> Iterator[Reason]:
        """By what it keeps from happening: somebody could have taken away what is wanted, and now cannot.

        The first act of the plan is done, and the stage is left so.
        """
        foes = self._foes(plan[0], person)
        if not foes:
            return
        for want in held:
            if not met(mind, want) or self.budget.over():
                continue
            try:
                undone = f.negated(want.goal)
            except NoEffect:
                continue
            for foe in foes:
                mind.back(start)
                threat = self._threat(mind, foe, undone)
                if not threat:
                    continue
                hit = self._hits(mind, plan[0], foe)
                _carry_out(mind, plan)
                if hit or not self._threat(mind, foe, undone):
                    yield Reason(person, plan, want, (now, now), threat, lost)
                    mind.back(start)
                    _carry_out(mind, plan[:1])
                    return
        mind.back(start)
        _carry_out(mind, plan[:1])

    def _hits(self, mind: Stage, deed: Deed, foe: str) -> bool:
        """Whether an act does to somebody what nobody wants for himself: who is hit may yet strike, and less well."""
        facts = asserted(mind, deed)
        return any(undoes(facts, want.goal) for want in own_wants(mind, foe))

    def _foes(self, deed: Deed, person: str) -> tuple[str, ...]:
        """Whom an act is done to, or in front of: those who may be kept from something by it."""
        state = self.repertoire.state
        return tuple(
            a
            for a in dict.fromkeys(deed.args)
            if a != person and a in state.world.things and state.is_a(a, PERSON)
        )

    def _threat(self, mind: Stage, foe: str, undone: f.Formula) -> Plan:
        """What somebody could do, and would, that takes away what is wanted."""
        inner = Explainer(self.repertoire, self.budget, 1, 0)

        def allowed(stage: Stage, deed: Deed) -> bool:
            if dangerous(stage, foe, deed):
                return True
            reason = inner.reason(stage, deed, foe)
            return reason is not None and reason.want.motive is None

        search = Means(self.repertoire, self.budget, allowed, (foe,), guessing=True)
        here = mind.timeline.now
        for plan in search.plans(mind, undone, 1):
            mind.back(here)
            return plan
        mind.back(here)
        return ()


def _carry_out(mind: Stage, plan: Plan) -> None:
    """Does the acts; the first, which is told, whatever speaks against it."""
    for at, deed in enumerate(plan):
        mind.do(deed, not at)
