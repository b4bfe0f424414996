"""The syntax tree of a sentence. Leaves are token numbers, so that a tree fits every sentence of its shape."""

from __future__ import annotations

from fabula.language.lexicon import Frame
from fabula.records import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A name, a proper noun not seen before, or a rule's letter."""

    at: int


@dataclass(frozen=True, slots=True)
class Apposition:
    """``Silas, a clerk``: somebody named, and what he is."""

    named: NP
    said: Described


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun; ``form`` from the table (subject, object, owner, reflexive, each other)."""

    at: int
    form: str


@dataclass(frozen=True, slots=True)
class Described:
    """``the three wounded men in the bar who …``: a noun with what narrows it."""

    det: str  # the, a, some, this, every, no, "" …
    words: tuple[int, ...]  # tokens before the noun that are no known adjective: part of the name
    noun: int | None  # token of the noun
    adjectives: tuple[int, ...] = ()
    count: int | None = None
    owner: NP | None = None
    of: NP | None = None
    places: tuple[Phrase, ...] = ()
    relative: Clause | Clauses | None = None
    at: int = 0
    called: int | None = None  # token of the name in "a prince called Albert"


@dataclass(frozen=True, slots=True)
class Universal:
    """``everyone in the bar except the bartender``; ``word`` is everyone, nobody, whoever and the like."""

    word: str
    noun: int | None = None
    places: tuple[Phrase, ...] = ()
    relative: Clause | Clauses | None = None
    but: NP | None = None
    adjectives: tuple[int, ...] = ()
    owner: NP | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    """``three of them``, ``the rest of the men``."""

    size: str
    of: NP
    at: int = 0


@dataclass(frozen=True, slots=True)
class Several:
    """``A, B and C``; ``word`` is and / or."""

    items: tuple[NP, ...]
    word: str = "and"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotes, opaque."""

    at: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A bare number."""

    at: int


@dataclass(frozen=True, slots=True)
class Spot:
    """``behind the counter``: a place made by a preposition."""

    preposition: str
    thing: NP


@dataclass(frozen=True, slots=True)
class There:
    """``there``, ``here``: the innermost place in mind."""

    at: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What a relative clause or question leaves out."""


@dataclass(frozen=True, slots=True)
class Same:
    """The subject of the clause before, where it is not said again."""


NP = (
    Same
    | Named
    | Apposition
    | Pronoun
    | Described
    | Universal
    | Portion
    | Several
    | Quoted
    | Amount
    | Spot
    | There
    | Gap
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A preposition with its noun phrase."""

    preposition: str
    np: NP
    at: int = 0


@dataclass(frozen=True, slots=True)
class Clauses:
    """Several contents joined by and."""

    items: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An embedded question; ``word`` is whether, who, what, where, which, why, how, when."""

    word: str
    clause: Clause | None
    np: NP | None = None


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows ``be``: exactly one of the fields.

    ``adjectives``: (token, prepositional phrase or None) each with its own negation flag.
    """

    adjectives: tuple[tuple[int, Phrase | None], ...] = ()
    np: NP | None = None
    place: Phrase | None = None
    called: NP | None = None
    word: str = "and"
    really: bool = False
    clause: Clause | None = None  # ``sure that …``


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. ``frame`` is None for a copula (then ``complement`` is set)."""

    subject: NP | None
    frame: Frame | None = None
    roles: tuple[tuple[str, Filler], ...] = ()
    complement: Complement | None = None
    verb_at: int = 0
    tense: str = "now"  # now, past, perfect, progressive, infinitive
    modal: str = ""
    negated: bool = False
    passive: bool = False
    strength: str = ""
    existential: bool = False
    attempt: bool = False
    habit: str = ""  # usually, …
    instrument: NP | None = None
    places: tuple[Phrase, ...] = ()
    sources: tuple[Phrase, ...] = ()
    together: NP | None = None
    unseen: NP | None = None
    unseen_all: bool = False
    because: Clause | None = None
    purpose: Clause | None = None
    means: Clause | None = None
    until: Clause | None = None
    condition: Clause | None = None
    front: Clause | None = None
    main: NP | None = (
        None  # of "the letter, which had come, and …": who goes on behind the second comma
    )
    causer: NP | None = None  # who has done what is told: "has the boat lowered"
    afterwards: Clause | None = None  # "before leaving": done when this has been
    time: str = ""


Filler = NP | Phrase | Clause | Clauses | Question | Complement


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole sentence: its clauses in order, and whether time passes before it."""

    clauses: tuple[Clause, ...]
    gap: bool = False
    time: str = ""


def said_at(clause: Clause, letter: str) -> int:
    """The token at which a role is said."""
    assert clause.frame is not None
    filler: object = next((filler for role, filler in clause.roles if role == letter), None)
    if filler is None and letter == clause.frame.subject:
        filler = clause.subject
    if isinstance(filler, Phrase):
        filler = filler.np
    match filler:
        case Described(noun=noun) if noun is not None:
            return noun
        case Named(at) | Pronoun(at, _) | Portion(_, _, at) | Universal(at=at) | There(at):
            return at
        case Several(items) if isinstance(items[0], Named):
            return items[0].at
    return clause.verb_at
