"""Which nouns can stand where: alone, behind another noun, or only with an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def cannot_stand(p: Parser, at: int, nouns: frozenset[int]) -> bool:
    """Whether a noun can only belong to the word before it: one thing that is counted, with no article of its own."""
    if at not in nouns:
        return False
    entry = p.tokens[at].entry
    return (
        entry is not None
        and bool(entry.noun)
        and not (entry.plural or entry.name or entry.verbs or entry.relation)
        and entry.noun not in p.lexicon.uncounted
    )


def may_be_done(p: Parser, at: int) -> bool:
    """Whether a noun behind another is likelier what that does: "the door stands open", "the guards watch"."""
    before, noun = p.tokens[at - 1].entry, p.tokens[at].entry
    if before is None or noun is None or not before.noun:
        return False
    forms = {form for _, form in noun.verbs}
    return ("base" if before.plural else "s") in forms


def wants_article(p: Parser, at: int) -> bool:
    """Whether a noun can only stand here because what is before it says whose it is."""
    token = p.token(at)
    entry = token.entry if token is not None else None
    state = p.fitting.state if p.fitting is not None else None
    people = entry is not None and bool(
        entry.relation or (entry.noun and state is not None and state.kind_is(entry.noun, PERSON))
    )
    if people and not is_noun(p, at + 1):
        return True  # "tells her children": nobody tells children to her
    if entry is None or not entry.noun or entry.plural or entry.verbs or is_noun(p, at + 1):
        return False
    return entry.noun not in p.lexicon.uncounted


def is_noun(p: Parser, at: int) -> bool:
    """Whether a word is a noun that names a kind."""
    token = p.token(at)
    return token is not None and token.entry is not None and bool(token.entry.noun)
