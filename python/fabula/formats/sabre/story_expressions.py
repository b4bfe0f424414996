"""Writes formulas of stories in the notation, and says of those that it has nothing for what they are."""

from __future__ import annotations

from fabula.formats.sabre.spelling import Spelling
from fabula.formats.sabre.write_expressions import UnwritableError, Writer
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN
from fabula.model.story import World

OBSERVER = "observer"
WITHIN = "within"


class StoryExpressions(Writer):
    """Names become identifiers; being within is a property of its own."""

    def __init__(self, world: World, spelling: Spelling) -> None:
        super().__init__(world)
        self.spelling = spelling

    def thing(self, name: str) -> str:
        """The name of an entity."""
        known = self.world.things.get(name)
        if known is None and name not in self.world.contents:
            return "?"  # nothing, or the world outside of all places
        words = known.label if known is not None else f"{self.world.contents[name].mode} {name}"
        return self.spelling.of("thing", name, words)

    def variable(self, name: str) -> str:
        """The name of a variable."""
        return self.spelling.of("variable", name)

    def kind(self, name: str) -> str:
        """The name of a type."""
        return self.spelling.of("kind", name)

    def named(self, name: str) -> str:
        """The name of a property or an action."""
        known = self.world.fluents.get(name)
        return self.spelling.of("named", name, known.name if known is not None else "")

    def conjunct(self, formula: f.Formula) -> str:
        """A formula among others joined by ``&``."""
        if isinstance(formula, f.And) and formula.parts:
            return self.condition(formula)
        return self.alternatives(formula)

    def seen(self, formula: f.Formula) -> str:
        """Who observes, of the observer."""
        self.spelling.given["variable", "O"] = OBSERVER
        try:
            return self.condition(formula)
        finally:
            del self.spelling.given["variable", "O"]

    def simple(self, formula: f.Formula) -> str:
        """A formula where ``&`` and ``|`` need parentheses."""
        match formula:
            case f.Known(term) | f.Equals(term, f.Lit(None)) | f.Not(f.Equals(term, f.Lit(None))):
                if isinstance(term, f.Value) and self._boolean(term.fluent):
                    raise UnwritableError("whether something is known to be so or not")
            case f.And(parts) if len(parts) == 1:
                return self.simple(parts[0])
            case f.Or(parts) if len(parts) == 1:
                return self.simple(parts[0])
        return super().simple(formula)

    def _boolean(self, fluent: str) -> bool:
        known = self.world.fluents.get(fluent)
        return known is None or known.result == BOOLEAN

    def other(self, formula: f.Formula) -> str:
        """A formula that only stories have."""
        match formula:
            case f.Within(inner, outer):
                return f"{self.named(WITHIN)}({self.value(inner)}, {self.value(outer)})"
            case f.Holds(content):
                raise UnwritableError(f"that {content}, whatever it says, holds")
            case f.Given(role):
                raise UnwritableError(f"whether the sentence names {role}")
        raise UnwritableError(type(formula).__name__)

    def property(self, fluent: str, args: tuple[f.Term, ...]) -> str:
        """A property of things."""
        if fluent not in self.world.fluents:
            raise UnwritableError(f'whether something happened ("{fluent}")')
        return f"{self.named(fluent)}({', '.join(self.value(a) for a in args)})"

    def effect(self, effect: f.Effect) -> str:
        """An effect that stands among others."""
        match effect:
            case f.Tell(content, speaker, listener):
                who, whom = self.value(speaker), self.value(listener)
                raise UnwritableError(
                    f"{whom} hears {content} from {who}, and who trusts him believes it"
                )
            case f.Hold(content, believers):
                minds = "".join(f"in the mind of {self.value(b)}, " for b in believers)
                raise UnwritableError(f"{minds}what {content} says comes true")
            case f.Absent(who_, place):
                raise UnwritableError(
                    f"{self.value(who_)} notices what is not at {self.value(place)}"
                )
        return super().effect(effect)
