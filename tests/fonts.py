"""Cuts the pictures' font into the slices that files take along (`python -m tests.fonts`), as small as they can be."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from fabula.draw.faces import SLICES, within
from fabula.draw.measure import FILES, FONTS


def sliced(file: Path, name: str) -> bytes:
    """A slice as WOFF: no hints, of the features kerning alone, and the names that the licence asks for."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 13, 14]
    font = TTFont(file, recalcTimestamp=False)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[code for code in font.getBestCmap() if within(code, name)])
    cut.subset(font)
    font.flavor = "woff"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def main() -> None:
    """Write all slices."""
    for file in FILES:
        for name in SLICES:
            (FONTS / f"{file.stem}-{name}.woff").write_bytes(sliced(file, name))


if __name__ == "__main__":
    main()
