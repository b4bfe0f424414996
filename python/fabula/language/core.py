"""The few words that the engine itself gives meaning to, before any library is read."""

from __future__ import annotations

from fabula.language import attitudes
from fabula.language.state import State
from fabula.model.world import (
    ENCLOSURE,
    LOCATION,
    PERSON,
    SURROUNDINGS,
    THING,
    VIEW,
    WHO,
    Fluent,
)


def core(state: State) -> None:
    """The few kinds and fluents that the engine itself gives meaning to."""
    for name, parents in (
        ("thing", ()),
        ("person", ("thing",)),
        ("group", ("person",)),
        ("place", ("thing",)),
        ("spot", ("place",)),
        ("content", ()),
        ("description", ("thing",)),
    ):
        state.add_kind(name, parents, {"person": "people"}.get(name))
    state.add_fluent(Fluent(LOCATION, (THING,), THING, form="core"))
    state.add_fluent(Fluent("place of", (THING,), "place", form="core"))
    for derived in (SURROUNDINGS, VIEW, ENCLOSURE):
        state.add_fluent(Fluent(derived, (THING,), "place", form="core", positive=derived))
        state.lexicon.add_relation((derived,), derived)
    state.add_fluent(Fluent(WHO, ("description",), PERSON, form="core", public=True))
    state.add_fluent(
        Fluent("want", (PERSON, "content"), default=False, form="core", positive="want")
    )
    attitudes.add_builtins(state.lexicon)
