"""Reading a story: sentence by sentence, what each introduces, states or tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fabula.language import (
    attitudes,
    callings,
    clause_parts,
    contents,
    declarations,
    deeds_done,
    definitions,
    events,
    generics,
    kinds_presumed,
    logic,
    lookalikes,
    places_said,
    rule_reader,
    rules,
    showing,
    times,
    undoing,
)
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.fitting import may_be_so
from fabula.language.knowing import Knowing
from fabula.language.lexer import tokenize
from fabula.language.state import Context, SentenceLike, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Happening, Source, Split, Wanted
from fabula.problems import Problem
from fabula.problems.cannot_read import cannot_read
from fabula.text.source import Sentence
from fabula.text.source import Source as TextSource

MOST_PROBLEMS = 200

_ABOUT_THAT = re.compile(r".+ knows? (?:that|this|it)(?: (?:except|but) .+)?\.?$")


# A longer sentence is none that anybody wrote: it is refused before it is looked into.
MOST_CHARACTERS = 3000


class Reader(Knowing):
    """Reads sentences one after the other into ``state``."""

    def read_source(self, source: TextSource, library: bool = False) -> None:
        """All sentences of one file."""
        if library:
            self.read_library([source])
            return
        self.open_source(source)
        for at in range(len(source.sentences)):
            if not self.read_next(source, at):
                break
        self.close_source(source)

    def open_source(self, source: TextSource) -> None:
        """A file begins."""
        self.state.problems.extend(source.problems)
        self.state.file = source.file
        self.heading = -1
        self.unread_before = len(self.state.problems)
        self.left = 0
        self.early = self._words_first(source)

    def read_next(self, source: TextSource, at: int) -> bool:
        """The next sentence of a file; False where the file is given up."""
        sentence = source.sentences[at]
        if sentence.scene != self.heading:
            self.heading = sentence.scene
            self.scene = self.scenes + self.heading if self.heading else 0
            self.gap = True
        unread = len(self.state.problems) - self.unread_before + len(self.deferred)
        if unread >= MOST_PROBLEMS:
            self.left = len(source.sentences) - at
            return False
        if at not in self.early:
            self.read(sentence)
        return True

    def close_source(self, source: TextSource) -> None:
        """A file is over."""
        self.scenes += len(source.scenes)
        self.state.scenes.extend(scene.title for scene in source.scenes)
        self.finish()
        if self.left:
            self._give_up(source.sentences[-self.left], self.left)

    def finish(self) -> None:
        """No more sentences come, for now."""
        self.end_rule()
        self._world_ends()
        showing.settle(self.state)
        callings.settle(self.state)

    def _give_up(self, sentence: Sentence, left: int) -> None:
        """Too much of a file cannot be read: the rest is not tried."""
        told = f"{left} more sentence{'s' if left > 1 else ''}"
        self.state.problems.append(
            cannot_read(
                sentence.span,
                sentence.text,
                expected=(f"a sentence after {MOST_PROBLEMS} problems ({told} not tried)",),
            )
        )

    def _words_first(self, source: TextSource) -> set[int]:
        """Takes in the sentences that introduce words, wherever in the file they stand; returns which they are."""
        early: set[int] = set()
        tries = MOST_PROBLEMS
        for at, sentence in enumerate(source.sentences):
            if tries and declarations.introduces(sentence.text):
                try:
                    if declarations.declare(self.state, sentence):
                        early.add(at)
                except Unreadable:
                    tries -= 1  # perhaps it can be read when its turn comes
        return early

    def read_library(self, sources: Iterable[TextSource]) -> None:
        """All files of a library, in any order: words first, then definitions, verbs, and what they do."""
        later: list[Sentence] = []
        self.waiting = []
        for source in sources:
            self.state.problems.extend(source.problems)
            for sentence in source.sentences:
                self.state.file = sentence.span.file
                if (
                    self.rule is None
                    or (sentence.span.file, sentence.paragraph) != self.rule_paragraph
                ):
                    if definitions.is_definition(sentence.text) or definitions.is_when(sentence):
                        later.append(sentence)
                        continue
                self.read(sentence)
            self.end_rule()
        waiting, self.waiting = self.waiting, None
        known = [rule for rule in waiting if self._attempt(rule.begin)]
        later.sort(key=lambda sentence: not definitions.is_definition(sentence.text))
        for sentence in later:
            self.state.file = sentence.span.file
            self.read(sentence)
        for rule in known:
            self._attempt(rule.finish)
        showing.settle(self.state)

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Does something; what cannot be read becomes a problem."""
        try:
            act()
        except Unreadable as error:
            self.state.problems.append(error.problem)
            return False
        return True

    def end_rule(self) -> None:
        """The paragraph of a rule is over: its action is made."""
        rule, self.rule = self.rule, None
        if rule is None:
            return
        if self.waiting is not None:
            self.waiting.append(rule)
        else:
            self._attempt(rule.finish)

    def read(self, sentence: Sentence) -> None:
        """One sentence; what cannot be read becomes a problem and the rest goes on."""
        state = self.state
        key = (sentence.span.file, sentence.paragraph)
        if self.rule is not None:
            if key == self.rule_paragraph and self.rule.add(sentence):
                return
            self.end_rule()
        text = sentence.text
        if len(text) > MOST_CHARACTERS:
            state.problems.append(
                cannot_read(sentence.place(0, 1), text[:200], expected=("a shorter sentence",))
            )
            return
        self.mark = None
        trouble: Problem | None = None  # no exception: it would hold on to all that was read
        try:
            self._read_once(sentence, key)
        except Unreadable as error:
            trouble = error.problem
        except RecursionError:
            state.problems.append(
                cannot_read(sentence.place(0, 1), text, expected=("a shorter sentence",))
            )
        if trouble is None:
            return
        self._take_back()
        if state.presuming and self._as_name(sentence, key):
            return
        if state.events or self.waiting is not None or self.retrying:
            state.problems.append(trouble)
        else:
            # it may speak of what the world only introduces further on
            self.deferred.append(sentence)

    def _as_name(self, sentence: Sentence, key: tuple[str, int]) -> bool:
        """Whether a sentence can be read whose first word, whatever else it means, is somebody: "Miles enters the hall"."""
        lexicon = self.state.lexicon
        first = next(iter(tokenize(sentence.text, lexicon)), None)
        if first is None or first.entry is None or first.entry.name:
            return False
        lexicon.names_first = True
        try:
            self._read_once(sentence, key)
        except Unreadable:
            self._take_back()
            return False
        finally:
            lexicon.names_first = False
        return True

    def _read_once(self, sentence: Sentence, key: tuple[str, int]) -> None:
        """One sentence; raises Unreadable."""
        state, text = self.state, sentence.text
        if rule_reader.is_rule(text):
            self.rule = rule_reader.RuleReader(state, sentence, state.file)
            self.rule_paragraph = key
        elif definitions.is_when(sentence):
            definitions.when(state, sentence, state.file)
        elif definitions.is_definition(text):
            definitions.define(state, sentence)
        elif not declarations.declare(state, sentence):
            self._sentence(sentence)

    def _take_back(self) -> None:
        """What the sentence that cannot be read has left behind."""
        if self.mark is not None:
            undoing.undo(self.state, self.mark)

    def _world_ends(self) -> None:
        """Before the first event: what could not be read when it came, and what came of acts before the story."""
        if self.deferred and not self.retrying:
            discourse, facts = self.state.discourse, self.last_fact
            self.retrying = True
            deferred, self.deferred = self.deferred, []
            for sentence in deferred:
                self.read(sentence)
            self.retrying = False
            self.state.discourse, self.last_fact = discourse, facts
        for left, (result, source) in self.came_of.items():
            if left not in self.said:
                facts = self.last_fact
                self.last_fact = []
                self._state(result, source, "plain", False, None)
                self.last_fact = facts
        self.came_of.clear()

    def _sentence(self, sentence: Sentence) -> None:
        state = self.state
        if (
            self.deferred
            and not self.retrying
            and self.deferred[-1] is self.previous
            and _ABOUT_THAT.match(sentence.text)
        ):
            # "Bucho knows that.", of a sentence that could not be read yet
            self.deferred.append(sentence)
            self.previous = sentence
            return
        self.previous = sentence
        if (odd := lookalikes.odd_word(state, sentence)) is not None:
            raise Unreadable(odd)
        self.mark = undoing.mark(state)
        state.discourse.begin()
        text = sentence.text.strip()
        if self._naming(sentence) or self._secret(sentence) or self._owning(sentence):
            return
        if self._having_named(sentence):
            return
        told = times.before_story(text)
        before = told is not None
        part: SentenceLike = sentence
        if told is not None:
            part = rules.Part(text[slice(*told)], sentence, told[0])
        if self._more_than(sentence, part):
            return
        part = self.given_a_name(part, sentence)
        if state.presuming:
            kinds_presumed.declare(state, part.text)
        self._new_name(part)
        if len(state.world.things) != self.mark.things:
            # who it says somebody is stays
            self.mark = undoing.mark(state)
        part = self.named_by_the_way(part, sentence)
        ctx, tree = self.parse(part)
        source = self._source(sentence, sentence.allows)
        self.last_fact = []
        self.last_kinds = []
        self.last_clauses = []
        ctx.past = before
        ctx.told_past = tree.clauses[0].tense == "past"
        if tree.gap:
            self.gap = True
            self.pauses += 1
        for clause in tree.clauses:
            state.discourse.clause = []
            steps = len(state.steps)
            self._clause(ctx, clause, source, before)
            self.told_his_name(part)
            day = closed.DAYS.get(clause.time, closed.DAYS.get(tree.time))
            if day is not None:
                state.days.update(dict.fromkeys(range(steps, len(state.steps)), day))

    def _clause(self, ctx: Context, clause: x.Clause, source: Source, before: bool) -> None:
        state = self.state
        if events.of_anyone(clause):
            return
        if clause.tense == "past" and clause.time.endswith(" ago"):
            before = True  # "Ben left her two weeks ago"
        if clause.front is not None:
            told = len(state.discourse.mentions)
            self._front(ctx, clause, source, before)
            fronted = state.discourse.mentions[told:]
            self._clause(ctx, replace(clause, front=None), source, before)
            for mention in fronted:
                mention.subject = (
                    False  # "While Ben sleeps, Carl takes the key. He goes": Carl does
                )
            return
        if clause.afterwards is not None:
            then, clause = clause.afterwards, replace(clause, afterwards=None)
            self._clause(ctx, clause, source, before)
            if not then.modal:
                self._clause(ctx, then, source, before)
            return
        if (
            clause.frame is not None
            and clause.frame.action.startswith("@want")
            and not clause.negated
        ):
            self._want(ctx, clause, source)
            return
        if (
            events.is_event(clause)
            and not before
            and clause.condition is None
            and not (
                # in the world, "covers" and "follows" say what is so, not what happens
                not state.events
                and clause.frame is not None
                and clause.frame.fluent
                and clause.tense == "now"
                and may_be_so(ctx, clause)
            )
        ):
            self._world_ends()
            ctx.mode = "event"
            parts = len(state.parts)
            happening = events.event(ctx, clause, source, self.gap)
            self._flush(ctx, source, parts)
            state.steps.append(happening)
            self._done(happening)
            self.gap = False
            return
        if self._does_it(ctx, clause, source, before):
            return
        if clause.strength == "almost":
            logic.subject_of(ctx, clause)  # "is almost dead": no more than whom it is about
            return
        ctx.mode = "event"
        parts = len(state.parts)
        if clause.until is not None:
            until: f.Formula | None = logic.clause_formula(
                clause_parts.sub(ctx, "content"), clause.until
            )
            clause = replace(clause, until=None)
        else:
            until = None
        clause = generics.of_all(ctx, clause)
        was_fact = ctx.mode
        ctx.mode = "fact"
        positive = (
            replace(clause, negated=False, strength="") if clause.strength == "never" else clause
        )
        formula = logic.clause_formula(ctx, positive)
        self.last_clauses.append((ctx, positive))
        ctx.mode = was_fact
        because = events.reason(ctx, clause.because, True) if clause.because else None
        self._flush(ctx, source, parts)
        strength = clause.strength if clause.strength not in ("", "unmeant") else "plain"
        if (clause.negated or events.says_nobody(clause)) and clause_parts.is_deed(formula):
            strength = "never"
        if clause.strength == "never":
            formula = f.negated(formula)
        for fact in sorted(places_said.of_one_each(formula), key=places_said.is_no_place):
            if places_said.lies_there(state, fact, self.mark):
                continue
            self._state(fact, source, strength, before, until, because=because)
            if before and not state.events:
                for result in contents.results(state, fact, lasting=False):
                    self.came_of[result.left] = (result, source)
        self.gap = self.gap and state.events == 0

    def _does_it(self, ctx: Context, clause: x.Clause, source: Source, before: bool) -> bool:
        """ "Carl does it.": the act that he was told to do last happens."""
        frame = clause.frame
        if frame is None or frame.action != "@do" or clause.negated or clause.modal or before:
            return False
        if clause.tense not in ("now", "past"):
            return False
        content = deeds_done.asked_of(self.state, logic.subject_of(ctx, clause).things())
        if content is None:
            return False
        told = Happening(0, "", (), source, self.gap, clause.attempt, words=source.text)
        self.state.steps.extend(deeds_done.carried_out(self.state, content, told))
        self.gap = False
        return True

    def _done(self, happening: Happening) -> None:
        """What somebody is made to do by an act, he does."""
        action = self.state.world.actions[happening.action]
        if not action.done or happening.attempt:
            return
        for param, arg in zip(action.params, happening.args, strict=True):
            if param.name == action.done and isinstance(arg, str):
                content = self.state.world.contents[arg]
                self.state.steps.extend(deeds_done.carried_out(self.state, content, happening))

    def _front(self, ctx: Context, clause: x.Clause, source: Source, before: bool) -> None:
        """ "Furious with Carolina, El …", "While El is recovering, …": a statement that comes first."""
        assert clause.front is not None
        front = clause.front
        if front.verb_at > clause.verb_at and isinstance(clause.subject, x.Named | x.Pronoun):
            # "Ben is arrested after the ring is found in his flat": it is told of Ben first
            logic.subject_of(ctx, clause)
        if (
            isinstance(front.subject, x.Same)
            and clause.subject is not None
            and not isinstance(clause.subject, x.Same)
        ):
            front = clause_parts.of_subject(front, clause.subject)
        elif front.subject is None and clause.subject is not None:
            front = replace(front, subject=clause.subject)
        self._clause(ctx, front, source, before)

    def _flush(self, ctx: Context, source: Source, parts: int) -> None:
        """States what noun phrases said by the way, and groups that were split."""
        state = self.state
        for part in list(state.parts)[parts:]:
            state.steps.append(Split(part, state.parts[part], state.events))
        facts, ctx.facts = ctx.facts, []
        for fact in facts:
            for one in f.conjuncts(fact):
                if places_said.lies_there(state, one, self.mark):
                    continue
                self._state(one, source, "plain", False, None, aside=True)
        deeds, ctx.earlier = ctx.earlier, []
        for deed in deeds:
            for one in (deed, *contents.results(state, deed, lasting=False)):
                self._state(one, source, "plain", True, None, aside=True)

    def _want(self, ctx: Context, clause: x.Clause, source: Source) -> None:
        ctx.mode = "fact"
        subject = logic.subject_of(ctx, clause)
        attitudes.minded(ctx, clause, subject)
        content = attitudes.wanted(ctx, clause, subject)
        for person in subject.things():
            self.state.steps.append(Wanted(self.state.names.get(person, person), content, source))

    def _more_than(self, sentence: Sentence, part: SentenceLike) -> bool:
        """ "Buscemi wants to live more than he wants to help El."."""
        m = re.match(
            r"^(?P<a>.+? wants? .+?) more than (?P<b>(?:\S+ )?wants? .+|to .+)$",
            part.text.rstrip("."),
        )
        if m is None:
            return False
        source = self._source(sentence)
        self.last_fact = []
        start = len(self.state.steps)
        self._plain(rules.Part(m["a"], part, 0), source)
        second = (
            m["b"]
            if "want" in m["b"].split(" to ")[0]
            else f"{m['a'].split(' want')[0]} wants {m['b']}"
        )
        self._plain(rules.Part(second, part, m.start("b")), source)
        made = [s for s in self.state.steps[start:] if isinstance(s, Wanted)]
        if len(made) >= 2:
            self.state.steps[self.state.steps.index(made[0])] = replace(
                made[0], than=made[1].content
            )
        return True

    def _plain(self, part: SentenceLike, source: Source) -> None:
        ctx, tree = self.parse(part)
        for clause in tree.clauses:
            self._clause(ctx, clause, source, False)
