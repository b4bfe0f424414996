"""Where reading stands among the tokens, and how it goes on after a slip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fabula.formats.sabre.tokens import Token
from fabula.problems import Problem
from fabula.problems.too_nested import too_nested
from fabula.problems.unexpected_symbol import unexpected_symbol
from fabula.text.span import Span

DEEPEST = 60  # levels: what recurses over them stays far from the interpreter's bound
LONGEST = 300  # summands: each stands one level deeper than the next
DEFINERS = ("type", "entity", "property", "action", "trigger", "utility")


class SlipError(Exception):
    """A piece of the text cannot be read; reading goes on behind it.

    ``problem`` is None where it only follows from one that was told already.
    """

    def __init__(self, problem: Problem | None) -> None:
        super().__init__(problem.message if problem is not None else "")
        self.problem = problem


class Cursor:
    """A place among tokens."""

    def __init__(self, tokens: list[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0
        self.problems: list[Problem] = []
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        """A token further on, or the last."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is then behind."""
        token = self.here
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether the next token is one of these."""
        return self.here.kind != "end" and self.here.text in texts

    def taken(self, *texts: str) -> bool:
        """Whether the next token was one of these; it is then behind."""
        found = self.sees(*texts)
        if found:
            self.at += 1
        return found

    def need(self, text: str, hint: str = "") -> Token:
        """The next token, which has to be this one."""
        if not self.sees(text):
            raise self.unexpected(f'"{text}"', hint=hint)
        return self.take()

    def name(self, what: str) -> Token:
        """The next token, which has to be a name; `what` it is a name of ("a type")."""
        if self.here.kind != "name":
            raise self.unexpected(what)
        return self.take()

    def unexpected(self, *expected: str, hint: str = "") -> SlipError:
        """The slip that the next token cannot stand here."""
        before = self.tokens[self.at - 1] if self.at else None
        after = before.shown if before is not None else ""
        return SlipError(
            unexpected_symbol(self.here.span, expected, self.here.shown, after=after, hint=hint)
        )

    def slipped(self, slip: SlipError) -> None:
        """Notes the problem of a slip."""
        if slip.problem is not None:
            self.problems.append(slip.problem)

    def words(self, start: int) -> str:
        """The text from a token to the one before the next, on one line."""
        first, last = self.tokens[start], self.tokens[max(self.at - 1, start)]
        return " ".join(self.text[first.start : last.start + len(last.text)].split())

    def span(self, start: int) -> Span:
        """The place from a token to the one before the next."""
        first, last = self.tokens[start], self.tokens[max(self.at - 1, start)]
        place = first.span
        return Span(place.file, place.line, place.column, last.start + len(last.text) - first.start)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level further in; too many are a slip."""
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                raise SlipError(too_nested(self.here.span, DEEPEST))
            yield
        finally:
            self._depth -= 1

    def defines(self) -> bool:
        """Whether a definition begins here, at the beginning of a line."""
        return self.here.span.column == 1 and self.sees(*DEFINERS)

    def recover(self, within: bool = False) -> None:
        """Goes behind the next semicolon that is not inside of braces, or to the next definition.

        `within` braces it goes no further than their end.
        """
        depth = 0
        while self.here.kind != "end" and not self.defines():
            if self.sees("}") and depth == 0 and within:
                return
            token = self.take()
            if token.text == "{":
                depth += 1
            elif token.text == "}":
                depth = max(0, depth - 1)
            elif token.text == ";" and depth == 0:
                return
