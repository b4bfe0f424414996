"""Runs kept on disk: a story of which nothing has changed since is not read and run again to look at it."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

from fabula import _core, storage
from fabula.engine.observers import Observers
from fabula.engine.runner import Runner
from fabula.language.library import PACKAGE, fingerprint
from fabula.language.state import State
from fabula.model.story import StoryModel
from fabula.problems import TextError
from fabula.text.files import files_of_story

MOST_KEPT = 8
MOST_STEPS = 5_000
"""Of longer stories, the run takes more of the disk than it saves of time."""

Kept = tuple[StoryModel, State, Runner]


def name_of(path: str | Path) -> str | None:
    """Under which name the run of a story is kept: it tells every byte that the run depends on; None for no story."""
    digest = hashlib.blake2b(f"{sys.version} {path} {fingerprint()}".encode(), digest_size=16)
    for code in ("", "engine", "formats", "formats/sabre"):
        for file in sorted((PACKAGE / code).glob("*.py")):
            digest.update(file.read_bytes())
    for kernel in PACKAGE.glob("_core*"):
        digest.update(f"{kernel.name} {kernel.stat().st_size} {kernel.stat().st_mtime_ns}".encode())
    try:
        for file in files_of_story(Path(path)):
            digest.update(f"{file} {file.stat().st_size} ".encode())
            digest.update(file.read_bytes())
    except (OSError, TextError):
        return None
    return f"run-{digest.hexdigest()}.pickle"


def kept(name: str) -> Kept | None:
    """The story and run that are kept under a name, if they are."""
    try:
        match storage.loaded(name):
            case (StoryModel() as model, State() as state, Runner() as runner):
                storage.used(name)
                return model, state, runner
    except storage.UNREADABLE:
        pass
    return None


def keep(name: str, run: Kept) -> None:
    """Keeps a run, with what was worked out of people's minds so far; that it cannot be kept is no error."""
    if len(run[0].steps) > MOST_STEPS:
        return
    try:
        data = storage.pickled(run, _Pickler)
    except storage.UNREADABLE:
        return
    storage.keep(name, data, "run-*.pickle", MOST_KEPT)


class _Pickler(storage.Pickler):
    def reducer_override(self, found: object) -> Any:
        match found:
            case _core.Timeline():
                return _core.Timeline.restored, (found.saved(),)
            case _core.Problem():
                return _core.Problem.restored, (found.saved(),)
            case Observers():
                # what it has made is kept by the identity of formulas, which is another each time
                return Observers, (found.numbers,)
        return super().reducer_override(found)
