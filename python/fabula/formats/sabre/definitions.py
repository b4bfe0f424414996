"""Reads a problem definition by definition, and goes on behind each slip."""

from __future__ import annotations

from fabula.formats.sabre.cursor import DEFINERS, Cursor, SlipError
from fabula.formats.sabre.events import Events
from fabula.formats.sabre.names import RESERVED, Names, with_article
from fabula.formats.sabre.tokens import Token
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, CHARACTER, ENTITY, NUMBER
from fabula.model.world import Fluent, Kind, Thing
from fabula.problems.circular_type import circular_type
from fabula.problems.defined_twice import defined_twice
from fabula.problems.wording import near
from fabula.problems.wrong_type import wrong_type


class Definitions(Events):
    """All definitions of one text, into the world of `names`; statements of the initial state into `initial`."""

    def __init__(self, cursor: Cursor, names: Names) -> None:
        super().__init__(cursor, names)
        self.initial: list[f.Effect] = []
        self.implied: set[str] = set()  # types that stand only as parents of others so far

    def read(self) -> None:
        """Reads to the end of the text."""
        cursor = self.cursor
        readers = {
            "type": self._type,
            "entity": self._entity,
            "property": self._property_definition,
            "action": self.action,
            "trigger": self.trigger,
            "utility": self._utility,
        }
        while cursor.here.kind != "end":
            start = cursor.at
            before = dict(self.names.variables)
            try:
                if cursor.sees("utility") and cursor.ahead().text == "(":
                    self._utility()
                elif cursor.sees(*DEFINERS) and cursor.ahead().kind == "name":
                    readers[cursor.here.text]()
                else:
                    self._statement()
            except SlipError as slip:
                cursor.slipped(slip)
                if cursor.tokens[start].text in DEFINERS[:3]:
                    self.names.broken.add(cursor.tokens[min(start + 1, cursor.at)].text)
                self.names.variables = before
                self._in_else = self._truths_count = False
                if cursor.at == start:
                    cursor.take()
                cursor.recover()

    # definitions
    def _type(self) -> None:
        cursor, world = self.cursor, self.names.world
        cursor.take()
        name = self._new_name("a name for the type")
        builtin = name.text in (ENTITY, CHARACTER)
        before = world.kinds.get(name.text)
        if (
            (before is not None and not (builtin or name.text in self.implied))
            or name.text in self.names.where
            or name.text in (BOOLEAN, NUMBER)
            or name.text in world.things
        ):
            raise self._twice(name)
        parents: list[str] = []
        if builtin or cursor.sees(":"):
            cursor.need(":", hint="a built-in type can only be given parents")
            parents = self._parents()
        known = world.kinds[name.text].parents if builtin else ()
        for parent in parents:
            above = world.ancestors(parent)
            if name.text in above:
                raise SlipError(circular_type(name.span, name.text, (name.text, parent, name.text)))
        found = tuple(dict.fromkeys((*known, *parents))) or (ENTITY,)
        self.names.where[name.text] = name.span
        world.kinds[name.text] = Kind(name.text, found, "")
        cursor.need(";")

    def _entity(self) -> None:
        cursor, world = self.cursor, self.names.world
        cursor.take()
        name = self._new_name("a name for the entity")
        if name.text in world.things or name.text in world.kinds:
            raise self._twice(name)
        cursor.need(
            ":", hint=f"what is {name.text}? entities look like: entity {name.text} : place;"
        )
        kinds = self._kinds()
        world.things[name.text] = Thing(
            name.text, name.text, tuple(kinds), proper=True, line=name.span.line
        )
        self.names.where[name.text] = name.span
        cursor.need(";")

    def _property_definition(self) -> None:
        cursor, world = self.cursor, self.names.world
        cursor.take()
        name = self._new_name("a name for the property")
        params = self.params()
        cursor.need(":", hint="of what type is its value? for example boolean")
        result = cursor.name("boolean, number or a type")
        if result.text not in (BOOLEAN, NUMBER):
            self.names.kind(result)
        kinds = tuple(p.kind for p in params)
        shown = ", ".join(kind.removeprefix("=") for kind in kinds)
        ident = f"{name.text}({shown})"
        if ident in world.fluents:
            raise SlipError(
                defined_twice(
                    name.span, ident, self._before(ident), "its values are those of the first one"
                )
            )
        default = {BOOLEAN: False, NUMBER: 0.0}.get(result.text)
        world.fluents[ident] = Fluent(
            ident,
            kinds,
            result.text,
            default,
            name=name.text,
            names=tuple(p.name for p in params),
        )
        self.names.where[ident] = name.span
        cursor.need(";")

    def _utility(self) -> None:
        cursor, world = self.cursor, self.names.world
        word = cursor.take()
        cursor.need("(")
        who: str | None = None
        if not cursor.sees(")"):
            token = cursor.name("a character")
            term, _ = self.names.term(token)
            if not isinstance(term, f.Const) or not world.is_a(term.thing, CHARACTER):
                given = with_article(world.things[token.text].kinds[0])
                raise SlipError(wrong_type(token.span, token.text, given, "a character"))
            who = term.thing
        cursor.need(")")
        cursor.need(":")
        self._truths_count = True
        found = self.expression()
        self._truths_count = False
        if found.thing:
            raise self.wrong(found, "a number or a truth")
        cursor.need(";")
        ident = f"utility({who or ''})"
        if who in world.utilities:
            twice = defined_twice(word.span, ident, self._before(ident), "join the two")
            cursor.problems.append(twice)
            return
        self.names.where[ident] = word.span
        world.utilities[who] = found.term

    def _statement(self) -> None:
        cursor = self.cursor
        if cursor.here.kind == "name" and cursor.here.text in DEFINERS:
            cursor.take()
            raise cursor.unexpected("a name")
        if cursor.here.kind != "name" and not cursor.sees("!", "("):
            raise cursor.unexpected("a definition", "a statement of the initial state")
        if cursor.here.kind == "name" and cursor.ahead().kind == "name":
            raise cursor.unexpected(
                *(f'"{word}"' for word in DEFINERS), "a statement of the initial state"
            )
        effects = self.outcome()
        if not cursor.taken(";"):
            raise cursor.unexpected('";"', '"&"')
        self.initial.extend(effects)

    # helpers
    def _kinds(self) -> list[str]:
        cursor = self.cursor
        found = [self.names.kind(cursor.name("a type"))]
        while cursor.taken(","):
            found.append(self.names.kind(cursor.name("a type")))
        return list(dict.fromkeys(found))

    def _parents(self) -> list[str]:
        """The types above a new one; a type may be defined by standing there."""
        found: list[str] = []
        while True:
            token = self.cursor.name("a type")
            kinds = self.names.world.kinds
            new = token.text not in kinds and token.text not in (BOOLEAN, NUMBER, *RESERVED)
            if new and not near(token.text, kinds) and ("type", token.text) not in self.names.later:
                kinds[token.text] = Kind(token.text, (ENTITY,), "")
                self.implied.add(token.text)
            found.append(self.names.kind(token))
            if not self.cursor.taken(","):
                return list(dict.fromkeys(found))

    def _new_name(self, what: str) -> Token:
        return new_name(self.cursor, what)

    def _before(self, ident: str) -> str:
        place = self.names.where.get(ident)
        return f"in line {place.line}" if place is not None else self.names.outside

    def _twice(self, name: Token) -> SlipError:
        advice = "give one of the two another name"
        return SlipError(defined_twice(name.span, name.text, self._before(name.text), advice))


def new_name(cursor: Cursor, what: str) -> Token:
    """A name for something new, which cannot be a word that expressions are made of."""
    token = cursor.name(what)
    if token.text in RESERVED:
        cursor.at -= 1
        raise cursor.unexpected(what, hint=f'"{token.text}" is a word of the notation')
    return token


__all__ = ["Definitions", "new_name"]
