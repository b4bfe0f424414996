"""Acts that are asked about: what counts as having done them, and as being able to."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.language import logic
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.lexicon import Frame
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.world import PERSON

Roles = dict[str, r.Ref]


def asked(ctx: Context, clause: x.Clause, prefix: str, action_id: str, named: Roles) -> f.Formula:
    """Whether an act took place (or will, can, may) as a question means it."""
    from fabula.language import events

    frame = clause.frame
    assert frame is not None
    roles = _with_doer(ctx, clause, action_id, named)
    plain = logic.deed(ctx, prefix, action_id, roles)
    if prefix == "able":
        possible = _possible(ctx, action_id, roles)
        told = f"able:{action_id}" in ctx.state.world.fluents
        return f.Or((plain, possible)) if told else possible
    if prefix != "did":
        return plain
    if clause.tense in ("now", "progressive") and (counted := _counts(ctx, frame, named)):
        plain = _counted(ctx, action_id, roles, counted)
    options = [plain]
    if clause.tense == "progressive" and f"will:{action_id}" in ctx.state.world.fluents:
        # "he is coming to town": he does so, or is about to
        options.append(logic.deed(ctx, "will", action_id, roles))
    if clause.tense in ("past", "perfect") or (clause.tense == "now" and not ctx.mind):
        # whether he followed her: he did if he followed her anywhere
        other, told_of = events.recalled(ctx, frame, action_id, named)
        options.append(logic.deed(ctx, prefix, other, _with_doer(ctx, clause, other, told_of)))
        options += [
            logic.deed(ctx, prefix, one, {letter: named[frame.subject]})
            for one, letter in _said_with_more(ctx, frame)
            if set(named) == {frame.subject}
        ]
    options = list(dict.fromkeys(options))
    return options[0] if len(options) == 1 else f.Or(tuple(options))


def _said_with_more(ctx: Context, frame: Frame) -> Iterator[tuple[str, str]]:
    """The acts that are told with more than their doer, and who does them: "who arrived" of whom arrived at the inn."""
    fixed = {slot.words for slot in frame.slots if not slot.role}
    for other in ctx.state.lexicon.frames.get(frame.verb, ()):
        if {slot.words for slot in other.slots if not slot.role} != fixed:
            continue
        for option in (other, *other.others):
            if option.action and not option.action.startswith("@"):
                yield option.action, option.subject


def _counts(ctx: Context, frame: Frame, roles: Roles) -> str:
    """The fluent of an act of the same words that something counts as; "" if there is none."""
    filled = frozenset(letter for letter in frame.roles if letter in roles)
    options = ctx.state.lexicon.alternatives(frame, filled)
    fluents = (f"did:{one}" for one, _ in options)
    return next((fluent for fluent in fluents if fluent in ctx.state.counts), "")


def _counted(ctx: Context, action_id: str, roles: Roles, counted: str) -> f.Formula:
    """That an act is going on, or what counts as it: who has a thing is carrying it."""
    action = ctx.state.world.actions[action_id]

    def either(terms: list[f.Term]) -> f.Formula:
        plain = f.truth(f"did:{action_id}", *terms)
        return f.Or((plain, *ctx.state.counts[counted].about(tuple(terms))))

    return logic.distribute(
        [roles.get(p.name, r.Ref((logic.NOTHING,))) for p in action.params], either
    )


def once(ctx: Context, body: f.Formula) -> f.Formula:
    """What was so: it is, in a story told in the past, or somebody has spoken of it as over."""
    earlier = logic.timed(ctx, body, "was")
    spoken_of = all(
        isinstance(part, f.Equals)
        and isinstance(part.left, f.Value)
        and part.left.fluent in ctx.state.world.fluents
        for part in f.conjuncts(earlier)
    )
    return f.Or((body, earlier)) if spoken_of and earlier != body else body


def _with_doer(ctx: Context, clause: x.Clause, action_id: str, named: Roles) -> Roles:
    """The roles with whoever may have done it: anybody where nobody is named, and any part of a group."""
    assert clause.frame is not None
    letter = next(
        (
            option.subject
            for fr in ctx.state.lexicon.frames.get(clause.frame.verb, ())
            for option in (fr, *fr.others)
            if option.action == action_id
        ),
        clause.frame.subject,
    )
    doer = named.get(letter)
    if doer is None:
        if not clause.passive:
            return named
        anybody = r.Quantifier(ctx.fresh().name, PERSON, None, "some")
        return {**named, letter: r.Ref(quantifier=anybody)}
    if doer.one is None:
        return named
    group = doer.things()[:1]
    parts = [part for part, whole in ctx.state.parts.items() if (whole,) == group]
    if not parts:
        return named
    return {**named, letter: r.Ref((*doer.terms, *(f.Const(p) for p in parts)), "or")}


def _possible(ctx: Context, action_id: str, roles: Roles) -> f.Formula:
    """That nothing which the act needs is missing, as far as the question names it."""
    action = ctx.state.world.actions[action_id]
    letters = [p.name for p in action.params if p.name in roles]
    needs = [n.formula for n in action.needs if set(f.variables(n.formula)) <= set(letters)]
    return logic.distribute(
        [roles[letter] for letter in letters],
        lambda ts: f.conjunction(
            [f.substitute(need, dict(zip(letters, ts, strict=True))) for need in needs]
        ),
    )
