"""Stories in the line format with the answers that must be given: a section with a fence each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fabula import pipeline

FOLDER = Path(__file__).resolve().parent
ASSUMPTIONS = FOLDER.parents[2] / "stories" / "assumptions"
SECTION = re.compile(
    r"^## (?P<name>.+?)\n.*?^```quiz ?(?P<assumed>\w*)\n(?P<story>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


def sections() -> list[tuple[str, str, str]]:
    """Name, the assumptions that hold in it, and the lines of every story."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(FOLDER.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        inside = [
            (f"{path.stem}: {m['name']}", m["assumed"], m["story"]) for m in SECTION.finditer(text)
        ]
        assert len(inside) == text.count("\n## "), f"{path.name}: a section without a story"
        found.extend(inside)
    return found


@pytest.mark.parametrize(
    ("assumed", "story"), [s[1:] for s in sections()], ids=[s[0] for s in sections()]
)
def test_answers_of_a_quiz(assumed: str, story: str, tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    lines = [f"{n} {line}" for n, line in enumerate(story.splitlines(), 1)]
    file.write_text("\n".join(lines), encoding="utf-8")
    rules = ASSUMPTIONS / f"{assumed}.md" if assumed else None
    (found,) = pipeline.quiz([file], rules)
    assert [p.message for p in found.unread] == []
    assert found.total > 0
    wrong = [
        (o.line.text, o.problem.message if o.problem else o.answer, o.line.gold)
        for o in found.outcomes
        if not o.right
    ]
    assert wrong == []
