"""What is only usual, and what passes: neither contradicts a story that says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.engine.records import EventRecord, Failure, Literal
from fabula.model import formula as f
from fabula.model.story import Happening, Stated
from fabula.model.world import DERIVED, LOCATION, PERSON

if TYPE_CHECKING:
    from fabula.engine.runner import Runner

# What does not change off the page: nobody rises from the dead, and bonds are not loosened unsaid.
LASTING = frozenset(
    [
        *"alive destroyed captive stuck hold surround block wear want bulletproof real".split(),
        "tied up",
        "confined in",
    ]
)


def merely_usual(runner: Runner, literal: Literal) -> bool:
    """Whether what speaks against a need is no more than what is usual of its kind: nobody said or did it."""
    if literal.op != "==" or literal.chain or not isinstance(literal.actual, bool):
        return False
    if literal.cause is not None and literal.cause > 0:
        return False
    info = runner.compiled.state.world.fluents.get(literal.fluent)
    if info is None:
        return False
    key = (runner.fluent(literal.fluent), tuple(runner.number(a) for a in literal.args))
    if key in runner.begin.sources:
        return False
    usual = {d.value for d in runner.compiled.state.defaults if d.fluent == literal.fluent}
    return literal.actual == info.default or literal.actual in usual


def shown_before(runner: Runner, literal: Literal) -> bool:
    """Whether an act of this scene rests on what speaks against a statement: who has just spoken is not "already dead"."""
    wanted = f.Equals(
        f.Value(literal.fluent, tuple(f.Const(a) for a in literal.args)),
        f.Lit(literal.actual if isinstance(literal.actual, bool) else None),
    )
    for record in reversed(runner.records):
        if record.time <= runner.paused:
            return False
        if not isinstance(record, EventRecord) or record.failures or record.happening.attempt:
            continue
        if literal.fluent == "alive" and _hurt_by(runner, record, literal.args[0]):
            return False  # who was shot since may have died of it
        act = runner.compiled.act(runner.variant(record.happening))
        for _, things in record.groundings:
            binding: f.Binding = {p: f.Const(t) for p, t in zip(act.params, things, strict=False)}
            if any(
                part == wanted
                for need, _, _ in act.needs
                for part in f.conjuncts(f.substitute(need, binding))
            ):
                return True
    return False


def _hurt_by(runner: Runner, record: EventRecord, person: str) -> bool:
    """Whether an event has wounded somebody."""
    who = runner.number(person)
    known = runner.compiled.numbers.fluents
    harm = {known[name] for name in ("wounded", "badly wounded", "in danger") if name in known}
    return any(
        fluent in harm and list(args) == [who] and new is True
        for fluent, args, _, new in runner.timeline.changes(record.time, [])
    )


def may_have_passed(runner: Runner, literal: Literal) -> bool:
    """Whether what was so before the last pause may have ended in it: moods, sleep, open doors."""
    if literal.op != "==" or literal.chain or not isinstance(literal.actual, bool):
        return False
    info = runner.compiled.state.world.fluents.get(literal.fluent)
    if info is None or literal.fluent == LOCATION or ":" in literal.fluent or info.form == "noun":
        return False
    if literal.fluent in LASTING and literal.actual is not (literal.fluent == "alive"):
        return False
    if not (
        info.params and runner.compiled.state.kind_is(info.params[0], PERSON)
    ) and literal.fluent not in ("open", "lit", "drawn", "hidden", "burning"):
        return False
    return _before_the_pause(runner, literal)


def made_ready(runner: Runner, literal: Literal) -> bool:
    """Whether it is a weapon that its owner has had time to load again, off the page."""
    return (
        (literal.fluent, literal.needed) == ("loaded", True)
        and not literal.chain
        and _before_the_pause(runner, literal)
    )


def _before_the_pause(runner: Runner, literal: Literal) -> bool:
    return literal.cause is not None and 0 < literal.cause <= runner.paused


def common_knowledge(runner: Runner, literal: Literal) -> bool:
    """Whether a mind holds a thing only because people know such things of each other from the start.

    Not what it sees, what it was told, or what a sentence says that it knows: that speaks against "does not know".
    """
    if len(literal.chain) != 1 or literal.fluent in DERIVED | {LOCATION, "alive"}:
        return False
    if literal.cause is not None and literal.cause > 0:
        return False
    return not _shows(runner, literal.fluent) and not any(
        isinstance(step, Stated)
        and isinstance(step.formula, f.Believes)
        and step.formula.who == f.Const(literal.chain[0])
        and any(_is_about(part, literal) for part in f.conjuncts(step.formula.body))
        for step in runner.model.steps
    )


def _shows(runner: Runner, fluent: str) -> bool:
    """Whether a When-rule puts a fluent into the minds of those who see something."""
    return any(
        isinstance(effect, f.Assign) and effect.believers and effect.fluent == fluent
        for trigger in runner.model.world.triggers
        for effect in trigger.effects
    )


def _is_about(formula: f.Formula, literal: Literal) -> bool:
    formula = formula.body if isinstance(formula, f.Not) else formula
    return (
        isinstance(formula, f.Equals)
        and isinstance(formula.left, f.Value)
        and formula.left.fluent == literal.fluent
        and tuple(a.thing for a in formula.left.args if isinstance(a, f.Const)) == literal.args
    )


def changeable(need: f.Formula) -> f.Formula:
    """A need without the alternatives that ask what kind of thing something is: that cannot come to be."""
    if not isinstance(need, f.Or):
        return need
    kept = tuple(
        p for p in need.parts if not isinstance(p.body if isinstance(p, f.Not) else p, f.IsKind)
    )
    return f.Or(kept) if kept else need


def disbelief_in_nothing(failure: Failure) -> bool:
    """Whether somebody would have to disbelieve what no fact speaks of ("he saw no strangers", where there are none)."""
    return (
        isinstance(failure.need, f.Not)
        and isinstance(failure.need.body, f.Believes)
        and not any(literal.fluent for literal in failure.literals)
    )


def answer_untold(runner: Runner, failure: Failure, event: Happening) -> str | None:
    """What somebody would have to know of which the story has no answer: "he tells her what he has heard"."""
    if not (isinstance(failure.need, f.Believes) and isinstance(failure.need.body, f.Holds)):
        return None
    if any(t.cause is not None or t.actual is not None for t in failure.literals):
        return None
    contents = runner.model.world.contents
    for asked in (contents[a] for a in event.args if isinstance(a, str) and a in contents):
        if asked.mode == "question" and isinstance(asked.formula, f.Exists):
            if not runner.truth(asked.formula):
                who = failure.need.who
                name = who.thing if isinstance(who, f.Const) else "somebody"
                return f"{name} knows {asked.text}"
    return None
