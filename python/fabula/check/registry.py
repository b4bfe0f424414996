"""All rules, by hand: a rule that is not listed here does not exist."""

from __future__ import annotations

from fabula.check import (
    acts_after_death,
    against_knowledge,
    against_want,
    cannot_know,
    contradicted_fact,
    contradicted_span,
    contradicted_time_word,
    elsewhere,
    idle_allowance,
    leaked_secret,
    names_stranger,
    no_reason,
    no_way,
    not_at_hand,
    not_free,
    out_of_sight,
    own_condition,
    stated_reason,
    tells_unknown,
)
from fabula.check.rule import Rule

RULES: tuple[Rule, ...] = (
    acts_after_death.RULE,
    elsewhere.RULE,
    not_at_hand.RULE,
    not_free.RULE,
    out_of_sight.RULE,
    no_way.RULE,
    own_condition.RULE,
    contradicted_fact.RULE,
    contradicted_time_word.RULE,
    contradicted_span.RULE,
    idle_allowance.RULE,
    cannot_know.RULE,
    tells_unknown.RULE,
    names_stranger.RULE,
    against_knowledge.RULE,
    leaked_secret.RULE,
    against_want.RULE,
    no_reason.RULE,
    stated_reason.RULE,
)


def rule_of(code: str) -> Rule | None:
    """The rule with this code or name, in any case, or None."""
    wanted = code.casefold()
    return next((rule for rule in RULES if wanted in (rule.code.casefold(), rule.name)), None)
