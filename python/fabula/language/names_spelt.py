"""Names in the small letters that people put questions in: "what is queen maud afraid of"."""

from __future__ import annotations

from fabula.language.state import State

MOST_IN_NAME = 4


def known_names(state: State, text: str) -> str:
    """The text with small letters put right in names that are known: "where is mary" asks for Mary."""
    words = text.split(" ")
    lexicon = state.lexicon
    for at, word in enumerate(words):
        bare = word.removesuffix("'s")
        if not bare or not bare[0].islower():
            continue
        capital = bare[0].upper() + bare[1:]
        if lexicon.entry((bare,)) is None and (capital,) in lexicon.names:
            words[at] = capital + word[len(bare) :]
            continue
        # "what is queen maud afraid of"
        longest = min(MOST_IN_NAME, len(words) - at, lexicon.longest.get(bare, 1))
        for size in range(longest, 1, -1):
            said = tuple(words[at : at + size])
            last = said[-1].removesuffix("'s")
            full = tuple(one[:1].upper() + one[1:] for one in (*said[:-1], last))
            if full in lexicon.names and lexicon.entry((*said[:-1], last)) is None:
                words[at : at + size] = [*full[:-1], full[-1] + said[-1][len(last) :]]
                break
    return " ".join(words)
