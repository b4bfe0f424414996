"""What shows (\"One can see whether …\") and what everybody knows from the start."""

from __future__ import annotations

import re

from fabula.language import copulas, declarations
from fabula.language.definitions import add_trigger
from fabula.language.rules import Part, condition, context
from fabula.language.state import SentenceLike, State, Unreadable
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, THING
from fabula.problems.cannot_read import cannot_read


def settle(state: State) -> None:
    """Takes in what shows ("One can see whether …"), now that "X can see Y when …" is known."""
    pending, state.pending = state.pending, []
    for sentence, text, sense, offset, file in pending:
        if f"can {sense}" not in state.definitions:
            continue
        state.file = file
        try:
            _visible(state, sentence, text, sense, offset)
        except Unreadable as error:
            state.problems.append(error.problem)


def _visible(state: State, sentence: SentenceLike, text: str, sense: str, offset: int) -> None:
    """ "One can see whether a person is wounded.": who can see it learns it."""
    from fabula.language import attitudes, effects

    key = f"can {sense}"
    blank = context(state, Part("", sentence, 0))
    observer = f.Var("O")
    where = re.match(r"^where an? (?P<kind>.+)$", text)
    if where is not None:
        kind = declarations.kind_named(state, sentence, re.sub(r" is$", "", where["kind"]))
        subject = f.Var("Y")
        test = copulas.defined(blank, key, [observer, subject])
        learnt = (f.Assign(LOCATION, (subject,), f.Value(LOCATION, (subject,)), (observer,)),)
        _perception(state, sentence, test, learnt, {"O": PERSON, "Y": kind})
        return
    m = re.match(r"^(?P<word>whether|who|what) (?P<clause>.+?)(?: when (?P<when>.+))?$", text)
    if m is None:
        raise Unreadable(
            cannot_read(
                sentence.place(0, 1),
                sentence.text,
                expected=("where a thing is", "whether, who or what"),
            )
        )
    letters: dict[str, str] = {}
    clause, kinds = _lettered(state, m["clause"])
    if m["word"] == "who":
        clause = f"V {clause}"
        kinds["V"] = PERSON
    elif m["word"] == "what":
        clause = f"{clause} V"
        kinds["V"] = THING
    letters.update(kinds)
    body = condition(state, Part(clause, sentence, offset), letters)
    subject = f.Var("Y")
    parts: list[f.Formula] = [copulas.defined(blank, key, [observer, subject])]
    if m["when"]:
        parts.append(
            condition(state, Part(re.sub(r"^it ", "Y ", m["when"]), sentence, offset), letters)
        )
    done = effects.believed(observer, attitudes.whether(body), {})
    if "V" in kinds:
        # only what is so is seen ("who holds a person"): that it ends is seen as the act that ends it
        done = effects.believed(observer, body, {})
        parts.insert(0, body)
    _perception(state, sentence, f.conjunction(parts), done, {"O": PERSON, **kinds})


def _perception(
    state: State,
    sentence: SentenceLike,
    test: f.Formula,
    done: tuple[f.Effect, ...],
    kinds: dict[str, str],
) -> None:
    typed = f.conjunction([*(f.IsKind(f.Var(n), k) for n, k in kinds.items()), test])
    add_trigger(state, typed, done, sentence.text, state.file, sentence.place(0).line)


def _lettered(state: State, clause: str) -> tuple[str, dict[str, str]]:
    """ "a person is wounded" -> ("Y is wounded", {"Y": "person"})."""
    kinds: dict[str, str] = {}
    letters = iter("YZTU")
    words = clause.split(" ")
    said: list[str] = []
    at = 0
    while at < len(words):
        size = 0
        if words[at] in ("a", "an") and at + 1 < len(words):
            size = min(state.lexicon.longest.get(words[at + 1], 1), len(words) - at - 1)
            while size and tuple(words[at + 1 : at + 1 + size]) not in state.lexicon.nouns:
                size -= 1
        if size:
            letter = next(letters)
            kinds[letter] = state.lexicon.nouns[tuple(words[at + 1 : at + 1 + size])][0]
            said.append(letter)
        else:
            said.append(words[at])
        at += 1 + size
    return " ".join(said), kinds


def public(state: State, sentence: SentenceLike, text: str, offset: int) -> None:
    """ "Everyone knows whether a person is alive.": initial values are known to everybody."""
    from dataclasses import replace

    where = re.match(r"^where an? (?P<kind>.+?) is$", text)
    if where is not None:
        state.public_places.append(declarations.kind_named(state, sentence, where["kind"]))
        return
    m = re.match(r"^(?:whether|who|what) (?P<clause>.+)$", text)
    if m is None:
        raise Unreadable(
            cannot_read(
                sentence.place(0, 1),
                sentence.text,
                expected=("where a thing is", "whether, who or what"),
            )
        )
    clause, kinds = _lettered(state, m["clause"])
    if text.startswith(("who", "what")):
        clause, kinds["V"] = f"V {clause}", PERSON
    body = condition(state, Part(clause, sentence, offset), dict(kinds))
    for part in f.conjuncts(body):
        if isinstance(part, f.Equals) and isinstance(part.left, f.Value):
            info = state.world.fluents[part.left.fluent]
            state.world.fluents[info.id] = replace(info, public=True)
