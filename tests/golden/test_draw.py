"""The pictures of two small stories are what they were; `FABULA_GOLDEN=write pytest tests/golden` draws them anew."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import fabula

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "draw"
PICTURES = [("handkerchief", "ways"), ("locked-room", "ways")]


@pytest.mark.parametrize(("story", "picture"), PICTURES)
def test_draw(story: str, picture: str) -> None:
    drawn = ET.fromstring(fabula.read(ROOT / "stories" / story).run().draw(picture).inline())
    ET.indent(drawn, " ")
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    text = ET.tostring(drawn, encoding="unicode") + "\n"
    golden = FOLDER / f"{story}-{picture}.svg"
    if os.environ.get("FABULA_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), "no golden file: FABULA_GOLDEN=write pytest tests/golden"
    assert text == golden.read_text(encoding="utf-8")
