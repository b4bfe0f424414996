"""The compiled library: read from its Markdown files once, then kept in a cache that cannot be stale."""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import io
import os
import pickle
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fabula.language.reading import Reader, core
from fabula.language.state import State
from fabula.model.sharing import Sharing

PACKAGE = Path(__file__).resolve().parent.parent


def library_files() -> list[Path]:
    """The library's files in reading order."""
    return sorted((PACKAGE / "library").glob("*.md"))


def _digest(paths: Iterable[Path], start: bytes = b"") -> bytes:
    digest = hashlib.blake2b(start, digest_size=16)
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _code() -> bytes:
    folders = ("text", "problems", "model", "language", "language/words")
    return _digest(p for folder in folders for p in sorted((PACKAGE / folder).glob("*.py")))


# The code as it was when this process loaded it: should it change on disk meanwhile, what this process makes is not
# what the new code would make.
_LOADED = _code()


def fingerprint() -> str:
    """A digest of everything that the compiled library depends on: its files, and the code that reads them."""
    return _digest(library_files(), _LOADED).hex()


def cache_folder() -> Path:
    """Where compiled libraries are kept: the user's cache, or FABULA_CACHE."""
    given = os.environ.get("FABULA_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "fabula"


def compile_library() -> State:
    """Reads the library's files; its problems, if any, are in the state."""
    from fabula.text.files import read_text
    from fabula.text.reading import parse_markdown

    reader = Reader()
    core(reader.state)
    reader.read_library([parse_markdown(read_text(path), path.name) for path in library_files()])
    _share(reader.state)
    return reader.state


def _share(state: State) -> None:
    """Keeps what rules have in common once: it is loaded, and compiled for the kernel, once."""
    one = Sharing().of
    for action in state.world.actions.values():
        action.params, action.needs, action.effects = one(
            (action.params, action.needs, action.effects)
        )
        action.agreed, action.observes = one((action.agreed, action.observes))
    state.world.triggers[:] = [one(trigger) for trigger in state.world.triggers]
    for definition in state.definitions.values():
        definition.bodies[:] = [one(body) for body in definition.bodies]


def load_library() -> State:
    """A fresh state that knows the library's words and nothing else."""
    name = f"library-{fingerprint()}.pickle"
    try:
        path = cache_folder() / name
        return _unpickled(path.read_bytes())
    except (
        OSError,
        RuntimeError,
        pickle.PickleError,
        EOFError,
        AttributeError,
        ImportError,
        IndexError,
        TypeError,
        ValueError,
    ):
        state = compile_library()
        if name == f"library-{fingerprint()}.pickle" and _code() == _LOADED:
            _keep(name, state)
        return state


def _unpickled(data: bytes) -> State:
    """The state; collecting garbage in between would take as long again, and there is none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _checked(pickle.loads(data))
    finally:
        if collecting:
            gc.enable()


def _checked(state: object) -> State:
    if not isinstance(state, State):
        raise pickle.UnpicklingError("not a compiled library")
    return state


class _Pickler(pickle.Pickler):
    """Writes frozen dataclasses as calls of their class, which are read back twice as fast as their state is set."""

    def reducer_override(self, found: object) -> Any:
        kind = type(found)
        frozen = getattr(kind, "__dataclass_params__", None)
        if kind.__module__.startswith("fabula.") and frozen is not None and frozen.frozen:
            given = (f.name for f in dataclasses.fields(found) if f.init)  # type: ignore[arg-type]
            return kind, tuple(getattr(found, name) for name in given)
        return NotImplemented


def _pickled(state: State) -> bytes:
    data = io.BytesIO()
    _Pickler(data, protocol=pickle.HIGHEST_PROTOCOL).dump(state)
    return data.getvalue()


def _keep(name: str, state: State) -> None:
    """Writes the cache atomically; a place that cannot be written to is no error."""
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        data = _pickled(state)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(folder / name)
        for old in folder.glob("library-*.pickle"):
            if old.name != name:
                old.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return
