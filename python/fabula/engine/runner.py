"""Runs a story's steps through the kernel, assuming what nobody said and noting what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from fabula import _core
from fabula.engine.bounds import bound_of, keep_bound
from fabula.engine.casting import Casting, Grounding
from fabula.engine.compiled import IS_THERE, Act, Variant
from fabula.engine.expressions import Expr, Scope, effects, expr, held
from fabula.engine.initial import Beginning, beginning
from fabula.engine.learned import from_failing, from_feeling, from_telling
from fabula.engine.normal import disguised
from fabula.engine.peeking import look_inside, put_into
from fabula.engine.records import Assumption, ClaimRecord, EventRecord, Failure, Literal, Record
from fabula.engine.space import moved, spatial
from fabula.engine.splitting import split_off
from fabula.engine.standing import Deeds, asked_for, is_charged, settle
from fabula.engine.usual import (
    answer_untold,
    changeable,
    common_knowledge,
    disbelief_in_nothing,
    made_ready,
    may_have_passed,
    merely_usual,
    shown_before,
)
from fabula.engine.vocabulary import NOTHING
from fabula.language.effects import NoEffect, make_true
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Happening, Split, Stated, Wanted
from fabula.model.world import (
    LOCATION,
    LOOKS,
)


@dataclass(slots=True)
class Runner(Casting):
    """Runs one story. ``records`` grows event by event; ``at`` maps kernel times to records."""

    begin: Beginning = field(init=False)
    records: list[Record] = field(default_factory=list)
    at: dict[int, Record] = field(default_factory=dict)
    gap: int = 0
    paused: int = 0  # the time of the last pause
    placed: dict[str, int] = field(default_factory=dict)
    looked_into: dict[str, int] = field(default_factory=dict)  # a box -> when
    deeds: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    walked: set[tuple[int, int]] = field(default_factory=set)  # places left for others
    walked_until: int = 0  # so many records have been looked at for them
    prepared: tuple[Variant, ...] = ()  # acts that are not told, and may be tried all the same
    acts: dict[int, Act] = field(default_factory=dict)  # by the place of the step
    foresaw: int | None = None  # the first moment at which it mattered what comes later
    _asked: Deeds = field(default_factory=dict)
    _pins: dict[int, list[int]] = field(default_factory=dict)
    _spatial: dict[int, list[tuple[f.Formula, Expr]]] = field(default_factory=dict)

    def run(self) -> None:
        """Runs every step; raises ValueError (RestlessError) where When-rules never come to rest."""
        self.make_ready()
        self.start()
        self.go_on(self.first)

    def make_ready(self) -> None:
        """Compiles every act that is told."""
        self.compiled.build(self.disguises())
        for index, step in enumerate(self.model.steps):
            if isinstance(step, Happening):
                self.acts[index] = self.compiled.act(self.variant(step))
        for variant in self.prepared:
            self.compiled.act(variant)
        self._asked = asked_for(self)

    @property
    def first(self) -> int:
        """The place of the first event among the steps."""
        return min(self.acts, default=len(self.model.steps))

    def beginning(self) -> Beginning:
        """What is so before the first event."""
        steps = self.model.steps
        early = tuple(s for s in steps[: self.first] if not isinstance(s, Split))
        wants = tuple(s for s in steps[self.first :] if isinstance(s, Wanted))
        return beginning(self.compiled, (*early, *wants))

    def start(self) -> None:
        """Makes the moment before the first event."""
        self.begin = self.beginning()
        self.timeline = self.compiled.problem.timeline(self.begin.facts, self.begin.beliefs)
        for stated in self.begin.rest:
            if not self._said_otherwise_since(stated):
                self._make(stated.formula)
        for step in self.model.steps[: self.first]:
            if isinstance(step, Split):
                split_off(self, step)
            elif isinstance(step, Stated):
                from_feeling(self, step)
        self._overruled()

    def _overruled(self) -> None:
        """Notes what was said of the beginning and otherwise in the same breath; what was said last holds."""
        for earlier, later in self.begin.overruled:
            formula, now = earlier.formula, self.timeline.now
            if self.truth(formula) is not False:
                continue
            match formula, later.formula:
                case f.Within(_, f.Const() as inner), f.Within(_, outer):
                    if self.truth(f.Within(inner, outer)) is not False:
                        continue  # "He is in the kitchen. He is in the house."
            literals = self._claim_literals(formula, now)
            if self._gives_way(earlier, literals):
                continue
            self._keep_claim(ClaimRecord(earlier, now, now, "contradicted", literals))

    def go_on(self, start: int, passing: Callable[[int], None] | None = None) -> None:
        """Runs the steps from one on; ``passing`` is told the place of each before it is run."""
        steps = self.model.steps
        for index in range(start, len(steps)):
            if passing is not None:
                passing(index)
            step = steps[index]
            if isinstance(step, Happening):
                self._event(step, self.acts[index])
            elif isinstance(step, Stated):
                self._claim(step)
            elif isinstance(step, Split):
                split_off(self, step)

    def disguises(self) -> bool:
        """Whether anybody in the story may look like somebody else."""
        actions = {s.action for s in self.model.steps if isinstance(s, Happening)}
        if any(disguised(self.model.world.actions[a]) for a in actions):
            return True
        return any(isinstance(s, Stated) and _about_looks(s.formula) for s in self.model.steps)

    def changed_gap(self, fluent: str, thing: str) -> int:
        """In which scene a fluent of a thing last changed; what was stated before the story holds in the first."""
        first = 1 if (self.fluent(fluent), (self.number(thing),)) in self.begin.sources else -1
        cause = self.timeline.cause(
            self.timeline.now, [], self.fluent(fluent), [self.number(thing)]
        )
        while cause is not None and cause > 0:
            record = self.at.get(cause)
            if isinstance(record, EventRecord):
                return record.scene_gap
            if record is not None:
                return record.scene_gap
            cause -= 1
        return first

    def _event(self, event: Happening, act: Act) -> None:
        if event.gap:
            self._pause()
        timeline = self.timeline
        before = timeline.now
        groundings = self._groundings(event, act)
        assumed: list[Assumption] = []
        if not groundings:
            timeline.step([], False)
            record = EventRecord(
                event, event.n, timeline.now, before, "happens", (), scene_gap=self.gap
            )
            self._keep(record)
            return
        report = self._happen(groundings)
        if report.status != "happens":
            timeline.truncate(before)
            from fabula.engine.travel import mend

            assumed = mend(self, event, act, groundings)
            before = timeline.now
            report = self._happen(groundings)
        failures: tuple[Failure, ...] = ()
        if report.status == "impossible":
            failures = self._failures(report, act, groundings, before)
            failures, unsaid = self._only_usual(failures, event, report.time)
            assumed.extend(unsaid)
        if report.status != "happens":
            assumed.extend(self._assumed(report, event))
        status = "impossible" if failures else "assumes" if assumed else "happens"
        named = tuple(
            (event.action, tuple(self.name(t) for t in things)) for _, things in groundings
        )
        record = EventRecord(
            event, event.n, timeline.now, before, status, named, failures, assumed, self.gap
        )
        self._keep(record)
        put_into(self, record)
        settle(self, record, self._asked)
        from_telling(self, record)
        record.settled = timeline.now
        for _, things in named:
            self.deeds[(event.action, things)] = event.n
            for index in self.pinned(act):
                self.placed[things[index]] = self.gap

    def is_charged(self, event: Happening) -> bool:
        """Whether an event is what somebody was told to do, or has promised."""
        return is_charged(self, event, self._asked)

    def amounts_to(self, formula: f.Formula, time: int | None, chain: tuple[str, ...]) -> bool:
        """Whether somebody lied who is said to have told something."""
        from fabula.engine.lies import lied

        return lied(self, formula, self.timeline.now if time is None else time, chain)

    def _happen(self, groundings: list[Grounding]) -> _core.Report:
        """All at once; where that cannot be (one thing is given to two people), one after the other."""
        try:
            return self.timeline.happen(groundings)
        except _core.ClashError:
            if len(groundings) < 2:
                raise
        for grounding in groundings[:-1]:
            self.timeline.happen([grounding])
        return self.timeline.happen(groundings[-1:])

    def needs_of_place(self, act: Act) -> list[tuple[f.Formula, Expr]]:
        """The needs of an act that speak of where something is."""
        found = self._spatial.get(act.number)
        if found is None:
            found = self._spatial[act.number] = [
                (formula, test)
                for formula, text, test in sorted(act.needs, key=lambda need: need[1] != IS_THERE)
                if spatial(formula)
            ]
        return found

    def pinned(self, act: Act) -> list[int]:
        """The parameters of an act that it tells the place of: those it needs or puts somewhere."""
        found = self._pins.get(act.number)
        if found is None:
            letters = {n for formula, _ in self.needs_of_place(act) for n in f.variables(formula)}
            letters |= moved(self.model.world.actions[act.variant.action].effects)
            found = self._pins[act.number] = [i for i, p in enumerate(act.params) if p in letters]
        return found

    def _pause(self) -> None:
        self.gap += 1
        self.paused = self.timeline.now

    def _keep(self, record: Record) -> None:
        self.records.append(record)
        self.at[record.time] = record

    def _assumed(self, report: _core.Report, event: Happening) -> list[Assumption]:
        found: list[Assumption] = []
        for fluent, args, value in report.assumed:
            formula = self.fact(fluent, args, value)
            found.append(Assumption(fact_words(self.compiled.state, formula), event.n, report.time))
        return found

    def _failures(
        self, report: _core.Report, act: Act, groundings: list[Grounding], before: int
    ) -> tuple[Failure, ...]:
        by_need: dict[tuple[int, int], list[Literal]] = {}
        for grounding, conjunct, about, chain in report.failed:
            by_need.setdefault((grounding, conjunct), []).append(self.literal(about, chain, before))
        found: list[Failure] = []
        for (grounding, conjunct), literals in by_need.items():
            binding = dict(
                zip(act.params, (self.name(t) for t in groundings[grounding][1]), strict=True)
            )
            formula, words, _ = act.needs[min(conjunct, len(act.needs) - 1)]
            need = f.substitute(formula, {k: f.Const(v) for k, v in binding.items()})
            if any(t.op.startswith("is") for t in literals):
                asked = expr(changeable(need), Scope(self.compiled.numbers))
                literals = [
                    self.literal(a, c, before)
                    for _, _, a, c in self.timeline.literals(before, [], asked)
                ]
            found.append(Failure(need, words, tuple(literals), binding))
        return tuple(found)

    def _only_usual(
        self, failures: tuple[Failure, ...], event: Happening, time: int
    ) -> tuple[tuple[Failure, ...], list[Assumption]]:
        """Failures that nobody's word or deed stands behind are assumptions: it was not as usual."""
        kept: list[Failure] = []
        texts: dict[str, None] = {}
        for one in failures:
            word = answer_untold(self, one, event)
            if word is not None:
                texts[word] = None
            elif disbelief_in_nothing(one) or all(
                merely_usual(self, t) or made_ready(self, t) for t in one.literals
            ):
                texts |= dict.fromkeys(t.text for t in one.literals)
            else:
                kept.append(one)
        return tuple(kept), [Assumption(text, event.n, time) for text in texts]

    # statements
    def _make(self, formula: f.Formula) -> bool:
        """Makes a formula so, for the world or the minds it speaks of; nobody sees it happen."""
        if keep_bound(self, formula):
            return True
        try:
            made = make_true(formula, self.compiled.state.exclusive())
        except NoEffect:
            return False
        done = effects(made, Scope(self.compiled.numbers))
        if isinstance(formula, f.Believes):
            done = effects(held(formula.body, (formula.who,)), Scope(self.compiled.numbers)) or done
        if done:
            self.timeline.step(done, False)
        return bool(done)

    def _said_otherwise_since(self, stated: Stated) -> bool:
        """Whether the world, further on, says where something is of which this only says where it is not."""
        bound = bound_of(stated.formula, 0)
        if bound is None:
            return False
        place = self.begin.sources.get((self.fluent(LOCATION), (self.number(bound.thing),)))
        steps = self.model.steps
        return place is not None and steps.index(place) > steps.index(stated)

    def _claim(self, stated: Stated) -> None:
        before = self.timeline.now
        if stated.gap:
            self._pause()
        if stated.before:
            self._make(stated.formula)
            return
        verdict = self.truth(stated.formula)
        if stated.strength == "never":
            status = "contradicted" if self._happened_here(stated) else "holds"
            self._keep_claim(ClaimRecord(stated, before, before, status))
            return
        if verdict is True:
            if stated.gap and isinstance(stated.formula, f.Or):
                # "she is in the garden or the park", where she was in the garden before: she may have gone
                keep_bound(self, stated.formula, anew=True)
            self._keep_claim(ClaimRecord(stated, self.timeline.now, before, "holds"))
            return
        if verdict is False:
            from fabula.engine.claimed_places import travel_for_claim

            if travel_for_claim(self, stated):
                self._keep_claim(ClaimRecord(stated, self.timeline.now, before, "established"))
                return
            literals = self._claim_literals(stated.formula, before)
            if not self._gives_way(stated, literals):
                self._keep_claim(ClaimRecord(stated, before, before, "contradicted", literals))
                return
        top = self.top_of(stated.formula) if isinstance(stated.formula, f.Within) else None
        if top is not None and stated.gap and self._goes_there(stated):
            self._keep_claim(ClaimRecord(stated, self.timeline.now, before, "established"))
            return
        if (
            top is not None
            and isinstance(stated.formula, f.Within)
            and isinstance(stated.formula.outer, f.Const)
        ):
            self._make(f.Within(f.Const(top), stated.formula.outer))
        else:
            self._make(stated.formula)
        look_inside(self, stated.formula)
        record = ClaimRecord(stated, self.timeline.now, before, "established")
        self._keep_claim(record)

    def _goes_there(self, stated: Stated) -> bool:
        """ "Ann is in the school", who was in the office: rather than that this is one of the school, she has gone."""
        from fabula.engine.claimed_places import travel_for_claim

        match stated.formula:
            case f.Within(_, f.Const(place)):
                region = self.compiled.state.is_a(place, "region")
                return not region and travel_for_claim(self, stated)
        return False

    def _gives_way(self, stated: Stated, literals: tuple[Literal, ...]) -> bool:
        """Whether what speaks against a statement is only usual, may have passed, or is a mind that may have learned."""
        if _is_knowing(stated.formula):
            return True
        if isinstance(stated.formula, f.Not) and isinstance(stated.formula.body, f.Believes):
            return bool(literals) and all(common_knowledge(self, t) for t in literals)
        if stated.strength == "already" and any(shown_before(self, t) for t in literals):
            return False
        return bool(literals) and all(
            merely_usual(self, t) or may_have_passed(self, t) for t in literals
        )

    def _keep_claim(self, record: ClaimRecord) -> None:
        last = self.records[-1] if self.records else None
        if (
            record.status != "contradicted"
            and isinstance(last, EventRecord)
            and last.happening.attempt
            and last.source.span == record.source.span
        ):
            from_failing(self, last, record.stated.formula)
            record.time = self.timeline.now
        if record.status != "contradicted":
            from_feeling(self, record.stated)
            record.time = self.timeline.now
        record.scene_gap = self.gap
        self.records.append(record)
        if record.time > record.before:
            self.at[record.time] = record
        for thing in _things(record.stated.formula):
            if record.status != "contradicted":
                self.placed.setdefault(thing, self.gap)

    def _happened_here(self, stated: Stated) -> bool:
        """Whether a denied act took place in this scene."""
        formula = stated.formula.body if isinstance(stated.formula, f.Not) else stated.formula
        if isinstance(formula, f.Equals) and isinstance(formula.left, f.Value):
            for record in reversed(self.records):
                if not isinstance(record, EventRecord) or record.scene_gap != self.gap:
                    break
                ident = formula.left.fluent.partition(":")[2]
                wanted = tuple(a.thing if isinstance(a, f.Const) else "" for a in formula.left.args)
                if record.happening.action == ident and not record.happening.attempt:
                    args = record.happening.args
                    if all(w in (NOTHING, a) for w, a in zip(wanted, args, strict=False)):
                        return True
        return False

    def _claim_literals(self, formula: f.Formula, time: int) -> tuple[Literal, ...]:
        chain: list[int] = []
        while isinstance(formula, f.Believes) and isinstance(formula.who, f.Const):
            chain.append(self.number(formula.who.thing))
            formula = formula.body
        if isinstance(formula, f.Not) and isinstance(formula.body, f.Believes):
            inner: f.Formula = formula.body
            while isinstance(inner, f.Believes) and isinstance(inner.who, f.Const):
                chain.append(self.number(inner.who.thing))
                body = inner.body
                if not isinstance(body, f.Believes):
                    found = self.timeline.literals(
                        time, chain, ("not", expr(body, Scope(self.compiled.numbers))), []
                    )
                    return tuple(
                        self.literal(about, ch or chain, time) for _, _, about, ch in found
                    )
                inner = body
        found = self.timeline.literals(time, chain, expr(formula, Scope(self.compiled.numbers)), [])
        return tuple(self.literal(about, ch or chain, time) for _, _, about, ch in found)


def _is_knowing(formula: f.Formula) -> bool:
    """Whether a statement is about what somebody takes to be so: one, everybody in a place, or who knows who it was."""
    match formula:
        case f.Forall(_, _, body):
            return _is_knowing(body)
        case f.Or(parts) if parts:
            return _is_knowing(parts[-1])
        case f.And(parts):
            return bool(parts) and all(_is_knowing(part) for part in parts)
    return isinstance(formula, f.Believes)


def _about_looks(formula: f.Formula) -> bool:
    match formula:
        case f.Believes(_, body) | f.Not(body):
            return _about_looks(body)
        case f.Equals(f.Value(fluent, _), _):
            return fluent == LOOKS
    return False


def _things(formula: f.Formula) -> list[str]:
    found: list[str] = []

    def of(t: f.Term) -> None:
        if isinstance(t, f.Const):
            found.append(t.thing)

    match formula:
        case f.Within(inner, _):
            of(inner)
        case f.Equals(f.Value(_, args), _):
            for a in args:
                of(a)
    return found
