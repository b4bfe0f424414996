"""Rules: \"To give: X gives Y to Z …\", what a verb means."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language import copulas, morphology, rules
from fabula.language.frames import CONTENTS, frames_of, thing_letters
from fabula.language.state import Context, SentenceLike, State, Unreadable
from fabula.model import formula as f
from fabula.model.world import PERSON, THING, Action, Need, Param
from fabula.problems.cannot_read import cannot_read
from fabula.problems.clashing_rules import clashing_rules
from fabula.problems.wording import near
from fabula.text.span import Span

# "To …"
SECTIONS = ("needs", "then", "done", "agreed by", "seen by", "heard by", "seems", "past", "planned")
PLANNED = ("first", "last", "never")
_PART = re.compile(r"([a-z]+(?: [a-z]+)?):")


class RuleReader:
    """Collects the sentences of one "To …" paragraph and makes its action."""

    def __init__(self, state: State, sentence: SentenceLike, file: str) -> None:
        self.state = state
        self.head = sentence
        self.file = file
        self.sections: dict[str, tuple[str, SentenceLike, int]] = {}
        self.doc = ""
        self.action: Action | None = None
        self.letters: dict[str, str] = {}

    def add(self, sentence: SentenceLike) -> bool:
        """Takes a sentence if it belongs to the rule."""
        text = sentence.text
        for section in SECTIONS:
            if text.lower().startswith(section + ":"):
                body = text[len(section) + 1 :]
                offset = len(section) + 1 + len(body) - len(body.lstrip())
                self.sections[section] = (body.strip().rstrip("."), sentence, offset)
                return True
        if text.startswith(("It is for", "It is what", "It is")) and not self.doc:
            self.doc = text
            return True
        if (section_like := _PART.match(text)) is not None:
            meant = near(section_like[1], SECTIONS) or SECTIONS
            self.state.problems.append(
                cannot_read(
                    sentence.place(0, section_like.end()),
                    text,
                    expected=tuple(f'"{name}:"' for name in meant),
                )
            )
            return True
        return False

    def begin(self) -> None:
        """Makes the verb known: its frames, and an action whose needs and effects are read later."""
        state = self.state
        head = self.head.text.rstrip(".")
        name, _, rest = head[3:].partition(":")
        also: list[str] = []
        match = re.search(r"\(also:\s*([^)]*)\)", rest)
        if match:
            also = [a.strip() for a in match.group(1).split(",") if a.strip()]
            rest = rest[: match.start()]
        told = " ; ".join(self.sections[k][0] for k in ("needs", "then") if k in self.sections)
        frames = frames_of(rest, also, CONTENTS - thing_letters(rest, told))
        if "past" in self.sections:
            # of two verbs with one base, the one with this past
            own = self.sections["past"][0]
            frames = [replace(frame, verb=morphology.sense(frame.verb, own)) for frame in frames]
        if not frames:
            raise Unreadable(
                cannot_read(
                    self.head.place(0, len(head)),
                    head,
                    expected=("a frame such as X gives Y to Z",),
                )
            )
        order: list[str] = []
        contents: dict[str, str] = {}
        for frame in frames:
            for letter in (frame.subject, *(s.role for s in frame.slots if s.kind not in "NJ")):
                if letter and letter not in order:
                    order.append(letter)
            for slot in frame.slots:
                if slot.kind in ("C", "Q", "A", "W", "G"):
                    contents[slot.role] = "A" if slot.kind == "G" else slot.kind
        ident = base = name.strip()
        line = self.head.place(0).line
        serial = 2
        while ident in state.world.actions and (
            state.world.actions[ident].file == self.file or state.events
        ):
            ident = f"{base} {serial}"
            serial += 1
        self.action = Action(
            ident,
            morphology.base(frames[0].verb),
            tuple(Param(o, THING) for o in order),
            doc=self.doc,
            file=self.file,
            line=line,
            contents=contents,
            frames=tuple(f_.text for f_ in frames),
            also=tuple(also),
        )
        if ident in state.world.actions:
            state.lexicon.drop_action(ident)  # a story's own rule takes the place of the library's
        state.world.actions[ident] = self.action
        for frame in frames:
            state.add_frame(replace(frame, action=ident))
        letters = {letter: ("content" if letter in contents else THING) for letter in order}
        if "needs" in self.sections:
            for item, _ in rules.split_items(self.sections["needs"][0]):
                # kinds first: they tell rules with the same frame apart
                kind = re.fullmatch(r"([A-Z]) is an? ([a-z ]+)", item)
                found = state.lexicon.nouns.get(tuple(kind.group(2).split(" "))) if kind else None
                if kind and found and kind.group(1) in letters:
                    letters[kind.group(1)] = found[0]
        self.letters = letters
        self.action.params = tuple(Param(o, letters[o]) for o in order)
        state.forget_fitting()

    def finish(self) -> Action:
        """The action, with what it needs and does."""
        if self.action is None:
            self.begin()
        action = self.action
        assert action is not None
        state = self.state
        letters = self.letters
        order = [p.name for p in action.params]
        needs: list[Need] = []
        if "needs" in self.sections:
            text, sentence, offset = self.sections["needs"]
            for item, at in rules.split_items(text):
                formula = rules.condition(state, rules.Part(item, sentence, offset + at), letters)
                if (
                    isinstance(formula, f.IsKind)
                    and isinstance(formula.term, f.Var)
                    and formula.term.name in letters
                ):
                    letters[formula.term.name] = formula.kind
                else:
                    needs.append(Need(formula, item))
        action.params = tuple(Param(o, letters[o]) for o in order)
        action.needs = tuple(needs)
        free = [
            v
            for v in dict.fromkeys(v for n in needs for v in f.variables(n.formula))
            if v not in order and v != "O"
        ]
        if free:
            action.needs = tuple(Need(_exists(n.formula, free), n.text) for n in needs)
        if "then" in self.sections:
            text, sentence, offset = self.sections["then"]
            action.effects = rules.effects_of(state, text, sentence, offset, dict(letters))
        state.forget_fitting()
        first = order[0] if order else "X"
        action.agreed = (f.Var(first),) if state.kind_is(letters.get(first, THING), PERSON) else ()
        if "agreed by" in self.sections:
            text = self.sections["agreed by"][0]
            action.agreed = (
                () if text == "nobody" else tuple(f.Var(w) for w in re.findall(r"\b[A-Z]\b", text))
            )
        self._observers(action, letters)
        if "done" in self.sections:
            action.done = self.sections["done"][0].strip()
        if "seems" in self.sections:
            action.seems = self.sections["seems"][0].strip()
        if "planned" in self.sections:
            action.planned = self._planned()
        self._clash(action)
        return action

    def _planned(self) -> str:
        text, sentence, offset = self.sections["planned"]
        if text not in PLANNED:
            raise Unreadable(cannot_read(sentence.place(offset, len(text)), text, expected=PLANNED))
        return text

    def _clash(self, action: Action) -> None:
        """Raises where another rule with the same frame and kinds does the opposite."""
        from fabula.language.fitting import wanted_by_action

        state = self.state
        mine = wanted_by_action(state, action.id)
        for frame in (
            f_
            for frames in state.lexicon.frames.values()
            for g in frames
            for f_ in (g, *g.others)
            if f_.action == action.id
        ):
            for other_id, letters in state.lexicon.alternatives(frame, frozenset(frame.roles)):
                other = state.world.actions[other_id]
                theirs = wanted_by_action(state, other_id)
                if other_id == action.id or any(
                    mine.get(a) != theirs.get(b) for a, b in letters.items()
                ):
                    continue
                binding: f.Binding = {b: f.Var(a) for a, b in letters.items()}
                fixed = {
                    (e.fluent, e.args): e.value
                    for e in action.effects
                    if isinstance(e, f.Assign) and not e.believers
                }
                for effect in (f.substitute_effect(e, binding) for e in other.effects):
                    if (
                        isinstance(effect, f.Assign)
                        and not effect.believers
                        and isinstance(effect.value, f.Lit)
                    ):
                        value = fixed.get((effect.fluent, effect.args), effect.value)
                        if isinstance(value, f.Lit) and value != effect.value:
                            raise Unreadable(
                                clashing_rules(
                                    self.head.place(0, len(self.head.text)),
                                    frame.verb,
                                    Span(other.file, other.line, 1, 1),
                                    f'after one "{effect.fluent}" holds, after the other it does not',
                                )
                            )

    def _observers(self, action: Action, letters: dict[str, str]) -> None:
        section = self.sections.get("seen by") or self.sections.get("heard by")
        heard = "heard by" in self.sections and "seen by" not in self.sections
        if section is None:
            action.observes = self.sees(action, "hear" if heard else "see")
            return
        text, sentence, offset = section
        if text == "nobody":
            action.nobody_observes = True
            return
        options: list[f.Formula] = []
        for item, at in rules.split_items(text):
            if item in ("who is there", "who sees X", "who can see X"):
                options.append(self.sees(action, "see"))
            elif item in ("who hears X", "who is near", "who can hear X"):
                options.append(self.sees(action, "hear"))
            elif re.fullmatch(r"[A-Z](, [A-Z])*( and [A-Z])?", item):
                options.extend(f.Equals(f.Var("O"), f.Var(w)) for w in re.findall("[A-Z]", item))
            else:
                options.append(
                    rules.condition(
                        self.state,
                        rules.Part(item, sentence, offset + at),
                        {**letters, "O": PERSON},
                    )
                )
        action.observes = options[0] if len(options) == 1 else f.Or(tuple(options))

    def sees(self, action: Action, sense: str) -> f.Formula:
        """Who can see (or hear) the actor or any person in the act; people in roles only if awake."""
        state = self.state
        options: list[f.Formula] = []
        can_act = "can act" in state.definitions
        observer = f.Var("O")
        for param in action.params:
            if param.name in action.contents or (
                not state.kind_is(param.kind, PERSON) and param is not action.params[0]
            ):
                continue
            term = f.Var(param.name)
            same: f.Formula = f.Equals(observer, term)
            if can_act:
                same = f.conjunction([same, copulas.defined(_blank(state), "can act", [observer])])
            options.append(same)
        if f"can {sense}" in state.definitions and action.params:
            options.append(
                copulas.defined(
                    _blank(state), f"can {sense}", [observer, f.Var(action.params[0].name)]
                )
            )
        return f.Or(tuple(options)) if options else f.FALSE


def _blank(state: State) -> Context:
    return Context(state, [], rules.Part("", NOWHERE, 0), "rule")


class Nowhere:
    """A sentence that stands in no file."""

    text = ""

    def place(self, offset: int, length: int = 1) -> Span:
        del offset, length
        return Span("", 1, 1, 0)


NOWHERE = Nowhere()


def _exists(formula: f.Formula, free: list[str]) -> f.Formula:
    for name in reversed(free):
        if name in f.variables(formula):
            formula = f.Exists(name, THING, formula)
    return formula


def is_rule(text: str) -> bool:
    """Whether a sentence begins a rule: "To give: …"."""
    return text.startswith("To ") and re.match(r"^To [a-z][^:]*:", text) is not None
