"""Names of stories as identifiers of the notation: each has one of its own, from which its words can be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fabula.formats.sabre.names import RESERVED
from fabula.model.planning import BOOLEAN, CHARACTER, ENTITY, NUMBER

TAKEN = frozenset({BOOLEAN, NUMBER, CHARACTER, ENTITY, *RESERVED})


@dataclass(slots=True)
class Spelling:
    """The identifiers given so far; types and entities share one set, everything else has its own."""

    given: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)

    def of(self, sort: str, name: str, words: str = "") -> str:
        """The identifier of a name of a sort: "thing", "kind", "variable", or "named"."""
        known = self.given.get((sort, name))
        if known is None:
            space = "world" if sort in ("thing", "kind") else sort
            taken = self.taken.setdefault(space, set(TAKEN))
            words = words or (name.replace("'", "1") if sort == "variable" else name)
            plain = _capitals(words) if sort == "thing" else _underscores(words)
            known, number = plain, 2
            while known in taken:
                known, number = f"{plain}_{number}", number + 1
            taken.add(known)
            self.given[sort, name] = known
        return known


def _pieces(words: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['\u2019]", "", words)) or ["x"]


def _underscores(words: str) -> str:
    found = "_".join(_pieces(words))
    return found if not found[0].isdigit() else f"n_{found}"


def _capitals(words: str) -> str:
    found = "".join(piece[0].upper() + piece[1:] for piece in _pieces(words))
    if found[0].isdigit():
        return f"N{found}"
    # a single capital is a rule's letter
    return f"{found}_" if len(found) == 1 else found
