"""A story that was run, as rules look at it: events, statements, and where each fact comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from fabula.check.findings import Assumption, Reason
from fabula.engine.records import ClaimRecord, EventRecord, Literal, Record, record_at
from fabula.engine.running import Run
from fabula.language.say import thing_words
from fabula.model import formula as f
from fabula.model.story import Source, Stated
from fabula.model.world import LOCATION, PERSON

if TYPE_CHECKING:
    from fabula.language.state import State
    from fabula.reasons.motives import Account, Motives

Progress = Callable[[int, int], None]


class Case:
    """What all rules share. ``told`` gathers what must have been told off the page.

    ``explained``: how many events had been asked for their reasons when somebody stopped that.
    """

    def __init__(self, run: Run, progress: Progress | None = None) -> None:
        self.run = run
        self.progress = progress
        self.runner = run.runner
        self.state = run.words
        self.world = run.model.world
        self.records: list[Record] = run.runner.records
        self.events: list[EventRecord] = run.records
        self.told: list[Assumption] = []
        self.explained: int | None = None

    @cached_property
    def impossible(self) -> list[EventRecord]:
        """Events that need what is known not to be so."""
        return [r for r in self.events if r.failures]

    @cached_property
    def claims(self) -> list[ClaimRecord]:
        """Statements after the first event."""
        return [r for r in self.records if isinstance(r, ClaimRecord)]

    @cached_property
    def contradicted(self) -> list[ClaimRecord]:
        """Statements that the story contradicts."""
        return [r for r in self.claims if r.status == "contradicted"]

    @cached_property
    def secrets(self) -> list[Stated]:
        """Facts that the story says are not for everybody."""
        steps = self.run.model.steps
        return [
            s for s in steps if isinstance(s, Stated) and (s.known_to is not None or s.unknown_to)
        ]

    @cached_property
    def people(self) -> list[str]:
        """Everybody."""
        return [i for i in self.world.things if self.state.is_a(i, PERSON)]

    @cached_property
    def motives(self) -> Motives:
        """Why people do what they do: the story is run once more for it, with all acts at hand."""
        from fabula.reasons.motives import Motives

        return Motives(self.run)

    @cached_property
    def accounts(self) -> list[Account]:
        """The reasons, if any, of all who do something that weighs; who stops the search keeps what it has found."""
        found: list[Account] = []
        looked = 0

        def progress(done: int, of: int) -> None:
            nonlocal looked
            looked = done
            if self.progress is not None:
                self.progress(done, of)

        try:
            found.extend(self.motives.all(self.events, progress))
        except KeyboardInterrupt:
            self.explained = looked
        return found

    @property
    def minds_state(self) -> State:
        """The words for wants, which may be about somebody of whom no more than a name is known."""
        return self.motives.rehearsal.state

    @cached_property
    def beginning(self) -> int:
        """The kernel's time before the first event."""
        return self.records[0].before if self.records else 0

    # where things come from
    def record_at(self, time: int | None) -> Record | None:
        """The event or statement that a step of the kernel belongs to; None is the beginning, or nobody's word."""
        return record_at(self.records, time)

    def assumed(self, time: int | None) -> bool:
        """Whether a step was taken because an event needed it, and not because anybody said it."""
        record = self.record_at(time)
        return isinstance(record, EventRecord) and time is not None and time <= record.before

    def reason(self, literal: Literal) -> Reason | None:
        """The sentence that made a literal what it is."""
        record = self.record_at(literal.cause)
        if record is not None:
            return self.reason_of(record)
        if literal.chain or not literal.fluent:
            return None
        fluent = LOCATION if literal.op.endswith("within") else literal.fluent
        return self.initial(fluent, literal.args) or (
            self.initial(LOCATION, literal.args[:1]) if literal.args else None
        )

    def initial(self, fluent: str, args: tuple[str, ...]) -> Reason | None:
        """The sentence that stated a fact before the story."""
        numbers = self.runner.compiled.numbers
        if fluent not in numbers.fluents:
            return None
        key = (
            numbers.fluents[fluent],
            tuple(numbers.things[a] for a in args if a in numbers.things),
        )
        stated = self.runner.begin.sources.get(key)
        return Reason(0, stated.source.text, stated.source.span) if stated is not None else None

    def reason_of(self, record: Record) -> Reason:
        """A record as a reason."""
        return Reason(self.n(record), record.source.text, record.source.span)

    @staticmethod
    def n(record: Record) -> int:
        """The number of an event, or of the last event before a statement."""
        return record.n

    def since(self, literal: Literal) -> str:
        """``" (since event 12)"``, or nothing where it was so from the beginning."""
        record = self.record_at(literal.cause)
        if record is None:
            return ""
        n = self.n(record)
        return f" (since event {n})" if isinstance(record, EventRecord) and n else ""

    # words and values
    def words(self, thing: str) -> str:
        """A thing with its article."""
        return thing_words(self.state, thing)

    def value(
        self, fluent: str, args: tuple[str, ...], time: int, chain: tuple[str, ...] = ()
    ) -> object:
        """The value of a fluent at a time, things by name."""
        return self.runner.held(fluent, args, time, chain)

    def truth(self, formula: f.Formula, time: int, chain: tuple[str, ...] = ()) -> bool | None:
        """Truth of a formula at a time, in the world or in a mind."""
        return self.runner.truth(formula, time, chain)

    def is_person(self, thing: str) -> bool:
        """Whether a thing is somebody."""
        return thing in self.world.things and self.state.is_a(thing, PERSON)

    def sources(self) -> list[Source]:
        """Every sentence that is an event or a statement, once."""
        found: dict[tuple[str, int, int], Source] = {}
        for step in self.run.model.steps:
            source = getattr(step, "source", None)
            if isinstance(source, Source):
                found.setdefault((source.span.file, source.span.line, source.span.column), source)
        return list(found.values())
