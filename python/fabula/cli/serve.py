"""`fabula serve`: the page in the browser where a story is written and looked at."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="write a story in the browser, and look at it from every side")
@click.argument(
    "story", metavar="[STORY or FOLDER]", required=False, type=click.Path(readable=False)
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="the port to listen at  [default: 8642, or one that is free]",
)
@click.option("--no-open", is_flag=True, help="do not open the browser")
def command(story: str | None, port: int | None, no_open: bool) -> int:
    """Serve a page on this computer, where a story is written, run and checked as it is typed.

    STORY is a Markdown file or a folder with a story.md; of a FOLDER, all stories in it. Without an
    argument it is a copy of the film Desperado, yours to change. Everything is saved in the files
    themselves as it is typed. Only this computer can reach the page, with the token in its address.

    \b
    Examples:
      fabula serve
      fabula serve mystory.md
      fabula serve stories --no-open

    Exit code: 0 after Ctrl-C, 2 if it cannot be served.
    """
    from fabula.serve.run import ServeError, serve
    from fabula.serve.session import Opening

    root, only, tour = _asked(story)

    def ready(address: str) -> None:
        click.echo(address)
        click.echo("Ctrl-C ends; everything is saved as it is typed", err=True)
        if not no_open:
            import threading
            import webbrowser

            # a browser of the terminal would hold up the server that it waits for
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        serve(root, only, Opening(only, tour), port, ready)
    except ServeError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        pass
    click.echo("stopped; everything is saved", err=True)
    return 0


def _asked(story: str | None) -> tuple[Path, str | None, bool]:
    """The folder to serve, the one story of it, and whether the visitor is here for the first time."""
    from fabula.problems import TextError
    from fabula.text.files import FIRST, files_of_story

    if story is None:
        from fabula.serve.state import data_folder
        from fabula.serve.templates import visitors_copy

        try:
            path, first = visitors_copy(data_folder())
        except OSError as error:
            raise click.ClickException(
                f"the copy of Desperado cannot be written: {error}; name a story or a folder"
            ) from error
        return path.parent.resolve(), path.name, first
    if "\0" not in story and Path(story).is_dir() and not (Path(story) / FIRST).is_file():
        return Path(story).resolve(), None, False
    path = files_of_story(Path(story))[0].resolve()  # a TextError says what is wrong with it
    if path.name == FIRST and Path(story).is_dir():
        path = Path(story).resolve()
    elif path.suffix.lower() != ".md":
        from fabula.problems.unopened_file import unopened_file

        raise TextError(unopened_file(story, "a story to write in is a Markdown file, NAME.md"))
    from fabula.serve.files import Folder

    if Folder(path.parent, path.name).entry(path.name) is None:
        raise click.ClickException(
            f"{path.name} cannot be served: give it a name that begins with a letter and has no \\ : | ? * < > or quotes"
        )
    return path.parent, path.name, False
