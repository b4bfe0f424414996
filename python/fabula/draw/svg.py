"""SVG elements: made, nested and written out; no style stands in them, only classes of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from fabula.draw import theme
from fabula.draw.faces import faces
from fabula.draw.measure import measurable, text_width
from fabula.draw.theme import SIZES, STRONG, USUAL

__all__ = ["Element", "element", "group", "number", "path", "standing_alone", "words"]

NAMESPACE = "http://www.w3.org/2000/svg"
Value = str | float | int | None


@lru_cache(65_536)
def number(value: float) -> str:
    """A length as short as it can be written: at most two digits behind the point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(
    tag: str, inside: Iterable[Element] = (), text: str | None = None, /, **given: Value
) -> Element:
    """An element; of its attributes ``kind`` is the class, ``_`` stands for ``-``, and None is left out."""
    made = Element(tag)
    for name, value in given.items():
        if value is not None:
            key = "class" if name == "kind" else name.rstrip("_").replace("_", "-")
            made.set(key, value if isinstance(value, str) else number(value))
    made.text = text
    made.extend(inside)
    return made


def group(inside: Iterable[Element], /, title: str | None = None, **given: Value) -> Element:
    """A group; its title is shown when the pointer rests on it, and read out."""
    parts = [element("title", (), title)] if title is not None else []
    return element("g", [*parts, *inside], **given)


def words(x: float, y: float, text: str, /, kind: str = "label", **given: Value) -> Element:
    """A line of text with its baseline at ``y``; ``text_anchor`` start, middle or end.

    It says how wide it is in the pictures' font, so that in any other it takes the same room and meets nothing.
    """
    kinds = kind.split()
    size = given.get("font_size") or next((SIZES[k] for k in kinds if k in SIZES), USUAL)
    made = element("text", (), text, x=x, y=y, kind=kind, **given)
    if len(text) > 1 and isinstance(size, int | float) and measurable(text):
        width = text_width(text, size, not STRONG.isdisjoint(kinds))
        made.set("textLength", f"{width:.1f}")
        made.set("lengthAdjust", "spacingAndGlyphs")
    return made


def path(points: Iterable[str], /, kind: str, **given: Value) -> Element:
    """A line through path commands."""
    return element("path", d=" ".join(points), kind=kind, **given)


def standing_alone(
    title: str,
    description: str,
    width: float,
    height: float,
    body: Iterable[Element],
    scheme: str | None,
) -> str:
    """The text of a whole picture; without a ``scheme``, without the stylesheet and the font."""
    within = list(body)
    style = []
    if scheme is not None:
        texts = {part.text for one in within for part in one.iter("text") if part.text}
        sheet = f"{faces(''.join(sorted(texts)))}\n{theme.stylesheet(scheme)}"
        style.append(element("style", (), sheet))
    root = element(
        "svg",
        [
            element("title", (), title),
            element("desc", (), description),
            *style,
            element("rect", width=width, height=height, kind="paper"),
            *within,
        ],
        xmlns=NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        kind="fabula-picture",
        aria_label=title,
    )
    return ET.tostring(root, encoding="unicode")
