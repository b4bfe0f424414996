"""A story's acts as kernel actions, made as they are needed; the vocabulary they are made of is declared before."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from itertools import product
from typing import Any

from fabula import _core
from fabula.engine.expressions import (
    FALSE,
    TRUE,
    Expr,
    MissingRoleError,
    Scope,
    effects,
    expr,
    held,
    term,
)
from fabula.engine.letters import bound
from fabula.engine.news import overrides
from fabula.engine.observers import Observers
from fabula.engine.unseen import UNSEEN, kept_unseen
from fabula.engine.vocabulary import NOTHING, Vocabulary
from fabula.language.lexicon import Frame
from fabula.language.state import State
from fabula.model import formula as f
from fabula.model.sharing import Remembered
from fabula.model.story import Content
from fabula.model.world import PERSON, PLACE_OF, THING, WHO, Action
from fabula.records import dataclass

IS_THERE = "X is there"
"""The need of an act of which it is said where it is done."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What of an event is settled before it runs: which roles are filled, with what contents, unseen by whom."""

    action: str
    given: tuple[str, ...]
    prepositions: tuple[tuple[str, str], ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    unseen_by: tuple[str, ...] | None = None
    attempt: bool = False
    extra: tuple[str, ...] = ()  # "with": an instrument; "at": a place


@dataclass(slots=True)
class Act:
    """A compiled variant: its kernel number, its parameters in order, and its needs with their words."""

    number: int
    params: tuple[str, ...]
    needs: tuple[tuple[f.Formula, str, Expr], ...]
    variant: Variant


Needs = tuple[tuple[f.Formula, str, Expr], ...]
Parts = tuple[str, list[int], Expr | None, list[Expr], list[Expr], Expr]
"""What the kernel takes of an action: name, kinds, precondition, effects, who consents, who observes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An act of the library's, for every story that reads on from it."""

    act: _core.PreparedAction
    params: tuple[str, ...]
    needs: Needs


@dataclass(slots=True)
class Compiled(Vocabulary):
    """The kernel problem with the acts that are made in it."""

    base: Compiled | None = None  # of the library that the story reads on from
    observers: Observers = field(init=False)
    acts: dict[Variant, Act] = field(default_factory=dict)
    prepared: dict[tuple[Variant, frozenset[str]], Prepared] = field(default_factory=dict)
    frames: dict[str, list[frozenset[str]]] = field(
        default_factory=dict
    )  # the roles that each frame of a rule names
    takers: dict[tuple[Variant, int, int], tuple[Expr, int]] = field(default_factory=dict)
    defined: dict[str, tuple[list[f.Formula], Expr | None]] = field(
        default_factory=dict
    )  # definitions with what they ask of the one that they are about
    made: dict[Variant, Prepared] = field(default_factory=dict)  # acts of this story alone
    earlier: dict[Variant, Prepared] = field(
        default_factory=dict
    )  # those of the story before it was changed that mean the same

    def build(self, disguises: bool = True) -> None:
        """Declares everything but acts; ``disguises``: whether anybody may look like another. Raises ValueError for what the kernel refuses."""
        library = self.state.library
        if library is not None and self.extends(library):
            self.base = _BASES.of((library, disguises), lambda: _built(library, disguises))
            self.go_on(self.base)
        self.declare(disguises)
        self.observers = Observers(self.numbers)

    def definition(self, key: str) -> Expr | None:
        """What a definition ("can act") asks of whoever it is about; None where nothing of the kind is defined."""
        definition = self.state.definitions.get(key)
        if definition is None or not definition.letters:
            return None
        if self.base is not None and (shared := self.base.state.definitions.get(key)) is not None:
            if shared.bodies == definition.bodies:
                return self.base.definition(key)
        known = self.defined.get(key)
        if known is None or known[0] != definition.bodies:
            scope = Scope(self.numbers, {definition.letters[0]: 0}, top=1, strict=True)
            asked: Expr | None
            try:
                asked = expr(f.Or(tuple(definition.bodies)), scope)
            except MissingRoleError:
                asked = None
            known = self.defined[key] = (list(definition.bodies), asked)
        return known[1]

    # acts
    def act(self, variant: Variant) -> Act:
        """The kernel action of a variant, made at its first use."""
        known = self.acts.get(variant)
        if known is None:
            known = self.acts[variant] = self._adopted(variant) or self._compile(variant)
        return known

    def _adopted(self, variant: Variant) -> Act | None:
        """The act as the library has it, where nothing of this story is in it."""
        base = self.base
        if base is None or variant.action not in base.state.world.actions:
            return None
        action = self.state.world.actions[variant.action]
        if variant.contents or variant.unseen_by or variant.attempt or action.seems:
            return None
        key = (variant, self._left_out(action))
        made = base.prepared.get(key)
        if made is None:
            parts, params, needs = base.parts(variant, key[1])
            made = base.prepared[key] = Prepared(base.problem.prepare(*parts), params, needs)
        return Act(self.problem.adopt(made.act), made.params, made.needs, variant)

    def _compile(self, variant: Variant) -> Act:
        action = self.state.world.actions[variant.action]
        known = self.earlier.get(variant)
        if known is not None:
            self.made[variant] = known
            return Act(self.problem.adopt(known.act), known.params, known.needs, variant)
        parts, params, needs = self.parts(variant, self._left_out(action))
        seems = None
        if action.seems and action.seems in self.state.world.actions and not variant.attempt:
            seems = self._seeming(action, variant, params)
        if seems is None and self.room is not None:
            made = Prepared(self.problem.prepare(*parts), params, needs)
            self.made[variant] = made
            return Act(self.problem.adopt(made.act), params, needs, variant)
        number = self.problem.action(
            *parts, appears_as=seems, insiders=[("var", 0)] if seems is not None else []
        )
        return Act(number, params, needs, variant)

    def parts(
        self, variant: Variant, left_out: frozenset[str]
    ) -> tuple[Parts, tuple[str, ...], Needs]:
        """What the kernel takes of an act, the names of its parameters, and its needs; ``left_out``: roles that some frame leaves out."""
        world = self.state.world
        action = world.actions[variant.action]
        written, outcome = bound(action, self.state)
        contents = dict(variant.contents)
        letters = [
            p.name for p in action.params if p.name in variant.given and p.name not in contents
        ]
        names = (*letters, *variant.extra)
        kinds = {p.name: p.kind for p in action.params}
        params = [self.numbers.kinds[kinds.get(n, THING)] for n in names]
        missing = frozenset(p.name for p in action.params if p.name not in variant.given)
        scope = Scope(
            self.numbers,
            {n: i for i, n in enumerate(names)},
            frozenset(variant.given),
            dict(variant.prepositions),
            missing,
            {role: world.contents[c].formula for role, c in contents.items()},
            len(names) + 1,
        )
        binding: f.Binding = {role: f.Const(c) for role, c in contents.items()}
        needs: list[tuple[f.Formula, str, Expr]] = []
        conditions: list[Expr] = []
        for need in () if variant.attempt else written:
            formula = f.substitute(need.formula, binding) if binding else need.formula
            test = expr(formula, scope)
            if test != TRUE:
                needs.append((formula, need.text, test))
                conditions.append(test)
        actor = letters[0] if letters else None
        for extra, text in (
            ("with", "X has it"),
            ("at", IS_THERE),
            ("together", "X is with them"),
        ):
            if extra in variant.extra and actor is not None:
                formula = _extra_need(extra, f.Var(actor), f.Var(extra))
                test = expr(formula, scope)
                needs.append((formula, text, test))
                conditions.append(test)
        observes = self._observes(action, variant, scope, binding, actor)
        done: list[Expr] = []
        if not variant.attempt:
            if actor is not None and UNSEEN in self.numbers.fluents:
                outcome = kept_unseen(outcome, actor, variant.unseen_by)
            for effect in outcome:
                item = f.substitute_effect(effect, binding) if binding else effect
                if isinstance(item, f.Tell):
                    done.extend(self._tell(item, variant, scope, observes))
                else:
                    done.extend(effects((item,), scope))
        done.extend(self._happened(action, variant, scope, contents, left_out))
        consenting = [
            term(t, scope) for t in action.agreed if isinstance(t, f.Var) and t.name in letters
        ]
        condition: Expr | None = ("and", conditions) if conditions else None
        parts: Parts = (variant.action, params, condition, done, consenting, observes)
        return parts, names, tuple(needs)

    def _seeming(self, action: Action, variant: Variant, names: tuple[str, ...]) -> int | None:
        """The act that others take it for, with the same parameters."""
        other = self.state.world.actions[action.seems or ""]
        letters = {p.name for p in other.params}
        if not set(variant.given) <= letters:
            return None
        twin = Variant(
            other.id,
            variant.given,
            variant.prepositions,
            variant.contents,
            variant.unseen_by,
            False,
            variant.extra,
        )
        act = self.act(twin)
        return act.number if act.params == names else None

    def _instead_of_doer(self, action: Action, scope: Scope, binding: f.Binding) -> f.Binding:
        """ "Ben is shot.": where nobody says by whom, it is seen by those who can see Ben."""
        if not action.params or action.params[0].name not in scope.missing:
            return {}
        doer, *others = action.params
        named = [p for p in others if p.name in scope.variables and p.name not in binding]
        named.sort(key=lambda p: not self.state.kind_is(p.kind, PERSON))
        return {doer.name: f.Var(named[0].name)} if named else {}

    def _observes(
        self, action: Action, variant: Variant, scope: Scope, binding: f.Binding, actor: str | None
    ) -> Expr:
        if action.nobody_observes or action.observes is None:
            return FALSE
        binding = binding | self._instead_of_doer(action, scope, binding)
        seen, index = self.observers.expression(action.observes, scope, binding)
        if variant.unseen_by is None:
            return seen
        observer = ("var", index)
        if not variant.unseen_by:
            return ("==", observer, ("var", 0)) if actor is not None else FALSE
        kept: list[Expr] = [seen]
        kept.extend(
            ("not", ("==", observer, ("entity", self.numbers.things[p]))) for p in variant.unseen_by
        )
        return ("and", kept)

    def _tell(self, tell: f.Tell, variant: Variant, scope: Scope, observes: Expr) -> list[Expr]:
        """Who takes in the telling believes that the teller believes it; who trusts him believes it too.

        A lie is seen through by whoever knows what the liar believes: he learns only that there was a lie.
        """
        contents = dict(variant.contents)
        ident = contents.get(tell.content)
        if ident is None:
            return []
        content = self.state.world.contents[ident]
        said = _said(content)
        if said is None:
            return []
        takes_in, top = self._takes_in(variant, scope, observes)
        inner, index = replace(scope, top=top).bind("?hearer")
        hearer, speaker = f.Var("?hearer"), tell.speaker
        if isinstance(speaker, f.Var) and speaker.name in scope.missing:
            # "Ann is told that …": by somebody, whom nobody has a reason to distrust
            heard = effects(held(said, (hearer,), "told"), inner)
            return [("forall", index, self.numbers.kinds[PERSON], [("if", takes_in, heard)])]
        believes = effects(held(said, (hearer, speaker)), inner)
        trusted = effects(held(said, (hearer,), "told"), inner)
        for part in f.conjuncts(said):
            changed = overrides(self.state, part, hearer, speaker)
            if changed is not None:
                trusted.extend(effects((f.If(changed, held(part, (hearer,))),), inner))
        if "distrust" in self.numbers.fluents and trusted:
            distrusts: Expr = (
                "fluent",
                self.numbers.fluents["distrust"],
                [("var", index), term(speaker, scope)],
            )
            trusted = [("if", ("or", [("not", ("known", distrusts)), ("not", distrusts)]), trusted)]
        test = ("and", [takes_in, ("not", ("==", ("var", index), term(speaker, scope)))])
        done: list[Expr] = [*believes, *trusted]
        action = self.state.world.actions[variant.action]
        # who tells, and does not lie, believes it, though the story did not say how he came to
        own = () if action.seems else effects(held(said, (speaker,), "told"), scope)
        if action.seems:
            left = self._left_out(action)
            knows_better = f.Or(
                tuple(
                    f.Believes(hearer, f.Believes(speaker, f.negated(p)))
                    for p in f.conjuncts(said)
                    if not self._usual(f.negated(p))
                )
            )
            sees_through = expr(knows_better, inner)
            minds = [("var", index)]
            lie = [
                ("believe", minds, number, args, TRUE, "set", False)
                for _, number, args, _ in self._happened(action, variant, scope, contents, left)
            ]
            done = [("if", ("not", sees_through), done), ("if", sees_through, lie)]
        return [("forall", index, self.numbers.kinds[PERSON], [("if", test, done)]), *own]

    def _takes_in(self, variant: Variant, scope: Scope, observes: Expr) -> tuple[Expr, int]:
        """Who takes in a telling, asked of the variable with this number, which comes behind all of the question's own.

        It is the same whatever is told, unless the rule asks for that.
        """
        asked = self.state.world.actions[variant.action].observes
        letters = {role for role, _ in variant.contents}
        same = asked is None or letters.isdisjoint(f.variables(asked))
        key = (replace(variant, contents=()), scope.top, len(scope.variables))
        known = self.takers.get(key) if same else None
        if known is None:
            # beyond every variable of who takes it in ("a door leads to …"), since that is asked of the hearer
            top = max(scope.top, _last_variable(observes) + 1)
            known = _replace_var(observes, len(scope.variables), top), top
            if same:
                self.takers[key] = known
        return known

    def _usual(self, formula: f.Formula) -> bool:
        """Whether something is so as long as nobody says otherwise: that is no ground to call anybody a liar."""
        match formula:
            case f.Equals(f.Value(fluent, _), f.Lit(value)):
                return (
                    any(d.fluent == fluent and d.value == value for d in self.state.defaults)
                    or self.state.world.fluents[fluent].default == value
                )
        return False

    def _left_out(self, action: Action) -> frozenset[str]:
        """Roles that some frame of the rule leaves out."""
        if not self.frames:
            self.note_frames()
        roles = self.frames.get(action.id)
        if not roles:
            return frozenset()
        return frozenset(p.name for p in action.params) - frozenset.intersection(*roles)

    def note_frames(self) -> None:
        """Notes which roles the frames of every rule name; of a library's this is known already."""
        known: dict[str, list[Frame]] = {}
        if self.base is not None:
            if not self.base.frames:
                self.base.note_frames()
            self.frames.update(self.base.frames)
            words = self.base.state.lexicon
            if words.frames_version == self.state.lexicon.frames_version:
                return
            known = words.frames
        for verb, frames in self.state.lexicon.frames.items():
            if known.get(verb) is frames:
                continue
            for ident, named in _NAMED.of((frames,), partial(_named_by, frames)):
                self.frames[ident] = [*self.frames.get(ident, ()), named]

    def _happened(
        self,
        action: Action,
        variant: Variant,
        scope: Scope,
        contents: dict[str, str],
        left_out: frozenset[str],
    ) -> list[Expr]:
        """The event becomes a fact, also without the roles that a telling of it may leave out."""
        ident = f"did:{action.id}" if not variant.attempt else f"tried:{action.id}"
        if ident not in self.numbers.fluents:
            self.did(action, ident)
        number = self.numbers.fluents[ident]
        # besides what frames leave out, whatever stands behind the first object need not be said again
        optional = left_out | {p.name for p in action.params[2:] if p.name not in contents}
        choices: list[tuple[Expr, ...]] = []
        nothing: Expr = ("entity", self.numbers.things[NOTHING])
        for param in action.params:
            if param.name in contents:
                filled: Expr = ("entity", self.numbers.things[contents[param.name]])
            elif param.name in scope.variables:
                filled = ("var", scope.variables[param.name])
            else:
                choices.append((nothing,))
                continue
            # "lied to him" is so of every lie, whatever was said
            unsaid = param.name in optional or param.name in contents
            choices.append((filled, nothing) if unsaid else (filled,))
        return [("set", number, list(args), TRUE) for args in list(product(*choices))[:8]]


def _named_by(frames: list[Frame]) -> list[tuple[str, frozenset[str]]]:
    """The rules behind a verb's frames, each with the roles that one of them names."""
    return [
        (one.action, frozenset((one.subject, *(s.role for s in one.slots if not s.optional))))
        for frame in frames
        for one in (frame, *frame.others)
    ]


def _built(library: State, disguises: bool) -> Compiled:
    made = Compiled(library)
    made.build(disguises)
    return made


_BASES = Remembered[Compiled](4)


_NAMED = Remembered[list[tuple[str, frozenset[str]]]](
    10_000
)  # a list of frames is only ever replaced


def _extra_need(extra: str, actor: f.Term, other: f.Term) -> f.Formula:
    """What an instrument, a place or a companion said with an act needs: had, been at, in company."""
    if extra == "with":
        return f.Within(other, actor)
    if extra == "at":
        return f.Within(actor, other)
    return f.Equals(f.Value(PLACE_OF, (actor,)), f.Value(PLACE_OF, (other,)))


def _last_variable(tree: Any) -> int:
    """The highest number of a variable in an expression; -1 where there is none."""
    if not isinstance(tree, tuple | list):
        return -1
    if isinstance(tree, tuple) and len(tree) > 1 and tree[0] in ("var", "exists", "forall"):
        return max(int(tree[1]), *(_last_variable(t) for t in tree[2:]), -1)
    return max((_last_variable(t) for t in tree), default=-1)


def _replace_var(tree: Any, old: int, new: int) -> Any:
    """The expression about another variable."""
    if isinstance(tree, tuple) and len(tree) == 2 and tree[0] == "var":
        return ("var", new) if tree[1] == old else tree
    if isinstance(tree, tuple):
        return tuple(_replace_var(t, old, new) if isinstance(t, tuple | list) else t for t in tree)
    return [_replace_var(t, old, new) if isinstance(t, tuple | list) else t for t in tree]


def _said(content: Content) -> f.Formula | None:
    """What a listener comes to believe: the content, or the answer to a question."""
    if content.mode == "that":
        return content.formula
    if content.mode != "question":
        return None
    if isinstance(content.asked, f.Value):
        return f.Known(content.asked)
    if isinstance(content.asked, f.Const):
        return f.Equals(f.Value(WHO, (content.asked,)), content.asked)  # "who she is"
    match content.formula:
        case f.Equals(f.Value() as asked, _):
            return f.Known(asked)
    return None
