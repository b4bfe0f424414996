"""What stands in square brackets after a sentence: sources, stretches, and findings allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fabula.text.source import Allow

_ID = r"[A-Za-z]{0,3}\d+(?:\.\d+)*[a-z]?"
_IDS = re.compile(_ID)
_STRETCH = re.compile(rf"({_ID})\s*(?:[-\u2013]\s*({_ID}))?")
_ALLOW = re.compile(r"allow\s+([A-Z]\d{3}|[a-z]+(?:-[a-z]+)+)\s*:\s*(\S.*)", re.DOTALL)
_PARTS = re.compile(r"([A-Za-z]{0,3})(\d+(?:\.\d+)*)([a-z]?)")
_COVERS = re.compile(r"covers\s+")


@dataclass(slots=True)
class Citations:
    """What the brackets of one sentence say, gathered."""

    citations: list[str] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    allows: list[Allow] = field(default_factory=list)
    backward: tuple[str, str] | None = None  # the ends of a stretch that was written backward

    def add(self, content: str) -> bool:
        """Take in the content of one pair of brackets; return whether it has a known form."""
        content = content.strip()
        if (allow := _ALLOW.fullmatch(content)) is not None:
            self.allows.append(Allow(allow[1], " ".join(allow[2].split())))
            return True
        citations: list[str] = []
        covers: list[str] = []
        covering = False
        for item in re.split(r"[;,]", content):
            words = item.strip()
            if (begins := _COVERS.match(words)) is not None:
                covering, words = True, words[begins.end() :]
            if covering and (stretch := _STRETCH.fullmatch(words)) is not None:
                if stretch[2] and is_before(stretch[2], stretch[1]):
                    self.backward = (stretch[2], stretch[1])
                    continue
                covers.append(f"{stretch[1]}-{stretch[2]}" if stretch[2] else stretch[1])
            elif not covering and _IDS.fullmatch(words):
                citations.append(words)
            else:
                return False
        self.citations += citations
        self.covers += covers
        return True


def _parts(cited: str) -> tuple[str, tuple[int, ...], str] | None:
    """An id as what it is ordered by: its letters, its numbers, the letter behind them."""
    match = _PARTS.fullmatch(cited)
    if match is None:
        return None
    return match[1].casefold(), tuple(int(n) for n in match[2].split(".")), match[3]


def is_before(one: str, other: str) -> bool:
    """Whether an id comes before another of its series: 6.9 before 6.10; ids of two series have no order."""
    a, b = _parts(one), _parts(other)
    return a is not None and b is not None and a[0] == b[0] and a[1:] < b[1:]


def covered(cited: str, stretch: str) -> bool:
    """Whether a single id lies in what [covers …] names: "6.25" in "6.20-6.30", or is it."""
    found = _STRETCH.fullmatch(stretch)
    if found is None or found[2] is None:
        return cited == stretch
    first, last = _parts(found[1]), _parts(found[2])
    parts = _parts(cited)
    if first is None or last is None or parts is None:
        return False
    return first[0] == parts[0] == last[0] and first[1:] <= parts[1:] <= last[1:]
