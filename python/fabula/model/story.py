"""A story: its world, what is so at first, and the steps of its telling."""

from __future__ import annotations

from dataclasses import field

from fabula.model.formula import Formula, Term
from fabula.model.world import Action, Fluent, Kind, Motive, Thing, Trigger
from fabula.problems import Problem
from fabula.records import dataclass
from fabula.text.span import Span


@dataclass(frozen=True, slots=True)
class Content:
    """What is told, asked, ordered or wanted: a thing of its own.

    ``mode``: ``that`` (a statement), ``act`` (an infinitive), ``question``, ``words`` (quoted).
    ``formula`` is what makes it true (for a question: what is asked about), or None if opaque.
    """

    id: str
    mode: str
    text: str
    formula: Formula | None
    asked: Term | None = None
    agent: str | None = None
    condition: Formula | None = None
    because: Formula | None = None  # the reason that is given with a statement


@dataclass(frozen=True, slots=True)
class Everyone:
    """All people (or things) of a kind in a place when the event happens, but some."""

    kind: str
    place: str | None
    but: tuple[str, ...] = ()


Arg = str | tuple[str, ...] | Everyone


def members(arg: Arg) -> tuple[str, ...]:
    """The things that fill a role; none of "everybody there", who that is comes out when it happens."""
    if isinstance(arg, Everyone):
        return ()
    return arg if isinstance(arg, tuple) else (arg,)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands and what it cites."""

    text: str
    span: Span
    scene: int
    citations: tuple[str, ...] = ()
    allows: tuple[tuple[str, str], ...] = ()
    covers: tuple[str, ...] = ()  # single ids, and stretches such as "6.20-6.30"


@dataclass(frozen=True, slots=True)
class Happening:
    """One plot event: an action with its arguments, in the order of its parameters."""

    n: int
    action: str
    args: tuple[Arg, ...]
    source: Source
    gap: bool = False  # time has passed: people may have moved off the page
    attempt: bool = False
    unseen_by: tuple[str, ...] | None = None  # () is: by anybody
    together: tuple[str, ...] = ()
    instrument: str | None = None
    at: str | None = None
    because: Formula | None = None
    purpose: Content | None = None
    words: str = ""
    prepositions: tuple[tuple[str, str], ...] = ()  # the preposition each role was said with
    means: str | None = None
    unmeant: bool = False  # an accident


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a group has become a group of its own."""

    part: str
    whole: str
    n: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A plain statement: an initial fact or, after the first event, a claim.

    ``strength``: ``plain``, ``now``, ``still``, ``no longer``, ``already``, ``never`` (did not happen).
    """

    formula: Formula
    source: Source
    strength: str = "plain"
    known_to: tuple[str, ...] | None = None
    unknown_to: tuple[str, ...] = ()
    gap: bool = False
    before: bool = False  # earlier than the story
    until: Formula | None = None
    because: Formula | None = None  # the reason that is given with it
    text: str = ""
    n: int = 0  # number of the last event before it
    pauses: int = 0  # how often time was said to pass before it


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody wants something; ``than`` names a weaker want of the same person."""

    person: str
    content: Content
    source: Source
    than: Content | None = None
    fears: bool = False


Step = Happening | Stated | Wanted | Split


@dataclass(slots=True)
class World:
    """The vocabulary of a story: the library's and its own."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    fluents: dict[str, Fluent] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    motives: list[Motive] = field(default_factory=list)
    followings: list[Motive] = field(default_factory=list)  # what is wanted because of a want
    contents: dict[str, Content] = field(default_factory=dict)
    utilities: dict[str | None, Term] = field(default_factory=dict)  # None: the author's

    def ancestors(self, kind: str) -> list[str]:
        """The kind and everything above it, nearest first."""
        seen: dict[str, None] = {}
        todo = [kind]
        while todo:
            name = todo.pop(0)
            if name in seen or name not in self.kinds:
                continue
            seen[name] = None
            todo.extend(self.kinds[name].parents)
        return list(seen)

    def is_a(self, thing: str, kind: str) -> bool:
        """Whether a thing is of a kind, directly or through parents."""
        if kind in self.kinds and self.kinds[kind].only == thing:
            return True
        return any(kind in self.ancestors(k) for k in self.things[thing].kinds)


@dataclass(slots=True)
class StoryModel:
    """Everything that was read from one story's text."""

    title: str
    world: World
    steps: tuple[Step, ...]
    scenes: tuple[str, ...]
    problems: tuple[Problem, ...]
    assumptions: tuple[tuple[str, Span], ...] = ()
    files: tuple[str, ...] = ()
