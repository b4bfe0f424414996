"""What a rule says of its roles: which are instruments, what fills them, and what its effects set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.engine.records import Literal
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION, Action

PLACES = DERIVED | {LOCATION}

Roles = tuple[str, ...]


def formula_of(literal: Literal) -> f.Formula:
    """What a literal says, without the mind in which it is to be so."""
    if literal.op.endswith("within"):
        within: f.Formula = f.Within(f.Const(literal.args[0]), f.Const(str(literal.needed)))
        return f.Not(within) if literal.op == "not within" else within
    needed = literal.needed
    if isinstance(needed, str):
        right: f.Term = f.Const(needed)
    else:
        right = f.Lit(needed if isinstance(needed, bool | float) else None)
    plain = f.Equals(f.Value(literal.fluent, tuple(f.Const(a) for a in literal.args)), right)
    return f.Not(plain) if literal.op == "!=" else plain


def asks_after(formula: f.Formula, letters: set[str]) -> bool:
    """Whether a need asks where a thing is, or who has it."""

    def of(t: f.Term) -> bool:
        if isinstance(t, f.Value):
            named = any(isinstance(a, f.Var) and a.name in letters for a in t.args)
            return (named and t.fluent in PLACES) or any(of(a) for a in t.args)
        return False

    match formula:
        case f.Within(inner, outer):
            return any(isinstance(t, f.Var) and t.name in letters for t in (inner, outer))
        case f.Equals(left, right) | f.Compare(_, left, right):
            return of(left) or of(right)
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            return asks_after(body, letters)
        case f.And(parts) | f.Or(parts):
            return any(asks_after(part, letters) for part in parts)
    return False


def tools(action: Action) -> dict[str, tuple[str, ...]]:
    """The instruments of an act: the roles that whoever acts has to have, with the kinds that its needs speak of."""
    if not action.params:
        return {}
    actor = f.Var(action.params[0].name)
    held = [
        part.inner.name
        for need in action.needs
        for part in f.conjuncts(need.formula)
        if isinstance(part, f.Within) and part.outer == actor and isinstance(part.inner, f.Var)
    ]
    return {letter: kinds for letter in held if (kinds := _spoken_of(action, letter))}


def _spoken_of(action: Action, letter: str) -> tuple[str, ...]:
    """The kinds that alternatives of an act's needs speak of: "G is not a gun or G is loaded"."""
    found: list[str] = []
    for need in action.needs:
        for part in f.conjuncts(need.formula):
            for one in part.parts if isinstance(part, f.Or) else ():
                plain = one.body if isinstance(one, f.Not) else one
                if isinstance(plain, f.IsKind) and plain.term == f.Var(letter):
                    found.append(plain.kind)
    return tuple(dict.fromkeys(found))


def with_role(action: Action, roles: Roles, tool: str) -> Roles:
    """The roles, and one more, in the order of the rule."""
    return tuple(p.name for p in action.params if p.name in roles or p.name == tool)


def letter(term: f.Term) -> str:
    """The letter that stands somewhere, "" for anything else."""
    return term.name if isinstance(term, f.Var) else ""


ANYTHING_ELSE = object()


def target(literal: Literal) -> object:
    """The value that would make a literal so."""
    if literal.op in ("==", "within"):
        return literal.needed
    if literal.op == "!=" and isinstance(literal.needed, bool):
        return not literal.needed
    return ANYTHING_ELSE


def assignments(effects: tuple[f.Effect, ...]) -> Iterator[f.Assign]:
    """What a rule sets, always or on a condition."""
    for effect in effects:
        if isinstance(effect, f.Assign):
            yield effect
        elif isinstance(effect, f.If):
            yield from assignments(effect.effects)


def brought(action: Action, args: Sequence[str]) -> tuple[str, ...]:
    """What an act of these things puts somewhere, as far as its rule goes."""
    at = dict(zip((p.name for p in action.params), args, strict=True))
    return tuple(
        dict.fromkeys(
            at.get(effect.args[0].name, NOTHING)
            for effect in assignments(action.effects)
            if effect.fluent == LOCATION
            and not effect.believers
            and isinstance(effect.args[0], f.Var)
        )
    )


def letters(effect: f.Assign) -> set[str]:
    """The letters that an effect speaks of."""
    terms = [*effect.args, effect.value]
    names = {t.name for t in terms if isinstance(t, f.Var)}
    for t in terms:
        if isinstance(t, f.Value):
            names |= {a.name for a in t.args if isinstance(a, f.Var)}
    return names


def unified(effect: f.Assign, args: tuple[str, ...], wanted: object) -> dict[str, str] | None:
    """The roles that an effect gives to the things of a literal, or None where it says something else."""
    if len(effect.args) != len(args):
        return None
    binding: dict[str, str] = {}
    for t, thing in zip(effect.args, args, strict=True):
        if isinstance(t, f.Var):
            if binding.setdefault(t.name, thing) != thing:
                return None
        elif t != f.Const(thing):
            return None
    match effect.value:
        case f.Lit(value):
            return binding if value is wanted or value == wanted else None
        case f.Var() | f.Const() | f.Value() if wanted is ANYTHING_ELSE:
            return binding
        case f.Var(name) if isinstance(wanted, str):
            return binding if binding.setdefault(name, wanted) == wanted else None
        case f.Const(thing):
            return binding if thing == wanted else None
        case f.Value():
            return binding if isinstance(wanted, str) else None
    return None


def kinds_of(action: Action) -> dict[str, str]:
    """What kind of thing each role has to be filled with."""
    kinds = {p.name: p.kind for p in action.params}
    for need in action.needs:
        for part in f.conjuncts(need.formula):
            if isinstance(part, f.IsKind) and isinstance(part.term, f.Var):
                kinds[part.term.name] = part.kind
    return kinds
