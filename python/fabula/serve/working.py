"""The worker's process: one Desk, asked one thing after the other, so that the server itself never waits for a story.

`python -m fabula.serve.working MODULE:CLASS STORY ROOT` reads requests {"do", "with"} and answers {"result"} or {"error"}.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

from fabula.serve.frames import framed, next_of

REST = 2.0  # seconds
MANY, MOST = 30, 200  # answers
ASKED = ("results", "picture", "world", "ask", "repairs", "report")


def main(desk: str, story: str, root: str) -> None:
    """Answer until nobody asks any more: the server has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which lets us finish
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed does not come between
    module, _, name = desk.partition(":")
    made: Any = None
    gc.disable()  # to search what a story is made of takes as long as to run it: that is done while nobody types
    answered = 0
    while True:
        answered = 0 if _rested(answered) else answered + 1
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


def _rested(answered: int) -> bool:
    """Collect garbage, where there may be much and no request comes for a while; after very many, in any case."""
    if answered < MANY:
        return False
    if answered < MOST:
        if os.name != "posix":  # pipes cannot be waited for
            return False
        if select.select([sys.stdin.buffer], [], [], REST)[0]:
            return False
    gc.collect()
    return True


if __name__ == "__main__":
    main(*sys.argv[1:4])
