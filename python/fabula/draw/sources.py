"""Which events made values what they are, and what a stated reason goes back to."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.draw.knowledge import Minds, minds_of, named, things_of
from fabula.draw.roles import roles_of
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import atoms
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION, PERSON

Atom = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A value: the fluent, of what, and in whose mind."""
DID = "did:"
MOST_REASONS = 3
"""So many stated reasons, one behind the other, are followed."""


class Sources:
    """What made the values of a run what they are."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.minds: Minds = minds_of(run)
        self.runner = run.runner
        self.records = run.records

    def _made(
        self, formula: f.Formula, record: Record, chain: tuple[str, ...], deep: int = 0
    ) -> Iterator[tuple[int, str]]:
        """The events that made so what a formula rests on before a record, each with what it made so."""
        for atom in self._rests(formula, record.before, chain):
            yield from self._sources(atom, record, deep)

    def _sources(self, atom: Atom, record: Record, deep: int = 0) -> Iterator[tuple[int, str]]:
        """The event that made a value what it is before a record; where the text states it with a reason, what made the reason so."""
        fluent, args, minds = atom
        cause = self.runner.cause(fluent, args, record.before, minds)
        made = record_at(self.runner.records, cause)
        if made is None and fluent.startswith(DID):
            made = self._deed(fluent.removeprefix(DID), args, record)
        if made is None or made.before >= record.before:
            return
        words = self._value(fluent, args, minds, record.before)
        if isinstance(made, EventRecord):
            yield made.n, words
        elif made.stated.because is not None and deep < MOST_REASONS:
            for n, why in self._because(made.stated.because, made, args[:1], deep + 1):
                yield n, f"{words}, because {why}"

    def _deed(self, action: str, args: tuple[str, ...], record: Record) -> EventRecord | None:
        """The last time before a record that an act was done, whatever filled the roles of which nothing is said."""
        params = self.run.model.world.actions[action].params
        said = {p.name: f.Const(a) for p, a in zip(params, args, strict=False) if a != NOTHING}
        for earlier in reversed(self.records):
            if earlier.before < record.before and earlier.happening.action == action:
                roles = roles_of(self.run, earlier)
                if any(all(r.get(p) == a for p, a in said.items()) for r in roles):
                    return earlier
        return None

    def _because(
        self, because: f.Formula, record: Record, whose: tuple[str, ...], deep: int = 0
    ) -> Iterator[tuple[int, str]]:
        """What made a given reason so: as whoever has it takes it to be, for it need not be true, or else in the world."""
        minded = whose if whose and self.run.words.is_a(whose[0], PERSON) else ()
        found = False
        if minded and self.runner.truth(because, record.before, minded) is True:
            for made in self._made(because, record, minded, deep):
                found = True
                yield made
        if not found:
            yield from self._made(because, record, (), deep)

    def _rests(self, formula: f.Formula, time: int, chain: tuple[str, ...]) -> Iterator[Atom]:
        if isinstance(formula, f.Or) and not DERIVED.isdisjoint(named(formula)):
            # of ways to be near each other it matters where everybody is
            for thing in dict.fromkeys(things_of(formula)):
                yield LOCATION, (thing,), chain
        else:
            yield from atoms(self.run, formula, time, chain)

    def _cause(
        self, fluent: str, args: tuple[str, ...], minds: tuple[str, ...], record: EventRecord
    ) -> int | None:
        cause = self.runner.cause(fluent, args, record.before, minds)
        made = record_at(self.runner.records, cause)
        return made.n if isinstance(made, EventRecord) and made.n < record.n else None

    def _value(self, fluent: str, args: tuple[str, ...], minds: tuple[str, ...], time: int) -> str:
        """What a value is, in words."""
        value = self.runner.held(fluent, args, time, minds)
        right: f.Term = (
            f.Const(value)
            if isinstance(value, str)
            else f.Lit(value if isinstance(value, bool | float) else None)
        )
        terms = tuple(f.Const(a) for a in args)
        said: f.Formula = f.Equals(f.Value(fluent, terms), right)
        for mind in reversed(minds):
            said = f.Believes(f.Const(mind), said)
        return self._say(said)

    def _say(self, formula: f.Formula) -> str:
        return fact_words(self.run.words, formula)

    def changed(self, record: EventRecord) -> list[tuple[str, tuple[str, ...], object]]:
        """What an event made otherwise in the world, in names."""
        ids, name = self.runner.compiled.numbers.fluent_ids, self.runner.name
        found: list[tuple[str, tuple[str, ...], object]] = []
        for time in range(record.before + 1, record.ended + 1):
            for fluent, args, _, new in self.runner.timeline.changes(time, []):
                if isinstance(new, int) and not isinstance(new, bool):
                    found.append((ids[fluent], tuple(name(a) for a in args), name(new)))
                else:
                    found.append((ids[fluent], tuple(name(a) for a in args), new))
        return found
