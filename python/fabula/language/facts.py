"""What a reader keeps, and how single facts and trees are taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fabula.language import callings, rule_reader, short_names, slips, turning_out, undoing
from fabula.language import syntax as x
from fabula.language.clauses import Parser
from fabula.language.fitting import Fitting
from fabula.language.lexer import tokenize
from fabula.language.renaming import rename, renamed
from fabula.language.say import article
from fabula.language.shapes import shape_of
from fabula.language.state import Context, SentenceLike, State, Unreadable
from fabula.model import formula as f
from fabula.model.story import Source, Stated
from fabula.model.world import LOCATION, PERSON, THING
from fabula.problems.clashing_declarations import clashing_declarations
from fabula.problems.wrong_kind import wrong_kind
from fabula.text.source import Allow, Sentence


def about(fact: f.Formula) -> f.Term | None:
    """The term whose value a fact gives."""
    match fact:
        case f.Equals(left, _):
            return left
        case f.Within(inner, _):
            return f.Value(LOCATION, (inner,))
    return None


def _place(thing: str) -> f.Term:
    return f.Value(LOCATION, (f.Const(thing),))


@dataclass(slots=True)
class Facts:
    """What is kept from sentence to sentence."""

    state: State = field(default_factory=State)
    rule: rule_reader.RuleReader | None = None
    rule_paragraph: tuple[str, int] | None = None
    came_of: dict[f.Term, tuple[f.Equals, Source]] = field(
        default_factory=dict
    )  # results of acts before the story
    said: set[f.Term | None] = field(default_factory=set)  # what the world has said a value of
    last_clauses: list[tuple[Context, x.Clause]] = field(default_factory=list)
    deferred: list[Sentence] = field(
        default_factory=list
    )  # sentences of the world that are tried again
    retrying: bool = False
    previous: Sentence | None = None
    waiting: list[rule_reader.RuleReader] | None = (
        None  # while a library is read: its rules, to be made in the end
    )
    last_fact: list[int] = field(default_factory=list)
    last_kinds: list[tuple[str, str, Source]] = field(
        default_factory=list
    )  # what the last sentence said that somebody is
    scene: int = 0  # the number of the heading above, through all files; 0 before a file's first
    scenes: int = 0  # the headings of the files before
    gap: bool = False
    pauses: int = 0  # how often "later" or "the next day" was said
    heading: int = -1  # the number of the heading above in its own file
    early: set[int] = field(
        default_factory=set
    )  # sentences of this file taken in before all others
    unread_before: int = 0  # how many problems there were when the file began
    left: int = 0  # sentences at the end of the file that are not tried
    mark: undoing.Mark | None = None  # where the sentence being read began
    cache: dict[tuple[str, ...], tuple[int, x.Tree]] = field(default_factory=dict)
    title: str = ""

    def _source(self, sentence: Sentence, allows: Sequence[Allow] = ()) -> Source:
        """Where a sentence stands, under which heading, what it cites, and what it allows."""
        return Source(
            sentence.text.strip(),
            sentence.span,
            self.scene,
            sentence.citations,
            tuple((one.code, one.reason) for one in allows),
            sentence.covers,
        )

    def _state(
        self,
        fact: f.Formula,
        source: Source,
        strength: str,
        before: bool,
        until: f.Formula | None,
        aside: bool = False,
        because: f.Formula | None = None,
    ) -> None:
        """One fact: kinds and names are kept here, everything else is a step."""
        state = self.state
        match fact:
            case f.IsKind(f.Const(thing), kind) if thing in state.world.things:
                self._declare(thing, kind, source)
                callings.remember(state, thing, kind, source)
                self.last_kinds.append((thing, kind, source))
                if not state.events or f"{callings.PREFIX}{kind}" not in state.world.fluents:
                    return
                fact = f.truth(callings.fluent_of(state, kind), f.Const(thing))
            case f.Not(f.IsKind(f.Const(thing), kind)) if (
                thing in state.world.things and callings.can_be_secret(state, kind)
            ):
                fact = f.truth(callings.fluent_of(state, kind), f.Const(thing), value=False)
            case f.Equals(f.Const(a), f.Const(b)) if (
                a in state.world.things and b in state.world.things
            ):
                if a != b:
                    self._same(a, b, source)
                return
            case f.Within(f.Const(inner), f.Const(outer)) | f.Equals(
                f.Value("location", (f.Const(inner),)), f.Const(outer)
            ):
                if not state.events and not before:
                    self._nested(inner, outer, source)
                state.where[inner] = outer
                turning_out.turn_out(state, fact)
            case f.Equals(f.Value(), f.Lit(bool())) | f.Not() | f.Or():
                turning_out.turn_out(state, fact)
            case _:
                pass
        if not state.events and not before:
            self.said.add(about(fact))
        step = Stated(
            fact,
            source,
            strength,
            before=before,
            until=until,
            because=because,
            n=state.events,
            gap=self.gap,
            pauses=self.pauses,
            text=source.text,
        )
        if not aside:
            self.last_fact.append(len(state.steps))
        state.steps.append(step)

    def _same(self, a: str, b: str, source: Source) -> None:
        """ "The bartender is Tavo.": one thing, two names; raises Unreadable where they cannot be one."""
        state = self.state
        one, other = state.world.things[a], state.world.things[b]
        if state.is_a(a, PERSON) != state.is_a(b, PERSON) and THING not in (
            *one.kinds,
            *other.kinds,
        ):
            if one.proper and one.implied and one.kinds == (PERSON,) and other.kinds:
                # "Argo is the ship's computer", who has spoken: a computer, and somebody
                other.kinds = (*other.kinds, PERSON)
            else:
                wanted, given = (article(things.kinds[0]) for things in (other, one))
                raise Unreadable(wrong_kind(source.span, "is", one.label, wanted, given))
        if one.proper and not other.proper:
            a, b, one = b, a, other  # "Sam Weller is her lawyer": the name stays
        for alias in (one.label, *one.aliases):
            state.add_alias(b, alias)
        self._merge(a, b)

    def _merge(self, gone: str, kept: str) -> None:
        """Everything said of ``gone`` is said of ``kept``."""
        state = self.state
        old = state.world.things.pop(gone)
        new = state.world.things[kept]
        for kind in old.kinds:
            self._add_kind(kept, kind)
        new.gender = new.gender or old.gender
        state.discourse.rename(gone, kept)
        state.callings = {
            (kept if t == gone else t, kind): source for (t, kind), source in state.callings.items()
        }
        self.last_kinds = [
            (kept if t == gone else t, kind, source) for t, kind, source in self.last_kinds
        ]
        for words, thing in list(state.lexicon.names.items()):
            if thing == gone:
                state.lexicon.add_name(words, kept)
        state.where = {
            (kept if k == gone else k): (kept if v == gone else v) for k, v in state.where.items()
        }
        for thing_ in state.world.things.values():
            if thing_.owner == gone:
                thing_.owner = kept
            thing_.members = tuple(kept if t == gone else t for t in thing_.members)
        new.members = tuple(dict.fromkeys((*new.members, *old.members)))
        state.vague.discard(gone)
        state.short = {word: kept if t == gone else t for word, t in state.short.items()}
        for key, things in list(state.related.items()):
            fluent, owner = key
            moved = [kept if t == gone else t for t in things]
            if owner == gone:
                del state.related[key]
                state.related.setdefault((fluent, kept), []).extend(moved)
            else:
                state.related[key] = moved
        state.parts = {
            (kept if p == gone else p): (kept if whole == gone else whole)
            for p, whole in state.parts.items()
        }
        for description, body in list(state.names.items()):
            if body == gone:
                state.names[description] = kept
        state.steps[:] = [renamed(step, gone, kept) for step in state.steps]
        for ident, content in list(state.world.contents.items()):
            if content.formula is not None:
                state.world.contents[ident] = replace(
                    content, formula=rename(content.formula, gone, kept)
                )

    def _nested(self, inner: str, outer: str, source: Source) -> None:
        """Nothing is in what is in it: raises Unreadable where a place would have to be."""
        things, where = self.state.world.things, self.state.where
        around, seen = outer, {inner}
        while around not in seen and around in where:
            seen.add(around)
            around = where[around]
        if around != inner or inner not in things or outer not in things:
            return
        told = (s for s in self.state.steps if isinstance(s, Stated))
        inside = next(
            (s.source.span for s in told if about(s.formula) == _place(outer)), source.span
        )
        raise Unreadable(
            clashing_declarations(
                source.span,
                things[inner].label,
                f"something in the {things[outer].label}",
                f"something around the {things[outer].label}" if inner != outer else "that itself",
                inside,
            )
        )

    def _declare(self, thing: str, kind: str, source: Source) -> None:
        """A kind that a sentence gives; what was only taken for granted before makes way for it."""
        state = self.state
        found = state.world.things[thing]
        if kind != THING and state.kind_is(kind, PERSON) != state.is_a(thing, PERSON):
            before = state.declared_at.get(f"the {thing}")
            if before is None:
                found.kinds = (kind,)
            elif found.kinds != (THING,):
                raise Unreadable(
                    clashing_declarations(
                        source.span, found.label, article(kind), article(found.kinds[-1]), before
                    )
                )
        excluded = next((k for k in found.kinds if state.excludes(k, kind)), None)
        if excluded is not None:
            raise Unreadable(
                clashing_declarations(
                    source.span,
                    found.label,
                    article(kind),
                    article(excluded),
                    state.declared_at.get(f"the {thing}", source.span),
                )
            )
        state.declared_at[f"the {thing}"] = source.span
        self._add_kind(thing, kind)
        short_names.give(state, found)

    def _add_kind(self, thing: str, kind: str) -> None:
        state = self.state
        found = state.world.things[thing]
        if any(kind in state.world.ancestors(k) for k in found.kinds):
            return
        kept = tuple(k for k in found.kinds if k not in state.world.ancestors(kind))
        found.kinds = (*kept, kind)

    def parse(self, part: SentenceLike) -> tuple[Context, x.Tree]:
        """The context and tree of a sentence, from the cache where its shape has been read before."""
        state = self.state
        tokens = tokenize(part.text, state.lexicon)
        ctx = Context(state, tokens, part, "event")
        trees = state.trees
        shared = None if trees is None else trees.shape(state, tokens)
        if trees is not None and shared is not None and (known := trees.kept.get(shared)):
            return ctx, known
        shape = tuple(shape_of(state, t) for t in tokens)
        cached = self.cache.get(shape)
        if cached is not None and cached[0] == state.lexicon.frames_version:
            return ctx, cached[1]
        if (amiss := slips.misspelt_adverb(part, tokens)) is not None:
            raise amiss
        # first a reading in which every thing is of the kind that its role asks for, then any
        tree = Parser(tokens, state.lexicon, fitting=Fitting(state, tokens)).sentence()
        if tree is None:
            parser = Parser(tokens, state.lexicon, any_kind=True, fitting=Fitting(state, tokens))
            tree = parser.sentence()
            if tree is None:
                raise slips.failure_of(state, parser, part)
        if (wrong := slips.misspelt(state, part, tokens)) is not None:
            raise wrong
        self.cache[shape] = (state.lexicon.frames_version, tree)
        if trees is not None and shared is not None:
            trees.keep(shared, tree)
        return ctx, tree
