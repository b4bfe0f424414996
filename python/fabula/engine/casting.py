"""Who and what fills the roles of an event when it happens: groups, everybody there, companions, instruments."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from fabula.engine.compiled import Act, Variant
from fabula.engine.view import View
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.story import Everyone, Happening
from fabula.model.world import LOCATION, PERSON, SURROUNDINGS

Grounding = tuple[int, list[int]]


@dataclass(slots=True)
class Casting(View):
    """Finds the groundings of events. ``wholes``: the group that a part was split from."""

    wholes: dict[str, str] = field(default_factory=dict)

    def variant(self, event: Happening) -> Variant:
        """What of an event is settled before it happens."""
        action = self.model.world.actions[event.action]
        given: list[str] = []
        contents: list[tuple[str, str]] = []
        for param, arg in zip(action.params, event.args, strict=True):
            if arg == NOTHING:
                continue
            given.append(param.name)
            if isinstance(arg, str) and arg in self.model.world.contents:
                contents.append((param.name, arg))
        extra = (
            (("with",) if event.instrument and event.instrument not in event.args else ())
            + (("at",) if event.at else ())
            + (("together",) if event.together else ())
        )
        asks = _asks_prepositions(action)
        return Variant(
            event.action,
            tuple(given),
            tuple(p for p in event.prepositions if p[0] in given) if asks else (),
            tuple(contents),
            event.unseen_by,
            event.attempt,
            extra,
        )

    def _groundings(self, event: Happening, act: Act) -> list[Grounding]:
        action = self.model.world.actions[event.action]
        choices: dict[str, list[str]] = {}
        for param, arg in zip(action.params, event.args, strict=True):
            if param.name in act.params:
                choices[param.name] = self._with_whole(
                    self._fillers(arg, event), param.name, action
                )
        if "with" in act.params and event.instrument:
            choices["with"] = [event.instrument]
        if "at" in act.params and event.at:
            choices["at"] = [event.at]
        if "together" in act.params:
            # companions do it too, and are where the actor is
            choices["together"] = list(event.together)
            choices[act.params[0]] = [
                *choices[act.params[0]],
                *(c for c in event.together if c not in choices[act.params[0]]),
            ]
        doubled = _each_other(event)
        return [
            (act.number, [self.number(t) for t in combination])
            for combination in product(*(choices[p] for p in act.params))
            if not doubled or len(set(combination)) == len(combination)
        ]

    def _with_whole(self, fillers: list[str], role: str, action: Any) -> list[str]:
        """Where the rest of a group dies and nobody else of it lives, the group has died."""
        if len(fillers) != 1 or fillers[0] not in self.wholes or not _kills(action, role):
            return fillers
        part = fillers[0]
        things = self.model.world.things
        if not things[part].label.removeprefix("the ").startswith(("rest of ", "last of ")):
            return fillers
        alive = self.fluent("alive")
        others = [p for p, whole in self.wholes.items() if whole == self.wholes[part] and p != part]
        if any(
            self.timeline.value(self.timeline.now, [], alive, [self.number(p)]) is not False
            for p in others
        ):
            return fillers
        return [part, self.wholes[part]]

    def _fillers(self, arg: Any, event: Happening) -> list[str]:
        if isinstance(arg, tuple):
            return list(arg)
        if isinstance(arg, Everyone):
            return self.everyone(arg, event)
        if isinstance(arg, str) and arg.startswith("@"):
            _, fluent, thing = arg.split("@", 2)
            value = self.timeline.value(
                self.timeline.now, [], self.fluent(fluent), [self.number(thing)]
            )
            return (
                [self.name(value)]
                if isinstance(value, int) and not isinstance(value, bool)
                else [NOTHING]
            )
        return [arg]

    def everyone(self, who: Everyone, event: Happening) -> list[str]:
        """All of a kind in a place now, alive first of all, but those left out and the actor."""
        kind = self.compiled.numbers.kinds.get(who.kind, self.compiled.numbers.kinds[PERSON])
        if who.place is not None:
            test: Any = (
                "within",
                ("var", 0),
                ("entity", self.number(who.place)),
                self.fluent(LOCATION),
            )
        else:
            test = ("bool", True)
        found = [self.name(b[0]) for b in self.timeline.find(self.timeline.now, [], [kind], test)]
        if who.place is not None:
            found = [p for p in found if not self._shut_off(p, who.place)]
        left_out = {a for a in event.args if isinstance(a, str)} | set(who.but)
        if "alive" in self.compiled.numbers.fluents and who.kind != "thing":
            alive = self.fluent("alive")
            found = [
                p
                for p in found
                if self.timeline.value(self.timeline.now, [], alive, [self.number(p)]) is not False
            ]
        return [p for p in found if p not in left_out]

    def _shut_off(self, person: str, place: str) -> bool:
        """Whether somebody inside a place is in a part of it that nobody sees: a hidden room, by the library's word."""
        around = self.timeline.value(
            self.timeline.now, [], self.fluent(SURROUNDINGS), [self.number(person)]
        )
        hidden = self.compiled.state.definitions.get("is out of sight")
        if (
            hidden is None
            or not isinstance(around, int)
            or isinstance(around, bool)
            or self.name(around) == place
        ):
            return False
        bound: f.Binding = {hidden.letters[0]: f.Const(self.name(around))}
        return self.evaluate(f.Or(tuple(f.substitute(b, bound) for b in hidden.bodies))) is True


def _kills(action: Any, role: str) -> bool:
    """Whether somebody in this role is dead afterwards."""
    dead = f.Assign("alive", (f.Var(role),), f.Lit(False))
    return dead in action.effects


def _each_other(event: Happening) -> bool:
    """Whether the same people are on both sides: "they shoot at each other"."""
    many = [a for a in event.args if isinstance(a, tuple) and len(a) > 1]
    return len(many) > 1 and len(set(many)) < len(many)


def _asks_prepositions(action: Any) -> bool:
    """Whether a rule's effects ask with which preposition a role was said."""
    return any(isinstance(e, f.If) and _asks(e.condition) for e in action.effects)


def _asks(formula: f.Formula) -> bool:
    match formula:
        case f.Given(_, preposition):
            return bool(preposition)
        case f.Not(body):
            return _asks(body)
        case f.And(parts) | f.Or(parts):
            return any(_asks(p) for p in parts)
    return False
