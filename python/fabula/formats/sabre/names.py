"""What the names of a problem mean at a place in its text: types, entities, properties, variables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from fabula.formats.sabre.cursor import DEFINERS, SlipError
from fabula.formats.sabre.tokens import Token
from fabula.model.formula import Const, Term, Var
from fabula.model.planning import BOOLEAN, CHARACTER, ENTITY, NUMBER
from fabula.model.story import World
from fabula.model.world import Fluent, Kind
from fabula.problems.undefined_name import undefined_name
from fabula.problems.wording import near
from fabula.text.span import Span

# Words that expressions are made of, and that nothing can be named after.
RESERVED = frozenset(
    {"if", "elseif", "else", "forall", "exists", "sum", "product", "believes", "True", "False"}
)


@dataclass(slots=True)
class Names:
    """The world as far as it was read, and the variables in force."""

    world: World
    variables: dict[str, str] = field(default_factory=dict)  # name -> kind
    where: dict[str, Span] = field(default_factory=dict)  # what was defined where
    later: dict[tuple[str, str], int] = field(
        default_factory=dict
    )  # what a line further on defines
    outside: str = "as a built-in one"  # how messages speak of what no line of the text defines
    broken: set[str] = field(default_factory=set)  # what was to be defined where there was a slip

    def kind(self, token: Token) -> str:
        """The type that a token names."""
        if token.text in self.world.kinds and self.world.kinds[token.text].only is None:
            return token.text
        known = [k.name for k in self.world.kinds.values() if k.only is None]
        raise self.undefined("type", token, known)

    def term(self, token: Token) -> tuple[Term, tuple[str, ...]]:
        """The variable or entity that a token names, and its kinds."""
        name = token.text
        if name in self.variables:
            return Var(name), (self.variables[name],)
        if name in self.world.things:
            return Const(name), (*self.world.things[name].kinds, single(name))
        if any(fluent.name == name for fluent in self.world.fluents.values()):
            raise self.undefined("variable or entity", token, [f"{name}(…)"])
        raise self.undefined("variable or entity", token, [*self.variables, *self.world.things])

    def properties(self, token: Token) -> list[Fluent]:
        """The properties of that name."""
        found = [f for f in self.world.fluents.values() if f.name == token.text]
        if not found:
            names = dict.fromkeys(f.name for f in self.world.fluents.values())
            raise self.undefined("property", token, list(names))
        return found

    def undefined(self, what: str, token: Token, known: list[str]) -> SlipError:
        """The slip that nothing is called so; a silent one where its definition slipped already."""
        if token.text in self.broken:
            return SlipError(None)
        later = self.later.get((what.rsplit(" ", 1)[-1], token.text), 0)
        if later <= token.span.line:
            later = 0
        nearest = tuple(known) if known == [f"{token.text}(…)"] else near(token.text, known)
        return SlipError(undefined_name(token.span, what, token.text, nearest, later))

    @contextmanager
    def bound(self, name: str, kind: str) -> Iterator[None]:
        """A variable in force for a while."""
        before = dict(self.variables)
        self.variables[name] = kind
        try:
            yield
        finally:
            self.variables = before

    def below(self, kind: str, other: str) -> bool:
        """Whether everything of one kind is of another."""
        only = self.world.kinds[other].only if other in self.world.kinds else None
        return kind == other or (only is None and other in self.world.ancestors(kind))

    def fits(self, kinds: tuple[str, ...], wanted: str) -> bool:
        """Whether something of these kinds is certainly of that one."""
        return any(self.below(kind, wanted) for kind in kinds)

    def overlap(self, kinds: tuple[str, ...], wanted: str) -> bool:
        """Whether something of these kinds may be of that one."""
        if self.fits(kinds, wanted) or any(self.below(wanted, kind) for kind in kinds):
            return True
        if any(self.world.kinds[k].only is not None for k in kinds if k in self.world.kinds):
            return False
        return any(
            self.world.is_a(thing, wanted) and all(self.world.is_a(thing, k) for k in kinds)
            for thing in self.world.things
        )

    def single(self, thing: str) -> str:
        """The kind of this one thing, made where there is none yet."""
        name = single(thing)
        if name not in self.world.kinds:
            self.world.kinds[name] = Kind(name, self.world.things[thing].kinds, "", only=thing)
        return name


def single(thing: str) -> str:
    """What the kind of one thing is called: no type can be called so."""
    return f"={thing}"


def builtin() -> World:
    """A world in which nothing is defined yet."""
    world = World()
    world.kinds[ENTITY] = Kind(ENTITY, (), "")
    world.kinds[CHARACTER] = Kind(CHARACTER, (ENTITY,), "")
    return world


def later_definitions(tokens: list[Token]) -> dict[tuple[str, str], int]:
    """The lines of all definitions by what they define, for names that are used too early."""
    found: dict[tuple[str, str], int] = {}
    for token, name in pairwise(tokens):
        if token.text in DEFINERS[:3] and name.kind == "name":
            found.setdefault((token.text, name.text), name.span.line)
    return found


def with_article(kind: str) -> str:
    """A type as messages name it."""
    if kind in (BOOLEAN, NUMBER):
        return "a truth" if kind == BOOLEAN else "a number"
    if kind.startswith("="):
        return kind[1:]
    return f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"
