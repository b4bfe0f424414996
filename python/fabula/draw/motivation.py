"""What gave an event its reason: what the text says, what was asked for, who threatens whom, and what the rules make people want."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from fabula.draw.irony import hating, unwanted
from fabula.draw.sources import Sources
from fabula.engine.records import EventRecord
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.language.contents import results
from fabula.model import formula as f
from fabula.model.story import Content, Wanted
from fabula.model.world import PERSON, WHO


@dataclass(frozen=True, slots=True)
class Link:
    """Event ``source`` made so what event ``target`` needs or, where ``reason``, what it is done for; ``words`` say it."""

    source: int
    target: int
    words: str
    reason: bool = False
    strength: float = 1.0


REASON, KNOWLEDGE, THING, PLACE = 3.0, 2.0, 2.0, 0.6
"""How strongly events hang together by a reason, by what is known, by what a thing has come to, by where people are."""


class Motivation(Sources):
    """The reasons for the events of a run."""

    def _reasons(self, record: EventRecord) -> Iterator[Link]:
        doer = doer_of(self.run, record)
        event = record.happening
        if event.because is not None:
            whose = (doer,) if doer is not None else ()
            for n, words in self._because(event.because, record, whose):
                yield Link(n, record.n, f"because {words}", True, REASON)
        if doer is None:
            return
        if event.purpose is not None and event.purpose.formula is not None:
            words = f"to {event.purpose.text}" if event.purpose.mode == "act" else "for that"
            for part in results(self.run.words, event.purpose.formula, lasting=False):
                for n, _ in self._made(part, record, ()):
                    yield Link(n, record.n, words, True, REASON)
        bidden = self._bidden(record, doer)
        if bidden is not None:
            yield bidden
        yield from self._wanted(record, doer)
        yield from self._against(record, doer)

    def _against(self, record: EventRecord, doer: str) -> Iterator[Link]:
        """Why somebody harms another: who threatens him or those whom he wants to live, or whom he wants dead."""
        for fluent, args, new in self.changed(record):
            if new is False and fluent in self._burdens and args[0] != doer:
                made = self._cause(fluent, args, (), record)
                if made is not None:
                    words = self._value(fluent, args, (), record.before)
                    yield Link(made, record.n, f"because {words}", True, REASON)
        for victim in self._harmed(record, doer):
            saved = f" to {record.happening.purpose.text}" if record.happening.purpose else ""
            for ally in (doer, *self._dear.get(doer, ())):
                for fluent in self._hating:
                    value = (fluent, (victim, ally))
                    if self.runner.held(*value, record.before, (doer,)) is True:
                        made = self._cause(*value, (doer,), record)
                        if made is not None:
                            words = self._value(*value, (), record.before)
                            yield Link(made, record.n, f"because {words}{saved}", True, REASON)
            for name in self._wanted_dead.get(doer, ()):
                if self.runner.thing_at(WHO, name, record.before, (doer,)) == victim:
                    made = self._cause(WHO, (name,), (doer,), record)
                    if made is not None:
                        words = self._value(WHO, (name,), (), record.before)
                        yield Link(made, record.n, f"because {words}", True, REASON)

    def _harmed(self, record: EventRecord, doer: str) -> list[str]:
        """To whom an event does what nobody wants, or whose enemy the doer becomes by it."""
        found: dict[str, None] = {}
        for fluent, args, new in self.changed(record):
            if (fluent, new) in self._bad and args[0] != doer:
                found[args[0]] = None
            elif new is True and args[0] == doer and fluent in (*self._hating, *self._burdens):
                found[args[1]] = None
        return list(found)

    @cached_property
    def _hating(self) -> list[str]:
        ids = self.runner.compiled.numbers.fluent_ids
        return [ids[fluent] for fluent in sorted(hating(self.minds))]

    @cached_property
    def _burdens(self) -> set[str]:
        """The relations that by a rule whoever is in them wants to be rid of: to be threatened, held, surrounded."""
        found: set[str] = set()
        for motive in self.run.model.world.motives:
            match motive.goal:
                case f.Equals(f.Value(fluent, (_, f.Var(who))), f.Lit(False)) if (
                    who == motive.person
                ):
                    found.add(fluent)
        return found

    @cached_property
    def _bad(self) -> set[tuple[str, object]]:
        ids = self.runner.compiled.numbers.fluent_ids
        return {(ids[fluent], value) for fluent, value in unwanted(self.minds)}

    @cached_property
    def _dear(self) -> dict[str, list[str]]:
        """Whom everybody is said to want to live."""
        found: dict[str, list[str]] = {}
        for step in self.run.model.steps:
            match step:
                case Wanted(
                    person,
                    Content(formula=f.Equals(f.Value("alive", (f.Const(dear),)), f.Lit(True))),
                ):
                    if dear != person and dear not in found.setdefault(person, []):
                        found[person].append(dear)
        return found

    @cached_property
    def _wanted_dead(self) -> dict[str, list[str]]:
        """The names of those of whom no more than a name may be known, and whom somebody is said to want dead."""
        found: dict[str, list[str]] = {}
        for step in self.run.model.steps:
            match step:
                case Wanted(
                    person,
                    Content(
                        formula=f.Equals(
                            f.Value("alive", (f.Value("who", (f.Const(name),)),)), f.Lit(False)
                        )
                    ),
                ):
                    found.setdefault(person, []).append(name)
        return found

    @cached_property
    def _bids(self) -> dict[str, list[tuple[EventRecord, f.Formula]]]:
        """By whom it is asked of: what others told somebody to do, and what is so when he has done it."""
        found: dict[str, list[tuple[EventRecord, f.Formula]]] = {}
        for record in self.records:
            for content in contents_of(self.run, record):
                if content.mode == "act" and content.agent and content.formula is not None:
                    if doer_of(self.run, record) != content.agent:
                        found.setdefault(content.agent, []).append((record, content.formula))
        return found

    def _bidden(self, record: EventRecord, doer: str) -> Link | None:
        """The event by which somebody was told to do what he does here."""
        for earlier, formula in reversed(self._bids.get(doer, ())):
            if earlier.n >= record.n:
                continue
            if (
                self.runner.truth(formula, record.ended) is True
                and self.runner.truth(formula, record.before) is not True
            ):
                return Link(earlier.n, record.n, "as he was told", True, REASON)
        return None

    def _wanted(self, record: EventRecord, doer: str) -> Iterator[Link]:
        """What by the rules made the doer want what this event brought about."""
        for fluent, args, new in self.changed(record):
            if not isinstance(new, bool) or doer in args:
                continue
            for motive in self.run.model.world.motives:
                match motive.goal:
                    case f.Equals(f.Value(ident, (f.Var(whom),)), f.Lit(value)) if (
                        ident == fluent and value is new and len(args) == 1
                    ):
                        binding: f.Binding = {
                            motive.person: f.Const(doer),
                            whom: f.Const(args[0]),
                        }
                        yield from self._rule(record, f.substitute(motive.condition, binding), doer)

    def _rule(self, record: EventRecord, condition: f.Formula, doer: str) -> Iterator[Link]:
        if f.variables(condition) or condition == f.TRUE:
            return
        if self.runner.truth(condition, record.before, (doer,)) is True:
            for n, words in self._made(condition, record, (doer,)):
                yield Link(n, record.n, f"because {words}", True, REASON)


def doer_of(run: Run, record: EventRecord) -> str | None:
    """Who acts in an event, if anybody does."""
    things = record.groundings[0][1] if record.groundings else ()
    if not things or things[0] == NOTHING or not run.words.is_a(things[0], PERSON):
        return None
    return things[0]


def contents_of(run: Run, record: EventRecord) -> Iterator[Content]:
    """What is told, asked, or ordered in an event."""
    contents = run.model.world.contents
    for arg in record.happening.args:
        if isinstance(arg, str) and arg in contents:
            yield contents[arg]
