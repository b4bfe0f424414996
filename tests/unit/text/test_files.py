"""Files and folders of a story, and what can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.problems import TextError
from fabula.text.files import read_accounts, read_source


def code_of(path: Path) -> str:
    with pytest.raises(TextError) as caught:
        read_source(path)
    return caught.value.problem.code


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "accounts").mkdir()
    for name in ("story.md", "b.md", "a.md", "accounts/1.md", "notes.txt"):
        (tmp_path / name).write_text("Anna goes.")
    names = [Path(source.file).name for source in read_source(tmp_path)]
    assert names == ["story.md", "a.md", "b.md"]
    assert [Path(source.file).name for source in read_accounts(tmp_path)] == ["1.md"]


def test_a_missing_path_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "desperado.md").write_text("Anna goes.")
    with pytest.raises(TextError) as caught:
        read_source(tmp_path / "desparado.md")
    assert caught.value.problem.code == "T001"
    assert caught.value.problem.nearest == (str(tmp_path / "desperado.md"),)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"# Only a title\n", b"> Only a note.\n"])
def test_nothing_to_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.md").write_bytes(content)
    assert code_of(tmp_path / "x.md") == "T002"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0", b"Anna\0.", b"caf\xe9", b"\xff\xfea\0", bytes(range(256))]
)
def test_no_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.md").write_bytes(content)
    assert code_of(tmp_path / "x.md") == "T003"


def test_the_byte_that_is_no_text_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes("é\r\nöü".encode() + b"\xff")
    with pytest.raises(TextError) as caught:
        read_source(tmp_path / "x.md")
    assert (caught.value.problem.span.line, caught.value.problem.span.column) == (2, 3)


def test_a_folder_without_a_story(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("Anna goes.")
    assert code_of(tmp_path) == "T004"


@pytest.mark.parametrize("name", ["nul\0byte.md", "x" * 5000, "missing/x.md"])
def test_impossible_paths(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path / name) in ("T001", "T006")
