"""Where the texts of a picture stand, so that tests can see whether any overlap or are cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from fabula.draw.frame import SIZES
from fabula.draw.measure import text_width
from fabula.draw.picture import Picture


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def boxes(picture: Picture) -> list[Box]:
    found: list[Box] = []

    def walk(one: Element, dx: float, dy: float) -> None:
        moved = re.match(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", one.get("transform", ""))
        if moved:
            dx, dy = dx + float(moved[1]), dy + float(moved[2])
        if one.tag == "text" and one.text:
            kinds = one.get("class", "").split()
            size = next((SIZES[k] for k in kinds if k in SIZES), 12.0)
            strong = not {"strong", "display", "heading"}.isdisjoint(kinds)
            wide = text_width(one.text, size, strong)
            x, y = float(one.get("x", "0")) + dx, float(one.get("y", "0")) + dy
            x -= {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", "start"), 0.0)
            found.append(Box(one.text, x + 0.5, y - size * 0.7, x + wide - 0.5, y + size * 0.15))
        for child in one:
            walk(child, dx, dy)

    for element in picture.body:
        walk(element, 0.0, 0.0)
    return found


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    found = sorted(boxes(picture), key=lambda box: box.top)
    return [
        (one.text, other.text)
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if one.over(other)
    ]


def cut_off(picture: Picture) -> list[str]:
    return [
        box.text
        for box in boxes(picture)
        if box.left < 0 or box.right > picture.width or box.top < 0 or box.bottom > picture.height
    ]
