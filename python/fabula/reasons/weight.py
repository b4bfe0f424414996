"""Which acts weigh something: those that harm, free, give away, deceive, bind or reveal. Idle ones need no reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.engine.stage import Deed, Question, Stage
from fabula.engine.vocabulary import NOTHING
from fabula.language.effects import NoEffect
from fabula.model import formula as f
from fabula.model.story import Stated, StoryModel, Wanted
from fabula.model.world import LOCATION, PERSON, PLACE, THING, Action, Motive, Param
from fabula.reasons.asserted import asserted, bound, undoes
from fabula.reasons.concerns import resolved, things_of
from fabula.reasons.wants import Want, everybodys, met, stated, usual, wants

MONEY = "money"  # a kind of the library: to pay is not to give away
TRADES = "trade in"  # a definition of the library


@dataclass(frozen=True, slots=True)
class Weight:
    """Why an act weighs; ``about`` is whom it touches.

    ``kind``: admission (an opponent is told what one is after), harm, rescue, gift, theft, lie, order, betrayal, exposure, crossing, sacrifice or damage. An exposure tells an enemy where somebody is; a crossing undoes what somebody is said to want; a sacrifice takes
    from the actor himself what all people want; damage spoils what is not his own.
    """

    kind: str
    about: str


def weights(
    stage: Stage, deed: Deed, actor: str, invented: bool = False, private: bool = True
) -> list[Weight]:
    """What an act does that nobody does for nothing; the stage is as before afterwards.

    With ``invented``, for an act that no story tells: there it also weighs to let go whom one holds oneself, to tell
    a secret of one's own (if ``private``), and to undo what somebody is said to want. A story does such things without a word.
    """
    world, state = stage.model.world, stage.compiled.state
    action = world.actions[deed.action]
    others = [a for a in dict.fromkeys(deed.args) if a != actor and a in world.things]
    people = [a for a in others if state.is_a(a, PERSON)]
    held = {p: own_wants(stage, p) for p in people}
    before = {p: _so(stage, held[p]) for p in people}
    paid = any(state.is_a(a, MONEY) and not _has(stage, actor, a) for a in others)
    owned = [
        a
        for a in others
        if a not in people
        and not (state.is_a(a, MONEY) and not invented)
        and not (_bargain(action) and not (invented and state.is_a(a, MONEY)))
        and not (invented and (paid or _bargain(action)) and trades(stage, actor, a))
        and _has(stage, actor, a)
        and _gives(stage, actor, a)
    ]
    facts = asserted(stage, deed)
    theirs = list(_belongings(stage, others, actor))
    own = own_wants(stage, actor) if actor in world.things else []
    well = _so(stage, own)
    found: list[Weight] = []
    if action.seems is not None and _tells(action):
        found.append(Weight("lie", next(iter(people), NOTHING)))
    found.extend(
        Weight("betrayal", p)
        for p in people
        if _betrays(stage, deed, action, actor, p, invented, private)
    )
    if invented:
        found.extend(Weight("admission", p) for p in _opponents(stage, deed, action, actor, people))
    found.extend(Weight("exposure", p) for p in _exposed(stage, deed, action, actor, people))
    taken = _holders(stage, deed, action, actor)
    crossed = _said_wants(stage, actor) if invented else []
    here = stage.timeline.now
    if stage.do(deed, True):
        for p in people:
            after = _so(stage, held[p])
            if before[p] - after or any(everybodys(w) and undoes(facts, w.goal) for w in held[p]):
                found.append(Weight("harm", p))
            elif any(
                w.goal in after - before[p] and (invented or not _about(w.goal, actor))
                for w in held[p]
            ):
                found.append(Weight("rescue", p))
            if next(bound(stage, facts, p), None) is not None:
                found.append(Weight("order", p))
        found.extend(
            Weight("harm", w.person) for w in theirs if w.person not in people and not met(stage, w)
        )
        if well - _so(stage, own):
            found.append(Weight("sacrifice", actor))
        if invented:
            found.extend(Weight("damage", t) for t in _damaged(stage, facts, others, actor))
        found.extend(Weight("gift", p) for t in owned for p in people if _has(stage, p, t))
        found.extend(Weight("theft", p) for t, p in taken if not _has(stage, p, t))
        found.extend(
            Weight("crossing", want.person)
            for want in crossed
            if stage.evaluate(want.goal) is not True
        )
    stage.back(here)
    return found


def trades(stage: Stage, person: str, thing: str) -> bool:
    """Whether it is somebody's trade to part with such things, by the library's word."""
    known = stage.compiled.state.definitions.get(TRADES)
    if known is None:
        return False
    binding: f.Binding = {known.letters[0]: f.Const(person), known.letters[1]: f.Const(thing)}
    return any(stage.evaluate(f.substitute(body, binding)) is True for body in known.bodies)


def _damaged(
    stage: Stage, facts: frozenset[f.Formula], things: list[str], actor: str
) -> Iterator[str]:
    """What of others' things is spoilt by an act: that becomes so of it which those who own something do not want."""
    key = ("damage",)
    words: frozenset[tuple[str, bool]] | None = stage.memo.get(key)
    if words is None:
        words = stage.memo[key] = frozenset(_minded(stage.model.world.motives))
    for thing in things:
        spoilt = any(
            f.Equals(f.Value(word, (f.Const(thing),)), f.Lit(not value)) in facts
            for word, value in words
        )
        if spoilt and not _owns(stage, actor, thing):
            yield thing


def _minded(motives: list[Motive]) -> Iterator[tuple[str, bool]]:
    """What owners want of what is theirs."""
    for motive in motives:
        match motive.condition, motive.goal:
            case (
                f.Equals(f.Value("own", (_, owned)), f.Lit(True)),
                f.Equals(f.Value(word, (about,)), f.Lit(bool() as value)),
            ) if owned == about:
                yield word, value


def _bargain(action: Action) -> bool:
    """Whether an act that both agree to makes over what somebody has: a sale is no gift."""
    if len(action.agreed) < 2:
        return False
    kinds = {p.name: p.kind for p in action.params}
    for effect in action.effects:
        if isinstance(effect, f.Assign) and len(effect.args) == 2 and effect.fluent != LOCATION:
            roles = [kinds.get(t.name, "") for t in effect.args if isinstance(t, f.Var)]
            if len(roles) == 2 and roles[0] != roles[1]:
                return True
    return False


def own_wants(stage: Stage, person: str) -> list[Want]:
    """What somebody wants as all people do, for himself."""
    return [want for want in usual(stage, person) if not want.content and _own(want.goal, person)]


def _own(goal: f.Formula, person: str) -> bool:
    match goal:
        case f.Equals(f.Value(_, args), _):
            return f.Const(person) in args
    return False


def _about(goal: f.Formula, actor: str) -> bool:
    """Whether it was the actor himself who stood in the way: to let go is no rescue."""
    return isinstance(goal, f.Equals) and _own(goal, actor)


def _so(stage: Stage, held: list[Want]) -> frozenset[f.Formula]:
    return frozenset(want.goal for want in held if met(stage, want))


def _has(stage: Stage, person: str, thing: str) -> bool:
    state = stage.compiled.state
    if state.is_a(thing, PERSON) or state.is_a(thing, PLACE) or LOCATION not in state.world.fluents:
        return False
    return stage.evaluate(f.Within(f.Const(thing), f.Const(person))) is True


def _owns(stage: Stage, person: str, thing: str) -> bool:
    """Whether a thing is somebody's own: what one only holds for others one may hand on."""
    if stage.model.world.things[thing].owner == person:
        return True
    if "own" not in stage.compiled.numbers.fluents:
        return False
    return stage.evaluate(f.truth("own", f.Const(person), f.Const(thing))) is True


def _gives(stage: Stage, person: str, thing: str) -> bool:
    """Whether it is somebody's own that he hands on, or nobody's: what he only holds for others he may."""
    if _owns(stage, person, thing):
        return True
    if stage.model.world.things[thing].owner is not None:
        return False
    return not any(True for _ in _owners(stage, thing))


def _owners(stage: Stage, thing: str) -> Iterator[str]:
    """Whose a thing is, and who lives at a place."""
    owner = stage.model.world.things[thing].owner
    if owner is not None:
        yield owner
    numbers, state = stage.compiled.numbers, stage.compiled.state
    for word in ("own", "live at"):
        if word not in numbers.fluents:
            continue
        key = ("owners", word)
        question: Question | None = stage.memo.get(key)
        if question is None:
            whose = f.truth(word, f.Var("X"), f.Var("T"))
            kind = PLACE if word == "live at" else THING
            question = stage.memo[key] = stage.question(
                (Param("X", PERSON), Param("T", kind)), whose
            )
        yield from (row["X"] for row in stage.bindings(question) if row["T"] == thing)
    del state


def _belongings(stage: Stage, others: list[str], actor: str) -> Iterator[Want]:
    """What those want of their things and houses whose they are, and have: what is burned harms its owner."""
    state = stage.compiled.state
    for thing in others:
        if state.is_a(thing, PERSON):
            continue
        for owner in dict.fromkeys(_owners(stage, thing)):
            if owner == actor or not state.is_a(owner, PERSON):
                continue
            for want in usual(stage, owner):
                if not want.content and _own(want.goal, thing) and met(stage, want):
                    yield want


def _holders(stage: Stage, deed: Deed, action: Action, actor: str) -> list[tuple[str, str]]:
    """What others have, or own, that an act is done to without their consent; not what is the actor's own."""
    state = stage.compiled.state
    named = dict(zip((p.name for p in action.params), deed.args, strict=True))
    agreed = {named.get(t.name) for t in action.agreed if isinstance(t, f.Var)}
    things = [
        a
        for a in dict.fromkeys(deed.args)
        if a in state.world.things and not state.is_a(a, PERSON) and not state.is_a(a, PLACE)
    ]
    found: list[tuple[str, str]] = []
    for thing in things:
        if _owns(stage, actor, thing) or _has(stage, actor, thing):
            continue
        found.extend(
            (thing, person)
            for person in state.world.things
            if person != actor
            and person not in agreed
            and state.is_a(person, PERSON)
            and _has(stage, person, thing)
            and stage.evaluate(f.truth("alive", f.Const(person))) is not False
        )
    return found


def _said_wants(stage: Stage, actor: str) -> list[Want]:
    """What others are said to want, and have."""
    state = stage.compiled.state
    key = ("wanting",)
    people: list[str] | None = stage.memo.get(key)
    if people is None:
        people = stage.memo[key] = sorted(
            {step.person for step in stage.model.steps if isinstance(step, Wanted)}
        )
    return [
        want
        for person in people
        if person != actor and state.is_a(person, PERSON)
        for want in stated(stage, person)
        if stage.evaluate(want.goal) is True
    ]


def _exposed(
    stage: Stage, deed: Deed, action: Action, actor: str, people: list[str]
) -> Iterator[str]:
    """Of whom an act tells where they are, to somebody who wants them harm, as far as the teller knows."""
    state = stage.compiled.state
    if action.seems is not None or not _tells(action):
        return
    found = {
        part.inner.thing
        for ident in deed.args
        if (content := stage.model.world.contents.get(ident)) is not None
        and content.formula is not None
        for part in f.conjuncts(content.formula)
        if isinstance(part, f.Within) and isinstance(part.inner, f.Const)
    }
    found = {a for a in found - {actor} if a in state.world.things and state.is_a(a, PERSON)}
    if not found:
        return
    mind = stage.imagine(actor)
    for listener in people:
        ends = {resolved(mind, want.goal) for want in wants(mind, listener)}
        for person in sorted(found - {listener}):
            if any(resolved(mind, f.negated(w.goal)) in ends for w in own_wants(mind, person)):
                yield person


def _opponents(
    stage: Stage, deed: Deed, action: Action, actor: str, people: list[str]
) -> Iterator[str]:
    """Who is told of something that the teller wants and he himself, as far as the teller knows, does not."""
    contents = stage.model.world.contents
    told = [contents[a] for a in deed.args if a in contents]
    ends = {
        part.left.args[1].thing
        for content in told
        for part in (f.conjuncts(content.formula) if content.formula is not None else ())
        if isinstance(part, f.Equals)
        and isinstance(part.left, f.Value)
        and part.left.fluent == "want"
        and part.left.args[0] == f.Const(actor)
        and isinstance(part.left.args[1], f.Const)
    }
    own = [contents[e].formula for e in ends if e in contents]
    if action.seems is not None or not _tells(action) or not own:
        return
    mind = stage.imagine(actor)
    for listener in people:
        minded = {resolved(mind, want.goal) for want in wants(mind, listener)}
        for goal in own:
            if goal is not None and _opposite(mind, goal) in minded:
                yield listener


def _opposite(mind: Stage, goal: f.Formula) -> f.Formula | None:
    try:
        return resolved(mind, f.negated(goal))
    except NoEffect:
        return None


def _tells(action: Action) -> bool:
    return any(isinstance(effect, f.Tell) for effect in action.effects)


def _betrays(
    stage: Stage,
    deed: Deed,
    action: Action,
    actor: str,
    listener: str,
    own: bool,
    private: bool,
) -> bool:
    """Whether somebody is told what the story says is known to few, the teller among them, and not to him.

    With ``own``, a secret of the teller's own counts as well; without ``private``, not even one that he shares.
    """
    contents = stage.model.world.contents
    if action.seems is not None or not _tells(action):
        return False
    for ident in deed.args:
        content = contents.get(ident)
        if content is None or content.formula is None or content.mode != "that":
            continue
        for part in f.conjuncts(content.formula):
            for secret in secrets(stage.model):
                known = secret.known_to or ()
                if secret.formula == part and actor in known and listener not in known:
                    if not private and actor in things_of(stage, part):
                        continue
                    return own or _concerns(stage, part, {actor, listener})
    return False


def _concerns(stage: Stage, formula: f.Formula, speakers: set[str]) -> bool:
    """Whether a secret is somebody else's, who lives: one's own one may tell."""
    state = stage.compiled.state
    people = (t for t in things_of(stage, formula) - speakers if state.is_a(t, PERSON))
    return any(stage.evaluate(f.truth("alive", f.Const(p))) is not False for p in people)


def secrets(model: StoryModel) -> list[Stated]:
    """What the story says is known to few."""
    return [s for s in model.steps if isinstance(s, Stated) and s.known_to is not None]
