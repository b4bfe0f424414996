"""What a sentence that cannot be read may have meant: one word changed, left out or put in, and it can be read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fabula.language import morphology
from fabula.language.clauses import Parser
from fabula.language.fitting import Fitting
from fabula.language.lexer import Token, tokenize
from fabula.language.words import closed
from fabula.language.words.mixed_up import LEFT_OUT, MIXED_UP, TOO_MANY
from fabula.records import dataclass

if TYPE_CHECKING:
    from fabula.language.state import State

MOST = 40
"""For how many sentences of a story a correction is looked for: who wrote more that cannot be read wrote no story."""

_BUDGET = 2000
_LONGEST = 25
_LIKE = 0.66
_FORMS = ("base", "pp", "ing", "s", "past")


@dataclass(frozen=True, slots=True)
class Edit:
    """``new`` instead of the tokens from ``start`` up to ``end``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What should stand at token ``at``, and ``snippet``, how that looks between its neighbours."""

    at: int
    expected: str
    snippet: str


def correction(state: State, tokens: list[Token], text: str, far: int) -> Correction | None:
    """The first small change near token ``far`` after which ``text`` can be read."""
    if not _may_try(state, tokens):
        return None
    for edit in _edits(state, tokens, far):
        if _reads(state, _changed(text, tokens, edit)):
            return Correction(
                edit.start, _expected(text, tokens, edit), _snippet(text, tokens, edit)
            )
    return None


def _expected(text: str, tokens: list[Token], edit: Edit) -> str:
    """What should stand where the edit begins."""
    if edit.end == edit.start:
        return f'"{edit.new}"'
    old = text[tokens[edit.start].at : tokens[edit.end - 1].end]
    if edit.new:
        return f'"{edit.new}" (for "{old}")'
    after = tokens[edit.end].text if edit.end < len(tokens) else "."
    following = "the end of the sentence" if after[0] in ".!" else f'"{after}"'
    return f'{following} (without "{old}")'


def meant_by(state: State, tokens: list[Token], text: str, at: int) -> tuple[str, ...]:
    """Known words like the unknown one at token ``at`` with which ``text`` can be read, the likeliest first."""
    if not _may_try(state, tokens):
        return ()
    low = tokens[at].lower
    alike = _alike(state, low)
    text_with = {word: _changed(text, tokens, Edit(at, at + 1, word)) for word in alike}
    found = [word for word in alike if _reads(state, text_with[word])]
    if not low.endswith("s"):
        many = {morphology.plural(word) for word in found}
        found = [word for word in found if word not in many]
    if not found:
        return ()
    best = max(_likeness(word, low) for word in found)
    found = [w for w in found if w == found[0] or _likeness(w, low) > best - 0.1]
    # what is still more like it may be meant, with something else amiss
    return (*found[:2], *(w for w in alike if w not in found and _likeness(w, low) >= best))[:4]


def _likeness(word: str, low: str) -> float:
    return difflib.SequenceMatcher(None, word.lower(), low).ratio()


def _may_try(state: State, tokens: list[Token]) -> bool:
    if len(tokens) > _LONGEST or state.corrected >= MOST:
        return False
    state.corrected += 1
    return True


def _reads(state: State, text: str) -> bool:
    tokens = tokenize(text, state.lexicon)
    parser = Parser(tokens, state.lexicon, fitting=Fitting(state, tokens))
    parser.budget = _BUDGET
    return parser.sentence() is not None


def _edits(state: State, tokens: list[Token], far: int) -> Iterator[Edit]:
    """Changes of a word near token ``far``, the likeliest first."""
    near = [at for at in (far, far - 1, far + 1, far - 2) if 0 <= at < len(tokens)]
    words = [at for at in near if tokens[at].kind == "word"]
    for at in words:
        yield from (Edit(at, at + 1, other) for other in MIXED_UP.get(tokens[at].lower, ()))
    for at in near:
        yield from _owned(state, tokens, at)
    for at in words:
        yield from (Edit(at, at + 1, other) for other in _other_forms(tokens[at]))
    for at in near:
        if (at and tokens[at - 1].lower == tokens[at].lower) or tokens[at].text == ",":
            yield Edit(at, at + 1, "")
    for at in words:
        if tokens[at].lower in TOO_MANY:
            yield Edit(at, at + 1, "")
    for at in words:
        if tokens[at].lower == "that" and at + 2 < len(tokens):
            # "orders him that he leaves"
            bases = (base for base in _bases(tokens[at + 2]) if base != "be")
            yield from (Edit(at, at + 3, f"to {base}") for base in bases)
    for word in LEFT_OUT:
        yield from (
            Edit(at, at, word)
            for at in near
            if _may_follow(word, tokens[at])
            and (at or word in ("a", "the"))  # no sentence begins "That takes", "On Agent"
            and not _means_nothing(state, tokens[at])  # "is the zorgly"
        )


def _means_nothing(state: State, token: Token) -> bool:
    """Whether a word stands in no list of words, not even in that of the small ones."""
    return token.kind == "word" and token.entry is None and not state.lexicon.is_closed(token.lower)


def _may_follow(word: str, token: Token) -> bool:
    """Whether a word that was left out may have stood in front of a token."""
    if token.kind not in ("word", "proper", "letter"):
        return False
    entry = token.entry
    named = token.kind == "proper" or (entry is not None and entry.name is not None)
    if word in ("on", "with"):
        return named or token.lower in closed.ARTICLES or token.lower in closed.PRONOUNS
    return word not in ("a", "the") or (not named and token.lower not in closed.PRONOUNS)


def _owned(state: State, tokens: list[Token], at: int) -> Iterator[Edit]:
    """ "Rourkes map", "Rourke map": a name in front of a noun, without its apostrophe."""
    text = tokens[at].text
    if tokens[at].kind == "proper" and (text.removesuffix("s"),) in state.lexicon.names:
        yield Edit(at, at + 1, f"{text.removesuffix('s')}'s")
    following = tokens[at + 1].entry if at + 1 < len(tokens) else None
    entry = tokens[at].entry
    if entry is not None and entry.name and following is not None:
        if following.noun or following.relation:
            yield Edit(at, at + 1, f"{text}'s")


def _bases(token: Token) -> Iterator[str]:
    verbs = token.entry.verbs if token.entry is not None else ()
    yield from dict.fromkeys(morphology.base(verb) for verb, _ in verbs)


def _other_forms(token: Token) -> Iterator[str]:
    verbs = token.entry.verbs if token.entry is not None else ()
    for verb in dict.fromkeys(verb for verb, _ in verbs):
        forms = {
            name: form for form, names in morphology.verb_forms(verb).items() for name in names
        }
        others = dict.fromkeys(forms[name] for name in _FORMS)
        yield from (form for form in others if form != token.lower)
        if token.lower == forms["ing"]:
            yield f"to {forms['base']}"


def _changed(text: str, tokens: list[Token], edit: Edit) -> str:
    start = tokens[edit.start].at
    end = tokens[edit.end - 1].end if edit.end > edit.start else start
    new = edit.new
    if new and end == start:
        new += " "
    if edit.start == 0:
        new = new[:1].upper() + new[1:]
    return text[:start] + new + text[end:].removeprefix("" if new or text[start] == "," else " ")


def _snippet(text: str, tokens: list[Token], edit: Edit) -> str:
    """The change with a word on either side."""
    first = max(0, edit.start - 1)
    while first and tokens[first].lower == "not":
        first -= 1
    last = min(len(tokens) - 1, edit.end)
    if tokens[last].kind == "punct":
        last -= 1
    changed = _changed(text, tokens, edit)
    return changed[tokens[first].at : len(changed) - (len(text) - tokens[last].end)].strip()


def _alike(state: State, low: str) -> list[str]:
    """Known words that ``low`` may be a slip for: small ones and those of the story first among equals."""
    lexicon = state.lexicon
    swapped = MIXED_UP.get(low, ())
    told = {kind for thing in state.world.things.values() for kind in thing.kinds}
    own = {" ".join(words) for words in lexicon.names}
    small = {
        word
        for word in (*closed.PREPOSITIONS, *closed.CONNECTIVES, *closed.MODALS, *closed.ADVERBS)
        if len(word) > 2
    }
    known = (
        own,
        small,
        told,
        lexicon.verbs,
        map(" ".join, lexicon.nouns),
        map(" ".join, lexicon.adjectives),
        map(" ".join, lexicon.relations),
    )
    spelt: dict[str, str] = {}
    for words in known:
        for word in words:
            if abs(len(word) - len(low)) < 3 and _begins_alike(word[:2].lower(), low[:2]):
                spelt.setdefault(word.casefold(), word)
    regular = _regular(state, low)
    near = difflib.get_close_matches(low, spelt, n=12, cutoff=_LIKE)

    def rank(word: str) -> tuple[bool, float]:
        first = word[:1] == low[:1]
        likely = spelt[word] in own or spelt[word] in small or spelt[word] in told
        return sorted(word) != sorted(low), -_likeness(word, low) - 0.1 * first - 0.1 * likely

    ordered: Iterable[str] = (spelt[word] for word in sorted(near, key=rank))
    return [word for word in dict.fromkeys((*swapped, *regular, *ordered)) if word != low]


def _begins_alike(one: str, other: str) -> bool:
    """Whether two beginnings share a letter, be it in another place."""
    return not set(one).isdisjoint(other)


def _regular(state: State, low: str) -> list[str]:
    """The right forms of a verb that was given regular endings: "stealed", "trys"."""
    found: list[str] = []
    for ending, names in (("ed", ("past", "pp")), ("es", ("s",)), ("s", ("s",)), ("ing", ("ing",))):
        if not low.endswith(ending):
            continue
        stem = low[: -len(ending)]
        for base in (stem, f"{stem}e", stem[:-1]):
            if any(form == "base" for _, form in state.lexicon.verbs.get(base, ())):
                forms = morphology.verb_forms(base).items()
                found.extend(form for form, known in forms if not known.isdisjoint(names))
    return found
