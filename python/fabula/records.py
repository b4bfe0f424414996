"""Dataclasses that are made fast: what is declared frozen is held to that by the type checker, and not at run time.

A frozen dataclass sets each field through `object.__setattr__`, which takes more than twice as long; reading makes
hundreds of thousands of them. Everything else is as `dataclasses` has it, equality and hash too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING


def is_frozen(kind: type) -> bool:
    """Whether objects of a class stay as they were made."""
    own = vars(kind)
    params = own.get("__dataclass_params__")
    return params is not None and bool(own.get("__frozen__", params.frozen))


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from dataclasses import dataclass as made

    def dataclass(cls=None, /, *, frozen=False, **given):
        """As `dataclasses.dataclass`; ``frozen`` gives a class its hash, and leaves its fields as they are set."""
        if cls is None:
            return lambda found: dataclass(found, frozen=frozen, **given)
        if frozen and given.get("eq", True) and "__hash__" not in vars(cls):
            given = {**given, "unsafe_hash": True}
        found = made(cls, **given)
        found.__frozen__ = frozen
        return found


__all__ = ["dataclass", "is_frozen"]
