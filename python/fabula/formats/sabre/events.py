"""Reads actions and triggers, section by section."""

from __future__ import annotations

from fabula.formats.sabre.cursor import SlipError
from fabula.formats.sabre.effects import Effects
from fabula.formats.sabre.names import RESERVED
from fabula.formats.sabre.tokens import Token
from fabula.formats.sabre.write_expressions import condition
from fabula.model import formula as f
from fabula.model.planning import CHARACTER
from fabula.model.world import Action, Need, Param, Trigger
from fabula.problems.defined_twice import defined_twice

SECTIONS = ("precondition", "effect", "consenting", "observing")


class Events(Effects):
    """Actions and triggers at a cursor."""

    def params(self, variables: bool = False) -> list[Param]:
        """``(x : T, E, …)``; as `variables` their names have to differ."""
        cursor = self.cursor
        cursor.need("(")
        found: list[Param] = []
        while not cursor.taken(")"):
            if found and not cursor.taken(","):
                raise cursor.unexpected('","', '")"')
            token = cursor.name("a parameter")
            if token.text in RESERVED:
                cursor.at -= 1
                raise cursor.unexpected(
                    "a parameter", hint=f'"{token.text}" is a word of the notation'
                )
            if cursor.taken(":"):
                kind = self.names.kind(cursor.name("a type"))
                if variables and any(p.name == token.text for p in found):
                    raise SlipError(defined_twice(token.span, token.text, "as another parameter"))
                found.append(Param(token.text, kind))
            elif token.text in self.names.world.things:
                found.append(Param(token.text, self.names.single(token.text)))
            elif cursor.sees(",", ")"):
                known = list(self.names.world.things)
                raise self.names.undefined("entity", token, known)
            else:
                raise cursor.unexpected('":"', '","', '")"')
        return found

    def action(self) -> None:
        """Reads an action: ``action a(…) { … };``."""
        name, params = self._head()
        event = Action(f"{name.text}({_kinds(params)})", name.text, tuple(params))
        event.observes = f.TRUE
        event.file, event.line = name.span.file, name.span.line
        self._body(name, params, event, SECTIONS)
        world = self.names.world
        if event.id in world.actions:
            before = f"in line {world.actions[event.id].line}"
            self.cursor.problems.append(defined_twice(name.span, event.id, before))
            return
        world.actions[event.id] = event
        self.names.where[event.id] = name.span

    def trigger(self) -> None:
        """Reads a trigger: ``trigger t(…) { … };``."""
        name, params = self._head()
        event = Action(name.text, name.text, tuple(params))
        self._body(name, params, event, SECTIONS[:2])
        needs = f.conjunction([need.formula for need in event.needs])
        self.names.world.triggers.append(
            Trigger(
                name.text,
                tuple(params),
                needs,
                event.effects,
                file=name.span.file,
                line=name.span.line,
            )
        )
        self.names.where.setdefault(f"trigger {name.text}", name.span)

    def _head(self) -> tuple[Token, list[Param]]:
        word = self.cursor.take()
        name = self.cursor.name(f"a name for the {word.text}")
        return name, self.params(variables=True)

    def _body(
        self, name: Token, params: list[Param], event: Action, sections: tuple[str, ...]
    ) -> None:
        """Reads the sections in any order; a slip in one of them does not hide those in the others."""
        cursor = self.cursor
        cursor.need("{")
        before = dict(self.names.variables)
        self.names.variables.update({p.name: p.kind for p in params if not p.kind.startswith("=")})
        seen: set[str] = set()
        while not cursor.sees("}") and not cursor.defines():
            try:
                self._section(name, event, sections, seen)
            except SlipError as slip:
                cursor.slipped(slip)
                self._in_else = False
                cursor.recover(within=True)
                if cursor.here.kind == "end":
                    break
        self.names.variables = before
        if not cursor.taken("}"):
            raise cursor.unexpected('"}"')
        if not cursor.taken(";"):
            cursor.slipped(cursor.unexpected('";"'))

    def _section(
        self, name: Token, event: Action, sections: tuple[str, ...], seen: set[str]
    ) -> None:
        cursor = self.cursor
        if not cursor.sees(*sections):
            raise cursor.unexpected(*(f'"{s}"' for s in sections), '"}"')
        word = cursor.take()
        if word.text in seen:
            raise SlipError(
                defined_twice(word.span, word.text, f'in "{name.text}"', "join the two")
            )
        seen.add(word.text)
        if word.text == "precondition":
            cursor.need(":")
            formula = self.truth()
            self._end("&", "|")
            parts = f.conjuncts(formula)
            event.needs = tuple(Need(part, condition(part, self.names.world)) for part in parts)
        elif word.text == "effect":
            cursor.need(":")
            event.effects = self.outcome()
            self._end("&")
        elif word.text == "consenting":
            cursor.need(":")
            event.agreed = self._consenting()
            self._end(",")
        else:
            self._observing(event)
            self._end("&", "|")

    def _end(self, *more: str) -> None:
        if not self.cursor.taken(";"):
            raise self.cursor.unexpected('";"', *(f'"{symbol}"' for symbol in more))

    def _consenting(self) -> tuple[f.Term, ...]:
        found = [self.need_character(self.arithmetic())]
        while self.cursor.taken(","):
            found.append(self.need_character(self.arithmetic()))
        return tuple(dict.fromkeys(found))

    def _observing(self, event: Action) -> None:
        kind_token = self.cursor.ahead(3)
        name, kind = self.quantified()
        if not self.names.fits((kind,), CHARACTER):
            raise self.names.undefined("type of characters", kind_token, [CHARACTER])
        self.cursor.need(":")
        with self.names.bound(name, kind):
            event.observes = self.truth()
        event.observer = (
            None if event.observes == f.TRUE and kind == CHARACTER else Param(name, kind)
        )


def _kinds(params: list[Param]) -> str:
    return ", ".join(p.kind.removeprefix("=") for p in params)


__all__ = ["Events"]
