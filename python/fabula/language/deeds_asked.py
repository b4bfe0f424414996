"""Acts that are asked about: what counts as having done them, and as being able to."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.language import logic, morphology
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.lexicon import Frame, Slot
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.world import PERSON

Roles = dict[str, r.Ref]


def asked(
    ctx: Context, clause: x.Clause, prefix: str, action_id: str, named: Roles, said: Roles
) -> f.Formula:
    """Whether an act took place (or will, can, may) as a question means it; ``said``: its roles in the letters of the frame."""
    from fabula.language import recalling

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
    options = [plain, *_read_alike(ctx, frame, action_id, said)]
    if clause.tense == "progressive" and f"will:{action_id}" in ctx.state.world.fluents:
        # "he is coming to town": he does so, or is about to
        options.append(logic.deed(ctx, "will", action_id, roles))
    if clause.tense in ("past", "perfect") or (clause.tense == "now" and not ctx.mind):
        # whether he followed her: he did if he followed her anywhere
        other, told_of = recalling.recalled(ctx, frame, action_id, named)
        options.append(logic.deed(ctx, prefix, other, _with_doer(ctx, clause, other, told_of)))
        options += [
            logic.deed(ctx, prefix, one, roles) for one, roles in _said_with_more(ctx, frame, said)
        ]
    options = list(dict.fromkeys(options))
    return options[0] if len(options) == 1 else f.Or(tuple(options))


def _said_with_more(ctx: Context, frame: Frame, said: Roles) -> Iterator[tuple[str, Roles]]:
    """The acts that are told with more: "who arrived" of whom arrived at the inn, "what did he find" of what he found in it."""
    from fabula.language import events

    asked = any(isinstance(term, f.Var) for ref in said.values() for term in ref.terms)
    if not asked and set(said) != {frame.subject}:
        return
    slots = {slot.role: slot for slot in frame.slots if slot.role in said}
    fixed = {slot.words for slot in frame.slots if not slot.role}
    for other in ctx.state.lexicon.frames.get(frame.verb, ()):
        if {slot.words for slot in other.slots if not slot.role} != fixed:
            continue
        for option in (other, *other.others):
            letters = _same_slots(slots, option)
            action = ctx.state.world.actions.get(option.action)
            if letters is None or action is None or action.verb != morphology.base(frame.verb):
                continue  # who puts it into the box need not have thrown it there
            roles = {letters.get(letter, option.subject): ref for letter, ref in said.items()}
            if events.fits(ctx, option.action, roles):
                yield option.action, roles


def _same_slots(slots: dict[str, Slot], option: Frame) -> dict[str, str] | None:
    """Roles that are said -> those that another frame says with the same words; None where it lacks one."""
    found: dict[str, str] = {}
    for role, slot in slots.items():
        same = (s.role for s in option.slots if s.kind == slot.kind and s.words == slot.words)
        match = next((letter for letter in same if letter not in found.values()), None)
        if match is None:
            return None
        found[role] = match
    return found


def _read_alike(ctx: Context, frame: Frame, action_id: str, said: Roles) -> Iterator[f.Formula]:
    """The other acts that are said like this, where what is asked for does not tell them apart: "what did he take?"."""
    from fabula.language import events

    if not any(isinstance(term, f.Var) for ref in said.values() for term in ref.terms):
        return
    for other, letters in ctx.state.lexicon.alternatives(frame, frozenset(said)):
        roles = {letters.get(letter, letter): ref for letter, ref in said.items()}
        if other != action_id and events.fits(ctx, other, roles):
            yield logic.deed(ctx, "did", other, roles)


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


def tried(deed: f.Formula) -> f.Formula:
    """That an act was tried, done or not."""
    match deed:
        case f.Equals(f.Value(fluent, args), right) if fluent.startswith("did:"):
            return f.Equals(f.Value(fluent.replace("did:", "tried:", 1), args), right)
        case f.And(parts):
            return f.And(tuple(tried(part) for part in parts))
        case f.Or(parts):
            return f.Or(tuple(tried(part) for part in parts))
        case f.Exists(var, kind, body):
            return f.Exists(var, kind, tried(body))
    return deed


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
