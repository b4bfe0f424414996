"""The state before the first event: stated facts, defaults of kinds, secrets and beliefs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fabula.engine.compiled import Compiled
from fabula.engine.expressions import MissingRoleError, term
from fabula.model import formula as f
from fabula.model.story import Stated, Step, Wanted
from fabula.model.world import LOCATION, OUTSIDE, PERSON, PLACE, SPOT, WHO

MOVABLE = (SPOT, "vehicle")
DEEPEST = 20  # so many boxes in boxes are followed up to whoever carries them

Atom = tuple[str, tuple[str, ...], Any]


@dataclass(slots=True)
class Beginning:
    """The kernel's initial facts and beliefs, and what is too involved for them (steps to be taken first)."""

    facts: list[tuple[int, list[int], Any, list[int] | None]] = field(default_factory=list)
    beliefs: list[tuple[list[int], int, list[int], Any]] = field(default_factory=list)
    rest: list[Stated] = field(default_factory=list)
    sources: dict[tuple[int, tuple[int, ...]], Stated] = field(default_factory=dict)
    overruled: list[tuple[Stated, Stated]] = field(default_factory=list)
    """What was said of something and, in the same scene, otherwise later: the two statements."""


def atom(formula: f.Formula) -> Atom | None:
    """(fluent, args, value) of a plain fact about constants, or None."""
    match formula:
        case f.Equals(f.Value(fluent, args), f.Lit(value)):
            found = _constants(args)
            return (fluent, found, value) if found is not None else None
        case f.Equals(f.Value(fluent, args), f.Const(thing)):
            found = _constants(args)
            return (fluent, found, f.Const(thing)) if found is not None else None
        case f.Within(f.Const(inner), f.Const(outer)):
            return (LOCATION, (inner,), f.Const(outer))
        case f.Not(f.Equals(f.Value(fluent, args), f.Lit(True))):
            found = _constants(args)
            return (fluent, found, False) if found is not None else None
    return None


def _constants(args: tuple[f.Term, ...]) -> tuple[str, ...] | None:
    found = tuple(a.thing for a in args if isinstance(a, f.Const))
    return found if len(found) == len(args) else None


def beginning(compiled: Compiled, steps: tuple[Step, ...]) -> Beginning:
    """Everything that holds before the first event."""
    numbers = compiled.numbers
    begin = Beginning()
    stated: dict[tuple[int, tuple[int, ...]], Any] = {}

    def put(
        found: Atom, known: list[int] | None, unknown: tuple[str, ...], step: Stated | None
    ) -> bool:
        fluent, args, value = found
        try:
            number = numbers.fluents[fluent]
            things = [numbers.things[a] for a in args]
            target = numbers.things[value.thing] if isinstance(value, f.Const) else value
        except KeyError:
            return False
        begin.facts.append((number, things, target, known))
        key = (number, tuple(things))
        if step is not None:
            said = begin.sources.get(key)
            if said is not None and stated[key] != target and _together(said, step):
                begin.overruled.append((said, step))
            begin.sources[key] = step
        stated[key] = target
        for person in unknown:
            begin.beliefs.append(([numbers.things[person]], number, things, None))
        return True

    for step in steps:
        if isinstance(step, Wanted):
            for content in (step.content, *((step.than,) if step.than else ())):
                if content.id in numbers.things:
                    put(("want", (step.person, content.id), True), None, (), None)
            continue
        if not isinstance(step, Stated):
            continue
        known = _known_to(compiled, step)
        found = atom(step.formula)
        if found is not None and put(found, known, step.unknown_to, step):
            if found[1] and isinstance(found[2], bool):
                for other in compiled.state.world.fluents[found[0]].exclusive if found[2] else ():
                    put((other, found[1], False), known, (), step)
            continue
        belief = _belief(compiled, step.formula)
        if belief is not None:
            begin.beliefs.append(belief)
        else:
            begin.rest.append(step)
    begin.beliefs[:0] = _carried(compiled, begin, stated)
    for default in compiled.state.defaults:
        number = numbers.fluents[default.fluent]
        if len(compiled.state.world.fluents[default.fluent].params) != 1:
            continue
        for ident in compiled.state.world.things:
            key = (number, (numbers.things[ident],))
            if key not in stated and compiled.state.is_a(ident, default.kind):
                begin.facts.append((number, [numbers.things[ident]], default.value, None))
    for person, acquainted in _acquaintances(compiled, steps).items():
        begin.facts.append((numbers.fluents[WHO], [person], person, acquainted))
    # The world outside lies in itself, so that the way out from anything has an end: who is in the kitchen is
    # known not to be in the cellar.
    outside = numbers.things[OUTSIDE]
    begin.facts.append((numbers.fluents[LOCATION], [outside], outside, None))
    for ident in compiled.state.world.things:
        key = (numbers.fluents[LOCATION], (numbers.things[ident],))
        if key not in stated and _outermost(compiled, ident):
            begin.facts.append((key[0], [numbers.things[ident]], outside, None))
    for spot, thing in compiled.state.world.things.items():
        key = (numbers.fluents[LOCATION], (numbers.things[spot],))
        if (
            key not in stated
            and thing.owner in numbers.things
            and (compiled.state.is_a(spot, SPOT) or _fixture(compiled, spot))
        ):
            begin.facts.append(
                (
                    numbers.fluents[LOCATION],
                    [numbers.things[spot]],
                    numbers.things[thing.owner],
                    None,
                )
            )
    return begin


def _known_to(compiled: Compiled, step: Stated) -> list[int] | None:
    """The people who know a fact and take each other to know it; None where it is as with any fact of its sort.

    Of what everybody would know but for some, the others know that these do not.
    """
    numbers, state = compiled.numbers, compiled.state
    if step.known_to is not None:
        return [numbers.things[p] for p in step.known_to if p in numbers.things]
    found = atom(step.formula) if step.unknown_to else None
    info = state.world.fluents.get(found[0]) if found is not None else None
    if info is None or not (
        info.public
        or (info.id != LOCATION and info.params and state.kind_is(info.params[0], PLACE))
    ):
        return None
    return [
        numbers.things[ident]
        for ident in state.world.things
        if ident not in step.unknown_to and state.is_a(ident, PERSON)
    ]


def _carried(
    compiled: Compiled, begin: Beginning, stated: dict[tuple[int, tuple[int, ...]], Any]
) -> list[tuple[list[int], int, list[int], Any]]:
    """What people have about them at first, and what is in it, they know of, unless it was said that they do not."""
    numbers = compiled.numbers
    location = numbers.fluents[LOCATION]
    state = compiled.state
    people = {numbers.things[t] for t in state.world.things if state.is_a(t, PERSON)}
    found: list[tuple[list[int], int, list[int], Any]] = []
    for (fluent, things), place in stated.items():
        if fluent != location or isinstance(place, bool | None):
            continue
        around, steps = place, 0
        while around not in people and (location, (around,)) in stated and steps < DEEPEST:
            around, steps = stated[(location, (around,))], steps + 1
        step = begin.sources.get((fluent, things))
        who = numbers.thing_ids[around] if around in people else None
        if who is None or step is None or who in step.unknown_to:
            continue
        if step.known_to is None or who in step.known_to:
            found.append(([around], fluent, list(things), place))
    return found


def _together(one: Stated, other: Stated) -> bool:
    """Whether two statements speak of one moment: plain ones of one scene, not of what was earlier."""
    return (
        one.source.scene == other.source.scene
        and one.pauses == other.pauses
        and one.strength == other.strength == "plain"
        and not (one.before or other.before)
    )


def _acquaintances(compiled: Compiled, steps: tuple[Step, ...]) -> dict[int, list[int]]:
    """Of each person who has no second name, who knows who he is: himself, and whoever has to do with him."""
    numbers, state = compiled.numbers, compiled.state
    found: dict[int, list[int]] = {
        numbers.things[ident]: [numbers.things[ident]]
        for ident in state.world.things
        if state.is_a(ident, PERSON) and ident not in state.names
    }
    for step in steps:
        if not isinstance(step, Stated):
            continue
        fact = atom(step.formula)
        if fact is None or fact[2] is not True or len(fact[1]) != 2:
            continue
        one, other = (numbers.things.get(t, -1) for t in fact[1])
        if one not in found or other not in found:
            continue
        known = None if step.known_to is None else {numbers.things.get(p) for p in step.known_to}
        kept_from = {numbers.things.get(p) for p in step.unknown_to}
        for about, person in ((one, other), (other, one)):
            if (known is None or person in known) and person not in kept_from:
                found[about].append(person)
    return found


def _outermost(compiled: Compiled, ident: str) -> bool:
    """Whether a place of which nobody said where it is stands on the ground."""
    return (
        compiled.state.is_a(ident, PLACE)
        and not any(compiled.state.is_a(ident, kind) for kind in MOVABLE)
        and not _fixture(compiled, ident)
    )


def _fixture(compiled: Compiled, ident: str) -> bool:
    """Whether it is a room that was only spoken of, in the building that was in mind then."""
    thing = compiled.state.world.things[ident]
    return (
        thing.implied
        and thing.owner is not None
        and compiled.state.is_a(ident, PLACE)
        and compiled.state.is_a(thing.owner, PLACE)
    )


def _belief(compiled: Compiled, formula: f.Formula) -> tuple[list[int], int, list[int], Any] | None:
    chain: list[int] = []
    while isinstance(formula, f.Believes) and isinstance(formula.who, f.Const):
        chain.append(compiled.numbers.things[formula.who.thing])
        formula = formula.body
    found = atom(formula)
    if not chain or found is None:
        return None
    fluent, args, value = found
    try:
        number = compiled.numbers.fluents[fluent]
        things = [compiled.numbers.things[a] for a in args]
        target = compiled.numbers.things[value.thing] if isinstance(value, f.Const) else value
    except KeyError:
        return None
    return (chain, number, things, target)


__all__ = ["Beginning", "MissingRoleError", "atom", "beginning", "term"]
