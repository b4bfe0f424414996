"""What reading a story builds up: its vocabulary, discourse and steps, shared by all parts of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from fabula.language import morphology, short_names
from fabula.language.discourse import Discourse
from fabula.language.lexer import Token, name_words
from fabula.language.lexicon import Adjective, Frame, Lexicon
from fabula.language.shapes import Trees
from fabula.model.formula import Formula, Term, Var, substitute
from fabula.model.story import Content, Source, Step, World
from fabula.model.world import PERSON, PLACE, Fluent, Kind, Need, Thing
from fabula.problems import Problem
from fabula.text.span import Span


class SentenceLike(Protocol):
    """What the reader needs of a sentence."""

    @property
    def text(self) -> str: ...
    def place(self, offset: int, length: int = 1) -> Span: ...


class Unreadable(Exception):  # noqa: N818
    """A sentence cannot be read; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class Definition:
    """``X can see Y when …``: letters of its head and every condition given for it."""

    key: str
    letters: tuple[str, ...]
    bodies: list[Formula] = field(default_factory=list)

    def about(self, terms: Sequence[Term]) -> list[Formula]:
        """Its conditions, for these terms in place of its letters."""
        binding = dict(zip(self.letters, terms, strict=False))
        return [substitute(body, binding) for body in self.bodies]


@dataclass(slots=True)
class Default:
    """``A thing is usually closed.`` for a kind."""

    fluent: str
    kind: str
    value: bool


@dataclass(slots=True)
class State:
    """Everything known while reading."""

    world: World = field(default_factory=World)
    lexicon: Lexicon = field(default_factory=Lexicon)
    discourse: Discourse = field(default_factory=Discourse)
    definitions: dict[str, Definition] = field(default_factory=dict)
    defaults: list[Default] = field(default_factory=list)
    # (verb, kinds of content) -> a state said with its participle: "is ordered to A by X"
    standing: dict[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]] = field(
        default_factory=dict
    )
    names: dict[str, str] = field(default_factory=dict)  # description -> body
    short: dict[str, str] = field(
        default_factory=dict
    )  # part of a person's name -> whose; "" where several bear it
    values: dict[str, str] = field(default_factory=dict)  # value word of one-of-several -> fluent
    short_used: set[str] = field(
        default_factory=set
    )  # parts of names that have been used: they stay with whom they named then
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    assumptions: list[tuple[str, Span]] = field(default_factory=list)
    events: int = 0
    scenes: list[str] = field(default_factory=list)  # the headings of all files
    file: str = ""
    fresh: int = 0
    corrected: int = 0  # sentences for which a correction was looked for
    declared_at: dict[str, Span] = field(default_factory=dict)
    content_ids: dict[object, str] = field(default_factory=dict)
    traits: dict[str, set[str]] = field(default_factory=dict)  # thing -> adjectives said of it
    where: dict[str, str] = field(
        default_factory=dict
    )  # thing -> place, as far as reading alone can tell
    related: dict[tuple[str, str], list[str]] = field(
        default_factory=dict
    )  # (relation, owner) -> things
    restored: list[Default] = field(
        default_factory=list
    )  # what comes right by itself between scenes
    callings: dict[tuple[str, str], Source] = field(
        default_factory=dict
    )  # (person, kind) -> where that was said
    became: set[tuple[str, str]] = field(
        default_factory=set
    )  # (person, kind) -> he has come to be so in the story
    turned: dict[tuple[str, Formula], str] = field(
        default_factory=dict
    )  # an act and what somebody comes to be by it -> the action of both
    pending: list[tuple[SentenceLike, str, str, int, str]] = field(
        default_factory=list
    )  # "One can see …"
    secret_things: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # thing -> who knows of it
    public_places: list[str] = field(
        default_factory=list
    )  # kinds whose whereabouts everybody knows
    vague: set[str] = field(
        default_factory=set
    )  # undeclared things of which only use will tell the kind
    severed: list[str] = field(default_factory=list)  # heads and limbs that were struck off
    sexes: list[str] = field(default_factory=list)  # of whom a pronoun told whether he or she it is
    days: dict[int, int] = field(default_factory=dict)  # step -> the part of a day it is told of
    library: State | None = None  # what it was forked from, where it was
    trees: Trees | None = None  # readings that it shares with others forked from the same
    presuming: bool = False  # nothing is introduced: whatever is spoken of is there
    counts: dict[str, Definition] = field(
        default_factory=dict
    )  # fluent -> what counts as it, for who asks
    qualities: dict[str, list[str]] = field(
        default_factory=dict
    )  # "colour" -> its words: red, blue
    beside: set[str] = field(default_factory=set)  # prepositions that are relations too: "above"
    placing: dict[str, str] = field(default_factory=dict)  # place -> how one is there: on the deck
    adjoining: set[str] = field(default_factory=set)  # prepositions between places: "next to"
    parts: dict[str, str] = field(default_factory=dict)  # split-off group -> its whole
    kinds_above: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # kind -> itself and all above it
    kind_needs: dict[str, tuple[tuple[Need, ...], tuple[Need, ...]]] = field(default_factory=dict)
    worded: dict[tuple[str, tuple[Term, ...]], Frame] = field(
        default_factory=dict
    )  # an act and those it is about -> the words it was told in
    describing: dict[tuple[str, str, int], bool] = field(
        default_factory=dict
    )  # whether a role asks for a description
    wanted: dict[object, dict[str, tuple[str, frozenset[str]]]] = field(
        default_factory=dict
    )  # kinds of an action's roles
    fitting: dict[object, tuple[Frame, str, dict[str, str]]] = field(
        default_factory=dict
    )  # a frame and the kinds of what fills it -> the rule that fits, and which letter of it each of the frame's is
    asked: dict[int, tuple[Frame, dict[str, str]]] = field(
        default_factory=dict
    )  # by the identity of a frame, which is kept beside it: the kinds that its roles ask for

    def forget_fitting(self) -> None:
        """A rule or a kind is another now: which rule fits what has to be found out anew."""
        self.fitting.clear()
        self.asked.clear()

    # vocabulary
    def add_kind(
        self,
        name: str,
        parents: tuple[str, ...],
        plural: str | None = None,
        gender: str | None = None,
    ) -> None:
        """A kind with its noun."""
        many = plural or morphology.plural(name)
        known = self.world.kinds.get(name)
        if known is not None:
            kept = tuple(
                p
                for p in known.parents
                if not any(p in self.world.ancestors(q) and p != q for q in parents)
            )
            parents = tuple(dict.fromkeys((*kept, *parents)))
            many = plural or known.plural
        if gender is None:
            for parent in parents:
                gender = gender or self.world.kinds[parent].gender
        gender = {"man": "m", "boy": "m", "woman": "f", "girl": "f"}.get(name, gender)
        # never changed in place: whoever reads on from the same world shares it
        self.world.kinds = {**self.world.kinds, name: Kind(name, parents, many, gender)}
        self.kinds_above.clear()
        self.forget_fitting()
        self.lexicon.add_noun(tuple(name.split(" ")), name, tuple(many.split(" ")))

    def add_thing(
        self,
        label: str,
        kinds: tuple[str, ...],
        *,
        proper: bool = False,
        owner: str | None = None,
        plural: bool = False,
        implied: bool = False,
        line: int = 0,
        named: bool = True,
        gender: str | None = None,
    ) -> Thing:
        """A new thing; ``named`` makes its label a name that later sentences can use."""
        ident = label
        while ident in self.world.things:
            self.fresh += 1
            ident = f"{label} {self.fresh}"
        thing = Thing(ident, label, kinds, proper, (), gender, plural, owner, (), line, implied)
        self.world.things[ident] = thing
        if named:
            words = name_words(label)
            if words:
                self.lexicon.add_name(words, ident)
                short_names.give(self, thing)
        return thing

    def add_alias(self, thing: str, alias: str) -> None:
        """Another name of a thing."""
        words = name_words(alias)
        if words:
            self.lexicon.add_name(words, thing)
            found = self.world.things[thing]
            found.aliases = (*found.aliases, alias)

    def add_alias_words(self, label: str, thing: str) -> None:
        """Makes a label a name of a thing."""
        words = name_words(label)
        if words:
            self.lexicon.add_name(words, thing)

    def add_fluent(self, fluent: Fluent) -> Fluent:
        """A fluent; one that is there already keeps what the new one leaves open."""
        known = self.world.fluents.get(fluent.id)
        if known == fluent:
            return known  # the same object: whoever reads on from the same words can tell that nothing changed
        self.world.fluents[fluent.id] = fluent
        return fluent

    def add_frame(self, frame: Frame) -> None:
        self.lexicon.add_frame(frame)

    def add_adjective(self, words: str, adjective: Adjective) -> None:
        self.lexicon.add_adjective(tuple(words.split(" ")), adjective)

    # kinds
    def above(self, kind: str) -> frozenset[str]:
        """The kind and everything above it."""
        found = self.kinds_above.get(kind)
        if found is None:
            found = self.kinds_above[kind] = frozenset(self.world.ancestors(kind))
        return found

    def above_all(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """The kinds and everything above them."""
        first = self.above(kinds[0]) if kinds else frozenset()
        return first if len(kinds) < 2 else first.union(*(self.above(k) for k in kinds[1:]))

    def is_a(self, thing: str, kind: str) -> bool:
        """Whether a thing is of a kind."""
        found = self.world.things.get(thing)
        if found is not None:
            for one in found.kinds:  # asked more often than anything else: no generator
                if kind in self.above(one):
                    return True
        return False

    def turns_out_somebody(self, thing: Thing) -> bool:
        """Makes a thing with a name that acts or wants somebody ("Argo is a computer. Argo wants …"); whether it could be."""
        if not thing.proper or self.is_a(thing.id, PLACE):
            return False
        thing.kinds = (*thing.kinds, PERSON)
        return True

    def kind_is(self, kind: str, parent: str) -> bool:
        """Whether a kind is another or below it."""
        return parent in self.above(kind)

    def excludes(self, kind: str, other: str) -> bool:
        """Whether nothing is of both kinds."""
        apart = self.lexicon.apart
        return any((a, b) in apart for a in self.above(kind) for b in self.above(other))

    def content(self, content: Content) -> Content:
        """The one content of this mode and text."""
        key = (
            content.mode,
            content.text,
            content.formula,
            content.agent,
            content.asked,
            content.condition,
            content.because,
        )
        if key in self.content_ids:
            return self.world.contents[self.content_ids[key]]
        ident = f"#{len(self.world.contents) + 1}"
        made = replace(content, id=ident)
        self.world.contents[ident] = made
        self.content_ids[key] = ident
        return made

    def standing_for(
        self, frame: Frame, kinds: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]] | None:
        """The state of "is ordered to A by X", with the letters of ``frame`` in the order of its arguments."""
        found = self.standing.get((frame.verb, kinds))
        if found is None:
            return None
        fluent, places = found
        letters: list[str] = []
        for place in places:
            if place == "subject":
                target = next((s for s in frame.slots if s.kind == "np"), None)
                letters.append(target.role if target else "")
            elif place == "by":
                letters.append(frame.subject)
            else:
                match = next(
                    (
                        s
                        for s in frame.slots
                        if s.role not in letters
                        and (s.kind == place or (s.kind == "prep" and place in s.words))
                    ),
                    None,
                )
                if match is None:
                    rest = [s for s in frame.slots if s.kind == "np" and s.role not in letters]
                    match = rest[-1] if place == "np" and rest else None
                letters.append(match.role if match else "")
        return fluent, tuple(letters)

    def exclusive(self) -> dict[str, tuple[str, ...]]:
        """For each one-of-several property, the other values."""
        return {i: fl.exclusive for i, fl in self.world.fluents.items() if fl.exclusive}


NO_PERSON = "no person"
"""Stands for a kind where "what" is asked."""


@dataclass(slots=True)
class Context:
    """How one sentence is being interpreted.

    ``mode``: ``rule`` (letters are variables, indefinites are any), ``fact`` (indefinites are new things),
    ``event``, ``content`` (inside somebody's mind), ``query`` (indefinites are any; nothing is made).
    """

    state: State
    tokens: list[Token]
    sentence: SentenceLike
    mode: str
    letters: dict[str, str] = field(default_factory=dict)  # letter -> kind
    gap: object | None = None
    same: object | None = None
    mind: bool = False
    bound: int = 0
    controller: object | None = None
    prepositions: dict[str, str] = field(
        default_factory=dict
    )  # role -> the preposition it was said with
    facts: list[Formula] = field(
        default_factory=list
    )  # what noun phrases state by the way ("a wounded man")
    earlier: list[Formula] = field(
        default_factory=list
    )  # deeds told of by the way ("which she stole")
    part_of: object | None = None  # whose part "the arm" is
    loose: list[object] = field(
        default_factory=list
    )  # places said behind a thing that is not there
    not_own: bool = False  # "burns off his arm": it is not the arm of whoever does it
    made: dict[int, str] = field(
        default_factory=dict
    )  # token of a noun behind "a" -> the new thing it stands for, however often it is looked at
    either: Problem | None = None  # why what was asked about may be one or another
    named_beside: frozenset[str] = frozenset()  # in other roles of the clause whose subject is read
    apart: frozenset[str] = frozenset()  # whom "his" cannot be: nobody is his own brother
    as_subject: bool = False  # the noun phrase being resolved is a subject
    portion: bool = False  # a part is being taken of a group
    past: bool = False  # what is said was so before the story
    told_past: bool = False  # the story is told in the past tense
    library: State | None = None  # what it was forked from, where it was
    trees: Trees | None = None  # readings that it shares with others forked from the same
    nameless: set[str] = field(default_factory=set)  # new here by a name that may be a place's
    presuming: bool = False  # a question may speak of what nobody has spoken of yet
    quoted: bool = False  # what is told, ordered or wanted is being read
    inner: tuple[str, ...] = ()  # subject of the clause being read inside a mind

    def fresh(self) -> Var:
        """A variable that nothing else uses."""
        self.bound += 1
        return Var(f"_{self.bound}")

    def span(self, at: int) -> Span:
        """Where a token stands in the text."""
        if not self.tokens:
            return self.sentence.place(0, 1)
        token = self.tokens[min(at, len(self.tokens) - 1)]
        return self.sentence.place(token.at, max(1, token.end - token.at))
