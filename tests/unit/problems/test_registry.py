"""Every kind of problem is listed, complete and documented, and its examples are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fabula.problems
from fabula.engine.formal import formal
from fabula.formats import sabre
from fabula.problems import ProblemKind, TextError
from fabula.problems.registry import KINDS, kind_of
from fabula.text.files import read_source

FOLDER = Path(fabula.problems.__file__).parent
OF_THE_TEXT_ALONE = [kind for kind in KINDS if kind.code < "T2" and kind.name != "cannot-read"]


def test_every_file_of_a_kind_is_listed() -> None:
    files = {path.stem for path in FOLDER.glob("*.py") if "KIND = " in path.read_text()}
    assert files == {kind.name.replace("-", "_") for kind in KINDS}


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [kind.code for kind in KINDS]
    assert codes == sorted(set(codes))
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_is_complete(kind: ProblemKind) -> None:
    assert re.fullmatch(r"T\d{3}", kind.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.name)
    assert kind.message[0].islower() or kind.message[0] in '"{'
    assert kind.explanation.rstrip().endswith((".", '."'))
    assert kind.bad.strip() != kind.good.strip()
    assert kind_of(kind.code.lower()) is kind_of(kind.name) is kind


@pytest.mark.parametrize(
    "kind",
    [kind for kind in OF_THE_TEXT_ALONE if kind.example == "story"],
    ids=lambda kind: kind.code,
)
def test_examples(kind: ProblemKind, tmp_path: Path) -> None:
    for text, expected in ((kind.bad, {kind.code}), (kind.good, set())):
        path = tmp_path / "story.md"
        path.write_text(text, encoding="utf-8")
        try:
            problems = [problem for source in read_source(path) for problem in source.problems]
        except TextError as error:
            problems = list(error.problems)
        assert {problem.code for problem in problems} == expected


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.example == "problem"], ids=lambda kind: kind.code
)
def test_examples_in_the_formal_notation(kind: ProblemKind) -> None:
    for text, expected in ((kind.bad, {kind.code}), (kind.good, set())):
        try:
            formal(sabre.parse(text)).universe()
        except TextError as error:
            problems = list(error.problems)
        else:
            problems = []
        assert {problem.code for problem in problems} == expected, [str(one) for one in problems]


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if kind not in OF_THE_TEXT_ALONE and kind.example == "story"],
    ids=lambda kind: kind.code,
)
def test_examples_in_words(kind: ProblemKind, tmp_path: Path) -> None:
    pipeline = pytest.importorskip("fabula.pipeline")
    for text, expected in ((kind.bad, {kind.code}), (kind.good, set())):
        path = tmp_path / "story.md"
        path.write_text(text, encoding="utf-8")
        story = pipeline.read(path)
        problems = list(story.problems)
        try:
            story.run()  # some rules show only then that they clash
        except TextError as error:
            problems.extend(error.problems)
        assert {problem.code for problem in problems} == expected, [str(one) for one in problems]
