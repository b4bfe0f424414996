"""Questions that ask for more than what fills a gap: why, how somebody knows, what came of something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fabula.model.asked import Asked
from fabula.model.world import PLACE

if TYPE_CHECKING:
    from fabula.language.asking import Reading


def special(reading: Reading) -> Asked | None:
    """What such a question asks for; None where it is a question of another form."""
    for form in FORMS:
        found = form(reading)
        if found is not None:
            return found
    return None


def _way(reading: Reading) -> Asked | None:
    """ "How does one get from the hall to the cellar?", "What is the way from A to B?"."""
    words = [t.lower for t in reading.tokens]
    if "from" not in words or "to" not in words[words.index("from") :]:
        return None
    start = words.index("from")
    if words[0] != "how" and "way" not in words[:start]:
        return None
    end = start + words[start:].index("to")
    places = reading.tokens[start + 1 : end], reading.tokens[end + 1 :]
    one, other = (reading.named(tokens, PLACE) for tokens in places)
    if one is None or other is None:
        return None
    return Asked("way", "", term=one, other=other)


FORMS: tuple[Callable[[Reading], Asked | None], ...] = (_way,)
