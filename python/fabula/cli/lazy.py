"""A command group that imports only the verb that is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose verbs are named in a table: verb -> what it does, in one line.

    The verb `check` is the object `command` of the module `fabula.cli.check`.
    """

    def __init__(self, *, verbs: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the verbs in the table's order."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one verb."""
        if cmd_name not in self.verbs:
            return None
        command = importlib.import_module(f"fabula.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may have been meant."""
        if args and not args[0].startswith("-") and args[0] not in self.verbs:
            from fabula.problems.wording import did_you_mean, near  # seldom needed

            nearest = did_you_mean(near(args[0], self.verbs))
            ctx.fail(f'there is no verb "{args[0]}"{nearest}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table of verbs, importing none."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(self.verbs.items()))
