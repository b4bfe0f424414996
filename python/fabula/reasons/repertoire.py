"""Which acts bring something about: the rules of the library and the story, looked up by what they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from fabula.engine.compiled import Variant
from fabula.engine.records import Literal
from fabula.engine.stage import Deed, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.language.state import State
from fabula.language.verbs_said import frames_said
from fabula.model import formula as f
from fabula.model.story import Happening, StoryModel
from fabula.model.world import (
    CONTENT,
    DESCRIPTION,
    LOCATION,
    PERSON,
    PLACE,
    THING,
    Action,
)
from fabula.reasons.roles import (
    ANYTHING_ELSE,
    PLACES,
    Roles,
    asks_after,
    assignments,
    brought,
    formula_of,
    kinds_of,
    letter,
    letters,
    target,
    tools,
    unified,
    with_role,
)

MOST_WAYS = 24  # of one thing, tried before another is
MOST_FILLERS = 8  # of one role that nothing determines
MOST_TOOLS = 2  # of those that somebody has
SAID = ("C", "Q", "A", "W", "G", "N", "J")  # what a slot holds that is no thing
OFTEN = 5  # an act that a story tells so many times is one of its own

FURNITURE, ANIMAL = "piece of furniture", "animal"  # kinds of the library
HOLDERS = (PLACE, PERSON, "container", FURNITURE)


@dataclass(frozen=True, slots=True)
class Way:
    """An effect of a rule, with the roles that have to be filled for it.

    ``tool`` is the role of an instrument among them, "" if there is none; ``bare``: the rule has one that is left out.
    """

    action: Action
    effect: f.Assign
    roles: Roles
    tool: str = ""
    bare: bool = False


def _at_random(action: Action, roles: Roles, effect: f.Assign) -> bool:
    """Whether a role is left for which anybody would do: from whom somebody is freed who is not held by anybody."""
    told = letters(effect) | {t.name for t in action.agreed if isinstance(t, f.Var)}
    asked = {
        name
        for need in action.needs
        if not isinstance(need.formula, f.IsKind)
        for name in f.variables(need.formula)
    }
    kinds = kinds_of(action)
    return any(
        role not in told and role not in asked and kinds.get(role) == PERSON for role in roles[1:]
    )


@dataclass(slots=True)
class Repertoire:
    """The acts of a story's language, by the fluents that they set. ``told``: those that the story itself tells."""

    model: StoryModel
    state: State
    told: dict[str, int] = field(default_factory=dict)
    ways: dict[str, list[Way]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)  # what fills a role of a kind
    shapes: dict[str, list[Roles]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.model.steps:
            if isinstance(step, Happening):
                self.told[step.action] = self.told.get(step.action, 0) + 1
        world = self.state.world
        for action in world.actions.values():
            plain = self._shapes(action)
            held = tools(action)
            armed = {tool: with_role(action, plain[0], tool) for tool in held if plain}
            self.shapes[action.id] = [*plain, *(r for r in armed.values() if r not in plain)]
            for effect in assignments(action.effects):
                # who has to want it takes part: "Ben receives the coat" does not say from whom
                wanting = {t.name for t in action.agreed if isinstance(t, f.Var)}
                needed = letters(effect) | wanting
                roles = next((r for r in plain if needed <= set(r)), None)
                if roles is None or effect.believers or action.planned == "never":
                    continue
                if _at_random(action, roles, effect):
                    continue
                ways = self.ways.setdefault(effect.fluent, [])
                ways.append(Way(action, effect, roles, "", bool(set(held) - set(roles))))
                ways.extend(
                    Way(action, effect, with_it, tool)
                    for tool, with_it in armed.items()
                    if needed <= set(with_it) and tool not in roles
                )
        for ways in self.ways.values():
            ways.sort(key=self._rank)

    def _rank(self, way: Way) -> tuple[bool, bool, bool, bool, bool, int, int]:
        """Plain acts first: those that the library plans with, that say where or what, that the story tells, of few roles."""
        told = self.told.get(way.action.id, 0)
        often = 0 if told >= OFTEN else 1 if told else 2
        first = way.action.planned == "first"
        indirect = isinstance(way.effect.value, f.Value) and not first
        bare = way.bare and not first
        last = way.action.planned == "last"
        return (last, indirect, bare, not way.tool, not first, often, len(way.roles))

    def _reserve(self, action: Action) -> int:
        """How soon a plan falls back on an act: 0 the plain ones of library and story, 1 all others, 2 what says little.

        What only befalls people says least of all.
        """
        if action.planned == "last" or not action.agreed:
            return 2
        own = action.planned == "first" or action.id in self.told or action.file in self.model.files
        return 0 if own else 1

    def _shapes(self, action: Action) -> list[Roles]:
        """The sets of roles that a sentence about the act has to name, the smallest first."""
        contents = set(action.contents)
        found: dict[Roles, None] = {}
        order = [p.name for p in action.params]
        for frame in frames_said(self.state)[0].get(action.id, ()):
            needed = {frame.subject, *(s.role for s in frame.slots if s.role and not s.optional)}
            if needed & contents or any(s.kind in SAID for s in frame.slots if not s.optional):
                continue
            found[tuple(name for name in order if name in needed)] = None
        return sorted(found, key=len)

    def variants(self, contents: tuple[str, ...] = ()) -> Iterator[Variant]:
        """Every act as it may be tried, to be made ready before the story is run; ``contents`` may be told."""
        for action in self.state.world.actions.values():
            for roles in self.shapes[action.id]:
                yield Variant(action.id, roles)
        telling = self.telling()
        if telling is not None:
            action, tell, listener = telling
            given = tuple(
                p.name
                for p in action.params
                if p.name in (letter(tell.speaker), listener, tell.content)
            )
            for ident in contents:
                yield Variant(action.id, given, (), ((tell.content, ident),))

    def telling(self) -> tuple[Action, f.Tell, str] | None:
        """The plainest act by which somebody is told something: the act, what it does, and the listener's letter."""
        found: list[tuple[int, Action, f.Tell, str]] = []
        for action in self.state.world.actions.values():
            for effect in action.effects:
                if not isinstance(effect, f.Tell) or action.seems is not None:
                    continue
                listener = letter(effect.listener)
                roles = {letter(effect.speaker), listener, effect.content}
                if listener and {p.name for p in action.params} == roles:
                    found.append((-self.told.get(action.id, 0), action, effect, listener))
        return min(found, key=lambda one: one[0])[1:] if found else None

    def achieving(
        self,
        stage: Stage,
        literal: Literal,
        actors: tuple[str, ...] = (),
        likely: tuple[str, ...] = (),
        reserve: int = 2,
    ) -> Iterator[Deed]:
        """Acts after which a literal may be so, the likeliest first.

        ``actors``: who acts, if not anybody; ``likely``: who and what comes into it before others; ``reserve``: how
        far to fall back from plain acts.
        """
        if literal.chain:
            yield from self._telling(stage, literal, actors)
            return
        if not literal.fluent:
            return
        fluent, args, needed = literal.fluent, literal.args, literal.needed
        if fluent.startswith("did:"):
            if needed is True:
                yield from self._done(fluent[4:], args, stage, actors)
            return
        if fluent in PLACES:
            fluent = LOCATION
        wanted = target(literal)
        if wanted is ANYTHING_ELSE and fluent != LOCATION:
            return
        tried = 0
        for way in self.ways.get(fluent, ()):
            if self._reserve(way.action) > reserve:
                continue
            binding = unified(way.effect, args, wanted)
            if binding is None:
                continue
            for deed in self._filled(way, binding, stage, actors, likely, wanted):
                if fluent == LOCATION and not self._goes(way.action, deed, args[0], stage):
                    continue
                yield deed
                tried += 1
                if tried >= MOST_WAYS:
                    return

    def _goes(self, action: Action, deed: Deed, thing: str, stage: Stage) -> bool:
        """Whether somebody goes himself, or wants to be brought; things are moved by whoever is where they are."""
        if not self._holds(thing, deed, action) or self.state.is_a(thing, FURNITURE):
            return False
        if not self.state.is_a(thing, PERSON) or self._chattel(thing):
            named = {p.name for p, a in zip(action.params, deed.args, strict=True) if a == thing}
            if any(asks_after(need.formula, named) for need in action.needs):
                return not self._anothers(thing, deed, stage)
            # of what is paid or served the rule does not ask where it is: but nobody gives what another has
            return stage.evaluate(f.Within(f.Const(thing), f.Const(deed.args[0]))) is True
        if deed.args[0] == thing:
            return not self._takes_along(action, deed)
        at = {p.name: a for p, a in zip(action.params, deed.args, strict=True)}
        return any(isinstance(t, f.Var) and at.get(t.name) == thing for t in action.agreed)

    def _takes_along(self, action: Action, deed: Deed) -> bool:
        """Whether whoever goes somewhere takes somebody or something there as well: that is not done to get there."""
        return any(
            a not in (NOTHING, deed.args[0]) and not self.state.is_a(a, PLACE)
            for a in brought(action, deed.args)
            if a in self.state.world.things
        )

    def _chattel(self, thing: str) -> bool:
        """Whether somebody owns an animal, so that it can be given and taken as things are."""
        known = self.state.world
        return (
            ANIMAL in known.kinds
            and known.things[thing].owner is not None
            and self.state.is_a(thing, ANIMAL)
        )

    def _anothers(self, thing: str, deed: Deed, stage: Stage) -> bool:
        """Whether somebody has a thing who is not named in an act on it: it is taken from him, and not just taken."""
        around = stage.thing_at(LOCATION, thing, stage.timeline.now)
        while around in self.state.world.things and not self.state.is_a(around, PLACE):
            if self.state.is_a(around, PERSON):
                return around not in deed.args
            around = stage.thing_at(LOCATION, around, stage.timeline.now)
        return False

    def _holds(self, thing: str, deed: Deed, action: Action) -> bool:
        """Whether what something is brought to can hold it: people are in places, things in what holds things."""
        person = self.state.is_a(thing, PERSON) and not self._chattel(thing)
        kinds = (PLACE,) if person else HOLDERS
        at = {p.name: a for p, a in zip(action.params, deed.args, strict=True)}
        targets = [
            at[e.value.name]
            for e in assignments(action.effects)
            if e.fluent == LOCATION and isinstance(e.value, f.Var) and e.value.name in at
        ]
        known = self.state.world.kinds
        return all(
            t == NOTHING or any(k in known and self.state.is_a(t, k) for k in kinds)
            for t in targets
            if t in self.state.world.things
        )

    def _telling(self, stage: Stage, literal: Literal, actors: tuple[str, ...]) -> Iterator[Deed]:
        """Who knows it may tell it, if it is among what may be told."""
        telling = self.telling()
        if telling is None or len(literal.chain) != 1:
            return
        action, tell, listener = telling
        hearer = literal.chain[0]
        for ident, content in self.state.world.contents.items():
            if content.mode != "that" or content.formula != formula_of(literal):
                continue
            for person in actors or tuple(self.state.world.things):
                if person == hearer or not self._fits(person, PERSON):
                    continue
                if not self._knows(stage, person, content.formula):
                    continue
                named = {letter(tell.speaker): person, listener: hearer, tell.content: ident}
                yield Deed(action.id, tuple(named.get(p.name, NOTHING) for p in action.params))

    def _knows(self, stage: Stage, person: str, formula: f.Formula) -> bool:
        """Whether somebody can tell something: he believes it, or it is so and is about himself."""
        if stage.evaluate(formula, None, (person,)) is True:
            return True
        match formula:
            case f.Equals(f.Value(_, (f.Const(thing), *_)), f.Lit(True)) if thing == person:
                return stage.evaluate(formula) is True
        return False

    def _done(
        self, action: str, args: tuple[str, ...], stage: Stage, actors: tuple[str, ...]
    ) -> Iterator[Deed]:
        if action not in self.state.world.actions:
            return
        if actors and args and args[0] not in actors:
            return
        given = tuple(
            p.name
            for p, a in zip(self.state.world.actions[action].params, args, strict=False)
            if a != NOTHING
        )
        for roles in self.shapes[action]:
            if roles == given and not set(args) & set(self.state.world.contents):
                yield Deed(action, args)
                return
        del stage

    def _filled(
        self,
        way: Way,
        binding: dict[str, str],
        stage: Stage,
        actors: tuple[str, ...],
        likely: tuple[str, ...],
        wanted: object,
    ) -> Iterator[Deed]:
        """Deeds of a way, with everybody and everything that may fill what is left open."""
        params = way.action.params
        kinds = self._role_kinds(way.action)
        personal = self._personal(way.effect)
        for name, thing in binding.items():
            kind = kinds.get(name, "thing")
            place = way.effect.fluent != LOCATION and self.state.is_a(thing, PLACE)
            if not (self._fits if name in personal or place else self._fills)(thing, kind):
                return
        choices: list[tuple[str, ...]] = []
        for index, param in enumerate(params):
            if param.name not in way.roles or param.name == way.tool:
                choices.append((NOTHING,))
            elif param.name in binding:
                if not index and actors and binding[param.name] not in actors:
                    return
                choices.append((binding[param.name],))
            elif not index and actors:
                fit = tuple(a for a in actors if self._fills(a, kinds.get(param.name, PERSON)))
                choices.append(fit)
            else:
                near = tuple(binding.values())
                kind = kinds.get(param.name, "thing")
                choices.append(self._fillers(kind, stage, near, likely))
        people = [p.name for p in params if self.state.kind_is(kinds.get(p.name, "thing"), PERSON)]
        at = {p.name: i for i, p in enumerate(params)}
        for combination in islice(product(*choices), MOST_WAYS):
            doers = [combination[at[name]] for name in people if name in way.roles]
            # nobody does to himself what is done to others
            if len(set(doers)) == len(doers) and self._comes_to(
                way, at, combination, wanted, stage
            ):
                for things in self._armed(way, at, combination, stage):
                    yield Deed(way.action.id, things)

    def _armed(self, way: Way, at: dict[str, int], things: Roles, stage: Stage) -> Iterator[Roles]:
        """The same with an instrument that whoever acts has, where the way takes one."""
        if not way.tool:
            yield things
            return
        tried = 0
        for kind in self._kinds_like(tools(way.action)[way.tool]):
            for thing in self.state.world.things:
                if tried >= MOST_TOOLS or not self.state.is_a(thing, kind):
                    continue
                if stage.evaluate(f.Within(f.Const(thing), f.Const(things[0]))) is True:
                    tried += 1
                    place = at[way.tool]
                    yield (*things[:place], thing, *things[place + 1 :])

    def _kinds_like(self, kinds: Roles) -> Roles:
        """The kinds that a rule speaks of, and then those right above: who has no gun may have another weapon."""
        above = [p for kind in kinds for p in self.state.world.kinds[kind].parents if p != THING]
        return tuple(dict.fromkeys((*kinds, *above)))

    def _role_kinds(self, action: Action) -> dict[str, str]:
        """What fills each role; where an effect is only about people, a person, though the rule leaves it open."""
        found = kinds_of(action)
        for effect in assignments(action.effects):
            for name in self._personal(effect):
                if found.get(name) == THING:
                    found[name] = PERSON
        return found

    def _personal(self, effect: f.Assign) -> set[str]:
        """The letters that stand where only people can."""
        params = self.state.world.fluents[effect.fluent].params
        return {
            t.name
            for t, kind in zip(effect.args, params, strict=False)
            if isinstance(t, f.Var) and self.state.kind_is(kind, PERSON)
        }

    def _comes_to(
        self, way: Way, at: dict[str, int], things: Roles, wanted: object, stage: Stage
    ) -> bool:
        """Whether an effect that says it by way of something else ("Y's place") comes to what is wanted."""
        value = way.effect.value
        if not isinstance(value, f.Value) or wanted is ANYTHING_ELSE:
            return True
        terms = tuple(
            f.Const(things[at[t.name]]) if isinstance(t, f.Var) and t.name in at else t
            for t in value.args
        )
        return stage.evaluate(f.Equals(f.Value(value.fluent, terms), f.Const(str(wanted)))) is True

    def _fits(self, thing: str, kind: str) -> bool:
        """Whether a thing can fill a role. Names cannot: those who bear them do."""
        if thing not in self.state.world.things:
            return False
        return (
            self.state.is_a(thing, kind) and DESCRIPTION not in self.state.world.things[thing].kinds
        )

    def _fills(self, thing: str, kind: str) -> bool:
        """Whether a thing can be meant by a role: people and places are no things that one throws."""
        if not self._fits(thing, kind):
            return False
        return self._chattel(thing) or all(
            self.state.kind_is(kind, special) or not self.state.is_a(thing, special)
            for special in (PERSON, PLACE)
        )

    def _fillers(
        self, kind: str, stage: Stage, near: tuple[str, ...], likely: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Things of a kind: the likely ones first, then those that are where the things in question are."""
        if kind == CONTENT:
            return ()
        places = {stage.place_of(thing) for thing in near} - {None}
        if kind not in self.kinds:
            self.kinds[kind] = [t for t in self.state.world.things if self._fills(t, kind)]
        found = [t for t in self.kinds[kind] if t not in near]
        if kind != PLACE and not self.state.kind_is(kind, PLACE):
            found.sort(key=lambda t: (t not in likely, stage.place_of(t) not in places))
        return tuple(found[:MOST_FILLERS])
