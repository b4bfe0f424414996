"""The `fabula` command: its verbs, and how every one of them ends."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from fabula.cli.lazy import LazyGroup

VERBS = {
    "check": "find what cannot be",
    "run": "play a story event by event, and show what each changes",
    "state": "show the world, or the world as somebody takes it to be",
    "ask": "answer a question about a story",
    "quiz": "answer questions that stand in a file, and count the right ones",
    "words": "list what a story can be told with",
    "why": "say why somebody does what they do",
    "draw": "draw it: who goes where, and meets whom",
    "plan": "find a story in which everybody acts for a reason",
    "validate": "check a plan by the definitions",
    "show": "print the world of a story or problem in the formal notation",
    "serve": "write a story in the browser, and look at it from every side",
    "report": "write down what was found in a story, as a page that works offline",
    "explain": "show the page of a rule or of a problem",
    "new": "write a small story to start from",
}

UNREAD = 2
"""Exit code where a text, or the command itself, could not be read."""


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fabula", message="%(package)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Stories you can run: write a story in plain English, and see what cannot be.

    \b
    fabula new mystory          write a small story to start from
    fabula check mystory.md     find what cannot be
    fabula VERB --help          more about one verb, with examples
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 nothing found, 1 findings, 2 something could not be read."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called: there is nobody to tell
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    collecting = gc.isenabled()
    gc.disable()  # a command is over before its garbage matters
    atexit.register(gc.freeze)  # nor need it be searched for once more on the way out
    try:
        code = _exit_code(arguments)
    finally:
        if collecting and arguments is not None:
            gc.enable()  # whoever called goes on; in a process of its own that would only search through everything
    sys.exit(code)


def _exit_code(arguments: Sequence[str] | None) -> int:
    """Run the command and return its exit code; nothing but a code and messages comes out."""
    result: object = 0
    stdout = sys.stdout
    try:
        result = cli.main(arguments, prog_name="fabula", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return UNREAD
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except OSError as error:
        if error.filename is not None:
            return _failed(error)
        if not isinstance(error, BrokenPipeError):
            _deafen(sys.__stdout__)
            reason = error.strerror or str(error)
            click.echo(f"fabula: the output cannot be written: {reason}", err=True)
            return UNREAD
        # Who has read enough of the output, as `head` does, has gone: that is no failure.
        _deafen(sys.__stdout__, sys.__stderr__)
    except SystemExit:
        # Where nobody reads on, click puts another stdout in place and exits with 1, which here means findings.
        if sys.stdout is stdout:
            raise
        _deafen(sys.__stdout__, sys.__stderr__)
    except GeneratorExit:
        raise
    except BaseException as error:  # noqa: BLE001 (a panic of the kernel is no Exception)
        return _failed(error)
    return result if isinstance(result, int) else 0


def _deafen(*streams: TextIO | None) -> None:
    """Let what is still to be written go nowhere, so that the interpreter's own flush does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        try:
            if stream is not None and not stream.isatty():
                os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue


def _failed(error: BaseException) -> int:
    """Report what stopped the command: problems of a text, or a fault of Fabula's own."""
    from fabula.problems import TextError

    if isinstance(error, TextError):
        from fabula.cli.output import print_problems

        print_problems(error.problems)
        return UNREAD
    if os.environ.get("FABULA_DEBUG"):
        raise error
    reason = str(error).split("\n", 1)[0]
    message = f"fabula: unexpected {type(error).__name__}: {reason}"
    click.echo(f"{message} (a fault of Fabula's own; FABULA_DEBUG=1 shows where)", err=True)
    return UNREAD
