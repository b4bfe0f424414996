"""Writes proposed sentences into a story's file, marked as such; the file is whole at every moment."""

from __future__ import annotations

import re
from pathlib import Path

from fabula.text.span import Span
from fabula.text.writing import write_whole

_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s")


def propose(path: Path, sentences: list[str], note: str, fault: Span, behind: Span | None) -> int:
    """Puts sentences before the one at fault, or at the end of the scene before; returns their line.

    ``note`` stands behind the last of them as a comment. Raises OSError where the file cannot be read or written,
    and LookupError where it no longer is what was read.
    """
    data = path.read_bytes().decode("utf-8-sig")
    marked = [*sentences[:-1], f"{sentences[-1]} <!-- {note} -->"]
    line, column, told = place_of(data, marked, fault, behind)
    lines = data.splitlines(keepends=True)
    before = lines[line - 1]
    lines[line - 1] = before[: column - 1] + told + before[column - 1 :]
    write_whole(path, "".join(lines).encode("utf-8"))
    return line


def remark(path: Path, note: str, fault: Span) -> int:
    """Puts a comment behind the sentence at fault, and leaves the story as it is; returns its line.

    Raises OSError and LookupError as `propose` does, and LookupError where the comment already stands there.
    """
    data = path.read_bytes().decode("utf-8-sig")
    lines = data.splitlines(keepends=True)
    if not 0 < fault.line <= len(lines):
        raise LookupError(f"{fault.file} has changed since it was read")
    end = sum(map(len, lines[: fault.line - 1])) + fault.column - 1 + fault.length
    comment = f" <!-- {note} -->"
    if data[end:].startswith(comment):
        raise LookupError("the proposal stands there already")
    write_whole(path, (data[:end] + comment + data[end:]).encode("utf-8"))
    return fault.line


def place_of(
    text: str, sentences: list[str], fault: Span, behind: Span | None
) -> tuple[int, int, str]:
    """Where in a text sentences go that are to come before the one at fault: the line, the column, and what to put there.

    Raises LookupError where the text no longer is what was read, or where they belong into another file.
    """
    lines = text.splitlines(keepends=True)
    if not 0 < fault.line <= len(lines):
        raise LookupError(f"{fault.file} has changed since it was read")
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    at = fault.line - 1
    if behind is not None and behind.file == fault.file and behind.line < fault.line:
        between = lines[behind.line : at]
        if any(_HEADING.match(line) for line in between):
            at = _end_of_paragraph(lines, behind.line - 1)
    elif _opens_scene(lines, at) and behind is not None:
        raise LookupError(f"the scene before the one in line {fault.line} stands in another file")
    if at == fault.line - 1:
        line = lines[at]
        item = _ITEM.match(line)
        start = item.end() if item else len(line) - len(line.lstrip())
        if fault.column - 1 > start:
            return at + 1, fault.column, " ".join(sentences) + " "
        lead = line[:start]
    else:
        item = _ITEM.match(lines[at - 1])
        lead = item[0] if item else ""
    return at + 1, 1, "".join(f"{lead}{one}{ending}" for one in sentences)


def _end_of_paragraph(lines: list[str], at: int) -> int:
    """The number of lines up to the end of the paragraph that a line is in."""
    while at + 1 < len(lines) and lines[at + 1].strip() and not _HEADING.match(lines[at + 1]):
        at += 1
    return at + 1


def _opens_scene(lines: list[str], at: int) -> bool:
    """Whether nothing but headings, notes and empty lines stands before a line."""
    return all(
        not line.strip() or _HEADING.match(line) or line.startswith((">", "<!--"))
        for line in lines[:at]
    )
