"""A Desk that knows no story: it counts lines, and does on demand what a real one should never do."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Desk:
    def __init__(self, story: str, root: Path) -> None:
        self.story, self.root = story, root
        self.texts: Mapping[str, str] = {}

    def results(
        self, texts: Mapping[str, str], versions: Mapping[str, int], revision: int
    ) -> dict[str, Any]:
        self.texts = texts
        whole = "\n".join(texts.values())
        if "please die" in whole:
            os._exit(3)
        if "please fail" in whole:
            raise ValueError("broken")
        if "please take long" in whole:
            time.sleep(0.3)
        print("what a library prints does not come between")  # noqa: T201
        events = [{"n": n, "text": line} for n, line in enumerate(whole.split("\n"), 1)]
        return {
            "type": "results",
            "story": self.story,
            "revision": revision,
            "versions": dict(versions),
            "events": events,
            "findings": [],
            "words": None,
            "counts": {"events": len(events)},
        }

    def picture(self, look: Mapping[str, Any]) -> dict[str, Any]:
        count = sum(text.count("\n") for text in self.texts.values())
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>t</title><desc>d</desc><text>{count}</text><text>{_chosen(look)}</text></svg>'
        return {"as": look["tab"], "svg": svg, "title": "t", "description": "d"}

    def world(self, after: int | None, eyes: Sequence[str]) -> dict[str, Any]:
        return {"after": after, "eyes": list(eyes), "facts": [f"{len(self.texts)} files"]}

    def ask(self, question: str, after: int | None) -> dict[str, Any]:
        return {
            "question": question,
            "answer": question.upper(),
            "after": after,
            "because": [],
            "certain": True,
        }

    def repairs(self, finding: int) -> dict[str, Any]:
        time.sleep(20 if finding == 99 else 0)
        return {"finding": finding, "repairs": []}

    def report(self) -> str:
        return "<!doctype html><title>report</title>" + "".join(self.texts.values())


def _chosen(look: Mapping[str, Any]) -> str:
    return " ".join(str(look[name]) for name in ("people", "start", "end", "fact", "eyes"))
