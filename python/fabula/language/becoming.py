"""What somebody comes to be: "is crowned king", "becomes Carl's wife", "gets angry".

The act is the rule's own with one effect more. A kind that somebody comes to be of is a property of the same words
from then on (see ``callings``).
"""

from __future__ import annotations

from dataclasses import replace

from fabula.language import callings, copulas
from fabula.language import effects as make
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.state import Context
from fabula.model import formula as f


def complement_of(clause: x.Clause) -> x.Complement | None:
    """What a clause says that somebody comes to be, if it does."""
    if clause.frame is None or not any(slot.kind in ("N", "J") for slot in clause.frame.slots):
        return None
    return next((part for _, part in clause.roles if isinstance(part, x.Complement)), None)


def who_comes_to_be(clause: x.Clause) -> str:
    """The letter of whoever comes to be something: the one named before it, else the subject."""
    assert clause.frame is not None
    before = [slot.role for slot in clause.frame.slots if slot.kind == "np"]
    return before[-1] if before else clause.frame.subject


def outcome(ctx: Context, clause: x.Clause, roles: dict[str, r.Ref]) -> f.Formula | None:
    """That those who come to be something are so; None where the clause says nothing of the kind."""
    complement = complement_of(clause)
    if complement is None:
        return None
    who = roles.get(who_comes_to_be(clause), r.Ref())
    said = copulas.copula(ctx, who, complement, x.Clause(None))
    return f.conjunction([_as_property(ctx, part) for part in f.conjuncts(said)])


def turned(ctx: Context, clause: x.Clause, action_id: str, letter: str, who: r.Ref) -> str:
    """The action with what comes of it: made once for every outcome. ``letter``: who, in the action's own letters."""
    state = ctx.state
    complement = complement_of(clause)
    if complement is None or not letter:
        return action_id
    person = r.Ref((f.Var(letter),))
    said = copulas.copula(ctx, person, complement, x.Clause(None))
    parts = f.conjuncts(said)
    for part in parts:
        if isinstance(part, f.IsKind) and not callings.can_be_secret(state, part.kind):
            return action_id
        if isinstance(part, f.IsKind):
            for thing in who.things():
                body = state.names.get(thing, thing)
                state.became.add((body, part.kind))
                if body in state.world.things and not state.is_a(body, part.kind):
                    found = state.world.things[body]
                    found.kinds = (*found.kinds, part.kind)
    formula = f.conjunction([_as_property(ctx, part) for part in parts])
    known = state.turned.get((action_id, formula))
    if known is not None:
        return known
    try:
        effects = make.make_true(formula, state.exclusive())
    except make.NoEffect:
        return action_id
    action = state.world.actions[action_id]
    ident = f"{action_id}: {len(state.turned) + 1}"
    state.world.actions[ident] = replace(action, id=ident, effects=(*action.effects, *effects))
    state.turned[(action_id, formula)] = ident
    _remember(ctx, complement, who)
    return ident


def _as_property(ctx: Context, part: f.Formula) -> f.Formula:
    match part:
        case f.IsKind(term, kind) if callings.can_be_secret(ctx.state, kind):
            return f.truth(callings.fluent_of(ctx.state, kind), term)
    return part


def _remember(ctx: Context, complement: x.Complement, who: r.Ref) -> None:
    """So that "Carl's wife" is found later."""
    np = complement.np
    if not isinstance(np, x.Described) or np.noun is None:
        return
    entry = ctx.tokens[np.noun].entry
    owner = np.owner if np.owner is not None else np.of
    if entry is not None and entry.relation and owner is not None:
        copulas.remember_relation(ctx, entry.relation, who, r.refer(ctx, owner))
