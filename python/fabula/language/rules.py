"""Rules in the story's own language: "To …" (what a verb means), "X can … when …", and "When …: …"."""

from __future__ import annotations

import re

from fabula.language import effects as make
from fabula.language import logic
from fabula.language.clauses import Parser, TooManyReadings
from fabula.language.lexer import Token, tokenize
from fabula.language.state import Context, SentenceLike, State, Unreadable
from fabula.model import formula as f
from fabula.problems.cannot_read import cannot_read
from fabula.text.span import Span


class Part:
    """A piece of a sentence that is read by itself; places are those of the whole."""

    def __init__(self, text: str, whole: SentenceLike, offset: int) -> None:
        self.text, self.whole, self.offset = text, whole, offset

    def place(self, offset: int, length: int = 1) -> Span:
        return self.whole.place(self.offset + offset, length)


def split_items(text: str, separator: str = ";") -> list[tuple[str, int]]:
    """(item, offset) of a list of clauses."""
    found: list[tuple[str, int]] = []
    start = 0
    for piece in text.split(separator):
        stripped = piece.strip()
        if stripped:
            found.append((stripped.rstrip("."), start + len(piece) - len(piece.lstrip())))
        start += len(piece) + len(separator)
    return found


def context(state: State, sentence: SentenceLike, letters: dict[str, str] | None = None) -> Context:
    """A context for a piece of a rule."""
    tokens = tokenize(sentence.text, state.lexicon, letters=True)
    return Context(state, tokens, sentence, "rule", letters if letters is not None else {})


def condition(state: State, sentence: SentenceLike, letters: dict[str, str]) -> f.Formula:
    """A condition: clauses joined by commas, and, or."""
    ctx = context(state, sentence, letters)
    tokens = ctx.tokens
    if len(tokens) == 1 and tokens[0].kind == "letter":
        return f.Given(tokens[0].text)
    if len(tokens) == 2 and tokens[1].kind == "letter" and tokens[0].lower != "not":
        return f.Given(tokens[1].text, tokens[0].lower)
    if (
        tokens
        and tokens[0].lower == "not"
        and len(tokens) in (2, 3)
        and tokens[-1].kind == "letter"
    ):
        return f.Not(f.Given(tokens[-1].text, tokens[1].lower if len(tokens) == 3 else ""))
    parser = Parser(tokens, state.lexicon, rule_text=True)
    try:
        found = _conjoined(parser, ctx, 0)
    except TooManyReadings:
        found = None
    if found is None:
        raise failure(state, parser, sentence)
    return found


def _conjoined(parser: Parser, ctx: Context, pos: int) -> f.Formula | None:
    """The first way to read everything from ``pos`` as joined clauses."""

    def step(at: int, parts: tuple[f.Formula, ...]) -> f.Formula | None:
        for clause, end in parser.clause(at):
            after = end
            if end < parser.size:
                comma = parser.low(end) == ","
                after = end + 1 if comma else end
                word = parser.low(after)
                if word in ("and", "or", "but"):
                    after += 1
                elif not comma:
                    parser.fail(end, "and, or, or the end")
                    continue
            else:
                word = ""
            try:
                formula = logic.clause_formula(ctx, clause)
            except make.NoEffect:
                continue
            if end == parser.size:
                return _join(parts, formula)
            if word == "or":
                rest = step(after, ())
                if rest is None:
                    continue
                first, *others = f.conjuncts(rest) if isinstance(rest, f.And) else (rest,)
                return f.conjunction([*parts, _either(formula, first), *others])
            found = step(after, (*parts, formula))
            if found is not None:
                return found
        return None

    return step(pos, ())


def _either(a: f.Formula, b: f.Formula) -> f.Formula:
    return f.Or((a, *(b.parts if isinstance(b, f.Or) else (b,))))


def _join(parts: tuple[f.Formula, ...], last: f.Formula) -> f.Formula:
    return f.conjunction([*parts, last])


def failure(state: State, parser: Parser, sentence: SentenceLike) -> Unreadable:
    """Where reading stopped and what could have stood there."""
    from fabula.language.slips import failure_of

    return failure_of(state, parser, sentence)


_TELL = re.compile(r"^(?P<y>.+?) (?:is|are) told (?P<c>[CQWA]) by (?P<x>[A-Z])$")
_ABSENT = re.compile(r"^(?P<x>[A-Z]) knows (?:what|who) is not in (?P<p>[A-Z](?:'s place)?)$")


def effects_of(
    state: State, text: str, sentence: SentenceLike, offset: int, letters: dict[str, str]
) -> tuple[f.Effect, ...]:
    """The effects of a "then:" list."""
    found: list[f.Effect] = []
    for item, at in split_items(text):
        found.extend(effect(state, item, Part(item, sentence, offset + at), letters))
    return tuple(found)


def effect(
    state: State, item: str, sentence: SentenceLike, letters: dict[str, str]
) -> tuple[f.Effect, ...]:
    """One effect: a clause that comes true, "if …, …", a telling, noticing what is absent."""
    told = _TELL.match(item)
    if told:
        listener = f.Var(told["y"]) if re.fullmatch("[A-Z]", told["y"]) else f.Const("nothing")
        return (f.Tell(told["c"], f.Var(told["x"]), listener),)
    absent = _ABSENT.match(item)
    if absent:
        place: f.Term = (
            f.Var(absent["p"])
            if len(absent["p"]) == 1
            else f.Value("place of", (f.Var(absent["p"][0]),))
        )
        return (f.Absent(f.Var(absent["x"]), place),)
    if item.startswith("if "):
        commas = [m.start() for m in re.finditer(",", item)]
        problem: Unreadable | None = None
        for comma in commas:
            try:
                test = condition(state, Part(item[3:comma], sentence, 3), letters)
                inner = item[comma + 1 :]
                rest = effect(
                    state,
                    inner.strip(),
                    Part(inner.strip(), sentence, comma + 1 + len(inner) - len(inner.lstrip())),
                    letters,
                )
                return (f.If(test, rest),)
            except Unreadable as error:
                problem = problem or error
        raise problem or Unreadable(
            cannot_read(
                sentence.place(0, len(item)), item, expected=("a comma after the condition",)
            )
        )
    if " and " in item or ", " in item:
        formula = condition(state, sentence, letters)
    else:
        formula = condition(state, sentence, letters)
    try:
        return make.make_true(formula, state.exclusive())
    except make.NoEffect:
        raise Unreadable(
            cannot_read(
                sentence.place(0, len(item)), item, expected=("something definite that comes true",)
            )
        ) from None


def want(state: State, sentence: SentenceLike, letters: dict[str, str]) -> tuple[str, f.Formula]:
    """Who wants what, in a rule: "X wants Y to live", "X wants to A" (whatever has that letter)."""
    from fabula.language import attitudes

    ctx = context(state, sentence, letters)
    parser = Parser(ctx.tokens, state.lexicon, rule_text=True)
    known = len(state.world.contents)
    for clause, end in parser.clause(0):
        if end < parser.size or clause.frame is None or clause.negated:
            continue
        if not clause.frame.action.startswith("@want"):
            continue
        subject = logic.subject_of(ctx, clause)
        content = attitudes.wanted(ctx, clause, subject)
        forget_contents(state, known)  # a rule's goal is no content of the story
        person = subject.terms[0] if subject.terms else None
        goal = f.Holds(content.id) if content.mode == "letter" else content.formula
        if isinstance(person, f.Var) and goal is not None:
            return person.name, goal
    raise failure(state, parser, sentence)


def forget_contents(state: State, known: int) -> None:
    """Takes out the contents of the story behind so many."""
    for ident in list(state.world.contents)[known:]:
        del state.world.contents[ident]
    state.content_ids = {k: v for k, v in state.content_ids.items() if v in state.world.contents}


def frame_tokens(tokens: list[Token]) -> str:
    """The words of some tokens, for messages."""
    return " ".join(t.text for t in tokens)
