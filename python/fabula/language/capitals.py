"""Names that nobody introduced and whose first word means something else, too: "Lady Macbeth", "Bill", "Sally"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.words import closed, given_names

if TYPE_CHECKING:
    from fabula.language.lexicon import Entry, Lexicon

Piece = tuple[str, str, int, int]
"""Kind, text, start and end of a piece of a sentence."""


def name_size(raw: tuple[Piece, ...], at: int, size: int, entry: Entry, lexicon: Lexicon) -> int:
    """How many pieces from ``at`` on are a new name although they begin with a known word; 0 if they are none.

    ``size`` pieces are the known word, ``entry`` is what it means.
    """
    low = raw[at][1].lower()
    if not raw[at][1][:1].isupper() or (lexicon.is_closed(low) and low not in closed.MODALS):
        return 0
    end = at + size
    while end < len(raw) and _capital(raw[end], lexicon):
        end += 1
    if end > at + size and low in closed.MODALS:
        return 0  # "Will Anna go?"
    if end > at + size:
        return end - at if _begins_name(raw[at + size], entry, lexicon) else 0
    if at == 0 and lexicon.names_first:
        return size
    noun = entry.noun or entry.relation
    if entry.plural and at == 0 and end < len(raw) and raw[end][1].lower() in _ONE_IS:
        return size  # "Miles is tired": no miles is
    if entry.plural or (entry.adjectives and noun):
        return 0
    if at == 0 and _lists(raw, end) and (not entry.adjectives or low in given_names.KNOWN):
        return size  # "Ruby, Rob and Frank entered", but "Furious, Anna and Ben left"
    if not noun or low in closed.MODALS:
        # "Drew left", "Will left", "Rich left": nothing but a name stands there
        if any(one.fluent[:1].isupper() for one in entry.adjectives):
            return 0  # "is American"
        if at:
            named = _within(raw, at, end, lexicon)
            if not entry.adjectives and not lexicon.is_closed(low):
                named = (
                    raw[at - 1][0] == "word" or raw[at - 1][1] == ","
                )  # "sends Wade to the mill"
            return size if named else 0
        return size if _does(raw, end, lexicon) or _is_so(raw, end, entry) else 0
    if at == 0:
        if entry.noun in lexicon.unchanged:
            # "Sheep are meek", but "Chance left", "Chase is tired"
            one = end < len(raw) and raw[end][1].lower() in _ONE_IS
            return size if one or _does(raw, end, lexicon) else 0
        return size if entry.noun not in lexicon.uncounted and acts(raw, end, lexicon) else 0
    before = raw[at - 1]
    told = before[1].lower()
    free = (
        before[0] == "word" and told not in closed.ARTICLES and told not in lexicon.adjective_words
    )
    joined = before[1] == ","
    owned = "owner" in closed.PRONOUNS.get(told, ("", ""))[1] and told != "her"
    is_said = closed.AUXILIARIES.get(told) == "be" or told in (
        "as",
        "becomes",
        "became",
        "become",
        "of",
    )
    return (
        size if (free or joined) and not owned and not is_said and told not in closed.NUMBERS else 0
    )


def _does(raw: tuple[Piece, ...], end: int, lexicon: Lexicon) -> bool:
    """Whether a verb that is no noun follows in a form that needs somebody in front of it."""
    if not acts(raw, end, lexicon):
        return False
    low = raw[end][1].lower()
    return raw[end][0] == "own" or (
        (low,) not in lexicon.nouns and closed.AUXILIARIES.get(low) != "be"
    )


def _lists(raw: tuple[Piece, ...], end: int) -> bool:
    """Whether a list of capitals goes on: "Ruby, Robin and Will entered"."""
    if end >= len(raw) or raw[end][1] != ",":
        return False
    while end + 1 < len(raw) and raw[end][1] in (",", "and") and raw[end + 1][1][:1].isupper():
        if raw[end][1] == "and":
            return True
        end += 2
    return False


def _within(raw: tuple[Piece, ...], at: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a capital in the midst of a sentence is a name: "gave the ball to Mark", "Is Rich in the inn"; no "in May"."""
    before = raw[at - 1]
    told = before[1].lower()
    if before[0] not in ("word", "punct") or told in closed.ARTICLES:
        return False
    if told in lexicon.adjective_words or (
        told in _IN_TIME and raw[at][1].lower() in closed.MONTHS
    ):
        return False
    # behind a comma or a full stop a sentence may begin
    joined = before[0] == "word" or told == ","
    return joined and (
        before[0] == "word"
        or _does(raw, end, lexicon)
        or end >= len(raw)
        or raw[end][1] in (",", "and", ".")
    )


_IN_TIME = frozenset("in of since until by before after last next this early late during".split())


def _is_so(raw: tuple[Piece, ...], end: int, entry: Entry) -> bool:
    """Whether only somebody can be so what comes next: "Mark is no longer here", but "Angry was the wolf"."""
    if end + 1 >= len(raw) or closed.AUXILIARIES.get(raw[end][1].lower()) != "be":
        return False
    if any(form in ("pp", "ing") for _, form in entry.verbs):
        return False
    kind, text, _, _ = raw[end + 1]
    inverted = text.lower() in closed.ARTICLES or text[:1].isupper()
    inverted = inverted or text.lower() in closed.PRONOUNS
    return kind == "word" and not (inverted and entry.adjectives)


def modal_name(raw: tuple[Piece, ...], at: int, lexicon: Lexicon) -> bool:
    """Whether a small word with a capital is somebody: "May left", "told May", but not "May Ann go?", "in May"."""
    kind, text, _, _ = raw[at]
    if kind != "word" or text.lower() not in closed.MODALS or not text[:1].isupper():
        return False
    if at:
        return _within(raw, at, at + 1, lexicon)
    return _does(raw, at + 1, lexicon) or _lists(raw, at + 1) or _is_being(raw, at + 1)


def _is_being(raw: tuple[Piece, ...], at: int) -> bool:
    """Whether a form of "be" that belongs to no question follows, or "and" with another name."""
    if at >= len(raw):
        return False
    low = raw[at][1].lower()
    if low == "and":
        return at + 1 < len(raw) and raw[at + 1][1][:1].isupper()
    return low in _ONE_IS or low in ("had", "did")


_ONE_IS = frozenset({"is", "was", "has", "does"})


def particles(raw: tuple[Piece, ...], at: int) -> int:
    """How many small words of a name stand here, in front of a capital: "van" of "van Houten", "de la" of "de la Cruz"."""
    end = at
    while end < len(raw) and raw[end][0] == "word" and raw[end][1] in closed.NAME_PARTICLES:
        end += 1
    named = end < len(raw) and raw[end][0] == "word" and raw[end][1][:1].isupper()
    return end - at if named else 0


def acts(raw: tuple[Piece, ...], at: int, lexicon: Lexicon) -> bool:
    """Whether what comes next shows that a name stood before it: a verb, "'s", or "and" with another name."""
    if at >= len(raw):
        return False
    kind, text, _, _ = raw[at]
    low = text.lower()
    if kind == "own" or low in closed.AUXILIARIES or low in closed.MODALS:
        return True
    if low == "and":
        return at + 1 < len(raw) and raw[at + 1][1][:1].isupper()
    return kind == "word" and any(form in ("s", "past") for _, form in lexicon.verbs.get(low, ()))


def _capital(piece: Piece, lexicon: Lexicon) -> bool:
    kind, text, _, _ = piece
    return kind == "word" and text[:1].isupper() and not lexicon.is_closed(text.lower())


def _begins_name(following: Piece, entry: Entry, lexicon: Lexicon) -> bool:
    """Whether a known word in front of a capital is the first word of a name, and not "Furious" of "Furious Anna"."""
    if entry.plural:
        return False
    if entry.noun or entry.relation:
        return True
    if entry.adjectives:
        return (following[1],) not in lexicon.names
    return any(form == "base" for _, form in entry.verbs)
