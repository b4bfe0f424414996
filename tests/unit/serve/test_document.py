"""One file, the disk, and what was written down: every way in which they can part."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from fabula.serve import files
from fabula.serve.changes import between
from fabula.serve.document import Document
from fabula.serve.files import RefusedError, digest
from fabula.serve.journal import Update
from fabula.serve.keeping import Keeper

START = "Anna waits.\nBen waits.\nEve waits.\n"


def carried_out(work: Coroutine[Any, Any, object]) -> None:
    """Runs a coroutine in a thread of its own: the browser of other tests may have a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.md"
    file.write_bytes(START.encode())
    (tmp_path / "journals").mkdir()
    return file


def opened(path: Path) -> Document:
    return Document("a.md", path, path.parent / "journals")


def write(document: Document, text: str, client: str = "one") -> None:
    update = Update(clientID=client, changes=between(document.text, text))
    assert document.push(document.version, [update])


def save(document: Document) -> None:
    plan = document.to_save()
    assert plan is not None
    assert document.write(plan) is None
    document.was_saved(plan)


def see(document: Document) -> bool:
    """What the watcher does."""
    try:
        return document.came_from_outside(files.read(document.path))
    except FileNotFoundError:
        return document.came_from_outside(None)


def test_what_was_confirmed_is_there_after_a_kill(path: Path) -> None:
    document = opened(path)
    write(document, START + "One.\n")
    write(document, START + "One 😀.\n")
    again = opened(path)  # the first one is never closed: it was killed
    assert again.text == START + "One 😀.\n"
    assert again.conflict is None
    save(again)
    assert path.read_text() == START + "One 😀.\n"


def test_a_kill_between_saving_and_writing_that_down_is_no_conflict(path: Path) -> None:
    document = opened(path)
    write(document, START + "One.\n")
    plan = document.to_save()
    assert plan is not None
    write(document, START + "One.\nTwo.\n")
    document.write(plan)
    again = opened(path)
    assert (again.text, again.conflict) == (START + "One.\nTwo.\n", None)
    save(again)
    assert path.read_text() == START + "One.\nTwo.\n"


def test_a_line_that_a_kill_cut_off_is_left_out(path: Path) -> None:
    document = opened(path)
    write(document, START + "One.\n")
    write(document, START + "One.\nTwo.\n")
    (journal,) = (path.parent / "journals").glob("*.jsonl")
    journal.write_bytes(journal.read_bytes()[:-5])
    again = opened(path)
    assert again.text == START + "One.\n"
    write(again, START + "One.\nThree.\n")
    assert opened(path).text == START + "One.\nThree.\n"


@pytest.mark.parametrize(
    "damage", [b"", b"\x00", b"{}\n", b"[]\n", b'{"base": 7', b'{"base":"x"}\n{"update":7}\n']
)
def test_a_damaged_journal_stops_nobody(path: Path, damage: bytes) -> None:
    write(opened(path), START + "One.\n")
    (journal,) = (path.parent / "journals").glob("*.jsonl")
    journal.write_bytes(damage)
    assert (opened(path).text, path.read_text()) == (START, START)


def test_a_file_changed_while_the_server_was_dead_is_a_conflict(path: Path) -> None:
    write(opened(path), START + "Mine.\n")
    path.write_text("Theirs.\n")
    again = opened(path)
    assert again.conflict is not None
    assert (again.conflict.mine, again.conflict.theirs) == (START + "Mine.\n", "Theirs.\n")
    assert again.to_save() is None
    again.settle(mine=True)
    save(again)
    assert path.read_text() == START + "Mine.\n"
    (aside,) = (path.parent / "journals" / "set-aside").iterdir()
    assert aside.read_text() == "Theirs.\n"


def test_a_file_changed_back_while_nothing_was_unsaved_is_taken(path: Path) -> None:
    document = opened(path)
    write(document, START + "One.\n")
    save(document)
    path.write_text(START)  # as git checkout would
    again = opened(path)
    assert (again.text, again.conflict, again.to_save()) == (START, None, None)
    assert again.resume(digest(START + "One.\n"), START + "One.\n", "one") is True
    assert again.text == START


def test_a_change_outside_is_taken_over_where_nothing_is_unsaved(path: Path) -> None:
    document = opened(path)
    path.write_text("Outside.\n")
    assert see(document) is False
    assert document.text == "Outside.\n"
    assert document.since(0) == [Update(clientID="", changes=between(START, "Outside.\n"))]
    assert document.to_save() is None


def test_what_changed_outside_is_never_overwritten(path: Path) -> None:
    document = opened(path)
    write(document, START + "Mine.\n")
    plan = document.to_save()
    assert plan is not None
    path.write_text("Theirs.\n")
    found = document.write(plan)
    assert path.read_text() == "Theirs.\n"
    assert document.came_from_outside(found) is True
    write(document, START + "Mine, more.\n")
    assert document.to_save() is None
    document.settle(mine=False)
    assert (document.text, path.read_text(), document.to_save()) == ("Theirs.\n", "Theirs.\n", None)
    (aside,) = (path.parent / "journals" / "set-aside").iterdir()
    assert aside.read_text() == START + "Mine, more.\n"


def test_a_file_that_is_removed_comes_back_only_with_the_next_word(path: Path) -> None:
    document = opened(path)
    path.unlink()
    assert see(document) is False
    assert document.to_save() is None
    write(document, START + "One.\n")
    save(document)
    assert path.read_text() == START + "One.\n"
    write(document, START + "Two.\n")
    path.unlink()
    assert see(document) is True


def test_line_breaks_mark_and_mode_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\nThree.\r\nFour.\r\n")
    path.chmod(0o640)
    document = opened(path)
    assert document.text == "One.\nTwo.\nThree.\nFour.\n"
    write(document, "One.\nTwo.\nNew.\nThree!\nFour.\n")
    save(document)
    assert path.read_bytes() == b"\xef\xbb\xbfOne.\r\nTwo.\nNew.\r\nThree!\r\nFour.\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert see(document) is False
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["a.md", "journals"]


def test_a_link_within_the_folder_stays_a_link(path: Path) -> None:
    link = path.parent / "b.md"
    link.symlink_to(path)
    document = Document("b.md", files.Folder(path.parent).path_of("b.md"), path.parent / "journals")
    write(document, "Other.\n")
    save(document)
    assert link.is_symlink()
    assert path.read_text() == "Other.\n"


def test_a_page_comes_back_with_what_was_never_confirmed(path: Path) -> None:
    document = opened(path)
    known = document.hash
    write(
        document, START + "One.\n"
    )  # confirmed, but the page died with the server before it heard
    again = opened(path)
    assert again.resume(known, START + "One. Two.\n", "one") is True
    assert again.text == START + "One. Two.\n"


def test_two_pages_come_back_and_neither_loses_its_words(path: Path) -> None:
    document = opened(path)
    write(document, START + "One.\n", "one")
    known = document.hash
    again = opened(path)
    assert again.resume(known, "Anna goes.\nBen waits.\nEve waits.\nOne.\n", "one") is True
    assert again.resume(known, START + "One, two.\n", "other") is True
    assert again.text == "Anna goes.\nBen waits.\nEve waits.\nOne, two.\n"


def test_a_page_whose_words_clash_is_asked(path: Path) -> None:
    document = opened(path)
    known = document.hash
    write(document, START.replace("Ben waits", "Ben goes"), "one")
    assert document.resume(known, START.replace("Ben waits", "Ben sings"), "other") is False
    assert document.conflict is not None
    assert "Ben sings" in document.conflict.mine
    assert "Ben goes" in document.conflict.theirs
    save(document)  # what the others write goes on being saved
    document.settle(mine=True)
    assert "Ben sings" in document.text


def test_a_page_from_long_ago_is_asked(path: Path) -> None:
    document = opened(path)
    assert document.resume("unknown", "Something else.\n", "one") is False
    assert document.resume("unknown", START, "one") is True


def test_only_the_last_changes_are_kept(path: Path) -> None:
    document = opened(path)
    for count in range(2100):
        write(document, f"{START}{count}\n")
        if count % 50 == 0:
            save(document)
    save(document)
    assert document.since(0) is None
    last = document.since(document.version - 10)
    assert last is not None
    assert len(last) == 10
    (journal,) = (path.parent / "journals").glob("*.jsonl")
    assert journal.stat().st_size < 80_000
    assert document.resume(digest(f"{START}2095\n"), "Mine.\n", "one") is True
    again = opened(path)
    assert (again.text, again.conflict) == ("Mine.\n", None)


def test_a_text_that_grows_too_large_is_refused_whole(path: Path) -> None:
    document = opened(path)
    with pytest.raises(RefusedError):
        write(document, "é" * files.MOST_BYTES)
    assert (document.text, document.version) == (START, 0)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_saved_is_kept_in_the_journal(path: Path) -> None:
    document = opened(path)
    write(document, "New.\n")
    path.parent.chmod(0o500)
    plan = document.to_save()
    assert plan is not None
    with pytest.raises(OSError, match="denied"):
        document.write(plan)
    path.parent.chmod(0o700)
    assert opened(path).text == "New.\n"


class Disk:
    """What outlives a power cut: of each file, what it held when it was last synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.holds: dict[int, bytes] = {}
        self.order: list[int] = []
        real = os.fsync

        def fsync(handle: int) -> None:
            real(handle)
            found = os.fstat(handle)
            if stat.S_ISREG(found.st_mode):
                self.holds[found.st_ino] = os.pread(handle, found.st_size, 0)
                self.order.append(found.st_ino)

        monkeypatch.setattr(os, "fsync", fsync)


def test_a_power_cut_takes_no_more_than_the_last_batch(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    document = opened(path)
    keeper = Keeper(document, lambda _kind, _what: None)
    write(document, START + "One.\n")
    (journal,) = (path.parent / "journals").glob("*.jsonl")
    assert journal.stat().st_ino not in disk.holds, "typing itself waits for no disk"
    path.write_text("Theirs.\n")
    carried_out(keeper.look())  # the two differ: nothing is saved before the writer has chosen
    assert document.conflict is not None
    write(document, START + "One.\nTwo.\n")
    carried_out(keeper.look())
    journal.write_bytes(disk.holds[journal.stat().st_ino])
    again = opened(path)
    assert (again.text, path.read_text()) == (START + "One.\nTwo.\n", "Theirs.\n")
    count = len(disk.order)
    carried_out(keeper.look())
    assert len(disk.order) == count, "what the disk has is not synced again"


def test_the_journal_is_on_the_disk_before_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    document = opened(path)
    write(document, START + "One.\n")
    carried_out(Keeper(document, lambda _kind, _what: None).save())
    (journal,) = (path.parent / "journals").glob("*.jsonl")
    assert disk.order == [journal.stat().st_ino, path.stat().st_ino]
    journal.write_bytes(disk.holds[journal.stat().st_ino])
    assert (opened(path).text, opened(path).conflict) == (START + "One.\n", None)
