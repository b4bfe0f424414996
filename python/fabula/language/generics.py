"""What is said of a kind as a whole: "Mice are afraid of wolves." is so of every mouse and every wolf."""

from __future__ import annotations

from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context


def of_all(ctx: Context, clause: x.Clause) -> x.Clause:
    """A clause about a bare plural, of what its things are like, as one about every thing of the kind."""
    if clause.tense != "now" or clause.modal or not _bare(ctx, clause.subject):
        return clause
    if clause.frame is None:
        said = clause.complement
        if said is None or not said.adjectives:
            return clause
        adjectives = tuple((at, _phrase_of_all(ctx, phrase)) for at, phrase in said.adjectives)
        return replace(
            clause,
            subject=_every(clause.subject),
            complement=replace(said, adjectives=adjectives),
        )
    if not clause.frame.fluent:
        return clause
    roles = tuple((role, _every(np) if _bare(ctx, np) else np) for role, np in clause.roles)
    return replace(clause, subject=_every(clause.subject), roles=roles)


def _bare(ctx: Context, np: object) -> bool:
    """Whether a noun phrase is a plural without anything: no group that was introduced is meant by it."""
    if not isinstance(np, x.Described) or np.det or np.noun is None or np.count is not None:
        return False
    if np.words or np.places or np.relative is not None or np.owner is not None:
        return False
    entry = ctx.tokens[np.noun].entry
    if entry is None or entry.noun is None or entry.name is not None:
        return False
    # of "sheep" the plural is the same
    return entry.plural or entry.noun in ctx.state.lexicon.unchanged


def _every(np: object) -> x.Universal:
    assert isinstance(np, x.Described)
    return x.Universal("every", np.noun, adjectives=np.adjectives, at=np.at)


def _phrase_of_all(ctx: Context, phrase: x.Phrase | None) -> x.Phrase | None:
    if phrase is None or not _bare(ctx, phrase.np):
        return phrase
    return replace(phrase, np=_every(phrase.np))
