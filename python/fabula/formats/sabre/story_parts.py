"""What of a world its story uses."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, NUMBER
from fabula.model.story import Happening, Stated, StoryModel, Wanted
from fabula.model.world import PERSON, THING, Action, Param, Trigger


@dataclass(slots=True)
class Parts:
    """The kinds, fluents and rules of a story, and what it says before its first event."""

    kinds: set[str]
    fluents: tuple[str, ...]
    within: bool
    actions: tuple[Action, ...]
    triggers: tuple[Trigger, ...]
    defaults: tuple[tuple[str, str, bool], ...]
    facts: tuple[Stated, ...]
    wants: tuple[Wanted, ...]

    @classmethod
    def of(cls, model: StoryModel, defaults: tuple[tuple[str, str, bool], ...]) -> Parts:
        """Those of a story: verbs that happen or that it defines, and all that they are about."""
        world = model.world
        happened = {step.action for step in model.steps if isinstance(step, Happening)}
        own = set(model.files)
        actions = tuple(a for a in world.actions.values() if a.id in happened or a.file in own)
        facts = tuple(s for s in model.steps if isinstance(s, Stated) and s.n == 0)
        wants = tuple(s for s in model.steps if isinstance(s, Wanted))
        found = Found()
        for action in actions:
            found.look((action.params, action.needs, action.effects, action.observes))
        found.look([s.formula for s in facts])
        found.look([w.content.formula for w in wants])
        found.look(tuple(world.utilities.values()))
        lasting = found.fluents
        triggers = tuple(t for t in world.triggers if t.file in own or _touches(t, lasting))
        for trigger in triggers:
            found.look((trigger.params, trigger.condition, trigger.effects))
        for thing in world.things.values():
            found.kinds.update(thing.kinds)
        if world.contents:
            found.kinds.add("content")
        used = tuple(x for x in world.fluents if x in found.fluents)
        found.kinds.update(world.fluents[x].result for x in used)
        used_defaults = tuple(d for d in defaults if d[0] in found.fluents)
        found.kinds.update(kind for _, kind, _ in used_defaults)
        found.kinds.update((THING, PERSON))
        kinds = {above for kind in found.kinds for above in world.ancestors(kind)}
        kinds -= {BOOLEAN, NUMBER}
        return cls(kinds, used, found.within, actions, triggers, used_defaults, facts, wants)


def _touches(trigger: Trigger, fluents: set[str]) -> bool:
    """Whether all that a rule looks at is used."""
    condition = Found()
    condition.look(trigger.condition)
    return condition.fluents <= fluents


class Found:
    """The kinds and fluents that occur in parts of a model."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.fluents: set[str] = set()
        self.within = False

    def look(self, part: Any) -> None:
        """Notes what occurs in a part."""
        match part:
            case f.Value(fluent) | f.Assign(fluent):
                self.fluents.add(fluent)
            case f.IsKind(_, kind) | f.Exists(_, kind) | f.Forall(_, kind) | f.Each(_, kind):
                self.kinds.add(kind)
            case f.Total(_, _, kind) | Param(_, kind):
                self.kinds.add(kind)
            case f.Within():
                self.within = True
        if isinstance(part, tuple | list):
            for one in part:
                self.look(one)
        elif is_dataclass(part) and not isinstance(part, type):
            for one in fields(part):
                self.look(getattr(part, one.name))
