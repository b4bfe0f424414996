"""Expressions with their types, and what may be made of each."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.formats.sabre.cursor import Cursor, SlipError
from fabula.formats.sabre.names import Names, with_article
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, NUMBER
from fabula.problems.wording import one_of
from fabula.problems.wrong_type import wrong_type

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression that was read: truths are formulas, everything else is a term.

    ``kinds`` are ``boolean``, ``number``, ``?``, or the types of an entity; ``start`` and ``end`` its tokens.
    """

    node: f.Formula | f.Term
    kinds: tuple[str, ...]
    start: int
    end: int

    @property
    def boolean(self) -> bool:
        """Whether it is true or false."""
        return self.kinds == (BOOLEAN,)

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.kinds == (NUMBER,)

    @property
    def unknown(self) -> bool:
        """Whether it is written ``?``."""
        return self.kinds == (UNKNOWN,)

    @property
    def thing(self) -> bool:
        """Whether it is an entity, or may be none."""
        return not self.boolean and not self.number

    @property
    def formula(self) -> f.Formula:
        """The node of a truth."""
        assert self.boolean
        return self.node  # type: ignore[return-value]

    @property
    def term(self) -> f.Term:
        """The node as a value."""
        return as_term(self.node) if self.boolean else self.node  # type: ignore[return-value]

    def given(self) -> str:
        """Its type as messages name it."""
        if self.unknown:
            return "unknown"
        shown = [kind for kind in self.kinds if not kind.startswith("=")] or list(self.kinds)
        return one_of([with_article(kind) for kind in shown]).replace(" or ", " and ")


def as_term(node: f.Formula | f.Term) -> f.Term:
    """A formula as a value; a bare property is the value itself."""
    match node:
        case f.Equals(f.Value() | f.Believed() | f.Choice() as value, f.Lit(True)):
            return value
        case f.And(()):
            return f.Lit(value=True)
        case f.Or(()):
            return f.Lit(value=False)
        case f.Believes(who, body):
            inner = as_term(body)
            if not isinstance(inner, f.Truth):
                return f.Believed(who, inner)
            return f.Truth(node)
        case f.Const() | f.Var() | f.Lit() | f.Value() | f.Believed() | f.Truth():
            return node
        case f.Arith() | f.Total() | f.Choice():
            return node
    return f.Truth(node)


def as_formula(term: f.Term) -> f.Formula:
    """A boolean value as a formula."""
    match term:
        case f.Truth(formula):
            return formula
        case f.Lit(value):
            return f.TRUE if value else f.FALSE
        case f.Believed(who, value):
            return f.Believes(who, as_formula(value))
    return f.Equals(term, f.Lit(value=True))


class Types:
    """Checks that an expression is of the type that is needed."""

    def __init__(self, cursor: Cursor, names: Names) -> None:
        self.cursor = cursor
        self.names = names

    def words(self, typed: Typed) -> str:
        """The expression as it is written."""
        tokens = self.cursor.tokens
        last = tokens[max(typed.end - 1, typed.start)]
        text = self.cursor.text[tokens[typed.start].start : last.start + len(last.text)]
        return " ".join(text.split())

    def wrong(self, typed: Typed, wanted: str, hint: str = "") -> SlipError:
        """The slip that an expression is of another type than is needed."""
        tokens = self.cursor.tokens
        first, last = tokens[typed.start], tokens[max(typed.end - 1, typed.start)]
        length = last.start + len(last.text) - first.start
        place = type(first.span)(first.span.file, first.span.line, first.span.column, length)
        return SlipError(wrong_type(place, self.words(typed), typed.given(), wanted, hint))

    def need_truth(self, typed: Typed) -> f.Formula:
        """The formula of an expression that has to be true or false."""
        if not typed.boolean:
            raise self.wrong(typed, "a truth")
        return typed.formula

    def need_number(self, typed: Typed) -> f.Term:
        """The term of an expression that has to be a number."""
        if not typed.number:
            raise self.wrong(typed, "a number")
        return typed.term

    def need_character(self, typed: Typed) -> f.Term:
        """The term of an expression that has to be a character."""
        if typed.unknown or not typed.thing or not self.names.overlap(typed.kinds, "character"):
            raise self.wrong(typed, "a character")
        return typed.term

    def need_result(self, typed: Typed, result: str) -> f.Term:
        """The term of an expression that a property of this type is to have."""
        if result in (BOOLEAN, NUMBER):
            if typed.kinds != (result,):
                raise self.wrong(typed, with_article(result))
        elif not typed.unknown and (not typed.thing or not self.names.overlap(typed.kinds, result)):
            raise self.wrong(typed, with_article(result))
        return typed.term
