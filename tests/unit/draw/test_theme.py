"""Every class that a picture's elements have is one of the stylesheet."""

from __future__ import annotations

import re

import pytest

import fabula
from fabula.draw import theme
from fabula.draw.registry import PICTURES


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_every_size_and_line_has_its_rule(name: str) -> None:
    run = fabula.read("stories/desperado").run()
    svg = run.draw(name).inline()
    used = {one for many in re.findall(r'class="([^"]*)"', svg) for one in many.split()}
    ruled = set(re.findall(r"\.([\w-]+)", theme.stylesheet("light")))
    sized = used & theme.SIZES.keys()
    assert sized <= ruled
    lines = {one for one in used if one.endswith(("-line", "-fill"))}
    assert lines <= ruled
    assert used & ruled, "nothing would be drawn as it is meant"
