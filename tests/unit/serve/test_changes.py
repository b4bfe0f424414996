"""Changes as the editor tells them, held against a plain list of code units."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.serve.changes import ChangeError, applied, between, joined, units

TEXTS = st.text(alphabet="ab\n é€😀𝒜", max_size=30)


def as_units(text: str) -> list[bytes]:
    wide = text.encode("utf-16-le")
    return [wide[at : at + 2] for at in range(0, len(wide), 2)]


def naive(text: str, changes: list[Any]) -> str:
    """One code unit after the other."""
    left, found = as_units(text), []
    for part in changes:
        count = part if isinstance(part, int) else part[0]
        taken = [left.pop(0) for _ in range(count)]
        found += taken if isinstance(part, int) else as_units("\n".join(part[1:]))
    assert not left
    return b"".join(found).decode("utf-16-le")


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """A text and a change of it that cuts between characters."""
    text = draw(TEXTS)
    changes: list[Any] = []
    at = 0
    while at < len(text):
        count = draw(st.integers(1, len(text) - at))
        size = units(text[at : at + count])
        put = draw(st.none() | TEXTS)
        if put is None:
            changes.append(size)
        else:
            changes.append([size, *put.split("\n")] if put else [size])
        at += count
    if draw(st.booleans()):
        changes.append([0, *draw(TEXTS).split("\n")])
    return text, changes


@given(changed())
def test_a_change_is_carried_out_as_one_unit_after_the_other(case: tuple[str, list[Any]]) -> None:
    text, changes = case
    assert applied(text, changes) == naive(text, changes)


@given(TEXTS, TEXTS)
def test_a_change_made_from_two_texts_leads_from_one_to_the_other(old: str, new: str) -> None:
    assert applied(old, between(old, new)) == new
    assert naive(old, between(old, new)) == new


@given(TEXTS, TEXTS, TEXTS)
def test_both_changes_are_kept_where_they_are_apart(base: str, start: str, end: str) -> None:
    middle = base + "<middle>" + base
    ours, theirs = start + middle[len(base) :], middle[: -len(base) or None] + end
    both = joined(middle, ours, theirs)
    assert both is None or both == start + "<middle>" + end or theirs == middle or ours == middle
    assert joined(middle, ours, middle) == ours
    assert joined(middle, middle, theirs) == theirs


def test_two_changes_of_one_place_are_not_joined() -> None:
    assert joined("Ann goes.", "Ben goes.", "Eve goes.") is None
    assert (
        joined("Ann goes. Ben waits.", "Eve goes. Ben waits.", "Ann goes. Ben sings.")
        == "Eve goes. Ben sings."
    )


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("abc", [2]),
        ("abc", [4]),
        ("abc", [3, [1]]),
        ("abc", [[3, "a\nb"]]),
        ("abc", [[3, "a\rb"]]),
        ("abc", [[3, 4]]),
        ("abc", [[]]),
        ("abc", [-3, 6]),
        ("abc", [True, 2]),
        ("abc", [3.0]),
        ("abc", {"0": 3}),
        ("abc", "3"),
        ("abc", None),
        ("abc", [[3, "\ud800"]]),
        ("a😀", [2, [1]]),
        ("a😀", [1, [1, "b"], 1]),
        ("abc", [10**400]),
    ],
)
def test_what_is_no_change_of_a_text_is_refused(text: str, changes: object) -> None:
    with pytest.raises(ChangeError):
        applied(text, changes)
