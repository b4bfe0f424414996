"""Findings as the page shows them, with the edits that would mend them at one click."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fabula.text.proposals import place_of

if TYPE_CHECKING:
    from fabula.check.findings import Finding, Report
    from fabula.plan.repairs import Repair
    from fabula.problems import Problem
    from fabula.text.span import Span

Texts = Mapping[str, str]


def messages_of(
    problems: Iterable[Problem], report: Report | None, texts: Texts
) -> list[dict[str, Any]]:
    """What cannot be read, and then what cannot be: in this order they are numbered."""
    found = [_problem(problem, texts) for problem in problems]
    found += [_finding(one, texts) for one in (report.findings if report is not None else ())]
    return found


def _problem(problem: Problem, texts: Texts) -> dict[str, Any]:
    span = problem.span
    written = _written(span, texts)
    return {
        "code": problem.code,
        "name": "unread",
        "severity": "error",
        "message": problem.message,
        "n": None,
        **_place(span),
        "because": [],
        "therefore": [],
        "fix": None,
        "edits": [
            {"label": f'write "{word}"', "edits": [_edit(span, span.length, word)]}
            for word in problem.nearest
            # the word itself is meant, and no sentence that comes near
            if written and " " not in written
        ],
        "repairable": False,
    }


def _finding(one: Finding, texts: Texts) -> dict[str, Any]:
    span = one.event.span
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "message": one.message,
        "n": one.event.n or None,
        **_place(span),
        "because": [
            {"n": r.n, "text": r.text, "file": r.span.file, "line": r.span.line}
            for r in one.because
        ],
        "therefore": list(one.therefore),
        "fix": one.fix,
        "edits": list(_edits(one, texts)),
        "repairable": one.goal is not None,
    }


def _edits(one: Finding, texts: Texts) -> Iterable[dict[str, Any]]:
    """What a writer can do about a finding without telling anything new."""
    span = one.event.span
    written = _written(span, texts)
    if not written:
        return
    yield {"label": f"take away: {_in_one_line(written)}", "edits": [_without(span, texts)]}
    for reason in one.because:
        cause = _written(reason.span, texts)
        if reason.n and cause:
            edit = _without(reason.span, texts)
            yield {"label": f"take away event {reason.n}: {_in_one_line(cause)}", "edits": [edit]}
    yield {
        "label": f"let it stand, and say why behind it: [allow {one.code}: ]",
        "edits": [
            {
                **_edit(span, 0, f" [allow {one.code}: ]"),
                **_behind(span, texts),
            }
        ],
    }


def proposals_of(repairs: Sequence[Repair], one: Finding, texts: Texts) -> list[dict[str, Any]]:
    """Repairs as edits: their sentences on lines of their own, where `fabula check --fix` would write them."""
    found = []
    for repair in repairs:
        span = one.event.span
        text = texts.get(span.file)
        if text is None:
            continue
        try:
            line, column, told = place_of(text, list(repair.plan.sentences), span, repair.behind)
        except LookupError:
            continue
        edit = {"file": span.file, "line": line, "column": column, "length": 0, "text": told}
        found.append({"label": " ".join(repair.plan.sentences), "edits": [edit]})
    return found


def _place(span: Span) -> dict[str, Any]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "length": span.length,
    }


def _edit(span: Span, length: int, text: str) -> dict[str, Any]:
    return {**_place(span), "length": length, "text": text}


def _lines(span: Span, texts: Texts) -> list[str]:
    return texts.get(span.file, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _written(span: Span, texts: Texts) -> str:
    """What stands at a place."""
    lines = _lines(span, texts)
    if not 0 < span.line <= len(lines):
        return ""
    rest = "\n".join(lines[span.line - 1 :])
    return rest[span.column - 1 : span.column - 1 + span.length]


def _behind(span: Span, texts: Texts) -> dict[str, int]:
    """The line and column behind a sentence."""
    written = _written(span, texts).split("\n")
    if len(written) == 1:
        return {"line": span.line, "column": span.column + span.length}
    return {"line": span.line + len(written) - 1, "column": len(written[-1]) + 1}


def _in_one_line(written: str) -> str:
    return " ".join(written.split())


def _without(span: Span, texts: Texts) -> dict[str, Any]:
    """The edit that takes a sentence out of the text: with its line and citation, where it has one to itself."""
    line = _lines(span, texts)[span.line - 1]
    before, behind = line[: span.column - 1], line[span.column - 1 + span.length :]
    alone = not before.strip() and _is_note(behind)
    last = span.line == len(_lines(span, texts))
    if alone and not last:
        return {**_edit(span, len(line) + 1, ""), "column": 1}
    return _edit(span, span.length + (1 if behind.startswith(" ") else 0), "")


def _is_note(text: str) -> bool:
    """Whether nothing but citations and allowances stands behind a sentence."""
    rest = text.strip()
    return not rest or (rest.startswith("[") and rest.endswith("]"))
