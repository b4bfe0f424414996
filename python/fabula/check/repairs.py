"""What would mend a finding, in a sentence: the fact that is missing before it, or what to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.check.wording import actual
from fabula.language.say import fact_words
from fabula.model import formula as f
from fabula.model.world import DERIVED, LOCATION

if TYPE_CHECKING:
    from fabula.check.case import Case
    from fabula.check.possible import Trouble
    from fabula.engine.records import ClaimRecord, Literal


def told_before(words: str) -> str:
    """That the story has to tell first what makes something so."""
    return f"tell before it how it comes that {words}"


def needed(case: Case, trouble: Trouble) -> str | None:
    """What has to become so before an event, where a fact is at fault."""
    literal, other = trouble.literal, trouble.other
    if literal.op == "holds":
        return None
    if literal.fluent == "alive" and literal.needed is True:
        return _before_death(case, literal)
    if other is not None and literal.op != "within" and literal.fluent in DERIVED | {LOCATION}:
        both = sorted((literal.args[0], other), key=lambda one: not case.is_person(one))
        return f"tell before it how {case.words(both[0])} and {case.words(both[1])} come together"
    if isinstance(literal.actual, bool):
        return told_before(otherwise(case, literal, trouble.group))
    return told_before(literal.text) if literal.text else None


def _before_death(case: Case, literal: Literal) -> str:
    record = case.record_at(literal.cause)
    before = f", or let it come before event {case.n(record)}" if record is not None else ""
    return f"let somebody else take the part{before}"


def otherwise(case: Case, literal: Literal, group: tuple[str, ...] = ()) -> str:
    """The opposite of what is so."""
    return fact_words(case.state, f.negated(actual(case, literal, group)))


def learned(case: Case, person: str, formula: f.Formula) -> str:
    """That somebody has to learn something first."""
    verb = "learn" if case.world.things[person].plural else "learns"
    return f"tell before it how {case.words(person)} {verb} that {fact_words(case.state, formula)}"


def stated(case: Case, record: ClaimRecord) -> str:
    """That a statement has to become so first, or to go."""
    return f"{told_before(fact_words(case.state, record.stated.formula))}, or take it back"
