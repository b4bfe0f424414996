"""A story that was run: its events, facts and states, asked for by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from fabula import _core
from fabula.engine.compiled import Compiled
from fabula.engine.records import ClaimRecord, EventRecord
from fabula.engine.runner import Runner
from fabula.engine.states import StateView
from fabula.engine.unrest import as_problem, in_words
from fabula.engine.vocabulary import NOTHING
from fabula.engine.wording import telling, told
from fabula.language.say import thing_words
from fabula.language.state import State
from fabula.model.story import Everyone, Stated, StoryModel, Wanted
from fabula.model.world import PERSON
from fabula.problems.wording import did_you_mean, near, one_of
from fabula.records import dataclass
from fabula.text.citations import covered
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as it was run."""

    n: int
    scene: str
    text: str
    action: str
    arguments: dict[str, str]
    sources: tuple[str, ...]
    span: Span
    status: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact, belief, want or claim of the text."""

    text: str
    span: Span
    sources: tuple[str, ...]


class Run:
    """A story that was run."""

    explains = True
    """Whether anybody wants to know what an answer follows from; in a quiz nobody does."""

    def __init__(self, model: StoryModel, state: State, runner: Runner) -> None:
        self.model = model
        self.words = state
        self.runner = runner

    @cached_property
    def records(self) -> list[EventRecord]:
        """The events in order."""
        return [r for r in self.runner.records if isinstance(r, EventRecord)]

    @cached_property
    @in_words
    def events(self) -> Sequence[EventView]:
        """Every event with its status and what it changed in the world and in whose mind."""
        return [self._event(record) for record in self.records]

    @cached_property
    def facts(self) -> Sequence[FactView]:
        """Every sentence that states a fact, a belief, a want or a claim."""
        found: dict[tuple[str, int, int], FactView] = {}
        for step in self.model.steps:
            if isinstance(step, Stated | Wanted):
                span = step.source.span
                found.setdefault(
                    (span.file, span.line, span.column),
                    FactView(step.source.text, span, step.source.citations),
                )
        return list(found.values())

    def _event(self, record: EventRecord) -> EventView:
        source = record.source
        action = self.model.world.actions[record.happening.action]
        arguments: dict[str, str] = {}
        for param, arg in zip(action.params, record.happening.args, strict=True):
            if arg == NOTHING:
                continue
            if isinstance(arg, Everyone):
                arguments[param.name] = f"every {arg.kind}"
            elif isinstance(arg, tuple):
                arguments[param.name] = " and ".join(self._label(a) for a in arg)
            else:
                arguments[param.name] = self._label(arg)
        scenes = self.model.scenes
        scene = scenes[source.scene - 1] if 0 < source.scene <= len(scenes) else ""
        return EventView(
            record.n,
            scene,
            source.text,
            record.happening.action,
            arguments,
            source.citations,
            source.span,
            record.status,
            tuple(self.changes(record)),
        )

    def _label(self, thing: str) -> str:
        return (
            thing_words(self.words, thing)
            if thing in self.model.world.things or thing in self.model.world.contents
            else thing
        )

    def changes(self, record: EventRecord) -> list[str]:
        """What an event changed, in words: first in the world, then in the minds of those who took it in."""
        runner = self.runner
        world: dict[str, None] = {}
        for time in range(record.before + 1, record.time + 1):
            for fluent, args, _old, new in telling(runner, runner.timeline.changes(time, [])):
                words = told(runner, fluent, args, new)
                if words is not None:
                    world[words] = None
        minds: dict[str, list[str]] = {}
        wrong: set[str] = set()
        others = self._deeds_told(record)
        things = self.model.world.things
        minded = self._minds(record)
        many = {thing_words(self.words, p) for p in minded if things[p].plural}
        for person in minded:
            learned = runner.timeline.changes(record.time, [runner.number(person)])
            for fluent, args, _old, new in telling(runner, learned):
                words = told(runner, fluent, args, new, deeds=fluent in others, partly=True)
                if words is not None:
                    minds.setdefault(words, []).append(thing_words(self.words, person))
                    if runner.timeline.value(record.time, [], fluent, args) != new:
                        wrong.add(words)
        found = [f"{w} (as {listed(minds[w])} can tell)" if w in minds else w for w in world]
        # a line for each company of minds, and not one for each thing that it learned
        taken: dict[tuple[tuple[str, ...], str], list[str]] = {}
        for words, people in minds.items():
            if words not in world:
                one = len(people) == 1 and people[0] not in many
                verb = (
                    ("believes" if one else "believe")
                    if words in wrong
                    else ("learns" if one else "learn")
                )
                taken.setdefault((tuple(people), verb), []).append(words)
        for (who, verb), learned_of in taken.items():
            found.append(f"{listed(who)} {verb} that {listed(together(learned_of))}")
        return found

    def _deeds_told(self, record: EventRecord) -> frozenset[int]:
        """The acts that somebody may learn of by what is said in an event: all but the saying itself."""
        action = self.model.world.actions[record.happening.action]
        if not action.contents:
            return frozenset()
        own = {f"did:{action.id}", f"did:{action.seems}"}
        return frozenset(
            number
            for ident, number in self.runner.compiled.numbers.fluents.items()
            if ident.startswith("did:") and ident not in own
        )

    def _minds(self, record: EventRecord) -> list[str]:
        """Who took an event in and lives to tell."""
        timeline, numbers = self.runner.timeline, self.runner.compiled.numbers
        alive = numbers.fluents.get("alive")
        seen = dict.fromkeys(c for c, _, _ in timeline.observers(record.time))
        return [
            self.runner.name(c)
            for c in seen
            if alive is None or timeline.value(record.time, [], alive, [c]) is not False
        ]

    # points in time
    def time_after(self, after: str | int | None) -> int:
        """The kernel's time after an event number or a cited id; raises LookupError."""
        if after is None:
            return self.runner.timeline.now
        text = str(after).strip()
        cited = [r for r in self.runner.records if text in r.source.citations] or [
            # an id that a summary stands for
            r
            for r in self.runner.records
            if any(covered(text, c) for c in r.source.covers)
        ]
        if cited:
            return max(r.ended for r in cited)
        if re.fullmatch(r"\d+", text):
            n = int(text)
            if n == 0:
                return self.records[0].before if self.records else self.runner.timeline.now
            for record in self.records:
                if record.n == n:
                    return self._settled(record)
            raise LookupError(f"there is no event {n}: the story has {len(self.records)}")
        for step in self.model.steps:
            if isinstance(step, Stated | Wanted) and (
                text in step.source.citations or any(covered(text, c) for c in step.source.covers)
            ):
                return self.records[0].before if self.records else self.runner.timeline.now
        known = list(
            dict.fromkeys(
                c for r in self.runner.records for c in (*r.source.citations, *r.source.covers)
            )
        )
        raise LookupError(f'no sentence cites "{text}"{did_you_mean(near(text, known))}')

    def event_number(self, event: str | int, last: bool = False) -> int:
        """The number of an event, given by it or by an id that it cites (of several the first, or the ``last``).

        Raises LookupError.
        """
        text = str(event).strip()
        found = [r.n for r in self.records if text in r.source.citations] or [
            r.n for r in self.records if any(covered(text, c) for c in r.source.covers)
        ]
        if found:
            return found[-1 if last else 0]
        if re.fullmatch(r"\d+", text):
            if not 0 < int(text) <= len(self.records):
                raise LookupError(
                    f"there is no event {int(text)}: the story has {len(self.records)}"
                )
            return int(text)
        known = list(dict.fromkeys(c for r in self.records for c in r.source.citations))
        raise LookupError(f'no event cites "{text}"{did_you_mean(near(text, known))}')

    def _settled(self, record: EventRecord) -> int:
        """After an event and the statements that follow it before the next one."""
        time = record.ended
        index = self.runner.records.index(record)
        for following in self.runner.records[index + 1 :]:
            if not isinstance(following, ClaimRecord):
                break
            time = max(time, following.time)
        return time

    def state(self, after: str | int | None = None, eyes: Sequence[str] = ()) -> StateView:
        """The world after an event (its number or a cited id), or as somebody takes it to be.

        ``eyes``: ("Bucho", "El") is what Bucho believes that El believes. Raises LookupError.
        """
        chain = tuple(self.person(name) for name in eyes)
        return StateView(self, self.time_after(after), chain)

    def person(self, name: str) -> str:
        """The person or group that a name stands for; raises LookupError, also for what has no mind."""
        thing = self.thing(name)
        if not self.words.is_a(thing, PERSON):
            raise LookupError(
                f"{thing_words(self.words, thing)} is no person and takes nothing to be so"
            )
        return thing

    def thing(self, name: str) -> str:
        """The thing that a name stands for; raises LookupError with the nearest names, and where several bear it.

        Of several that are called the same, "guard 2" is the second that the story speaks of.
        """
        plain = re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
        found = self._called(plain)
        if len(found) > 1:
            told = [
                f'"{plain} {at}" for the one of line {self.model.world.things[thing].line}'
                for at, thing in enumerate(found, 1)
            ]
            raise LookupError(f'{len(found)} are called "{plain}": write {one_of(told)}')
        if found:
            return found[0]
        numbered = re.fullmatch(r"(.+) (\d+)", plain)
        if numbered is not None:
            several = self._called(numbered[1])
            if 0 < int(numbered[2]) <= len(several):
                return several[int(numbered[2]) - 1]
        nearest = near(plain, [" ".join(w) for w in self.words.lexicon.names])
        raise LookupError(f'nobody and nothing is called "{name}"{did_you_mean(nearest)}')

    def _called(self, plain: str) -> list[str]:
        """Everybody and everything of a name, in the order of the story."""
        from fabula.language.lexer import name_words

        low, split = plain.casefold(), name_words(plain)
        bearers = {
            self.words.names.get(thing, thing)
            for words, thing in self.words.lexicon.names.items()
            if words == split or " ".join(words).casefold() == low
        }
        bearers.update(
            self.words.names.get(thing.id, thing.id)
            for thing in self.model.world.things.values()
            if thing.label.casefold() in (low, f"the {low}")  # "the rest of the guards"
        )
        return [thing for thing in self.model.world.things if thing in bearers]


def listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


_SOMEWHERE = re.compile(r"(?P<who>.+?) (?:is|are) (?P<where>(?:in|on|at) .+)")
_HAVING = re.compile(r"(?P<who>.+? (?:has|have)) (?P<what>.+)")


def together(facts: Sequence[str]) -> list[str]:
    """The facts, with those of one place or one owner as one: "Ann and Ben are in the inn", "Ann has the lamp and a hat"."""
    found: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        if placed := _SOMEWHERE.fullmatch(fact):
            found.setdefault(("in", placed["where"]), []).append(placed["who"])
        elif had := _HAVING.fullmatch(fact):
            found.setdefault(("has", had["who"]), []).append(had["what"])
        else:
            found[("", fact)] = []
    told: list[str] = []
    for (how, same), parts in found.items():
        if how == "has":
            told.append(f"{same} {listed(parts)}")
        elif len(parts) > 1:
            told.append(f"{listed(parts)} are {same}")
        elif parts:
            told.append(
                next(fact for fact in facts if fact.startswith(parts[0]) and fact.endswith(same))
            )
        else:
            told.append(same)
    return told


def run_model(model: StoryModel, state: State) -> Runner:
    """Runs a story's model through the kernel; raises TextError where its rules clash or never come to rest."""
    runner = Runner(model, Compiled(state))
    try:
        runner.run()
    except _core.CoreError as error:
        raise as_problem(model, error) from error
    return runner
