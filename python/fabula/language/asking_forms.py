"""Questions that ask for more than what fills a gap: why, how somebody knows, what came of something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fabula.model.asked import Asked

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def special(reading: Reading) -> Asked | None:
    """What such a question asks for; None where it is a question of another form."""
    for form in FORMS:
        found = form(reading)
        if found is not None:
            return found
    return None


FORMS: tuple[Callable[[Reading], Asked | None], ...] = ()
