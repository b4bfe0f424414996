"""A story's world in the notation. What has no counterpart in it is a comment, and never left out in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fabula.formats.sabre.cursor import Cursor, SlipError
from fabula.formats.sabre.effects import Effects
from fabula.formats.sabre.names import Names, builtin
from fabula.formats.sabre.spelling import Spelling
from fabula.formats.sabre.story_expressions import OBSERVER, WITHIN, StoryExpressions
from fabula.formats.sabre.story_parts import Parts
from fabula.formats.sabre.tokens import tokens
from fabula.formats.sabre.write_expressions import UnwritableError
from fabula.formats.sabre.writer import parents_first
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, CHARACTER, NUMBER
from fabula.model.story import Content, Happening, Stated, Step, StoryModel
from fabula.model.world import DERIVED, PERSON, THING, Action, Kind, Param, Trigger

Defaults = Iterable[tuple[str, str, bool]]
EffectsOf = Callable[[f.Formula], tuple[f.Effect, ...]]


def write_story(model: StoryModel, defaults: Defaults, effects_of: EffectsOf) -> str:
    """The world of a story; ``defaults`` are (fluent, kind, value), ``effects_of`` says how a fact comes true."""
    return StoryWriter(model, tuple(defaults), effects_of).text()


class StoryWriter:
    """Writes what of a world its story uses: its things, and the rules of what happens in it."""

    def __init__(
        self, model: StoryModel, defaults: tuple[tuple[str, str, bool], ...], effects_of: EffectsOf
    ) -> None:
        self.model = model
        self.world = model.world
        self.effects_of = effects_of
        self.parts = Parts.of(model, defaults)
        self.spelling = Spelling()
        self.words = StoryExpressions(self.world, self.spelling)
        self.known = builtin()

    def text(self) -> str:
        """Everything, in parts with an empty line between."""
        head = (
            f"// The world of: {_line(self.model.title)}\n"
            "// What is a comment has no counterpart in this notation. Of the library, what the story does\n"
            "// not use is left out. Names are followed by the words they stand for."
        )
        world = [
            "\n".join(self.types()),
            "\n".join(self.entities()),
            "\n".join(self.properties()),
        ]
        self._learn("\n".join(world))
        found = [
            head,
            *world,
            "\n".join(self.facts()),
            *(self.action(action) for action in self.parts.actions),
            *(self.trigger(n, trigger) for n, trigger in enumerate(self.parts.triggers, 1)),
            *self.utilities(),
            "\n".join(self.events()),
        ]
        return "\n\n".join(part for part in found if part) + "\n"

    # vocabulary
    def types(self) -> Iterator[str]:
        """The kinds of the story, parents first."""
        for kind in parents_first(self.world):
            if kind.name in self.parts.kinds:
                yield self._type(kind)

    def _type(self, kind: Kind) -> str:
        parents = [self.words.kind(p) for p in kind.parents]
        if not parents and kind.name != THING:
            parents = [self.words.kind(THING)]
        if kind.name == PERSON:
            parents.append(CHARACTER)
        name = self.words.kind(kind.name)
        above = f" : {', '.join(parents)}" if parents else ""
        return _beside(f"type {name}{above};", kind.name if kind.name != name else "")

    def entities(self) -> Iterator[str]:
        """The things of the story, and what is told, wanted or asked in it."""
        for thing in self.world.things.values():
            name = self.words.thing(thing.id)
            kinds = ", ".join(self.words.kind(k) for k in thing.kinds) or self.words.kind(THING)
            words = ", also called ".join((thing.label, *thing.aliases))
            yield _beside(f"entity {name} : {kinds};", words if words != name else "")
        for content in self.world.contents.values():
            name = self.words.thing(content.id)
            yield _beside(f"entity {name} : {self.words.kind('content')};", _content(content))

    def properties(self) -> Iterator[str]:
        """The fluents of the story. All take any thing: which kinds they are meant for is said beside them."""
        for ident in self.parts.fluents:
            fluent = self.world.fluents[ident]
            params = ", ".join(
                f"x{i} : {self.words.kind(THING)}" for i, _ in enumerate(fluent.params, 1)
            )
            name = self.words.named(ident)
            result = fluent.result
            shown = result if result in (BOOLEAN, NUMBER) else self.words.kind(result)
            notes = [ident] if ident != name else []
            if any(p != THING for p in fluent.params):
                notes.append(f"of {', '.join(fluent.params)}")
            if ident in DERIVED:
                notes.append("worked out from where things are, and never set")
            if fluent.default is not None:
                notes.append(f"usually {fluent.default}")
            yield _beside(f"property {name}({params}) : {shown};", "; ".join(notes))
        if self.parts.within:
            name, thing = self.words.named(WITHIN), self.words.kind(THING)
            yield _beside(
                f"property {name}(inner : {thing}, outer : {thing}) : {BOOLEAN};",
                "lies in, or in what lies in; worked out from where things are, and never set",
            )

    def _learn(self, text: str) -> None:
        """Reads the vocabulary back, to hold against it what is written with it."""
        from fabula.formats.sabre import parsed

        problem, problems = parsed(text, "story")
        assert not problems, problems
        self.known = problem.world

    # what is written, if it can be read
    def checked(
        self, write: Callable[[], str], variables: dict[str, str], effect: bool = False
    ) -> tuple[str, str]:
        """(text, "") where the notation can say it; ("", why not) otherwise."""
        try:
            text = write()
        except UnwritableError as error:
            return "", str(error)
        found, stray = tokens(text, "story")
        reader = Effects(Cursor(found, text), Names(self.known, dict(variables)))
        try:
            _ = reader.outcome() if effect else reader.truth()
            if stray or reader.cursor.here.kind != "end":
                raise reader.cursor.unexpected("the end")
        except SlipError as slip:
            return "", slip.problem.message if slip.problem is not None else "it cannot be read"
        return text, ""

    def facts(self) -> Iterator[str]:
        """What is usually so, and what the story says before its first event."""
        for fluent, kind, value in self.parts.defaults:
            name = self.words.named(fluent)
            sign = "" if value else "!"
            yield f"forall(x : {self.words.kind(kind)}) {sign}{name}(x);"
        for step in self.parts.facts:
            yield from self._fact(step)

    def _fact(self, step: Stated) -> Iterator[str]:
        said = _line(step.source.text)
        if step.before or step.until is not None:
            yield f"// {said}"
            return
        effects = self.effects_of(step.formula)
        lines: list[str] = []
        for effect in effects:
            text, why = self.checked(lambda e=effect: self.words.effect(e), {}, effect=True)  # type: ignore[misc]
            lines.append(f"{text};" if text else f"// {said} ({why})")
        if step.known_to is not None:
            who = ", ".join(step.known_to) or "nobody"
            lines.append(f"// {said} (known to {who} alone)")
        if step.unknown_to:
            lines.append(f"// {said} (not known to {', '.join(step.unknown_to)})")
        yield from dict.fromkeys(lines or [f"// {said}"])

    # rules
    def action(self, action: Action) -> str:
        """A verb of the story."""
        scope = self._scope(action.params)
        lines, notes = self._needs([(n.formula, n.text) for n in action.needs], scope)
        more, cut = self._effects(action.effects, scope)
        lines += more
        notes += cut
        who = [self.words.value(t) for t in action.agreed if self._is_person(t, action.params)]
        notes += [f"agreed by: {t}" for t in map(self.words.value, action.agreed) if t not in who]
        if who:
            lines.append(f"\tconsenting: {', '.join(who)};")
        lines += self._observing(action, scope, notes)
        if action.seems:
            notes.append(f"others take it for: {action.seems}")
        head = f"action {self.words.named(action.id)}{self._params(action.params)} {{"
        frames = " / ".join(action.frames)
        top = [f"// {_line(text)}" for text in (frames, action.doc) if text]
        return "\n".join([*top, head, *lines, *(f"\t// {_line(n)}" for n in notes), "};"])

    def _is_person(self, term: f.Term, params: tuple[Param, ...]) -> bool:
        if not isinstance(term, f.Var):
            return False
        kinds = [p.kind for p in params if p.name == term.name]
        return bool(kinds) and PERSON in self.world.ancestors(kinds[0])

    def _observing(self, action: Action, scope: dict[str, str], notes: list[str]) -> list[str]:
        observes = f.FALSE if action.nobody_observes or action.observes is None else action.observes
        inner = {**scope, OBSERVER: self.words.kind(PERSON)}
        text, why = self.checked(lambda: self.words.seen(observes), inner)
        if why:
            notes.append(f"seen by: who can take it in ({why})")
            return []
        return [f"\tobserving({OBSERVER} : {self.words.kind(PERSON)}): {text};"]

    def trigger(self, number: int, trigger: Trigger) -> str:
        """A When-rule."""
        scope = self._scope(trigger.params)
        parts = [(part, trigger.text or trigger.id) for part in f.conjuncts(trigger.condition)]
        lines, notes = self._needs(parts, scope)
        if notes:  # without one of its conditions it would happen too often
            return f"// {_line(trigger.text or trigger.id)} ({_line(notes[0])})"
        more, cut = self._effects(trigger.effects, scope)
        if not more:
            return f"// {_line(trigger.text or trigger.id)} ({_line(cut[0] if cut else 'nothing')})"
        head = f"trigger rule_{number}{self._params(trigger.params)} {{"
        top = f"// {_line(trigger.text or trigger.id)}"
        return "\n".join([top, head, *lines, *more, *(f"\t// {_line(n)}" for n in cut), "};"])

    def _scope(self, params: tuple[Param, ...]) -> dict[str, str]:
        return {self.words.variable(p.name): self.words.kind(p.kind) for p in params}

    def _params(self, params: tuple[Param, ...]) -> str:
        shown = (f"{self.words.variable(p.name)} : {self.words.kind(p.kind)}" for p in params)
        return f"({', '.join(shown)})"

    def _needs(
        self, needs: list[tuple[f.Formula, str]], scope: dict[str, str]
    ) -> tuple[list[str], list[str]]:
        found, notes = [], []
        for formula, words in needs:
            text, why = self.checked(lambda p=formula: self.words.conjunct(p), scope)  # type: ignore[misc]
            if text:
                found.append(text)
            else:
                notes.append(f"needs: {words} ({why})")
        return (["\tprecondition:\n\t\t" + " &\n\t\t".join(found) + ";"] if found else []), notes

    def _effects(
        self, effects: tuple[f.Effect, ...], scope: dict[str, str]
    ) -> tuple[list[str], list[str]]:
        found, notes = [], []
        for effect in effects:
            text, why = self.checked(lambda e=effect: self.words.effect(e), scope, effect=True)  # type: ignore[misc]
            if text:
                found.append(text)
            else:
                notes.append(f"then: {why}")
        return (["\teffect:\n\t\t" + " &\n\t\t".join(found) + ";"] if found else []), notes

    # people and events
    def utilities(self) -> Iterator[str]:
        """What people want: one for each want that the notation can say; what they fear is taken off."""
        wants: dict[str, list[str]] = {}
        for step in self.parts.wants:
            formula = step.content.formula
            text, why = ("", "it is not definite")
            if formula is not None:
                text, why = self.checked(lambda g=formula: self.words.condition(g), {})  # type: ignore[misc]
            rest = f" (more than: {_line(step.than.text)})" if step.than is not None else ""
            verb = "fears" if step.fears else "wants"
            said = f"// {step.person} {verb}: {_line(step.content.text)}{rest}"
            lines = wants.setdefault(step.person, [])
            worth = "-1" if step.fears else "1"
            lines.append(f"{said} ({why})" if not text else f"(if({text}) {worth} else 0) {said}")
        for who, term in self.world.utilities.items():
            if who is None:
                yield f"utility():\n\t{self.words.operand(term)}; // said in a fence"
            else:
                line = f"{self.words.operand(term)} // said in a fence"
                wants.setdefault(who, []).append(line)
        for person, lines in wants.items():
            yield "\n".join(self._utility(person, lines))

    def _utility(self, person: str, lines: list[str]) -> Iterator[str]:
        said = [line for line in lines if not line.startswith("//")]
        yield from (line for line in lines if line.startswith("//"))
        if not said or not self.world.is_a(person, PERSON):
            yield from (f"// {line}" for line in said)
            return
        yield f"utility({self.words.thing(person)}):"
        for number, line in enumerate(said, 1):
            value, comment = line.split(" // ", 1)
            yield f"\t{value}{';' if number == len(said) else ' +'} // {comment}"

    def events(self) -> Iterator[str]:
        """What happens: a plan, as comments."""
        steps: list[Step] = [s for s in self.model.steps if isinstance(s, Happening)]
        if steps:
            yield "// What happens:"
        for step in steps:
            assert isinstance(step, Happening)
            name = self.words.named(step.action)
            args = ", ".join(
                self.words.thing(a) if isinstance(a, str) and a in self.world.things else "…"
                for a in step.args
            )
            yield f"// {step.n}. {name}({args}): {_line(step.source.text)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _beside(text: str, words: str) -> str:
    return f"{text} // {_line(words)}" if words else text


def _content(content: Content) -> str:
    return _line(content.text) or content.id


__all__ = ["StoryWriter", "write_story"]
