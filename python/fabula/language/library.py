"""The compiled library: read from its Markdown files once, then kept in a cache that cannot be stale."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from pathlib import Path

from fabula import storage
from fabula.language.core import core
from fabula.language.reading import Reader
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
        return _checked(storage.loaded(name))
    except storage.UNREADABLE:
        state = compile_library()
        if name == f"library-{fingerprint()}.pickle" and _code() == _LOADED:
            storage.keep(name, storage.pickled(state), "library-*.pickle")
        return state


def _checked(state: object) -> State:
    if not isinstance(state, State):
        raise pickle.UnpicklingError("not a compiled library")
    return state
