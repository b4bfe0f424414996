"""Copies with some parts changed: what ``dataclasses.replace`` does, for the parser, which makes thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace
else:
    from dataclasses import fields
    from operator import attrgetter

    _MADE = {}

    def _parts(kind):
        """How the fields of a class with slots are read and set."""
        names = tuple(f.name for f in fields(kind) if f.init)
        if names != kind.__slots__ or len(names) < 2:
            msg = f"{kind.__name__} is no plain class with slots: use dataclasses.replace"
            raise TypeError(msg)
        setters = [getattr(kind, name).__set__ for name in names]
        return attrgetter(*names), setters, dict(zip(names, setters, strict=True))

    def replace(value, /, **changes):
        """A copy of a frozen dataclass with slots and two or more plain fields; its ``__init__`` is not run."""
        kind = value.__class__
        made = _MADE.get(kind)
        if made is None:
            made = _MADE[kind] = _parts(kind)
        read, setters, by_name = made
        copy = object.__new__(kind)
        for setter, part in zip(setters, read(value), strict=True):
            setter(copy, part)
        for name, part in changes.items():
            by_name[name](copy, part)
        return copy


__all__ = ["replace"]
