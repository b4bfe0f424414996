"""Blanks what a Markdown file keeps for itself: front matter and comments; and odd blanks.

Every character becomes a space and every line stays a line, so that all places stay what they are.
"""

from __future__ import annotations

import re

_KEY_OR_REST = re.compile(r"[\w.-]+[ \t]*:(?:[ \t]|$)|[ \t]|-[ \t]|#|$")
_KEY = re.compile(r"[\w.-]+[ \t]*:(?:[ \t]|$)")
_OPENING = re.compile(r"^[ \t]*(?P<marks>`{3,}|~{3,})[^`\n]*$|<!--", re.MULTILINE)
_UNSEEN = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ODD_ASCII = re.compile(r"[^\S\n\t ]")
_ODD_BLANK = re.compile(rf"[^\S\n\t ]|(?<!\w)[{_UNSEEN}]|[{_UNSEEN}](?!\w)")
"""Blanks other than space and tab, and marks that nobody sees (of direction, of no width) where no word goes on."""

_NOT_NEWLINE = re.compile(r"[^\n]")


def without_notes(text: str) -> str:
    """Return the text, lines ended by LF, with front matter, comments and odd blanks as spaces."""
    odd = _ODD_ASCII if text.isascii() else _ODD_BLANK
    text = odd.sub(" ", text)
    if text.startswith("---"):
        text = _without_front_matter(text)
    return _without_comments(text) if "<!--" in text else text


def is_front_matter_open(text: str) -> bool:
    """Whether the first line of dashes and the key after it begin a front matter that nothing ends."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not _KEY.match(lines[1]):
        return False
    return _without_front_matter(text) == text


def _without_front_matter(text: str) -> str:
    """Blank what stands between two lines of dashes on top, if it has the form of keys."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n" * (number + 1) + "\n".join(lines[number + 1 :])
        if not _KEY_OR_REST.match(line):
            break
    return text


def _without_comments(text: str) -> str:
    """Blank the comments that are closed and stand outside fences."""
    kept: list[str] = []
    done = at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        if marks := opening["marks"]:
            closing = re.compile(rf"^[ \t]*{marks[0]}{{{len(marks)},}}[ \t]*$", re.MULTILINE)
            closed = closing.search(text, opening.end())
            if closed is None:
                break
            at = closed.end()
        else:
            start, at = opening.start(), text.find("-->", opening.end()) + len("-->")
            if at < len("-->"):
                break
            kept += (text[done:start], _NOT_NEWLINE.sub(" ", text[start:at]))
            done = at
    return "".join((*kept, text[done:]))
