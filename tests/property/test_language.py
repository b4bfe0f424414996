"""What is said is read back as the same; what is broken is read or refused."""

from __future__ import annotations

import pickle
import random
from functools import cache
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fabula.language.library import compile_library
from fabula.language.reading import Reader
from fabula.language.say import event_words, fact_words
from fabula.language.say_events import read_as
from fabula.language.state import State
from fabula.language.verbs_said import best_frame, frames_said
from fabula.model import formula as f
from fabula.model.story import Happening, Source, Stated
from fabula.model.world import Fluent
from fabula.text.reading import parse_markdown
from fabula.text.span import Span

ROOT = Path(__file__).parents[2]
WORLD = """\
Anna is a woman. Berta is a woman. Dora is a woman. Carl is a man. David is a man.
The guards are a group of soldiers. The dog is a dog. The mill is a mill. The town is a town.
The kitchen is a kitchen in the mill. The box is a box. The lamp is a lamp. The pistol is a pistol.
The knife is a knife. The letter is a letter. The car is a car. The guitar is a guitar. The cake is a cake.
The counter is a counter in the mill. Anna's hand is a hand. Carl's neck is a neck. The key is a key.
The stranger in town is really David. The lamp is in the box. Anna has the knife.

Dora goes to the town.
"""
SOURCE = Source("", Span("said.md", 1, 1, 1), 1)


@cache
def _world() -> bytes:
    reader = Reader(state=compile_library())
    reader.read_source(parse_markdown(WORLD, "world.md"))
    assert reader.state.problems == []
    return pickle.dumps(reader.state)


@cache
def _state() -> State:
    """A state to say things by; it is not changed."""
    state: State = pickle.loads(_world())
    return state


def _things(state: State, kind: str) -> list[str]:
    described = kind == "description"
    return sorted(
        t for t in state.world.things if state.is_a(t, kind) and (t in state.names) == described
    )


@cache
def _reader() -> Reader:
    return Reader(state=pickle.loads(_world()))


def _read(sentence: str) -> Reader:
    reader = _reader()
    reader.state.problems.clear()
    reader.read_source(parse_markdown(f"{sentence[:1].upper()}{sentence[1:]}.", "said.md"))
    return reader


@st.composite
def happenings(draw: st.DrawFn) -> Happening:
    """An event of any rule without contents whose roles are filled with what fits."""
    state = _state()
    plain = sorted(
        a.id
        for a in state.world.actions.values()
        if not a.contents and frames_said(state)[0].get(a.id)
    )
    action = state.world.actions[draw(st.sampled_from(plain))]
    frame = draw(st.sampled_from(frames_said(state)[0][action.id]))
    said = {frame.subject} | {
        s.role for s in frame.slots if s.role and (not s.optional or draw(st.booleans()))
    }
    args: list[str] = []
    for param in action.params:
        fitting = [t for t in _things(state, param.kind) if t not in args]
        args.append(draw(st.sampled_from(fitting)) if param.name in said and fitting else "nothing")
    return Happening(1, action.id, tuple(args), SOURCE, attempt=draw(st.booleans()))


@settings(max_examples=80, deadline=None)
@given(happenings())
def test_an_event_is_read_back(event: Happening) -> None:
    _event_back(event)


def _event_back(event: Happening) -> None:
    state = _state()
    given_roles = frozenset(
        p.name
        for p, arg in zip(state.world.actions[event.action].params, event.args, strict=True)
        if arg != "nothing"
    )
    frame = best_frame(state, event.action, given_roles, lambda one: read_as(state, event, one))
    if frame is None or not given_roles <= set(frame.roles) or not read_as(state, event, frame):
        return  # no sentence tells it: another rule has the same words, or a role cannot be left out
    if (
        any(s.role not in given_roles for s in frame.slots if s.role and not s.optional)
        or frame.subject not in given_roles
    ):
        return
    words = event_words(state, event)
    reader = _read(words)
    assert [str(problem) for problem in reader.state.problems] == [], words
    last = reader.state.steps[-1]
    assert isinstance(last, Happening), words
    assert (last.action, last.args, last.attempt) == (event.action, event.args, event.attempt), (
        words
    )


def _is_said(fluent: Fluent) -> bool:
    """Whether it is a property or a relation that a sentence tells, and there is something to tell it of."""
    return (
        ":" not in fluent.id
        and fluent.form in ("adjective", "verb", "noun")
        and fluent.result == "boolean"
        and "content" not in fluent.params
        and all(len(_things(_state(), kind)) > 1 for kind in fluent.params)
    )


@st.composite
def facts(draw: st.DrawFn, depth: int = 0) -> f.Formula:
    """A property, a relation, a place, or what somebody believes; or the opposite."""
    state = _state()
    choice = draw(st.integers(0, 3 if depth < 2 else 2))
    if choice == 3:
        who = f.Const(draw(st.sampled_from(["Anna", "Carl", "Dora"])))
        held = f.Believes(who, draw(facts(depth + 1)))
        return f.Not(held) if draw(st.booleans()) else held
    if choice == 2:
        inner = draw(st.sampled_from(_things(state, "thing")))
        outer = draw(
            st.sampled_from(
                [
                    t
                    for k in ("place", "container", "person")
                    for t in _things(state, k)
                    if t != inner
                ]
            )
        )
        place = f.Within(f.Const(inner), f.Const(outer))
        return f.Not(place) if draw(st.booleans()) else place
    said = sorted(i for i, fl in state.world.fluents.items() if _is_said(fl))
    fluent = state.world.fluents[draw(st.sampled_from(said))]
    args: list[str] = []
    for kind in fluent.params:
        args.append(draw(st.sampled_from([t for t in _things(state, kind) if t not in args])))
    return f.truth(fluent.id, *map(f.Const, args), value=draw(st.booleans()))


@settings(max_examples=80, deadline=None)
@given(facts())
@example(f.truth("above", f.Const("Anna"), f.Const("Anna's hand"), value=True))
@example(f.truth("above", f.Const("Anna"), f.Const("Anna's hand"), value=False))
def test_a_fact_is_read_back(fact: f.Formula) -> None:
    _is_read_back(fact)


def _is_read_back(fact: f.Formula) -> None:
    words = fact_words(_state(), fact)
    reader = _read(words)
    assert [str(problem) for problem in reader.state.problems] == [], words
    last = reader.state.steps[-1]
    assert isinstance(last, Stated), words
    assert last.formula == fact, words


def test_every_property_is_read_back() -> None:
    """Each property and relation of the library, so and not so, of the first and the last things that it may be of."""
    state, said = _state(), 0
    for fluent in state.world.fluents.values():
        if not _is_said(fluent):
            continue
        for pick in (0, -1):
            args: list[str] = []
            for kind in fluent.params:
                args.append([t for t in _things(state, kind) if t not in args][pick])
            for value in (True, False):
                _is_read_back(f.truth(fluent.id, *map(f.Const, args), value=value))
                said += 1
    assert said > 4000


def test_every_event_is_read_back() -> None:
    """Each rule, with each choice of roles that a frame of its verbs names, and the first and the last things in them."""
    state = _state()
    told: set[tuple[str, tuple[str, ...]]] = set()
    for action in state.world.actions.values():
        for frame in frames_said(state)[0].get(action.id, ()) if not action.contents else ():
            named = [s for s in frame.slots if s.role]
            for left_out in (False, True):
                said = {frame.subject, *(s.role for s in named if not (left_out and s.optional))}
                for pick in (0, 1, -1):
                    args: list[str] = []
                    for param in action.params:
                        fitting = [t for t in _things(state, param.kind) if t not in args]
                        meant = param.name in said and fitting
                        args.append(fitting[pick % len(fitting)] if meant else "nothing")
                    if (action.id, tuple(args)) not in told:
                        told.add((action.id, tuple(args)))
                        _event_back(Happening(1, action.id, tuple(args), SOURCE))
                        _reader().state.steps.clear()
    assert len(told) > 1500


@cache
def _sentences() -> tuple[str, ...]:
    texts = sorted((*ROOT.glob("stories/**/*.md"), *ROOT.glob("python/fabula/library/*.md")))
    return tuple(
        s.text
        for path in texts
        for s in parse_markdown(path.read_text(encoding="utf-8"), path.name).sentences
    )


EXTRA = "who whom that whether not and or but because if to of the a every nobody each 's x him it they is are X Y C 3".split()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_broken_sentences_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    reader = Reader(state=pickle.loads(_world()))
    broken: list[str] = []
    for _ in range(12):
        words = dice.choice(_sentences()).split()
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(words) + 1)
            other = dice.choice(_sentences()).split()
            change = dice.randrange(4)
            if change == 0 and len(words) > 1:
                del words[min(at, len(words) - 1)]
            elif change == 1:
                words.insert(at, dice.choice((*EXTRA, *other)))
            elif change == 2:
                words[at:at] = other[: dice.randint(1, 6)]
            else:
                words[min(at, len(words) - 1)] = dice.choice(other)
        broken.append(" ".join(words))
    reader.read_source(parse_markdown("\n\n".join(broken), "broken.md"))
    for problem in reader.state.problems:
        assert problem.span.line >= 1
        assert problem.message
    for step in reader.state.steps[-12:]:
        if isinstance(step, Happening):
            assert event_words(reader.state, step)
        elif isinstance(step, Stated):
            assert fact_words(reader.state, step.formula)
