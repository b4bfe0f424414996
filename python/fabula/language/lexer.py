"""A sentence to tokens: words, names found longest first, numbers, quotes, punctuation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from fabula.language import capitals, speech
from fabula.language.lexicon import Entry, Lexicon
from fabula.language.words import closed, given_names
from fabula.records import dataclass

_PIECE = re.compile(
    r"""[“"](?P<quote>[^”"]*)[”"]"""
    r"""|(?P<number>\d+(?:[.,:]\d+)*)(?:st|nd|rd|th)?\b"""
    r"""|(?P<title>(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Sgt|Lt|Col|Gen|Rev|Mme|Mlle)\.(?=\s+[^\W\d_a-z]))"""
    r"""|(?P<word>[^\W\d](?:[\w\-\u0300-\u036f]|['’](?![sS]\b)(?=\w))*)"""
    r"""|(?P<own>['’][sS]\b|['’](?=\s|$|[.,;:!?]))"""
    r"""|(?P<punct>[,;:()—–]|[.!?]+)""",
    re.VERBOSE,
)
_NOT = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not")}


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: word, proper, letter, number, quote, own ('s), punct. ``at`` is its offset in the sentence."""

    kind: str
    text: str
    lower: str
    at: int
    end: int
    entry: Entry | None = None
    shape: str = ""

    def __str__(self) -> str:
        return self.text


def word_like(text: str, like: Token) -> Token:
    """A word that is put in the place of another."""
    return Token("word", text, text, like.at, like.end)


@lru_cache(4096)  # the same sentence is read, tried in parts and asked about
def pieces(text: str) -> tuple[capitals.Piece, ...]:
    """(kind, text, start, end) of every piece, before names are looked up."""
    found: list[tuple[str, str, int, int]] = []
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "punct"
        word = match.group(kind)
        if not word.isascii():
            word = unicodedata.normalize("NFC", word)
        start, end = match.span()
        if kind == "title":
            kind = "word"
        elif kind == "word":
            low = word.lower().replace("’", "'")
            if low in _NOT:
                first, second = _NOT[low]
                found.append(("word", first, start, end))
                found.append(("word", second, end, end))
                continue
            if low.endswith("n't") and len(low) > 3:
                found.append(("word", word[:-3], start, end - 3))
                found.append(("word", "not", end - 3, end))
                continue
        elif kind == "own":
            word = "'s"
        found.append((kind, word, start, end))
    return tuple(found)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name as the lexicon keeps them."""
    return tuple(p[1] for p in pieces(text) if p[0] in ("word", "own", "number"))


def _is_adverb(lower: str) -> bool:
    """Whether a word in front of a sentence is likelier an adverb than a name: "Suddenly", but not "Emily"."""
    return lower.endswith("ly") and lower not in given_names.KNOWN


def _surname(raw: tuple[capitals.Piece, ...], at: int, lexicon: Lexicon) -> bool:
    """Whether a capital that means nothing else stands behind a name: with it that is a name in full."""
    if at >= len(raw) or raw[at][0] != "word":
        return False
    word = raw[at][1]
    low = word.lower()
    return (
        word[0].isupper()
        and len(word) > 2
        and lexicon.entry((word,)) is None
        and not lexicon.is_closed(low)
        and low not in closed.DAYS
        and low not in closed.MONTHS
        and low not in closed.WEEKDAYS
        and low not in given_names.KNOWN
    )


def _is_name(entry: Entry | None) -> bool:
    return entry is not None and entry.name is not None


def _joined(word: str, lexicon: Lexicon) -> Entry | None:
    """What words that an underscore joins mean together: "living_room" is a living room."""
    parts = tuple(part for part in word.split("_") if part)
    return lexicon.entry(parts) or lexicon.entry(tuple(part.lower() for part in parts))


def _as_noun(entry: Entry, before: list[Token], lexicon: Lexicon) -> Entry | None:
    """A word that is only known as a verb, where a noun must stand: "the signal", "three attacks"; None: no word known."""
    if entry.name or entry.noun or entry.relation or entry.adjectives:
        return entry
    at = last = len(before) - 1
    plain = {form for _, form in entry.verbs}
    # "the orange cross": no orange cross anything, so that here it is a colour
    never_verb = "base" in plain and "past" not in plain
    while at > 0 and (own := before[at].entry) is not None and own.adjectives:
        if own.noun and (own.plural or not (never_verb or _several(before[at - 1]))):
            break
        at -= 1
    if at < 0:
        return entry
    said = before[at]
    some = _several(said)
    # "under false names"
    under = at < last and said.lower in closed.PREPOSITIONS and "s" in plain
    # "Her orders are …", "lends him her shield"
    hers = said.lower == "her" and (
        "s" in plain
        if at == 0
        else before[at - 1].lower in closed.PRONOUNS or _is_name(before[at - 1].entry)
    )
    if not (some or under or hers or said.kind == "own" or said.lower in closed.BEFORE_NOUNS):
        return entry
    for base, form in entry.verbs:
        if form == "s" and (noun := lexicon.nouns.get((base,))) is not None:
            return replace(entry, noun=noun[0], plural=True, verbs=())
    many = "s" in plain and at == last and said.lower in _BEFORE_MANY
    return None if many or ("base" in plain and not some) else entry


_OWNING = closed.BEFORE_NOUNS | {"her", "my", "your", "our", "last"}
_BEFORE_MANY = frozenset({"the", "his", "its", "their", "these", "those"})


def _several(said: Token) -> bool:
    """Whether a word says that there are several of what comes next."""
    return said.kind == "number" or said.lower in closed.NUMBERS or said.lower in closed.MANY


def _will(word: str, before: list[Token], lexicon: Lexicon) -> Entry | None:
    """ "Reads the will": a noun only where one must stand; "the doctor will come" has none."""
    said = before[-1] if before else None
    kind = lexicon.nouns.get((word,))
    if kind is None or said is None or not (said.kind == "own" or said.lower in _OWNING):
        return None
    return Entry(word, noun=kind[0], phrase_of=(word,))


def _in_capitals(lexicon: Lexicon, words: tuple[str, ...]) -> Entry | None:
    """Who is called by a name in capitals: "ANNA" is Anna, if nobody is called ANNA."""
    if not all(word.isupper() and len(word) > 1 for word in words):
        return None
    entry = lexicon.entry(tuple(word.capitalize() for word in words))
    return entry if entry is not None and entry.name is not None else None


def _goes_on(piece: capitals.Piece, first: str, lexicon: Lexicon) -> bool:
    """Whether a piece goes on with a name that begins with a word."""
    kind, text, _, _ = piece
    return (
        kind == "word"
        and text[0].isupper()
        and not lexicon.is_closed(text.lower())
        and (
            first.rstrip(".") in closed.TITLES
            or text in lexicon.family
            or not _is_name(lexicon.entry((text,)))
        )
    )


def _small_name(raw: tuple[capitals.Piece, ...], at: int, lexicon: Lexicon) -> int:
    """How many pieces a new name has that begins with a small word: "van Houten", "May"."""
    low = raw[at][1].lower()
    if low in closed.MODALS:
        return int(capitals.modal_name(raw, at, lexicon))
    if raw[at][1] not in closed.NAME_PARTICLES:
        return 0
    before = raw[at - 1] if at else None
    if before is not None:
        told = before[1].lower()
        if before[0] in ("own", "number") or told in closed.ARTICLES:
            return 0  # "the van Anna drives"
        if told in lexicon.adjective_words or told in closed.OWNERS:
            return 0
    small = capitals.particles(raw, at)
    return small + 1 if small else 0


def tokenize(text: str, lexicon: Lexicon, letters: bool = False) -> list[Token]:
    """Tokens of one sentence; with ``letters``, single capitals are the roles of a rule."""
    raw = pieces(text)
    tokens: list[Token] = []
    i = 0
    count = len(raw)
    quoted = False
    while i < count:
        kind, word, start, end = raw[i]
        lower = word.lower()
        if kind == "word" or (kind == "number" and lower in lexicon.longest):
            if (
                letters
                and len(word) == 1
                and word.isupper()
                and not (word == "A" and i == 0)
                and word != "I"
            ):
                tokens.append(Token("letter", word, lower, start, end, None, "LETTER"))
                i += 1
                continue
            longest = lexicon.longest.get(lower, 1)
            size = min(longest, count - i)
            entry: Entry | None = None
            while size > 0:
                if size == 1:
                    entry = lexicon.entry((word,)) or _in_capitals(lexicon, (word,))
                    break
                parts = raw[i : i + size]
                if all(p[0] in ("word", "own", "number") for p in parts):
                    said = tuple(p[1] for p in parts)
                    entry = lexicon.entry(said) or _in_capitals(lexicon, said)
                    if entry is not None:
                        break
                size -= 1
            if size == 1 and not letters and _is_name(entry) and _surname(raw, i + 1, lexicon):
                size = 2  # "Luke Harlan", of whom only "Luke" was known
            joined = "_" in word and size < 2
            if joined and entry is None:
                entry, size = _joined(word, lexicon), 1
            if lower in closed.MODALS and not letters and not (entry and entry.name):
                entry = _will(lower, tokens, lexicon)
                size = 1 if entry is not None else size
            if entry is not None and entry.verbs and not letters and size == 1:
                entry = _as_noun(entry, tokens, lexicon)
            own = 0
            if entry is not None and entry.name is None and not letters and word[0].isupper():
                own = capitals.name_size(raw, i, size, entry, lexicon)
            if (
                not own
                and not letters
                and (lower in closed.MODALS or word in closed.NAME_PARTICLES)
                and (entry is None or entry.name is None)
            ):
                own = _small_name(raw, i, lexicon)
            if entry is not None and not own:
                stop = raw[i + size - 1][3]
                low = lower if size == 1 else " ".join(p[1].lower() for p in raw[i : i + size])
                low = " ".join(entry.phrase_of).lower() if joined and not entry.name else low
                only_name = entry.name and not (
                    entry.noun or entry.verbs or entry.adjectives or entry.relation
                )
                tokens.append(
                    Token(
                        "word",
                        text[start:stop],
                        low,
                        start,
                        stop,
                        entry,
                        "NAME" if only_name else low,
                    )
                )
                i += size
                continue
            if own or (
                word[0].isupper()
                and not (joined and any(part.islower() for part in word.split("_")))
                and not lexicon.is_closed(lower)
                and not (lower in closed.FIRST_AND_SECOND and (i == 0 or lower == "i"))
                and not (i == 0 and lower in closed.DAYS)
                and not (
                    i == 0
                    and (lower in closed.UNITS or _is_adverb(lower))
                    and not capitals.acts(raw, i + 1, lexicon)
                )
            ):
                last = i + max(own, 1) - 1
                while not own and last + 1 < count:
                    small = capitals.particles(raw, last + 1)
                    if small:
                        last += small + 1  # "Ludwig van Beethoven"
                    elif _goes_on(raw[last + 1], lower, lexicon):
                        last += 1
                    else:
                        break
                stop = raw[last][3]
                tokens.append(
                    Token(
                        "proper",
                        text[start:stop],
                        text[start:stop].lower(),
                        start,
                        stop,
                        None,
                        "PROPER",
                    )
                )
                i = last + 1
                continue
        shape = lower if kind in ("word", "own", "punct") else kind.upper()
        tokens.append(Token(kind, word, lower, start, end, None, shape))
        i += 1
        quoted = quoted or kind == "quote"
    return speech.straightened(tokens) if quoted and not letters else tokens
