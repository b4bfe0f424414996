"""What somebody wants at a moment, and how much of it is so: the utility of a state for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fabula.engine.stage import Question, Stage
from fabula.model import formula as f
from fabula.model.story import Content, Wanted
from fabula.model.world import CONTENT, PERSON, Motive, Param

# Of a kind of things that somebody wants something of ("a guitar"), so many are looked at.
MOST_OF_A_KIND = 12


@dataclass(frozen=True, slots=True)
class Want:
    """Something that somebody wants to be so. ``content``: the id of what was said to be wanted or ordered.

    ``motive`` is the When-rule that it comes from, with its letters in ``binding``; None for a want that is stated.
    ``weight``: how much of the person's utility it is worth; ``since``: the want because of which it is one.
    """

    person: str
    goal: f.Formula
    weight: float = 1
    content: str = ""
    motive: Motive | None = None
    binding: tuple[tuple[str, str], ...] = ()
    since: Want | None = None


def wants(stage: Stage, person: str) -> list[Want]:
    """What somebody wants, as far as is known here: what he is said to want first, then what follows from rules."""
    held = (*stated(stage, person), *usual(stage, person))
    found: dict[f.Formula, Want] = {}
    for want in (*held, *following(stage, person, held)):
        goal = want.goal
        known = found.get(goal)
        if known is None or known.weight < want.weight:
            found[goal] = want
    return list(found.values())


def stated(stage: Stage, person: str) -> list[Want]:
    """What somebody is said to want, in a sentence or by an event."""
    contents = stage.model.world.contents
    if "want" not in stage.compiled.numbers.fluents or not contents:
        return []
    key = ("stated", person)
    known = stage.memo.get(key)
    if known is None:
        asked = (Param("C", CONTENT),)
        wanted = f.truth("want", f.Const(person), f.Var("C"))
        known = stage.memo[key] = (stage.question(asked, wanted), _weights(stage, person))
    question, weights = known
    found: list[Want] = []
    for row in stage.bindings(question):
        content = contents.get(row["C"])
        if content is None or content.formula is None or _off(stage, content):
            continue
        goal = definite(stage, content.formula)
        found.append(Want(person, goal, weights.get(content.id, 2), content.id))
    return found


def _weights(stage: Stage, person: str) -> dict[str, float]:
    """What is wanted more than something else weighs more; what is stated weighs more than what all people want."""
    found: dict[str, float] = {}
    for step in stage.model.steps:
        if isinstance(step, Wanted) and step.person == person and step.than is not None:
            than = found.get(step.than.id, 2)
            found[step.content.id] = max(found.get(step.content.id, 0), 2 + than)
    return found


def usual(stage: Stage, person: str) -> list[Want]:
    """What somebody wants by the When-rules of the library and the story."""
    found: list[Want] = []
    key = ("usual", person)
    known: list[tuple[Motive, Question | None]] | None = stage.memo.get(key)
    if known is None:
        known = stage.memo[key] = list(_rules(stage, person))
    for motive, question in known:
        for row in stage.bindings(question) if question is not None else ({},):
            binding = {motive.person: person, **row}
            goal, content = _goal(stage, motive, binding)
            if goal is not None:
                by = tuple(sorted(binding.items()))
                found.append(Want(person, goal, motive.weight, content, motive, by))
    return found


def _rules(stage: Stage, person: str) -> Iterator[tuple[Motive, Question | None]]:
    """The rules that may hold for somebody, with what is asked; None for those that always do."""
    world = stage.model.world
    for motive in world.motives:
        others = tuple(p for p in motive.params if p.name != motive.person)
        if not _applies(stage, motive, person):
            continue
        condition = f.substitute(motive.condition, {motive.person: f.Const(person)})
        asks = bool(others) or condition != f.TRUE
        yield motive, stage.question(others, condition) if asks else None


def following(stage: Stage, person: str, held: Sequence[Want]) -> Iterator[Want]:
    """What somebody wants because of a want: "When … X wants Y dead: X wants that Y is wounded"."""
    for motive in stage.model.world.followings:
        if not _applies(stage, motive, person):
            continue
        own = motive.wisher == motive.person
        people = (person,) if own else _others(stage, motive, person)
        for wisher in people:
            terms: f.Binding = {motive.person: f.Const(person), motive.wisher: f.Const(wisher)}
            wishes = held if own else (*stated(stage, wisher), *usual(stage, wisher))
            for want in wishes:
                yield from _follows(stage, motive, want, terms)


def _others(stage: Stage, motive: Motive, person: str) -> tuple[str, ...]:
    kind = next((p.kind for p in motive.params if p.name == motive.wisher), PERSON)
    state = stage.compiled.state
    return tuple(t for t in state.world.things if t != person and state.is_a(t, kind))


def _follows(stage: Stage, motive: Motive, want: Want, known: f.Binding) -> Iterator[Want]:
    """The wants that a rule makes of one."""
    if motive.wish is None:
        return
    told = unified(f.substitute(motive.wish, known), want.goal)
    if told is None or not _fit(stage, motive, told):
        return
    terms = {**known, **told}
    for row in _rows(stage, motive, terms):
        binding: f.Binding = {**terms, **{k: f.Const(v) for k, v in row.items()}}
        goal = definite(stage, f.substitute(motive.goal, binding))
        named = {k: t.thing for k, t in binding.items() if isinstance(t, f.Const)}
        by = tuple(sorted(named.items()))
        yield Want(named[motive.person], goal, motive.weight, "", motive, by, want)


def _rows(stage: Stage, motive: Motive, terms: f.Binding) -> list[dict[str, str]]:
    """What the letters of a rule may stand for that its want leaves open."""
    others = tuple(p for p in motive.params if p.name not in terms)
    if not others and motive.condition == f.TRUE:
        return [{}]
    key = (motive, *sorted(terms.items(), key=lambda one: one[0]))
    question: Question | None = stage.memo.get(key)
    if question is None:
        asked = f.substitute(motive.condition, terms)
        question = stage.memo[key] = stage.question(others, asked)
    return stage.bindings(question)


def _fit(stage: Stage, motive: Motive, terms: f.Binding) -> bool:
    """Whether what the letters of a rule stand for is of the right kind; of whose a name is nothing is known."""
    state = stage.compiled.state
    kinds = {p.name: p.kind for p in motive.params}
    return all(
        not isinstance(t, f.Const)
        or (t.thing in state.world.things and state.is_a(t.thing, kinds.get(name, PERSON)))
        for name, t in terms.items()
    )


def unified(pattern: f.Formula, goal: f.Formula) -> f.Binding | None:
    """What the letters of a pattern stand for in a goal, None where that says something else."""
    binding: f.Binding = {}

    def same(a: f.Term, b: f.Term) -> bool:
        if isinstance(a, f.Var):
            return binding.setdefault(a.name, b) == b
        if isinstance(a, f.Value) and isinstance(b, f.Value):
            return (
                a.fluent == b.fluent
                and len(a.args) == len(b.args)
                and all(same(x, y) for x, y in zip(a.args, b.args, strict=True))
            )
        return a == b

    match pattern, goal:
        case f.Equals(left, right), f.Equals(of, to):
            fits = same(left, of) and same(right, to)
        case f.Within(inner, outer), f.Within(of, to):
            fits = same(inner, of) and same(outer, to)
        case _:
            fits = False
    return binding if fits else None


def _applies(stage: Stage, motive: Motive, person: str) -> bool:
    kind = next((p.kind for p in motive.params if p.name == motive.person), PERSON)
    return stage.compiled.state.is_a(person, kind)


def _goal(stage: Stage, motive: Motive, binding: dict[str, str]) -> tuple[f.Formula | None, str]:
    if isinstance(motive.goal, f.Holds):
        ident = binding.get(motive.goal.content, "")
        content = stage.model.world.contents.get(ident)
        if content is None or content.formula is None or _off(stage, content):
            return None, ""
        return definite(stage, content.formula), ident
    terms: f.Binding = {letter: f.Const(thing) for letter, thing in binding.items()}
    return definite(stage, f.substitute(motive.goal, terms)), ""


def _off(stage: Stage, content: Content) -> bool:
    """Whether what is to be done only if something is so is not due, since that is known not to be so."""
    return content.condition is not None and stage.evaluate(content.condition) is False


def definite(stage: Stage, formula: f.Formula) -> f.Formula:
    """A goal about some thing of a kind, as one about this or that thing of the kind."""
    match formula:
        case f.Exists(var, kind, body):
            state = stage.compiled.state
            things = [t for t in state.world.things if state.is_a(t, kind)][:MOST_OF_A_KIND]
            return f.Or(
                tuple(definite(stage, f.substitute(body, {var: f.Const(t)})) for t in things)
            )
        case f.And(parts):
            return f.conjunction([definite(stage, part) for part in parts])
        case f.Or(parts):
            return f.Or(tuple(definite(stage, part) for part in parts))
    return formula


def utility(stage: Stage, held: list[Want]) -> tuple[float, frozenset[f.Formula]]:
    """How good a moment is, by wants: the sum of what those weigh that are so; and which are."""
    so = [want for want in held if met(stage, want)]
    return sum(want.weight for want in so), frozenset(want.goal for want in so)


def met(stage: Stage, want: Want) -> bool:
    """Whether what is wanted is so. What everybody wants for himself is so as long as nobody said otherwise."""
    value = stage.evaluate(want.goal)
    if value is None:
        return everybodys(want)
    return value


def everybodys(want: Want) -> bool:
    """Whether it is what all people want at all times."""
    motive = want.motive
    return motive is not None and motive.wish is None and motive.condition == f.TRUE
