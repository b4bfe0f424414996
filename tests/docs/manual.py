"""The examples of the manual: what stands in its fences, and what the program says to them.

- ``story``: a story that is read in full and has no findings. After a fence ``story world`` its text stands
  before every later one of the page. ``story NAME.md`` is also written to a file for the commands below it.
- ``fabula``: a planning problem that can be read and run; ``fabula NAME.txt`` is also written to a file, and with
  ``misread`` behind that it has slips in it.
- ``unread``: every line alone, after the page's world, is a problem.
- ``console``: commands (``$ fabula …``) and exactly what they print; a line ``…`` stands for any lines.
- ``python``: a doctest where it has prompts.

``python -m tests.docs.manual`` writes what the commands print now into the console fences.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
CUT = "…"


@dataclass(frozen=True)
class Fence:
    """One fence of a page: its kind and name, its text, the page's world, and the files named above it."""

    page: Path
    line: int
    kind: str
    name: str
    text: str
    world: str
    files: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def fences(page: Path) -> list[Fence]:
    """The fences of a page, in order."""
    found: list[Fence] = []
    world = ""
    files: list[tuple[str, str]] = []
    lines: list[str] | None = None
    info, start = "", 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("```"):
            if lines is not None:
                lines.append(line)
        elif lines is None:
            info, start, lines = line[3:].strip(), number, []
        else:
            kind, _, name = info.partition(" ")
            text = "\n".join(lines) + "\n"
            found.append(Fence(page, start, kind, name, text, world, tuple(files)))
            if kind == "story" and name == "world":
                world = text
            elif kind in ("story", "fabula") and name:
                files.append((name.split()[0], text))
            lines = None
    return found


def commands(text: str) -> list[tuple[str, list[str]]]:
    """(command, the lines it prints) of a console fence."""
    found: list[tuple[str, list[str]]] = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def printed(command: str) -> list[str]:
    """The lines that a fabula command prints, problems first."""
    from fabula.cli import main

    words = shlex.split(command, comments=True)
    assert words[0] == "fabula", command
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        contextlib.suppress(SystemExit),
    ):
        main(words[1:])
    return out.getvalue().rstrip("\n").splitlines()


def fits(expected: list[str], actual: list[str]) -> bool:
    """Whether these lines are those, a line ``…`` standing for any number of them."""
    if not expected:
        return not actual
    if expected[0].strip() == CUT:
        return any(fits(expected[1:], actual[at:]) for at in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and fits(expected[1:], actual[1:])


@contextlib.contextmanager
def place_for(fence: Fence) -> Iterator[None]:
    """The folder a fence's commands run in: the repository for the README, else one with the page's files."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in fence.files:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        os.chdir(folder if fence.files else ROOT)
        try:
            yield
        finally:
            os.chdir(before)


def shortened(expected: list[str], actual: list[str]) -> list[str]:
    """What a command prints now, cut where the page cuts it: of its lines those most like the page's."""
    if not any(line.strip() == CUT for line in expected):
        return actual
    found: list[str] = []
    at = 0
    for line in expected:
        if line.strip() == CUT:
            found.append(line)
            continue
        like = difflib.get_close_matches(line, actual[at:], n=1, cutoff=0.3)
        if like:
            at = actual.index(like[0], at) + 1
            found.append(like[0])
    return found


def refreshed(page: Path) -> str:
    """The text of a page with what its commands print now."""
    text = page.read_text(encoding="utf-8")
    for fence in fences(page):
        if fence.kind != "console":
            continue
        lines: list[str] = []
        with place_for(fence):
            for command, expected in commands(fence.text):
                actual = printed(command)
                now = expected if fits(expected, actual) else shortened(expected, actual)
                lines += [f"$ {command}", *now]
        text = text.replace(
            f"```console\n{fence.text}```", "```console\n" + "\n".join(lines) + "\n```"
        )
    return text


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(refreshed(path), encoding="utf-8")
