"""All kinds of problems, by hand: a kind that is not listed here does not exist."""

from __future__ import annotations

from fabula.problems import (
    ambiguous_pronoun,
    backward_range,
    cannot_read,
    circular_type,
    clashing_declarations,
    clashing_effects,
    clashing_rules,
    defined_twice,
    empty_file,
    endless_triggers,
    missing_path,
    no_assignment,
    no_story,
    no_such_property,
    not_text,
    odd_letter,
    pronoun_without_candidate,
    stray_character,
    stray_citation,
    too_deep,
    too_nested,
    undefined_name,
    unexpected_symbol,
    unfinished_quote,
    unknown_adjective,
    unknown_citation,
    unknown_kind,
    unknown_name,
    unknown_verb,
    unopened_file,
    unread_notation,
    unrunnable_problem,
    wrong_kind,
    wrong_type,
)
from fabula.problems.problem import ProblemKind

KINDS: tuple[ProblemKind, ...] = (
    missing_path.KIND,
    empty_file.KIND,
    not_text.KIND,
    no_story.KIND,
    too_deep.KIND,
    unopened_file.KIND,
    cannot_read.KIND,
    unknown_citation.KIND,
    stray_citation.KIND,
    unfinished_quote.KIND,
    backward_range.KIND,
    unknown_verb.KIND,
    unknown_name.KIND,
    unknown_kind.KIND,
    unknown_adjective.KIND,
    wrong_kind.KIND,
    unread_notation.KIND,
    odd_letter.KIND,
    ambiguous_pronoun.KIND,
    pronoun_without_candidate.KIND,
    clashing_declarations.KIND,
    clashing_rules.KIND,
    endless_triggers.KIND,
    unexpected_symbol.KIND,
    stray_character.KIND,
    undefined_name.KIND,
    defined_twice.KIND,
    wrong_type.KIND,
    no_such_property.KIND,
    clashing_effects.KIND,
    no_assignment.KIND,
    circular_type.KIND,
    too_nested.KIND,
    unrunnable_problem.KIND,
)


def kind_of(code: str) -> ProblemKind | None:
    """Return the kind with this code or name, in any case, or None."""
    wanted = code.casefold()
    return next((kind for kind in KINDS if wanted in (kind.code.casefold(), kind.name)), None)
