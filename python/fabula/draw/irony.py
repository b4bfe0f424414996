"""Dramatic irony: what threatens somebody, is told to the reader, and is not known to him whom it threatens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.draw.knowledge import Minds, things_of
from fabula.engine.records import ClaimRecord, EventRecord
from fabula.language.contents import results
from fabula.language.say import fact_words, plural_of, term_words
from fabula.language.verbs_said import verb_words
from fabula.model import formula as f
from fabula.model.story import Stated, Wanted
from fabula.model.world import WHO


@dataclass(frozen=True, slots=True)
class Irony:
    """``person`` is threatened by ``other``, by a fact in ``words``, from the time ``since`` on, and does not know.

    ``until`` is when that ends, with the number of the event, and ``end`` how: killed, wounded, finds out, over
    (the threat is), or "" where it goes on.
    """

    person: str
    other: str
    words: str
    since: int
    since_n: int
    until: int
    until_n: int
    end: str


@dataclass(frozen=True, slots=True)
class _Threat:
    person: str
    other: str
    formula: f.Formula
    since: int
    said: bool  # the text itself says that he does not know


ENDS = {"killed": 3.0, "wounded": 2.5, "finds out": 2.0, "over": 0.8, "": 0.4}


def ironies(minds: Minds, until: int, most: int) -> list[Irony]:
    """What is most telling, in the order of the story: of one person and one who threatens him the first is enough."""
    best: dict[tuple[str, str], tuple[float, Irony]] = {}
    for threat in _threats(minds):
        for irony in _unknown(minds, threat, until):
            busy = minds.parts[irony.person] ** 0.5 + minds.parts[irony.other] ** 0.5
            short = 1.0 / (1.0 + (irony.until - irony.since) / max(until - minds.begin, 1))
            worth = ENDS[irony.end] * busy * short * (2.0 if threat.said else 1.0)
            key = (irony.person, irony.other)
            if key not in best or worth > best[key][0]:
                best[key] = (worth, irony)
    ranked = sorted(best.values(), key=lambda w: (-w[0], w[1].since, w[1].person, w[1].other))
    chosen = [irony for worth, irony in ranked if worth >= ranked[0][0] / 8][:most]
    return sorted(chosen, key=lambda i: (i.since, i.person, i.other))


def _threats(minds: Minds) -> Iterator[_Threat]:
    yield from _said_unknown(minds)
    yield from _hostile(minds)
    yield from _wanted_dead(minds)


def _said_unknown(minds: Minds) -> Iterator[_Threat]:
    """What the text says that somebody does not know of another who deals with him."""
    for record in minds.records:
        if isinstance(record, ClaimRecord):
            yield from _not_known(minds, record.stated, record.ended)
    for step in minds.run.model.steps:
        if isinstance(step, Stated) and step.n == 0:
            yield from _not_known(minds, step, minds.begin)


def _not_known(minds: Minds, stated: Stated, time: int) -> Iterator[_Threat]:
    match stated.formula:
        case f.Not(f.Believes(f.Const(person), body)):
            others = [t for t in things_of(body) if t != person and t in minds.people]
            about = list(things_of(body))
            if person in about and others and minds.runner.truth(body, time) is True:
                if any(_dead_wanted(minds, o, person) or _harms(minds, o, person) for o in others):
                    yield _Threat(person, others[0], body, time, True)


def _dead_wanted(minds: Minds, other: str, person: str) -> bool:
    return any(t.other == other and t.person == person for t in _wanted_dead(minds))


def _harms(minds: Minds, other: str, person: str) -> bool:
    fluents = hating(minds)
    return any(
        key[0] in fluents and [minds.runner.name(a) for a in key[1]] == [other, person]
        for key in minds.history(())
    )


def hating(minds: Minds) -> set[int]:
    """The relations of which a rule says that who has it to somebody wants him dead."""
    found: set[int] = set()
    numbers = minds.runner.compiled.numbers.fluents
    for motive in minds.run.model.world.motives:
        match motive.goal:
            case f.Equals(f.Value("alive", (f.Var(whom),)), f.Lit(False)):
                parts = (
                    motive.condition.parts
                    if isinstance(motive.condition, f.Or)
                    else (motive.condition,)
                )
                for part in parts:
                    match part:
                        case f.Equals(f.Value(fluent, (f.Var(x), f.Var(y))), f.Lit(True)) if (
                            x == motive.person and y == whom and fluent in numbers
                        ):
                            found.add(numbers[fluent])
    return found


def _hostile(minds: Minds) -> Iterator[_Threat]:
    fluents = hating(minds)
    for (fluent, args), spans in minds.history(()).items():
        if fluent in fluents:
            other, person = (minds.runner.name(a) for a in args)
            since = next((time for time, value in spans if value is True), None)
            if since is not None and other != person and person in minds.people:
                yield _Threat(
                    person, other, minds.runner.fact(fluent, list(args), True), since, False
                )


def _wanted_dead(minds: Minds) -> Iterator[_Threat]:
    """Whom somebody is said to want dead, or is ordered to kill."""
    for step in minds.run.model.steps:
        if isinstance(step, Wanted) and not step.fears and step.content.formula is not None:
            for person in killed_by(minds, step.content.formula):
                if person != step.person and step.person in minds.people:
                    want = f.truth("want", f.Const(step.person), f.Const(step.content.id))
                    yield _Threat(person, step.person, want, minds.begin, False)
    contents = minds.run.model.world.contents
    for record in minds.run.records:
        for arg in record.happening.args:
            content = contents.get(arg) if isinstance(arg, str) else None
            if content is None or content.mode != "act" or content.formula is None:
                continue
            agent, doer = content.agent, _doer(record)
            if agent is None or doer is None or agent == doer or agent not in minds.people:
                continue
            for person in killed_by(minds, content.formula):
                if person not in (agent, doer):
                    if not all(isinstance(a, str) for a in record.happening.args):
                        continue
                    did = f.truth(
                        f"did:{record.happening.action}",
                        *(f.Const(str(a)) for a in record.happening.args),
                    )
                    yield _Threat(person, agent, did, record.ended, False)


def _doer(record: EventRecord) -> str | None:
    return record.groundings[0][1][0] if record.groundings and record.groundings[0][1] else None


def killed_by(minds: Minds, formula: f.Formula) -> Iterator[str]:
    """Who is dead where a formula has come true."""
    for part in (formula, *results(minds.run.words, formula, lasting=False)):
        match part:
            case f.Equals(f.Value("alive", (who,)), f.Lit(False)):
                thing = _bearer(minds, who)
                if thing in minds.people:
                    yield thing
                    return


def _bearer(minds: Minds, term: f.Term) -> str:
    match term:
        case f.Const(thing):
            return thing
        case f.Value(fluent, (f.Const(name),)) if fluent == WHO:
            return minds.run.words.names.get(name, "")
    return ""


def _unknown(minds: Minds, threat: _Threat, until: int) -> Iterator[Irony]:
    """The first time that a threat holds without its being known to whom it threatens."""
    runner, person = minds.runner, threat.person
    since = threat.since
    record = minds.record_of(since)
    since = minds.begin if record is None else record.ended
    if since > until or minds.deaths.get(person, until + 1) <= since:
        return
    if minds.deaths.get(threat.other, until + 1) <= since:
        return
    if runner.truth(threat.formula, since, (person,)) is True or not runner.truth(
        threat.formula, since
    ):
        return
    ends: list[tuple[int, str]] = []
    for spell in minds.spells(threat.formula, (person,), until):
        if spell.time > since and spell.holds is True:
            ends.append((spell.time, "finds out"))
            break
    ends += [
        (t, "over") for t, so in minds.so(threat.formula, until) if t > since and so is not True
    ][:1]
    for gone, end in ((person, "killed"), (threat.other, "over")):
        if gone in minds.deaths and minds.deaths[gone] <= until:
            ends.append((minds.deaths[gone], end))
    hurt = _hurt(minds, threat, since, until)
    if hurt is not None:
        ends.append((hurt, "wounded"))
    order = ["killed", "wounded", "finds out", "over"]
    time, end = min(ends, key=lambda e: (minds.n_of(e[0]), order.index(e[1])), default=(until, ""))
    yield Irony(
        person,
        threat.other,
        _words(minds, threat.formula),
        since,
        minds.n_of(since),
        time,
        minds.n_of(time),
        end,
    )


def _words(minds: Minds, formula: f.Formula) -> str:
    """A threat in words; a want of a plain property as people say it: "wants Bucho dead"."""
    state = minds.run.words
    match formula:
        case f.Equals(f.Value("want", (person, f.Const(ident))), f.Lit(True)):
            content = state.world.contents.get(ident)
            match content.formula if content is not None and content.condition is None else None:
                case f.Equals(f.Value(fluent, (whom,)), f.Lit(bool(value))):
                    info = state.world.fluents[fluent]
                    word = info.positive if value else info.negative
                    if info.form == "adjective" and word:
                        want = verb_words("want", "now", False, plural_of(state, person))
                        return (
                            f"{term_words(state, person)} {want} {term_words(state, whom)} {word}"
                        )
    return fact_words(state, formula)


def _hurt(minds: Minds, threat: _Threat, since: int, until: int) -> int | None:
    """When the one who threatens does something to the other that no person wants for himself."""
    bad = unwanted(minds)
    for record in minds.run.records:
        if not since < record.ended <= until or _doer(record) != threat.other:
            continue
        for time in range(record.before + 1, record.ended + 1):
            for fluent, args, _, new in minds.runner.timeline.changes(time, []):
                if (fluent, new) in bad and [minds.runner.name(a) for a in args] == [threat.person]:
                    return record.ended
    return None


def unwanted(minds: Minds) -> set[tuple[int, bool]]:
    """The properties that by the rules everybody wants not to have."""
    numbers = minds.runner.compiled.numbers.fluents
    found: set[tuple[int, bool]] = set()
    for motive in minds.run.model.world.motives:
        match motive.goal:
            case f.Equals(f.Value(fluent, (f.Var(who),)), f.Lit(bool(wanted))) if (
                who == motive.person and motive.condition == f.TRUE and fluent in numbers
            ):
                found.add((numbers[fluent], not wanted))
    return found
