"""Whether somebody is known for what he could do, by the library's words."""

from __future__ import annotations

from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f

# definitions of the library
DANGEROUS, HARMLESS, POWERLESS = "is dangerous to", "is at the mercy of", "is in the power of"


def dangerous(stage: Stage, foe: str, deed: Deed) -> bool:
    """Whether somebody is known for such deeds, and nothing keeps him from them."""
    return any(
        _defined(stage, DANGEROUS, foe, other) and not _defined(stage, HARMLESS, foe, other)
        for other in deed.args
        if other != foe and other in stage.model.world.things
    )


def overpowered(stage: Stage, one: str, other: str) -> bool:
    """Whether somebody is held, threatened or surrounded by another, or by those who work for him."""
    return _defined(stage, POWERLESS, one, other)


def _defined(stage: Stage, words: str, one: str, other: str) -> bool:
    known = stage.compiled.state.definitions.get(words)
    if known is None:
        return False
    binding: f.Binding = {known.letters[0]: f.Const(one), known.letters[1]: f.Const(other)}
    return any(stage.evaluate(f.substitute(body, binding)) is True for body in known.bodies)
