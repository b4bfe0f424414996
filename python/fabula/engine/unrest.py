"""What the kernel refuses while a story runs, as problems of the text: rules without end, rules that clash."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from fabula import _core
from fabula.model import formula as f
from fabula.model.story import StoryModel
from fabula.model.world import Trigger
from fabula.problems import Problem, TextError
from fabula.problems.clashing_rules import clashing_rules
from fabula.problems.endless_triggers import endless_triggers
from fabula.text.span import Span

T = TypeVar("T")


def as_problem(model: StoryModel, error: _core.CoreError) -> TextError:
    """The problem of a run that the kernel ended, at the rules it names."""
    if not isinstance(error, _core.RestlessError | _core.ClashError):
        raise error
    return TextError(_problem(model, str(error), isinstance(error, _core.RestlessError)))


def in_words(method: Callable[..., T]) -> Callable[..., T]:
    """Make what the kernel refuses when a mind is looked into a problem of the text; ``self.run`` or ``self`` is the run."""

    @wraps(method)
    def asked(self: Any, *args: Any, **named: Any) -> T:
        try:
            return method(self, *args, **named)
        except _core.CoreError as error:
            raise as_problem(getattr(self, "run", self).model, error) from error

    return asked


def _problem(model: StoryModel, text: str, restless: bool) -> Problem:
    named = [t for t in model.world.triggers if t.text and t.text in text]
    first = next((t for t in named if t.file in model.files), named[0] if named else None)
    span = _span(first, model)
    if restless:
        return endless_triggers(span, tuple(dict.fromkeys(t.text for t in named)) or (text,))
    rivals = _rivals(model, first)
    reason = (
        re.sub(r"^.*? (gives two different values)", r"together they give \1", text)
        if rivals is None
        else ("both come about at once, and only one of the two can be")
    )
    return clashing_rules(
        span, first.text if first else "an act", _span(rivals or first, model), reason
    )


def _rivals(model: StoryModel, one: Trigger | None) -> Trigger | None:
    """Another rule of the story that sets the same property to another value."""
    if one is None:
        return None
    mine = {e.fluent: e.value for e in one.effects if isinstance(e, f.Assign)}
    for other in model.world.triggers:
        if other is not one and any(
            mine.get(e.fluent, e.value) != e.value for e in other.effects if isinstance(e, f.Assign)
        ):
            return other
    return None


def _span(rule: Trigger | None, model: StoryModel) -> Span:
    if rule is None:
        return Span(model.files[0] if model.files else "", 1, 1, 0)
    return Span(rule.file, rule.line, 1, len(rule.text))
