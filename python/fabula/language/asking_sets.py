"""Questions that compare sets: who has more than another or the most, neither this nor that, which of several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import renaming
from fabula.language.lexer import Token, tokenize, word_like
from fabula.language.state import State, Unreadable
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def without_of(tokens: list[Token]) -> list[Token]:
    """ "Which of the men are dead?", "How many of the men …": which men, how many men."""
    words = [t.lower for t in tokens]
    for start in (("which",), ("how", "many"), ("who",)):
        size = len(start)
        if (
            tuple(words[:size]) != start
            or words[size : size + 1] != ["of"]
            or len(words) < size + 3
        ):
            continue
        if words[size + 1] in words_of.THE:
            lead = [word_like("which", tokens[0])] if start == ("who",) else tokens[:size]
            return [*lead, *tokens[size + 2 :]]
    return tokens


def without_there(state: State, tokens: list[Token]) -> list[Token]:
    """ "How many men are there in the inn?", "… in the story": how many men are in the inn, and how many that is told of."""
    words = [t.lower for t in tokens]
    if words[-3:] == ["in", "the", "story"] and ("story",) not in state.lexicon.names:
        tokens, words = tokens[:-3], words[:-3]
    if words[:2] != ["how", "many"] or "there" not in words:
        return tokens
    at = words.index("there")
    if words[at - 1] not in words_of.BE:
        return tokens
    return [*tokens[:at], *tokens[at + 1 :]]


def existing(reading: Reading) -> Asked | None:
    """ "How many men are (there)?": all that are told of."""
    tokens = reading.tokens
    if [t.lower for t in tokens[:2]] != ["how", "many"] or tokens[-1].lower not in words_of.BE:
        return None
    entry = reading.kind_named(tokens[2:-1])
    if entry is None:
        return None
    var = f.Var("_any")
    return Asked("which", "", f.IsKind(var, entry), var.name, entry, count=True)


def neither(reading: Reading) -> Asked | None:
    """ "Who is neither dead nor at the ranch?": of whom neither of two things is so."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if "neither" not in words or "nor" not in words[words.index("neither") :]:
        return None
    at, second = words.index("neither"), words.index("nor")
    lead = tokens[:at]
    one = reading.general([*lead, *tokens[at + 1 : second]])
    try:
        other = reading.general([*lead, *tokens[second + 1 :]])
    except Unreadable:
        # "Who neither has the map nor is he in the hold?" puts the verb first: what asks is only the first word
        other = reading.general([*tokens[:1], *tokens[second + 1 :]])
    if one.form != other.form or one.form not in ("which", "whether") or one.minds or other.minds:
        return None
    both = [one.formula, f.substitute(other.formula, {other.var: f.Var(one.var)})]
    kinds: list[f.Formula] = []
    denied: list[f.Formula] = []
    for formula in both:
        parts = f.conjuncts(formula)
        kinds.extend(p for p in parts if isinstance(p, f.IsKind) and p not in kinds)
        denied.append(f.negated(f.conjunction([p for p in parts if not isinstance(p, f.IsKind)])))
    return Asked(
        one.form,
        "",
        f.conjunction([*denied, *kinds]),
        one.var,
        one.kind,
        moment=other.moment,
        count=one.count,
    )


def compared(reading: Reading) -> Asked | None:
    """ "Who has more guns than Ann?", "Who killed the most men?": by how many there are for each."""
    if reading.tokens[0].lower != "who":
        return None
    for tokens, cut in reading.cuts(reading.tokens):
        found = _compared(reading, tokens)
        if found is not None:
            return replace(found, moment=reading.moment(cut))
    return None


def _compared(reading: Reading, tokens: list[Token]) -> Asked | None:
    words = [t.lower for t in tokens]
    at = next((n for n, word in enumerate(words) if word in words_of.COMPARED), 0)
    if at < 2:
        return None
    most = words[at] in words_of.MOST
    if most != (words[at - 1] == "the"):
        return None
    verb, rest, than = tokens[1 : at - most], tokens[at + 1 :], None
    if not most:
        if "than" not in words[at:]:
            return None
        end = words.index("than", at)
        rest, than = tokens[at + 1 : end], reading.named(tokens[end + 1 :], PERSON)
        if than is None:
            return None
    stranger = renaming.stranger(reading.state, tokens, than)
    if stranger is None or not rest or not verb:
        return None
    # how many there are is asked of a stranger first, who then makes way for everybody
    asking = [word_like("how", tokens[0]), word_like("many", tokens[0]), *rest]
    name = tokenize(stranger.label, reading.state.lexicon)
    counted = reading.counted(asking, [*name, *verb])
    if counted is None:
        return None
    var = f.Var("_whoever")
    formula = renaming.rename(counted.formula, stranger.id, var)
    return replace(
        counted, form="compared", formula=formula, sort=words[at], term=var, other=than, count=False
    )
