"""Which readings of a sentence fit the kinds of things that its verbs take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import syntax as x
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import DESCRIPTION, LOCATION, PERSON, PLACE, THING

if TYPE_CHECKING:
    from fabula.language.lexer import Token
    from fabula.language.lexicon import Frame
    from fabula.language.state import Context, State
    from fabula.model.world import Action, Param

Wanted = tuple[str, frozenset[str]]
"""The kind that a role asks for, and the kinds that it refuses."""

ANYTHING: Wanted = (THING, frozenset())


def wanted_by_action(state: State, action_id: str) -> dict[str, Wanted]:
    """What each role of an action asks for."""
    action = state.world.actions[action_id]
    key = (action_id, len(action.needs), action.params)
    known = state.wanted.get(key)
    if known is not None:
        return known
    refused: dict[str, set[str]] = {}
    for need in action.needs:
        match need.formula:
            case f.Not(f.IsKind(f.Var(name), kind)):
                refused.setdefault(name, set()).add(kind)
    found = {
        p.name: (p.kind, frozenset(refused.get(p.name, ())))
        for p in action.params
        if p.name not in action.contents
    }
    state.wanted[key] = found
    return found


def wanted_by_fluent(state: State, frame: Frame) -> dict[str, Wanted]:
    """What each role of a verb of state asks for."""
    fluent = state.world.fluents.get(frame.fluent)
    if fluent is None:
        return {}
    kinds = (*fluent.params, fluent.result) if fluent.result != "boolean" else fluent.params
    return {
        role: (kind if kind != "boolean" else THING, frozenset())
        for role, kind in zip(frame.roles, kinds, strict=False)
    }


def _refused_by_definition(state: State, frame: Frame, role: str) -> frozenset[str]:
    """The kinds that every body of a definition rules out in a role: "T lies in P when T is in P, T is not a person"."""
    definition = state.definitions[frame.fluent]
    if role not in definition.letters:
        return frozenset()
    kinds = [
        {
            part.body.kind
            for part in f.conjuncts(body)
            if isinstance(part, f.Not)
            and isinstance(part.body, f.IsKind)
            and part.body.term == f.Var(role)
        }
        for body in definition.bodies
    ]
    return frozenset(set.intersection(*kinds)) if kinds else frozenset()


def _is_place(state: State, action_id: str, letter: str) -> bool:
    action = state.world.actions[action_id]
    kind = next((p.kind for p in action.params if p.name == letter), THING)
    if kind != THING and not state.kind_is(kind, PERSON):
        return True
    return any(
        isinstance(one, f.Assign) and one.fluent == LOCATION and one.value == f.Var(letter)
        for effect in action.effects
        for one in _effects(effect)
    )


def weight(state: State, rule: Action, param: Param, things: tuple[str, ...]) -> int:
    """How much it tells that a role asks for a kind.

    What nobody declared is a place rather than a person; what something is moved to, a thing rather than a place.
    """
    if state.vague and not state.vague.isdisjoint(things):
        if param.kind == THING and param.name in rule.moved_to:
            return 4
        if param.kind == PLACE:
            return 3 if _is_entered(rule, param.name) else 1
        return {THING: 2, PERSON: 1}.get(param.kind, 0)
    return len(state.above(param.kind))


def _is_entered(rule: Action, letter: str) -> bool:
    """Whether somebody or something is in what fills a role, or comes to be: who takes a wug conquers no town."""
    outer = f.Var(letter)
    for need in rule.needs:
        if any(isinstance(p, f.Within) and p.outer == outer for p in f.conjuncts(need.formula)):
            return True
    inner = [e for effect in rule.effects for e in _effects(effect)]
    return any(isinstance(e, f.Assign) and e.fluent == LOCATION and e.value == outer for e in inner)


def _effects(effect: f.Effect) -> tuple[f.Effect, ...]:
    return effect.effects if isinstance(effect, f.If) else (effect,)


class Fitting:
    """Says whether a noun phrase can fill a role of a frame, as far as its words alone tell."""

    def __init__(self, state: State, tokens: list[Token]) -> None:
        self.state = state
        self.tokens = tokens
        # by the identity of a noun phrase, which is kept beside it
        self._kinds: dict[int, tuple[object, list[frozenset[str]]]] = {}

    def fits(self, frame: Frame, role: str, filler: object, preposition: str = "") -> bool:
        """Whether some rule behind the frame takes this in this role."""
        kinds = self.kinds(filler)
        if not kinds:
            if self.state.presuming and self._new(filler) and self._special(frame, role):
                return False
            return not self._it(filler) or not self._of_body(frame, role)
        found = False
        if frame.action and not frame.action.startswith("@"):
            at = frame.roles.index(role) if role in frame.roles else -1
            for option in (frame, *frame.others):
                letter = option.roles[at] if 0 <= at < len(option.roles) else role
                wanted = wanted_by_action(self.state, option.action).get(letter)
                if wanted is None:
                    return True
                found = True
                if all(self._takes(wanted, kind, preposition) for kind in kinds):
                    return True
        if frame.fluent and frame.fluent in self.state.world.fluents:
            wanted = wanted_by_fluent(self.state, frame).get(role, ANYTHING)
            found = True
            if all(self._takes(wanted, kind, preposition) for kind in kinds):
                return True
        if frame.fluent in self.state.definitions and not frame.action:
            refused = _refused_by_definition(self.state, frame, role)
            return not refused or all(
                self._takes((THING, refused), kind, preposition) for kind in kinds
            )
        return not found

    def _new(self, filler: object) -> bool:
        """Whether a noun phrase stands for something of which nothing but an unknown noun is known."""
        np = filler.np if isinstance(filler, x.Phrase) else filler
        if not isinstance(np, x.Described | x.Named):
            return False
        at = np.noun if isinstance(np, x.Described) else np.at
        entry = self.tokens[at].entry if at is not None else None
        if entry is None:
            return isinstance(np, x.Described)
        return entry.name in self.state.vague

    def _special(self, frame: Frame, role: str) -> bool:
        """Whether a role takes only things of some special kind: "put it into the red_box" is no car's without a word of cars."""
        options = self._asking(frame, role)
        for option, letter, wanted in options:
            if wanted is None or wanted[0] in (THING, PLACE):
                return False
            talks = bool(self.state.world.actions[option.action].contents)
            if wanted[0] == PERSON and (talks or letter == option.subject):
                return False  # but nobody is put to bed without a word of people
        return bool(options)

    def _it(self, filler: object) -> bool:
        """Whether this is "it", of which only reading on can tell what it is."""
        return isinstance(filler, x.Pronoun) and self.tokens[filler.at].lower == "it"

    def _of_body(self, frame: Frame, role: str) -> bool:
        """Whether a role takes nothing but parts of bodies: in "takes the knife and breaks it" that is not meant."""
        options = self._asking(frame, role)
        return bool(options) and all(
            wanted is not None and self.state.kind_is(wanted[0], "part") for _, _, wanted in options
        )

    def _asking(self, frame: Frame, role: str) -> list[tuple[Frame, str, Wanted | None]]:
        """The rules behind a frame, with their letter for a role and what they ask for in it; none of what is built in."""
        if not frame.action or frame.action.startswith("@") or role not in frame.roles:
            return []
        at = frame.roles.index(role)
        letters = (
            (option, option.roles[at] if at < len(option.roles) else role)
            for option in (frame, *frame.others)
        )
        return [
            (option, letter, wanted_by_action(self.state, option.action).get(letter))
            for option, letter in letters
        ]

    def together(self, frame: Frame, roles: tuple[tuple[str, object], ...]) -> bool:
        """Whether one of the rules behind the frame, or the state it names, takes all of these in their roles."""
        alone = replace(frame, others=())
        options = [replace(alone, fluent=""), *frame.others] if frame.action else [*frame.others]
        if frame.fluent:
            options.append(replace(alone, action=""))
        for option in options:
            letters = dict(zip(frame.roles, option.roles, strict=False))
            if all(
                self.fits(
                    option,
                    letters.get(role, role),
                    filler,
                    filler.preposition if isinstance(filler, x.Phrase) else "",
                )
                for role, filler in roles
            ):
                return True
        return not options

    def inanimate(self, filler: object) -> bool:
        """Whether a noun phrase is known to stand for things, and nobody; what is new where nothing is introduced is one."""
        kinds = self.kinds(filler)
        if not kinds and isinstance(filler, x.Described) and filler.noun is not None:
            entry = self.tokens[filler.noun].entry
            vague = entry is not None and entry.name in self.state.vague
            return self.state.presuming and (entry is None or vague)
        return bool(kinds) and not any(PERSON in kind for kind in kinds)

    def places(self, frame: Frame, role: str) -> bool:
        """Whether a role is where somebody or something is or comes to be, by some rule behind the frame."""
        at = frame.roles.index(role) if role in frame.roles else -1
        if at < 0 or not frame.action or frame.action.startswith("@"):
            return True
        return any(
            at < len(option.roles) and _is_place(self.state, option.action, option.roles[at])
            for option in (frame, *frame.others)
            if option.action
        )

    def _takes(self, wanted: Wanted, kinds: frozenset[str], preposition: str) -> bool:
        kind, refused = wanted
        if kind == THING or kind in kinds:
            # in a person nothing can be put, but "in front of Ben" is a spot
            spot = preposition in closed.SPOTS and preposition not in ("by", "before")
            return not (refused & kinds) or (spot and refused == {PERSON})
        if kind == PLACE and preposition in closed.PLACING:
            return preposition in closed.SPOTS or PERSON not in kinds
        # a person nobody introduced may turn out to be anything more special
        return False

    def kinds(self, filler: object) -> list[frozenset[str]]:
        """All kinds of each thing that a noun phrase stands for; empty where only reading on can tell."""
        if isinstance(filler, x.Phrase):
            filler = filler.np
        known = self._kinds.get(id(filler))
        if known is None:
            known = self._kinds[id(filler)] = (filler, self._kinds_of(filler))
        return known[1]

    def _kinds_of(self, filler: object) -> list[frozenset[str]]:
        match filler:
            case x.Named(at):
                entry = self.tokens[at].entry
                return self._of_thing(entry.name) if entry is not None and entry.name else []
            case x.Apposition(named, _):
                return self.kinds(named)
            case x.Several(items, _):
                return [kind for item in items for kind in self.kinds(item)]
            case x.There():
                return [self.state.above(PLACE)]
            case x.Portion(_, of, _):
                return self.kinds(of)
            case x.Universal(word, noun, _, _, _, _, _, _):
                if noun is not None:
                    return self._of_noun(noun)
                base = closed.UNIVERSAL.get(word)
                return [] if base in (None, THING) else [self.state.above(base)] if base else []
            case x.Described():
                return self._of_described(filler)
            case x.Pronoun(at, form):
                gender = closed.PRONOUNS.get(self.tokens[at].lower, ("", ""))[0]
                return (
                    [self.state.above(PERSON)]
                    if gender in ("m", "f") and form != "each other"
                    else []
                )
        return []

    def _of_described(self, np: x.Described) -> list[frozenset[str]]:
        if np.noun is None:
            return []
        entry = self.tokens[np.noun].entry
        if entry is None:
            return []
        if entry.relation and (np.owner is not None or np.of is not None):
            fluent = self.state.world.fluents[entry.relation]
            return [self.state.above(fluent.params[0])] if fluent.result == "boolean" else []
        if entry.name and np.owner is not None and not entry.noun:
            return self._of_thing(entry.name)
        return self._of_noun(np.noun)

    def _of_noun(self, at: int) -> list[frozenset[str]]:
        entry = self.tokens[at].entry
        if entry is None or not entry.noun:
            return []
        return [self.state.above(entry.noun)]

    def _of_thing(self, thing: str) -> list[frozenset[str]]:
        body = self.state.names.get(thing)
        found = self.state.world.things.get(body or thing)
        if found is None:
            return []
        if found.implied and (found.kinds == (PERSON,) or found.id in self.state.vague):
            return []
        kinds = self.state.above_all(found.kinds)
        return [kinds | {DESCRIPTION} if body else kinds]


def may_be_so(ctx: Context, clause: x.Clause) -> bool:
    """Whether the subject is of the kind that a verb of state asks for: a tower overlooks a town, a man forgets it."""
    assert clause.frame is not None
    fluent = ctx.state.world.fluents.get(clause.frame.fluent)
    if fluent is None or not fluent.params:
        return True
    kinds = Fitting(ctx.state, ctx.tokens).kinds(clause.subject)
    return all(fluent.params[0] in above for above in kinds)
