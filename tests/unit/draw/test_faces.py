"""Files that stand by themselves take the font along, as much of it as their text needs."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable

import pytest

from fabula.draw.faces import SLICES, faces, within
from fabula.draw.measure import FILES, FONTS, known
from fabula.engine.running import Run
from fabula.serve.keepsakes import picture

STORY = "# Inn\n\nThe hall is a hall. {0} is a woman in the hall.\n\n# Day\n\n{0} sings.\n"


def test_every_character_is_in_one_slice() -> None:
    for code in known():
        assert sum(within(code, name) for name in SLICES) == 1


@pytest.mark.parametrize("name", sorted(SLICES))
def test_a_slice_has_what_the_font_has(name: str) -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    for file in FILES:
        whole = fonts.TTFont(str(file))
        cut = fonts.TTFont(str(FONTS / f"{file.stem}-{name}.woff"))
        glyphs = {c: g for c, g in whole.getBestCmap().items() if within(c, name)}
        assert cut.getBestCmap().keys() == glyphs.keys()
        for code, glyph in glyphs.items():
            assert cut["hmtx"][cut.getBestCmap()[code]][0] == whole["hmtx"][glyph][0]
        assert any("Open Font License" in str(n) for n in cut["name"].names if n.nameID == 13)


def test_a_file_takes_along_what_it_needs(run_of: Callable[[str], Run]) -> None:
    plain = run_of(STORY.format("Ann")).draw("ways")  # type: ignore[attr-defined]
    other = run_of(STORY.format("Łucja")).draw("ways")  # type: ignore[attr-defined]
    assert plain.svg().count("@font-face") == 2
    assert other.svg().count("@font-face") == 4
    assert "@font-face" not in plain.inline()
    assert plain.html().count("@font-face") == 2
    assert len(plain.svg()) < 60_000
    assert faces("漢字") == ""
    fonts = pytest.importorskip("fontTools.ttLib")
    for data in re.findall(r"base64,([\w+/=]+)", other.svg()):
        assert fonts.TTFont(io.BytesIO(base64.b64decode(data)))["name"].getDebugName(1)


def test_what_the_page_gives_has_it_too(run_of: Callable[[str], Run]) -> None:
    drawn = run_of(STORY.format("Ann")).draw("ways")  # type: ignore[attr-defined]
    message = {"svg": drawn.inline(), "title": "t"}
    for ending in ("svg", "html"):
        response = picture(message, ending, "x")
        assert bytes(response.body).count(b"@font-face") == 2
        assert "font-src data:" in response.headers["content-security-policy"]
