"""Time words of a sentence: ``the next day``, ``two hours later``, ``on 3 May at noon``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


_STORY = r"before (?:the|this|our) story(?: (?:begins?|began|starts?|started|opens?|opened))?"
_BEFORE_STORY = re.compile(rf"^{_STORY}(?:,\s*|\s+(?=\S))", re.IGNORECASE)
_BEHIND = re.compile(rf",?\s+{_STORY}\.?$")


def before_story(text: str) -> tuple[int, int] | None:
    """From where to where a sentence tells what "before the story begins" stands beside; None where it does not."""
    if "efore " not in text:
        return None
    if (front := _BEFORE_STORY.match(text)) is not None:
        return front.end(), len(text)
    behind = _BEHIND.search(text)
    return None if behind is None else (0, behind.start())


def time_phrases(p: Parser, pos: int) -> list[tuple[str, int]]:
    """Time words in front or behind: ``the next day``, ``two hours later``, ``until last night``, ``on Friday at nine``."""
    known = p.memo_time.get(pos)
    if known is not None:
        return known
    found = _time_phrases(p, pos)
    for words, end in list(found):
        # "on Friday at nine"
        if p.low(end) in ("at", "in", "on") and words.split(" ")[0] in ("on", "at", "in", "the"):
            found.extend((f"{words} {more}", stop) for more, stop in _time_phrases(p, end))
    if p.low(pos) in (
        "until",
        "since",
        "before",
        "from",
        "by",
        "after",
        "at",
        "on",
        "till",
        "around",
        "about",
        "towards",
        "toward",
        "during",
    ):
        start = p.low(pos)
        found.extend((f"{start} {more}", stop) for more, stop in _time_phrases(p, pos + 1))
    known = p.memo_time[pos] = sorted(dict.fromkeys(found), key=lambda one: -one[1])
    return known


def _time_phrases(p: Parser, pos: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for size in (4, 3, 2, 1):
        words = " ".join(p.low(pos + k) for k in range(size) if pos + k < p.size)
        if pos + size <= p.size and words in closed.TIMES:
            found.append((words, pos + size))
            break
    low, nxt = p.low(pos), p.low(pos + 1)
    token = p.token(pos)
    if token is None:
        return found

    def unit(at: int) -> bool:
        return is_unit(p.low(at))

    def words_of(end: int) -> str:
        return " ".join(p.low(k) for k in range(pos, end))

    if low in ("the", "that", "one", "every", "this", "each", "some", "all") and (
        unit(pos + 1)
        or (nxt in ("next", "same", "following", "other", "first", "last") and unit(pos + 2))
    ):
        end = pos + 2 if unit(pos + 1) else pos + 3
        if p.low(end) in ("before", "after", "later"):
            end += 1
        found.append((words_of(end), end))
    if low in ("last", "next") and (unit(pos + 1) or nxt in closed.WEEKDAYS | closed.MONTHS):
        found.append((words_of(pos + 2), pos + 2))
    if (
        low in ("in", "until", "during", "through", "by", "since")
        and nxt == "the"
        and unit(pos + 2)
    ):
        found.append((words_of(pos + 3), pos + 3))
    if (
        token.kind == "number"
        or low in closed.NUMBERS
        or low in ("a", "an", "some", "several", "many", "few")
    ) and unit(pos + 1):
        end = pos + 2
        if p.low(end) in ("later", "before", "after", "ago", "earlier"):
            end += 1
            if p.low(end) == "that":
                end += 1
            found.append((words_of(end), end))
    if low in ("the", "that", "this") and nxt in closed.ORDINALS and unit(pos + 2):
        found.append((words_of(pos + 3), pos + 3))
    if low in ("all", "his", "her", "their") and (
        unit(pos + 1)
        or (
            p.low(pos + 1) in ("his", "her", "their", "the", "day")
            and (unit(pos + 2) or p.low(pos + 2) in ("life", "time"))
        )
    ):
        found.append(
            (words_of(pos + 3), pos + 3) if not unit(pos + 1) else (words_of(pos + 2), pos + 2)
        )
    if (
        token.kind == "number" or low in closed.NUMBERS or low in ("several", "many")
    ) and nxt == "times":
        found.append((words_of(pos + 2), pos + 2))
    if low.endswith("s") and unit(pos) and nxt in ("ago", "later", "earlier", "before"):
        found.append((words_of(pos + 2), pos + 2))
    if low == "for" and nxt in ("only", "about", "almost", "nearly", "over"):
        if _is_counted(p, pos + 2) and unit(pos + 3):
            found.append((words_of(pos + 4), pos + 4))  # "for only one day"
    if low == "for" and nxt.endswith("s") and unit(pos + 1):
        found.append((words_of(pos + 2), pos + 2))  # "for weeks"
    if low == "day" and _is_counted(p, pos + 1):
        end = pos + 2
        found.append((words_of(end), end))  # "on day forty of the voyage"
        if p.low(end) == "of":
            found.extend((words_of(end), stop) for _, stop in p.noun_phrase(end + 1))
    if low in ("from", "since") and nxt == "the" and p.low(pos + 2) in ("start", "beginning"):
        found.append((words_of(pos + 3), pos + 3))
    if low in ("once", "twice") and nxt in ("a", "every") and unit(pos + 2):
        found.append((words_of(pos + 3), pos + 3))
    if low == "in" and (nxt in closed.MONTHS or (unit(pos + 1) and nxt.endswith("s"))):
        found.append((words_of(pos + 2), pos + 2))
    if low == "on" and nxt in ("a", "the", "his", "her", "their") and p.low(pos + 2) == "way":
        if p.low(pos + 3) in ("out", "in", "up", "down", "home", "back", "there", "over"):
            found.append((words_of(pos + 4), pos + 4))
        elif p.low(pos + 3) == "to":
            found.extend((words_of(stop), stop) for _, stop in p.noun_phrase(pos + 4))
    if low == "on" and nxt in ("a", "the") and p.low(pos + 2) in closed.WEEKDAYS:
        end = pos + 4 if p.low(pos + 3) in closed.UNITS | {"afternoon"} else pos + 3
        found.append((words_of(end), end))
    if low == "before" and nxt in closed.TIME_NOUNS:
        found.append((words_of(pos + 2), pos + 2))
    if low == "at" and nxt in (
        "lunch",
        "dinner",
        "breakfast",
        "supper",
        "lunchtime",
        "teatime",
        "bedtime",
    ):
        found.append((words_of(pos + 2), pos + 2))
    if low in ("on", "at", "in", "by", "since", "until", "for", "after") and pos + 1 < p.size:
        first = p.token(pos + 1)
        assert first is not None
        end = pos + 1
        if first.lower in closed.WEEKDAYS:
            end = pos + 2
            if p.low(end) in ("morning", "evening", "night", "afternoon"):
                end += 1
        elif (
            first.kind == "number"
            or (low != "at" and first.lower in closed.MONTHS)
            or (low == "at" and first.lower in closed.NUMBERS)
        ):
            end = pos + 2
            if unit(end):
                end += 1
            while (
                p.low(end) in closed.MONTHS or p.kind(end) == "number" or p.low(end) in closed.HOURS
            ):
                end += 1
            if (
                end == pos + 2
                and low != "at"
                and first.lower not in closed.MONTHS
                and not re_year(first.text)
            ):
                end = pos + 1
            if not _in_calendar(p, pos + 1, end):
                p.fail(end - 1, "a day or an hour that there is")
                end = pos + 1
        elif (
            low == "for"
            and (
                first.lower in closed.NUMBERS
                or first.lower in ("a", "an", "some", "many", "several")
            )
            and unit(pos + 2)
        ):
            end = pos + 3
        elif (
            low in ("after", "at", "since")
            and first.lower in ("the", "that")
            and p.low(pos + 2) in ("time", "moment")
        ):
            end = pos + 3
        elif low in ("after", "in") and _is_counted(p, pos + 1) and unit(pos + 2):
            end = pos + 3  # "after ninety years", "in two days"
        elif (
            first.lower in ("the", "that", "this")
            and p.low(pos + 2) in closed.ORDINALS
            and unit(pos + 3)
        ):
            # "in the first minute", "on the last day of the war"
            end = pos + 4
            if p.low(end) == "of":
                for _, stop in p.noun_phrase(end + 1):
                    found.append((words_of(end), stop))
        elif (
            first.lower == "the"
            and p.low(pos + 2) in closed.ORDINALS
            and p.low(pos + 3) == "of"
            and p.low(pos + 4) in closed.MONTHS
        ):
            end = pos + 5  # "on the tenth of December"
        elif first.lower in closed.TIME_NOUNS:
            end = pos + 2
        if end > pos + 1:
            found.append((words_of(end), end))
    return found


def is_unit(word: str) -> bool:
    """Whether a word is for a stretch of time: "week", "years", "winter"."""
    return (
        word in closed.UNITS
        or word in closed.SEASONS
        or (word.endswith("s") and word[:-1] in closed.UNITS)
    )


def _is_counted(p: Parser, at: int) -> bool:
    return p.kind(at) == "number" or p.low(at) in closed.NUMBERS or p.low(at) in closed.MANY


def _in_calendar(p: Parser, pos: int, end: int) -> bool:
    """Whether there is such a day of a month, such an hour: no "33 May", no "25 o'clock"."""
    words = [p.low(at) for at in range(pos, end)]
    numbers = [int(word) for word in words if word.isdigit()]
    if any(word in closed.MONTHS for word in words):
        return all(number <= 31 or re_year(str(number)) for number in numbers)
    most = {"o'clock": 24, "am": 12, "pm": 12}.get(words[-1] if words else "")
    return most is None or all(number <= most for number in numbers)


def re_year(text: str) -> bool:
    """Whether a number can be a year."""
    return text.isdigit() and 1000 <= int(text) <= 2200


def time_passes(phrase: str) -> bool:
    """Whether a time phrase lets people move off the page."""
    if phrase in closed.TIMES:
        return closed.TIMES[phrase]
    return True


def told_of(text: str) -> tuple[str, int] | None:
    """The time words in front of a sentence, and whether they go back (-1), stay (0), or go on (1) in time; None without any."""
    front, comma, _ = text.partition(",")
    phrase = front.strip().lower()
    words = phrase.split()
    if not comma or not words or len(words) > 5:
        return None
    if phrase in closed.SAME_TIME:
        return front.strip(), 0
    measured = any(w in closed.UNITS or w.removesuffix("s") in closed.UNITS for w in words)
    if phrase in closed.EARLIER or (measured and words[-1] in closed.EARLIER):
        return front.strip(), -1
    if closed.TIMES.get(phrase) or (measured and phrase not in closed.TIMES):
        return front.strip(), 1
    return None
