"""What all verbs print alike: JSON, problems, quoted lines, and signs of life."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec

import click

from fabula.problems import Problem
from fabula.problems.render import render
from fabula.text.quote import quote_lines, split_lines
from fabula.text.span import Span

P = ParamSpec("P")

MOST_PROBLEMS = 100
"""Problems printed one by one; of the rest only the number is."""

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="for people, or for programs",
)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems to stderr, each with its line and a caret."""
    problems = list(problems)
    for problem in problems[:MOST_PROBLEMS]:
        _print_problem(problem)
    if len(problems) > MOST_PROBLEMS:
        # the last one says how much of the text was not tried, where that is so
        click.echo(f"and {len(problems) - MOST_PROBLEMS} more; the last of them:", err=True)
        _print_problem(problems[-1])


def _print_problem(problem: Problem) -> None:
    """Print a problem to stderr with its line and a caret."""
    first, *quoted = render(problem, lines_of(problem.span.file))
    click.secho(first, fg="red", err=True)
    for line in quoted:
        click.echo(line, err=True)


def quoted(span: Span) -> tuple[str, ...]:
    """Return the line of a place and a caret line, indented; nothing if it cannot be quoted."""
    lines = lines_of(span.file)
    if not 1 <= span.line <= len(lines):
        return ()
    line, caret = quote_lines(lines[span.line - 1], span)
    return (f"  {line}", f"  {caret}")


def lines_of(file: str) -> tuple[str, ...]:
    """Return the lines of a file to quote from, or none if it is not text."""
    try:
        path = Path(file).resolve()
        return _lines_at(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, RuntimeError):  # a loop of links is a RuntimeError
        return ()


@lru_cache(maxsize=64)
def _lines_at(path: Path, _written: int) -> tuple[str, ...]:
    data = path.read_bytes()
    text = data.decode("utf-8-sig", "replace")
    return () if "\0" in text else tuple(split_lines(text))


@contextmanager
def signs_of_life(doing: str) -> Iterator[None]:
    """Show on a terminal's stderr what takes so long, from the second second on."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    start = time.monotonic()

    def show() -> None:
        shown = False
        while not done.wait(1):
            shown = True
            sys.stderr.write(f"\r{doing} … {time.monotonic() - start:.0f} s ")
            sys.stderr.flush()
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def live_line(words: Callable[P, str]) -> Callable[P, None] | None:
    """What shows on a terminal's stderr how far long work is, in one line that is written over; None elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(*args: P.args, **named: P.kwargs) -> None:
        sys.stderr.write(f"\r\x1b[K{words(*args, **named)} ")
        sys.stderr.flush()

    return show


def clear_line() -> None:
    """Take that line away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
