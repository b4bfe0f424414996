"""How wide text is: the table against the font itself."""

from __future__ import annotations

import pytest

from fabula.draw.measure import FILES, in_lines, shortened, text_width


@pytest.mark.parametrize(("file", "strong"), [(FILES[0], False), (FILES[1], True)])
def test_the_table_is_the_font_s(file: object, strong: bool) -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    font = fonts.TTFont(str(file))
    known, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    assert len(known) > 500
    for code, name in known.items():
        assert text_width(chr(code), em, strong) == pytest.approx(metrics[name][0])


def test_the_font_may_be_called_what_it_is_called() -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    for file in FILES:
        names = {str(n) for n in fonts.TTFont(str(file))["name"].names if n.nameID in (1, 4, 16)}
        assert all(name.startswith("Fabula Sans") for name in names)


def test_a_text_is_cut_where_it_is_too_wide() -> None:
    assert shortened("Anna", 12, 100) == "Anna"
    cut = shortened("the second in command", 12, 60)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 60


def test_a_text_is_broken_between_words() -> None:
    assert in_lines("The stranger in the bar", 12, 80, 3) == ["The stranger in", "the bar"]
    two = in_lines("One two three four five six seven eight nine ten", 12, 60, 2)
    assert len(two) == 2
    assert all(text_width(line, 12) <= 60 for line in two)


def test_what_the_font_does_not_have_takes_room() -> None:
    assert text_width("日本", 10) >= 20
    assert text_width("", 10) == 0
