"""Who could know what: what minds hold, who keeps a secret, and what may have been told off the page."""

from __future__ import annotations

from fabula.check.case import Case
from fabula.check.findings import Assumption
from fabula.engine.expressions import unnamed
from fabula.engine.records import EventRecord, Record
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Stated
from fabula.model.world import LOCATION, SURROUNDINGS


def holds(case: Case, person: str, formula: f.Formula, time: int) -> bool:
    """Whether somebody takes a thing to be so."""
    return case.truth(formula, time, (person,)) is True


def took_in(case: Case, person: str, formula: f.Formula, origin: EventRecord) -> bool:
    """Whether somebody took in the act that plainly made a thing so: this needs no look into his mind.

    Left out is what an act brings about by way of rules, what it seems to be, and who looks like somebody else.
    """
    made = _settled(formula)
    if made is None or origin.happening.attempt:
        return False
    runner = case.runner
    for ident, things in origin.groundings:
        action = case.world.actions[ident]
        if action.seems is not None or len(things) != len(action.params):
            continue
        names = [p.name for p in action.params]
        given: f.Binding = {n: f.Const(t) for n, t in zip(names, things, strict=True)}
        plain = [e for e in action.effects if isinstance(e, f.Assign)]
        if not any(_assigns(f.substitute_effect(effect, given), made) for effect in plain):
            continue
        seen = [runner.number(thing) for thing in things]
        who = runner.number(person)
        return any(c == who and a == seen for c, _, a in runner.timeline.observers(origin.time))
    return False


def _settled(formula: f.Formula) -> tuple[str, tuple[f.Term, ...], f.Term] | None:
    """The property, its things and its value, where a fact is no more than that."""
    match formula:
        case f.Equals(f.Value(fluent, args), (f.Const() | f.Lit()) as value):
            return fluent, args, value
        case f.Within(f.Const() as inner, f.Const() as outer):
            return LOCATION, (inner,), outer
        case f.Not(f.Equals(f.Value(fluent, args), f.Lit(bool(value)))):
            return fluent, args, f.Lit(not value)
    return None


def _assigns(effect: f.Effect, made: tuple[str, tuple[f.Term, ...], f.Term]) -> bool:
    match effect:
        case f.Assign(fluent, args, value, (), "set"):
            return (fluent, args, value) == made
    return False


def secret(case: Case, formula: f.Formula) -> Stated | None:
    """The statement that makes a fact a secret, if one does."""
    wanted = core(formula)
    return next((s for s in case.secrets if core(s.formula) == wanted), None)


def core(formula: f.Formula) -> object:
    """What a fact is about, whatever its value: two facts with the same core answer one question."""
    match unnamed(formula):
        case f.Equals(f.Value(fluent, args), _):
            return fluent, args
        case f.Within(inner, _):
            return LOCATION, (inner,)
        case f.Not(body):
            return core(body)
        case other:
            return other


def kept_from(stated: Stated, person: str) -> bool:
    """Whether a secret is one to somebody."""
    if person in stated.unknown_to:
        return True
    return stated.known_to is not None and person not in stated.known_to


def keeps(case: Case, person: str, formula: f.Formula) -> bool:
    """Whether somebody keeps a fact to himself."""
    stated = secret(case, formula)
    return stated is not None and not kept_from(stated, person)


def may_have_heard(case: Case, person: str, formula: f.Formula, record: Record) -> bool:
    """Whether somebody who knew it may have told him in the last pause; then that is assumed.

    The teller was alive, free and no keeper of the secret, and both could meet or call.
    """
    pause = _last_pause(case, record)
    if pause is None or not _at_large(case, person, pause):
        return False
    for other in case.people:
        if other == person or keeps(case, other, formula) or not _at_large(case, other, pause):
            continue
        if holds(case, other, formula, pause):
            text = f"somebody, perhaps {case.words(other)}, has told {case.words(person)} that {fact_words(case.state, formula)}"
            case.told.append(Assumption(text, case.n(record)))
            return True
    return False


LOOKING = frozenset(
    "read|find|find in|uncover|search|search for|search somebody|look|watch|overhear somebody|investigate"
    "|count|open|have to hand|hear|see|notice|see on".split("|")
)
"""Acts by which somebody may learn what the story does not say that he learns."""


def looked_into(case: Case, who: str, record: Record, most: int) -> bool:
    """Whether one of the last acts of somebody before a record was to look or listen: it may have told him."""
    acts = [
        event.happening.action
        for event in case.events
        if event.n < case.n(record) + (not isinstance(record, EventRecord))
        and event.happening.args[:1] == (who,)
    ]
    return not LOOKING.isdisjoint(acts[-most:])


def has_before_him(case: Case, person: str, formula: f.Formula, time: int) -> bool:
    """Whether what a fact is about is where somebody is: he may have seen for himself."""
    match unnamed(formula):
        case f.Equals(f.Value(_, (f.Const(first), *_)), _) | f.Within(f.Const(first), _):
            here, there = (case.value(SURROUNDINGS, (one,), time) for one in (person, first))
            if (
                isinstance(formula, f.Within)
                and isinstance(formula.outer, f.Const)
                and not case.state.is_a(formula.outer.thing, "region")
            ):
                inside = f.Within(f.Const(person), formula.outer)
                if case.truth(inside, time) is True:
                    return True  # whoever is in the hospital himself need not be told who else is
            return here is not None and here in (there, first)
        case f.Not(body):
            return has_before_him(case, person, body, time)
    return False


def _last_pause(case: Case, record: Record) -> int | None:
    """The time at which the scene of a record began; None in the first scene."""
    events = [e for e in case.events if e.n <= case.n(record)]
    if not events:
        return None
    gap = events[-1].scene_gap
    before = [e for e in case.events if e.scene_gap < gap]
    return before[-1].time if before else None


def _at_large(case: Case, person: str, time: int) -> bool:
    """Whether somebody is alive and free."""
    for key in ("is free to move", "can act"):
        definition = case.state.definitions.get(key)
        if definition is None:
            continue
        bodies = [
            f.substitute(b, dict(zip(definition.letters, (f.Const(person),), strict=False)))
            for b in definition.bodies
        ]
        if case.runner.evaluate(f.Or(tuple(bodies)), time) is False:
            return False
    return True


def about(formula: f.Formula, person: str) -> bool:
    """Whether a fact is somebody's own: what he did, has or feels."""
    match unnamed(formula):
        case f.Equals(f.Value(_, (f.Const(first), *_)), _) | f.Within(f.Const(first), _):
            return first == person
        case f.Equals(f.Value(_, args), _):
            return f.Const(person) in args
        case f.Not(body) | f.Believes(_, body):
            return about(body, person)
        case f.And(parts) | f.Or(parts):
            return any(about(p, person) for p in parts)
    return False
