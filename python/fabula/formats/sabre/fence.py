"""Reads a fence of a story: definitions in the notation that join the story's world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from fabula.formats.sabre.cursor import Cursor
from fabula.formats.sabre.definitions import Definitions
from fabula.formats.sabre.names import Names, builtin, later_definitions
from fabula.formats.sabre.spelling import Spelling
from fabula.formats.sabre.story_expressions import WITHIN, StoryExpressions
from fabula.formats.sabre.tokens import tokens
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, CHARACTER, ENTITY, NUMBER
from fabula.model.story import Source, Stated, World
from fabula.model.world import DERIVED, PERSON, THING, Fluent, Kind, Thing
from fabula.problems import Problem
from fabula.problems.no_assignment import no_assignment
from fabula.problems.unread_notation import unread_notation
from fabula.text.source import Fence
from fabula.text.span import Span

WITHIN_ID = "@within"
OUTSIDE = "in the sentences of the story, or in the library"


@dataclass(slots=True)
class Joined:
    """What a fence adds besides its definitions: what is so at first, and what could not be read."""

    facts: tuple[Stated, ...]
    problems: tuple[Problem, ...]


def join(world: World, fences: Iterable[Fence]) -> Joined:
    """Adds the definitions of a story's fences to its world."""
    facts: list[Stated] = []
    problems: list[Problem] = []
    for fence in fences:
        joined = _Fence(world, fence).join()
        facts.extend(joined.facts)
        problems.extend(joined.problems)
    return Joined(tuple(facts), tuple(problems))


class _Fence:
    """One fence: a copy of the world in the notation's names, and the way back."""

    def __init__(self, world: World, fence: Fence) -> None:
        self.world = world
        self.fence = fence
        self.words = StoryExpressions(world, Spelling())
        self.copy = builtin()
        self._copy()
        self.kinds = {self.words.kind(k): k for k in world.kinds}
        self.kinds.update({ENTITY: THING, CHARACTER: PERSON})
        self.things = {self.words.thing(t): t for t in (*world.things, *world.contents)}

    def _copy(self) -> None:
        words, copy = self.words, self.copy
        for kind in self.world.kinds.values():
            parents = [words.kind(p) for p in kind.parents] or [ENTITY]
            if kind.name == PERSON:
                parents.append(CHARACTER)
            name = words.kind(kind.name)
            copy.kinds[name] = Kind(name, tuple(parents), "")
        for thing in self.world.things.values():
            name = words.thing(thing.id)
            copy.things[name] = Thing(name, name, tuple(map(words.kind, thing.kinds)))
        for content in self.world.contents:
            name = words.thing(content)
            copy.things[name] = Thing(name, content, (words.kind("content"),))
        for fluent in self.world.fluents.values():
            # any thing may be asked about: English is not stricter
            result = fluent.result
            copy.fluents[fluent.id] = Fluent(
                fluent.id,
                (ENTITY,) * len(fluent.params),
                result if result in (BOOLEAN, NUMBER) else words.kind(result),
                name=words.named(fluent.id),
            )
        copy.fluents[WITHIN_ID] = Fluent(WITHIN_ID, (ENTITY, ENTITY), name=words.named(WITHIN))

    def join(self) -> Joined:
        """Reads the fence; what is read joins the world."""
        place = self.fence.span
        found, stray = tokens(self.fence.text, place.file, place.line, place.column)
        cursor = Cursor(found, self.fence.text)
        names = Names(self.copy, later=later_definitions(found), outside=OUTSIDE)
        reader = Statements(cursor, names)
        before = (set(self.copy.kinds), set(self.copy.things), set(self.copy.fluents))
        reader.read()
        problems = [*stray, *cursor.problems]
        problems.extend(
            unread_notation(Span(action.file, action.line, 1, 0), action.verb)
            for action in self.copy.actions.values()
        )
        self._vocabulary(*before, names.where)
        for trigger in self.copy.triggers:
            refused = self._refused(trigger.effects, Span(trigger.file, trigger.line, 1, 0))
            problems += refused
            if not refused:
                params = tuple(replace(p, kind=self._kind(p.kind)) for p in trigger.params)
                condition, effects = self._back(trigger.condition), self._back(trigger.effects)
                self.world.triggers.append(
                    replace(
                        trigger,
                        params=params,
                        condition=condition,
                        effects=effects,
                        text=f"trigger {trigger.id}",
                    )
                )
        for who, utility in self.copy.utilities.items():
            name = self.things.get(who, who) if who is not None else None
            self.world.utilities[name] = self._back(utility)
        facts: list[Stated] = []
        for effect, span, text in reader.said:
            refused = self._refused((effect,), span)
            problems += refused
            if not refused:
                formula = self._back(as_fact(effect))
                facts.append(Stated(formula, Source(text, span, 0), text=text))
        problems.sort(key=lambda p: (p.span.line, p.span.column))
        return Joined(tuple(facts), tuple(problems))

    def _vocabulary(
        self, kinds: set[str], things: set[str], fluents: set[str], where: dict[str, Span]
    ) -> None:
        for kind in self.copy.kinds.values():
            if kind.name not in kinds:
                parents = tuple(dict.fromkeys(self._kind(p) for p in kind.parents))
                only = self.things.get(kind.only, kind.only) if kind.only is not None else None
                self.world.kinds[kind.name] = Kind(kind.name, parents, f"{kind.name}s", only=only)
        for thing in self.copy.things.values():
            if thing.id not in things:
                own = tuple(self._kind(k) for k in thing.kinds)
                line = where[thing.id].line
                self.world.things[thing.id] = replace(thing, kinds=own, line=line)
        for ident, fluent in self.copy.fluents.items():
            if ident not in fluents:
                words = fluent.name.replace("_", " ")
                self.world.fluents[ident] = replace(
                    fluent,
                    params=tuple(self._kind(p) for p in fluent.params),
                    result=self._kind(fluent.result),
                    positive=words,
                    quiet=len(fluent.params) != 1 or fluent.result != BOOLEAN,
                )

    def _kind(self, name: str) -> str:
        return self.kinds.get(name, name)

    def _refused(self, effects: tuple[f.Effect, ...], span: Span) -> list[Problem]:
        """The problems of effects on what is worked out from where things are."""
        for effect in effects:
            match effect:
                case f.Assign(fluent) if fluent == WITHIN_ID or fluent in DERIVED:
                    words = self.copy.fluents[fluent].name
                    reason = "it is worked out from where things are; set location(…) instead"
                    return [no_assignment(span, words, reason)]
                case f.If(_, inner) | f.Each(_, _, inner):
                    found = self._refused(inner, span)
                    if found:
                        return found
        return []

    def _back(self, part: Any) -> Any:
        """A part of the copy in the names of the world."""
        match part:
            case f.Const(name):
                return f.Const(self.things.get(name, name))
            case f.Equals(f.Value("@within", (inner, outer)), f.Lit(value)):
                inside = f.Within(self._back(inner), self._back(outer))
                return inside if value else f.Not(inside)
        if isinstance(part, tuple):
            return tuple(self._back(one) for one in part)
        if is_dataclass(part) and not isinstance(part, type):
            parts = {x.name: getattr(part, x.name) for x in fields(part)}
            return type(part)(
                **{
                    name: self._kind(value) if name == "kind" else self._back(value)
                    for name, value in parts.items()
                }
            )
        return part


class Statements(Definitions):
    """Definitions whose statements are kept with their places."""

    def __init__(self, cursor: Cursor, names: Names) -> None:
        super().__init__(cursor, names)
        self.said: list[tuple[f.Effect, Span, str]] = []

    def _statement(self) -> None:
        start, count = self.cursor.at, len(self.initial)
        super()._statement()
        span, words = self.cursor.span(start), self.cursor.words(start)
        for effect in self.initial[count:]:
            if as_fact(effect) is None:
                reason = "a statement of a fence cannot depend on a condition"
                self.cursor.problems.append(no_assignment(span, words, reason))
            else:
                self.said.append((effect, span, words))


def as_fact(effect: f.Effect) -> f.Formula | None:
    """What is so after an effect, where that depends on nothing."""
    match effect:
        case f.Assign(fluent, args, value, believers):
            formula: f.Formula = f.Equals(f.Value(fluent, args), value)
            for who in reversed(believers):
                formula = f.Believes(who, formula)
            return formula
        case f.Each(var, kind, inner):
            parts = [as_fact(one) for one in inner]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return f.Forall(var, kind, f.conjunction(known))
    return None
