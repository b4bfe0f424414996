"""Names: who is called what, who is really whom, words that nobody knows yet."""

from __future__ import annotations

import re

from fabula.language import (
    declarations,
    pronouns,
    rules,
    slips,
)
from fabula.language import referents as r
from fabula.language.clauses import Parser
from fabula.language.facts import Facts
from fabula.language.lexer import Token, name_words, tokenize
from fabula.language.rule_reader import NOWHERE
from fabula.language.state import Context, SentenceLike, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Source
from fabula.model.world import (
    PERSON,
    THING,
    WHO,
)
from fabula.problems.unknown_kind import unknown_kind
from fabula.problems.unknown_name import unknown_name
from fabula.problems.wording import near
from fabula.text.source import Sentence

LATELY = 6
"""How many sentences ago somebody was spoken of who is given a name now."""
_HAVING = re.compile(
    r"^(?P<who>[A-Z][^,;:]*?|[Tt]he [^,;:]*?) (?:has|had|have)(?: got)? (?:an?|one|two|three|four|five|six|seven|\d+)"
    r" (?:[a-z]+ )*?(?P<noun>[a-z]+)(?:: | called | named | called: )(?P<names>[A-Z][^;:]*?)\.?$"
)


_TELLS_NAME = re.compile(
    r"\bthat (?:his|her) name (?:is|was) ([A-Z][\w'-]+(?: [A-Z][\w'-]+)*)(?=[ ,.]|$)"
)
_NAMES = re.compile(
    r"^(?:[A-Z][\w' ]*?|[Tt]he [\w ]+?) (?:names?|named|christens?|christened|baptises?|baptised) "
    r"(?P<whom>(?:the|her|his|their) [a-z ]+?) (?P<name>[A-Z]\w+)\.?$"
)


def _timeless(names: str) -> str:
    """The names without what says when in front of them: "Afterwards Ann", "A moment later, Ann"."""
    first, comma, rest = names.partition(", ")
    if comma and first.rpartition(" ")[2].lower() in ("later", "afterwards", "after", "on"):
        return rest
    words = names.split(" ")
    for size in range(min(4, len(words) - 1), 0, -1):
        if " ".join(words[:size]).lower().rstrip(",") in closed.TIMES:
            return " ".join(words[size:])
    return names


class Naming(Facts):
    """Takes in sentences that give names."""

    def _naming(self, sentence: Sentence) -> bool:
        called = declarations.called(sentence)
        if called is not None:
            who, names = called
            thing = self.nameless(who) or self._resolve(sentence, who)
            for name in names:
                self._call(thing, who, name, " name " in sentence.text)
            return True
        really = declarations.really(sentence)
        if really is None:
            return False
        self._really(sentence, *really)
        return True

    def nameless(self, words: str) -> str | None:
        """ "His name is Karl", where Ben has a son: who has a name of his own already is not meant."""
        state = self.state
        gender = closed.PRONOUNS.get(words.lower(), ("", ""))[0]
        if gender not in ("m", "f"):
            return None
        ctx = Context(state, [], rules.Part("", NOWHERE, 0), "event")
        lately = [
            mention.things[0]
            for mention in reversed(state.discourse.mentions)
            if mention.sentence >= state.discourse.sentence - LATELY
            and len(mention.things) == 1
            and not mention.inner
        ]
        unnamed = [
            t
            for t in lately
            if t in state.world.things
            and not state.world.things[t].proper
            and t not in state.names
            and pronouns.fits_gender(ctx, (t,), gender)
        ]
        sure = [t for t in unnamed if self._sex(ctx, t) == gender]
        # a "she" who has no name yet, else the stranger of whom was told last
        for ident in sure or [t for t in unnamed if (t,) == state.discourse.subject]:
            state.discourse.mention((ident,), True)
            return ident
        return None

    def _call(self, thing: str, who: str, name: str, is_name: bool) -> None:
        """Gives somebody a name; a "she" whose name is another is not meant by "her name is", but somebody new."""
        state = self.state
        if not is_name or not self._bears_another(thing, who, name):
            state.add_alias(thing, name)
            return
        made = state.add_thing(name, (PERSON,), proper=True, implied=True)
        made.gender = closed.PRONOUNS[who.lower()][0]
        state.discourse.mention((made.id,), True)
        state.discourse.subject = (made.id,)

    def _bears_another(self, thing: str, who: str, name: str) -> bool:
        """Whether a "she" is called by a name of her own already, which has nothing of this one."""
        found = self.state.world.things[thing]
        gender = closed.PRONOUNS.get(who.lower(), ("", ""))[0]
        if gender not in ("m", "f") or not found.proper or not self.state.is_a(thing, PERSON):
            return False
        return set(found.label.split(" ")).isdisjoint(name.split(" "))

    def _sex(self, ctx: Context, thing: str) -> str | None:
        """Whether somebody is a "he" or a "she", as far as what he is called tells: "a son"."""
        kin = closed.KIN.get(self.state.world.things[thing].label.split(" ")[-1])
        return pronouns.gender_of(ctx, (thing,)) or kin

    def _resolve(self, sentence: SentenceLike, words: str) -> str:
        """The thing that some words stand for; a new one where they are a new name."""
        state = self.state
        plain = re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)
        known = state.lexicon.names.get(name_words(plain))
        if known is not None:
            state.discourse.mention((known,), True)
            return known
        part = rules.Part(words, sentence, max(0, sentence.text.find(words)))
        tokens = tokenize(words, state.lexicon)
        ctx = Context(state, tokens, part, "event")
        parser = Parser(tokens, state.lexicon)
        for np, end in parser.noun_phrase(0):
            if end == parser.size:
                things = r.refer(ctx, np, subject=True).things()
                if things:
                    return things[0]
        if plain[:1].islower() and state.events:
            raise slips.misspelt_adverb(part, tokens) or slips.failure_of(state, parser, part)
        return state.add_thing(
            plain, (PERSON,), proper=plain[:1].isupper(), line=sentence.place(0).line
        ).id

    def _really(self, sentence: Sentence, name: str, body_words: str) -> None:
        """ "Bucho is really Cesar.": two names of one body, the link not known to all."""
        state = self.state
        plain = re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)
        first = state.lexicon.names.get(name_words(plain))
        body = self._resolve(sentence, body_words)
        made = [declarations.add_description(state, name, state.names.get(body, body))]
        if first is not None and first != body and first not in state.names:
            # both were introduced: one body; each of its names is a description of its own
            self._merge(first, body)
            made.append(declarations.add_description(state, body_words, body))
        source = self._source(sentence, sentence.allows)
        self.last_fact = []
        self.last_clauses = []
        for description in made:
            self._state(
                f.Equals(f.Value(WHO, (f.Const(description),)), f.Const(state.names[description])),
                source,
                "plain",
                False,
                None,
            )
        state.discourse.mention((body,), True)

    def _new_name(self, part: SentenceLike) -> None:
        """ "The Tarasco bar is a bar …": words that nobody knows yet, in front of what they are."""
        state = self.state
        m = re.match(
            r"^(?P<names>[^,;]*?(?:, [^,;]*?)*?) (?P<be>is|are|was|were) (?P<rest>(?:an?|one|in|at|on|inside|behind|near)\b.*|(?P<plural>[a-z]+\b.*))$",
            part.text.rstrip("."),
        )
        if m is None or m["names"].lower().split(" ")[-1] == "there":
            return
        rest = m["rest"]
        if state.events and not rest.startswith(("a ", "an ")):
            return
        if m["plural"]:
            words = rest.split(" ")
            noun = state.lexicon.nouns.get((words[0],)) or state.lexicon.nouns.get(tuple(words[:2]))
            if noun is None:
                return
        for name in declarations.listed(_timeless(m["names"])):
            if name.lower() in closed.TIMES:
                continue  # "Later, Anna is in the mill."
            self._introduce(
                part, name, m["be"] in ("are", "were") and " and " not in m["names"], rest
            )

    def _introduce(self, part: SentenceLike, name: str, plural: bool, rest: str) -> None:
        state = self.state
        article = re.match(r"^(the|a|an)\s+", name, re.IGNORECASE)
        plain = name[article.end() :] if article else name
        words = name_words(plain)
        if (
            not words
            or len(words) > 7
            or plain.split(" ")[0].lower() in closed.PRONOUNS | {"there": 0, "this": 0, "that": 0}
        ):
            return
        low = tuple(w.lower() for w in words)
        if not closed.CONNECTIVES.isdisjoint(low):
            return
        if (
            state.lexicon.names.get(words)
            or words[0].lower() in closed.UNIVERSAL
            or words[0].lower() in closed.QUANTIFIERS
        ):
            return
        if words[0].lower() in closed.PORTIONS and "of" in low:
            return
        if (
            not article
            and not plain[:1].isupper()
            and not plain.lower().startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
        ):
            return
        if (
            any(
                state.lexicon.verbs.get(w) and w != "left"
                for w in words
                if w.islower()
                and (w,) not in state.lexicon.nouns
                and (w,) not in state.lexicon.relations
            )
            and "in" not in low
            and "'s" not in low
        ):
            tokens = tokenize(plain, state.lexicon)
            if any(
                t.entry is not None
                and t.entry.verbs
                and not t.entry.noun
                and not t.entry.name
                and not t.entry.adjectives
                for t in tokens[1:]
            ):
                return
        tokens = tokenize(plain, state.lexicon)
        owner = None
        if "'s" in words:
            own = next((i for i, t in enumerate(tokens) if t.kind == "own"), 0)
            first = tokens[0]
            if own == 1 and first.entry is not None and first.entry.name:
                owner = state.names.get(first.entry.name, first.entry.name)
                if first.text in state.short:
                    state.short_used.add(first.text)
            last = tokens[-1]
            if (
                last.entry is not None
                and last.entry.noun
                and state.kind_is(last.entry.noun, "part")
            ):
                return
            if (
                last.entry is not None
                and last.entry.relation
                and owner is not None
                and state.related.get((last.entry.relation, owner))
            ):
                return
        kind = self._kind_of_label(tokens)
        if (
            article
            and article.group(1).lower() in ("a", "an")
            and rest.split(" ")[0] not in ("a", "an")
        ):
            return
        foretold = next(
            (
                t
                for t in state.world.things.values()
                if t.implied and t.label == plain and t.owner is None
            ),
            None,
        )
        if foretold is not None:
            # spoken of before it is introduced
            foretold.implied = False
            state.add_alias_words(plain, foretold.id)
            state.assumptions[:] = [
                a
                for a in state.assumptions
                if a[0] not in (f"there is {plain}", f"there is a {plain}")
            ]
            if kind is not None:
                self._add_kind(foretold.id, kind)
            return
        existing = [
            t
            for t in state.world.things.values()
            if t.label.lower() == plain.lower()
            or (
                len(tokens) == 1
                and tokens[0].entry is not None
                and tokens[0].entry.noun in t.kinds
                and article is not None
            )
        ]
        if existing and rest.split(" ")[0] not in ("a", "an"):
            return
        proper = plain[:1].isupper() and not article and "'s" not in words
        if (
            kind is None
            and not proper
            and rest.split(" ")[0] in ("in", "at", "on", "inside", "behind", "near")
        ):
            unknown = tokens[-1]
            if unknown.kind == "word" and unknown.entry is None:
                raise Unreadable(
                    unknown_kind(
                        part.place(unknown.at, unknown.end - unknown.at),
                        unknown.lower,
                        near(unknown.lower, state.world.kinds),
                    )
                )
        slip = (
            near(plain, [n for n in state.lexicon.known_words() if n[:1].isupper()])
            if proper and rest.split(" ")[0] not in ("a", "an", "one")
            else ()
        )
        if slip:
            raise Unreadable(unknown_name(part.place(0, len(plain)), plain, slip))
        # where the rest cannot be read, what follows should not suffer for it
        kind = kind or self._kind_said(rest)
        kinds = (
            (kind,)
            if kind is not None
            else (
                (THING,)
                if article
                or not proper
                or (rest.split(" ")[0] in ("a", "an", "one") and self._says_kind(rest))
                else (PERSON,)
            )
        )
        state.add_thing(
            plain, kinds, proper=proper, plural=plural, line=part.place(0).line, owner=owner
        )

    def _kind_said(self, rest: str) -> str | None:
        """The kind that "a woman in the flat" begins with, if it begins with one."""
        words = rest.lower().split()
        if not words or words[0] not in ("a", "an"):
            return None
        nouns = self.state.lexicon.nouns
        found = (nouns.get(tuple(words[1:end])) for end in range(min(len(words), 5), 1, -1))
        return next((noun[0] for noun in found if noun), None)

    def _says_kind(self, rest: str) -> bool:
        """Whether "a tall stranger in the inn" has a noun that is known; if not, its bearer is taken for a person."""
        words = re.split(r"[ ,]+", rest)
        nouns = self.state.lexicon.nouns
        return any(
            (w,) in nouns or tuple(words[i : i + 2]) in nouns for i, w in enumerate(words) if i
        )

    def _kind_of_label(self, tokens: list[Token]) -> str | None:
        for i, token in enumerate(tokens):
            if token.lower in ("in", "of", "on", "at", "with", "from") and i:
                tokens = tokens[:i]
                break
        last = tokens[-1] if tokens else None
        if (
            last is not None
            and last.entry is not None
            and last.entry.noun
            and not last.text[:1].isupper()
        ):
            return last.entry.noun
        return None

    def _owning(self, sentence: Sentence) -> bool:
        """ "The case is El's.", "It is hers."."""
        state = self.state
        m = re.match(
            r"^(?P<thing>.+?) (?:is|are|was|were) (?P<owner>[^,]+?)(?:'s|’s)(?: own)?$",
            sentence.text.strip().rstrip("."),
        )
        if m is None or re.search(r"\b(?:that|who|which|whether|if)\b", m["thing"]):
            return False
        if m["owner"].split(" ")[0] in (
            "a",
            "an",
            "in",
            "not",
            "now",
            "still",
            "at",
            "on",
            "one",
        ):
            return False
        thing = self._resolve(sentence, m["thing"])
        owner = self._resolve(sentence, m["owner"])
        found = state.world.things.get(thing)
        if found is not None:
            found.owner = state.names.get(owner, owner)
        source = self._source(sentence)
        self.last_fact = []
        if "own" in state.world.fluents:
            self._state(
                f.truth("own", f.Const(state.names.get(owner, owner)), f.Const(thing)),
                source,
                "plain",
                False,
                None,
            )
        return True

    def _having_named(self, sentence: Sentence) -> bool:
        """ "Hans has three daughters: Grete, Liese and Marie.", "Hans has a son called Paul."."""
        lexicon = self.state.lexicon
        m = _HAVING.match(sentence.text.strip())
        found = lexicon.relations.get((m["noun"].lower(),)) if m is not None else None
        if m is None or found is None:
            return False
        noun = next(
            (w for w, (key, many) in lexicon.relations.items() if key == found[0] and not many),
            (m["noun"],),
        )
        source = self._source(sentence)
        self.last_fact = []
        for name in declarations.listed(m["names"]):
            part = rules.Part(f"{name} is {m['who']}'s {' '.join(noun)}", sentence, 0)
            self._new_name(part)
            self._plain(part, source)
        return True

    def _plain(self, part: SentenceLike, source: Source) -> None:
        """All clauses of a part of a sentence."""
        raise NotImplementedError

    def named_by_the_way(self, part: SentenceLike, sentence: Sentence) -> SentenceLike:
        """ "Her name is Elise, and the farm is hers.": what is left to read when the name is taken in."""
        named = declarations.named_first(part.text)
        if named is None:
            return part
        first = rules.Part(part.text[: named[0]], sentence, 0)
        called = declarations.called(first)
        assert called is not None
        who = self.nameless(called[0]) or self._resolve(first, called[0])
        self._call(who, called[0], called[1][0], " name " in first.text)
        return rules.Part(part.text[named[1] :], sentence, named[1])

    def given_a_name(self, part: SentenceLike, sentence: Sentence) -> SentenceLike:
        """ "Lucy names the baby Hope.": what is left to read when the name is taken in."""
        m = _NAMES.match(part.text)
        if m is None:
            return part
        noun = (m["whom"].split(" ")[-1],)
        if noun not in self.state.lexicon.nouns and noun not in self.state.lexicon.relations:
            return part
        whom = rules.Part(m["whom"], sentence, m.start("whom"))
        self.state.add_alias(self._resolve(whom, m["whom"]), m["name"])
        return rules.Part(part.text[: m.start("name") - 1] + ".", sentence, 0)

    def told_his_name(self, part: SentenceLike) -> None:
        """ "He tells her that his name is Karl": so he is called."""
        state = self.state
        m = _TELLS_NAME.search(part.text)
        if m is None or len(state.discourse.subject) != 1:
            return
        found = state.world.things.get(state.discourse.subject[0])
        if found is not None and not found.proper:
            for words in dict.fromkeys((m[1], *m[1].split(" "))):
                state.add_alias(found.id, words)
