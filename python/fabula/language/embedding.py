"""Verbs that take what somebody does or is in a way of their own: "seems to sleep", "demands that Carl leave"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.language import complements, fillers, filling, modifiers, predicates
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Frame
from fabula.language.words import closed
from fabula.model.world import PERSON

if TYPE_CHECKING:
    from fabula.language.clauses import Parser


def impersonal(p: Parser, verb: str, at: int, base: x.Clause, gap: bool) -> predicates.Clauses:
    """``it seems (to Berta) that …``, ``Carl seems (to Berta) to be asleep``, ``seems dead to her``.

    Only a verb with a frame whose subject is "it" is used like this.
    """
    for frame in p.lexicon.frames.get(verb, ()):
        if frame.subject:
            continue
        if isinstance(base.subject, x.Pronoun) and p.low(base.subject.at) == "it":
            how = filling.Filling(frame, gap, False)
            for roles, end in filling.slots(p, how, frame.slots, at + 1, (), ""):
                said = replace(base, subject=None, frame=frame, verb_at=at, roles=roles)
                yield from modifiers.modifiers(p, said, end, gap)
        if base.subject is not None:
            for roles, end in _raised(p, frame, at + 1, base.subject):
                said = replace(base, subject=None, frame=frame, verb_at=at, roles=roles)
                yield from modifiers.modifiers(p, said, end, gap)


def _raised(p: Parser, frame: Frame, at: int, subject: x.NP) -> Iterator[tuple[filling.Roles, int]]:
    """What the subject seems to be or do; to whom may be said before it or behind it."""
    content = next((slot for slot in frame.slots if slot.kind == "C"), None)
    other = next((slot for slot in frame.slots if slot.kind == "prep"), None)
    if content is None:
        return
    if other is not None:
        for phrase, end in fillers.fill(p, other, at):
            for clause, stop in _inner(p, end, subject):
                yield ((other.role, phrase), (content.role, clause)), stop
        for clause, end in _inner(p, at, subject):
            for phrase, stop in fillers.fill(p, other, end):
                yield ((other.role, phrase), (content.role, clause)), stop
        return
    for clause, end in _inner(p, at, subject):
        yield ((content.role, clause),), end


def _inner(p: Parser, at: int, subject: x.NP) -> Iterator[tuple[x.Clause, int]]:
    if p.low(at) == "to":
        for clause, end in predicates.infinitive(p, at + 1):
            yield predicates.of_subject(clause, subject), end
        return
    for complement, end in complements.complements(p, at):
        if complement.place is None:
            yield x.Clause(subject, complement=complement, verb_at=at), end


def caused(p: Parser, verb: str, at: int, base: x.Clause) -> predicates.Clauses:
    """``has the boat lowered``, ``gets the lock mended``: it is done, and it is not said by whom."""
    told = p.fitting is not None and p.fitting.state.events > 0
    told = told and base.tense in ("now", "past")
    if verb not in closed.CAUSING or p.rule_text or not (told or base.tense == "infinitive"):
        return
    for np, end in p.noun_phrase(at + 1):
        if any(form == "pp" for _, form in p.verbs(end)):
            done = x.Clause(np, verb_at=end, tense=base.tense, causer=base.subject)
            yield from predicates.passive(p, end, done)


def demanded(p: Parser, verb: str, at: int, base: x.Clause, gap: bool) -> predicates.Clauses:
    """``demands that Carl (not) leave``: of a person it is what "demands Carl to leave" would be."""
    if verb not in p.lexicon.mandative or p.low(at + 1) != "that":
        return
    frames = p.lexicon.frames.get(verb, ())
    for subject, end in p.noun_phrase(at + 2):
        for clause, stop in predicates.infinitive(p, end):
            if is_person(p, subject) and not clause.passive:
                for frame in frames:
                    if [slot.kind for slot in frame.slots] == ["np", "A"]:
                        roles = tuple(
                            zip((s.role for s in frame.slots), (subject, clause), strict=True)
                        )
                        said = replace(base, frame=frame, verb_at=at, roles=roles)
                        yield from modifiers.modifiers(p, said, stop, gap)
            for frame in frames:
                if [slot.kind for slot in frame.slots] == ["C"]:
                    content = predicates.of_subject(clause, subject, modal="must", tense="now")
                    said = replace(base, frame=frame, verb_at=at, roles=(("C", content),))
                    yield from modifiers.modifiers(p, said, stop, gap)


def is_person(p: Parser, np: x.NP) -> bool:
    """Whether a noun phrase names people alone, as far as its words tell."""
    if isinstance(np, x.Pronoun):
        return p.low(np.at) not in ("it", "this", "that")
    if isinstance(np, x.Named) and p.kind(np.at) == "proper":
        return True
    kinds = p.fitting.kinds(np) if p.fitting is not None else []
    return bool(kinds) and all(PERSON in kind for kind in kinds)
