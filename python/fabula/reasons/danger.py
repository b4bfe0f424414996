"""Whether somebody is known for what he could do, by the library's word."""

from __future__ import annotations

from fabula.engine.stage import Deed, Stage
from fabula.model import formula as f


def dangerous(stage: Stage, foe: str, deed: Deed) -> bool:
    """Whether somebody is known for such deeds, by the library's word."""
    known = stage.compiled.state.definitions.get("is dangerous to")
    if known is None:
        return False
    for other in deed.args:
        if other == foe or other not in stage.model.world.things:
            continue
        binding: f.Binding = {known.letters[0]: f.Const(foe), known.letters[1]: f.Const(other)}
        if any(stage.evaluate(f.substitute(body, binding)) is True for body in known.bodies):
            return True
    return False
