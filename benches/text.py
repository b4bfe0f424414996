"""Measures reading Markdown alone, without the language: 10,000 sentences, and 8 MB of prose."""

from __future__ import annotations

import time

from fabula.text.reading import parse_markdown
from stories import story

SENTENCE = (
    "Der Müller sagte: „Ich gehe. Du bleibst“, und ging (wie immer) fort, u. a. in den Wald. "
)
TEXTS = {
    "10,000 paragraphs": story(10_000),
    "10,000 list items": "".join(f"- Anna goes to mill number {n}.\n" for n in range(10_000)),
    "10,000 lines of one paragraph": "".join(f"Anna goes to mill {n}.\n" for n in range(10_000)),
    "8 MB of prose": (SENTENCE * 10 + "\n\n") * 9_000,
    "1 MB of opening brackets": "[(" * 500_000,
    "1 MB of stars": "*a " * 350_000,
}


def main() -> None:
    """Print a table."""
    print("| text | sentences | seconds |\n|---|---|---|")
    for name, text in TEXTS.items():
        start = time.perf_counter()
        source = parse_markdown(text, "x.md")
        print(f"| {name} | {len(source.sentences):,} | {time.perf_counter() - start:.3f} |")


if __name__ == "__main__":
    main()
