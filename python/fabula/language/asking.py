"""Questions to what they ask for, with nothing new made: "Where does Ann think that the key is?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fabula.language import (
    asking_forms,
    asking_plainer,
    asking_sets,
    copulas,
    fillers,
    logic,
    names_spelt,
    occasions,
    question_trees,
    turning_out,
)
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.clauses import Parser
from fabula.language.fitting import Fitting
from fabula.language.inversion import Tokens, embedded
from fabula.language.lexer import Token, tokenize, word_like
from fabula.language.moments import Cut, cited_event, cuts
from fabula.language.question_trees import Draft, Parsed
from fabula.language.questions import Quoted, apart
from fabula.language.rules import Part
from fabula.language.state import NO_PERSON, Context, State, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.asked import Asked, Moment
from fabula.model.world import PERSON, THING
from fabula.problems import Problem
from fabula.problems.cannot_read import cannot_read
from fabula.records import dataclass

THINKING = frozenset({"@believe", "@know-that"})


def question(state: State, text: str, presuming: bool = False) -> Asked:
    """What a question asks for; raises Unreadable with what could not be read.

    A pronoun goes to who is named in the question itself. ``presuming``: that there is what it speaks of ("the attic",
    of which the story has not spoken), which is then a new thing.
    """
    with apart(state):
        state.discourse.begin()
        asked = _question(state, text, presuming)
        if presuming:
            turning_out.turn_out(state, asked.formula)
        return asked


def _question(state: State, text: str, presuming: bool) -> Asked:
    plain = asking_plainer.spelt_out(state, text.strip().rstrip("?!. "))
    asked = Quoted(names_spelt.known_names(state, plain))
    tokens = tokenize(asked.text, state.lexicon)
    reading = Reading(state, asked, tokens, presuming)
    if not tokens:
        raise Unreadable(
            cannot_read(asked.place(0, 1), text, expected=("a question, such as Where is Ann",))
        )
    if tokens[0].lower in closed.WH and len(tokens) > 2 and tokens[1].lower == "else":
        del tokens[1]  # "Who else knows …"
    tokens, order = asking_forms.which_time(asking_plainer.plainer(state, tokens))
    tokens = asking_sets.without_there(state, tokens)
    reading.tokens = tokens = asking_sets.without_of(tokens)
    found = asking_forms.special(reading)
    if found is None:
        trouble: Problem | None = None  # no exception: it would hold on to all that was read
        try:
            found = reading.general(tokens)
        except Unreadable as error:
            trouble = error.problem
        if found is None:
            found = asking_forms.otherwise(reading)
        if found is None:
            assert trouble is not None
            raise Unreadable(trouble)
    if order and found.form in ("which", "when", "where", "why"):
        found = replace(found, sort=order)
    return replace(asking_forms.or_where(state, found), text=text.strip())


@dataclass(slots=True)
class Reading:
    """One question being read."""

    state: State
    asked: Quoted
    tokens: Tokens
    presuming: bool = False
    far: Parser | None = None
    either: Problem | None = None  # why a noun phrase of which one thing was asked may be several

    def context(self, tokens: Tokens, mind: bool = False) -> Context:
        """How a part of the question is interpreted."""
        return Context(
            self.state,
            tokens,
            Part(self.asked.text, self.asked, 0),
            "query",
            mind=mind,
            presuming=self.presuming,
        )

    def parser(self, tokens: Tokens, wide: bool = False) -> Parser:
        """A parser of a part of the question; ``wide``: where kinds do not fit, too."""
        return Parser(
            tokens, self.state.lexicon, any_kind=wide, fitting=Fitting(self.state, tokens)
        )

    def failure(self) -> Unreadable:
        """What to say where there is no reading."""
        from fabula.language.slips import failure_of

        parser = self.parser(self.tokens, wide=True)
        if self.far is not None:
            parser = self.far
        return failure_of(self.state, parser, self.asked)

    def is_auxiliary(self, token: Token) -> bool:
        """Whether a direct question may begin with a word."""
        return token.lower in closed.AUXILIARIES or token.lower in closed.MODALS

    def kind_named(self, tokens: Tokens) -> str | None:
        """The kind that a bare noun names; None where it names none."""
        entry = self.state.lexicon.entry(tuple(t.lower for t in tokens)) if tokens else None
        return entry.noun if entry is not None else None

    def known_as(self, text: str, like: Token) -> Token:
        """A word of the lexicon in place of one that is there."""
        entry = self.state.lexicon.entry((text,))
        return Token("word", text, text, like.at, like.end, entry, text)

    # a whole question
    def general(self, tokens: Tokens) -> Asked:
        """A question with a gap, or one to be answered by yes or no; raises Unreadable."""
        # problems, and no exceptions: those would hold on to all that was read
        trouble: Problem | None = None
        timeless: Problem | None = None  # a question could be read, but not when it asks
        for rest, cut in self.cuts(tokens):
            for parsed in self._parsed(rest):
                if (
                    cut is None
                    and timeless is not None
                    and not question_trees.placed(parsed.question)
                ):
                    raise Unreadable(timeless)  # else what says when would be passed over
                try:
                    found = self._resolved(parsed)
                except Unreadable as error:
                    trouble = trouble or error.problem
                    continue
                try:
                    return replace(found, moment=self.moment(cut, found))
                except Unreadable as error:
                    trouble = trouble or error.problem
                    timeless = timeless or error.problem
        joined = self._joined(tokens)
        if joined is not None:
            return joined
        raise Unreadable(trouble) if trouble is not None else self.failure()

    def counted(self, words: Tokens, rest: Tokens) -> Asked | None:
        """What "how many" asks in plain order: "how many guns", "Ann has"; None where it cannot be read."""
        for wide in (False, True):
            for parsed in self._of_mind(words, rest, [], wide):
                try:
                    return self._resolved(parsed)
                except Unreadable:
                    continue
        return None

    def _joined(self, tokens: Tokens) -> Asked | None:
        """ "Who is in the bar and is not wounded?": two questions with one gap."""
        for at in range(2, len(tokens) - 1):
            word = tokens[at].lower
            if word not in ("and", "but", "or"):
                continue
            try:
                one = self.general(tokens[:at])
                lead = tokens[:1] if one.form == "which" else []
                again = bool(lead) and tokens[at + 1].lower == lead[0].lower
                other = self.general([*lead, *tokens[at + 1 + again :]])
            except Unreadable:
                continue
            if one.form != other.form or one.form not in ("which", "whether"):
                continue
            if one.minds or other.minds:
                continue
            second = f.substitute(other.formula, {other.var: f.Var(one.var)})
            both = (one.formula, second)
            formula = f.Or(both) if word == "or" else f.conjunction(list(both))
            return replace(one, formula=formula, moment=other.moment)
        return None

    def clause(self, tokens: Tokens, mind: bool = False) -> f.Formula:
        """The formula of plain clauses; raises Unreadable."""
        trouble: Problem | None = None  # no exception: it would hold on to all that was read
        for wide in (False, True):
            parser = self.parser(tokens, wide)
            tree = parser.sentence()
            if tree is None:
                self._further(parser)
                continue
            try:
                ctx = self.context(tokens, mind)
                return f.conjunction([logic.clause_formula(ctx, c) for c in tree.clauses])
            except Unreadable as error:
                trouble = trouble or error.problem
        raise Unreadable(trouble) if trouble is not None else self.failure()

    def named(self, tokens: Tokens, wanted: str = THING) -> f.Term | None:
        """What a noun phrase that is all of these tokens stands for; None where it is none."""
        parser = self.parser(tokens, wide=True)
        for np, end in parser.noun_phrase(0):
            if end == len(tokens):
                ctx = self.context(tokens)
                try:
                    ref = r.refer(ctx, np, wanted=wanted)
                except Unreadable:
                    continue
                if ref.one is not None:
                    return ref.one
                self.either = self.either or ctx.either
        return None

    def moment(self, cut: Cut | None, asked: Asked | None = None) -> Moment:
        """The moment that a question's "before …" or "at the beginning" means; raises Unreadable."""
        if cut is None:
            return Moment()
        if not cut.tokens:
            return Moment(cut.word, text=cut.text)
        if cited := cited_event(cut.tokens):
            found = Moment(cut.word, cited=cited, text=cut.text)
            return replace(found, other=self.moment(cut.other)) if cut.other else found
        if len(cut.tokens) > 1 and cut.tokens[-1].lower in closed.AUXILIARIES:
            who = self.named(cut.tokens[:-1], PERSON)
            if who is not None:  # "before Ben did"
                cut = replace(cut, tokens=cut.tokens[:-1])
        place = self.named(cut.tokens)
        occasion = occasions.occasion(self, cut.tokens)
        found = Moment(cut.word, text=cut.text, occasion=occasion)
        likewise = self._likewise(place, asked)
        if likewise is not None:
            found = replace(found, deed=likewise)
        elif isinstance(place, f.Const):
            found = replace(found, place=place.thing)
        elif occasion is None:
            try:
                near = tuple(self._places(asked.formula)) if asked is not None else ()
                found = replace(found, deed=self._deed(cut.tokens, asked), near=near)
            except Unreadable as error:
                raise Unreadable(self.either or error.problem) from error
        return replace(found, other=self.moment(cut.other)) if cut.other else found

    def _places(self, formula: f.Formula) -> Iterator[str]:
        """The places in which a formula says that something is."""
        match formula:
            case f.And(parts) | f.Or(parts):
                for part in parts:
                    yield from self._places(part)
            case f.Within(_, f.Const(place)):
                yield place

    def _likewise(self, who: f.Term | None, asked: Asked | None) -> f.Formula | None:
        """That another did what is asked about: "Did Ann leave before Ben?"."""
        if asked is None or not isinstance(who, f.Const) or not self.state.is_a(who.thing, PERSON):
            return None
        if isinstance(asked.formula, f.Believes):
            return f.Believes(who, asked.formula.body)  # "who knew it before Ben did"
        parts = asked.formula.parts if isinstance(asked.formula, f.Or) else (asked.formula,)
        found: list[f.Formula] = []
        for part in parts:
            match part:
                case f.Equals(f.Value(fluent, (_, *others)), right) if fluent.startswith("did:"):
                    found.append(f.Equals(f.Value(fluent, (who, *others)), right))
                case _:
                    return None
        return f.Or(tuple(found)) if len(found) > 1 else found[0]

    def cuts(self, tokens: Tokens) -> Iterator[tuple[Tokens, Cut | None]]:
        """The question without its moment, and the moment; "in the …" says when only of what happened, and not of a place."""
        for rest, cut in cuts(tokens):
            if cut is not None and cut.word == "day" and not self.state.days:
                continue
            if cut is None or not cut.occasion:
                yield rest, cut
            elif occasions.occasion(self, cut.tokens) is not None:
                if self.named(cut.tokens) is None:
                    yield rest, cut

    def _deed(self, tokens: Tokens, asked: Asked | None) -> f.Formula:
        """What "before leaving the inn", "when Ann left" say was done."""
        parser = self.parser(tokens)
        from fabula.language import predicates

        for clause, end in predicates.gerund(parser, 0):
            if end == len(tokens):
                ctx = self.context(tokens)
                who = asked.term if asked is not None else None
                if who is None and self.state.discourse.subject:
                    who = f.Const(self.state.discourse.subject[0])
                if who is not None:
                    ctx.controller = r.Ref((who,))
                    return logic.clause_formula(ctx, replace(clause, tense="past"))
        done = self.deed(tokens)
        if done is not None:
            return done
        return self.clause(tokens)

    def deed(self, tokens: Tokens) -> f.Formula | None:
        """What "Ann killing Ben" or "Ann's killing Ben" says was done; None where it says nothing of the kind."""
        from fabula.language import predicates

        parser = self.parser(tokens)
        for np, end in parser.noun_phrase(0):
            start = end + 1 if parser.kind(end) == "own" else end
            for clause, stop in predicates.gerund(parser, start):
                if stop == len(tokens):
                    try:
                        said = replace(clause, subject=np, tense="past")
                        return logic.clause_formula(self.context(tokens), said)
                    except Unreadable:
                        continue
        return None

    # syntax
    def _parsed(self, tokens: Tokens) -> Iterator[Parsed]:
        """The ways to parse a question, those first that another story's question of the same shape was parsed in."""
        trees = self.state.trees
        shape = None if trees is None else trees.shape(self.state, tokens)
        if trees is None or shape is None:
            yield from self._all_parsed(tokens)
            return
        kept: list[Draft] = trees.asked.setdefault(shape, [])
        for draft in kept:
            yield draft.parsed(tokens)
        for at, parsed in enumerate(self._all_parsed(tokens)):
            if at >= len(kept):
                kept.append(Draft.of(parsed, tokens))
                yield parsed

    def _all_parsed(self, tokens: Tokens) -> Iterator[Parsed]:
        for wide, unsaid in ((False, False), (True, False), (True, True)):
            for words, rest in embedded(self.state, tokens):
                yield from self._of_mind(words, rest, [], wide, unsaid)

    def _of_mind(
        self,
        words: Tokens,
        rest: Tokens,
        minds: list[tuple[x.NP, Tokens]],
        wide: bool,
        unsaid: bool = False,
    ) -> Iterator[Parsed]:
        if words[0].lower != "whether":
            # "who Ann thinks has the key": who has the key, in Ann's mind
            for np, start in self._thinker(rest):
                yield from self._of_mind(words, rest[start:], [*minds, (np, rest)], wide, unsaid)
        tokens = [*words, *rest]
        count = words[0].lower == "how" and len(words) > 1
        if count:
            tokens = [word_like("what", words[0]), *words[2:], *rest]
        elif words[0].lower == "whom":
            tokens = [word_like("who", words[0]), *words[1:], *rest]
        parser = self.parser(tokens, wide)
        parser.where, parser.unsaid = words[0].lower == "where", unsaid
        for found, end in fillers.questions(parser, 0):
            if (
                end == parser.size
                and isinstance(found, x.Question)
                and question_trees.asks(found, tokens)
            ):
                yield Parsed(minds, found, tokens, count)
            else:
                parser.fail(end, "the end of the question")
        self._further(parser)

    def _further(self, parser: Parser) -> None:
        if self.far is None or parser.far > self.far.far:
            self.far = parser

    def _thinker(self, tokens: Tokens) -> Iterator[tuple[x.NP, int]]:
        """Who thinks what comes next, and where that begins."""
        parser = self.parser(tokens, wide=True)
        for np, end in parser.noun_phrase(0):
            _, at = parser.adverbs(end)
            while parser.low(at) in ("do", "does", "did", "would", "will", "is", "was"):
                _, at = parser.adverbs(at + 1)
            for verb, _form in parser.verbs(at):
                if any(fr.action in THINKING for fr in parser.lexicon.frames.get(verb, ())):
                    after = at + 2 if parser.low(at + 1) == "that" else at + 1
                    if after < parser.size:
                        yield np, after
                    break

    # meaning
    def _resolved(self, parsed: Parsed) -> Asked:
        minds: list[str] = []
        for np, tokens in parsed.minds:
            ref = r.refer(self.context(tokens), np, subject=True, wanted=PERSON)
            minds.extend(self.state.names.get(t, t) for t in ref.things()[:1])
        ctx = self.context(parsed.tokens, mind=bool(minds))
        found = self._asked(ctx, parsed)
        once = question_trees.of_the_past(parsed.question)
        past = question_trees.was_so(parsed.question)
        return replace(found, minds=(*minds, *found.minds), once=once, past=past)

    def _asked(self, ctx: Context, parsed: Parsed) -> Asked:
        q = parsed.question
        if q.clause is None:
            ref = r.refer(ctx, q.np, subject=True)
            if not ref.terms:
                raise self.failure()
            if ctx.either is not None:
                raise Unreadable(ctx.either)  # where one of them is says nothing of the other
            return Asked("where" if q.word == "where" else "kind", "", term=ref.terms[0])
        if q.word in ("whether", "if"):
            return Asked("whether", "", logic.clause_formula(ctx, q.clause))
        if q.word == "why" and q.clause.negated and q.clause.modal == "can":
            # why one could not is why one did not, though one may have tried
            did = replace(q.clause, modal="", tense="past")
            return Asked("why", "", logic.clause_formula(ctx, did))
        if q.word in ("why", "how", "when"):
            return Asked(q.word, "", logic.clause_formula(ctx, q.clause))
        frame = q.clause.frame
        if (
            frame is not None
            and frame.action == "@want-thing"
            and isinstance(dict(q.clause.roles).get("Y"), x.Gap)
        ):
            who = logic.subject_of(ctx, q.clause)
            if who.one is not None:
                return Asked("wants", "", term=who.one)
        sort = self._quality(ctx, parsed)
        if sort is not None:
            return sort
        q = question_trees.of_relatives(ctx, q)
        assert q.clause is not None
        var = ctx.fresh()
        ctx.gap = r.Ref((var,))
        if q.word == "who":
            ctx.letters[var.name] = PERSON  # "who left the inn": no car did
        elif q.word == "what" and q.np is None:
            ctx.letters[var.name] = NO_PERSON  # "what did he swallow": nobody
        body = logic.clause_formula(ctx, q.clause)
        kind = PERSON if q.word == "who" else THING
        parts = [body]
        if q.np is not None and q.word != "where":
            narrowed = copulas.copula(
                ctx, r.Ref((var,)), x.Complement(np=question_trees.indefinite(q.np)), q.clause
            )
            kinds = [p.kind for p in f.conjuncts(narrowed) if isinstance(p, f.IsKind)]
            kind = kinds[0] if kinds else kind
            parts.append(narrowed)
        form = "where" if q.word == "where" else "which"
        if form == "where" and ctx.either is not None:
            raise Unreadable(ctx.either)
        if form == "where" and len(parts) == 1:
            believed = question_trees.whereabouts(body, var)
            if believed is not None:
                return believed
        return Asked(form, "", f.conjunction(parts), var.name, kind, count=parsed.count)

    def _quality(self, ctx: Context, parsed: Parsed) -> Asked | None:
        """ "What colour is the door?": which of the words for colours is so of it."""
        q = parsed.question
        kind = r.kind_of_noun(ctx, q.np.noun) if isinstance(q.np, x.Described) else THING
        if q.clause is None or kind not in self.state.qualities:
            return None
        said = q.clause.complement
        if q.clause.frame is not None or said is None or not isinstance(said.np, x.Gap):
            raise self.failure()  # "what colour is the door" asks for no colour that is the door
        ref = r.refer(ctx, q.clause.subject, subject=True)
        return Asked("quality", "", kind=kind, term=ref.one) if ref.one is not None else None
