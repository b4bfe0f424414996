"""Each story of these specifications has just the findings that its list names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import fabula

FOLDER = Path(__file__).resolve().parent
FINDS = re.compile(r"finds (?P<code>\w\d{3}) at (?P<n>\d+)")
FOLLOW = re.compile(r"(?P<n>\d+) follows? from it")


@dataclass(frozen=True)
class Spec:
    """One section: a story and what is to be found in it."""

    name: str
    place: str
    story: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def specs() -> list[Spec]:
    found: list[Spec] = []
    for path in sorted(FOLDER.glob("*.md")):
        for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, _, rest = section.partition("\n")
            match = re.search(r"```story\n(.*?)```\n(.*)", rest, re.DOTALL)
            assert match is not None, f"{path.name}: {head} has no story"
            lines = tuple(
                line[2:].strip() for line in match[2].splitlines() if line.startswith("- ")
            )
            assert lines, f"{path.name}: {head} checks nothing"
            found.append(Spec(head, path.name, match[1], lines))
    return found


@pytest.mark.parametrize("spec", specs(), ids=str)
def test_findings(spec: Spec, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(spec.story, encoding="utf-8")
    story = fabula.read(path)
    assert not story.problems, [str(p) for p in story.problems]
    report = story.run().check()
    wanted: list[tuple[str, int]] = []
    for line in spec.lines:
        if match := FINDS.fullmatch(line):
            wanted.append((match["code"], int(match["n"])))
        elif match := FOLLOW.fullmatch(line):
            assert sum(len(f.therefore) for f in report.findings) == int(match["n"])
        elif line.startswith("says: "):
            assert line[6:] in [f.message for f in report.findings]
        elif line.startswith("assumes: "):
            assert line[9:] in [a.text for a in report.assumptions]
        else:
            assert line == "finds nothing", line
    assert [(f.code, f.event.n) for f in report.findings] == wanted, [
        f.message for f in report.findings
    ]
