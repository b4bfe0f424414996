"""Where sentences end, and what belongs to them."""

from __future__ import annotations

import pytest

from fabula.text.reading import parse_markdown
from fabula.text.source import Allow


def texts(markdown: str) -> list[str]:
    source = parse_markdown(markdown, "x.md")
    assert not source.problems
    return [sentence.text for sentence in source.sentences]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Anna goes. Ben stays!", ["Anna goes.", "Ben stays!"]),
        ("Mr. Smith meets Dr. No. She waits.", ["Mr. Smith meets Dr. No.", "She waits."]),
        ("The fare is 3.50 francs. She pays.", ["The fare is 3.50 francs.", "She pays."]),
        ("He lives in St. Ives. She does not.", ["He lives in St. Ives.", "She does not."]),
        ("J. R. Ewing comes. He waits.", ["J. R. Ewing comes.", "He waits."]),
        ("John F. Kennedy speaks.", ["John F. Kennedy speaks."]),
        ("X gives Y. Z has it.", ["X gives Y.", "Z has it."]),
        ("agreed by: X, Z.\nseen by: nobody.", ["agreed by: X, Z.", "seen by: nobody."]),
        ("They meet at 5 p.m. in town. He leaves.", ["They meet at 5 p.m. in town.", "He leaves."]),
        ("They meet at 5 p.m. He leaves.", ["They meet at 5 p.m.", "He leaves."]),
        ("She waits... and goes. He comes.", ["She waits... and goes.", "He comes."]),
        ("She waits… He comes.", ["She waits…", "He comes."]),
        ("She says no. He goes.", ["She says no.", "He goes."]),
        ("She is at No. 7 now.", ["She is at No. 7 now."]),
        ('"Run. Now!" El shouts. He runs.', ['"Run. Now!" El shouts.', "He runs."]),
        ('She says "I go. You stay." He nods.', ['She says "I go. You stay."', "He nods."]),
        ("She says “I go.” He nods.", ["She says “I go.”", "He nods."]),
        ('She says "I go." to Ben. He nods.', ['She says "I go." to Ben.', "He nods."]),
        (
            "El's men (all of them. yes) go. He stays.",
            ["El's men (all of them. yes) go.", "He stays."],
        ),
        ("What? No way?! Yes.", ["What?", "No way?!", "Yes."]),
        ("No stop at the end", ["No stop at the end"]),
        ("See www.example.org now. Go.", ["See www.example.org now.", "Go."]),
    ],
)
def test_ends(markdown: str, expected: list[str]) -> None:
    assert texts(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**Anna** goes to the *old* mill.", ["Anna goes to the old mill."]),
        ("**Anna goes.** Ben stays.", ["Anna goes.", "Ben stays."]),
        ("Anna goes to [the mill](http://x.y/a.b).", ["Anna goes to the mill."]),
        ("Anna takes `a.b` and goes.", ["Anna takes a.b and goes."]),
        ("Anna &amp; Ben go.", ["Anna & Ben go."]),
        (r"Anna \*goes\*.", ["Anna *goes*."]),
        ("A snake_case_name stays. 2 * 3 too.", ["A snake_case_name stays.", "2 * 3 too."]),
        ("Anna <b>goes</b>.", ["Anna goes."]),
        ("Anna <!-- a note. --> goes.", ["Anna goes."]),
        ("Anna goes\n   to the\tmill.", ["Anna goes to the\tmill."]),
    ],
)
def test_markdown_is_reduced(markdown: str, expected: list[str]) -> None:
    assert texts(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Anna goes. [6.1]", [("6.1",)]),
        ("Anna goes [6.1].", [("6.1",)]),
        ("Anna goes [6.1]. Ben stays. [6.2]", [("6.1",), ("6.2",)]),
        ("Anna goes. [6.1][6.2, 6.3]\n[6.4] Ben stays.", [("6.1", "6.2", "6.3", "6.4"), ()]),
        ("Anna says “Go.” [6.1] Ben goes.", [("6.1",), ()]),
        ("- Anna goes [6.1]\n- Ben stays", [("6.1",), ()]),
    ],
)
def test_citations(markdown: str, expected: list[tuple[str, ...]]) -> None:
    source = parse_markdown(markdown, "x.md")
    assert [sentence.citations for sentence in source.sentences] == expected
    assert not source.problems
    assert all("[" not in sentence.text for sentence in source.sentences)


def test_stretches_and_allowed_findings() -> None:
    (sentence,) = parse_markdown(
        "Anna goes. [6.1, covers 6.20-6.30, 6.40] [allow K101: she saw it; in the mirror.]", "x.md"
    ).sentences
    assert sentence.text == "Anna goes."
    assert sentence.citations == ("6.1",)
    assert sentence.covers == ("6.20-6.30", "6.40")
    assert sentence.allows == (Allow("K101", "she saw it; in the mirror."),)
    (by_name,) = parse_markdown("Anna goes. [allow cannot-know: she saw it]", "x.md").sentences
    assert by_name.allows == (Allow("cannot-know", "she saw it"),)


@pytest.mark.parametrize(
    ("markdown", "code", "column"),
    [
        ("Anna goes. [see above]", "T102", 12),
        ("Anna goes. [allow K101]", "T102", 12),
        ("Anna goes. [allow it]", "T102", 12),
        ("[6.1] Anna goes.", "T103", 1),
        ("# Mill [6.1]\n\nAnna goes.", "T103", 8),
        ('Anna says "go. Ben stays.', "T104", 11),
    ],
)
def test_what_cannot_be_taken_is_reported_and_the_rest_is_read(
    markdown: str, code: str, column: int
) -> None:
    source = parse_markdown(markdown, "x.md")
    (problem,) = source.problems
    assert (problem.code, problem.span.column) == (code, column)
    assert source.sentences[0].text.startswith("Anna ")
