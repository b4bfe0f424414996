"""Frames as they are written in rules: "X gives Y to Z / X gives Z Y (also: hand, pass)"."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language.lexicon import Frame, Slot
from fabula.language.morphology import third_person
from fabula.language.words import closed

_LETTER = re.compile(r"[A-Z]$")


def base_of_third(word: str) -> str:
    """``goes`` -> ``go``, ``chases`` -> ``chase``: the base of a third person singular."""
    low = word.lower()
    if low == "has":
        return "have"
    if low == "is":
        return "be"
    if low.endswith("ies"):
        return low[:-1] if len(low) <= 4 else low[:-3] + "y"
    if low.endswith(("sses", "ches", "shes", "xes", "zzes", "oes")):
        return low[:-2]
    return low.removesuffix("s")


CONTENTS = frozenset("CAQWNJ")


def frames_of(text: str, also: list[str], contents: frozenset[str] = CONTENTS) -> list[Frame]:
    """Every frame of a rule's head: those written, and those with the other verbs.

    ``contents``: the letters among C (a clause), A (an act), Q (a question), W (words) that are not things here.
    """
    written = [
        frame
        for piece in re.split(r"\s/\s", text)
        if (frame := frame_of(piece.strip(), inflected=True, contents=contents)) is not None
    ]
    found = list(written)
    for other in also:
        if re.search(r"(^|\s)[A-Z]('s)?(\s|$)", other):
            whole = (
                other
                if re.match(r"[A-Z]\s", other)
                else f"{written[0].subject if written else 'X'} {other}"
            )
            frame = frame_of(whole, inflected=bool(re.match(r"[A-Z]\s", other)), contents=contents)
            if frame is not None:
                found.append(frame)
            continue
        verb, _, particle = other.partition(" ")
        found.extend([_with_verb(frame, verb, particle) for frame in written])
    unique: dict[tuple[str, str, tuple[Slot, ...]], Frame] = {}
    for frame in (*found, *map(_shifted, found)):
        unique.setdefault((frame.verb, frame.subject, frame.slots), frame)
    return list(unique.values())


def _with_verb(frame: Frame, verb: str, particle: str) -> Frame:
    """The frame with another verb; its particle takes the place of the frame's own."""
    slots = frame.slots
    if particle:
        if slots and slots[0].kind == "word":
            slots = slots[1:]
        last = particle.split(" ")[-1]
        if (
            slots
            and slots[0].kind == "prep"
            and last in closed.PREPOSITIONS
            and particle not in ("up", "down", "back", "over", "out", "off", "along", "on", "in")
        ):
            # "go through" in place of "go to": its preposition replaces the frame's
            slots = (replace(slots[0], words=(particle,)), *slots[1:])
        elif (
            slots
            and slots[0].kind == "np"
            and last in closed.PREPOSITIONS
            and last not in ("up", "down", "off", "out", "away", "over", "in", "on")
        ):
            slots = (Slot("prep", slots[0].role, (particle,)), *slots[1:])
        else:
            slots = (Slot("word", "", (particle,)), *slots)
    return Frame(
        verb,
        frame.subject,
        slots,
        frame.action,
        frame.fluent,
        frame_words(frame.subject, verb, slots),
    )


MODAL = ("can", "will")
"""What a definition may say of somebody besides what is so: "X can see Y when …", "X will look for Y in Z when …"."""


def modal_key(modal: str, frame: Frame) -> str:
    """What a definition of what somebody can or will do is kept under; "will" means one way of saying it alone."""
    said = [word for slot in frame.slots for word in slot.words[:1]] if modal == "will" else []
    return " ".join([modal, frame.verb, *said])


SEPARABLE = frozenset({"up", "down", "off", "out", "away", "over"})
PARTICLES = frozenset("away up down off out back over on in open".split())


def _shifted(frame: Frame) -> Frame:
    """Turns "throws T away" into "throws away T", or the other way round."""
    if len(frame.slots) == 1 and frame.slots[0].kind == "prep":
        (only,) = frame.slots
        if SEPARABLE.issuperset(only.words) and len(only.words) == 1 and only.role in "THYU":
            # "cuts off T": also "cuts it off"
            apart = (replace(only, kind="np", words=()), Slot("word", "", only.words))
            text = frame_words(frame.subject, frame.verb, apart)
            return replace(frame, slots=apart, text=text)
    if len(frame.slots) < 2:
        return frame
    first, second, *rest = frame.slots
    particle, thing = (first, second) if first.kind == "word" else (second, first)
    if particle.kind != "word" or thing.kind != "np" or not PARTICLES.issuperset(particle.words):
        return frame
    slots = (second, first, *rest)
    return replace(frame, slots=slots, text=frame_words(frame.subject, frame.verb, slots))


def frame_words(subject: str, verb: str, slots: tuple[Slot, ...]) -> str:
    """A frame as it is written in a rule."""
    words = [subject or "it", third_person(verb)]
    for slot in slots:
        said = {
            "C": f"that {slot.role}",
            "A": f"{slot.words[0] if slot.words else 'to'} {slot.role}",
            "own": f"{slot.role}'s {'/'.join(slot.words)}",
            "N": slot.role,
            "J": slot.role,
        }.get(slot.kind, f"{'/'.join(slot.words)} {slot.role}".strip())
        words.append(f"({said})" if slot.optional else said)
    return " ".join(words)


def thing_letters(head: str, sections: str) -> frozenset[str]:
    """Which of C, A and W stand for things in a rule: its subject, what follows a preposition, what has or is something."""
    found: set[str] = set()
    for letter in "CAW":
        mentioned = re.search(
            rf"\b{letter} (?:is|has|does|no)\b|\b(?:in|has|have|reach|unlock|target|see) {letter}\b|\b{letter}'s",
            sections,
        )
        subject = re.search(rf"(^|/ ){letter} [a-z]", head.strip())
        after = re.search(rf"(?<!\w)([a-z/]+) {letter}\b", head)
        preposition = (
            after is not None
            and letter != "A"
            and (
                _is_prepositions(after.group(1))
                and after.group(1) not in ("that", "as", "out", "up")
            )
        )
        if subject or preposition or (mentioned and letter != "A"):
            found.add(letter)
    return frozenset(found)


def frame_of(text: str, inflected: bool, contents: frozenset[str] = CONTENTS) -> Frame | None:
    """One frame. Its first word is the subject's letter, the second the verb."""
    words = text.replace("(", " ( ").replace(")", " ) ").replace('"', " ").split()
    if len(words) < 2 or not (_LETTER.match(words[0]) or words[0] == "it"):
        return None
    subject = words[0] if words[0] != "it" else ""
    verb = base_of_third(words[1]) if inflected else words[1].lower()
    return Frame(verb, subject, slots_of(words[2:], contents), text=text)


def slots_of(words: list[str], contents: frozenset[str] = CONTENTS) -> tuple[Slot, ...]:
    """The places after the verb.

    Of ``contents`` C is a clause, A an act ("do A": without "to"), Q a question, W words in quotes, N what somebody is
    ("king"), J an adjective.
    """
    slots: list[Slot] = []
    optional = False
    pending: list[str] = []

    def flush() -> None:
        slots.extend([Slot("word", "", tuple(word.split("/")), optional) for word in pending])
        pending.clear()

    for i, word in enumerate(words):
        if word == "(":
            flush()
            optional = True
        elif word == ")":
            flush()
            optional = False
        elif _LETTER.match(word):
            before = pending[-1] if pending else ""
            if word in contents:
                if word == "A" and before and before != "to" and before in closed.PREPOSITIONS:
                    pending.pop()
                    flush()
                    slots.append(Slot("G", word, (before,), optional))
                    continue
                bare = before in ("do", "doing") and word == "A"
                if before == "that" or (before == "to" and word == "A") or bare:
                    pending.pop()
                flush()
                slots.append(Slot(word, word, (before,) if bare else (), optional))
            elif pending and _is_prepositions(pending[-1]):
                prepositions = _prepositions(pending)
                flush()
                slots.append(Slot("prep", word, prepositions, optional))
            else:
                flush()
                slots.append(Slot("np", word, (), optional))
        elif word.endswith("'s") and _LETTER.match(word[:-2]) and i + 1 < len(words):
            flush()
            slots.append(Slot("own", word[:-2], (words[i + 1].lower(),), optional))
            words[i + 1] = ""
        elif word:
            pending.append(word.lower())
    flush()
    return tuple(slots)


def _is_prepositions(word: str) -> bool:
    return all(part in closed.PREPOSITIONS for part in word.split("/"))


def _prepositions(pending: list[str]) -> tuple[str, ...]:
    """Takes the preposition(s) off the end of ``pending``; "out of" is one."""
    last = pending.pop()
    if pending and (pending[-1], last) in closed.COMPOUND:
        return (closed.COMPOUND[(pending.pop(), last)],)
    if len(pending) > 1 and (pending[-2], pending[-1], last) in closed.COMPOUND:
        first, second = pending[-2], pending[-1]
        del pending[-2:]
        return (closed.COMPOUND[(first, second, last)],)
    return tuple(last.split("/"))
