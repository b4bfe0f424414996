"""What is left out because it was said before: "he says that he does not", "she does not know"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.lexicon import Frame
from fabula.language.renaming import rename
from fabula.language.state import Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import PERSON
from fabula.problems.cannot_read import cannot_read

if TYPE_CHECKING:
    from fabula.language.clauses import Parser
    from fabula.language.state import Context

# For so many sentences what was asked is still what somebody "does not know".
RECENT = 3
SAME = "@same"
_FRAME = Frame("do", "X", (), SAME, text="X does")
_AUXILIARIES = frozenset("do does did have has had is are was were".split()) | closed.MODALS.keys()
_CLOSING = frozenset({"and", "but", "or", "because", "if", "unless", "when", "before", "after"})


def ends(p: Parser, at: int) -> bool:
    """Whether a clause may end here."""
    return at >= p.size or p.kind(at) == "punct" or p.low(at) in _CLOSING


def left_out(p: Parser, at: int, base: x.Clause) -> x.Clause | None:
    """A clause of which nothing but subject and auxiliary is said, and where it ends is told by ``verb_at``."""
    if p.rule_text or p.low(at) not in _AUXILIARIES:
        return None
    negated = p.low(at + 1) == "not"
    end = at + 2 if negated else at + 1
    if not ends(p, end):
        return None
    return x.Clause(
        base.subject, _FRAME, verb_at=at, negated=negated, strength=base.strength, tense="now"
    )


def formula(ctx: Context, clause: x.Clause) -> f.Formula:
    """What was told last, or has just happened, said of the subject."""
    from fabula.language import contents, logic

    subject = logic.subject_of(ctx, clause)
    said = contents.said_before(ctx, clause.verb_at).formula or f.TRUE
    return logic.distribute([subject], lambda ts: _said_of(ctx, said, ts[0]))


def _said_of(ctx: Context, formula: f.Formula, who: f.Term) -> f.Formula:
    """The same of somebody else: he takes the place of whoever it was said of."""
    old = _whom(ctx, formula)
    if old is None or who in _terms(formula) or not isinstance(who, f.Const):
        return formula
    return rename(formula, old.thing, who.thing)


def _whom(ctx: Context, formula: f.Formula) -> f.Const | None:
    return next(
        (
            term
            for term in _terms(formula)
            if isinstance(term, f.Const) and ctx.state.is_a(term.thing, PERSON)
        ),
        None,
    )


def _terms(formula: f.Formula) -> list[f.Term]:
    match formula:
        case f.Equals(f.Value(_, args), _):
            return list(args)
        case f.Within(inner, outer):
            return [inner, outer]
        case f.Believes(who, _):
            return [who]
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            return _terms(body)
        case f.And(parts) | f.Or(parts):
            return [term for part in parts for term in _terms(part)]
    return []


def known(ctx: Context, who: r.Ref, at: int) -> f.Formula:
    """ "She does not know.": the answer to what was asked last, or what was told."""
    from fabula.language import attitudes, logic

    told, sentence = ctx.state.discourse.told
    recent = told and sentence >= ctx.state.discourse.sentence - RECENT
    content = ctx.state.world.contents[told] if recent else None
    if content is None:
        raise Unreadable(
            cannot_read(ctx.span(max(0, at - 1)), ctx.sentence.text, expected=("what is known",))
        )
    said = content.formula
    if content.mode != "question" and said is not None:
        return logic.distribute([who], lambda ts: f.Believes(ts[0], said))
    if content.asked is not None:
        term = content.asked
        return logic.distribute([who], lambda ts: f.Believes(ts[0], f.Known(term)))
    if said is None:
        return f.TRUE
    return logic.distribute([who], lambda ts: f.Believes(ts[0], attitudes.whether(said)))
