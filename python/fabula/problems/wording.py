"""Small pieces of wording that several messages share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def one_of(words: Sequence[str]) -> str:
    """Return the words as "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def did_you_mean(nearest: Sequence[str]) -> str:
    """Return ": did you mean a or b?", or nothing when nothing is near."""
    return f": did you mean {one_of(nearest)}?" if nearest else ""


def near(word: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the known words that `word` may be a slip for, the nearest first."""
    spelled = {name.casefold(): name for name in known}
    low = word.casefold()
    found = difflib.get_close_matches(low, spelled, n=most, cutoff=0.75)
    if not found and len(low) == 3:
        # in a word this short one letter, or two that changed places, are more than a quarter
        found = [
            name
            for name in spelled
            if len(name) == 3
            and name[0] == low[0]
            and (sum(name[i] != low[i] for i in (1, 2)) == 1 or name[1:] == low[:0:-1])
        ][:most]
    return tuple(spelled[name] for name in found)


def slips(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known words that `word` is most likely a slip of the pen for.

    Stricter than `near`: a letter too many, one too few, or two that changed places. With one letter
    for another, short words become other words ("ball" and "wall", "John" and "Joan"), long ones do not.
    """
    low = word.casefold()
    return tuple(dict.fromkeys(n for n in known if _one_slip(low, n.casefold())))[:3]


def _one_slip(a: str, b: str) -> bool:
    if a == b or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 3 or {a + "s", b + "s"} & {a, b}:
        return False
    if len(a) == len(b):
        differ = [i for i in range(len(a)) if a[i] != b[i]]
        if len(differ) == 1:
            return len(a) > 5 and a[0] == b[0]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and a[differ[0]] == b[differ[1]]
            and a[differ[1]] == b[differ[0]]
        )
    short, long = sorted((a, b), key=len)
    return (
        len(long) - len(short) == 1
        and short[0] == long[0]
        and any(long[:i] + long[i + 1 :] == short for i in range(1, len(long)))
    )


def shorten(words: str, most: int = 60) -> str:
    """Return the words on one line, cut to at most `most` characters."""
    line = " ".join(words[: 2 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
