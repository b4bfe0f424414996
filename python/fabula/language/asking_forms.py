"""Questions that ask for more than what fills a gap: why, how somebody knows, what came of something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fabula.language import (
    asking_choices,
    asking_events,
    asking_further,
    asking_minds,
    asking_sets,
    asking_witnesses,
    occasions,
    question_trees,
)
from fabula.language.lexer import word_like
from fabula.language.lexicon import Entry
from fabula.language.state import Unreadable
from fabula.language.words import asking as words_of
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.asked import Asked, Moment
from fabula.model.world import CONTAINER, PERSON, PLACE

if TYPE_CHECKING:
    from fabula.language.asking import Reading
    from fabula.language.lexer import Token
    from fabula.language.state import State


def special(reading: Reading) -> Asked | None:
    """What such a question asks for; None where it is a question of another form."""
    for form in FORMS:
        found = form(reading)
        if found is not None:
            return found
    return None


def which_time(tokens: list[Token]) -> tuple[list[Token], str]:
    """Without "first" or "last" where these say which time is meant ("Who left first?", "Where did he last see her?")."""
    for at in range(1, len(tokens)):
        word = tokens[at].lower
        if word not in ("first", "last") or tokens[at - 1].lower in words_of.BEFORE_ORDER:
            continue
        entry = tokens[at + 1].entry if at + 1 < len(tokens) else None
        if (
            at + 1 == len(tokens)
            or tokens[at + 1].lower == ","
            or (entry is not None and entry.verbs)
        ):
            return [*tokens[:at], *tokens[at + 1 :]], word
    return tokens, ""


def otherwise(reading: Reading) -> Asked | None:
    """What a question asks for that can be read in no other way; None where it is none of these."""
    for form in (asking_further.instrument, asking_further.also):
        found = form(reading)
        if found is not None:
            return found
    return None


def or_where(state: State, asked: Asked) -> Asked:
    """A question for a place of some kind; where no place of that kind is the answer, where somebody or something is."""
    if asked.form != "which" or asked.count or asked.instead is not None:
        return asked
    if not (state.kind_is(asked.kind, PLACE) or state.kind_is(asked.kind, CONTAINER)):
        return asked
    gap = f.Var(asked.var)
    parts = [p for p in f.conjuncts(asked.formula) if p != f.IsKind(gap, asked.kind)]
    match parts:
        case [f.Within(f.Const() as thing, outer)] if outer == gap:
            where = replace(asked, form="where", formula=f.TRUE, var="", term=thing, once=False)
            return replace(asked, instead=where)
        case [f.Believes() as inner]:
            believed = question_trees.whereabouts(inner, gap)
            if believed is not None:
                return replace(asked, instead=replace(believed, moment=asked.moment))
        case [f.Or() | f.Equals(f.Value(), _)]:
            return replace(asked, instead=replace(asked, form="where", formula=parts[0]))
    return asked


def _way(reading: Reading) -> Asked | None:
    """ "How does one get from the hall to the cellar?", "What is the way from A to B?"."""
    words = [t.lower for t in reading.tokens]
    turned = "from" in words and "to" in words[: words.index("from")]
    if turned:
        # "how one gets to the cellar from the hall"
        words = ["to" if w == "from" else "from" if w == "to" else w for w in words]
    if "from" not in words or "to" not in words[words.index("from") :]:
        return None
    start = words.index("from")
    if words[0] != "how" and "way" not in words[:start]:
        return None
    end = start + words[start:].index("to")
    places = reading.tokens[start + 1 : end], reading.tokens[end + 1 :]
    if turned:
        places = places[1], places[0]
    one, other = (reading.named(tokens, PLACE) for tokens in places)
    if one is None or other is None:
        return None
    return Asked("way", "", term=one, other=other)


def _about(reading: Reading) -> Asked | None:
    """ "What does Ann believe about Ben?"."""
    words = [t.lower for t in reading.tokens]
    if words[0] != "what" or "about" not in words or len(words) < 5:
        return None
    at = words.index("about")
    if words[1] not in closed.AUXILIARIES or not any(
        frame.action in THINKING
        for verb, _ in (reading.tokens[at - 1].entry or _NO_ENTRY).verbs
        for frame in reading.state.lexicon.frames.get(verb, ())
    ):
        return None
    who = reading.named(reading.tokens[2 : at - 1], PERSON)
    whom = reading.named(reading.tokens[at + 1 :])
    if not isinstance(who, f.Const) or whom is None:
        return None
    return Asked("about", "", term=whom, minds=(who.thing,))


def _what_if(reading: Reading) -> Asked | None:
    """ "What if Ann had not left?", "What would have happened if Ann had not left?"."""
    words = [t.lower for t in reading.tokens]
    if words[0] != "what" or "if" not in words:
        return None
    start = words.index("if") + 1
    if start != 2 and words[1:start] != ["would", "have", "happened", "if"]:
        return None
    said = reading.clause(reading.tokens[start:])
    denied = isinstance(said, f.Not) or (isinstance(said, f.Equals) and said.right == f.Lit(False))
    return Asked("what if", "", f.negated(said)) if denied else None


def _led_to(reading: Reading) -> Asked | None:
    """ "What led to Ann killing Ben?", "What caused the fire?", "What did Ann killing Ben lead to?"."""
    words = [t.lower for t in reading.tokens]
    for start in words_of.LED_TO:
        if tuple(words[: len(start)]) == start:
            return _of_event(reading, "led to", reading.tokens[len(start) :])
    for end in words_of.LEADS_TO:
        if words[:2] == ["what", "did"] and tuple(words[-len(end) :]) == end:
            return _of_event(reading, "led on", reading.tokens[2 : -len(end)])
    return None


def _made_so(reading: Reading) -> Asked | None:
    """ "What made Ann angry?", "What made her leave?": why she is, why she did."""
    first, *words = reading.tokens
    if first.lower != "what" or len(words) < 3 or words[0].lower not in ("made", "makes"):
        return None
    for helper in ("did", "is", "are"):
        asked = [word_like("why", first), word_like(helper, words[0]), *words[1:]]
        try:
            found = reading.general(asked)
        except Unreadable:
            continue
        if found.form == "why":
            return found
    return None


def _of_event(reading: Reading, form: str, tokens: list[Token]) -> Asked | None:
    """What led to something that was done, or is named by a noun."""
    deed = reading.deed(tokens)
    if deed is not None:
        return Asked(form, "", deed)
    found = occasions.occasion(reading, tokens)
    return None if found is None else Asked(form, "", moment=Moment("occasion", occasion=found))


_NO_ENTRY = Entry("")
THINKING = frozenset({"@believe", "@know-that", "@know-of"})
FORMS: tuple[Callable[[Reading], Asked | None], ...] = (
    _way,
    _about,
    _what_if,
    _led_to,
    _made_so,
    asking_minds.since,
    asking_minds.found_out,
    asking_minds.learned,
    asking_minds.wrong,
    asking_minds.difference,
    asking_minds.only,
    asking_minds.whose,
    asking_further.according,
    asking_further.times,
    asking_further.used,
    asking_further.besides,
    asking_events.events,
    asking_witnesses.witnesses,
    asking_witnesses.there,
    asking_events.told,
    asking_events.teller,
    asking_events.occurred,
    asking_choices.either,
    asking_choices.choices,
    asking_choices.of_relatives,
    asking_sets.existing,
    asking_sets.neither,
    asking_sets.compared,
)
