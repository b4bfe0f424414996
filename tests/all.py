"""Runs every check and test of the project, Rust and Python: the README's second command.

A plain script and not a task runner's file, because it must run where only Python and cargo are.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable

# (group, what it is, command)
STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("lint", "Rust format", ("cargo", "fmt", "--all", "--check")),
    (
        "lint",
        "Rust lints",
        ("cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"),
    ),
    ("lint", "Python format", (PYTHON, "-m", "ruff", "format", "--check")),
    ("lint", "Python lints", (PYTHON, "-m", "ruff", "check")),
    ("lint", "Python types", (PYTHON, "-m", "mypy")),
    (
        "lint",
        "types of the extension",
        (PYTHON, "-m", "mypy.stubtest", "fabula._core", "--ignore-missing-stub"),
    ),
    ("page", "the page", (PYTHON, "tests/web.py")),
    ("test", "Rust tests", ("cargo", "test", "--workspace", "--locked", "--quiet")),
    ("test", "Python tests", (PYTHON, "-m", "pytest", "-n", "auto")),
)


def main() -> int:
    """Run the steps (all, or one group), go on after a failure, and return 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted({group for group, _, _ in STEPS}))
    only = parser.parse_args().only
    # pyo3's tests link against the interpreter that runs this; the compiled library is the tests' own.
    cache = str(ROOT / "target" / "library")
    environment = {**os.environ, "PYO3_PYTHON": PYTHON, "FABULA_CACHE": cache}
    failed: list[str] = []
    for group, name, command in STEPS:
        if only not in (None, group):
            continue
        print(f"== {name}", flush=True)
        start = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        verdict = "ok" if code == 0 else "FAILED"
        print(f"   {verdict} ({time.monotonic() - start:.1f} s)", flush=True)
        if code != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
