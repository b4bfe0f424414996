"""Words with letters of another alphabet that look like Latin ones, or with marks that nobody sees between their letters."""

from __future__ import annotations

import re
import unicodedata

from fabula.language.lexer import name_words
from fabula.language.state import SentenceLike, State
from fabula.problems.odd_letter import odd_letter
from fabula.problems.problem import Problem

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("οανρυκιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpukiABEZHIKMNOPTYX", strict=True))
_LOOKS = _CYRILLIC | _GREEK
_MARKS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}](?=[^\W\d_]))*")
_MARK = re.compile(f"[{_MARKS}]")


def odd_word(state: State, sentence: SentenceLike) -> Problem | None:
    """The problem of the first word that is not what it looks like; None where there is none."""
    if sentence.text.isascii():
        return None
    for word in _WORD.finditer(sentence.text):
        found = word[0]
        odd = [c for c in found if c in _LOOKS or _MARK.match(c)]
        if not odd:
            continue
        meant = "".join(_LOOKS.get(c, "" if _MARK.match(c) else c) for c in found)
        plain = any(c.isascii() for c in found)
        # a whole word of another alphabet is one, unless it spells a name that is known here
        if plain or (meant.isascii() and name_words(meant) in state.lexicon.names):
            name = unicodedata.name(odd[0], "").lower() or f"U+{ord(odd[0]):04X}"
            return odd_letter(sentence.place(word.start(), len(found)), found, f"a {name}", meant)
    return None
