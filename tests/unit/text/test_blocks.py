"""What of a Markdown file is read, and where it stands."""

from __future__ import annotations

import pytest

from fabula.problems import TextError
from fabula.text.quote import cut, quote_lines
from fabula.text.reading import parse_markdown
from fabula.text.source import Source
from fabula.text.span import Span

STORY = """\
---
title: The mill
tags: [a, b]
---
# The mill

Anna is a woman. She has
    the *lamp*. 😀 She waits.

> A note. It is not read.

<!-- Neither
is this. -->

* Ben is
  a man.
  1. He\thas a dog.

## Later #

\tIndented text is read.
It goes on.

```fabula
a formal rule
```

~~~
Code. Not read.
~~~
"""


@pytest.fixture(params=["LF", "CRLF", "CR", "BOM"])
def source(request: pytest.FixtureRequest) -> Source:
    forms = {"LF": STORY, "CRLF": STORY.replace("\n", "\r\n"), "CR": STORY.replace("\n", "\r")}
    return parse_markdown(forms.get(request.param, f"\ufeff{STORY}"), "x.md")


def test_what_is_read(source: Source) -> None:
    assert [(sentence.text, sentence.scene) for sentence in source.sentences] == [
        ("Anna is a woman.", 1),
        ("She has the lamp.", 1),
        ("😀 She waits.", 1),
        ("Ben is a man.", 1),
        ("He\thas a dog.", 1),
        ("Indented text is read.", 2),
        ("It goes on.", 2),
    ]
    assert [(scene.n, scene.title, scene.level) for scene in source.scenes] == [
        (1, "The mill", 1),
        (2, "Later", 2),
    ]
    assert [(fence.info, fence.text) for fence in source.fences] == [
        ("fabula", "a formal rule\n"),
        ("", "Code. Not read.\n"),
    ]
    assert not source.problems


def test_places(source: Source) -> None:
    spans = [sentence.span for sentence in source.sentences]
    assert [(span.line, span.column) for span in spans] == [
        (7, 1), (7, 18), (8, 17), (15, 3), (17, 6), (21, 2), (22, 1),
    ]  # fmt: skip
    assert cut(source.lines, spans[1]) == "She has\n    the *lamp*."
    lamp = source.sentences[1].place(source.sentences[1].text.index("lamp"), 4)
    assert cut(source.lines, lamp) == "lamp"
    assert (lamp.line, lamp.column) == (8, 10)
    assert cut(source.lines, source.scenes[1].span) == "Later"


def test_paragraphs_are_counted() -> None:
    source = parse_markdown("One. Two.\nThree.\n\n- Four.\n- Five.\n", "x.md")
    assert [sentence.paragraph for sentence in source.sentences] == [1, 1, 1, 2, 3]


def test_no_setext_headings_definitions_or_html_blocks() -> None:
    source = parse_markdown("Anna goes.\n---\n[6.1]: x\n\n<div>\nBen goes.\n</div>\n", "x.md")
    assert [sentence.text for sentence in source.sentences] == ["Anna goes.", ": x", "Ben goes."]


def test_a_rule_on_top_is_no_front_matter() -> None:
    source = parse_markdown("---\nAnna goes.\n---\nBen goes.\n", "x.md")
    assert [sentence.text for sentence in source.sentences] == ["Anna goes.", "Ben goes."]


def test_what_lies_too_deep_is_reported() -> None:
    source = parse_markdown(f"{'- ' * 60}Anna goes.\n\nBen goes.\n", "x.md")
    assert [problem.code for problem in source.problems] == ["T005"]
    assert [sentence.text for sentence in source.sentences] == ["Ben goes."]


def test_nul_is_no_text() -> None:
    with pytest.raises(TextError) as caught:
        parse_markdown("Anna\ngo\0es.", "x.md")
    assert str(caught.value.problem.span) == "x.md:2:3"
    assert caught.value.problem.code == "T003"


def test_quotes_line_up_under_tabs_and_wide_characters() -> None:
    line, caret = quote_lines("\t😀 Anna goes.", Span("x.md", 1, 4, 4))
    assert (line, caret) == ("\t😀 Anna goes.", "\t   ^^^^")


def test_long_lines_are_cut_around_the_place() -> None:
    line, caret = quote_lines("x" * 1000 + "Anna" + "y" * 1000, Span("x.md", 1, 1001, 4))
    assert len(line) < 200
    assert line[caret.index("^") : caret.rindex("^") + 1] == "Anna"
