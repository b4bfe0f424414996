"""Answers that are no single things: kinds ("wolves"), and qualities ("green"), told or to be guessed from others."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.ask.answer import Answer, Ground
from fabula.ask.grounds import grounds
from fabula.ask.wording import one_or_all
from fabula.engine.rests import stands_for
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.asked import Asked
from fabula.model.story import Source, Stated
from fabula.model.world import PERSON


def of_kind(run: Run, asked: Asked) -> Answer | None:
    """What is said of a whole kind: "what is she afraid of" of a mouse, where mice are afraid of wolves."""
    kinds: dict[str, Source] = {}
    for step in run.model.steps:
        if isinstance(step, Stated):
            for kind in _meant(run, step.formula, asked):
                kinds.setdefault(kind, step.source)
    if not kinds:
        return None
    because = [Ground(0, source.text, source.span) for source in kinds.values()]
    words = tuple(run.model.world.kinds[kind].plural for kind in kinds)
    return Answer(
        asked.text,
        one_or_all(words),
        tuple(dict.fromkeys(because)),
        bare=tuple(kinds),
    )


def _meant(run: Run, formula: f.Formula, asked: Asked) -> Iterator[str]:
    """The kinds that fill the gap of a question by what a statement says of every thing of a kind."""
    bound: dict[str, str] = {}
    while isinstance(formula, f.Forall):
        bound[formula.var] = formula.kind
        formula = formula.body
    if not bound:
        return
    plain = [p for p in f.conjuncts(asked.formula) if not isinstance(p, f.IsKind)]
    said = plain[0] if len(plain) == 1 else asked.formula  # "which animal …": a kind below that
    for wanted in said.parts if isinstance(said, f.Or) else (said,):
        match wanted, formula:
            case f.Equals(f.Value(one, asked_of), right), f.Equals(f.Value(other, of_all), so) if (
                one == other and right == so and len(asked_of) == len(of_all)
            ):
                gap = None
                for term, general in zip(asked_of, of_all, strict=True):
                    kind = bound.get(general.name) if isinstance(general, f.Var) else None
                    if term == f.Var(asked.var) and kind is not None:
                        gap = kind
                    elif not _covers(run, term, general, kind):
                        break
                else:
                    if gap is not None and run.words.kind_is(gap, asked.kind):
                        yield gap


def _covers(run: Run, term: f.Term, general: f.Term, kind: str | None) -> bool:
    if term == general:
        return True
    return isinstance(term, f.Const) and kind is not None and run.words.is_a(term.thing, kind)


def quality(run: Run, asked: Asked, time: int) -> Answer:
    """Which of the qualities of a sort something has; where nobody said, what others of its kind are like."""
    thing = stands_for(run, asked.term, time, asked.minds)
    if thing is None:
        return Answer(asked.text, "nobody knows", certain=False)
    found = _qualities(run, thing, asked, time)
    if found:
        because = grounds(run, f.conjunction(list(found.values())), time, asked.minds)
        words = tuple(found)
        return Answer(asked.text, one_or_all(words), because, bare=words)
    called = _in_its_name(run, thing, asked)
    if called:
        return Answer(asked.text, one_or_all(called), bare=called)
    return _guessed(run, thing, asked, time)


def _qualities(run: Run, thing: str, asked: Asked, time: int) -> dict[str, f.Formula]:
    """The words for the qualities that a thing has, with what says so."""
    found: dict[str, f.Formula] = {}
    for word in run.words.qualities.get(asked.kind, ()):
        for adjective in run.words.lexicon.adjectives.get(tuple(word.split(" ")), ()):
            if adjective.preposition or adjective.fluent not in run.model.world.fluents:
                continue
            formula = f.truth(adjective.fluent, f.Const(thing), value=adjective.value)
            if run.runner.truth(formula, time, asked.minds) is True:
                found[word] = formula
    return found


def _in_its_name(run: Run, thing: str, asked: Asked) -> tuple[str, ...]:
    """What something is called by: "the black limousine" is black."""
    said = run.model.world.things[thing].label.lower().split(" ")
    return tuple(word for word in run.words.qualities.get(asked.kind, ()) if word in said)


def _guessed(run: Run, thing: str, asked: Asked, time: int) -> Answer:
    """By the others of its kind: what the one is like that was introduced last, of those of whom that is known."""
    kinds = set(run.model.world.things[thing].kinds) - {PERSON}
    seen: list[tuple[str, tuple[Ground, ...]]] = []
    for other, one in run.model.world.things.items():
        if other != thing and kinds & set(one.kinds):
            for word, formula in _qualities(run, other, asked, time).items():
                seen.append((word, grounds(run, formula, time, asked.minds)))
    if not seen:
        return Answer(asked.text, "nobody knows", certain=False)
    word = seen[-1][0]
    because = tuple(dict.fromkeys(g for w, gs in seen if w == word for g in gs))
    return Answer(asked.text, word, because, certain=False, bare=(word,))
