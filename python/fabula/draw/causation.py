"""What made each event possible, what gave it its reason, and what it left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from fabula.draw.irony import hating, unwanted
from fabula.draw.knowledge import ALIVE, Minds, minds_of, named, things_of
from fabula.draw.once import once
from fabula.draw.roles import roles_of
from fabula.engine.records import EventRecord, Record, record_at
from fabula.engine.rests import atoms
from fabula.engine.running import Run
from fabula.engine.vocabulary import NOTHING
from fabula.engine.wording import told
from fabula.language.contents import results
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.story import Content, Wanted
from fabula.model.world import DERIVED, LOCATION, PERSON, WHO
from fabula.model.world import PLACE as PLACE_KIND


@dataclass(frozen=True, slots=True)
class Link:
    """Event ``source`` made so what event ``target`` needs or, where ``reason``, what it is done for; ``words`` say it."""

    source: int
    target: int
    words: str
    reason: bool = False
    strength: float = 1.0


Atom = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A value: the fluent, of what, and in whose mind."""
DID = "did:"
MOST_REASONS = 3
"""So many stated reasons, one behind the other, are followed."""
REASON, KNOWLEDGE, THING, PLACE = 3.0, 2.0, 2.0, 0.6
"""How strongly events hang together by a reason, by what is known, by what a thing has come to, by where people are."""


class Causation:
    """The links between the events of a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.minds: Minds = minds_of(run)
        self.runner = run.runner
        self.records = run.records

    @cached_property
    def links(self) -> dict[int, list[Link]]:
        """By the number of an event, what led to it, the latest first; one link for each event that did."""
        found: dict[int, list[Link]] = {}
        for record in self.records:
            into: dict[int, Link] = {}
            for link in (*self._reasons(record), *self._needs(record)):
                known = into.get(link.source)
                if known is None or known.strength < link.strength:
                    into[link.source] = link
            if into:
                found[record.n] = sorted(into.values(), key=lambda link: -link.source)
        return found

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

    def _needs(self, record: EventRecord) -> Iterator[Link]:
        world = self.run.model.world
        doer = doer_of(self.run, record)
        action = world.actions.get(record.happening.action)
        for binding in roles_of(self.run, record) if action is not None else ():
            for need in action.needs if action is not None else ():
                if f.asks_telling(need.formula):
                    continue
                for part in f.conjuncts(f.substitute(need.formula, binding)):
                    if f.variables(part):
                        continue  # a role that was left out: nobody says with what, or where
                    for fluent, things, minds in self._rests(part, record.before, ()):
                        if fluent != LOCATION and self._goes_without_saying(
                            fluent, things, minds, record, doer
                        ):
                            continue
                        at = self.runner.held(fluent, things, record.before, minds)
                        lies = (
                            fluent == LOCATION
                            and isinstance(at, str)
                            and not self.run.words.is_a(at, PERSON)
                            and (
                                self.run.words.is_a(things[0], PERSON)
                                or self.run.words.is_a(at, PLACE_KIND)
                            )
                        )
                        for made, words in self._sources((fluent, things, minds), record):
                            yield Link(made, record.n, words, False, PLACE if lies else THING)
        if doer is None:
            return
        for content in contents_of(self.run, record):
            if content.mode == "that" and content.formula is not None:
                for part in f.conjuncts(content.formula):
                    if isinstance(part, f.Believes):
                        continue  # what he takes others to believe is a mind of its own, and long to work out
                    for n, words in self._made(part, record, (doer,)):
                        yield Link(n, record.n, words, False, KNOWLEDGE)

    def _goes_without_saying(
        self,
        fluent: str,
        things: tuple[str, ...],
        minds: tuple[str, ...],
        record: EventRecord,
        doer: str | None,
    ) -> bool:
        """That who acts is awake and free, and that nobody else is bound."""
        if len(things) != 1 or not self.run.words.is_a(things[0], PERSON):
            return False
        if things[0] == doer or things[0] in record.happening.args[:1]:
            return True
        value = self.runner.held(fluent, things, record.before, minds)
        return value is not True or value == self.run.model.world.fluents[fluent].default

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

    @cached_property
    def left(self) -> dict[int, list[str]]:
        """What still holds at the end because of each event, what weighs first."""
        runner = self.runner
        ids = runner.compiled.numbers.fluent_ids
        found: dict[int, list[tuple[int, str]]] = {}
        for fluent, args, value in runner.timeline.facts(runner.timeline.now, []):
            ident = ids[fluent]
            if ":" in ident or (value is False and ident != ALIVE):
                continue
            cause = runner.timeline.cause(runner.timeline.now, [], fluent, args)
            record = record_at(runner.records, cause)
            if not isinstance(record, EventRecord):
                continue
            words = told(runner, fluent, args, value)
            if words is None:
                continue
            info = self.run.words.world.fluents.get(ident)
            rank = 0 if ident == ALIVE else 3 if ident == LOCATION else 1
            if info is not None and info.exclusive:
                rank = 2
            found.setdefault(record.n, []).append((rank, words))
        return {n: [w for _, w in sorted(said)] for n, said in found.items()}


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


causation_of = once(Causation)
"""The causation of a run, worked out once."""
