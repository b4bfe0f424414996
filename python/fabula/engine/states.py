"""The world at one moment, as it is or as somebody takes it to be: facts in words, and beliefs asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fabula.engine.unrest import in_words
from fabula.engine.wording import facts_told
from fabula.language.questions import statement
from fabula.language.say import thing_words
from fabula.model.world import PLACE_OF

if TYPE_CHECKING:
    from fabula.engine.running import Run


class StateView:
    """``chain`` is whose eyes: () the world, ("Bucho",) Bucho's mind, ("Bucho", "El") what Bucho takes El's to be."""

    def __init__(self, run: Run, time: int, chain: tuple[str, ...]) -> None:
        self.run = run
        self.time = time
        self.chain = chain

    @in_words
    def lines(self, about: str | None = None) -> list[str]:
        """What holds, a sentence a line; with ``about`` only what concerns that person or thing."""
        runner = self.run.runner
        wanted = None
        if about is not None:
            thing = self.run.thing(about)
            wanted = frozenset({thing, f"name:{thing}"})
        found = facts_told(runner, self.time, self.chain, wanted)
        return [w[:1].upper() + w[1:] + "." for w in found]

    @in_words
    def holds(self, sentence: str) -> bool | None:
        """Whether a sentence of the story language is true here; None where it is left open.

        Raises ValueError (with the place in the sentence) if it cannot be read.
        """
        formula = statement(self.run.words, sentence, self.chain[-1] if self.chain else None)
        return self.run.runner.truth(formula, self.time, self.chain)

    @in_words
    def believes(self, person: str | Sequence[str], sentence: str) -> bool:
        """Whether somebody believes a sentence; ``person`` may be several names, from the outside in."""
        who = tuple(
            self.run.person(name) for name in ([person] if isinstance(person, str) else person)
        )
        formula = statement(self.run.words, sentence, who[-1] if who else None)
        return self.run.runner.truth(formula, self.time, (*self.chain, *who)) is True

    @in_words
    def where(self, name: str) -> str | None:
        """The nearest place around somebody or something, in words, or None where it is not known."""
        thing = self.run.thing(name)
        place = self.run.runner.thing_at(PLACE_OF, thing, self.time, self.chain)
        return thing_words(self.run.words, place) if place is not None else None

    def __repr__(self) -> str:
        return "\n".join(self.lines())


__all__ = ["StateView"]
