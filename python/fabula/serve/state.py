"""What the server remembers from one start to the next: a token and a port for each folder, and where journals lie."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

TOKEN_BYTES = 32


def state_folder() -> Path:
    """Where the server keeps things: the user's state folder, or FABULA_STATE."""
    given = os.environ.get("FABULA_STATE")
    if given:
        return Path(given)
    from platformdirs import user_state_path

    return user_state_path("fabula", appauthor=False)


def data_folder() -> Path:
    """Where the copy of Desperado lies that a first-time visitor gets: the user's documents, or FABULA_STORIES."""
    given = os.environ.get("FABULA_STORIES")
    if given:
        return Path(given)
    from platformdirs import user_documents_path

    return user_documents_path() / "Fabula"


class Kept:
    """What is kept for one served folder (and story, where only one is served)."""

    def __init__(self, root: Path, only: str | None, base: Path | None = None) -> None:
        name = f"{root}\0{only or ''}".encode("utf-8", "surrogateescape")
        self.folder = (base or state_folder()) / "served" / hashlib.sha256(name).hexdigest()[:24]
        # journals are of the folder alone: its files are the same however it was opened
        whole = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self.journals = (base or state_folder()) / "journals" / whole
        for folder in (self.folder, self.journals):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def token(self) -> str:
        """The token of this folder's address: the same after a restart, so that an open page can come back."""
        known = self._read("token")
        if known is not None and len(known) >= TOKEN_BYTES and known.isascii():
            return known
        made = secrets.token_urlsafe(TOKEN_BYTES)
        self._write("token", made)
        return made

    def port(self) -> int | None:
        """The port of the last time."""
        known = self._read("port")
        return (
            int(known) if known is not None and known.isdecimal() and int(known) < 65536 else None
        )

    def keep_port(self, port: int) -> None:
        """Remember a port."""
        with contextlib.suppress(OSError):
            self._write("port", str(port))

    def _read(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None

    def _write(self, name: str, text: str) -> None:
        """Write whole, and readable by the user alone (mkstemp's mode is 600)."""
        handle, temporary = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(self.folder / name)
