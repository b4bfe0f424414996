"""Terms, formulas and effects: what rules need and do, and what minds hold."""

from __future__ import annotations

from fabula.records import dataclass

Atomic = bool | float | None


@dataclass(frozen=True, slots=True)
class Const:
    """A thing, by its id."""

    thing: str


@dataclass(frozen=True, slots=True)
class Var:
    """A parameter of a rule or a bound variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Lit:
    """A truth, a number, or None for unknown."""

    value: Atomic


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a fluent: ``location(x)``."""

    fluent: str
    args: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Believed:
    """What a term comes to in the mind of ``who``."""

    who: Term
    value: Term


@dataclass(frozen=True, slots=True)
class Truth:
    """A formula as a value: true or false."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Arith:
    """Arithmetic on two numbers; ``op`` is one of ``+ - * /``."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Total:
    """The ``sum`` or ``product`` (``op``) of the body over the things of a kind."""

    op: str
    var: str
    kind: str
    body: Term


@dataclass(frozen=True, slots=True)
class Choice:
    """One value where the condition holds, and another where it does not."""

    condition: Formula
    then: Term
    otherwise: Term


Term = Const | Var | Lit | Value | Believed | Truth | Arith | Total | Choice


@dataclass(frozen=True, slots=True)
class Equals:
    """Two terms have the same value; a boolean fluent is compared with a literal."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Compare:
    """An ordering of two numbers; ``op`` is one of ``< <= > >=``."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    body: Formula


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction; empty is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction; empty is false."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class IsKind:
    """A thing is of a kind."""

    term: Term
    kind: str


@dataclass(frozen=True, slots=True)
class Exists:
    """Some thing of the kind makes the body true."""

    var: str
    kind: str
    body: Formula


@dataclass(frozen=True, slots=True)
class Forall:
    """Every thing of the kind makes the body true."""

    var: str
    kind: str
    body: Formula


@dataclass(frozen=True, slots=True)
class Believes:
    """In the mind of ``who``, the body holds; ``knows``: and it is not false outside of it."""

    who: Term
    body: Formula
    knows: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The value of the term is not unknown."""

    term: Term


@dataclass(frozen=True, slots=True)
class Within:
    """``inner`` is at ``outer``, directly or through what it lies in."""

    inner: Term
    outer: Term


@dataclass(frozen=True, slots=True)
class Holds:
    """What the content in this role says holds (only in rules: "X believes that C")."""

    content: str


@dataclass(frozen=True, slots=True)
class Given:
    """The event names this role (with this preposition, if one is given); settled before the event runs."""

    role: str
    preposition: str = ""


Formula = (
    Equals
    | Compare
    | Not
    | And
    | Or
    | IsKind
    | Exists
    | Forall
    | Believes
    | Known
    | Within
    | Holds
    | Given
)

TRUE = And(())
FALSE = Or(())


@dataclass(frozen=True, slots=True)
class Assign:
    """Set a fluent, in the world or in the mind reached by ``believers``.

    ``mode``: ``set``; ``told`` (only where that mind holds nothing against it);
    ``not`` (that mind gives up this value if it holds it).
    """

    fluent: str
    args: tuple[Term, ...]
    value: Term
    believers: tuple[Term, ...] = ()
    mode: str = "set"


@dataclass(frozen=True, slots=True)
class If:
    """Effects that come about only where the condition is known to hold."""

    condition: Formula
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Effects for every thing of a kind."""

    var: str
    kind: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """What telling does: the content of parameter ``content`` goes from speaker to listeners.

    ``listener`` is the one addressed; everybody who takes in the event hears it too.
    """

    content: str
    speaker: Term
    listener: Term


@dataclass(frozen=True, slots=True)
class Hold:
    """What the content in this role says comes true in the mind reached by ``believers`` (or the world)."""

    content: str
    believers: tuple[Term, ...] = ()
    mode: str = "set"


@dataclass(frozen=True, slots=True)
class Absent:
    """``who`` notices that what he takes to be at ``place`` is not there."""

    who: Term
    place: Term


Effect = Assign | If | Each | Tell | Hold | Absent


def conjuncts(formula: Formula) -> tuple[Formula, ...]:
    """The top-level parts of a conjunction, or the formula alone."""
    return formula.parts if isinstance(formula, And) else (formula,)


def conjunction(parts: list[Formula] | tuple[Formula, ...]) -> Formula:
    """A flat conjunction."""
    flat: list[Formula] = []
    for part in parts:
        flat.extend(conjuncts(part))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def truth(fluent: str, *args: Term, value: bool = True) -> Equals:
    """The atom that says a boolean fluent is so."""
    return Equals(Value(fluent, args), Lit(value))


def negated(formula: Formula) -> Formula:
    """The negation, pushed into atoms of boolean fluents."""
    if isinstance(formula, Equals) and isinstance(formula.right, Lit):
        if isinstance(formula.right.value, bool):
            return Equals(formula.left, Lit(not formula.right.value))
    if isinstance(formula, Not):
        return formula.body
    return Not(formula)


Binding = dict[str, Term]


def substitute_term(term: Term, binding: Binding) -> Term:
    """The term with variables replaced."""
    if isinstance(term, Var):
        return binding.get(term.name, term)
    if isinstance(term, Value):
        return Value(term.fluent, tuple(substitute_term(a, binding) for a in term.args))
    match term:
        case Believed(who, value):
            return Believed(substitute_term(who, binding), substitute_term(value, binding))
        case Truth(formula):
            return Truth(substitute(formula, binding))
        case Arith(op, left, right):
            return Arith(op, substitute_term(left, binding), substitute_term(right, binding))
        case Total(op, var, kind, body):
            inner = {k: v for k, v in binding.items() if k != var}
            return Total(op, var, kind, substitute_term(body, inner))
        case Choice(condition, then, otherwise):
            return Choice(
                substitute(condition, binding),
                substitute_term(then, binding),
                substitute_term(otherwise, binding),
            )
    return term


def substitute(formula: Formula, binding: Binding) -> Formula:
    """The formula with free variables replaced (bound names shadow)."""
    match formula:
        case Equals(left, right):
            return Equals(substitute_term(left, binding), substitute_term(right, binding))
        case Compare(op, left, right):
            return Compare(op, substitute_term(left, binding), substitute_term(right, binding))
        case Not(body):
            return Not(substitute(body, binding))
        case And(parts):
            return And(tuple(substitute(p, binding) for p in parts))
        case Or(parts):
            return Or(tuple(substitute(p, binding) for p in parts))
        case IsKind(term, kind):
            return IsKind(substitute_term(term, binding), kind)
        case Exists(var, kind, body):
            return Exists(
                var, kind, substitute(body, {k: v for k, v in binding.items() if k != var})
            )
        case Forall(var, kind, body):
            return Forall(
                var, kind, substitute(body, {k: v for k, v in binding.items() if k != var})
            )
        case Believes(who, body, knows):
            return Believes(substitute_term(who, binding), substitute(body, binding), knows)
        case Known(term):
            return Known(substitute_term(term, binding))
        case Within(inner, outer):
            return Within(substitute_term(inner, binding), substitute_term(outer, binding))
        case Holds() | Given():
            return formula


def substitute_effect(effect: Effect, binding: Binding) -> Effect:
    """The effect with free variables replaced."""
    match effect:
        case Assign(fluent, args, value, believers, mode):
            return Assign(
                fluent,
                tuple(substitute_term(a, binding) for a in args),
                substitute_term(value, binding),
                tuple(substitute_term(b, binding) for b in believers),
                mode,
            )
        case If(condition, effects):
            return If(
                substitute(condition, binding),
                tuple(substitute_effect(e, binding) for e in effects),
            )
        case Each(var, kind, effects):
            inner = {k: v for k, v in binding.items() if k != var}
            return Each(var, kind, tuple(substitute_effect(e, inner) for e in effects))
        case Tell(content, speaker, listener):
            return Tell(
                content, substitute_term(speaker, binding), substitute_term(listener, binding)
            )
        case Hold(content, believers, mode):
            return Hold(content, tuple(substitute_term(b, binding) for b in believers), mode)
        case Absent(who, place):
            return Absent(substitute_term(who, binding), substitute_term(place, binding))


def variables(formula: Formula) -> list[str]:
    """Free variables in order of first appearance."""
    found: dict[str, None] = {}
    _note_in(formula, frozenset(), found)
    return list(found)


def _note_in(part: Formula, bound: frozenset[str], found: dict[str, None]) -> None:
    """Notes the variables of a formula that are free in it, but for those bound around it."""
    match part:
        case Equals(left, right) | Compare(_, left, right) | Within(left, right):
            _note_in_term(left, bound, found)
            _note_in_term(right, bound, found)
        case Not(body):
            _note_in(body, bound, found)
        case And(parts) | Or(parts):
            for sub in parts:
                _note_in(sub, bound, found)
        case IsKind(term, _) | Known(term):
            _note_in_term(term, bound, found)
        case Exists(var, _, body) | Forall(var, _, body):
            _note_in(body, bound | {var}, found)
        case Believes(who, body):
            _note_in_term(who, bound, found)
            _note_in(body, bound, found)


def _note_in_term(term: Term, bound: frozenset[str], found: dict[str, None]) -> None:
    if isinstance(term, Var):
        if term.name not in bound:
            found[term.name] = None
        return
    if isinstance(term, Value):
        for arg in term.args:
            _note_in_term(arg, bound, found)
        return
    match term:
        case Believed(left, right) | Arith(_, left, right):
            _note_in_term(left, bound, found)
            _note_in_term(right, bound, found)
        case Truth(formula):
            _note_in(formula, bound, found)
        case Total(_, var, _, body):
            _note_in_term(body, bound | {var}, found)
        case Choice(condition, then, otherwise):
            _note_in(condition, bound, found)
            _note_in_term(then, bound, found)
            _note_in_term(otherwise, bound, found)


def asks_telling(formula: Formula) -> bool:
    """Whether a formula asks how the event was told: which roles it names, or what a content says."""
    match formula:
        case Holds() | Given():
            return True
        case Not(body) | Exists(_, _, body) | Forall(_, _, body) | Believes(_, body):
            return asks_telling(body)
        case And(parts) | Or(parts):
            return any(asks_telling(part) for part in parts)
    return False
