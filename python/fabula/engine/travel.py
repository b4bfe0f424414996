"""Off the page: who is free may have travelled between scenes, and what people own may have been fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fabula.engine import unsaid
from fabula.engine.compiled import Act
from fabula.engine.expressions import Expr
from fabula.engine.nearby import about_one, in_there, next_door
from fabula.engine.records import Assumption, EventRecord
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Happening
from fabula.model.world import FURNITURE, LOCATION, OUTSIDE, PERSON, PLACE

if TYPE_CHECKING:
    from fabula.engine.runner import Runner

MOST_MOVES = 6


def free(runner: Runner, person: str) -> bool:
    """Whether somebody may travel unseen by the reader: by the library's "free to move" and "can act"."""
    return all(
        _holds_by_definition(runner, key, person) is not False
        for key in ("is free to move", "can act")
    )


def _holds_by_definition(runner: Runner, key: str, person: str) -> bool | None:
    """Whether one of the library's definitions ("can act") holds of somebody; None where that is unknown."""
    asked = runner.compiled.definition(key)
    number = runner.compiled.numbers.things.get(person)
    if asked is None or number is None:
        return None
    value = runner.timeline.evaluate(runner.timeline.now, [], asked, [number])
    return value if isinstance(value, bool) else None


def is_person(runner: Runner, thing: str) -> bool:
    """Whether a thing is a person (or a group or an animal)."""
    return runner.compiled.state.is_a(thing, PERSON)


def located(runner: Runner, thing: str) -> Any:
    """The direct location of a thing as the kernel's value; None where nobody knows, as of what has gone away."""
    value = runner.timeline.value(
        runner.timeline.now, [], runner.fluent(LOCATION), [runner.number(thing)]
    )
    return None if value == runner.number(OUTSIDE) else value


def mend(
    runner: Runner, event: Happening, act: Act, groundings: list[tuple[int, list[int]]]
) -> list[Assumption]:
    """Moves that make an event's unmet needs of place hold, as assumptions; what does not help is taken back."""
    made: list[Assumption] = []
    for _ in range(MOST_MOVES):
        report = runner.timeline.foresee(groundings)
        if report.status == "happens":
            break
        if _restore(runner, event, act, groundings, made):
            continue
        open_needs = _open(runner, act, groundings)
        if not open_needs or not _mend_one(runner, event, open_needs, made):
            break
    return made


def _binding(runner: Runner, act: Act, things: list[int]) -> f.Binding:
    """What fills an act's letters, by name."""
    return {name: f.Const(runner.name(t)) for name, t in zip(act.params, things, strict=True)}


def put(runner: Runner, thing: str, place: str) -> None:
    """It is there from now on, and nobody has seen it come."""
    runner.timeline.set(
        [([], runner.fluent(LOCATION), [runner.number(thing)], runner.number(place))]
    )


def _restore(
    runner: Runner,
    event: Happening,
    act: Act,
    groundings: list[tuple[int, list[int]]],
    made: list[Assumption],
) -> bool:
    """What comes right by itself between scenes (a gun is loaded again), where that mends a need."""
    state = runner.compiled.state
    for _, things in groundings:
        binding = _binding(runner, act, things)
        for formula, _, test in act.needs:
            if runner.timeline.evaluate(runner.timeline.now, [], test, things) is not False:
                continue
            for restored in state.restored:
                for name in f.variables(formula):
                    bound = binding.get(name)
                    if not isinstance(bound, f.Const) or not state.is_a(bound.thing, restored.kind):
                        continue
                    if (
                        runner.timeline.value(
                            runner.timeline.now,
                            [],
                            runner.fluent(restored.fluent),
                            [runner.number(bound.thing)],
                        )
                        is restored.value
                    ):
                        continue
                    since = runner.changed_gap(restored.fluent, bound.thing)
                    if since >= runner.gap:
                        continue
                    before = runner.timeline.now
                    runner.timeline.set(
                        [
                            (
                                [],
                                runner.fluent(restored.fluent),
                                [runner.number(bound.thing)],
                                restored.value,
                            )
                        ]
                    )
                    if runner.timeline.evaluate(runner.timeline.now, [], test, things) is False:
                        runner.timeline.truncate(before)
                        continue
                    words = fact_words(state, f.truth(restored.fluent, bound, value=restored.value))
                    made.append(Assumption(words, event.n, runner.timeline.now, "restored"))
                    return True
    return False


@dataclass(slots=True)
class _Need:
    """A need about places that is not known to hold, of the things that fill the act's letters."""

    formula: f.Formula
    test: Expr
    things: list[int]
    binding: f.Binding

    @property
    def concerned(self) -> list[str]:
        """The things that it is about, the actor first."""
        found = (self.binding.get(name) for name in f.variables(self.formula))
        return [bound.thing for bound in found if isinstance(bound, f.Const)]

    def holds(self, runner: Runner) -> bool:
        """Whether it is known to hold now."""
        return runner.timeline.evaluate(runner.timeline.now, [], self.test, self.things) is True

    def parts(self) -> Iterator[f.Within]:
        """The places of things, among what it asks for."""
        for part in f.conjuncts(self.formula):
            if isinstance(part, f.Within):
                found = f.substitute(part, self.binding)
                if isinstance(found, f.Within):
                    yield found


def _open(runner: Runner, act: Act, groundings: list[tuple[int, list[int]]]) -> list[_Need]:
    """Needs about places that are not known to hold."""
    found: list[_Need] = []
    for _, things in groundings:
        binding = _binding(runner, act, things)
        needs = (_Need(*need, things, binding) for need in runner.needs_of_place(act))
        found += [need for need in needs if not need.holds(runner)]
    return found


def _mend_one(runner: Runner, event: Happening, needs: list[_Need], made: list[Assumption]) -> bool:
    """Tries single moves for the first need that one mends."""
    for need in needs:
        concerned = need.concerned
        for mover, target in [
            *_placings(runner, need),
            *_charges(runner, event, concerned),
            *_moves(runner, event, concerned),
            *_errands(runner, event, concerned),
            *unsaid.led(runner, event, concerned, free),
        ]:
            if event.at is not None and mover in event.args[:1] and target != event.at:
                continue  # it is said where he is
            before = runner.timeline.now
            put(runner, mover, target)
            if need.holds(runner) and not _lost(runner, mover, target):
                words = fact_words(
                    runner.compiled.state,
                    f.Equals(f.Value(LOCATION, (f.Const(mover),)), f.Const(target)),
                )
                made.append(
                    Assumption(
                        words,
                        event.n,
                        runner.timeline.now,
                        "travel" if is_person(runner, mover) else "thing",
                    )
                )
                runner.placed[mover] = runner.gap
                return True
            runner.timeline.truncate(before)
        if _goes_and_takes(runner, event, need, made):
            return True
    return False


def _goes_and_takes(runner: Runner, event: Happening, need: _Need, made: list[Assumption]) -> bool:
    """Who has come, unsaid, to where a thing lies has taken it there: both are assumed."""
    for part in need.parts():
        match part:
            case f.Within(f.Const(thing), f.Const(person)) if is_person(runner, person):
                pass
            case _:
                continue
        place = runner.place_of(thing)
        if (
            place is None
            or is_person(runner, thing)
            or runner.compiled.state.is_a(thing, PLACE)
            or runner.compiled.state.is_a(thing, FURNITURE)
            or holder_of(runner, thing) is not None
            or _holds_by_definition(runner, "is locked away", thing)
            or runner.placed.get(person, 0) >= runner.gap
            or not free(runner, person)
        ):
            continue
        before = runner.timeline.now
        put(runner, person, place)
        put(runner, thing, person)
        if not need.holds(runner):
            runner.timeline.truncate(before)
            continue
        for mover, target, kind in ((person, place, "travel"), (thing, person, "thing")):
            moved = f.Equals(f.Value(LOCATION, (f.Const(mover),)), f.Const(target))
            words = fact_words(runner.compiled.state, moved)
            made.append(Assumption(words, event.n, runner.timeline.now, kind))
            runner.placed[mover] = runner.gap
        return True
    return False


def _lost(runner: Runner, mover: str, target: str) -> bool:
    """Whether a move would put something into itself."""
    return runner.evaluate(f.Within(f.Const(target), f.Const(mover))) is True


def _placings(runner: Runner, need: _Need) -> list[tuple[str, str]]:
    """Places of which nobody said where they are, put into the place that a need names."""
    found: list[tuple[str, str]] = []
    for part in need.parts():
        if isinstance(part.outer, f.Const):
            top = runner.top_of(part)
            if top is not None and not _left_for(runner, top, part.outer.thing):
                found.append((top, part.outer.thing))
    return found


def _left_for(runner: Runner, one: str, other: str) -> bool:
    """Whether somebody has gone from one place to another: then neither is in the other."""
    location = runner.fluent(LOCATION)
    records = runner.records
    for record in records[runner.walked_until :]:
        for fluent, _, old, new in runner.timeline.changes(record.time, []):
            if fluent == location and isinstance(old, int) and isinstance(new, int):
                runner.walked.add((old, new))
    runner.walked_until = len(records)
    pair = runner.number(one), runner.number(other)
    return pair in runner.walked or pair[::-1] in runner.walked


def _moves(runner: Runner, event: Happening, concerned: list[str]) -> list[tuple[str, str]]:
    """(who moves, where to) in the order of likelihood: the unknown, what "in the house" leaves open, who may have travelled."""
    state = runner.compiled.state
    unknown: list[tuple[str, str]] = []
    within: list[tuple[str, str]] = []
    travelled: list[tuple[str, str]] = []
    for mover in concerned:
        for other in concerned:
            if mover == other or (state.is_a(mover, PLACE) and not state.is_a(mover, "vehicle")):
                continue
            nowhere = located(runner, mover) is None
            targets = _targets(runner, mover, other)
            within.extend((m, t) for t in targets if (m := in_there(runner, mover, t)) is not None)
            within.extend((mover, t) for t in targets if about_one(runner, mover, t))
            if nowhere:
                unknown.extend((mover, t) for t in targets)
            elif is_person(runner, mover):
                at_large = runner.placed.get(mover, 0) < runner.gap or (
                    (is_person(runner, other) and unsaid.led_away_before_him(runner, mover, other))
                    or unsaid.off_stage(runner, mover)
                    or unsaid.told_there(runner, event, targets)
                )
                if at_large and free(runner, mover):
                    travelled.extend((mover, t) for t in targets)
            elif _fetched(runner, mover, other) or unsaid.turned_up(runner, event, mover):
                travelled.extend((mover, t) for t in targets)
    return [*unknown, *within, *travelled]


def _errands(runner: Runner, event: Happening, concerned: list[str]) -> list[tuple[str, str]]:
    """Who acts may fetch or use, unsaid, what lies in another room of the building that he is in."""
    actors = [a for a in event.args[:1] if isinstance(a, str) and a in concerned]
    return [
        (actor, target)
        for actor in actors
        if is_person(runner, actor) and free(runner, actor)
        for other in concerned
        if not is_person(runner, other) and holder_of(runner, other) is None
        for target in _targets(runner, actor, other)
        if next_door(runner, actor, target)
    ]


def _charges(runner: Runner, event: Happening, concerned: list[str]) -> list[tuple[str, str]]:
    """Who does what he was told or has promised to do has gone, unsaid, to where it is done."""
    actor = event.args[0] if event.args else None
    if not isinstance(actor, str) or actor not in concerned or not is_person(runner, actor):
        return []
    if not free(runner, actor) or not runner.is_charged(event):
        return []
    return [
        (actor, target)
        for other in concerned
        if other != actor
        for target in _targets(runner, actor, other)
    ]


def _stands(runner: Runner, thing: str) -> bool:
    """Whether a thing stands in places, and not in things or with somebody."""
    return any(runner.compiled.state.is_a(thing, kind) for kind in (FURNITURE, "vehicle"))


def _targets(runner: Runner, mover: str, other: str) -> list[str]:
    state = runner.compiled.state
    if is_person(runner, other):
        place = runner.place_of(other)
        if is_person(runner, mover):
            return [place] if place else []
        if _stands(runner, mover):
            return [place] if place else []  # nobody carries his table about
        return [*([place] if place else []), other]
    if state.is_a(other, PLACE):
        return [other]
    place = runner.place_of(other)
    if is_person(runner, mover) or _stands(runner, mover):
        return [place] if place else []
    return [other, *([place] if place else [])]


def _fetched(runner: Runner, thing: str, person: str) -> bool:
    """Whether a thing may be at hand unsaid.

    It lies where he is, under no lock; it is in the hands of the group that he is part of, or of one there who cannot act; or
    he owns it, had no need of it in this scene, and nobody else holds it.
    """
    if not is_person(runner, person):
        return False
    holder = holder_of(runner, thing)
    if holder is not None and holder in _wholes(runner, person):
        return True
    if (
        holder is not None
        and _holds_by_definition(runner, "can act", holder) is False
        and runner.place_of(holder) == runner.place_of(person)
        and not _came_by_the_impossible(runner, thing)
    ):
        return True  # nobody who sleeps or is dead keeps what he has from those who are there
    if holder is None and unsaid.took_what_he_found(runner, thing, person):
        return True
    if _holds_by_definition(runner, "is locked away", thing):
        return False
    if (
        holder is None
        and runner.place_of(thing) is not None
        and runner.place_of(thing) == runner.place_of(person)
    ):
        return not runner.compiled.state.is_a(thing, PLACE)
    if (
        holder is None
        and runner.placed.get(thing, 0) < runner.gap
        and _was_beside(runner, thing, person)
    ):
        return True
    return (
        runner.placed.get(thing, 0) < runner.gap
        and runner.compiled.state.world.things[thing].owner == person
    )


def _came_by_the_impossible(runner: Runner, thing: str) -> bool:
    """Whether a thing is where it is by an event that could not be: what that one did is not mended again."""
    cause = runner.timeline.cause(
        runner.timeline.now, [], runner.fluent(LOCATION), [runner.number(thing)]
    )
    record = runner.at.get(cause) if cause is not None else None
    return isinstance(record, EventRecord) and bool(record.failures)


def _was_beside(runner: Runner, thing: str, person: str) -> bool:
    """Whether a thing lay where he was at the end of the last scene: he may have taken it along."""
    place = runner.place_of(thing, runner.paused)
    return (
        place is not None
        and place == runner.place_of(person, runner.paused)
        and not runner.compiled.state.is_a(thing, FURNITURE)
    )


def holder_of(runner: Runner, thing: str) -> str | None:
    """Who has a thing, in hands or in what he carries."""
    place = runner.place_of(thing)
    here = located(runner, thing)
    seen: set[int] = set()  # a story may say that two boxes are in each other
    while isinstance(here, int) and not isinstance(here, bool) and here not in seen:
        if runner.name(here) == place:
            return None
        if is_person(runner, runner.name(here)):
            return runner.name(here)
        seen.add(here)
        here = located(runner, runner.name(here))
    return None


def _wholes(runner: Runner, person: str) -> list[str]:
    """The groups that a part was split from, nearest first."""
    found: list[str] = []
    while person in runner.wholes and person not in found:
        found.append(person)
        person = runner.wholes[person]
    return [*found[1:], person] if found else []
