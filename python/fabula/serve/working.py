"""The worker's process: one Desk, asked one thing after the other, so that the server itself never waits for a story.

`python -m fabula.serve.working MODULE:CLASS STORY ROOT` reads requests {"do", "with"} and answers {"result"} or {"error"}.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from fabula.serve.frames import framed, next_of

ASKED = ("results", "picture", "world", "ask", "repairs", "report")


def main(desk: str, story: str, root: str) -> None:
    """Answer until nobody asks any more: the server has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which lets us finish
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed does not come between
    module, _, name = desk.partition(":")
    made: Any = None
    while True:
        try:
            request = next_of(sys.stdin.buffer)
        except EOFError:
            return
        try:
            if made is None:
                made = getattr(importlib.import_module(module), name)(story, Path(root))
            assert request["do"] in ASKED
            data = framed({"result": getattr(made, request["do"])(*request["with"])})
        except Exception as error:  # noqa: BLE001 (whatever is wrong with one story, the next is answered)
            if os.environ.get("FABULA_DEBUG"):
                sys.excepthook(type(error), error, error.__traceback__)
            reason = str(error).split("\n", 1)[0]
            data = framed({"error": f"{type(error).__name__}: {reason}"})
        answers.write(data)
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:4])
