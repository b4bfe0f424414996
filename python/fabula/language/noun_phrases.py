"""Noun phrases: tokens to ``syntax.NP``, every reading, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.language import (
    appositions,
    ellipsis,
    measures,
    noun_sense,
    noun_tails,
    people,
    portions,
    predicates,
    universals,
)
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.times import is_unit
from fabula.language.words import closed

if TYPE_CHECKING:
    from fabula.language.clauses import Parser

Found = list[tuple[x.NP, int]]
_LEFT_OVER = frozenset({"last", "more", "other", "remaining", "further", "final"})
_BESIDE = frozenset({"own", "only", "first", "last", "very", "whole", "entire"})


def noun_phrase(p: Parser, pos: int) -> Found:
    """Every noun phrase that begins at ``pos``: joined ones first, then by length of what is attached."""
    memo = p.memo_np.get(pos)
    if memo is not None:
        return memo
    p.memo_np[pos] = []
    singles = single(p, pos)
    found: Found = []
    # "the roof with a rope and a bag": rather the rope and the bag than the roof and the bag
    later = [one for one in singles if _ends_with_something(one[0])]
    for first, end in singles:
        if (first, end) not in later:
            found.extend(_joined(p, [first], end))
    found.extend(singles)
    for first, end in later:
        found.extend(_joined(p, [first], end))
    p.memo_np[pos] = found
    if not found:
        p.fail(pos, "a name or noun")
    return found


def _ends_with_something(np: x.NP) -> bool:
    """Whether a noun phrase ends with what somebody or something has: "the man with the dog"."""
    return isinstance(np, x.Described) and bool(np.places) and np.places[-1].preposition == "with"


def _joined(p: Parser, items: list[x.NP], end: int) -> Found:
    """``A, B and C`` after its first item."""
    p.spend()
    found: Found = []
    if isinstance(items[-1], x.Universal) and items[-1].but is not None:
        return found  # "everyone except A and B"
    after = end
    if p.low(after) == ",":
        after += 1
    word = p.low(after)
    if word in ("and", "or"):
        for item, stop in single(p, after + 1):
            if isinstance(item, x.Gap):
                continue
            found.append((x.Several((*items, item), word), stop))
    elif after > end:
        for item, stop in single(p, after):
            if p.low(stop) in (",", "and", "or"):
                found.extend(_joined(p, [*items, item], stop))
    return found


def single(p: Parser, pos: int) -> Found:
    """Noun phrases that are not joined by ``and``."""
    memo = p.memo_single.get(pos)
    if memo is None:
        p.memo_single[pos] = []
        memo = _with_owner(p, noun_tails.himself(p, _head(p, pos)))
        p.memo_single[pos] = memo = [*memo, *appositions.behind_names(p, memo)]
    return memo


def _with_owner(p: Parser, found: Found) -> Found:
    """Adds ``X's noun`` for every X, to any length."""
    result: Found = []
    for np, end in found:
        if p.kind(end) == "own":
            for owned, stop in described(p, end + 1, "the", np, end + 1):
                result.extend(_with_owner(p, [(owned, stop)]))
        result.append((np, end))
    return result


def _head(p: Parser, pos: int) -> Found:
    token = p.token(pos)
    if token is None:
        return []
    low = token.lower
    if token.kind == "quote":
        return [(x.Quoted(pos), pos + 1)]
    if token.kind == "letter":
        return [(x.Named(pos), pos + 1)]
    if token.kind == "proper":
        found: Found = []
        following = p.token(pos + 1)
        if following is not None and following.entry is not None and following.entry.noun:
            # "the Tarasco bar": an unknown name in front of a noun is part of it
            found.extend(described(p, pos, "the", None, pos))
        return [(x.Named(pos), pos + 1), *found]
    if low in ("there", "here"):
        return [(x.There(pos), pos + 1)]
    if low == "only" and not p.rule_text and not p.is_verb(pos + 1):
        if is_unit(p.low(pos + 2)):
            return []  # "for only one day"
        return single(p, pos + 1)  # "has only one dose"
    if low == "neither":
        return _neither(p, pos)
    if low in ("each", "one") and p.low(pos + 1) in ("other", "another"):
        return [(x.Pronoun(pos, "each other"), pos + 2)]
    if low in ("who", "whoever", "whatever") and p.rule_text:
        return universals.universal(p, pos, "whoever" if low != "whatever" else "whatever", pos + 1)
    if low in closed.UNIVERSAL:
        return universals.universal(p, pos, low, pos + 1)
    if low == "no" and p.low(pos + 1) == "one":
        return universals.universal(p, pos, "nobody", pos + 2)
    if low in closed.PRONOUNS:
        _, form = closed.PRONOUNS[low]
        pronoun = x.Pronoun(pos, form)
        found = []
        article = low == "her" and noun_sense.wants_article(p, pos + 1)
        if "owner" in form:
            found.extend(described(p, pos + 1, "the", x.Pronoun(pos, "owner"), pos))
        if article and found:
            return found  # "throws her glass at him": no glass is thrown to her
        if form != "owner" or low in ("hers", "theirs") or (low == "his" and not found):
            found.append((pronoun, pos + 1))
            if p.low(pos + 1) in ("both", "all") and form in ("object", "subject"):
                found.append((pronoun, pos + 2))
        return found
    portion = portions.portion(p, pos)
    if portion:
        return portion
    if (behind := measures.plenty(p, pos)) > pos:
        return described(p, behind, "", None, pos)
    found = []
    if low in closed.FIRST_AND_SECOND and token.entry is None:
        return found
    if token.entry is not None and token.entry.name:
        found.append((x.Named(pos), pos + 1))
        if pos and token.text[:1].isupper() and token.entry.noun and not token.entry.plural:
            return found  # "What was Bill given by Ann?": no bill was given by her
    if low in closed.ARTICLES:
        after = p.token(pos + 1)
        if (
            after is not None
            and after.kind == "word"
            and after.entry is not None
            and after.entry.name
            and low not in closed.INDEFINITE
            and not (low == "that" and after.text[:1].isupper())
        ):
            found.append((x.Named(pos + 1), pos + 2))
        if after is not None and after.kind == "proper" and low == "the":
            found.append((x.Named(pos + 1), pos + 2))
        if low in ("this", "that") and not (
            after and after.entry and (after.entry.noun or after.entry.adjectives)
        ):
            if p.low(pos - 1) in ("of", "about", "from", "for", "after") and ellipsis.ends(
                p, pos + 1
            ):
                return [(x.Pronoun(pos, "this"), pos + 1)]  # "learns of this"
            return found
        det = low
        found.extend(described(p, pos + 1, det, None, pos))
        found.extend(people.of_quality(p, pos))
        found.extend(people.who_do(p, pos))
        if low in ("this", "these", "those") and not found:
            found.append((x.Pronoun(pos, "object"), pos + 1))
        return found
    if low in closed.QUANTIFIERS:
        after_pos = pos + 1
        if p.low(after_pos) in ("the", "of"):
            after_pos += 1
            if p.low(after_pos) == "the":
                after_pos += 1
        if low in ("all", "each", "both") and p.low(pos + 1) == "of":
            for np, end in single(p, pos + 2):
                found.append((x.Portion("all", np, pos), end))
            if found and (low == "all" or p.low(pos + 2) in closed.PRONOUNS):
                return found
            found = []
        if low == "all" and p.kind(after_pos) == "word" and p.low(after_pos) in closed.PRONOUNS:
            for np, end in single(p, after_pos):
                found.append((x.Portion("all", np, pos), end))
            return found
        found = universals.universal(p, pos, low, after_pos, noun=True)
        if low in ("all", "both") and not found and p.low(after_pos) in closed.PRONOUNS:
            # "all his companions"
            return [(x.Portion("all", np, pos), end) for np, end in single(p, after_pos)]
        return found
    if low == "one" and p.is_verb(pos + 1) and not p.rule_text:
        found.append((x.Universal("someone", at=pos), pos + 1))
    if token.kind == "number" or low in closed.NUMBERS:
        if p.low(pos + 1) in closed.HOURS:
            return found
        if is_unit(p.low(pos + 1)) and p.low(pos + 2) in ("ago", "later", "earlier"):
            return found  # "left her two weeks ago"
        found.extend(described(p, pos, "", None, pos))
        found.append((x.Amount(pos), pos + 1))
        return found
    if token.entry is not None and (
        token.entry.noun or token.entry.relation or token.entry.adjectives
    ):
        found.extend(described(p, pos, "", None, pos))
    elif token.kind == "word" and token.entry is None and p.rule_text is False:
        found.extend(described(p, pos, "", None, pos))
    return found


def _neither(p: Parser, pos: int) -> Found:
    """``neither Ben nor Carl``, ``neither of them``: whoever it is said of, it is denied."""
    if p.low(pos + 1) == "of":
        return [
            (x.Universal("no", None, (), None, None, (), np, pos), end)
            for np, end in single(p, pos + 2)
        ]
    return [
        (x.Several((first, second), "nor"), stop)
        for first, end in single(p, pos + 1)
        if p.low(end) == "nor"
        for second, stop in single(p, end + 1)
    ]


def places_after(p: Parser, pos: int) -> list[tuple[x.Phrase, int]]:
    """A place that narrows a noun: ``in the bar``, ``there``, ``behind the counter``."""
    found: list[tuple[x.Phrase, int]] = []
    if p.low(pos) in ("there", "here"):
        found.append((x.Phrase("in", x.There(pos), pos), pos + 1))
    for preposition, after in p.prepositions(pos):
        if (
            preposition in closed.LOCATIVE
            or preposition in closed.SPOTS
            or preposition in ("from", "with")
        ):
            joined = preposition == "with" and not p.rule_text
            for np, end in noun_phrase(p, after) if joined else single(p, after):
                found.append((x.Phrase(preposition, np, pos), end))
    return found


def relatives(p: Parser, pos: int, bare: bool = False) -> list[tuple[x.Clause | x.Clauses, int]]:
    """``who shot him``, ``that Bucho buys``, ``, whom they sent,``."""
    start = pos
    comma = p.low(pos) == "," and p.low(pos + 1) in closed.RELATIVE
    if comma:
        pos += 1
    found: list[tuple[x.Clause | x.Clauses, int]] = []
    if bare:
        for clause, end in p.predicates(pos, x.Gap()):
            if p.low(end) == "and":
                # "whoever is there and can look"
                found.extend(
                    (x.Clauses((clause, more)), stop)
                    for more, stop in p.predicates(end + 1, x.Gap())
                )
            found.append((clause, end))
        if not p.rule_text:
            found.extend((c, end) for c, end in p.clause(pos, gap=True))
        return found
    word = p.low(pos)
    for preposition, after in p.prepositions(pos):
        if preposition and p.low(after) in ("which", "whom"):
            # "shoes with which one can climb": of what is done with them nothing else is known
            found.extend((None, end) for _, end in p.clause(after + 1))  # type: ignore[misc]
    if word in ("he", "she", "they") and not p.rule_text:
        # "a company she has never heard of"
        return [(c, end) for c, end in p.clause(pos, gap=True) if _open(c)]
    if word == "whose":
        for owned, end in described(p, pos + 1, "the", x.Gap(), pos + 1):
            found.extend(p.predicates(end, owned))
        return found
    if not comma and not p.rule_text and noun_sense.is_noun(p, pos - 1):
        # "a box of letters tied with a ribbon"
        base = x.Clause(x.Gap(), verb_at=pos, tense="past")
        found.extend((c, end) for c, end in predicates.passive(p, pos, base) if end > pos + 1)
    if word not in closed.RELATIVE or word == "where":
        return found
    for clause, end in p.predicates(pos + 1, x.Gap()):
        found.append((clause, end))
    for clause, end in p.clause(pos + 1, gap=True):
        found.append((clause, end))
    if word == "whose":
        return []
    result: list[tuple[x.Clause | x.Clauses, int]] = []
    for relative, end in found:
        result.append((relative, end + 1 if comma and p.low(end) == "," else end))
    return result if start < pos + 1 else []


def _open(clause: x.Clause) -> bool:
    """Whether something in a clause is left out: what the clause is said of."""
    return any(
        isinstance(part, x.Gap) or (isinstance(part, x.Phrase) and isinstance(part.np, x.Gap))
        for _, part in clause.roles
    )


def described(p: Parser, pos: int, det: str, owner: x.NP | None, at: int) -> Found:
    """Count, adjectives and noun after a determiner or owner, with what may be attached behind."""
    i = pos
    while p.low(i) in _BESIDE and (owner is not None or det in ("the", "this", "that")):
        i += 1  # "his own share", "her first day", "the only key"
    count, i = measures.counted(p, i)
    if count is not None and p.low(i) in _LEFT_OVER:
        i += 1  # "one last job", "his one remaining arm"
    if p.low(i) == "most" and det == "the" and (nxt := p.token(i + 1)) and nxt.entry:
        i += bool(nxt.entry.adjectives)  # "the most valuable thing"
    words: list[int] = []
    adjectives: list[int] = []
    heads: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
    while (token := p.token(i)) is not None and token.kind in ("word", "proper"):
        entry = token.entry
        if (
            token.kind == "word"
            and entry is None
            and (
                p.lexicon.is_closed(token.lower)
                or token.lower in closed.TIME_NOUNS
                or token.lower in closed.DAYS
                or (det == "" and token.lower.endswith("s") and token.lower[:-1] in closed.UNITS)
            )
        ):
            break
        if token.lower in ("called", "named") and noun_tails.names(p, i + 1):
            break
        if p.low(i + 1) in ("ago", "later", "earlier") and (heads or is_unit(token.lower)):
            break  # "in the cellar years ago", "left her two weeks ago"
        if (
            entry is None
            and not heads
            and (token.lower in closed.ORDINALS or people.is_superlative(p, token.lower))
        ):
            words.append(i)  # "on the third floor", "her best shoes"
            i += 1
            continue
        if token.kind == "proper" and heads:
            break
        if token.lower in closed.PARTICLES and (heads or (det == "" and owner is None)):
            break  # "gives the milk back", "moves back to the hall": no milk back, no back
        if entry is not None and (entry.noun or entry.relation):
            heads.append((i, tuple(words), tuple(adjectives)))
        if entry is not None and entry.adjectives:
            adjectives.append(i)
        elif (
            entry is not None
            and entry.verbs
            and not entry.noun
            and not any(f in ("pp", "ing") for _, f in entry.verbs)
        ):
            break
        else:
            if (entry is None and not token.lower.endswith("ly")) or (
                entry is not None
                and entry.name
                and (det in closed.INDEFINITE or (owner is not None and token.text[:1].islower()))
            ):
                heads.append((i, tuple(words), tuple(adjectives)))
            words.append(i)
        i += 1
        if i - pos > 6:
            break
    found: Found = []
    nouns = frozenset(head for head, _, _ in heads)
    heads.reverse()
    heads.sort(key=lambda one: one[0] - 1 in nouns and noun_sense.may_be_done(p, one[0]))
    for head, before, kept in heads:
        entry = p.tokens[head].entry
        unknown = entry is None or not (entry.noun or entry.relation)
        base = x.Described(det, before, head, kept, count, owner, None, (), None, at)
        if unknown and not (
            det in closed.INDEFINITE or p.loose or owner is not None or det in ("the", "")
        ):
            continue
        if unknown and entry is None and noun_sense.cannot_stand(p, head + 1, nouns):
            continue  # "gets the golf ball": no ball is got for a golf
        found.extend(_attachments(p, base, head + 1))
    return found


def owned_by(p: Parser, pos: int, owner: x.NP) -> Found:
    """``father`` behind ``whose``: the noun with what may be attached, as that of ``owner``."""
    return described(p, pos, "the", owner, pos)


def _attachments(p: Parser, base: x.Described, end: int) -> Found:
    """The noun alone last where ``of`` follows, else first; then with place, with relative clause."""
    p.spend()
    found: Found = []
    head = p.low(base.noun) if base.noun is not None else ""
    named = p.tokens[base.noun].entry if base.noun is not None else None
    head = named.noun if named is not None and named.noun else head
    if p.low(end) == "of" or (p.low(end) == "to" and head in p.lexicon.nouns_with_to):
        if p.low(end) == "of" and noun_tails.is_place_called(p, base, end + 1):
            found.append((replace(base, called=end + 1), end + 2))  # "the island of Naxia"
        for of, stop in single(p, end + 1):
            with_of = replace(base, of=of)
            found.append((with_of, stop))
            for clause, last in relatives(p, stop):
                found.append((replace(with_of, relative=clause), last))
            for phrase, last in places_after(p, stop):
                found.append((replace(with_of, places=(phrase,)), last))
    if p.low(end) in ("called", "named") and noun_tails.names(p, end + 1):
        # "a prince called Albert"
        known_as = replace(base, called=end + 1)
        found.append((known_as, end + 2))
        found.extend((replace(known_as, relative=c), stop) for c, stop in relatives(p, end + 2))
    found.extend(noun_tails.brothers(p, base, end))
    if (
        p.low(end) == "who"
        and p.low(end + 1) in ("calls", "called")
        and p.low(end + 2) in ("himself", "herself")
        and noun_tails.names(p, end + 3)
    ):
        # "a woman who calls herself Clara Brandt"
        found.append((replace(base, called=end + 3), end + 4))
    if base.owner is not None or base.det in ("the", "a", "an"):
        start = end + 1 if p.low(end) == "," else end
        if start > end and p.low(start) in ("old", "young", "little", "poor", "good", "dear"):
            start += noun_tails.names(p, start + 1)  # "The barkeeper, old Pete, …"
        token, closing = p.token(start), p.low(start + 1)
        proper = token is not None and (
            token.kind == "proper"
            or (start > end and base.owner is not None and noun_tails.names(p, start))
        )
        if proper and named is not None and (named.noun or named.relation) and not named.plural:
            if start == end:
                # "her son Julian", "the watchman Sam Pruitt"
                found.append((replace(base, called=start), start + 1))
            elif closing == ",":
                # "An old witch, Mother Gerda, lives there"
                found.append((replace(base, called=start), start + 2))
            elif start + 1 >= p.size or closing == ".":
                # "with her new friend, Priya"
                found.append((replace(base, called=start), start + 1))
    if p.low(end) == "of" and base.det in ("a", "an"):
        age = end + 2 if p.low(end + 1) in ("about", "around", "only") else end + 1
        if noun_tails.is_number(p, age) and (age + 1 >= p.size or p.kind(age + 1) == "punct"):
            found.append((base, age + 1))  # "a boy of about twelve"
    if p.low(end) == "full" and p.low(end + 1) == "of" and not p.rule_text:
        # "a belt full of coins"
        found.extend((base, stop) for _, stop in single(p, end + 2))
    found.extend(noun_tails.numbered(p, base, end))
    found.append((base, end))
    for clause, stop in () if noun_tails.kinless(p, base, end) else relatives(p, end):
        found.append((replace(base, relative=clause), stop))
    for phrase, stop in places_after(p, end):
        placed = replace(base, places=(phrase,))
        found.append((placed, stop))
        for clause, last in () if noun_tails.kinless(p, base, stop) else relatives(p, stop):
            found.append((replace(placed, relative=clause), last))
    return found
