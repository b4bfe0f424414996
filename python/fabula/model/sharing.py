"""Equal parts kept once: rules repeat each other (who sees what), and what is one object is kept and compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, Generic, TypeVar, cast

from fabula.records import is_frozen

T = TypeVar("T")


class Remembered(Generic[T]):
    """What was made of some objects, for as long as these very objects are asked about; of so many at most.

    It is for what is never changed in place and shared by all that reads on from one library.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        # the objects are kept, so that no other comes to have the number of one of them
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], T]] = {}

    def of(self, parts: Iterable[object], make: Callable[[], T]) -> T:
        """What ``make`` gave for these objects when they were asked about first."""
        objects = tuple(parts)
        key = tuple(map(id, objects))
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            known = self._kept[key] = objects, make()
        return known[1]


class Sharing:
    """Gives one object for all equal values made of tuples and frozen dataclasses."""

    def __init__(self) -> None:
        # A part is known by its type and the identity of its own parts, which are kept here: True is not 1.0.
        self._kept: dict[tuple[object, ...], object] = {}
        self._names: dict[type, tuple[str, ...] | None] = {}

    def of(self, value: T) -> T:
        """The one object that equals ``value``."""
        kind = type(value)
        if kind is tuple:
            made = tuple([self.of(part) for part in cast("tuple[object, ...]", value)])
            return cast(T, self._kept.setdefault((kind, *map(id, made)), made))
        names = self._fields(kind)
        if names is not None:
            parts = [self.of(getattr(value, name)) for name in names]
            key = (kind, *map(id, parts))
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = cast(Any, kind)(*parts)
            return cast(T, found)
        if kind in (str, bool, int, float, type(None)):
            return cast(T, self._kept.setdefault((kind, value), value))
        return value

    def _fields(self, kind: type) -> tuple[str, ...] | None:
        """The fields of a frozen dataclass; None for every other type."""
        if kind not in self._names:
            frozen = is_frozen(kind)
            self._names[kind] = tuple(f.name for f in fields(kind) if f.init) if frozen else None
        return self._names[kind]
