"""What a story can be told with, in groups: verbs with their frames and meaning, kinds, properties, names."""

from __future__ import annotations

from fabula.language.state import State
from fabula.records import dataclass


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one sort, each with its forms or meaning."""

    name: str
    entries: tuple[tuple[str, str], ...]


def words(state: State) -> tuple[WordGroup, ...]:
    """All groups."""
    world = state.world
    verbs: list[tuple[str, str]] = []
    for action in world.actions.values():
        also = f" (also: {', '.join(action.also)})" if action.also else ""
        verbs.append((" / ".join(action.frames) + also, action.doc))
    verbs.sort()
    kinds = [
        (name, ", ".join(f"a kind of {p}" for p in kind.parents))
        for name, kind in sorted(world.kinds.items())
    ]
    properties: list[tuple[str, str]] = []
    relations: list[tuple[str, str]] = []
    for fluent in world.fluents.values():
        if fluent.form in ("core", "did") or ":" in fluent.id:
            continue
        opposite = f" or {fluent.negative}" if fluent.negative else ""
        if len(fluent.params) == 1 and fluent.form == "adjective":
            properties.append((f"{fluent.positive}{opposite}", f"of a {fluent.params[0]}"))
        else:
            relations.append(
                (f"{fluent.positive} {fluent.preposition}".strip(), " and ".join(fluent.params))
            )
    names = [
        (t.label, ", ".join((*t.kinds, *t.aliases)))
        for t in world.things.values()
        if t.line or t.proper
    ]
    return (
        WordGroup("verbs", tuple(verbs)),
        WordGroup("kinds", tuple(kinds)),
        WordGroup("properties", tuple(sorted(properties))),
        WordGroup("relations", tuple(sorted(relations))),
        WordGroup("names", tuple(names)),
    )
