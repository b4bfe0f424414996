"""What was parsed of a question: its tree, kept for questions of the same shape, and what in it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fabula.language import ellipsis, nouns
from fabula.language import syntax as x
from fabula.language.inversion import Tokens
from fabula.language.lexer import Token
from fabula.language.moments import MEASURED
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.asked import Asked


@dataclass(slots=True)
class Parsed:
    """A question in plain order that could be parsed: whose minds it looks into, and what it asks there."""

    minds: list[tuple[x.NP, Tokens]]
    question: x.Question
    tokens: Tokens
    count: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed question about other tokens of the same shape: each by its place, or as itself where it was put in."""

    minds: tuple[tuple[x.NP, tuple[int | Token, ...]], ...]
    question: x.Question
    tokens: tuple[int | Token, ...]
    count: bool

    @classmethod
    def of(cls, parsed: Parsed, tokens: Tokens) -> Draft:
        """What of a parsed question does not depend on who is named in it."""
        places = {id(token): at for at, token in enumerate(tokens)}

        def drafted(some: Tokens) -> tuple[int | Token, ...]:
            return tuple(places.get(id(token), token) for token in some)

        minds = tuple((np, drafted(rest)) for np, rest in parsed.minds)
        return cls(minds, parsed.question, drafted(parsed.tokens), parsed.count)

    def parsed(self, tokens: Tokens) -> Parsed:
        """The same about these tokens."""

        def filled(some: tuple[int | Token, ...]) -> Tokens:
            return [tokens[one] if isinstance(one, int) else one for one in some]

        minds = [(np, filled(rest)) for np, rest in self.minds]
        return Parsed(minds, self.question, filled(self.tokens), self.count)


def asks(question: x.Question, tokens: Tokens) -> bool:
    """Whether something is left open in a question that asks who, what or which."""
    if question.clause is not None and question.clause.frame is not None:
        if question.clause.frame.action == ellipsis.SAME:
            return False  # "Is Bill in the school?" is whole, and no "Bill in the school is, too"
    if question.clause is None or question.word not in ("who", "what", "which"):
        return True
    if isinstance(question.np, x.Described) and question.np.det == "the":
        return False  # "what the key is in" does not ask which key is in
    if isinstance(question.np, x.Described) and question.np.noun is not None:
        token = tokens[question.np.noun]
        capital = token.text[:1].isupper()
        if capital and not question.np.det and token.entry is not None and token.entry.name:
            return False  # "What was Bill given?" asks for no bill
    if isinstance(question.np, x.Named):
        # "What did Ann give Ben?" does not ask which Ann did; "which guns" are any, not "the guns"
        return False
    return has_gap(question.clause)


def of_relatives(ctx: Context, q: x.Question) -> x.Question:
    """ "How many brothers does Ben have?" asks who Ben's brothers are."""
    clause, np = q.clause, q.np
    if clause is None or clause.frame is None or clause.frame.action != "@have":
        return q
    if not isinstance(np, x.Described) or not nouns.is_relative(ctx, np):
        return q
    if not isinstance(dict(clause.roles).get("Y"), x.Gap):
        return q
    said = x.Complement(np=replace(np, det="", owner=clause.subject))
    return x.Question(
        "who", replace(clause, subject=x.Gap(), frame=None, roles=(), complement=said)
    )


def of_the_past(q: x.Question) -> bool:
    """Whether it is asked what has ever been so, or who knows that it was: "Who has been in the inn?"."""
    clause = q.clause
    if clause is None:
        return False
    if clause.frame is not None and clause.frame.action in ("@know-that", "@believe"):
        said = dict(clause.roles).get("C")
        past = isinstance(said, x.Clause) and said.tense in ("past", "perfect")
        return isinstance(said, x.Clause) and past and not said.negated and _is_state(said)
    return clause.tense == "perfect" and not clause.modal and _is_state(clause)


def was_so(q: x.Question) -> bool:
    """Whether it is asked of the past how something was: "What was in the box?", of a box that is empty by now."""
    clause = q.clause
    if clause is None or clause.tense != "past" or clause.negated:
        return False
    minded = clause.frame is not None and clause.frame.action in ("@know-that", "@believe")
    return _is_state(clause) or minded


def _is_state(clause: x.Clause) -> bool:
    """Whether a clause says how something is, and not what is done."""
    frame = clause.frame
    return frame is None or frame.action == "@have" or bool(frame.fluent and not frame.action)


def placed(part: object) -> bool:
    """Whether a word that may say when says where: "who stood before the king"."""
    match part:
        case x.Phrase(preposition=preposition):
            return preposition in MEASURED
        case x.Question(clause=clause) if clause is not None:
            return placed(clause)
        case x.Complement(place=place):
            return placed(place)
        case x.Clause():
            fillers = (part.complement, *(filler for _, filler in part.roles), *part.places)
            return any(placed(filler) for filler in fillers)
    return False


def has_gap(part: object) -> bool:
    """Whether a part of a tree has the gap that is asked for."""
    match part:
        case x.Gap():
            return True
        case x.Phrase(np=np):
            return has_gap(np)
        case x.Clauses(items) | x.Several(items):
            return any(has_gap(item) for item in items)
        case x.Question(clause=clause):
            return has_gap(clause)
        case x.Described(owner=owner, of=of, places=places):
            return any(has_gap(p) for p in (owner, of, *places))
        case x.Complement(adjectives=adjectives, np=np, place=place, clause=clause):
            return any(has_gap(p) for p in (np, place, clause, *(p for _, p in adjectives)))
        case x.Clause():
            parts = (
                part.subject,
                part.complement,
                part.instrument,
                part.together,
                *(filler for _, filler in part.roles),
                *part.places,
                *part.sources,
            )
            return any(has_gap(p) for p in parts)
    return False


def whereabouts(body: f.Formula, var: f.Var) -> Asked | None:
    """ "where she will look for it", which is where she believes that it is: where something is, in a mind."""
    match body:
        case f.Believes(f.Const(who), inner):
            found = whereabouts(inner, var)
            return replace(found, minds=(who, *found.minds)) if found is not None else None
        case f.Within(thing, outer) if outer == var:
            return Asked("where", "", term=thing)
    return None


def indefinite(np: x.NP) -> x.NP:
    """The noun that is asked for ("which red hat"), as what somebody or something may be."""
    return replace(np, det="a") if isinstance(np, x.Described) else np
