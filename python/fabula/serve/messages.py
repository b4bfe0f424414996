"""What a page may say: each message checked, whoever sent it, before anything is done with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from fabula.serve.journal import Update

MOST_CHARACTERS = 4_000_000
MOST_UPDATES = 5_000
MOST_NAME = 400
Message = dict[str, Any]


class MessageError(ValueError):
    """A message that is none; what is wrong with it is told to the page."""


def message_of(data: str) -> Message:
    """A message from its text; raises MessageError."""
    if len(data) > MOST_CHARACTERS:
        raise MessageError(f"a message of more than {MOST_CHARACTERS // 1_000_000} MB is not taken")
    try:
        found = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise MessageError("a message is not JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        raise MessageError("a message is a JSON object with a type")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def text(message: Mapping[str, Any], name: str, most: int = MOST_NAME) -> str:
    """A field that is text."""
    found = message.get(name)
    if not isinstance(found, str) or len(found) > most:
        raise MessageError(f"{message.get('type')}: {name} is text of at most {most} characters")
    if not found.isascii() and any("\ud800" <= c <= "\udfff" for c in found):
        raise MessageError(f"{message.get('type')}: {name} has half a character in it")
    return found


def text_or_none(message: Mapping[str, Any], name: str) -> str | None:
    """A field that is text, or null, or not there."""
    return None if message.get(name) is None else text(message, name)


def number(message: Mapping[str, Any], name: str) -> int:
    """A field that is a whole number, and not below 0."""
    found = message.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 1 << 53:
        raise MessageError(f"{message.get('type')}: {name} is a whole number")
    return found


def number_or_none(message: Mapping[str, Any], name: str) -> int | None:
    """The same, or null, or not there."""
    return None if message.get(name) is None else number(message, name)


def names(message: Mapping[str, Any], name: str, most: int = 200) -> list[str]:
    """A field that is a list of names; null and not there are none."""
    found = message.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or len(found) > most:
        raise MessageError(f"{message.get('type')}: {name} is a list of at most {most} names")
    return [text({"type": message.get("type"), name: one}, name) for one in found]


def one_of(message: Mapping[str, Any], name: str, choices: Sequence[str]) -> str:
    """A field that is one of some words."""
    found = text(message, name)
    if found not in choices:
        raise MessageError(f"{message.get('type')}: {name} is one of {', '.join(choices)}")
    return found


def updates(message: Mapping[str, Any]) -> list[Update]:
    """The changes that are pushed; whether they fit the text is seen when they are carried out."""
    found = message.get("updates")
    if not isinstance(found, list) or len(found) > MOST_UPDATES:
        raise MessageError(f"push: updates is a list of at most {MOST_UPDATES} changes")
    made: list[Update] = []
    for one in found:
        if not isinstance(one, dict) or not isinstance(one.get("changes"), list):
            raise MessageError("push: an update has a clientID and changes")
        client = text({"type": "push", "clientID": one.get("clientID")}, "clientID", 64)
        if not client:
            raise MessageError("push: an update has a clientID")
        made.append(Update(clientID=client, changes=one["changes"]))
    return made


LOOKS = ("findings", "ways", "minds", "causes", "times", "world", "ask")
PICTURES = ("ways", "minds", "causes", "times")


def look(message: Mapping[str, Any]) -> Message:
    """What a page shows; nothing else is kept of the message."""
    people = message.get("people")
    eyes = message.get("eyes")
    return {
        "tab": one_of(message, "tab", LOOKS),
        "people": None if people is None else names(message, "people"),
        "start": number_or_none(message, "start"),
        "end": number_or_none(message, "end"),
        "fact": text_or_none(message, "fact"),
        "eyes": eyes if eyes is None else names(message, "eyes") if isinstance(eyes, list) else text(message, "eyes"),
    }  # fmt: skip
