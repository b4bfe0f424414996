"""Which of several a relative clause tells of: who did it, or of whom it was said."""

from __future__ import annotations

from fabula.language import logic
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context
from fabula.model import formula as f
from fabula.model.story import Happening, Stated


def match_relative(ctx: Context, clause: x.Clause, pool: list[str]) -> str | None:
    """Who of the pool did what a relative clause says, the latest first."""
    state = ctx.state
    if clause.frame is None or not clause.frame.action or clause.frame.action.startswith("@"):
        return _stated_of(ctx, clause, pool)
    saved = ctx.gap
    gap = r.Ref((f.Const("?gap"),))
    ctx.gap = gap
    try:
        roles = logic.role_refs(ctx, replace(clause, tense="now"))
    finally:
        ctx.gap = saved
    for option in (clause.frame, *clause.frame.others):
        mapping = dict(zip(clause.frame.roles, option.roles, strict=False))
        wanted = {mapping.get(k, k): ref for k, ref in roles.items()}
        for step in reversed(state.steps):
            if not isinstance(step, Happening) or step.action != option.action:
                continue
            params = state.world.actions[option.action].params
            found: str | None = None
            for param, arg in zip(params, step.args, strict=True):
                ref = wanted.get(param.name)
                if ref is None or param.name in state.world.actions[option.action].contents:
                    continue
                members = arg if isinstance(arg, tuple) else (arg,)
                if ref is gap:
                    found = next((m for m in members if isinstance(m, str) and m in pool), None)
                    if found is None:
                        break
                elif not any(t in members for t in ref.things()):
                    found = None
                    break
            else:
                if found is not None:
                    return found
    return None


def _stated_of(ctx: Context, clause: x.Clause, pool: list[str]) -> str | None:
    """Of whom the story has said what a relative clause says; None if of nobody or of several."""
    stated = {step.formula for step in ctx.state.steps if isinstance(step, Stated)}
    saved = ctx.gap, ctx.mode
    found: list[str] = []
    for thing in pool:
        ctx.gap, ctx.mode = r.Ref((f.Const(thing),)), "query"
        try:
            if set(f.conjuncts(logic.clause_formula(ctx, clause))) <= stated:
                found.append(thing)
        finally:
            ctx.gap, ctx.mode = saved
    return found[0] if len(found) == 1 else None
