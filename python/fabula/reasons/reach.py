"""Whether hands reach what an act is done to, where its rule leaves that open: a tale may, a plan may not.

A rule asks for as little as an outline tells ("Ann kills Ben with the axe."). What somebody is to plan has to be something that he
can do from where he is.
"""

from __future__ import annotations

from collections.abc import Iterator

from fabula.engine.stage import Deed, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.model import formula as f
from fabula.model.world import CONTENT, DERIVED, LOCATION, PERSON, PLACE, Action
from fabula.reasons.roles import assignments, tools

REACH, UNLOCK = "can reach", "can unlock"  # definitions of the library
LOCKED = "locked"
ENCLOSURE = "enclosure"


def out_of_reach(stage: Stage, deed: Deed) -> tuple[str, ...]:
    """Whom and what an act changes that whoever does it cannot reach, as far as its rule does not ask itself."""
    action = stage.model.world.actions[deed.action]
    if not action.params or not action.agreed:
        return ()
    key = ("touched", action.id)
    known: tuple[tuple[str, ...], tuple[str, ...]] | None = stage.memo.get(key)
    if known is None:
        changed = tuple(_changed(action))
        known = stage.memo[key] = (changed, tuple(c for c in changed if not _asked(action, c)))
    changed, untold = known
    at = dict(zip((p.name for p in action.params), deed.args, strict=True))
    letters = set(untold)
    if any(_by_hand(stage, at[tool], kinds) for tool, kinds in tools(action).items()):
        letters.update(p.name for p in action.params[1:] if p.kind == PERSON)
    actor = deed.args[0]
    state = stage.compiled.state
    return tuple(
        thing
        for letter in dict.fromkeys((*changed, *sorted(letters)))
        if (thing := at[letter]) not in (NOTHING, actor)
        and thing in state.world.things
        and not state.is_a(thing, PLACE)
        and (
            (letter in letters and not _defined(stage, REACH, actor, f.Const(thing)))
            or _shut_up(stage, actor, thing)
        )
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


def _shut_up(stage: Stage, actor: str, thing: str) -> bool:
    """Whether a thing is locked up in what somebody has no key to and is not in himself."""
    if LOCKED not in stage.compiled.numbers.fluents or ENCLOSURE not in DERIVED:
        return False
    around = f.Value(ENCLOSURE, (f.Const(thing),))
    if stage.evaluate(f.Equals(f.Value(LOCKED, (around,)), f.Lit(True))) is not True:
        # a desk encloses nothing, but what is in one that is locked is locked up
        around = f.Value(LOCATION, (f.Const(thing),))
        if stage.evaluate(f.Equals(f.Value(LOCKED, (around,)), f.Lit(True))) is not True:
            return False
    within = stage.evaluate(f.Within(f.Const(actor), around)) is True
    return not within and not _defined(stage, UNLOCK, actor, around)


def _defined(stage: Stage, word: str, actor: str, of: f.Term) -> bool:
    """Whether a definition of the library holds of somebody and something; in a story without it, nothing is asked."""
    known = stage.compiled.state.definitions.get(word)
    if known is None or stage.evaluate(f.Within(of, f.Const(actor))) is True:
        return True
    binding: f.Binding = {known.letters[0]: f.Const(actor), known.letters[1]: of}
    return any(stage.evaluate(f.substitute(body, binding)) is True for body in known.bodies)
