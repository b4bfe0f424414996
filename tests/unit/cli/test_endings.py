"""However the output is taken, a command ends with its exit code and without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TALE = "Anna is a woman in the inn. The inn is an inn.\n\n# One\n\n" + "Anna waits.\n\n" * 3_000
FABULA = [sys.executable, "-m", "fabula"]


@pytest.fixture
def tale(tmp_path: Path) -> str:
    path = tmp_path / "tale.md"
    path.write_text(TALE, encoding="utf-8")
    return str(path)


def test_who_has_read_enough_may_go(tale: str) -> None:
    with subprocess.Popen(
        [*FABULA, "run", tale], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.readline()
        command.stdout.close()
        said = command.stderr.read()
    assert (command.returncode, said) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell")
def test_nobody_listens(tale: str) -> None:
    command = ["sh", "-c", '"$@" >&-', "sh", *FABULA, "check", tale]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_named(tale: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FABULA, "run", tale], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"fabula: the output cannot be written: ")
    assert done.stderr.count(b"\n") == 1
