"""Whether hands reach what an act is done to, where its rule leaves that open: a tale may, a plan may not.

A rule asks for as little as an outline tells ("Ann kills Ben with the axe."). What somebody is to plan has to be something that he
can do from where he is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.engine.records import Literal
from fabula.engine.stage import Deed, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.world import CONTENT, DERIVED, LOCATION, PERSON, PLACE, SURROUNDINGS, Action
from fabula.reasons.roles import assignments, brought, tools

REACH, UNLOCK = "can reach", "can unlock"  # definitions of the library
LOCKED = "locked"
KEPT = ("confined in", "captive")  # of the library, too: who is kept where he is


def out_of_reach(stage: Stage, deed: Deed) -> tuple[str, ...]:
    """Whom and what an act changes that whoever does it cannot reach, as far as its rule does not ask itself."""
    action = stage.model.world.actions[deed.action]
    if not action.params or not action.agreed:
        return ()
    changed, untold = _touched(stage, action)
    at = dict(zip((p.name for p in action.params), deed.args, strict=True))
    letters = set(untold)
    held = tools(action)
    by_hand = any(_by_hand(stage, at[tool], kinds) for tool, kinds in held.items())
    if by_hand:
        letters.update(p.name for p in action.params[1:] if p.kind == PERSON)
    near = set(changed) | letters if by_hand or not held else letters
    actor = deed.args[0]
    state = stage.compiled.state
    return tuple(
        thing
        for letter in dict.fromkeys((*changed, *sorted(near)))
        if (thing := at[letter]) not in (NOTHING, actor)
        and thing in state.world.things
        and not state.is_a(thing, PLACE)
        and (
            (letter in letters and not _defined(stage, REACH, actor, f.Const(thing)))
            or (letter in near and _elsewhere(stage, actor, thing))
            or _shut_up(stage, actor, thing)
        )
    )


def _touched(stage: Stage, action: Action) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles that an act changes, and those of them of which its rule does not ask how they stand to whoever acts."""
    key = ("touched", action.id)
    known: tuple[tuple[str, ...], tuple[str, ...]] | None = stage.memo.get(key)
    if known is None:
        changed = tuple(_changed(action))
        known = stage.memo[key] = (changed, tuple(c for c in changed if not _asked(action, c)))
    return known


def locked_up(stage: Stage, deed: Deed) -> bool:
    """Whether somebody or something that an act changes is known to be where whoever does it cannot get in."""
    action = stage.model.world.actions[deed.action]
    if not action.params or not action.agreed or LOCKED not in stage.compiled.numbers.fluents:
        return False
    at = dict(zip((p.name for p in action.params), deed.args, strict=True))
    state = stage.compiled.state
    return any(
        _shut_up(stage, deed.args[0], at[role])
        for role in _touched(stage, action)[0]
        if at[role] != deed.args[0]
        and at[role] in state.world.things
        and not state.is_a(at[role], PLACE)
    )


def in_others_hands(stage: Stage, deed: Deed) -> bool:
    """Whether an act changes what somebody has who has no part in it: nobody loads another's rifle in his hands."""
    action = stage.model.world.actions[deed.action]
    at = dict(zip((p.name for p in action.params), deed.args, strict=True))
    state = stage.compiled.state
    for letter in _changed(action):
        thing = at[letter]
        if thing not in state.world.things or state.is_a(thing, PERSON):
            continue
        around = stage.thing_at(LOCATION, thing, stage.timeline.now)
        if around in state.world.things and state.is_a(around, PERSON) and around not in deed.args:
            return True
    return False


def _by_hand(stage: Stage, tool: str, kinds: tuple[str, ...]) -> bool:
    """Whether it is done with bare hands, or with none of the instruments that a rule speaks of, which carry far."""
    state = stage.compiled.state
    return tool == NOTHING or not any(state.is_a(tool, kind) for kind in kinds)


def _changed(action: Action) -> Iterator[str]:
    """The roles of things and people that an act changes."""
    changed: dict[str, None] = {}
    for effect in assignments(action.effects):
        if not effect.believers:
            terms = (*effect.args, effect.value)
            changed.update((t.name, None) for t in terms if isinstance(t, f.Var))
    for param in action.params[1:]:
        if param.name in changed and param.kind not in (CONTENT, PLACE):
            yield param.name


def _asked(action: Action, role: str) -> bool:
    """Whether a rule asks itself how something stands to whoever acts."""
    both = {action.params[0].name, role}
    return any(both <= set(f.variables(need.formula)) for need in action.needs)


def _elsewhere(stage: Stage, actor: str, thing: str) -> bool:
    """Whether walls are known to be between: who is in the village is not in its inn. An outline may leave that open."""
    places = (f.Value(SURROUNDINGS, (f.Const(one),)) for one in (actor, thing))
    if SURROUNDINGS not in DERIVED or thing in _around(stage, actor):
        return False
    return actor not in _around(stage, thing) and stage.evaluate(f.Equals(*places)) is False


def _shut_up(stage: Stage, actor: str, thing: str) -> bool:
    """Whether a thing is locked up in what somebody has no key to and is not in himself: a desk, a room, its house."""
    return any(True for _ in _locks(stage, actor, thing, _around(stage, actor)))


def _around(stage: Stage, thing: str) -> tuple[str, ...]:
    """What a thing is in, from the nearest to the widest."""
    found: list[str] = []
    here = stage.thing_at(LOCATION, thing, stage.timeline.now)
    while here in stage.model.world.things and here not in found:
        found.append(here)
        here = stage.thing_at(LOCATION, here, stage.timeline.now)
    return tuple(found)


def _locks(stage: Stage, actor: str, thing: str, inside: Sequence[str]) -> Iterator[str]:
    """What is locked around a thing and not around somebody, to which he has no key."""
    if LOCKED not in stage.compiled.numbers.fluents:
        return
    for around in _around(stage, thing):
        if around in inside or around == actor:
            return
        locked = stage.evaluate(f.truth(LOCKED, f.Const(around))) is True
        if locked and not _defined(stage, UNLOCK, actor, f.Const(around)):
            yield around


def locked_ways(stage: Stage, deed: Deed) -> tuple[Literal, ...]:
    """What has to be unlocked before an act, whose rule does not ask: nobody gets into a locked house by going to a room in it.

    Nor does who is shut up somewhere get out because it is said that he gets away.
    """
    action = stage.model.world.actions[deed.action]
    moved = _moved(stage, action, deed)
    free = _freed_himself(action)
    if not (moved or free) or LOCKED not in stage.compiled.numbers.fluents:
        return ()
    before = {person: _around(stage, person) for person in moved}
    here = stage.timeline.now
    found: dict[str, None] = {}
    if free and _confined(stage, deed.args[0]):
        found.update(dict.fromkeys(_locks(stage, deed.args[0], deed.args[0], ())))
    if moved and stage.do(deed):
        after = {person: _around(stage, person) for person in moved}
        stage.back(here)
        for person in moved:
            entered = [p for p in after[person] if p not in before[person]]
            left = [p for p in before[person] if p not in after[person]]
            if left and not _confined(stage, person):
                left = []
            for place in (*entered, *left):
                locked = stage.evaluate(f.truth(LOCKED, f.Const(place))) is True
                keys = any(
                    _defined(stage, UNLOCK, a, f.Const(place)) for a in (deed.args[0], person)
                )
                if locked and not keys:
                    found[place] = None
    return tuple(Literal(LOCKED, (place,), False, True, None, "") for place in found)


def unlocking(stage: Stage, actor: str, place: str) -> f.Or:
    """What makes somebody able to unlock something, by the library's definitions."""
    known = stage.compiled.state.definitions.get(UNLOCK)
    if known is None:
        return f.Or(())
    binding: f.Binding = {known.letters[0]: f.Const(actor), known.letters[1]: f.Const(place)}
    return f.Or(tuple(f.substitute(body, binding) for body in known.bodies))


def _freed_himself(action: Action) -> bool:
    """Whether somebody is no longer kept where he is by what he does himself."""
    return any(
        effect.fluent in KEPT
        and effect.value == f.Lit(False)
        and effect.args[:1] == (f.Var(action.params[0].name),)
        for effect in assignments(action.effects)
    )


def flees_from_nothing(stage: Stage, deed: Deed) -> bool:
    """Whether somebody gets away whom nothing keeps, or gets nowhere by it."""
    action, actor = stage.model.world.actions[deed.action], deed.args[0]
    if not _freed_himself(action):
        return False
    if not _confined(stage, actor):
        return True
    here, before = stage.timeline.now, stage.place_of(actor)
    stays = actor in _moved(stage, action, deed) and stage.do(deed)
    stays = stays and stage.place_of(actor) == before
    stage.back(here)
    return stays


def opened_from_within(stage: Stage, deed: Deed) -> bool:
    """Whether somebody opens without a key what he is locked up in himself: then nothing would have kept him there."""
    action, actor = stage.model.world.actions[deed.action], deed.args[0]
    opened = [e for e in assignments(action.effects) if e.fluent == LOCKED and e.args]
    at = dict(zip((p.name for p in action.params), deed.args, strict=True))
    for effect in opened:
        place = (
            at.get(effect.args[0].name, NOTHING) if isinstance(effect.args[0], f.Var) else NOTHING
        )
        if effect.value != f.Lit(False) or place not in _around(stage, actor):
            continue
        locked = stage.evaluate(f.truth(LOCKED, f.Const(place))) is True
        if locked and not _defined(stage, UNLOCK, actor, f.Const(place)):
            return _confined(stage, actor)
    return False


def _moved(stage: Stage, action: Action, deed: Deed) -> tuple[str, ...]:
    """Who is brought somewhere by an act, as far as its rule goes."""
    state = stage.compiled.state
    return tuple(
        t for t in brought(action, deed.args) if t in state.world.things and state.is_a(t, PERSON)
    )


def _confined(stage: Stage, person: str) -> bool:
    """Whether somebody is kept where he is."""
    words = (w for w in KEPT if w in stage.compiled.numbers.fluents)
    for word in words:
        kept: f.Formula = f.truth(word, f.Const(person))
        if len(stage.compiled.state.world.fluents[word].params) > 1:
            kept = f.Or(
                tuple(f.truth(word, f.Const(person), f.Const(p)) for p in _around(stage, person))
            )
        if stage.evaluate(kept) is True:
            return True
    return False


def _defined(stage: Stage, word: str, actor: str, of: f.Term) -> bool:
    """Whether a definition of the library holds of somebody and something; in a story without it, nothing is asked."""
    known = stage.compiled.state.definitions.get(word)
    if known is None or stage.evaluate(f.Within(of, f.Const(actor))) is True:
        return True
    binding: f.Binding = {known.letters[0]: f.Const(actor), known.letters[1]: of}
    return any(stage.evaluate(f.substitute(body, binding)) is True for body in known.bodies)
