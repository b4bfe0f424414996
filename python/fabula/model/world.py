"""What a world is made of: kinds, things, fluents, actions, triggers."""

from __future__ import annotations

from dataclasses import field

from fabula.model.formula import Assign, Effect, Formula, Term, Var
from fabula.records import dataclass

# Kinds that the engine itself gives meaning to; everything else is the library's.
THING, PERSON, GROUP, PLACE, SPOT, CONTENT, DESCRIPTION = (
    "thing",
    "person",
    "group",
    "place",
    "spot",
    "content",
    "description",
)
# Fluents that the engine itself gives meaning to.
LOCATION = "location"  # location(x): where x directly is: a place, spot, container or person
PLACE_OF = "place of"  # derived: the nearest place around x
SURROUNDINGS = "surroundings"  # derived: the nearest place that is no spot: what one hears
VIEW = "view"  # derived: the nearest place that is no spot or a hiding one: what one sees
ENCLOSURE = "enclosure"  # derived: the nearest place or container: what may hide one
OUTSIDE = "the world outside"  # where places are of which nobody said where they are
HIDING_PLACE = "hiding place"
FURNITURE = "piece of furniture"
CONTAINER = "container"
OPEN_CONTAINER = "open container"
DERIVED = frozenset({PLACE_OF, SURROUNDINGS, VIEW, ENCLOSURE})
PART = "part"
WHO = "who"  # who(description): the body behind a name or role
LOOKS = "looks"  # looks(x): whom x passes for


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things; ``parents`` are direct."""

    name: str
    parents: tuple[str, ...]
    plural: str
    gender: str | None = None  # "m", "f", or None
    only: str | None = None  # the kind of this one thing alone


@dataclass(slots=True)
class Thing:
    """One thing of the story. ``kinds`` are direct; ``label`` is how it is said."""

    id: str
    label: str
    kinds: tuple[str, ...]
    proper: bool = False
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    plural: bool = False
    owner: str | None = None
    members: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    implied: bool = False  # mentioned without having been declared


@dataclass(frozen=True, slots=True)
class Fluent:
    """A property or relation whose value may change. ``result``: ``boolean``, ``number`` or a kind."""

    id: str
    params: tuple[str, ...]
    result: str = "boolean"
    default: bool | float | None = None
    public: bool = False  # an initial value of it is known to everybody
    positive: str = ""  # how it is said when true
    negative: str = ""  # how it is said when false, where there is a word for it
    form: str = "adjective"  # adjective | verb | noun | did | core
    preposition: str = ""
    exclusive: tuple[str, ...] = ()  # the other values of a one-of-several property
    reciprocal: bool = False
    quiet: bool = False  # it goes without saying: not shown among changes and states
    name: str = ""  # what fluents of different parameters may share: at(character), at(item)
    names: tuple[str, ...] = ()  # of the parameters, where they have any


@dataclass(frozen=True, slots=True)
class Param:
    """A role of an action: its letter and the kind of thing that can fill it."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of an action with the words it was written in."""

    formula: Formula
    text: str


@dataclass(slots=True)
class Action:
    """What a verb means (Ware & Siler 2021: action schema with consent and observation)."""

    id: str
    verb: str
    params: tuple[Param, ...]
    needs: tuple[Need, ...] = ()
    effects: tuple[Effect, ...] = ()
    agreed: tuple[Term, ...] = ()
    observes: Formula | None = None  # free variable "O": the observer
    nobody_observes: bool = False
    seems: str | None = None
    planned: str = (
        ""  # "first", "last" or "never": how readily a plan takes it among acts that do the same
    )
    doc: str = ""
    frames: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    contents: dict[str, str] = field(default_factory=dict)  # role -> "C", "Q", "A" or "W"
    done: str = ""  # the role whose act is carried out with this one: "makes him open it"
    attempt_of: str | None = None
    observer: Param | None = None  # the variable of ``observes``, where it is not "O"

    @property
    def moved_to(self) -> list[str]:
        """The letters of what the act puts something else than its doer into."""
        doer = Var(self.params[0].name) if self.params else None
        return [
            effect.value.name
            for effect in self.effects
            if isinstance(effect, Assign)
            and effect.fluent == LOCATION
            and effect.args != (doer,)
            and isinstance(effect.value, Var)
        ]


@dataclass(frozen=True, slots=True)
class Motive:
    """A When-rule that says what somebody wants: whoever ``person`` is, wherever the condition holds.

    ``weight``: what it is worth to him; what is wanted "above all" is worth 4, more than what a story states (2).
    ``wish``: what ``wisher`` has to want for it, with letters ("X wants Y dead"); None where it takes no want.
    """

    person: str
    params: tuple[Param, ...]
    condition: Formula
    goal: Formula
    weight: float = 1
    text: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    wish: Formula | None = None
    wisher: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A When-rule: it happens by itself wherever its condition holds."""

    id: str
    params: tuple[Param, ...]
    condition: Formula
    effects: tuple[Effect, ...]
    text: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
