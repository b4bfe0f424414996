"""An answer, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence that an answer rests on: ``n`` is the number of its event, 0 for what was so at first."""

    n: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """``answer`` is a text, or a list where several are asked for; ``bare`` the same in single words.

    ``before``: of what else it was so, where only the last time was meant. ``certain`` is False where the answer is a guess, or where what it rests on was never said.
    """

    question: str
    answer: str | tuple[str, ...]
    because: tuple[Ground, ...] = ()
    certain: bool = True
    bare: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer in one line."""
        words = self.answer if isinstance(self.answer, str) else ", ".join(self.answer) or "nothing"
        return f"{words} (before: {', '.join(self.before)})" if self.before else words
