"""Checks a story that was run: all rules, one finding for each cause, and what follows from it below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fabula.check.case import Case, Progress
from fabula.check.findings import Assumption, Cited, Finding, Report
from fabula.check.idle_allowance import idle
from fabula.check.registry import RULES
from fabula.check.rule import Fault, Key, Rule
from fabula.engine.records import Record
from fabula.engine.running import Run
from fabula.text.span import Span


@dataclass(slots=True)
class _Found:
    """A finding in the making; ``silenced``: the story answers for it."""

    rule: Rule
    fault: Fault
    silenced: bool
    therefore: list[str] = field(default_factory=list)


def check(run: Run, motives: bool = False, progress: Progress | None = None) -> Report:
    """What cannot be, cannot be known or is contradicted in a story; with ``motives``, also what nothing explains.

    ``progress`` is told how many events have been looked at for their reasons, and of how many.
    """
    case = Case(run, progress)
    rules = tuple(rule for rule in RULES if motives or not rule.on_request)
    used: set[tuple[Span, str]] = set()
    found = _together(case, _in_order(case, rules), used)
    findings = [_finding(case, one) for one in found if not one.silenced]
    findings.extend(
        idle(case, used, _names(RULES), _names(tuple(rule for rule in RULES if rule not in rules)))
    )
    findings.sort(key=lambda one: (one.event.n, one.event.span.file, one.event.span.line, one.code))
    return Report(
        events=len(case.events),
        people=len(case.people),
        facts=len(run.facts),
        findings=tuple(findings),
        assumptions=tuple(_assumptions(case)),
        explained=case.explained,
    )


def _names(rules: tuple[Rule, ...]) -> frozenset[str]:
    return frozenset(name for rule in rules for name in (rule.code, rule.name))


def _in_order(case: Case, rules: tuple[Rule, ...]) -> Iterator[list[tuple[Rule, Fault]]]:
    """Faults by record, in the order of the story; those of one record in the order of the rules."""
    by_record: dict[int, list[tuple[Rule, Fault]]] = {}
    for rule in rules:
        for fault in rule.find(case):
            by_record.setdefault(id(fault.record), []).append((rule, fault))
    if by_record:
        for record in case.records:
            if id(record) in by_record:
                yield by_record[id(record)]


def _together(
    case: Case, faults: Iterator[list[tuple[Rule, Fault]]], used: set[tuple[Span, str]]
) -> list[_Found]:
    """One finding for each cause; an event that fails only for known causes hangs below their finding."""
    found: list[_Found] = []
    known: dict[Key, _Found] = {}
    made: dict[int, _Found] = {}
    for group in faults:
        record = group[0][1].record
        fresh: list[tuple[Rule, Fault]] = []
        below: _Found | None = None
        for rule, fault in group:
            if rule.on_request:
                # that nobody knows why something was done explains nothing that cannot be
                if not (fresh or below):
                    fresh.append((rule, fault))
                continue
            cause = _known_cause(case, fault, known, made)
            if cause is None:
                fresh.append((rule, fault))
            elif below is None:
                below = cause
        if fresh:
            rule, fault = fresh[0]
            allowed = _allowed(record, rule, used)
            below = _Found(rule, fault, allowed)
            found.append(below)
            if rule.on_request:
                continue
            known.update(dict.fromkeys(fault.keys, below))
        elif below is not None:
            rule, fault = group[0]
            if not _allowed(record, rule, used):
                below.therefore.append(
                    f"{fault.message} (event {case.n(record)}, line {record.source.span.line})"
                )
        if below is not None:
            made[id(record)] = below
    return found


def _known_cause(
    case: Case, fault: Fault, known: dict[Key, _Found], made: dict[int, _Found]
) -> _Found | None:
    """The finding that a fault follows from: of the same cause, or of an event that should not have been."""
    for key in fault.keys:
        if key in known:
            return known[key]
    for time in fault.causes:
        record = case.record_at(time)
        if record is not None and id(record) in made and record is not fault.record:
            return made[id(record)]
    return None


def _allowed(record: Record, rule: Rule, used: set[tuple[Span, str]]) -> bool:
    """Whether the sentence answers for what the rule finds in it."""
    for code, _ in record.source.allows:
        if code.casefold() in (rule.code.casefold(), rule.name):
            used.add((record.source.span, code))
            return True
    return False


def _finding(case: Case, one: _Found) -> Finding:
    record, source = one.fault.record, one.fault.record.source
    return Finding(
        code=one.rule.code,
        name=one.rule.name,
        severity=one.fault.severity or one.rule.severity,
        message=one.fault.message,
        event=Cited(case.n(record), source.text, source.span, source.citations),
        because=tuple(r for r in one.fault.because if r.span != source.span),
        therefore=tuple(one.therefore),
        fix=one.fault.fix,
        goal=one.fault.goal,
    )


def _assumptions(case: Case) -> Iterator[Assumption]:
    """What was taken to be so: of the text, of events in their order, and what must have been told."""
    for text, _ in case.run.model.assumptions:
        yield Assumption(text, 0)
    of_events = [
        Assumption(one.text, one.event) for record in case.events for one in record.assumptions
    ]
    yield from sorted([*of_events, *case.told], key=lambda one: one.event)
