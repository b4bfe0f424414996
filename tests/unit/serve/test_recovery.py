"""The command itself, in a process of its own: killed in the middle of writing, and ended in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

from tests.unit.serve.serving import CHECKOUT, Page

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed by signals")


@contextmanager
def command(state: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`fabula serve`, killed at the end whatever comes."""
    known = {
        "FABULA_STATE": str(state),
        "FABULA_STORIES": str(state / "own"),
        "PYTHONUNBUFFERED": "1",
    }
    found = subprocess.Popen(
        [sys.executable, "-m", "fabula", "serve", "--no-open", *arguments],
        env={**os.environ, **known},
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield found
    finally:
        found.kill()
        found.communicate()


def address(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The port and the token of the address that is printed."""
    assert process.stdout is not None
    parts = urlsplit(process.stdout.readline().strip())
    assert parts.hostname == "127.0.0.1"
    assert parts.port is not None
    return parts.port, parse_qs(parts.query)["token"][0]


def test_a_server_that_is_killed_has_lost_nothing_that_it_confirmed(
    root: Path, state: Path
) -> None:
    with command(state, str(root)) as process:
        port, token = address(process)
        with Page(port, token) as page:
            session, client = page.hello["session"], page.client
            page.open("gifts.md")
            for count in range(60):
                page.write("gifts.md", page.texts["gifts.md"] + f"Word {count}.\n")
            for count in range(40):  # these are on their way
                text = page.texts["gifts.md"]
                page.send("gifts.md", text + f"Late {count}.\n")
                if count == 30:
                    process.send_signal(signal.SIGKILL)
                try:
                    while page.texts["gifts.md"] == text:
                        page.next()
                except ConnectionClosed:
                    break
            process.wait(5)
            confirmed, known = page.texts["gifts.md"], page.hashes["gifts.md"]
            unconfirmed = confirmed + "Typed while nobody was there.\n"
    with command(state, str(root)) as process:
        assert address(process) == (port, token)
        with Page(port, token) as page:
            assert page.hello["session"] != session
            page.open("gifts.md")
            assert page.texts["gifts.md"].startswith(confirmed)
            page.say("resume", file="gifts.md", hash=known, text=unconfirmed, client=client)
            assert page.until("doc")["text"] == unconfirmed
            while page.until("saved")["version"] != page.versions["gifts.md"]:
                pass
            assert (root / "gifts.md").read_text() == unconfirmed


def test_ctrl_c_saves_and_ends(root: Path, state: Path) -> None:
    with command(state, str(root / "gifts.md")) as process:
        port, token = address(process)
        with Page(port, token) as page:
            assert page.hello["open"] == "gifts.md"
            page.open("gifts.md")
            page.write("gifts.md", "Last words.\n")
            process.send_signal(signal.SIGINT)
            assert process.wait(8) == 0
        assert (root / "gifts.md").read_text() == "Last words.\n"
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_a_port_in_use_and_a_folder_in_use_are_told(root: Path, state: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with command(state, str(root), "--port", str(taken.getsockname()[1])) as process:
            _, said = process.communicate(timeout=10)
            assert process.returncode == 2
            assert "is in use: give another one with --port" in said
    with command(state, str(root)) as process:
        address(process)
        with command(state, str(root)) as second:
            _, said = second.communicate(timeout=10)
            assert second.returncode == 2
            assert "served already" in said


def test_a_visitor_without_a_story_gets_a_copy_of_desperado(state: Path) -> None:
    for first in (True, False):
        with command(state) as process:
            port, token = address(process)
            with Page(port, token) as page:
                assert page.hello["tour"] is first
                assert page.hello["open"] == "desperado"
                assert page.hello["stories"][0]["title"] == "Desperado"
    own = state / "own" / "desperado"
    names = sorted(path.name for path in (CHECKOUT / "stories" / "desperado").glob("*.md"))
    assert sorted(path.name for path in own.iterdir()) == names
    assert not any(path.is_symlink() for path in own.iterdir())


def test_what_is_no_story_is_told(root: Path, state: Path) -> None:
    (root / "notes.txt").write_text("x")
    (root / "a:b.md").write_text("x")
    for name in ("none.md", "notes.txt", "a:b.md"):
        with command(state, str(root / name)) as process:
            _, said = process.communicate(timeout=10)
            assert process.returncode == 2
            assert name in said
            assert "Traceback" not in said


def test_desperado_in_the_package_is_the_one_of_the_stories() -> None:
    packed = CHECKOUT / "python" / "fabula" / "serve" / "desperado"
    story = CHECKOUT / "stories" / "desperado"
    assert {f.name: f.read_bytes() for f in packed.glob("*.md")} == {
        f.name: f.read_bytes() for f in story.glob("*.md")
    }
