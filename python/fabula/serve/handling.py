"""What is done with each message of a page: one function for each, in the order of web/PROTOCOL.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fabula.serve import messages
from fabula.serve.changes import ChangeError
from fabula.serve.client import Client
from fabula.serve.document import Document
from fabula.serve.files import MOST_BYTES, RefusedError
from fabula.serve.messages import Message, MessageError
from fabula.serve.room import Room
from fabula.serve.session import Session
from fabula.serve.templates import TEMPLATES, make


def handle(session: Session, client: Client, data: str) -> None:
    """Do what a message says; whatever is wrong with it is told to the page."""
    file: str | None = None
    try:
        message = messages.message_of(data)
        kind = message["type"]
        given = message.get("file")
        file = given if isinstance(given, str) and len(given) < 400 else None
        HANDLERS.get(kind, _unknown)(session, client, message)
    except (MessageError, RefusedError, ChangeError) as error:
        client.trouble(str(error), file)
    except FileNotFoundError:
        client.trouble(f"{file!a} is not there", file)
    except OSError as error:
        client.trouble(error.strerror or str(error), file)


def greet(session: Session, client: Client, version: str) -> None:
    """Say hello to a page."""
    client.tell(
        "hello",
        session=session.id,
        version=version,
        stories=session.stories(),
        open=session.opening.story,
        tour=session.opening.tour,
    )
    session.opening = replace(
        session.opening, tour=False
    )  # once: who loads the page again has seen it


def _unknown(session: Session, client: Client, message: Message) -> None:  # noqa: ARG001
    raise MessageError(f"there is no message {message['type'][:40]!a}")


def _open(session: Session, client: Client, message: Message) -> None:
    _open_story(session, client, messages.text(message, "story"))


def _open_story(session: Session, client: Client, story: str) -> None:
    room = session.room(story)
    entry = session.entry(story)
    client.story = story
    client.tell("story", story=story, files=list(entry.files))
    for file in entry.files:
        session.tell_document(client, file)
    if room.last is not None:
        client.put(room.last)
    room.draw(client)


def _document(session: Session, message: Message) -> Document:
    return session.document(messages.text(message, "file"))


def _push(session: Session, client: Client, message: Message) -> None:
    document = _document(session, message)
    version, updates = messages.number(message, "version"), messages.updates(message)
    reason = session.readonly(document)
    if reason is not None:
        raise RefusedError(reason)
    try:
        taken = document.push(version, updates)
    except (ChangeError, RefusedError):
        session.tell_document(client, document.file)  # the page begins again with what is here
        raise
    if taken:
        session.tell_updates(document, version, updates)
        if client not in session.viewers(document.file):
            client.tell("updates", file=document.file, version=version, updates=updates)
    else:
        client.tell("refused", file=document.file, version=document.version)


def _pull(session: Session, client: Client, message: Message) -> None:
    document = _document(session, message)
    version = messages.number(message, "version")
    updates = document.since(version)
    if updates is None:
        session.tell_document(client, document.file)
    else:
        client.tell("updates", file=document.file, version=version, updates=updates)


def _resume(session: Session, client: Client, message: Message) -> None:
    document = _document(session, message)
    text = messages.text(message, "text", MOST_BYTES)
    if len(text.encode("utf-8")) > MOST_BYTES or "\r" in text:
        raise RefusedError(
            f"{document.file} is larger than {MOST_BYTES // 1_000_000} MB, or has carriage returns"
        )
    version = document.version
    document.resume(messages.text(message, "hash"), text, messages.text_or_none(message, "client"))
    _tell_others(session, client, document, version)


def _settle(session: Session, client: Client, message: Message) -> None:
    document = _document(session, message)
    version = document.version
    document.settle(messages.one_of(message, "choice", ("mine", "theirs")) == "mine")
    _tell_others(session, client, document, version)


def _tell_others(session: Session, client: Client, document: Document, version: int) -> None:
    """Tell the others what has changed; who made it so gets the whole text."""
    story, client.story = client.story, None
    session.tell_changes(document, version)
    client.story = story
    session.tell_document(client, document.file)
    session.keep(document)


def _room(session: Session, client: Client) -> Room:
    if client.story is None:
        raise MessageError("no story is open")
    return session.room(client.story)


def _look(session: Session, client: Client, message: Message) -> None:
    client.look = messages.look(message)
    if client.story is not None:
        session.room(client.story).draw(client)


def _world(session: Session, client: Client, message: Message) -> None:
    after, eyes = messages.number_or_none(message, "after"), messages.names(message, "eyes")
    _room(session, client).world(client, after, eyes)


def _ident(message: Message) -> Any:
    found = message.get("id")
    if not isinstance(found, int | str) or len(str(found)) > 64:
        raise MessageError(f"{message['type']}: id is a number or a short text")
    return found


def _ask(session: Session, client: Client, message: Message) -> None:
    question = messages.text(message, "question", 2000)
    after = messages.number_or_none(message, "after")
    _room(session, client).ask(client, _ident(message), question, after)


def _repairs(session: Session, client: Client, message: Message) -> None:
    finding, revision = (
        messages.number(message, "finding"),
        messages.number_or_none(message, "revision"),
    )
    _room(session, client).repairs(client, _ident(message), finding, revision)


def _new(session: Session, client: Client, message: Message) -> None:
    name = messages.text(message, "name", 100)
    template = messages.one_of(message, "template", TEMPLATES)
    try:
        story = make(session.folder, name, template)
    except RefusedError as error:
        client.tell("unmade", name=name, message=str(error))
        return
    session.look_for_stories()
    _open_story(session, client, story)


HANDLERS: dict[str, Callable[[Session, Client, Message], None]] = {
    "open": _open,
    "push": _push,
    "pull": _pull,
    "resume": _resume,
    "look": _look,
    "world": _world,
    "ask": _ask,
    "repairs": _repairs,
    "settle": _settle,
    "new": _new,
}
