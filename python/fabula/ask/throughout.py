"""What was so at some time of a stretch of the story: "Who was in the bar during the gunfight?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fabula.ask.answer import Answer
from fabula.ask.moments import stretch
from fabula.ask.wording import listed_answer, number_words, one_or_all, yes_or_no
from fabula.engine.running import Run
from fabula.model import formula as f
from fabula.model.asked import Asked, Moment

FORMS = frozenset({"whether", "which", "where"})
Find = Callable[[Run, Asked, int], Answer]


def asks(asked: Asked) -> bool:
    """Whether a question asks for all that was so in a stretch; what minds hold is asked at its end."""
    if asked.moment.word != "during" or asked.form not in FORMS or asked.minds:
        return False
    return not _minded(asked.formula)


def answer(run: Run, asked: Asked, now: int, about: str | None, find: Find) -> Answer:
    """The answers after each event of the stretch, put together; raises NoMoment."""
    start, end = stretch(run, asked.moment, now, about)
    plain = replace(asked, moment=Moment(), count=False)
    times = dict.fromkeys(r.ended for r in run.runner.records if start < r.ended <= end) or [end]
    found = [find(run, plain, time) for time in times]
    because = tuple(dict.fromkeys(ground for one in found for ground in one.because))
    if asked.form == "whether":
        said = {one.text for one in found}
        held = True if "yes" in said else None if "maybe" in said else False
        sure = all(one.certain for one in found) if held is False else held is True
        grounds = next((one.because for one in found if one.text == "yes"), because)
        return Answer(asked.text, yes_or_no(held), grounds, sure, (yes_or_no(held),))
    some = [one for one in found if one.bare] or found[-1:]
    words = tuple(dict.fromkeys(word for one in some for word in _words(one)))
    bare = tuple(dict.fromkeys(word for one in some for word in one.bare))
    if asked.form == "where":
        return Answer(asked.text, ", then ".join(words), because, some[-1].certain, bare)
    if not bare:
        none = number_words(0) if asked.count else listed_answer(run, (), asked.kind)
        return Answer(asked.text, none, because)
    if asked.count:
        number = number_words(len(bare))
        return Answer(asked.text, number, because, bare=(number,))
    return Answer(asked.text, one_or_all(words), because, bare=bare)


def _words(one: Answer) -> tuple[str, ...]:
    return (one.answer,) if isinstance(one.answer, str) else one.answer


def _minded(formula: f.Formula) -> bool:
    match formula:
        case f.Believes():
            return True
        case f.And(parts) | f.Or(parts):
            return any(map(_minded, parts))
        case f.Not(body) | f.Exists(_, _, body) | f.Forall(_, _, body):
            return _minded(body)
    return False
