"""Where an act is told to happen, where its words could also say where it leads."""

from __future__ import annotations

from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.lexicon import Frame
from fabula.language.state import Context, State
from fabula.model import formula as f
from fabula.model.world import LOCATION


def there_already(
    ctx: Context, clause: x.Clause, roles: dict[str, r.Ref]
) -> tuple[x.Clause, Frame, dict[str, r.Ref]]:
    """ "She took the milk there.", of one who is there: where it was done, and not where to."""
    frame, state = clause.frame, ctx.state
    assert frame is not None
    said = next(
        (
            (role, filler)
            for role, filler in clause.roles
            if isinstance(filler, x.Phrase) and isinstance(filler.np, x.There)
        ),
        None,
    )
    who = roles[frame.subject].things() if frame.subject in roles else ()
    if said is None or len([k for k, _ in clause.roles if k != frame.subject]) < 2 or not who:
        return clause, frame, roles
    here = own_place(ctx, who)
    apart = here is None or here != state.discourse.place
    role, filler = said
    rest = tuple(s for s in frame.slots if s.role != role)
    for plain in state.lexicon.frames.get(frame.verb, ()):
        if len(plain.slots) == len(rest) and all(
            a.kind == b.kind and a.words == b.words for a, b in zip(plain.slots, rest, strict=True)
        ):
            if apart and not _shifts(ctx, plain):
                continue  # "brings it there": to the place in mind
            state.discourse.place = here or state.discourse.place
            letters = {a.role: b.role for a, b in zip(rest, plain.slots, strict=True)}
            letters[frame.subject] = plain.subject
            kept = {letters.get(k, k): ref for k, ref in roles.items() if k != role}
            fillers = tuple((letters.get(k, k), v) for k, v in clause.roles if k != role)
            told = replace(clause, frame=plain, roles=fillers, places=(*clause.places, filler))
            return told, plain, kept
    return clause, frame, roles


def own_place(ctx: Context, who: tuple[str, ...]) -> str | None:
    """Where those who do something are, as far as reading can tell: that is what their "there" means."""
    places = {ctx.state.where.get(ctx.state.names.get(t, t)) for t in who}
    return places.pop() if len(places) == 1 else None


def _shifts(ctx: Context, frame: Frame) -> bool:
    """Whether an act takes or leaves a thing where it is done: "took the milk there"."""
    for option in (frame, *frame.others):
        action = ctx.state.world.actions.get(option.action)
        if action is None or not option.roles[1:]:
            continue
        moved = f.Var(option.roles[1])
        if any(
            isinstance(effect, f.Assign)
            and effect.fluent == LOCATION
            and effect.args == (moved,)
            and not effect.believers
            for effect in action.effects
        ):
            return True
    return False


def others_hold(state: State, thing: str, doer: str, roles: dict[str, r.Ref]) -> bool:
    """Whether what somebody is said to do something "with" is with whom he does it to: "sees Ann with the crown"."""
    holder = state.where.get(thing)
    return holder is not None and any(
        role != doer and holder in (state.names.get(t, t) for t in ref.things())
        for role, ref in roles.items()
    )


def is_new(ctx: Context, place: str) -> bool:
    """Whether a place is spoken of for the first time, and nobody has said where it is."""
    return place in ctx.made.values() and place not in ctx.state.where
