"""Findings in words: what somebody cannot do, and what is so instead."""

from __future__ import annotations

import re

from fabula.check.case import Case
from fabula.engine.records import Literal
from fabula.language import morphology
from fabula.language.say import clause_parts, fact_words
from fabula.language.verbs_said import best_frame
from fabula.model import formula as f
from fabula.model.story import Everyone, Happening
from fabula.model.world import DERIVED, LOCATION

NOTHING = "nothing"


def joined(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def cannot(case: Case, event: Happening) -> str:
    """``Tom cannot open the box``."""
    subject, rest = _clause(case, event, "can", True)
    return f"{subject} {rest}"


def does(case: Case, event: Happening) -> str:
    """``Tom opens the box``."""
    subject, rest = _clause(case, event, "now", False)
    return f"{subject} {rest}"


def _clause(case: Case, event: Happening, tense: str, negated: bool) -> tuple[str, str]:
    roles: dict[str, f.Term] = {}
    for param, arg in zip(case.world.actions[event.action].params, event.args, strict=True):
        if arg == NOTHING:
            continue
        if isinstance(arg, Everyone):
            roles[param.name] = f.Var(
                "everyone and all" if arg.kind == "person" else f"every {arg.kind}"
            )
        elif isinstance(arg, tuple):
            roles[param.name] = f.Var(joined([case.words(a) for a in arg]))
        else:
            roles[param.name] = f.Const(arg)
    said = frozenset(re.findall(r"[a-z]+", event.words.casefold()))
    frame = best_frame(
        case.state,
        event.action,
        frozenset(roles),
        lambda one: not said.isdisjoint(_forms(one.verb)),
    )
    if frame is None:
        return "this", "cannot be" if negated else event.words
    subject, rest = clause_parts(case.state, frame, roles, tense, negated, dict(event.prepositions))
    if event.instrument and event.instrument not in event.args:
        rest = f"{rest} with {case.words(event.instrument)}"
    if negated:
        rest = rest.replace("can not ", "cannot ", 1)
    return subject, rest.replace("everyone and all", "everyone")


def _forms(verb: str) -> tuple[str, ...]:
    return verb, morphology.third_person(verb), morphology.past(verb), morphology.gerund(verb)


def knowing(case: Case, event: Happening, person: str) -> str:
    """``and``, with who it is that knows or cannot know, where the subject does not tell it."""
    return "and" if event.args and event.args[0] == person else f"and {case.words(person)}"


def so(case: Case, literal: Literal, group: tuple[str, ...] = ()) -> str:
    """What is so instead of what an event needs; ``group``: others of whom the same holds."""
    return fact_words(case.state, actual(case, literal, group))


def actual(case: Case, literal: Literal, group: tuple[str, ...] = ()) -> f.Formula:
    """What is so instead of a literal, as a formula."""
    names = [*literal.args]
    terms: list[f.Term] = [f.Const(n) for n in names]
    if group and terms:
        terms[-1 if len(terms) > 1 else 0] = f.Var(joined([case.words(g) for g in group]))
    if literal.op in ("is", "is not"):
        return (
            f.Not(f.IsKind(terms[0], str(literal.needed)))
            if literal.op == "is"
            else f.IsKind(terms[0], str(literal.needed))
        )
    value = literal.actual
    right: f.Term = (
        f.Const(value)
        if isinstance(value, str)
        else f.Lit(value if isinstance(value, bool | float) else None)
    )
    said: f.Formula
    if literal.fluent in DERIVED or literal.fluent == LOCATION:
        said = (
            f.Within(terms[0], right)
            if isinstance(right, f.Const)
            else f.Equals(f.Value(LOCATION, (terms[0],)), right)
        )
    else:
        said = f.Equals(f.Value(literal.fluent, tuple(terms)), right)
    for mind in reversed(literal.chain):
        said = f.Believes(f.Const(mind), said)
    return said
