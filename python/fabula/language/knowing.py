"""Who knows what the story has just said: "Only El knows that.", "Everyone knows that."."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from fabula.language import (
    attitudes,
    callings,
    declarations,
    events,
    logic,
    rules,
)
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.clauses import Parser
from fabula.language.lexer import tokenize
from fabula.language.naming import Naming
from fabula.language.state import Context
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Source, Stated
from fabula.model.world import PERSON
from fabula.text.source import Sentence


def _located(formula: f.Formula) -> tuple[str, ...]:
    match formula:
        case f.Within(f.Const(inner), _) | f.Equals(f.Value("location", (f.Const(inner),)), _):
            return (inner,)
    return ()


def names_in(formula: f.Formula, names: Mapping[str, str]) -> tuple[str, ...]:
    """The names through which an atom speaks of somebody."""
    if not isinstance(formula, f.Equals):
        return ()
    terms = [formula.left, formula.right]
    found: list[str] = []
    while terms:
        term = terms.pop(0)
        if isinstance(term, f.Value):
            terms.extend(term.args)
        elif isinstance(term, f.Const) and term.thing in names:
            found.append(term.thing)
    return tuple(found)


def _believed_by(ref: r.Ref, body: f.Formula) -> f.Formula:
    return logic.distribute([ref], lambda ts: f.Believes(ts[0], body))


def _but(ref: r.Ref, people: tuple[str, ...]) -> r.Ref:
    """Nobody but these: what is said of nobody is not said of whoever it is about."""
    q = ref.quantifier
    if q is None or q.word != "no" or not people:
        return ref
    others = [f.Not(f.Equals(f.Var(q.var), f.Const(person))) for person in people]
    kept = [q.restriction] if q.restriction is not None else []
    return replace(ref, quantifier=replace(q, restriction=f.conjunction([*kept, *others])))


_EXCEPT_LAST = re.compile(
    r"^(?:Nobody|No one) knows (?:that|this|it),? (?:except|but)(?: for)? (?P<who>.+)$"
)

_ONLY_KNOWN = re.compile(
    r"^(?:Only (?P<only>.+?)|(?:Nobody|No one)(?: (?:but|except)(?: for)? (?P<but>.+?))?) (?P<verb>knows?) that (?P<what>\S+ .+)$"
)


class Knowing(Naming):
    """Takes in sentences about who knows the fact before."""

    def _secret(self, sentence: Sentence) -> bool:
        """ "Only A and B know that.", "El does not know that.", "Everyone in Santa Cecilia knows that."."""
        state = self.state
        text = sentence.text.strip().rstrip(".")
        if last := _EXCEPT_LAST.match(text):
            text = f"Only {last['who']} knows that"
        m = re.match(
            r"^(?P<only>Only )?(?P<who>.+?) (?:(?P<not>do(?:es)? not know)|knows?) (?:that|this|it)$",
            text,
        )
        known_of = re.match(
            r"^(?P<only>Only |Nobody knows of (?P<what2>.+?) except )(?P<who>.+?)(?: (?:know|knows) of (?P<what>.+))?$",
            text,
        )
        if known_of is not None and (known_of["what"] or known_of["what2"]):
            people = self._people(sentence, known_of["who"])
            thing = self._resolve(sentence, known_of["what"] or known_of["what2"])
            self._restrict(
                [
                    i
                    for i, s in enumerate(state.steps)
                    if isinstance(s, Stated) and thing in _located(s.formula)
                ],
                people,
                (),
            )
            if not state.secret_things.get(thing):
                state.secret_things[thing] = people
            return True
        if m is not None and re.search(
            r"\b(?:is|are|was|were|has|have|but)\b", m["who"].removeprefix("nobody but")
        ):
            if (
                not m["who"]
                .lower()
                .startswith(("nobody", "no one", "everyone", "everybody", "only"))
            ):
                m = None
        if m is None and self._factive(sentence, text):
            return True
        if m is None:
            return False
        self._callings_last()
        if not self.last_fact:
            return False
        universal = m["who"].split(" ")[0].lower() in closed.UNIVERSAL
        if m["who"].lower() in ("nobody", "no one"):
            self._restrict(self.last_fact, (), ())
            return True
        if m["who"].lower().startswith("nobody except "):
            self._restrict(self.last_fact, self._people(sentence, m["who"][14:]), ())
            return True
        if universal:
            part = rules.Part(m["who"], sentence, 0)
            tokens = tokenize(m["who"], state.lexicon)
            ctx = Context(state, tokens, part, "query")
            parser = Parser(tokens, state.lexicon)
            for np, end in parser.noun_phrase(0):
                if end == parser.size:
                    ref = r.refer(ctx, np)
                    for step in self._last_in_mind():
                        body = f.conjunction([step.formula])
                        formula = _believed_by(_but(ref, self._himself(body)), body)
                        state.steps.append(
                            replace(
                                step,
                                formula=formula,
                                source=replace(
                                    step.source,
                                    text=text,
                                    citations=sentence.citations or step.source.citations,
                                ),
                            )
                        )
                    return True
            return False
        people = self._people(sentence, m["who"])
        if m["only"]:
            self._known_only_to(people)
        elif m["not"]:
            self._restrict(self.last_fact, None, people)
        else:
            for step in self._last_in_mind():
                for person in people:
                    state.steps.append(
                        replace(step, formula=f.Believes(f.Const(person), step.formula))
                    )
        return True

    def _known_only_to(self, people: tuple[str, ...]) -> None:
        """The last facts are known to these alone; what was said of a name each of them knows of the name.

        "Cesar is El's brother. Only El knows that.": El need not know who Cesar is.
        """
        state = self.state
        plain = {s.formula for at in self.last_fact if isinstance(s := state.steps[at], Stated)}
        named = self._last_in_mind()
        # "a tunnel is behind the stone" is, taken once more, some tunnel: only names are taken otherwise in a mind
        if {step.formula for step in named} == plain or not any(
            names_in(step.formula, state.names) for step in named
        ):
            self._restrict(self.last_fact, people, ())
            return
        # who bears a name that was used knows it as a fact about himself
        bearers = {state.names[n] for step in named for n in names_in(step.formula, state.names)}
        self._restrict(self.last_fact, tuple(p for p in people if p in bearers), ())
        for step in named:
            for person in (p for p in people if p not in bearers):
                state.steps.append(
                    replace(
                        step,
                        formula=f.Believes(f.Const(person), step.formula),
                        known_to=None,
                        unknown_to=(),
                    )
                )

    def _factive(self, sentence: Sentence, text: str) -> bool:
        """ "Only Ada knows that Otto is a spy.": before the first event, it is so, and a secret."""
        said = _ONLY_KNOWN.match(text)
        if said is None:
            return False
        if self.state.events:
            return bool(said["only"]) and self._only_they(sentence, said)
        part = rules.Part(said["what"], sentence, said.start("what"))
        ctx, tree = self.parse(part)
        self.last_fact, self.last_kinds, self.last_clauses = [], [], []
        source = Source(text, sentence.span, self.scene, sentence.citations, covers=sentence.covers)
        for clause in tree.clauses:
            self.state.discourse.clause = []
            self._clause(ctx, clause, source, events.is_event(clause))
        self._callings_last()
        facts = {
            step.formula
            for at in self.last_fact
            if isinstance(step := self.state.steps[at], Stated)
        }
        self.last_fact = [
            at
            for at, step in enumerate(self.state.steps)
            if isinstance(step, Stated) and step.formula in facts
        ]
        people = said["only"] or said["but"]
        self._known_only_to(self._people(sentence, people) if people else ())
        return True

    def _only_they(self, sentence: Sentence, said: re.Match[str]) -> bool:
        """ "Only Ada knows that …" between events: a claim that she does, and that nobody else does."""
        source = self._source(sentence)
        what = sentence.text[said.start("what") :]
        himself = re.match(r"(?P<who>.+?) (?:is|are|was|were) an? ", what)
        others = (
            f"{said['only'].replace(' and ', ', ')} and {himself['who']}"
            if himself
            else said["only"]
        )
        self.last_fact, self.last_kinds, self.last_clauses = [], [], []
        for who in (f"{said['only']} {said['verb']}", f"Nobody except {others} knows"):
            self._plain(rules.Part(f"{who} that {what}", sentence, 0), source)
        return True

    def _callings_last(self) -> None:
        """What the last sentence said that somebody is, as facts that can be secret."""
        kinds, self.last_kinds = self.last_kinds, []
        for thing, kind, source in kinds:
            if callings.can_be_secret(self.state, kind) and not self.state.events:
                self.last_fact.append(len(self.state.steps))
                self.state.steps.append(callings.stated(self.state, thing, kind, source))

    def _clause(self, ctx: Context, clause: x.Clause, source: Source, before: bool) -> None:
        """One clause of a sentence."""
        raise NotImplementedError

    def _last_in_mind(self) -> list[Stated]:
        """The last facts as a mind takes them: a name stands for whomever that mind takes it to be."""
        steps = [s for at in self.last_fact if isinstance(s := self.state.steps[at], Stated)]
        if not self.last_clauses or not steps:
            return steps
        found: list[Stated] = []
        for ctx, clause in self.last_clauses:
            formula = attitudes.inside(ctx, clause)
            found.extend(replace(steps[0], formula=part) for part in f.conjuncts(formula))
        return found

    def _people(self, sentence: Sentence, words: str) -> tuple[str, ...]:
        return tuple(
            self.state.names.get(p, p)
            for p in (self._resolve(sentence, w) for w in declarations.listed(words))
        )

    def _restrict(
        self, steps: list[int], known_to: tuple[str, ...] | None, unknown_to: tuple[str, ...]
    ) -> None:
        for at in steps:
            step = self.state.steps[at]
            if isinstance(step, Stated):
                himself = self._himself(step.formula) if known_to is not None else ()
                self.state.steps[at] = replace(
                    step,
                    known_to=tuple(dict.fromkeys((*known_to, *himself)))
                    if known_to is not None
                    else step.known_to,
                    unknown_to=(*step.unknown_to, *unknown_to),
                )

    def _himself(self, formula: f.Formula) -> tuple[str, ...]:
        """Who knows of himself what nobody else does: what he is, what he did, whom he loves, what he has."""
        found = callings.whose(formula)
        match formula:
            case f.Equals(f.Value(fluent, (f.Const(thing), *_)), _):
                info = self.state.world.fluents.get(fluent)
                if fluent.startswith("did:") or (info is not None and info.form == "verb"):
                    found = (*found, thing)
            case f.Within(_, f.Const(thing)) | f.Believes(f.Const(thing), _):
                found = (*found, thing)
        return tuple(t for t in dict.fromkeys(found) if self.state.is_a(t, PERSON))
