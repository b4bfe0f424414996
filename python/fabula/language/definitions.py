"""Definitions (\"X can see Y when …\") and what happens by itself (\"When …: …\")."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language import rules
from fabula.language.frames import MODAL, frame_of, modal_key
from fabula.language.lexicon import Adjective
from fabula.language.state import Definition, SentenceLike, State, Unreadable
from fabula.model import formula as f
from fabula.model.world import CONTENT, PERSON, THING, Fluent, Motive, Param, Trigger
from fabula.problems.cannot_read import cannot_read


def is_when(sentence: SentenceLike) -> bool:
    """Whether a sentence is a rule of what happens by itself: "When …: …"; raises where its colon is missing."""
    text = sentence.text
    if not text.startswith("When "):
        return False
    if ":" not in text and (letters := _LETTERS.findall(text)) and len(set(letters)) < len(letters):
        end = len(text.rstrip(".")) - 1
        raise Unreadable(
            cannot_read(
                sentence.place(end), text, expected=('":" in front of what happens by itself',)
            )
        )
    return ":" in text


_LETTERS = re.compile(r"\b[A-HJ-Z]\b(?!\.\s)")

# "X can see Y when …"
_DEFINED = re.compile(r"^(?P<head>[A-Z]\b.*?) when (?P<body>.+)$", re.DOTALL)


def is_definition(text: str) -> bool:
    """Whether a sentence defines a relation or property by conditions."""
    match = _DEFINED.match(text.rstrip("."))
    return match is not None and bool(re.fullmatch(r"[A-Z] [a-z]+(?: .*)?", match["head"]))


def define(state: State, sentence: SentenceLike) -> None:
    """Takes in "X can see Y when …" or "X is free to move when …"."""
    text = sentence.text.rstrip(".")
    match = _DEFINED.match(text)
    assert match is not None
    body = rules.condition(state, rules.Part(match["body"], sentence, match.start("body")), {})
    letters = [w for w in match["head"].split(" ") if re.fullmatch("[A-Z]", w)]
    if " counts as " in match["head"]:
        definition = _counting(state, sentence, match["head"], letters)
    else:
        key = _head(state, sentence, match["head"].split(" "), letters)
        definition = state.definitions.setdefault(key, Definition(key, tuple(letters)))
    renamed = f.substitute(
        body, {a: f.Var(b) for a, b in zip(letters, definition.letters, strict=False) if a != b}
    )
    free = [v for v in f.variables(renamed) if v not in definition.letters]
    for name in reversed(free):
        fresh = f"{name}'"
        renamed = f.Exists(
            fresh, _kind_in(renamed, name), f.substitute(renamed, {name: f.Var(fresh)})
        )
    definition.bodies.append(renamed)


def _counting(state: State, sentence: SentenceLike, head: str, letters: list[str]) -> Definition:
    """ "X counts as (not) above Y when …": it does for who asks; what is so stays apart from what counts as it."""
    subject, _, said = head.partition(" counts as ")
    denied = said.startswith("not ")
    said = said.removeprefix("not ")
    verb, _, rest = said.partition(" ")
    doing = next((base for base, form in state.lexicon.verbs.get(verb, ()) if form == "ing"), None)
    plain = f"{subject} {_third(doing)} {rest}" if doing else f"{subject} is {said}"
    found = rules.condition(state, rules.Part(plain, sentence, 0), {})
    match found:
        case f.Equals(f.Value(fluent, args), f.Lit(True)):
            names = tuple(a.name for a in args if isinstance(a, f.Var))
            if sorted(names) == sorted(letters):
                key = f"not {fluent}" if denied else fluent
                return state.counts.setdefault(key, Definition(key, names))
    raise Unreadable(
        cannot_read(
            sentence.place(0, 1),
            sentence.text,
            expected=("a relation, such as X counts as above Y",),
        )
    )


def _head(state: State, sentence: SentenceLike, head: list[str], letters: list[str]) -> str:
    """Makes the words of a definition's head known; returns what it is kept under."""
    if head[1] in ("is", "are"):
        phrase = [w for w in head[2:] if not re.fullmatch("[A-Z]", w)]
        preposition = ""
        if len(letters) > 1 and len(phrase) > 1 and re.fullmatch("[A-Z]", head[-1]):
            preposition = phrase.pop()
        if phrase:
            # "scared" and "scared of Y" are two words
            key = " ".join(["is", *phrase, *([preposition] if preposition else [])])
            state.add_adjective(" ".join(phrase), Adjective(key, True, preposition))
            return key
    elif head[1] in MODAL:
        frame = frame_of(" ".join([head[0], *map(_third, head[2:3]), *head[3:]]), inflected=True)
        if frame is not None:
            state.add_frame(frame)
            return modal_key(head[1], frame)
    else:
        frame = frame_of(" ".join(head), inflected=True)
        if frame is not None:
            key = " ".join([frame.verb, *(w for w in head[2:] if not re.fullmatch("[A-Z]", w))])
            if key in state.world.fluents:
                key = f"to {key}"  # "the key opens it" is not that it "is open"
            state.add_frame(replace(frame, fluent=key))
            return key
    raise Unreadable(
        cannot_read(
            sentence.place(0, 1), sentence.text, expected=("what is defined, such as X can see Y",)
        )
    )


def _kind_in(formula: f.Formula, name: str) -> str:
    for part in f.conjuncts(formula):
        if isinstance(part, f.IsKind) and part.term == f.Var(name):
            return part.kind
    return THING


def _third(verb: str) -> str:
    from fabula.language.morphology import third_person

    return third_person(verb)


def when(state: State, sentence: SentenceLike, file: str) -> None:
    """Takes in "When X is in Y, Y is burning: X is in danger.", or "When X loves Y: X wants Y to live."."""
    text = sentence.text.rstrip(".")
    head, _, tail = text.partition(":")
    letters: dict[str, str] = {}
    known = len(state.world.contents)
    test = rules.condition(state, rules.Part(head[5:], sentence, 5), letters)
    asked, wish, wisher = _wish(state, test)
    lead = len(head) + 1 + len(tail) - len(tail.lstrip())
    line = sentence.place(0).line
    changes: list[str] = []
    for item, at in rules.split_items(tail.strip()):
        if not _WANTS.match(item):
            changes.append(item)
            continue
        plain = item.removesuffix(_ABOVE_ALL)
        person, goal = rules.want(state, rules.Part(plain, sentence, lead + at), letters)
        names = f.variables(f.conjunction([asked, goal, *([wish] if wish is not None else [])]))
        params, kept = typed(state, asked, names)
        kept = _also_done(state, kept)
        if isinstance(goal, f.Holds):
            params = tuple(Param(p.name, CONTENT) if p.name == goal.content else p for p in params)
        weight = 1 if plain == item else 4
        motive = Motive(person, params, kept, goal, weight, text, file, line, wish, wisher)
        (state.world.motives if wish is None else state.world.followings).append(motive)
    if wish is not None and not changes:  # what a rule asks for is no content of the story
        rules.forget_contents(state, known)
    if changes:
        done = rules.effects_of(state, "; ".join(changes), sentence, lead, letters)
        add_trigger(state, test, done, text, file, line)


def _wish(state: State, test: f.Formula) -> tuple[f.Formula, f.Formula | None, str]:
    """The condition without what somebody has to want, said with letters ("X wants Y dead"); that; and whose letter it is."""
    parts = list(f.conjuncts(test))
    for part in parts:
        match part:
            case f.Equals(f.Value("want", (f.Var(who), f.Const(ident))), f.Lit(True)):
                content = state.world.contents.get(ident)
                if (
                    content is not None
                    and content.formula is not None
                    and f.variables(content.formula)
                ):
                    rest = f.conjunction([one for one in parts if one is not part])
                    return rest, content.formula, who
    return test, None, ""


def _also_done(state: State, formula: f.Formula) -> f.Formula:
    """What an act makes so, or the act itself: who betrayed somebody is a traitor, whichever of the two is known."""
    parts: list[f.Formula] = []
    for part in f.conjuncts(formula):
        match part:
            case f.Equals(f.Value(fluent, args), f.Lit(True)) if fluent in state.world.actions:
                missing = len(state.world.actions[fluent].params) - len(args)
                if missing >= 0:
                    done = f.truth(f"did:{fluent}", *args, *([f.Const("nothing")] * missing))
                    part = f.Or((part, done))
        parts.append(part)
    return f.conjunction(parts)


_WANTS = re.compile(r"^[A-Z] wants ")
_ABOVE_ALL = " above all"


def add_trigger(
    state: State, test: f.Formula, done: tuple[f.Effect, ...], text: str, file: str, line: int
) -> Trigger:
    """Registers a trigger; kinds of its variables come from "X is a …" among its conditions."""
    params, kept = typed(state, test, f.variables(test))
    trigger = Trigger(f"when {len(state.world.triggers) + 1}", params, kept, done, text, file, line)
    state.world.triggers.append(trigger)
    return trigger


def typed(state: State, test: f.Formula, names: list[str]) -> tuple[tuple[Param, ...], f.Formula]:
    """The variables of a condition with their kinds ("X is a person"), and what of it is left besides."""
    kinds: dict[str, str] = {}
    kept: list[f.Formula] = []
    for part in f.conjuncts(test):
        if isinstance(part, f.IsKind) and isinstance(part.term, f.Var):
            known = kinds.get(part.term.name)
            if known is None or state.kind_is(part.kind, known):
                kinds[part.term.name] = part.kind
        else:
            kept.append(part)
    for name in names:
        kinds.setdefault(name, _guess(state, test, name))
    return tuple(Param(n, kinds[n]) for n in names), f.conjunction(kept)


def _guess(state: State, test: f.Formula, name: str) -> str:
    """The kind of a variable from the fluents that it stands in."""
    found = THING

    def narrow(kind: str) -> None:
        nonlocal found
        if kind in state.world.kinds and state.kind_is(kind, found):
            found = kind

    def of_term(term: f.Term) -> None:
        if isinstance(term, f.Value):
            info: Fluent | None = state.world.fluents.get(term.fluent)
            for index, arg in enumerate(term.args):
                if info is not None and index < len(info.params) and arg == f.Var(name):
                    narrow(info.params[index])
                of_term(arg)

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, right) | f.Compare(_, left, right) | f.Within(left, right):
                of_term(left)
                of_term(right)
            case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
                walk(body)
            case f.Believes(who, body):
                if who == f.Var(name):
                    narrow(PERSON)
                walk(body)
            case f.And(parts):
                for sub in parts:
                    walk(sub)
            case _:
                pass

    walk(test)
    return found
