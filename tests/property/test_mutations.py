"""Stories and library files with something broken in them are read or refused, never crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import fabula
from fabula.problems import TextError

ROOT = Path(__file__).parents[2]
# in an order of their own names: the same seed breaks the same text wherever the package is installed
TEXTS = (
    *sorted(ROOT.glob("stories/**/*.md")),
    *sorted(Path(fabula.__file__).parent.glob("library/*.md")),
)
CASES = 60
LONGEST = 4_000
NOISE = [
    *".,;:!?'\"()[]*_-#>`\n\t\u00a0\u2019\U0001f600",
    " not ",
    " and ",
    " the ",
    " X ",
    "To ",
    " that ",
]


def mutated(dice: random.Random) -> str:
    """Return a stretch of some text with words taken out, doubled, swapped or made noise."""
    text = dice.choice(TEXTS).read_text(encoding="utf-8")
    start = dice.randrange(max(1, len(text) - LONGEST))
    words = text[start : start + LONGEST].split(" ")
    for _ in range(dice.randint(1, 12)):
        at, other = dice.randrange(len(words)), dice.randrange(len(words))
        change = dice.randrange(4)
        if change == 0:
            words[at] = ""
        elif change == 1:
            words[at] = f"{words[at]} {words[at]}"
        elif change == 2:
            words[at], words[other] = words[other], words[at]
        else:
            cut = dice.randint(0, len(words[at]))
            words[at] = words[at][:cut] + dice.choice(NOISE) + words[at][cut:]
    return " ".join(words)


@pytest.mark.parametrize("seed", range(CASES))
def test_what_is_broken_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    pytest.importorskip("fabula.pipeline")
    if not TEXTS:
        pytest.skip("no texts to break")
    path = tmp_path / "story.md"
    text = mutated(random.Random(seed))
    path.write_text(text, encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    try:
        story = fabula.read(path)
    except TextError as error:
        assert error.problems
        return
    for problem in story.problems:
        assert problem.span.file == str(path), problem
        assert 1 <= problem.span.line <= len(lines), problem
    try:
        story.run().check()
    except TextError as error:  # rules that clash or never come to rest show only then
        assert error.problems
        assert all(problem.span.line >= 1 for problem in error.problems), error.problems
