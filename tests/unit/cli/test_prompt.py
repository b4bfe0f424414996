"""`fabula ask STORY` without a question, at a terminal: history, completion, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from fabula.cli.prompt import Names

STORY = """\
# The hall

The hall is a room. Anna is a woman in the hall. Ben is a man in the hall.
The brass lantern is a lantern. Anna has the brass lantern. Anna's car is a car in the hall.

# The evening

Anna gives the brass lantern to Ben.
"""
PATIENCE = 60.0


class Terminal:
    """A session in a terminal of its own: what is typed, and what has come on the screen since."""

    def __init__(self, path: Path) -> None:
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm"
            os.execv(sys.executable, [sys.executable, "-m", "fabula", "ask", str(path)])
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))

    def until(self, words: str) -> str:
        """What comes on the screen until some words do; fails where they never come."""
        found, end = "", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    came = os.read(self.screen, 65536)
                except OSError:
                    break
                if not came:
                    break
                if b"\x1b[6n" in came:
                    os.write(self.screen, b"\x1b[1;1R")  # where the cursor is
                found += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", came.decode("utf-8", "replace"))
            if words in found:
                return found
        raise AssertionError(f"{words!r} did not come: {found!r}")

    def answer(self, words: str) -> None:
        """Waits for an answer, and for being asked again: what is typed before that is lost."""
        if "?" not in self.until(words).split(words)[-1]:
            self.until("?")

    def type(self, keys: str) -> None:
        """Presses keys."""
        os.write(self.screen, keys.encode())

    def ended(self) -> int:
        """The exit code, when the session has come to its end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    os.read(self.screen, 65536)
                except OSError:
                    time.sleep(0.1)
        raise AssertionError("it does not end")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    path = tmp_path / "hall.md"
    path.write_text(STORY, encoding="utf-8")
    found = Terminal(path)
    found.answer("ends it.")
    return found


def test_a_question_is_answered_and_an_empty_line_ends(terminal: Terminal) -> None:
    terminal.type("Who has the brass lantern?\r")
    terminal.answer("Ben.")
    terminal.type("\r")
    assert terminal.ended() == 0


def test_what_cannot_be_read_is_said_and_the_next_question_answered(terminal: Terminal) -> None:
    terminal.type("Blah blah flim?\r")
    terminal.answer('blah" is not known')
    terminal.type("Where is Anna?\r")
    terminal.answer("In the hall.")
    terminal.type("\x04")
    assert terminal.ended() == 0


def test_the_question_before_is_at_hand(terminal: Terminal) -> None:
    terminal.type("Where is Anna?\r")
    terminal.answer("In the hall.")
    terminal.type("\x1b[A\r")
    terminal.answer("In the hall.")
    terminal.type("quit\r")
    assert terminal.ended() == 0


def test_ctrl_c_gives_up_the_line_alone(terminal: Terminal) -> None:
    terminal.type("Where is B")
    terminal.until("Where is B")
    terminal.type("\x03")
    terminal.until("?")
    terminal.type("Who has the brass lantern?\r")
    terminal.answer("Ben.")
    terminal.type("\x04")
    assert terminal.ended() == 0


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Where is Be", ["Ben"]),
        ("Who has the brass l", ["brass lantern"]),
        ("Where is Anna's c", ["Anna's car"]),
        ("Wher", ["Where"]),
        ("Where is Zo", []),
    ],
)
def test_names_are_completed_as_one(typed: str, completed: list[str]) -> None:
    names = Names(["Anna", "Anna's car", "Ben", "brass lantern"])
    found = names.get_completions(Document(typed), CompleteEvent())
    assert [one.text for one in found] == completed
