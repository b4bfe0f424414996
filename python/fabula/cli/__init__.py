"""The command line: one file per verb."""

from fabula.cli.main import main

__all__ = ["main"]
