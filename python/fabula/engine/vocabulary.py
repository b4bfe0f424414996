"""A story's vocabulary as a kernel problem: kinds, things, fluents and When-rules, on from what a library declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from operator import is_
from typing import Any, NamedTuple

from fabula import _core
from fabula.engine.expressions import FALSE, Expr, Numbers, Scope, effects, expr
from fabula.engine.normal import split
from fabula.language.state import State
from fabula.model.world import (
    CONTAINER,
    ENCLOSURE,
    HIDING_PLACE,
    LOCATION,
    LOOKS,
    OUTSIDE,
    PERSON,
    PLACE,
    PLACE_OF,
    SPOT,
    SURROUNDINGS,
    THING,
    VIEW,
    Action,
    Fluent,
    Thing,
)

NOTHING = "nothing"
DID = "did:"  # the fluent of an act: that it was done
# Derived fluents: the nearest thing of this kind around something. A spot ("behind the counter") is a place of
# its own, but one hears across it, and sees across it too unless it hides.
UNTIL = {PLACE_OF: PLACE, SURROUNDINGS: "@surroundings", VIEW: "@view", ENCLOSURE: "@enclosure"}


class Done(NamedTuple):
    """How many of a world's kinds, fluents, actions and When-rules are declared: the first ones."""

    kinds: int
    fluents: int
    actions: int
    triggers: int


class Room(NamedTuple):
    """For so many things, and for so many of what is told, there are numbers: who writes on takes of them."""

    things: int
    contents: int


@dataclass(slots=True)
class Vocabulary:
    """The kernel problem with the names behind its numbers."""

    state: State
    problem: _core.Problem = field(default_factory=lambda: _core.Problem(open_world=True))
    numbers: Numbers = field(default_factory=Numbers)
    done: Done = field(default_factory=lambda: Done(0, 0, 0, 0))
    room: Room | None = None  # numbers kept free, for a story that is being written

    def go_on(self, other: Vocabulary) -> None:
        """Begins with everything that another vocabulary has declared."""
        self.problem = other.problem.fork()
        self.numbers = other.numbers.copy()
        self.done = other.done

    def extends(self, other: State) -> bool:
        """Whether everything that is said in the words of another state is still so in this one's."""
        world, base = self.state.world, other.world
        pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
            (world.kinds, base.kinds),
            (world.fluents, base.fluents),
            (world.actions, base.actions),
        ]
        return (
            not base.things
            and not base.contents
            and self.state.public_places == other.public_places
            and all(len(a) >= len(b) and all(map(is_, a.values(), b.values())) for a, b in pairs)
            and all(map(is_, islice(world.triggers, len(base.triggers)), base.triggers))
            # "Before the story begins, Ann gave him the key": who was there knows of it
            and not any(
                fluent.startswith(DID) and fluent.removeprefix(DID) in base.actions
                for fluent in islice(world.fluents, len(base.fluents), None)
            )
        )

    def declare(self, disguises: bool) -> None:
        """Declares what is not declared yet; ``disguises``: whether anybody may look like another. Raises ValueError for what the kernel refuses."""
        world = self.state.world
        numbers = self.numbers
        for name in islice(world.kinds, self.done.kinds, None):
            numbers.kinds[name] = self.problem.kind(name)
        if NOTHING not in numbers.things:
            nothing = self.problem.kind(NOTHING)
            self._entity(NOTHING, [nothing], False)
            self._entity(OUTSIDE, [nothing], False)
            for pseudo in UNTIL.values():
                numbers.kinds[pseudo] = self.problem.kind(pseudo)
        for ident, thing in world.things.items():
            self._entity(ident, self._kinds(thing), self.state.is_a(ident, PERSON))
        if self.room is not None:
            self._spare(self.room.things - len(world.things))
        for ident in world.contents:
            self._entity(ident, [numbers.kinds["content"]], False)
        if self.room is not None:
            self._spare(self.room.contents - len(world.contents))
        placed = LOCATION in numbers.fluents
        for fluent in islice(world.fluents.values(), self.done.fluents, None):
            self._fluent(fluent)
        if not placed and LOCATION in numbers.fluents:
            self.problem.enclosing(numbers.fluents[LOCATION], numbers.kinds[PLACE])
        self._happenings()
        if LOOKS in world.fluents and world.fluents[LOOKS].result != "boolean":
            self.problem.appearance(numbers.fluents[LOOKS])
        for trigger in split(world.triggers[self.done.triggers :], disguises):
            scope = Scope(
                numbers, {p.name: i for i, p in enumerate(trigger.params)}, top=len(trigger.params)
            )
            done = effects(trigger.effects, scope)
            if done:
                self.problem.trigger(
                    trigger.text or trigger.id,
                    [numbers.kinds[p.kind] for p in trigger.params],
                    expr(trigger.condition, scope),
                    done,
                )
        self.done = Done(
            len(world.kinds), len(world.fluents), len(world.actions), len(world.triggers)
        )

    def _kinds(self, thing: Thing) -> list[int]:
        """The kinds of a thing, closed upward, with what is asked of places by what one hears and sees in them."""
        numbers, world = self.numbers, self.state.world
        names = list(dict.fromkeys(a for k in thing.kinds for a in world.ancestors(k)))
        kinds = dict.fromkeys(numbers.kinds[a] for a in names)
        if PLACE in names:
            if SPOT not in names:
                kinds[numbers.kinds[UNTIL[SURROUNDINGS]]] = None
            if SPOT not in names or HIDING_PLACE in names:
                kinds[numbers.kinds[UNTIL[VIEW]]] = None
        if PLACE in names or CONTAINER in names:
            kinds[numbers.kinds[UNTIL[ENCLOSURE]]] = None
        return list(kinds)

    def _entity(self, ident: str, kinds: list[int], person: bool) -> None:
        self.numbers.things[ident] = self.problem.entity(ident, kinds, person)
        self.numbers.thing_ids.append(ident)

    def _spare(self, count: int) -> None:
        """Numbers that nothing has yet."""
        for _ in range(count):
            self.problem.entity("", [], False)
            self.numbers.thing_ids.append("")

    def _fluent(self, fluent: Fluent) -> None:
        numbers = self.numbers
        if fluent.id in numbers.fluents:
            return
        if fluent.id in UNTIL:
            number = self.problem.derived(
                fluent.id, numbers.fluents[LOCATION], numbers.kinds[UNTIL[fluent.id]]
            )
        else:
            params = [numbers.kinds.get(p, numbers.kinds[THING]) for p in fluent.params]
            number = self.problem.fluent(fluent.id, params, fluent.default, self._known(fluent))
        numbers.fluents[fluent.id] = number
        while len(numbers.fluent_ids) <= number:
            numbers.fluent_ids.append("")
        numbers.fluent_ids[number] = fluent.id

    def _known(self, fluent: Fluent) -> Expr | None:
        """Who knows an initial value: whom it is about, who has the thing, who knows the people it is about."""
        if fluent.public:
            return None
        numbers = self.numbers
        observer = ("var", len(fluent.params))
        options: list[Expr] = []
        for index, _ in enumerate(fluent.params):
            arg = ("var", index)
            options.append(("==", arg, observer))
            if LOCATION in numbers.fluents:
                options.append(("within", arg, observer, numbers.fluents[LOCATION]))
        if fluent.id == LOCATION:
            options.append(("==", ("var", 0), ("entity", numbers.things[OUTSIDE])))
            options.extend(
                ("is", ("var", 0), numbers.kinds[kind]) for kind in self.state.public_places
            )
        elif fluent.params and self.state.kind_is(fluent.params[0], PLACE):
            return None
        if "know" in numbers.fluents and len(fluent.params) > 1 and fluent.params[1] == PERSON:
            options.append(("fluent", numbers.fluents["know"], [observer, ("var", 0)]))
        return ("or", options)

    def _happenings(self) -> None:
        """The fluents did:… of acts that any content or step of the story may speak of."""
        for action in islice(self.state.world.actions.values(), self.done.actions, None):
            ident = f"{DID}{action.id}"
            if ident not in self.numbers.fluents:
                self.did(action, ident)

    def did(self, action: Action, ident: str) -> None:
        thing = self.numbers.kinds[THING]
        number = self.problem.fluent(ident, [thing] * len(action.params), None, FALSE)
        self.numbers.fluents[ident] = number
        while len(self.numbers.fluent_ids) <= number:
            self.numbers.fluent_ids.append("")
        self.numbers.fluent_ids[number] = ident
