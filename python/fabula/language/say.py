"""The model to English: terms and facts in the words that would be read back as the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language.verbs_said import best_frame, frame_of_fluent, verb_words
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.world import LOCATION, PERSON, PLACE_OF, SPOT, WHO, Fluent

if TYPE_CHECKING:
    from fabula.language.lexicon import Frame
    from fabula.language.state import State
    from fabula.model.story import Content

NOTHING = f.Const("nothing")
TIMES = {"did": "past", "was": "past", "will": "will", "able": "can", "must": "must", "may": "may"}
Said = tuple[str, str]
"""A subject and what is said of it."""


def thing_words(state: State, ident: str) -> str:
    """A thing with its article."""
    thing = state.world.things.get(ident)
    if thing is None:
        content = state.world.contents.get(ident)
        return content.text if content is not None else ident
    label = thing.label
    named = (
        thing.proper
        or ident in state.parts  # "several of the patrons"
        or ("'s " in label and not _common_owner(label))
        or label.split(" ")[0] in ("the", "every")
        or _is_numbered(label)
    )
    if named or (label[:1].isupper() and " " not in label) or _is_spot_label(state, ident):
        return label
    return f"the {label}"


def _is_numbered(label: str) -> bool:
    """Whether a label tells a thing by its number: "room 414", "deck nine"."""
    first, _, last = label.rpartition(" ")
    counted = first[:1].isdigit() or first.split(" ")[0] in closed.NUMBERS
    return bool(first) and not counted and (last.isdigit() or last in closed.NUMBERS)


def _common_owner(label: str) -> bool:
    """Whether a label begins with whose it is, by a common noun: "the gunman's pistol"."""
    owner = label.partition("'s ")[0]
    return not owner[:1].isupper() and owner.split(" ")[0] not in ("the", "every")


_SPOTS = tuple(f"{preposition} " for preposition in closed.SPOTS | closed.LOCATIVE)


def _is_spot_label(state: State, ident: str) -> bool:
    """Whether a thing is a spot whose label begins with its preposition ("on the roof")."""
    thing = state.world.things[ident]
    return (
        bool(thing.kinds)
        and thing.owner is not None
        and SPOT in state.above(thing.kinds[0])
        and thing.label.startswith(_SPOTS)
    )


def term_words(state: State, term: f.Term) -> str:
    """A term in words."""
    match term:
        case f.Const(thing):
            return thing_words(state, thing)
        case f.Var(name):
            return "somebody" if name.startswith("_") else name
        case f.Lit(value):
            if isinstance(value, float):
                return f"{value:g}"
            return "unknown" if value is None else str(value)
        case f.Value(fluent, args):
            if fluent == WHO:
                return term_words(state, args[0])
            if fluent in (PLACE_OF, LOCATION):
                return f"{term_words(state, args[0])}'s place"
            return f"{term_words(state, args[0])}'s {fluent}"
        case f.Believed(who, value):
            return f"what {term_words(state, who)} takes {term_words(state, value)} to be"
        case f.Truth(formula):
            return f"whether {fact_words(state, formula)}"
        case f.Arith(op, left, right):
            return f"{term_words(state, left)} {op} {term_words(state, right)}"
        case f.Total(op, _, kind, body):
            return f"the {op} of {term_words(state, body)} over every {kind}"
        case f.Choice(condition, then, otherwise):
            first, second = term_words(state, then), term_words(state, otherwise)
            return f"{first} if {fact_words(state, condition)}, else {second}"


def plural_of(state: State, term: f.Term | None) -> bool:
    """Whether a verb with this subject is plural."""
    if isinstance(term, f.Value) and term.fluent == WHO:
        term = term.args[0]
    if isinstance(term, f.Const) and term.thing in state.world.things:
        thing = state.world.things[term.thing]
        return thing.plural
    return isinstance(term, f.Var) and " and " in term.name


def content_words(
    state: State,
    formula: f.Formula | None,
    condition: f.Formula | None = None,
    agent: str | None = None,
) -> str:
    """A content in words; with ``agent``, as what he is to do ("find the case")."""
    if formula is None:
        text = ""
    elif agent is not None:
        text = act_words(state, formula)
    else:
        text = fact_words(state, formula)
    return f"{text} if {fact_words(state, condition)}" if condition is not None else text


def wish_words(state: State, content: Content, person: str) -> str:
    """What somebody wants: ``to find Bucho`` himself, ``that Ann is alive``."""
    if content.mode == "act" and content.agent == person:
        return f"to {content.text}"
    return f"that {fact_words(state, content.formula) if content.formula else content.text}"


def act_words(state: State, formula: f.Formula) -> str:
    """A formula as an infinitive without "to", of whoever its subject is."""
    parts: list[str] = []
    for part in f.conjuncts(formula):
        words = _say(state, part, "infinitive")[1]
        if words not in parts:
            parts.append(words)
    return " and to ".join(parts)


def fact_words(state: State, formula: f.Formula) -> str:
    """A formula as a sentence without its full stop."""
    match formula:
        case f.And(parts):
            return " and ".join(fact_words(state, p) for p in parts) if parts else "anything"
        case f.Or(parts):
            return " or ".join(fact_words(state, p) for p in parts)
    subject, rest = _say(state, formula, "now")
    return f"{subject} {rest}".strip()


def article(kind: str) -> str:
    """``a`` or ``an`` with a noun."""
    return f"{'an' if kind[:1] in 'aeio' else 'a'} {kind}"


def _say(state: State, formula: f.Formula, tense: str, negated: bool = False) -> Said:
    """The subject of a formula and the words that say it of the subject."""
    match formula:
        case f.Not(body):
            return _say(state, body, tense, not negated)
        case f.Equals(f.Value(fluent, args), right):
            return _atom(state, fluent, args, right, tense, negated)
        case f.Equals(left, right):
            return term_words(
                state, left
            ), f"{_be(state, left, tense, negated)} {term_words(state, right)}"
        case f.Compare(op, left, right):
            words = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}[op]
            return term_words(
                state, left
            ), f"{_be(state, left, tense, negated)} {words} {term_words(state, right)}"
        case f.IsKind(term, kind):
            return term_words(state, term), f"{_be(state, term, tense, negated)} {article(kind)}"
        case f.Within(inner, outer):
            return _located(state, inner, outer, tense, negated)
        case f.Believes(who, body):
            return _believed(state, who, body, tense, negated)
        case f.Exists(var, kind, body):
            return _bound(state, var, _indefinite(kind, "a"), body, tense, negated)
        case f.Forall(var, kind, f.Or((_, f.Believes(who, body)))):
            # whoever it is, it is known of him: "knows who killed Tavo"
            know = verb_words("know", tense, negated, plural_of(state, who))
            asked = _bound(state, var, "somebody", body, "now", False)
            word = "who" if kind == PERSON else "what"
            return term_words(
                state, who
            ), f"{know} {word} {' '.join(asked).removeprefix('somebody ')}"
        case f.Forall(var, kind, f.Or(parts)) if len(parts) > 1:
            where = parts[0].body if isinstance(parts[0], f.Not) else None
            narrowed = (
                f" in {term_words(state, where.outer)}" if isinstance(where, f.Within) else ""
            )
            return _bound(state, var, f"every {kind}{narrowed}", parts[-1], tense, negated)
        case f.Forall(var, kind, body):
            return _bound(state, var, f"every {kind}", body, tense, negated)
        case f.And(parts) if parts:
            subject, rest = _say(state, parts[0], tense, negated)
            return subject, " and ".join(
                [rest, *(fact_words(state, f.Not(p) if negated else p) for p in parts[1:])]
            )
        case f.Or(parts) if parts:
            return "", " or ".join(fact_words(state, f.Not(p) if negated else p) for p in parts)
        case f.Known(term):
            return "it", f"{'is not' if negated else 'is'} known {_asked(state, term)}"
        case f.Holds(content):
            return content, "is not so" if negated else "is so"
        case f.Given(role, _):
            return role, "is not given" if negated else "is given"
    return "", "anything"


def _indefinite(kind: str, word: str) -> str:
    if kind == PERSON:
        return "somebody"
    return "something" if kind == "thing" else article(kind) if word == "a" else f"{word} {kind}"


def _bound(state: State, var: str, words: str, body: f.Formula, tense: str, negated: bool) -> Said:
    """A bound variable said as a noun phrase."""
    said = f.substitute(body, {var: f.Const(words)})
    if isinstance(said, f.And) and said.parts:
        said = said.parts[-1]
    return _say(state, said, tense, negated)


def _be(state: State, subject: f.Term | None, tense: str, negated: bool) -> str:
    return verb_words("be", tense, negated, plural_of(state, subject))


def _believed(state: State, who: f.Term, body: f.Formula, tense: str, negated: bool) -> Said:
    many = plural_of(state, who)
    if isinstance(body, f.Known):
        return term_words(
            state, who
        ), f"{verb_words('know', tense, negated, many)} {_asked(state, body.term)}"
    return term_words(
        state, who
    ), f"{verb_words('believe', tense, negated, many)} that {fact_words(state, body)}"


def _asked(state: State, term: f.Term) -> str:
    if isinstance(term, f.Value):
        if term.fluent in (LOCATION, PLACE_OF):
            return f"where {term_words(state, term.args[0])} {'are' if plural_of(state, term.args[0]) else 'is'}"
        if term.fluent == WHO:
            return f"who {term_words(state, term.args[0])} is"
        subject, rest = _atom(state, term.fluent, term.args, f.Lit(True), "now", False)
        return f"whether {subject} {rest}"
    return f"what {term_words(state, term)} is"


def _located(state: State, inner: f.Term, outer: f.Term, tense: str, negated: bool) -> Said:
    place = term_words(state, outer)
    subject = term_words(state, inner)
    thing = outer.thing if isinstance(outer, f.Const) else None
    if thing is not None and thing in state.world.things:
        if state.is_a(thing, PERSON):
            return place, f"{verb_words('have', tense, negated, plural_of(state, outer))} {subject}"
        if _is_spot_label(state, thing):
            return subject, f"{_be(state, inner, tense, negated)} {place}"
        if state.is_a(thing, "piece of furniture") and not state.is_a(thing, "container"):
            return subject, f"{_be(state, inner, tense, negated)} on {place}"
        preposition = state.placing.get(thing, "in")
        return subject, f"{_be(state, inner, tense, negated)} {preposition} {place}"
    return subject, f"{_be(state, inner, tense, negated)} in {place}"


def _atom(
    state: State, fluent: str, args: tuple[f.Term, ...], right: f.Term, tense: str, negated: bool
) -> Said:
    first = args[0] if args else None
    subject = term_words(state, first) if first is not None else ""
    if fluent in (LOCATION, PLACE_OF):
        if right == f.Lit(None):
            return "nobody", f"knows where {subject} is"
        if isinstance(right, f.Value) and right.fluent == PLACE_OF:
            return (
                subject,
                f"{_be(state, first, tense, negated)} with {term_words(state, right.args[0])}",
            )
        return _located(state, args[0], right, tense, negated)
    if fluent == WHO:
        if right == f.Lit(None):
            return "nobody", f"knows who {subject} is"
        return subject, f"{_be(state, first, tense, negated)} {term_words(state, right)}"
    negated = negated != (right == f.Lit(False))
    if fluent == "want":
        return _wanted(state, args, tense, negated)
    prefix, _, name = fluent.partition(":")
    if name and prefix in TIMES:
        time = TIMES[prefix] if tense != "infinitive" or prefix != "did" else "infinitive"
        if name in state.world.actions and prefix != "was":
            return _deed(state, name, args, time, negated)
        if name == "in":
            return _located(state, args[0], args[1], time, negated)
        return _property(state, name, args, right, time, negated)
    return _property(state, fluent, args, right, tense, negated)


def _property(
    state: State, fluent: str, args: tuple[f.Term, ...], right: f.Term, tense: str, negated: bool
) -> Said:
    if not args:
        return "it", "is not so" if negated else "is so"
    first = args[0]
    subject = term_words(state, first)
    info = state.world.fluents.get(fluent)
    if info is None:
        return (
            subject,
            f"{_be(state, first, tense, negated)} {fluent} {' '.join(term_words(state, a) for a in args[1:])}".strip(),
        )
    if info.form == "verb" or fluent == "looks":
        frame = frame_of_fluent(state, fluent)
        if frame is not None:
            values = args if info.result == "boolean" else (*args, right)
            roles = dict(zip(frame.roles, values, strict=False))
            thought = any(slot.kind == "C" for slot in frame.slots)
            if frame.action and tense == "now" and not thought:
                tense = "progressive"  # "follows" would be an act; but nobody "is suspecting that"
            return clause_parts(state, frame, roles, tense, negated)
    if info.form == "standing":
        return _standing(state, info, args, tense, negated)
    be = _be(state, first, tense, negated)
    if info.form == "noun" and len(args) == 2:
        return subject, f"{be} {term_words(state, args[1])}'s {info.positive}"
    if info.result != "boolean":
        if info.preposition:
            return subject, f"{be} {info.positive} {info.preposition} {term_words(state, right)}"
        return (
            f"{subject}'s {info.positive or fluent}",
            f"{'is not' if negated else 'is'} {term_words(state, right)}",
        )
    if negated and info.negative:
        return subject, f"{_be(state, first, tense, False)} {info.negative}"
    others = " ".join(term_words(state, a) for a in args[1:])
    return subject, " ".join(
        w for w in (be, info.positive, info.preposition if others else "", others) if w
    )


def _wanted(state: State, args: tuple[f.Term, ...], tense: str, negated: bool) -> Said:
    want = verb_words("want", tense, negated, plural_of(state, args[0]))
    subject = term_words(state, args[0])
    content = state.world.contents.get(args[1].thing) if isinstance(args[1], f.Const) else None
    if content is None:
        return subject, f"{want} {term_words(state, args[1])}"
    if content.mode != "act":
        return subject, f"{want} that {content.text}"
    holder = args[0].args[0] if isinstance(args[0], f.Value) else args[0]
    own = content.agent is None or (isinstance(holder, f.Const) and holder.thing == content.agent)
    agent = "" if own or content.agent is None else f"{thing_words(state, content.agent)} "
    return subject, f"{want} {agent}to {content.text}"


def _standing(
    state: State, info: Fluent, args: tuple[f.Term, ...], tense: str, negated: bool
) -> Said:
    """``El is ordered to wait by Bucho``."""
    places = next((p for ident, p in state.standing.values() if ident == info.id), ())
    words = [_be(state, args[0], tense, negated), info.positive]
    tail = ""
    for place, arg in zip(places[1:], args[1:], strict=False):
        text = term_words(state, arg)
        if arg == NOTHING:
            continue
        if place == "by":
            tail = f"by {text}"
        elif place in ("C", "A"):
            words.append(f"{'that' if place == 'C' else 'to'} {text}")
        elif place in ("Q", "np"):
            words.append(text)
        else:
            words.append(f"{place} {text}")
    return term_words(state, args[0]), " ".join([*words, tail]).strip()


def _deed(state: State, action: str, args: tuple[f.Term, ...], tense: str, negated: bool) -> Said:
    info = state.world.actions[action]
    binding = {p.name: a for p, a in zip(info.params, args, strict=False) if a != NOTHING}
    frame = state.worded.get((action, args)) or best_frame(state, action, frozenset(binding))
    if frame is None:
        return "", f"{info.verb} {' '.join(term_words(state, a) for a in binding.values())}"
    return clause_parts(state, frame, binding, tense, negated)


def clause_parts(
    state: State,
    frame: Frame,
    roles: dict[str, f.Term],
    tense: str = "now",
    negated: bool = False,
    prepositions: dict[str, str] | None = None,
) -> Said:
    """A clause of a frame: its subject, and the verb with all that follows."""
    subject = roles.get(frame.subject)
    words = [verb_words(frame.verb, tense, negated, plural_of(state, subject))]
    for slot in frame.slots:
        if slot.kind == "word":
            words.append(slot.words[0])
            continue
        term = roles.get(slot.role)
        if term is None or term == NOTHING:
            continue
        text = term_words(state, term)
        match slot.kind:
            case "prep":
                spot = (
                    isinstance(term, f.Const)
                    and term.thing in state.world.things
                    and _is_spot_label(state, term.thing)
                )
                said = (prepositions or {}).get(slot.role, slot.words[0])
                leaving = "from " if not {"from", "out of"}.isdisjoint(slot.words) else ""
                words.append(
                    f"{leaving}{text}"
                    if spot
                    else f"{said if said in slot.words else slot.words[0]} {text}"
                )
            case "C":
                words.append(f"that {text}")
            case "A":
                words.append(f"to {text}")
            case "own":
                words.append(f"{text}'s {slot.words[0]}")
            case "W":
                words.append(f'"{text}"')
            case "G":
                words.append(f"{slot.words[0]} {text}")
            case _:
                words.append(text)
    if subject is not None:
        who = term_words(state, subject)
    else:
        who = "somebody" if frame.subject else "it"  # "it seems that …"
    return who, " ".join(words)


def event_words(state: State, event: object) -> str:
    """An event as a sentence that is read as the same event."""
    from fabula.language.say_events import event_words as words

    return words(state, event)  # type: ignore[arg-type]


__all__ = [
    "act_words",
    "article",
    "content_words",
    "event_words",
    "fact_words",
    "plural_of",
    "term_words",
    "thing_words",
]
