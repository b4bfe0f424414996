"""Stories of any length for measuring: 50 people, 40 places, 100 things, and what they can do.

People only do what holds: they take what lies where they are, give what they have to somebody who is
there, and go elsewhere. The same number of events and seed give the same story.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field

WOMEN = (
    "Anna Berta Clara Dora Edith Fanny Greta Helen Ida Jane Kate Lucy Mary Nora Olga Paula Rosa "
    "Sarah Thea Ursula Vera Wanda Xenia Yvonne Zoe"
).split()
MEN = (
    "Adam Ben Carl David Emil Frank George Henry Ivan Jack Karl Leo Martin Nick Oscar Peter "
    "Quentin Robert Simon Thomas Ulrich Victor Walter Xaver Zeno"
).split()
PLACES = (
    "mill inn church market harbour bakery smithy stable tower barn cellar attic kitchen garden "
    "orchard meadow forest chapel school theatre library prison palace station bridge quarry mine "
    "lighthouse tavern hospital museum farm brewery tannery shipyard castle vineyard workshop square "
    "cottage"
).split()
COLOURS = "red blue green black white grey yellow brown golden silver".split()
THINGS = "lamp rope book cup key hat coin map bell ring".split()
EVENTS_IN_A_SCENE = 100


@dataclass
class Teller:
    """Where everybody is, who has what, and whom "she" or "he" would mean."""

    dice: random.Random
    at: dict[str, str] = field(default_factory=dict)
    lying: dict[str, list[str]] = field(default_factory=dict)
    carried: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""

    def world(self) -> list[str]:
        """Return the sentences of the world, having put everybody and everything somewhere."""
        lines = [f"{name} is a woman." for name in WOMEN]
        lines += [f"{name} is a man." for name in MEN]
        lines += [f"The {place} is a place." for place in PLACES]
        for name in WOMEN + MEN:
            self.at[name] = self.dice.choice(PLACES)
            self.carried[name] = []
            lines.append(f"{name} is in the {self.at[name]}.")
        for colour in COLOURS:
            for thing in THINGS:
                place = self.dice.choice(PLACES)
                self.lying.setdefault(place, []).append(f"{colour} {thing}")
                lines.append(f"The {colour} {thing} is a thing in the {place}.")
        return lines

    def event(self) -> str:
        """Return the next event as a sentence, having made it so."""
        name = (
            self.last if self.last and self.dice.random() < 0.4 else self.dice.choice(WOMEN + MEN)
        )
        subject = ("She" if name in WOMEN else "He") if name == self.last else name
        self.last = name
        place = self.at[name]
        choice = self.dice.random()
        if choice < 0.35 and self.lying.get(place):
            thing = self.lying[place].pop()
            self.carried[name].append(thing)
            return f"{subject} takes the {thing}."
        others = [other for other in WOMEN + MEN if self.at[other] == place and other != name]
        if choice < 0.7 and others and self.carried[name]:
            other = self.dice.choice(others)
            thing = self.carried[name].pop()
            self.carried[other].append(thing)
            self.last = ""
            return f"{subject} gives the {thing} to {other}."
        self.at[name] = self.dice.choice([other for other in PLACES if other != place])
        return f"{subject} goes to the {self.at[name]}."


def story(events: int, seed: int = 1) -> str:
    """Return a story with this many events, one a paragraph, in scenes of a hundred."""
    teller = Teller(random.Random(seed))
    lines = ["# A long story", " ".join(teller.world())]
    for number in range(events):
        if number % EVENTS_IN_A_SCENE == 0:
            lines.append(f"## Scene {number // EVENTS_IN_A_SCENE + 1}")
            teller.last = ""
        lines.append(f"{teller.event()} [{number // 100 + 1}.{number % 100 + 1}]")
    return "\n\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(story(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
