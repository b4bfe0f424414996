"""States that are said with a participle and a content: "A person can be asked Q by a person."."""

from __future__ import annotations

import re

from fabula.language import morphology
from fabula.language.lexicon import Frame, Slot
from fabula.language.state import State
from fabula.model.world import PERSON, THING, Fluent


def article_kind(state: State, words: str) -> str | None:
    """The kind of "a person" or "one person", or None."""
    m = re.match(r"^(?:a|an|one|another)\s+(.+)$", words.strip())
    if not m:
        return None
    found = state.lexicon.nouns.get(tuple(m.group(1).lower().split(" ")))
    return found[0] if found else None


def declare(state: State, kind: str, rest: str) -> bool:
    """ "asked Q by a person": a state said with a participle and a content."""
    m = re.match(
        r"^(?P<verb>[a-z]+)(?P<mid>(?: (?:that|to|from))?(?: (?:[CQA]|an? [a-z ]+?))?(?: from an? [a-z]+)?)(?: (?P<prep>by) (?P<by>an? .+))?$",
        rest,
    )
    if m is None:
        return False
    content = re.search(r"\b([CQA])\b", m["mid"])
    if content is None and m["by"] is None:
        return False
    base = _base_of_participle(m["verb"])
    if base is None or (content is None and m["mid"].strip() == ""):
        return False
    places: list[str] = ["subject"]
    params: list[str] = [kind]
    kinds: tuple[str, ...] = ()
    if content is not None:
        places.append(content.group(1))
        params.append("content")
        kinds = (content.group(1),)
    else:
        source = re.match(r"^(?: (?P<prep>from))? (?P<np>an? .+?)$", m["mid"])
        if source is not None:
            other = article_kind(state, source["np"]) or THING
            params.append(other)
            places.append(source["prep"] or "np")
    if m["by"]:
        params.append(article_kind(state, m["by"]) or PERSON)
        places.append("by")
    ident = f"{m['verb']} {' '.join(kinds)}".strip()
    state.add_fluent(
        Fluent(ident, tuple(params), default=False, positive=m["verb"], form="standing")
    )
    state.standing[(base, kinds)] = (ident, tuple(places))
    if base not in state.lexicon.frames or not any(
        kinds == tuple(s.kind for s in fr.slots if s.kind in "CQAW")
        for fr in state.lexicon.frames[base]
    ):
        # the participle can be read before a rule says what the act is
        slots = [Slot("np", "Y")]
        for place in places[1:]:
            if place in ("C", "Q", "A"):
                slots.append(Slot(place, place))
            elif place == "np":
                slots.append(Slot("np", "Z"))
            elif place != "by":
                slots[0] = Slot("np", "Y")
                slots.append(Slot("prep", "Z", (place,)))
        state.add_frame(
            Frame(base, "X", tuple(slots), text=f"X {base} Y {' '.join(kinds)}".strip())
        )
    return True


def _base_of_participle(word: str) -> str | None:
    bases = [
        b
        for b, form in morphology.base_forms(word)
        if form in ("pp", "past") and morphology.participle(b) == word
    ]
    if len(bases) > 1 and word.endswith("ed") and word[-3] in "scvzgu" and word[-4:-2] != "ss":
        # "promised" is of "promise"
        return next((b for b in bases if b.endswith("e")), bases[0])
    return bases[0] if bases else None
