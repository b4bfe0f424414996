"""The cache on disk: what takes time to make and can be made again is kept there, and a fault there is none."""

from __future__ import annotations

import dataclasses
import gc
import io
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any

from fabula.records import is_frozen

UNREADABLE = (
    OSError,
    RuntimeError,
    pickle.PickleError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)
"""What reading something back raises that was written by another version, or was damaged."""


def cache_folder() -> Path:
    """Where compiled libraries are kept: the user's cache, or FABULA_CACHE."""
    given = os.environ.get("FABULA_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "fabula"


class Pickler(pickle.Pickler):
    """Writes frozen dataclasses as calls of their class, which are read back twice as fast as their state is set."""

    def reducer_override(self, found: object) -> Any:
        """How an object is written, where not as any other."""
        kind = type(found)
        if kind.__module__.startswith("fabula.") and is_frozen(kind):
            given = (f.name for f in dataclasses.fields(found) if f.init)  # type: ignore[arg-type]
            return kind, tuple(getattr(found, name) for name in given)
        return NotImplemented


def pickled(found: object, pickler: type[Pickler] = Pickler) -> bytes:
    """An object as bytes."""
    data = io.BytesIO()
    pickler(data, protocol=pickle.HIGHEST_PROTOCOL).dump(found)
    return data.getvalue()


def loaded(name: str) -> object:
    """What is kept under a name; raises one of UNREADABLE.

    Collecting garbage in between would take as long again, and there is none.
    """
    data = (cache_folder() / name).read_bytes()
    collecting = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(data)
    finally:
        if collecting:
            gc.enable()


def keep(name: str, data: bytes, alike: str, most: int = 1) -> None:
    """Writes bytes under a name, atomically, and removes the oldest of those alike; that it cannot be is no error."""
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(folder / name)
        others = [old for old in folder.glob(alike) if old.name != name]
        for old in sorted(others, key=_used)[: max(0, len(others) + 1 - most)]:
            old.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def used(name: str) -> None:
    """Notes that something kept was of use: it goes later than others."""
    try:
        os.utime(cache_folder() / name)
    except (OSError, RuntimeError):
        return
