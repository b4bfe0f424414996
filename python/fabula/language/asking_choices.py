"""Questions that name what may be the answer: "Is Ann alive or dead?", "Who left first, Ann or Ben?", "Which of Ann's sons …?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language.lexer import Token, word_like
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def either(reading: Reading) -> Asked | None:
    """ "Is Ann alive or dead?", "Is she in the inn or the barn?": which of the two."""
    tokens = reading.tokens
    if not reading.is_auxiliary(tokens[0]) or len(tokens) < 5:
        return None
    words = [t.lower for t in tokens]
    if "or" not in words or "either" in words or words[-1] == "not":
        return None
    at = words.index("or")
    first = _whether(reading, tokens[:at])
    if first is None:
        return None
    for start in range(at - 1, 1, -1):
        other = _whether(reading, [*tokens[:start], *tokens[at + 1 :]])
        if other is not None:
            said = [" ".join(t.text for t in part) for part in (tokens[start:at], tokens[at + 1 :])]
            return Asked("either", "", options=((said[0], first), (said[1], other)))
    return None


def _whether(reading: Reading, tokens: list[Token]) -> Asked | None:
    try:
        found = reading.general(tokens)
    except Unreadable:
        return None
    return found if found.form == "whether" else None


def choices(reading: Reading) -> Asked | None:
    """ "Who left first, Ann or Ben?": one of those who are named."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] not in ("who", "which", "what") or "," not in words or "or" not in words:
        return None
    comma = words.index(",")
    at = len(words) - 1 - words[::-1].index("or")
    if at < comma:
        return None
    named = [reading.named(tokens[comma + 1 : at]), reading.named(tokens[at + 1 :])]
    if any(one is None for one in named):
        return None
    found = reading.general(tokens[:comma])
    return replace(found, choices=tuple(one for one in named if one is not None))


def of_relatives(reading: Reading) -> Asked | None:
    """ "Which of Ann's sons are dead?", "How many of Ann's sons …?": who is her son, and of whom it is so."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    size = 2 if words[:2] == ["how", "many"] else 1
    if words[0] not in ("who", "which", "how") or words[size : size + 1] != ["of"]:
        return None
    own = next((n for n, t in enumerate(tokens) if t.kind == "own"), 0)
    entry = tokens[own + 1].entry if own and own + 2 < len(tokens) else None
    if entry is None or not entry.relation:
        return None
    who = word_like("who", tokens[0])
    verb = next(iter(words_of.BE))
    these = reading.general([who, word_like(verb, tokens[0]), *tokens[size + 1 : own + 2]])
    found = reading.general([who, *tokens[own + 2 :]])
    if these.form != "which" or found.form != "which":
        return None
    both = f.conjunction(
        [f.substitute(these.formula, {these.var: f.Var(found.var)}), found.formula]
    )
    return replace(found, formula=both, count=size == 2)
