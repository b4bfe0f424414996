"""Imports go one way: a folder imports only what stands above it in this list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "python" / "fabula"

# From the top down: each stands on those above it. Both files of text/ that come first import
# nothing of Fabula, so that problems can quote places, and reading can raise problems.
LAYERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("text.span", "text.quote", "records"),
        "a place in a text, and what records are made of, are the ground that everything stands on",
    ),
    (("storage",), "the cache on disk knows nothing of what is kept there"),
    (("problems",), "messages know places, and nothing of what finds them"),
    (("text",), "Markdown is read without knowing any word of a story"),
    (("model",), "the story model knows neither English nor Rust"),
    (("language",), "sentences become model; what runs the model is not its business"),
    (("library",), "the library is text: it holds rules, and no code of the engine"),
    (("formats",), "other notations become the same model"),
    (("engine",), "the engine runs a model, wherever it came from"),
    (("reasons",), "what people could do next, and why: the engine runs what is tried"),
    (("check",), "a rule asks the engine; nothing below asks a rule"),
    (("ask", "plan", "compare", "tell", "draw"), "the verbs never import each other"),
    (("pipeline", ""), "the pipeline is the table of contents: it uses all, and only verbs use it"),
    (("draft",), "a story being written goes down the pipeline again and again"),
    (("report",), "the report is a story that was run, on paper: it uses all that was found"),
    (("play", "serve"), "these stand on everything, and only the command on them"),
    (("cli",), "the command stands on everything, and nothing on it"),
    (("__main__",), "this is the command itself"),
)
CORE = "fabula._core"
MAY_IMPORT_CORE = "engine"


def part_of(module: str) -> str:
    """Return the part of the package that a module belongs to, as it stands in the list."""
    inner = module.removeprefix("fabula").removeprefix(".")
    if inner in LAYERS[0][0]:
        return LAYERS[0][0][0]
    return inner.split(".")[0]


def layer_of(part: str) -> int:
    """Return the number of a part's layer."""
    for number, (parts, _) in enumerate(LAYERS):
        if part in parts:
            return number
    pytest.fail(f"{part!r} stands in no layer: add it to the list in {Path(__file__).name}")


def module_of(path: Path) -> str:
    """Return the module that a file is."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Return the modules of Fabula that a file imports, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written in full"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                inner = PACKAGE.parent / Path(*name.split("."))
                is_module = inner.is_dir() or inner.with_suffix(".py").is_file() or name == CORE
                yield (name if is_module else node.module or ""), node.lineno


def own_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", own_files(), ids=lambda path: module_of(path))
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(module_of(path))
    own = layer_of(part)
    for module, line in imports_of(path):
        if module.split(".")[0] != "fabula":
            continue
        if module.startswith(CORE):
            assert part == MAY_IMPORT_CORE, (
                f"{path}:{line}: only {MAY_IMPORT_CORE}/ imports the extension, "
                "so that its surface can change in one place"
            )
            continue
        other = part_of(module)
        if other == part or (part, other) == ("", "pipeline"):
            continue
        assert layer_of(other) < own, (
            f"{path}:{line}: {part or 'fabula'} may not import {other or 'fabula'}: "
            f"{LAYERS[own][1]}"
        )


def test_every_file_says_what_it_is_for() -> None:
    for path in own_files():
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert doc, f"{path} has no sentence that says what it is for"
