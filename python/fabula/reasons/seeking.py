"""Orders to look: who wants something of somebody of whom he does not know where he is, has him looked for."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import PERSON, PLACE
from fabula.reasons.concerns import resolved, things_of
from fabula.reasons.means import REGION
from fabula.reasons.wants import Want, met, usual

LOOKOUT = "is on the lookout for"  # a definition of the library: who looks may find


def sought(mind: Stage, deed: Deed, person: str, held: list[Want]) -> Iterator[tuple[Want, str]]:
    """What somebody wants, and who is missing for it whom others, bound by an act that was just done, would look for."""
    known = mind.compiled.state.definitions.get(LOOKOUT)
    world, state = mind.model.world, mind.compiled.state
    bound = [
        (other, duty)
        for other in dict.fromkeys(deed.args)
        if other != person and other in world.things and state.is_a(other, PERSON)
        for want in usual(mind, other)
        if want.content in deed.args and (duty := world.contents[want.content].formula) is not None
    ]
    if known is None or not bound:
        return
    here = mind.timeline.now
    for want in held:
        if want.content == "" or met(mind, want):
            continue
        for missing in sorted(things_of(mind, want.goal)):
            if missing == person or not _nowhere(mind, missing):
                continue
            for other, duty in bound:
                binding: f.Binding = {
                    known.letters[0]: f.Const(other),
                    known.letters[1]: f.Const(missing),
                }
                looks = f.Or(tuple(f.substitute(body, binding) for body in known.bodies))
                before = mind.evaluate(looks)
                _suppose(mind, duty, missing)
                after = mind.evaluate(looks)
                mind.back(here)
                if after is True and before is not True:
                    yield want, missing
                    return


def suppose_case(mind: Stage, content: Content) -> None:
    """Takes the case for which something is said to be done for so: who orders it has that case in mind."""
    if content.condition is None or mind.evaluate(content.condition) is True:
        return
    for part in f.conjuncts(resolved(mind, content.condition)):
        match part:
            case f.Within(f.Const(thing), f.Const(place)) if mind.model.world.things.get(place):
                mind.put(thing, place)
            case _:
                _suppose(mind, part, "")


def _nowhere(mind: Stage, thing: str) -> bool:
    """Whether of somebody it is not known where he is, or no more than the town."""
    state = mind.compiled.state
    if not state.is_a(thing, PERSON):
        return False
    place = mind.place_of(thing)
    return (
        place is None
        or place not in mind.model.world.things
        or not state.is_a(place, PLACE)
        or state.is_a(place, REGION)
    )


def _suppose(mind: Stage, formula: f.Formula, missing: str) -> None:
    """Takes what is to be done for done; what is to be done about any of a kind, about whoever is missing.

    Who is missing may be of any kind: of somebody known by a name alone nobody can say that he is none.
    """
    while missing and isinstance(formula, f.Exists):
        formula = f.substitute(formula.body, {formula.var: f.Const(missing)})
    numbers = mind.compiled.numbers
    for part in f.conjuncts(resolved(mind, formula)):
        match part:
            case f.Equals(f.Value(fluent, args), f.Lit(bool() as value)) if (
                fluent in numbers.fluents
            ):
                things = [a.thing for a in args if isinstance(a, f.Const)]
                if len(things) == len(args) and all(t in numbers.things for t in things):
                    about = [mind.number(t) for t in things]
                    mind.timeline.set([([], numbers.fluents[fluent], about, value)])
