"""Questions that ask who saw something happen, and who was there when it did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import logic
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.asking import Reading
    from fabula.language.lexer import Token


def witnesses(reading: Reading) -> Asked | None:
    """ "Who saw Ann take the key?", "Did Ben see Ann leave?": by what they took in, where no act of seeing is told."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] == "who" and len(words) > 4:
        start, who, anybody = 1, None, False
    elif words[0] in words_of.DO:
        start = next((n for n in range(2, len(tokens)) if _sees(tokens[n])), 0)
        anybody = start == 2 and words[1] in words_of.ANYONE
        who = reading.named(tokens[1:start], PERSON) if start and not anybody else None
        if who is None and not anybody:
            return None
    else:
        return None
    if words[start] in words_of.DO and who is None:
        return None
    sort = "any" if anybody else ""
    if not _sees(tokens[start]):
        return None
    said = tokens[start + 1 :]
    deed = _done(reading, said[1:] if said and said[0].lower == "that" else said)
    if deed is None:
        return None
    seen = Asked("witness", "", deed, term=who, sort=sort)
    try:
        return replace(reading.general(tokens), instead=seen)
    except Unreadable:
        return seen


def there(reading: Reading) -> Asked | None:
    """ "Who was there when Ann left?", "Who was present at the wedding?": who was where it happened."""
    tokens = reading.tokens
    words = [t.lower for t in tokens]
    if words[0] != "who" or len(words) < 5 or words[1] not in words_of.BE:
        return None
    if words[2] not in words_of.PRESENT or words[3] not in words_of.WHEN_THERE:
        return None
    cut = next((c for rest, c in reading.cuts(tokens) if len(rest) == 3 and c is not None), None)
    return None if cut is None else Asked("there", "", kind=PERSON, moment=reading.moment(cut))


def _sees(token: Token) -> bool:
    verbs = token.entry.verbs if token.entry is not None else ()
    return any(verb in words_of.SEEING for verb, _ in verbs)


def _done(reading: Reading, tokens: list[Token]) -> f.Formula | None:
    """What "Ann take the key" or "Ann took the key" says was done."""
    from fabula.language import predicates

    parser = reading.parser(tokens)
    for np, end in parser.noun_phrase(0):
        for clause, stop in predicates.infinitive(parser, end):
            if stop == len(tokens) and clause.frame is not None:
                said = replace(clause, subject=np, tense="past")
                try:
                    return logic.clause_formula(reading.context(tokens), said)
                except Unreadable:
                    continue
    try:
        return reading.deed(tokens) or reading.clause(tokens)
    except Unreadable:
        return None
