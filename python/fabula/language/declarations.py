"""Sentences that introduce words: kinds, properties, relations, defaults, what shows, names."""

from __future__ import annotations

import re
from dataclasses import replace

from fabula.language import morphology, short_names, showing, standing_words, usage
from fabula.language.frames import slots_of
from fabula.language.lexer import name_words
from fabula.language.lexicon import Adjective, Frame
from fabula.language.standing_words import article_kind
from fabula.language.state import Default, SentenceLike, State, Unreadable
from fabula.language.words import closed
from fabula.model.world import DESCRIPTION, LOOKS, PLACE, THING, WHO, Fluent
from fabula.problems.cannot_read import cannot_read
from fabula.problems.clashing_declarations import clashing_declarations
from fabula.problems.unknown_adjective import unknown_adjective
from fabula.problems.unknown_kind import unknown_kind
from fabula.problems.wording import near

_ARTICLE = re.compile(r"^(?:a|an|the)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"\s*\(plural:\s*([^)]*)\)")
_KIND_OF = re.compile(
    r"^(?P<name>.+?) (?:is|are) (?P<kinds>(?:also )?(?:a )?kinds? of .+)$", re.IGNORECASE
)
_KINDS_OF = re.compile(r"^(?P<names>.+?) are kinds of (?P<kind>.+)$", re.IGNORECASE)
_OPEN_END = re.compile(r"\s(?:and|or|an?|the|one|of|with)$")
_CAN_BE = re.compile(r"^(?:A|An) (?P<kind>.+?) can be (?P<rest>.+)$")
_CAN = re.compile(r"^(?:A|An) (?P<kind>.+?) can (?P<rest>.+)$")
_USUALLY = re.compile(r"^(?:A|An) (?P<kind>.+?) (?:is|are) usually (?P<not>not )?(?P<rest>.+)$")
_USUALLY_NOT = re.compile(r"^(?:A|An) (?P<kind>.+?) usually does not (?P<rest>.+)$")
_RESTORED = re.compile(r"^Between scenes an? (?P<kind>.+?) may become (?P<rest>.+)$")
_ONE_CAN = re.compile(r"^One can (?P<sense>see|hear) (?P<q>.+)$")
_KNOWS = re.compile(r"^Everyone knows (?P<q>(?:whether|where|who|what) an? .+)$")
_CALLED = re.compile(
    r"^(?P<who>.+?) (?:(?:is|are) (?:also )?(?:called|named)|(?:was|were) (?:called|named)(?= [A-Z]))"
    r" (?!(?:and|but|or|to|for|in|at|by|on|away|back|up|out|off|down|over|from|into|before|after|when|because)\b)"
    r"(?P<names>.+)$"
)
_NAME_IS = re.compile(
    r"^(?P<whose>(?:(?!\bthat\b)[^,;])+?)(?:'s|’s|['’])? name (?:is|was)"
    r" (?P<names>[A-Z][^,; ]*(?: (?:[A-Z0-9][^,; ]*|of|the|de|du|von|van|da|and|or|la))*)$"
)
_REALLY = re.compile(r"^(?P<name>.+?) (?:is|are) really (?P<body>.+)$")


def kind_named(state: State, sentence: SentenceLike, text: str) -> str:
    """The kind that a noun phrase without its article names; raises where there is none."""
    words = _ARTICLE.sub("", text.strip()).lower()
    found = state.lexicon.nouns.get(tuple(words.split(" ")))
    if found is None:
        at = max(0, sentence.text.lower().find(words))
        raise Unreadable(
            unknown_kind(sentence.place(at, len(words)), words, near(words, state.world.kinds))
        )
    return found[0]


def listed(text: str) -> list[str]:
    """The items of "a, b and c"."""
    return [p.strip() for p in re.split(r",\s+and\s+|,\s+|\s+and\s+", text) if p.strip()]


_INTRODUCES = re.compile(r"^(?:An? [a-z ]+ (?:can|usually) |.* kinds? of )")


def introduces(text: str) -> bool:
    """Whether a sentence looks as if it introduced words for the whole story."""
    return (text.startswith(("A ", "An ")) or " kind" in text) and _INTRODUCES.match(
        text
    ) is not None


def declare(state: State, sentence: SentenceLike) -> bool:
    """Takes in a sentence that introduces words; False if it is of no such kind."""
    text = sentence.text.strip().rstrip(".")
    if introduces(text) and (left := _OPEN_END.search(text)) is not None:
        raise Unreadable(
            cannot_read(
                sentence.place(len(text) - 1),
                sentence.text,
                after=text[max(0, left.start() - 20) :].split(" ", 1)[-1],
                expected=("a word that belongs to it",),
            )
        )
    if (m := _KINDS_OF.match(text)) is not None:
        parent = kind_named(state, sentence, m["kind"])
        for item in listed(m["names"]):
            _add_kind(state, sentence, item, (parent,))
        return True
    if (m := _KIND_OF.match(text)) is not None and "kind of" in m["kinds"]:
        kinds = _PLURAL.sub("", m["kinds"])
        parents = tuple(
            kind_named(
                state, sentence, re.sub(r"^(?:also )?(?:an?\s+)?kinds? of\s+", "", part.strip())
            )
            for part in re.split(r"\s+and\s+(?=(?:an?\s+)?kind)", kinds)
        )
        plural = _PLURAL.search(m["kinds"])
        _add_kind(state, sentence, m["name"] + (plural.group(0) if plural else ""), parents)
        return True
    if (m := _ANOTHER_WORD.match(text)) is not None:
        kind = kind_named(state, sentence, m["kind"])
        many = m["plural"] or morphology.plural(m["name"])
        state.lexicon.add_noun(tuple(m["name"].split(" ")), kind, tuple(many.split(" ")))
        return True
    if (m := _CAN_BE.match(text)) is not None and tuple(
        m["kind"].lower().split(" ")
    ) in state.lexicon.nouns:
        _property(state, sentence, kind_named(state, sentence, m["kind"]), m["rest"])
        return True
    if (m := _USUALLY.match(text)) is not None:
        _usually(
            state, sentence, kind_named(state, sentence, m["kind"]), m["rest"], m["not"] is None
        )
        return True
    if (m := _USUALLY_NOT.match(text)) is not None:
        _usually_relation(state, sentence, m["rest"])
        return True
    if (m := _CAN.match(text)) is not None and tuple(
        m["kind"].lower().split(" ")
    ) in state.lexicon.nouns:
        _relation(state, sentence, kind_named(state, sentence, m["kind"]), m["rest"])
        return True
    if usage.taken_in(state, sentence, text):
        return True
    if (m := _RESTORED.match(text)) is not None:
        _restored(state, sentence, kind_named(state, sentence, m["kind"]), m["rest"])
        return True
    if (m := _ONE_CAN.match(text)) is not None:
        # who can see is defined further on: taken in when all has been read
        state.pending.append((sentence, m["q"], m["sense"], m.start("q"), state.file))
        return True
    if (m := _KNOWS.match(text)) is not None:
        showing.public(state, sentence, m["q"], m.start("q"))
        return True
    return False


def _add_kind(state: State, sentence: SentenceLike, text: str, parents: tuple[str, ...]) -> None:
    plural = _PLURAL.search(text)
    name = _ARTICLE.sub("", _PLURAL.sub("", text).strip())
    name = name if name.isupper() else name.lower()
    if not _ARTICLE.match(text):
        state.lexicon.uncounted.add(name)
    if len(parents) == 1 and name == parents[0]:
        return
    if name in state.world.kinds:
        for parent in parents:
            if name in state.world.ancestors(parent):
                raise Unreadable(
                    clashing_declarations(
                        sentence.place(0, len(sentence.text)),
                        name,
                        f"a kind of {parent}",
                        f"a kind above {parent}",
                        state.declared_at.get(name, sentence.place(0)),
                    )
                )
    state.add_kind(
        name,
        parents,
        plural.group(1).strip() if plural else (name if name in ("clothes", "money") else None),
    )
    state.declared_at[name] = sentence.place(0, len(sentence.text))


_SPOT = re.compile(rf"^(?P<word>{'|'.join(sorted(closed.SPOTS))}) (?P<other>an? .+)$")
QUALITY = "quality"
_ANOTHER_WORD = re.compile(
    r"^An? (?P<name>[a-z ]+?)(?: \(plural: (?P<plural>[a-z ]+)\))? is another word for an? (?P<kind>[a-z ]+)$"
)
_TAILS = (
    r"^(?P<words>.+?) (?P<prep>[a-z]+(?: of)?) (?P<other>(?:a|an|one) .+)$",
    r"^(?P<words>.+?) (?P<prep>[a-z]+) (?P<other>(?:a|an|one) .+)$",
)


def _property(state: State, sentence: SentenceLike, kind: str, rest: str) -> None:
    if state.kind_is(kind, QUALITY):
        # "A colour can be red or blue.": things can, and "what colour" asks which of them
        words = state.qualities.setdefault(kind, [])
        for word in re.split(r",\s*or\s+|,\s+|\s+or\s+", rest):
            if word not in words:
                words.append(word)
            if (word,) not in state.lexicon.adjectives:
                _fluent_adjective(state, sentence, word, word, (THING,), "")
        return
    noun = re.match(r"^(?:the|a|an) (?P<noun>.+?) of (?P<other>(?:a|an) .+)$", rest)
    if noun is not None and (other := article_kind(state, noun["other"])):
        fluent = noun["noun"]
        state.add_fluent(Fluent(fluent, (kind, other), positive=fluent, form="noun"))
        state.lexicon.add_relation(tuple(fluent.split(" ")), fluent)
        return
    if standing_words.declare(state, kind, rest):
        return
    spot = _SPOT.match(rest)
    if spot is not None and (other := article_kind(state, spot["other"])):
        # "above a thing": where it is said to be, and how the two lie to each other
        word = spot["word"]
        state.add_fluent(Fluent(word, (kind, other), positive=word, form="adjective"))
        if word in closed.FACING and state.kind_is(kind, PLACE):
            state.adjoining.add(word)
        else:
            state.beside.add(word)
        return
    # "angry with a person", and "to the left of a thing", where "left of" is no preposition
    tails = (re.match(pattern, rest) for pattern in _TAILS)
    known = closed.PREPOSITIONS | {"by"}
    tail = next((t for t in tails if t is not None and t["prep"] in known), None)
    if tail is not None and (other := article_kind(state, tail["other"])):
        _fluent_adjective(
            state,
            sentence,
            f"{tail['words']} {tail['prep']}",
            tail["words"],
            (kind, other),
            tail["prep"],
            valued=tail["other"].startswith("one "),
        )
        return
    parts = [p.strip() for p in re.split(r",\s*or\s+|,\s+|\s+or\s+", rest)]
    if len(parts) == 2:
        positive, negative = parts
        _fluent_adjective(state, sentence, positive, positive, (kind,), "", negative=negative)
        state.add_adjective(negative, Adjective(positive, False))
    elif len(parts) > 2:
        for part in parts:
            _fluent_adjective(
                state,
                sentence,
                part,
                part,
                (kind,),
                "",
                exclusive=tuple(p for p in parts if p != part),
            )
    else:
        _fluent_adjective(state, sentence, parts[0], parts[0], (kind,), "")


def _fluent_adjective(
    state: State,
    sentence: SentenceLike,
    ident: str,
    words: str,
    params: tuple[str, ...],
    preposition: str,
    *,
    negative: str = "",
    exclusive: tuple[str, ...] = (),
    valued: bool = False,
) -> None:
    known = state.world.fluents.get(ident)
    if known is not None and known.form == "adjective":
        # the same property of another kind of thing: it belongs to both
        if (known.negative and negative and known.negative != negative) or len(known.params) != len(
            params
        ):
            raise Unreadable(
                clashing_declarations(
                    sentence.place(0, len(sentence.text)),
                    words,
                    f"the opposite of {negative}",
                    f"the opposite of {known.negative}",
                    state.declared_at.get(ident, sentence.place(0)),
                )
            )
        params = tuple(
            p if state.kind_is(q, p) else q if state.kind_is(p, q) else THING
            for p, q in zip(known.params, params, strict=True)
        )
        negative = negative or known.negative
    result = params[-1] if valued else "boolean"
    state.add_fluent(
        Fluent(
            ident,
            params[:1] if valued else params,
            result,
            known.default if known else None,
            known.public if known else False,
            words,
            negative,
            "adjective",
            preposition,
            exclusive,
        )
    )
    state.declared_at.setdefault(ident, sentence.place(0, len(sentence.text)))
    state.add_adjective(words, Adjective(ident, True, preposition))
    noun = _ARTICLE.sub("", words)
    if noun != words:
        # "a front for": several are "fronts for"
        state.add_adjective(morphology.plural(noun), Adjective(ident, True, preposition))


def _relation(state: State, sentence: SentenceLike, kind: str, rest: str) -> None:
    """ "A person can fear a person.", "A thing can have one price.", "A person can intend to A."."""
    valued = re.match(r"^have (?:one|a|an) (?P<noun>[a-z ]+)$", rest)
    if valued is not None:
        noun = valued["noun"]
        value = state.lexicon.nouns.get(tuple(noun.split(" ")))
        state.add_fluent(
            Fluent(noun, (kind,), value[0] if value else "number", positive=noun, form="noun")
        )
        state.lexicon.add_relation(tuple(noun.split(" ")), noun)
        return
    letters = iter("YZTUVW")
    params = [kind]
    words: list[str] = []
    result = "boolean"
    pattern = re.compile(
        r"\b(?:(?P<art>a|an|one|another) (?P<noun>[a-z ]+?)(?= (?:to|in|of|with|from|for|at|on|by|as|than|about|against|when|into)\b|$)|(?P<letter>[CQA])\b)"
    )
    last = 0
    for m in pattern.finditer(rest):
        words.extend(rest[last : m.start()].split())
        last = m.end()
        if m["letter"]:
            words.append(m["letter"])
            params.append("content")
            continue
        found = state.lexicon.nouns.get(tuple(m["noun"].split(" ")))
        if found is None:
            raise Unreadable(
                unknown_kind(
                    sentence.place(0, len(sentence.text)),
                    m["noun"],
                    near(m["noun"], state.world.kinds),
                )
            )
        if m["art"] == "one":
            result = found[0]
        params.append(found[0])
        words.append(next(letters))
    words.extend(rest[last:].split())
    verb = words[0].lower()
    frame = Frame(verb, "X", slots_of(words[1:]), text=f"X {rest}")
    ident = " ".join(w for w in words if not w.isupper())
    if verb == "look" and "like" in words:
        ident = LOOKS
    many = result == "boolean"
    state.add_fluent(
        Fluent(
            ident,
            tuple(params) if many else tuple(params[:-1]),
            result,
            positive=" ".join(w for w in words if not w.isupper()),
            form="verb",
        )
    )
    state.declared_at.setdefault(ident, sentence.place(0, len(sentence.text)))
    state.add_frame(replace(frame, fluent=ident))


def _usually(state: State, sentence: SentenceLike, kind: str, rest: str, positive: bool) -> None:
    words = rest.lower()
    found = state.lexicon.adjectives.get(tuple(words.split(" ")))
    if found is None:
        m = re.match(r"^(?P<words>.+?) (?P<prep>[a-z]+(?: of)?) (?:a|an|one) .+$", words)
        candidates = state.lexicon.adjectives.get(tuple(m["words"].split(" "))) if m else None
        found = tuple(a for a in candidates or () if m and a.preposition == m["prep"]) or None
    if not found:
        at = max(0, sentence.text.lower().find(words))
        raise Unreadable(
            unknown_adjective(
                sentence.place(at, len(words)),
                words,
                near(words, (" ".join(k) for k in state.lexicon.adjectives)),
            )
        )
    adjective = found[0]
    set_default(state, adjective.fluent, kind, adjective.value is positive)


def _usually_relation(state: State, sentence: SentenceLike, rest: str) -> None:
    words = re.sub(r"\b(?:a|an|one) [a-z ]+?(?= (?:to|in|of|with|from|for)\b|$)", "", rest)
    ident = " ".join(words.split())
    if ident not in state.world.fluents:
        raise Unreadable(
            unknown_adjective(
                sentence.place(0, len(sentence.text)), ident, near(ident, state.world.fluents)
            )
        )
    set_default(state, ident, state.world.fluents[ident].params[0], False)


def _restored(state: State, sentence: SentenceLike, kind: str, rest: str) -> None:
    """ "Between scenes a gun may become loaded.": nobody need say so."""
    found = usage.adjectives_named(state, sentence, rest)
    state.restored.append(Default(found[0].fluent, kind, found[0].value))


def set_default(state: State, fluent: str, kind: str, value: bool) -> None:
    """What holds of a kind where nothing is said: a fluent's default, or a fact for a narrower kind."""
    info = state.world.fluents[fluent]
    if info.default is None and not any(d.fluent == fluent for d in state.defaults):
        state.world.fluents[fluent] = replace(info, default=value)
    elif info.default != value:
        state.defaults.append(Default(fluent, kind, value))


_NAMED_FIRST = re.compile(
    r"^(?:(?:(?:His|Her|Their|Its)|[A-Z][\w' ]*?['’]s) name (?:is|was)|[A-Z][\w' ]*? (?:is|was) (?:called|named))"
    r" [A-Z][^,;]*?(?P<rest>[,;] (?:and |but )?)(?=[a-z])"
)


_GOES_ON = re.compile(r"[,;] (?:and|but) (?:s?he|they|it|the|his|her) [a-z]")


def named_first(text: str) -> tuple[int, int] | None:
    """Where the first half ends and the second begins of "Her name is Elise, and …"; None for any other sentence."""
    m = _NAMED_FIRST.match(text)
    return (m.start("rest"), m.end("rest")) if m is not None else None


def called(sentence: SentenceLike) -> tuple[str, list[str]] | None:
    """ "He is also called El." -> the subject's words and the names."""
    text = sentence.text.strip().rstrip(".")
    named = _NAME_IS.match(text)
    if named is not None:
        whose = named["whose"]
        return closed.OWNERS.get(whose.lower(), whose), [named["names"]]
    m = _CALLED.match(text)
    if m is None or _GOES_ON.search(m["names"]):
        return None
    names = [
        re.sub(r"^(?:the|a|an)\s+", "", n.strip(' "“”'))
        for n in re.split(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", m["names"])
    ]
    return m["who"], names


def really(sentence: SentenceLike) -> tuple[str, str] | None:
    """ "Bucho is really Cesar." -> both names."""
    m = _REALLY.match(sentence.text.strip().rstrip("."))
    return (m["name"], m["body"]) if m is not None else None


def add_description(state: State, name: str, body: str) -> str:
    """Makes a name a description whose bearer is not known to all; returns its id."""
    words = name_words(_ARTICLE.sub("", name))
    known = state.lexicon.names.get(words)
    if known is not None and known in state.names:
        return known
    label = _ARTICLE.sub("", name)
    proper = label[:1].isupper()
    ident = f"name:{label}"
    thing = state.add_thing(label, (DESCRIPTION,), proper=proper, named=False)
    del state.world.things[thing.id]
    thing.id = ident
    state.world.things[ident] = thing
    source = state.world.things.get(body)
    thing.gender = source.gender if source else None
    state.lexicon.add_name(words, ident)
    state.names[ident] = body
    if known is not None and known in state.world.things:
        for alias in state.world.things[known].aliases:
            state.lexicon.add_name(name_words(alias), ident)
        short_names.rename(state, known, ident)
    return ident


__all__ = [
    "DESCRIPTION",
    "WHO",
    "Default",
    "add_description",
    "called",
    "declare",
    "kind_named",
    "listed",
    "really",
]
