"""Changes of a text as the browser's editor tells them: checked, carried out, and made from two texts.

The form is ChangeSet.toJSON() of @codemirror/state: a list over the whole text, of numbers (so much is kept) and lists
[n, line, line, …] (n is replaced by lines, joined with line breaks; [n] alone takes away). n counts UTF-16 code units.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Changes = list[Any]


class ChangeError(ValueError):
    """Something that is no change of this text; the message says what is wrong with it."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def applied(text: str, changes: object) -> str:
    """The text after a change; raises ChangeError where it is not one of a text of this length."""
    if text.isascii():
        return _plain(text, changes)
    wide = text.encode("utf-16-le")
    found = bytearray()
    at = 0
    for gone, lines in _parts(changes):
        end = at + 2 * gone
        if lines is None:
            found += wide[at:end]
        else:
            found += "\n".join(lines).encode("utf-16-le")
        at = end
    _whole(at // 2, len(wide) // 2)
    try:
        return found.decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise ChangeError("a change cuts a character in two") from error


def _plain(text: str, changes: object) -> str:
    """The same where every character is one unit."""
    found: list[str] = []
    at = 0
    for gone, lines in _parts(changes):
        found.append(text[at : at + gone] if lines is None else "\n".join(lines))
        at += gone
    _whole(at, len(text))
    return "".join(found)


def _whole(told: int, length: int) -> None:
    if told != length:
        raise ChangeError(f"a change is of a text of {told} code units, and this one has {length}")


def _parts(changes: object) -> Iterator[tuple[int, list[str] | None]]:
    """The parts of a change: how many units, and what stands for them then (None: they stay)."""
    if not isinstance(changes, list):
        raise ChangeError("a change is a list")
    for part in changes:
        if _is_count(part):
            yield part, None
            continue
        if not (isinstance(part, list) and part and _is_count(part[0])):
            raise ChangeError("a part of a change is a number or a list that begins with one")
        lines = part[1:]
        for line in lines:
            if not isinstance(line, str) or "\n" in line or "\r" in line:
                raise ChangeError("what a change puts in is lines of text without line breaks")
            if not line.isascii() and any("\ud800" <= c <= "\udfff" for c in line):
                raise ChangeError("a change puts in half a character")
        yield part[0], lines


def _is_count(part: object) -> bool:
    return isinstance(part, int) and not isinstance(part, bool) and part >= 0


def between(old: str, new: str) -> Changes:
    """The change from one text to another: what is alike at both ends stays, the middle is replaced."""
    start, end = alike(old, new)
    kept, gone, rest = (
        units(old[:start]),
        units(old[start : len(old) - end]),
        units(old[len(old) - end :]),
    )
    put = new[start : len(new) - end]
    found: Changes = [kept] if kept else []
    if gone or put:
        found.append([gone, *put.split("\n")] if put else [gone])
    if rest:
        found.append(rest)
    return found


def alike(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts have alike at the start, and at the end of what is left."""
    most = min(len(old), len(new))
    start = _common(old, new, most)
    end = _common(old[start:][::-1], new[start:][::-1], most - start)
    return start, end


def _common(one: str, other: str, most: int) -> int:
    """How many characters at the start are alike: halved until found, as comparing slices is quick."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def joined(base: str, ours: str, theirs: str) -> str | None:
    """Both changes of one text together, where they touch different parts of it; otherwise None."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    our_start, our_end = alike(base, ours)
    their_start, their_end = alike(base, theirs)
    ours_until, theirs_until = len(base) - our_end, len(base) - their_end
    if ours_until < their_start:
        return ours[: len(ours) - our_end] + base[ours_until:their_start] + theirs[their_start:]
    if theirs_until < our_start:
        return theirs[: len(theirs) - their_end] + base[theirs_until:our_start] + ours[our_start:]
    return None
