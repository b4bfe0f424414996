"""The text of a story in pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fabula.report.marking import lines_of
from fabula.text.span import Span


def test_events_and_findings_lie_over_each_other() -> None:
    text = "# Title\n\nAnna goes. Ben\nwaits. [1]\n> A note.\n"
    events = [(1, Span("a", 3, 1, 10)), (2, Span("a", 3, 12, 10)), (3, Span("b", 1, 1, 3))]
    lines = lines_of(text, "a", events, [(0, Span("a", 3, 6, 4))])
    assert [(line.kind, line.level) for line in lines[:3]] == [
        ("heading", 1),
        ("empty", 0),
        ("text", 0),
    ]
    assert [piece.text for piece in lines[0].pieces] == ["Title"]
    found = [(p.text, p.events, p.begins, p.findings) for p in lines[2].pieces]
    assert found == [
        ("Anna ", (1,), (1,), ()),
        ("goes", (1,), (), (0,)),
        (".", (1,), (), ()),
        (" ", (), (), ()),
        ("Ben", (2,), (2,), ()),
    ]
    assert [(p.text, p.events, p.begins) for p in lines[3].pieces] == [
        ("waits.", (2,), ()),
        (" [1]", (), ()),
    ]
    assert (lines[4].kind, lines[4].pieces[0].text) == ("note", "A note.")


SPANS = st.builds(Span, st.just("a"), st.integers(1, 6), st.integers(1, 9), st.integers(0, 20))


@given(st.text("ab<& \n>#`", max_size=40), st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=4))
def test_no_character_is_lost_or_told_twice(
    text: str, events: list[Span], findings: list[Span]
) -> None:
    lines = lines_of(text, "a", list(enumerate(events)), list(enumerate(findings)))
    rows = text.split("\n")
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        shown = "".join(piece.text for piece in line.pieces)
        assert row.endswith(shown)
        assert set(row.removesuffix(shown)) <= set("#> ")
