"""Any text is read without a fault, and every place quotes exactly its words."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fabula.problems import TextError
from fabula.problems.render import render
from fabula.text.quote import cut
from fabula.text.reading import parse_markdown

PIECES = st.sampled_from(
    [
        "Anna goes", "Mr", "3", "X", "😀", "é", ".", ". ", "! ", "? ", "...", "…", " ", "  ", "\n", "\n\n",
        "\r\n", "\r", "\t", "    ", "- ", "1. ", "* ", "> ", "# ", "## ", "---\n", "```", "~~~", "`", "*",
        "**", "_", "[", "]", "[6.1]", " [6.1]. ", "[covers 6.1-6.2]", "[allow K101: why]", "[x](y)", "![",
        "](", "(", ")", '"', "“", "”", "„", "«", "»", "'", "\\", "&amp;", "&", "<", ">", "<b>", "<!--",
        "-->", ":", "title: x", "\ufeff", "\u00a0", "\u2028", "\x0b", "\x0c", "\x1c", "\x85", "|", "==",
    ]
)  # fmt: skip
MARKDOWN = st.lists(PIECES, max_size=40).map("".join)
BLANKS = re.compile(r"\s+")


@settings(max_examples=400, deadline=None)
@given(st.one_of(MARKDOWN, st.text(max_size=200)))
@example("a\n\x0c\nb.")
@example("*\t\ta\n\t b.")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        source = parse_markdown(text, "x.md")
    except TextError as error:
        assert "\0" in text
        assert [problem.code for problem in error.problems] == ["T003"]
        return
    for sentence in source.sentences:
        words = cut(source.lines, sentence.span)
        assert len(words) == sentence.span.length
        assert words
        assert not words[0].isspace()
        assert not words[-1].isspace()
        assert sentence.text == sentence.text.strip() != ""
        assert "\n" not in sentence.text
        for offset, character in enumerate(sentence.text):
            place = sentence.place(offset)
            assert 1 <= place.line <= len(source.lines)
            stands = cut(source.lines, place)
            assert stands == character or character.isspace() or "&" in words, (sentence, offset)
    for problem in source.problems:
        assert cut(source.lines, problem.span)
        assert len(render(problem, source.lines)) in (1, 3)
    places = [(s.span.line, s.span.column) for s in source.sentences]
    assert places == sorted(set(places))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abcABC äß😀,'-", min_size=1, max_size=30), max_size=12))
def test_nothing_is_lost(sentences: list[str]) -> None:
    """Plain sentences, one a paragraph, come out as they went in."""
    plain = [f"Xx{BLANKS.sub(' ', words).strip(' -')}." for words in sentences]
    source = parse_markdown("\n\n".join(plain), "x.md")
    assert [sentence.text for sentence in source.sentences] == plain
