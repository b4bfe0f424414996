"""How pictures look: colours for light and dark, and the classes that every picture's elements have."""

from __future__ import annotations

import re

FONT = '"Fabula Sans", "Source Sans 3", "Source Sans Pro", system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

# Told apart by people who do not see all colours (Okabe and Ito, 2008; made darker on paper, lighter at night),
# and in black and white by their dashes.
PEOPLE = 10
LIGHT = {
    "paper": "#fdfcf9", "ink": "#1f2328", "quiet": "#6a6f76", "rule": "#dcd9d0", "region": "#f3f0e8",
    "accent": "#b3261e", "gold": "#9a6700",
    "p0": "#0072b2", "p1": "#c44e00", "p2": "#007a5a", "p3": "#a03a76", "p4": "#8a6d00",
    "p5": "#2f7fb0", "p6": "#5b4bb5", "p7": "#7a4a2b", "p8": "#4d5a66", "p9": "#3d7a12",
}  # fmt: skip
DARK = {
    "paper": "#16181c", "ink": "#e9e6df", "quiet": "#a0a4ab", "rule": "#34373d", "region": "#1f2227",
    "accent": "#ff8a80", "gold": "#f0c14b",
    "p0": "#56b4e9", "p1": "#ff9a52", "p2": "#3fcf9f", "p3": "#e79ac6", "p4": "#f0d95a",
    "p5": "#8fd0f5", "p6": "#b3a7ff", "p7": "#d9a782", "p8": "#b9c4cf", "p9": "#9bdc6a",
}  # fmt: skip
DASHES = ("", "9 3", "2 3", "12 3 2 3", "5 3", "1 4", "14 4", "6 2 2 2 2 2", "3 2", "10 2 1 2")


SIZES = {"small": 10.0, "fine": 11.0, "lead": 14.0, "heading": 20.0, "display": 34.0}
"""The sizes of letters of the classes that have one, in pixels."""
USUAL = 12.0
STRONG = frozenset({"strong", "heading", "display"})
"""The classes whose letters are bold."""


_SELECTOR = re.compile(r"(^|(?<=\})\s+)([^{}\s][^{}]*?) \{", re.MULTILINE)


def stylesheet(scheme: str = "auto") -> str:
    """The style of all pictures: ``light``, ``dark``, or ``auto``, which is as the reader's system is."""
    if scheme == "dark":
        return _rules(DARK)
    if scheme == "light":
        return _rules(LIGHT)
    return f"{_rules(LIGHT)}\n@media (prefers-color-scheme: dark) {{\n{_rules(DARK)}\n}}"


def _rules(c: dict[str, str]) -> str:
    rules = [
        f".fabula-picture {{ font-family: {FONT}; font-size: {USUAL:g}px; }}",
        f".paper {{ fill: {c['paper']}; }}",
        f"text {{ fill: {c['ink']}; }}",
        f".heading {{ {_letters('heading')} }} .quiet {{ fill: {c['quiet']}; }}",
        f".small {{ {_letters('small')} }} .strong {{ {_letters('strong')} }}",
        f".rule {{ stroke: {c['rule']}; fill: none; stroke-width: 1; }}",
        f".region {{ fill: {c['region']}; stroke: {c['rule']}; stroke-width: 1; }}",
        f".ink-line {{ stroke: {c['ink']}; fill: none; stroke-width: 1.5; }} .ink-fill {{ fill: {c['ink']}; }}",
        f".quiet-line {{ stroke: {c['quiet']}; fill: none; stroke-width: 1; }} .quiet-fill {{ fill: {c['quiet']}; }}",
        f".accent-line {{ stroke: {c['accent']}; fill: none; stroke-width: 2; }} .accent-fill {{ fill: {c['accent']}; }}",
        f".gold-line {{ stroke: {c['gold']}; fill: none; stroke-width: 2; }} .gold-fill {{ fill: {c['gold']}; }}",
        f".halo {{ stroke: {c['paper']}; stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }}",
    ]
    for at in range(PEOPLE):
        dash = f" stroke-dasharray: {DASHES[at]};" if DASHES[at] else ""
        rules.append(
            f".p{at}-line {{ stroke: {c[f'p{at}']}; fill: none; stroke-width: 2.5;{dash} }} "
            f".p{at}-fill {{ fill: {c[f'p{at}']}; }}"
        )
    rules += [
        f".other-line {{ stroke: {c['quiet']}; fill: none; stroke-width: 1.4; }} .other-fill {{ fill: {c['quiet']}; }}",
        ".way { stroke-linejoin: round; } .way.off { stroke-width: 1; opacity: 0.5; } .way.on.wide { stroke-width: 5; }",
        ".other-line.way.on.wide { stroke-width: 3.6; } .touch { fill: none; stroke: none; pointer-events: stroke; stroke-width: 9; }",
        f".place-name {{ fill: {c['quiet']}; }} .tick {{ stroke: {c['quiet']}; stroke-width: 1; }}",
        f".death {{ stroke: {c['ink']}; stroke-width: 2.4; fill: none; }} .loss {{ stroke: {c['ink']}; stroke-width: 1.6; fill: none; }}",
        f".wound {{ fill: {c['accent']}; stroke: {c['paper']}; stroke-width: 1.5; }}",
        f".fault {{ stroke: {c['accent']}; stroke-width: 1; stroke-dasharray: 2 4; fill: none; }}",
        f".display {{ {_letters('display')} }} .lead {{ {_letters('lead')} }} .fine {{ {_letters('fine')} }}",
        ".italic { font-style: italic; } .dashed { stroke-dasharray: 5 4; } .dotted { stroke-dasharray: 1 3; }",
        f".accent {{ fill: {c['accent']}; }} .gold {{ fill: {c['gold']}; }} .none {{ fill: none; }}",
        f".node {{ fill: {c['paper']}; stroke: {c['quiet']}; stroke-width: 1; }} .heavy {{ stroke-width: 3.5; }}",
        f".gold-edge {{ stroke: {c['gold']}; stroke-width: 2.5; }} .accent-edge {{ stroke: {c['accent']}; stroke-width: 2.5; }}",
        ".thin { stroke-width: 1.2; }",
        f".paper-line {{ stroke: {c['paper']}; fill: none; stroke-width: 1; }}",
    ]
    # within a picture alone: in a page or a notebook the style is everybody's
    return _SELECTOR.sub(r"\1.fabula-picture \2 {", "\n".join(rules)).replace(
        ".fabula-picture .fabula-picture", ".fabula-picture"
    )


def _letters(kind: str) -> str:
    """How the letters of a class look: as they are measured."""
    size = [f"font-size: {SIZES[kind]:g}px;"] if kind in SIZES else []
    return " ".join([*size, *(["font-weight: 600;"] if kind in STRONG else [])])
