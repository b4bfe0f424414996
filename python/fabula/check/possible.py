"""Events that need what is not so: their troubles by rule, as faults that name each cause once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fabula.check.case import Case
from fabula.check.families import counterpart, family
from fabula.check.findings import Reason
from fabula.check.repairs import needed
from fabula.check.rule import Fault, Key
from fabula.check.wording import cannot, so
from fabula.engine.records import EventRecord, Failure, Literal
from fabula.engine.usual import merely_usual
from fabula.model import formula as f


@dataclass(frozen=True, slots=True)
class Trouble:
    """A need of an event that is not met, for one cause: ``group`` are those of whom the same literal fails."""

    record: EventRecord
    failure: Failure
    literal: Literal
    group: tuple[str, ...] = ()

    @property
    def other(self) -> str | None:
        """Whom or what the one at fault would have to be with."""
        return counterpart(self.failure.need, self.literal)

    @property
    def actor(self) -> str:
        """Who acts."""
        return next(iter(self.failure.binding.values()), "")


Say = Callable[[Case, Trouble], str]
More = Callable[[Case, Trouble], tuple[Reason, ...]]
Keys = Callable[[Case, Trouble], frozenset[Key]]


def key_of(literal: Literal) -> Key:
    """What makes two literals one cause: of a relation that an event made, whom it was made to."""
    args = literal.args[-1:] if literal.cause else literal.args
    return (literal.fluent, literal.cause, args, literal.chain)


def troubles(case: Case, code: str) -> Iterator[tuple[Trouble, list[Literal]]]:
    """The troubles of one rule, one for each event and cause, with all literals that it stands for."""
    for record in case.impossible:
        found: dict[tuple[object, ...], list[tuple[Failure, Literal]]] = {}
        for failure in record.failures:
            for literal in failure.literals:
                if len(failure.literals) > 1 and (
                    merely_usual(case.runner, literal) or literal.op == "holds"
                ):
                    continue
                if family(case, record, failure, literal) == code:
                    found.setdefault(
                        (literal.fluent, literal.cause, str(literal.actual), literal.op), []
                    ).append((failure, literal))
        for same in found.values():
            failure, literal = same[0]
            group = tuple(
                dict.fromkeys(t.args[-1 if len(t.args) > 1 else 0] for _, t in same if t.args)
            )
            alike = all(t.args[:-1] == literal.args[:-1] for _, t in same)
            yield (
                Trouble(record, failure, literal, group if len(group) > 1 and alike else ()),
                [t for _, t in same],
            )


def faults(
    case: Case,
    code: str,
    say: Say | None = None,
    more: More | None = None,
    keys: Keys | None = None,
) -> Iterator[Fault]:
    """The faults of one rule; ``say`` words what is so instead, ``more`` gives further reasons, ``keys`` the cause."""
    for trouble, literals in troubles(case, code):
        text = say(case, trouble) if say is not None else plainly(case, trouble)
        because = [r for t in literals if (r := case.reason(t)) is not None]
        if more is not None:
            because.extend(more(case, trouble))
        yield Fault(
            trouble.record,
            f"{cannot(case, trouble.record.happening)}: {text}",
            tuple(dict.fromkeys(because)),
            keys(case, trouble) if keys is not None else frozenset(key_of(t) for t in literals),
            tuple(t.cause for t in literals if t.cause is not None),
            fix=needed(case, trouble),
            goal=f.conjunction([failure.need for failure in trouble.record.failures]),
        )


def plainly(case: Case, trouble: Trouble) -> str:
    """What is so instead, and since when; where no fact is at fault, what the event needs as a whole."""
    if trouble.literal.op == "holds":
        return needed_as_a_whole(case, trouble.failure)
    return f"{so(case, trouble.literal, trouble.group)}{case.since(trouble.literal)}"


def needed_as_a_whole(case: Case, failure: Failure) -> str:
    """A need in its rule's own words ("X knows Q"), with what its letters stand for."""
    contents = case.world.contents

    def named(letter: re.Match[str]) -> str:
        thing = failure.binding.get(letter[0], "")
        return contents[thing].text if thing in contents else case.words(thing) if thing else ""

    said = re.sub(r"\b[A-Z]\b", named, failure.words)
    if not said or any(
        letter not in failure.binding for letter in re.findall(r"\b[A-Z]\b", failure.words)
    ):
        return "nothing is there that it needs"
    return f"it is not so that {said}"
