"""What made each event possible, what gave it its reason, and what it left behind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from fabula.draw.knowledge import ALIVE
from fabula.draw.motivation import (
    KNOWLEDGE,
    PLACE,
    THING,
    Link,
    Motivation,
    contents_of,
    doer_of,
)
from fabula.draw.once import once
from fabula.draw.roles import roles_of
from fabula.engine.records import EventRecord, record_at
from fabula.engine.wording import told
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON
from fabula.model.world import PLACE as PLACE_KIND


class Causation(Motivation):
    """The links between the events of a run."""

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


causation_of = once(Causation)
"""The causation of a run, worked out once."""
