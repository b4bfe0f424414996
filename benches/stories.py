"""Stories of any length for measuring: 50 people, 40 places, 100 things, and what they can do.

People only do what holds: they take what lies where they are, give what they have to somebody who is
there, tell what they know, hit who is there, and go elsewhere. The same number of events, kind and
seed give the same story.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

WOMEN = (
    "Anna Berta Clara Dora Edith Fanny Greta Helen Ida Jane Kate Lucy Mary Nora Olga Paula Rosa "
    "Sarah Thea Ursula Vera Wanda Xenia Yvonne Zoe"
).split()
MEN = (
    "Adam Ben Carl David Emil Frank George Henry Ivan Jack Karl Leo Martin Nick Oscar Peter "
    "Quentin Robert Simon Thomas Ulrich Victor Walter Xaver Zeno"
).split()
PEOPLE = WOMEN + MEN
MORE_WOMEN = "Alma Bella Cora Della Erna".split()
MORE_MEN = "Arno Bruno Curt Detlef Egon".split()
"""For stories of more than 50 people: up to 60."""
PLACES = (
    "mill inn church market harbour bakery smithy stable tower barn cellar attic kitchen garden "
    "orchard meadow forest chapel school theatre library prison palace station bridge quarry mine "
    "lighthouse tavern hospital museum farm brewery tannery shipyard castle vineyard workshop square "
    "cottage"
).split()
COLOURS = "red blue green black white grey yellow brown golden silver".split()
THINGS = "lamp rope book cup key hat coin map bell ring".split()
DEEPEST = 3
"""How many people a tale goes through: what Anna was told that Ben believes that Clara has."""

KINDS = {
    "mixed": "going, taking, giving, dropping, telling, fighting and sleeping, in scenes of 100 events",
    "journeys": "going, taking and giving only",
    "scenes": "the same as mixed, in scenes of 3 events, with travel between them",
    "crowd": "all 50 people in one room: everything is seen by everybody",
    "tales": "telling, and telling what one was told, to a depth of three",
}


@dataclass
class Teller:
    """Where everybody is, who has what, what they know, and whom "she" or "he" would mean."""

    kind: str
    dice: random.Random
    at: dict[str, str] = field(default_factory=dict)
    lying: dict[str, list[str]] = field(default_factory=dict)
    carried: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # with its depth
    asleep: set[str] = field(default_factory=set)
    travelled: set[str] = field(default_factory=set)  # since the last scene, and not seen yet
    last: str = ""
    women: list[str] = field(default_factory=lambda: list(WOMEN))
    men: list[str] = field(default_factory=lambda: list(MEN))

    @property
    def people(self) -> list[str]:
        """Return everybody."""
        return self.women + self.men

    def world(self) -> list[str]:
        """Return the sentences of the world, having put everybody and everything somewhere."""
        lines = [f"{name} is a woman." for name in self.women]
        lines += [f"{name} is a man." for name in self.men]
        lines += [f"The {place} is a place." for place in PLACES]
        for name in self.people:
            self.at[name] = PLACES[0] if self.kind == "crowd" else self.dice.choice(PLACES)
            self.carried[name] = []
            self.known[name] = []
            lines.append(f"{name} is in the {self.at[name]}.")
        for colour in COLOURS:
            for thing in THINGS:
                place = PLACES[0] if self.kind == "crowd" else self.dice.choice(PLACES)
                self.lying.setdefault(place, []).append(f"{colour} {thing}")
                lines.append(f"The {colour} {thing} is a thing in the {place}.")
        return lines

    def event(self) -> str:
        """Return the next event as a sentence, having made it so."""
        awake = [name for name in self.people if name not in self.asleep]
        name = self.last if self.last and self.dice.random() < 0.4 else self.dice.choice(awake)
        subject = ("She" if name in self.women else "He") if name == self.last else name
        self.last = name
        deeds: dict[str, tuple[tuple[Callable[[str], str], float], ...]] = {
            "journeys": ((self.take, 0.35), (self.give, 0.35), (self.go, 0.3)),
            "tales": ((self.tell, 0.6), (self.go, 0.2), (self.take, 0.1), (self.give, 0.1)),
        }
        mixed = (
            (self.take, 0.2),
            (self.give, 0.15),
            (self.tell, 0.15),
            (self.hit, 0.1),
            (self.drop, 0.1),
            (self.sleep, 0.05),
            (self.wake, 0.05),
            (self.go, 0.2),
        )
        choice = self.dice.random()
        if name in self.travelled:
            # only what he takes there tells where he is now
            self.travelled.discard(name)
            return f"{subject} {self.take(name) or self.go(name)}."
        for deed, share in deeds.get(self.kind, mixed):
            choice -= share
            if choice < 0:
                done = deed(name)
                if done:
                    return f"{subject} {done}."
                break
        return f"{subject} {self.go(name)}."

    def others(self, name: str) -> list[str]:
        """Return who else is there and awake."""
        away = {name} | self.asleep | self.travelled
        return [n for n in self.people if self.at[n] == self.at[name] and n not in away]

    def take(self, name: str) -> str:
        """Return how somebody takes what lies where he is."""
        if not self.lying.get(self.at[name]):
            return ""
        thing = self.lying[self.at[name]].pop()
        self.carried[name].append(thing)
        self.see(name, f"{name} has the {thing}")
        return f"takes the {thing}"

    def drop(self, name: str) -> str:
        """Return how somebody drops what he has."""
        if not self.carried[name]:
            return ""
        thing = self.carried[name].pop(0)
        self.lying.setdefault(self.at[name], []).append(thing)
        self.see(name, f"the {thing} is in the {self.at[name]}")
        return f"drops the {thing}"

    def give(self, name: str) -> str:
        """Return how somebody gives what he has to somebody who is there."""
        others = self.others(name)
        if not others or not self.carried[name]:
            return ""
        other = self.dice.choice(others)
        thing = self.carried[name].pop()
        self.carried[other].append(thing)
        self.see(name, f"{other} has the {thing}")
        self.last = ""
        return f"gives the {thing} to {other}"

    def tell(self, name: str) -> str:
        """Return how somebody tells what he did or was told last."""
        others = self.others(name)
        if not others or not self.known[name]:
            return ""
        other = self.dice.choice(others)
        said, depth = self.known[name][-1]
        if depth < DEEPEST:
            self.known[other] = [(f"{name} believes that {said}", depth + 1)]
        self.last = ""
        return f"tells {other} that {said}"

    def hit(self, name: str) -> str:
        """Return how somebody hits somebody who is there."""
        others = self.others(name)
        if not others:
            return ""
        self.last = ""
        return f"hits {self.dice.choice(others)}"

    def sleep(self, name: str) -> str:
        """Return how somebody falls asleep, unless few are awake."""
        if len(self.asleep) > 5:
            return ""
        self.asleep.add(name)
        self.last = ""
        return "falls asleep"

    def wake(self, name: str) -> str:
        """Return how somebody wakes a sleeper who is there."""
        here = [n for n in self.people if n in self.asleep and self.at[n] == self.at[name]]
        if not here:
            return ""
        other = self.dice.choice(here)
        self.asleep.discard(other)
        self.last = ""
        return f"wakes {other}"

    def go(self, name: str) -> str:
        """Return how somebody goes elsewhere (from a crowd nobody goes: he drops or takes something)."""
        if self.kind == "crowd":
            return self.drop(name) or self.take(name) or "waits"
        # what he saw himself may be otherwise when he is asked elsewhere
        self.known[name] = [one for one in self.known[name] if one[1] > 1]
        self.at[name] = self.dice.choice([p for p in PLACES if p != self.at[name]])
        return f"goes to the {self.at[name]}"

    def see(self, name: str, said: str) -> None:
        """Note what somebody did, for himself and for everybody who saw it."""
        for one in (name, *self.others(name)):
            self.known[one] = [(said, 1)]

    def pause(self) -> None:
        """Between scenes people travel off the page: a few are elsewhere when the next one begins."""
        self.last = ""
        if self.kind == "scenes":
            for name in self.dice.sample(self.people, 5):
                if name not in self.asleep:
                    self.at[name] = self.dice.choice(PLACES)
                    self.travelled.add(name)


def story(events: int, seed: int = 1, kind: str = "mixed", people: int = len(PEOPLE)) -> str:
    """Return a story with this many events, one a paragraph, and 50 to 60 people."""
    teller = Teller(kind, random.Random(seed))
    more = max(0, people - len(PEOPLE))
    teller.women += MORE_WOMEN[: (more + 1) // 2]
    teller.men += MORE_MEN[: more // 2]
    lines = ["# A long story", " ".join(teller.world())]
    scene = 3 if kind == "scenes" else 100
    for number in range(events):
        if number % scene == 0:
            lines.append(f"## Scene {number // scene + 1}")
            teller.pause()
        lines.append(f"{teller.event()} [{number // 100 + 1}.{number % 100 + 1}]")
    return "\n\n".join(lines) + "\n"


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    sys.stdout.write(story(count, kind=sys.argv[2] if len(sys.argv) > 2 else "mixed"))
