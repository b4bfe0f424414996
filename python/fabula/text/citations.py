"""What stands in square brackets after a sentence: sources, stretches, and findings allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fabula.text.source import Allow

_ID = r"[A-Za-z]{0,3}\d+(?:\.\d+)*[a-z]?"
_IDS = re.compile(_ID)
_STRETCH = re.compile(rf"({_ID})\s*(?:[-\u2013]\s*({_ID}))?")
_ALLOW = re.compile(r"allow\s+([A-Z]\d{3}|[a-z]+(?:-[a-z]+)+)\s*:\s*(\S.*)", re.DOTALL)
_COVERS = re.compile(r"covers\s+")


@dataclass(slots=True)
class Citations:
    """What the brackets of one sentence say, gathered."""

    citations: list[str] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    allows: list[Allow] = field(default_factory=list)

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
                covers.append(f"{stretch[1]}-{stretch[2]}" if stretch[2] else stretch[1])
            elif not covering and _IDS.fullmatch(words):
                citations.append(words)
            else:
                return False
        self.citations += citations
        self.covers += covers
        return True
