"""The words a text can be told with: names, nouns, adjectives and verb frames, found longest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from typing import Any

from fabula.language import morphology
from fabula.language.words import closed
from fabula.records import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One place after the verb. ``kind``: np, prep, word, C, Q, A or W."""

    kind: str
    role: str = ""
    words: tuple[str, ...] = ()
    optional: bool = False

    @property
    def placing(self) -> frozenset[str]:
        """Other prepositions of place that say the same of another place: "hides in P", "hides under P"."""
        if self.kind != "prep":
            return frozenset()
        if not {"in", "at", "on"}.isdisjoint(self.words):
            return closed.PLACED
        return closed.MOVED if not {"to", "into", "onto"}.isdisjoint(self.words) else frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """How a verb's roles are said.

    ``action``: the rule it names, or a built-in (``@have``); ``fluent``: the state of the same words
    ("follows": an act, and being behind somebody), its arguments in the order of the roles.
    """

    verb: str
    subject: str
    slots: tuple[Slot, ...]
    action: str = ""
    fluent: str = ""
    text: str = ""
    others: tuple[
        Frame, ...
    ] = ()  # rules whose frame reads the same and whose roles want other kinds
    # worked out when first asked for: the parser asks again and again
    _roles: tuple[str, ...] = field(default=(), init=False, repr=False, compare=False)
    _size: int = field(default=-1, init=False, repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many places have to be filled."""
        if self._size < 0:
            object.__setattr__(self, "_size", sum(1 for s in self.slots if not s.optional))
        return self._size

    @property
    def placing(self) -> bool:
        """Whether another preposition of place may stand in it."""
        return any(s.placing for s in self.slots)

    @property
    def shape(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What tells two frames of a verb apart."""
        return tuple((s.kind, s.words) for s in self.slots)

    @property
    def roles(self) -> tuple[str, ...]:
        """Role letters in the order in which they are said."""
        if not self._roles:
            said = (self.subject, *(s.role for s in self.slots if s.role))
            object.__setattr__(self, "_roles", said)
        return self._roles


@dataclass(frozen=True, slots=True)
class Adjective:
    """A word for a value of a property; ``preposition`` where it takes a second thing."""

    fluent: str
    value: bool = True
    preposition: str = ""


@dataclass(slots=True)
class Entry:
    """All readings of one word or phrase."""

    text: str
    name: str | None = None
    noun: str | None = None  # kind
    plural: bool = False
    relation: str | None = None  # relational noun: fluent
    adjectives: tuple[Adjective, ...] = ()
    verbs: tuple[tuple[str, str], ...] = ()
    phrase_of: Words = ()

    @property
    def empty(self) -> bool:
        return not (self.name or self.noun or self.relation or self.adjectives or self.verbs)


LENT = ("nouns", "verbs", "frames", "longest")
"""The tables that are large and seldom change in a story."""


@dataclass(slots=True)
class Lexicon:
    """Phrases by their words. Names are matched with their capitals, all else without."""

    names: dict[Words, str] = field(default_factory=dict)
    nouns: dict[Words, tuple[str, bool]] = field(default_factory=dict)
    relations: dict[Words, tuple[str, bool]] = field(default_factory=dict)
    adjectives: dict[Words, tuple[Adjective, ...]] = field(default_factory=dict)
    verbs: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    frames: dict[str, list[Frame]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    mutual: set[str] = field(default_factory=set)  # verbs that several do to each other
    mandative: set[str] = field(default_factory=set)  # verbs that demand that somebody do something
    service: str = ""  # the state of who is "a spy for" somebody
    family: set[str] = field(default_factory=set)  # last parts of people's names
    nouns_with_to: set[str] = field(default_factory=set)  # "the key to the chest"
    unchanged: set[str] = field(default_factory=set)  # kinds whose plural is the same: "sheep"
    uncounted: set[str] = field(default_factory=set)  # kinds said without an article: "wine"
    adjective_words: set[str] = field(default_factory=set)
    names_first: bool = False  # the first word of a sentence is a name, whatever else it means
    events: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "death" -> dying
    comes_of: dict[str, tuple[str, ...]] = field(default_factory=dict)  # "die" -> wounded, ill
    apart: set[tuple[str, str]] = field(default_factory=set)  # kinds of which nothing is both
    felt: set[str] = field(default_factory=set)  # who is so takes the reason for it to be true
    version: int = 0
    frames_version: int = 0
    own: set[str] | None = None  # after forking: the words of which something was said since
    said: tuple[int, dict[str, list[Frame]], dict[str, Frame]] | None = None  # see verbs_said
    _entries: dict[Words, Entry | None] = field(default_factory=dict)
    _spelt: dict[Words, tuple[Words, ...]] = field(
        default_factory=dict
    )  # without capitals -> as kept
    # what one lexicon finds out here holds for all with the same frames: a change of them begins another
    _alternatives: dict[Any, tuple[tuple[str, dict[str, str]], ...]] = field(default_factory=dict)
    borrowed: frozenset[str] = frozenset()  # tables that another lexicon has, too: see `lend`

    def lend(self) -> None:
        """Another lexicon reads on from this one: the large tables are one for both until either of them changes one."""
        self.borrowed = frozenset(LENT)

    def _change(self, table: str) -> None:
        """A table is about to be changed: it has to be this lexicon's own."""
        if table in self.borrowed:
            setattr(self, table, getattr(self, table).copy())
            self.borrowed -= {table}

    def _note(self, words: Words) -> None:
        first = words[0].lower()
        # a word of one piece is found anyway, but for a number
        if len(words) > self.longest.get(first, 0 if first[:1].isdigit() else 1):
            self._change("longest")
            self.longest[first] = len(words)
        self.version += 1
        self._forget(words)

    def _forget(self, words: Words) -> None:
        """What these words can mean has changed."""
        lower = tuple(word.lower() for word in words)
        if self.own is not None:
            self.own.add(" ".join(lower))
        for spelt in self._spelt.pop(lower, ()):
            del self._entries[spelt]

    def add_name(self, words: Words, thing: str) -> None:
        """A name or alias; a later one for the same words wins."""
        self.names[words] = thing
        self._note(words)

    def drop_name(self, words: Words) -> None:
        """Takes a name away."""
        if self.names.pop(words, None) is not None:
            self.version += 1
            self._forget(words)

    def add_noun(self, words: Words, kind: str, plural_words: Words) -> None:
        """A kind's noun with its plural."""
        self._change("nouns")
        self.nouns[words] = (kind, False)
        if plural_words == words:
            self.unchanged.add(kind)
        self._note(words)
        self.nouns.setdefault(plural_words, (kind, plural_words != words))
        self._note(plural_words)

    def add_relation(self, words: Words, fluent: str) -> None:
        """A relational noun (``brother``)."""
        self.relations[words] = (fluent, False)
        self._note(words)
        many = tuple(morphology.plural(" ".join(words)).split(" "))
        self.relations.setdefault(many, (fluent, True))
        self._note(many)

    def add_adjective(self, words: Words, adjective: Adjective) -> None:
        """An adjective; one word may stand for several properties with different prepositions."""
        words = tuple(word.lower() for word in words)  # "African", as it is looked up
        known = self.adjectives.get(words, ())
        kept = tuple(a for a in known if a.preposition != adjective.preposition)
        self.adjectives[words] = (*kept, adjective)
        self.adjective_words.add(words[-1])
        self._note(words)

    def add_frame(self, frame: Frame) -> None:
        """A verb frame; frames with more slots are tried first."""
        self._change("frames")
        self._change("verbs")
        self._alternatives = {}
        if frame.verb not in self.frames:
            self.frames[frame.verb] = []
            for form, names in morphology.verb_forms(frame.verb).items():
                known = self.verbs.get(form, ())
                self.verbs[form] = known + tuple((frame.verb, n) for n in sorted(names))
                self._forget((form,))
        # never changed in place: whoever reads on from the same words shares the list
        frames = self.frames[frame.verb] = list(self.frames[frame.verb])
        twin = next((f for f in frames if f.shape == frame.shape), None)
        if twin is not None:
            frames.remove(twin)
            if twin.action and frame.action and twin.action != frame.action:
                if frame.action not in [o.action for o in twin.others]:
                    twin = replace(twin, others=(*twin.others, frame))
                frame = twin
            else:
                keep = frame if frame.action and not twin.action else twin
                frame = replace(
                    keep,
                    action=twin.action or frame.action,
                    fluent=frame.fluent or twin.fluent,
                    others=twin.others or frame.others,
                )
        frames.append(frame)
        self.frames_version += 1
        frames.sort(
            key=lambda f: (
                -f.size,
                -sum(1 for s in f.slots if s.kind == "word"),
                all(s.kind not in ("N", "J") for s in f.slots),
            )
        )
        self._note((frame.verb,))

    def drop_action(self, action: str) -> None:
        """Takes away the frames of an action."""
        self._change("frames")
        self._alternatives = {}
        for verb, frames in self.frames.items():
            kept: list[Frame] = []
            for frame in frames:
                options = [
                    o for o in (replace(frame, others=()), *frame.others) if o.action != action
                ]
                if options:
                    kept.append(replace(options[0], fluent=frame.fluent, others=tuple(options[1:])))
                elif frame.fluent:
                    kept.append(replace(frame, action="", others=()))
            self.frames[verb] = kept
        self.frames_version += 1

    def alternatives(
        self, frame: Frame, filled: frozenset[str]
    ) -> tuple[tuple[str, dict[str, str]], ...]:
        """The rules whose frames read like this one with these roles filled: (action, this frame's letters -> its own)."""
        key = (frame.text, frame.slots, frame.action, filled)
        found = self._alternatives.get(key)
        if found is None:
            said = [s for s in frame.slots if s.role in filled or not s.optional]
            options: dict[str, dict[str, str]] = {}
            for known in self.frames.get(frame.verb, ()):
                for other in (known, *known.others):
                    letters = _aligned(said, other.slots)
                    if letters is None:
                        letters = _aligned(_particles(said), tuple(_particles(other.slots)))
                    if letters is not None and other.action and not other.action.startswith("@"):
                        options.setdefault(other.action, {frame.subject: other.subject, **letters})
            found = self._alternatives[key] = tuple(options.items())
        return found

    def entry(self, words: Words) -> Entry | None:
        """All readings of exactly these words, or None."""
        if words in self._entries:
            return self._entries[words]
        lower = tuple(w.lower() for w in words)
        # "does" is no deer
        small = len(words) == 1 and (lower[0] in closed.AUXILIARIES or lower[0] in closed.MODALS)
        noun = None if small else self.nouns.get(lower)
        relation = self.relations.get(lower)
        verbs = self.verbs.get(lower[0], ()) if len(words) == 1 else ()
        name = self.names.get(words)
        if name is None and words != lower and not words[0].islower():
            # a sentence begins with a capital that the name need not have
            name = self.names.get((words[0].lower(), *words[1:]))
        found = Entry(
            " ".join(words),
            name,
            noun[0] if noun else None,
            bool((noun and noun[1]) or (relation and relation[1])),
            relation[0] if relation else None,
            self.adjectives.get(lower, ()),
            verbs,
            words,
        )
        result = None if found.empty else found
        self._entries[words] = result
        self._spelt[lower] = (*self._spelt.get(lower, ()), words)
        return result

    def known_words(self) -> list[str]:
        """Names, for suggestions."""
        return [" ".join(w) for w in self.names]

    def is_closed(self, lower: str) -> bool:
        """Whether a word is one of the small words of English."""
        return (
            lower in closed.PRONOUNS
            or lower in closed.ARTICLES
            or lower in closed.PREPOSITIONS
            or lower in closed.AUXILIARIES
            or lower in closed.MODALS
            or lower in closed.CONNECTIVES
            or lower in closed.ADVERBS
            or lower in closed.QUANTIFIERS
            or lower in closed.UNIVERSAL
            or lower in closed.NUMBERS
            or lower in closed.PORTIONS
            or lower in closed.PLENTIES
            or lower == "lot"
        )


def _particles(slots: Iterable[Slot]) -> list[Slot]:
    """The same with every lone preposition as a word before its noun: "picks up T" however it was declared."""
    found: list[Slot] = []
    for slot in slots:
        if slot.kind == "prep" and len(slot.words) == 1 and not slot.optional:
            found.append(Slot("word", words=slot.words))
            slot = replace(slot, kind="np", words=())
        found.append(slot)
    return found


def _aligned(said: list[Slot], slots: tuple[Slot, ...]) -> dict[str, str] | None:
    """The letters of ``said`` -> those of ``slots``, where both are said with the same words; else None."""
    letters: dict[str, str] = {}
    at = 0
    for slot in slots:
        match = said[at] if at < len(said) else None
        same = (
            match is not None
            and match.kind == slot.kind
            and (
                match.words == slot.words
                if slot.kind == "word"
                else not match.words or not set(match.words).isdisjoint(slot.words)
            )
        )
        if match is not None and same:
            if match.role:
                letters[match.role] = slot.role
            at += 1
        elif not slot.optional:
            return None
    return letters if at == len(said) else None
