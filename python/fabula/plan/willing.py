"""What people would do in a plan on a story: what is possible for them, what weighs, and whether they have reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f
from fabula.model.story import Happening, Wanted
from fabula.model.world import PERSON, PLACE
from fabula.plan.results import StoryLimits
from fabula.reasons.explaining import Explainer, Reason
from fabula.reasons.means import Budget, Plan, Purposes, together
from fabula.reasons.reach import (
    flees_from_nothing,
    in_others_hands,
    opened_from_within,
)
from fabula.reasons.rehearsal import Rehearsal
from fabula.reasons.roles import assignments
from fabula.reasons.wants import utility, wants
from fabula.reasons.weight import Weight, trades, weights

ACTS_FOR_A_REASON = 600
HURTING = ("harm", "crossing", "sacrifice", "exposure")  # what nobody does as a mere means
ANIMAL = "animal"  # a kind of the library

Burdens = tuple[tuple[str, bool], ...]  # of people, each with an answer


@dataclass(slots=True)
class Willing:
    """Asks of acts whether those who take part would do them, each once at each place of a search.

    ``barred``: what may not become so; ``private``: whether to tell a secret of one's own takes a reason; ``excused``:
    weights for which no reason is asked, so that who does it has still to be explained.
    """

    rehearsal: Rehearsal
    budget: Budget
    limits: StoryLimits
    barred: list[f.Formula]
    private: bool = True
    excused: frozenset[str] = frozenset()
    wanted: dict[Deed, Burdens] = field(default_factory=dict)
    acting: frozenset[str] | None = None
    reasons: dict[tuple[object, ...], Reason | None] = field(default_factory=dict)
    fit: dict[tuple[object, ...], Burdens | None] = field(default_factory=dict)

    def explainer(self) -> Explainer:
        """Looks for reasons, not for long: there are many acts to be asked about."""
        return Explainer(
            self.rehearsal.repertoire, self.budget, self.limits.character, acts=ACTS_FOR_A_REASON
        )

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

    def _possible(self, stage: Stage, deed: Deed) -> Burdens | None:
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

    def _wanting(self, stage: Stage, deed: Deed) -> Burdens:
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
            if self.serving(stage, (forced,), first) is not None:
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

    def parts(self, stage: Stage, deed: Deed, person: str) -> bool:
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

    def light(self, deed: Deed) -> bool:
        """Whether somebody merely goes somewhere or says something: to handle things for others is a favour."""
        action = self.rehearsal.state.world.actions[deed.action]
        if any(a in self.rehearsal.state.world.contents for a in deed.args):
            return True
        first = f.Var(action.params[0].name)
        return all(first in effect.args for effect in assignments(action.effects))

    def serving(self, stage: Stage, rest: Plan, person: str) -> Reason | None:
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
