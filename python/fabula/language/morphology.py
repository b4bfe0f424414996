"""Inflection of English verbs and nouns, from rules and the tables of irregular words."""

from __future__ import annotations

from functools import lru_cache

from fabula.language.words.irregular import NO_DOUBLING, NOUNS, VARIANTS, VERBS

_VOWELS = "aeiou"


def sense(verb: str, past_form: str) -> str:
    """A verb that shares its base with another and has a past of its own: ``lie/lied`` beside ``lie``."""
    return f"{verb}/{past_form}"


def base(verb: str) -> str:
    """A verb as it is said, without what tells it from another of the same base."""
    return verb.partition("/")[0]


def _doubles(verb: str) -> bool:
    if verb in NO_DOUBLING or len(verb) < 3:
        return False
    a, b, c = verb[-3], verb[-2], verb[-1]
    if c in _VOWELS + "wxy" or b not in _VOWELS or a in _VOWELS:
        return (
            verb[-4:-2] == "qu"
            if len(verb) > 3 and a == "u" and b in _VOWELS and c not in _VOWELS + "wxy"
            else False
        )
    syllables = sum(
        1 for i, ch in enumerate(verb) if ch in _VOWELS and (i == 0 or verb[i - 1] not in _VOWELS)
    )
    return syllables == 1 or verb.endswith(("fer", "mit", "pel", "gin", "cur", "nap", "tel", "bel"))


def _either_way(verb: str) -> bool:
    """Whether a verb is written with one l or two before an ending: two syllables and more, and a short vowel."""
    return (
        len(verb) > 4
        and verb[-1] == "l"
        and verb[-2] in "aeiou"
        and verb[-3] not in _VOWELS
        and verb not in VERBS
        and any(letter in _VOWELS for letter in verb[:-3])
    )


@lru_cache(maxsize=4096)
def third_person(verb: str) -> str:
    """``go`` -> ``goes``."""
    verb = base(verb)
    if verb == "be":
        return "is"
    if verb == "have":
        return "has"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


@lru_cache(maxsize=4096)
def past(verb: str) -> str:
    """``go`` -> ``went``."""
    verb, _, own = verb.partition("/")
    return own or (VERBS[verb][0] if verb in VERBS else _regular_past(verb))


@lru_cache(maxsize=4096)
def participle(verb: str) -> str:
    """``go`` -> ``gone``."""
    verb, _, own = verb.partition("/")
    return own or (VERBS[verb][1] if verb in VERBS else _regular_past(verb))


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    if verb.endswith("c"):
        return verb + "ked"
    return verb + verb[-1] + "ed" if _doubles(verb) else verb + "ed"


@lru_cache(maxsize=4096)
def gerund(verb: str) -> str:
    """``go`` -> ``going``."""
    verb = base(verb)
    if verb == "be":
        return "being"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    if verb.endswith("c"):
        return verb + "king"
    return verb + verb[-1] + "ing" if _doubles(verb) else verb + "ing"


def verb_forms(verb: str) -> dict[str, set[str]]:
    """Every form of a verb -> the names of the form: base, s, past, pp, ing."""
    forms: dict[str, set[str]] = {}
    for form, name in (
        (base(verb), "base"),
        (third_person(verb), "s"),
        (past(verb), "past"),
        (participle(verb), "pp"),
        (gerund(verb), "ing"),
    ):
        forms.setdefault(form, set()).add(name)
    if _either_way(verb):
        # "quarrelled" and "quarreled", "travelling" and "traveling"
        for ending, names in (("ed", {"past", "pp"}), ("ing", {"ing"})):
            for stem in (verb, verb + verb[-1]):
                forms.setdefault(stem + ending, set()).update(names)
    for form, whose in VARIANTS.items():
        if whose == verb:
            names = {"ing"} if form.endswith("ing") else {"past", "pp"}
            forms.setdefault(form, set()).update(names)
    return forms


@lru_cache(maxsize=4096)
def plural(noun: str) -> str:
    """``city`` -> ``cities``; in a phrase the head is inflected (``man in black`` -> ``men in black``)."""
    words = noun.split(" ")
    for i, word in enumerate(words[1:], 1):
        if word in ("in", "of", "at", "on", "from", "with"):
            return " ".join([plural(" ".join(words[:i])), *words[i:]])
    last = words[-1]
    if last in NOUNS:
        form = NOUNS[last]
    elif last.endswith("man") and last not in ("human", "roman", "german", "talisman"):
        form = last[:-3] + "men"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        form = last + "es"
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        form = last[:-1] + "ies"
    else:
        form = last + "s"
    return " ".join([*words[:-1], form])


def singulars(many: str) -> tuple[str, ...]:
    """Nouns of which a word may be the plural, the likeliest first: ``cities`` -> ``city``, ``foxes`` -> ``fox``."""
    guesses = [one for one, form in NOUNS.items() if form == many]
    for ending, one in (("men", "man"), ("ies", "y"), ("es", ""), ("s", "")):
        if many.endswith(ending) and len(many) > len(ending) + 1:
            guesses.append(many[: -len(ending)] + one)
    return tuple(dict.fromkeys(one for one in guesses if plural(one) == many))


@lru_cache(maxsize=4096)
def base_forms(word: str) -> tuple[tuple[str, str], ...]:
    """Guesses at the base of an unknown verb form, for error messages: (base, form)."""
    guesses: list[tuple[str, str]] = []
    for verb in VERBS:
        guesses.extend(
            [
                (verb, form)
                for form, said in zip(("past", "pp"), VERBS[verb], strict=False)
                if said == word
            ]
        )
    for ending, name in (("ing", "ing"), ("ed", "past"), ("es", "s"), ("s", "s")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            stems = (stem, stem + "e", stem[:-1])
            guesses.extend([(verb, name) for verb in stems if verb and word in verb_forms(verb)])
    return tuple(dict.fromkeys(guesses))
