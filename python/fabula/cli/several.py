"""A command whose option takes several names: --as Bucho El is --as Bucho --as El."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

import click


class SeveralNames(click.Command):
    """Spreads the names behind ``several`` before click sees them; ``with_value``: the other options that take one."""

    several: ClassVar[str]
    with_value: ClassVar[Collection[str]]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Spread the names before click sees them."""
        return super().parse_args(ctx, spread(args, self.several, self.with_value))


def spread(args: list[str], several: str, with_value: Collection[str]) -> list[str]:
    """Return the arguments with every name behind an option as an option of its own.

    Where no story stands elsewhere, it is the last of the last names.
    """
    spread_out: list[str] = []
    story_given = False
    last = -1  # where the last of several names stands
    at = 0
    while at < len(args):
        word = args[at]
        at += 1
        if word != several:
            spread_out.append(word)
            if word in with_value:
                spread_out += args[at : at + 1]
                at += 1
            story_given = story_given or not word.startswith("-")
            continue
        names = []
        while at < len(args) and not args[at].startswith("-"):
            names.append(args[at])
            at += 1
        for name in names or [""]:
            spread_out += [several, name] if name else [several]
        last = len(spread_out) - 1 if len(names) > 1 else -1
    if last >= 0 and not story_given:
        del spread_out[last - 1]
    return spread_out
