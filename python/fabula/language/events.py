"""Clauses to plot events: which rule, who and what fills its roles, and all that modifies it."""

from __future__ import annotations

from collections.abc import Iterable

from fabula.language import becoming, contents, logic, placing
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.fitting import weight
from fabula.language.lexicon import Frame
from fabula.language.morphology import base
from fabula.language.rule_reader import NOWHERE
from fabula.language.rules import Part
from fabula.language.state import NO_PERSON, Context, State, Unreadable
from fabula.language.words import closed
from fabula.model import formula as f
from fabula.model.story import Arg, Content, Everyone, Happening, Source
from fabula.model.world import DESCRIPTION, GROUP, LOCATION, PERSON, PLACE, THING, Action, Need
from fabula.problems.wrong_kind import wrong_kind


def is_event(clause: x.Clause) -> bool:
    """Whether a clause tells an act (and not a state or an attitude)."""
    frame = clause.frame
    if frame is None or clause.modal or frame.action.startswith("@") or not frame.action:
        return False
    if clause.negated or clause.strength in ("no longer", "still", "never") or says_nobody(clause):
        return False
    if clause.tense == "perfect":
        return False
    return not (clause.tense == "progressive" and frame.fluent)


def of_anyone(clause: x.Clause) -> bool:
    """ "Anyone who looks at her turns to stone": what would be, and nobody has done it."""
    subject = clause.subject
    return (
        isinstance(subject, x.Universal)
        and subject.word in ("anyone", "anybody", "whoever")
        and clause.frame is not None
        and bool(clause.frame.action)
        and not clause.negated
    )


def says_nobody(clause: x.Clause) -> bool:
    """Whether a clause denies itself by "nobody", "nothing" or "no …"."""
    fillers = (
        clause.subject,
        *(filler.np if isinstance(filler, x.Phrase) else filler for _, filler in clause.roles),
    )
    return any(isinstance(np, x.Universal) and np.word in closed.NEGATIVE for np in fillers)


def arguments(
    ctx: Context, clause: x.Clause, frame: Frame, roles: dict[str, r.Ref]
) -> tuple[str, tuple[Arg, ...], dict[str, str]]:
    """The rule whose kinds fit, its arguments in order, and who fills which letter of it."""
    option, mapping, wrong = _choice(ctx, frame, roles)
    if wrong is not None:
        letter, thing, wanted, given = wrong
        raise Unreadable(
            wrong_kind(
                ctx.span(x.said_at(clause, letter)), base(frame.verb), thing, _a(wanted), given
            )
        )
    named = {mapping.get(letter, letter): ref for letter, ref in roles.items()}
    action = ctx.state.world.actions[option]
    if ctx.state.vague:
        _settle(ctx.state, action, named)
    return option, tuple(_arg(ctx, named.get(p.name), p.kind) for p in action.params), mapping


Misfit = tuple[str, str, str, str]
"""A role's letter, what fills it, the kind it asks for, and the kind it is given."""


def _choice(
    ctx: Context, frame: Frame, roles: dict[str, r.Ref]
) -> tuple[str, dict[str, str], Misfit | None]:
    """Of the rules behind a frame, the one that fits and asks for the most special kinds; the first of several."""
    key = _kinds_filled(ctx.state, frame, roles)
    known = ctx.state.fitting.get(key) if key is not None else None
    if known is not None and known[0] is frame:
        return known[1], known[2], None
    found = _fitting(ctx, frame, roles)
    if key is not None and found[2] is None:
        ctx.state.fitting[key] = (frame, *found[:2])
    return found


def _kinds_filled(state: State, frame: Frame, roles: dict[str, r.Ref]) -> object:
    """All that the choice of a rule depends on; None where it settles of what kind something is."""
    filled: list[object] = [id(frame), state.lexicon.frames_version]
    for letter, ref in roles.items():
        filled.append(letter)
        for ident in ref.things():
            thing = state.world.things.get(ident)
            if ident in state.names or ident in state.vague or (thing and thing.implied):
                return None
            filled.append(thing.kinds if thing is not None else None)
    return tuple(filled)


def _fitting(
    ctx: Context, frame: Frame, roles: dict[str, r.Ref]
) -> tuple[str, dict[str, str], Misfit | None]:
    best: tuple[int, str, dict[str, str]] | None = None
    problem: Misfit | None = None
    options = ctx.state.lexicon.alternatives(frame, frozenset(roles)) or ((frame.action, {}),)
    if ctx.nameless:
        _placed(ctx, options, roles)
    for action, mapping in options:
        named = {mapping.get(letter, letter): ref for letter, ref in roles.items()}
        wrong = _misfit(ctx, action, named)
        if wrong is not None:
            if problem is None or action == frame.action:
                # the letter as this sentence's frame has it
                problem = (
                    next((a for a, b in mapping.items() if b == wrong[0]), wrong[0]),
                    *wrong[1:],
                )
            continue
        if len(options) == 1:
            return action, mapping, None
        rule = ctx.state.world.actions[action]
        special = sum(
            weight(ctx.state, rule, p, named[p.name].things())
            for p in rule.params
            if p.name in named
        )
        if best is None or special > best[0]:
            best = (special, action, mapping)
    if best is None:
        return frame.action, {}, problem
    return best[1], best[2], None


def _placed(
    ctx: Context, options: Iterable[tuple[str, dict[str, str]]], roles: dict[str, r.Ref]
) -> None:
    """A name that is new and is no given name is a place's, where one may go to a place: "went back to Paris"."""
    for action, mapping in options:
        kinds = {p.name: p.kind for p in ctx.state.world.actions[action].params}
        for letter, ref in roles.items():
            for thing in ref.things():
                if thing in ctx.nameless and kinds.get(mapping.get(letter, letter)) == PLACE:
                    ctx.state.world.things[thing].kinds = (PLACE,)


def _settle(state: State, action: Action, named: dict[str, r.Ref]) -> None:
    """What nobody declared is of the kind as which it is first used."""
    for param in action.params:
        for thing in named[param.name].things() if param.name in named else ():
            if thing in state.vague and param.name not in action.contents:
                state.vague.discard(thing)
                many = state.world.things[thing].plural and state.kind_is(param.kind, PERSON)
                state.world.things[thing].kinds = (param.kind, GROUP) if many else (param.kind,)


def chosen(state: State, frame: Frame, things: dict[str, tuple[str, ...]]) -> str:
    """The action that a sentence of this frame tells, with these things in the frame's roles; "" if none."""
    ctx = Context(state, [], Part("", NOWHERE, 0), "event")
    roles = {
        letter: r.Ref(tuple(f.Const(t) for t in ids))
        for letter, ids in things.items()
        if letter in frame.roles
    }
    action, _, wrong = _choice(ctx, frame, roles)
    return action if wrong is None else ""


def meant(ctx: Context, frame: Frame, roles: dict[str, r.Ref]) -> tuple[str, dict[str, r.Ref]]:
    """The action that is spoken of, and its roles."""
    action, mapping, _ = _choice(ctx, frame, roles)
    return action, {mapping.get(letter, letter): ref for letter, ref in roles.items()}


def _a(kind: str) -> str:
    from fabula.language.say import article

    return (
        f"something that is not {article(kind[4:])}" if kind.startswith("not ") else article(kind)
    )


def fits(ctx: Context, action_id: str, named: dict[str, r.Ref]) -> bool:
    """Whether these things may fill the roles of an action."""
    return _misfit(ctx, action_id, named) is None


def _misfit(ctx: Context, action_id: str, named: dict[str, r.Ref]) -> Misfit | None:
    """The first role that is filled wrongly."""
    state = ctx.state
    action = state.world.actions[action_id]
    for param in action.params:
        ref = named.get(param.name)
        if ref is None or param.name in action.contents:
            continue
        for term in ref.terms if ctx.letters else ():
            # "X wounded Y" of a rule in which Y is a person, and no arm
            kind = ctx.letters.get(term.name, THING) if isinstance(term, f.Var) else THING
            if kind == NO_PERSON:
                if state.kind_is(param.kind, PERSON):
                    return param.name, kind, param.kind, kind
            elif THING not in (kind, param.kind) and not (
                state.kind_is(kind, param.kind) or state.kind_is(param.kind, kind)
            ):
                return param.name, kind, param.kind, _a(kind)
        for thing in ref.things():
            body = state.names.get(thing, thing) if param.kind != DESCRIPTION else thing
            if body not in state.world.things or param.kind == THING or body in state.vague:
                continue
            given = state.world.things[body]
            if not state.is_a(body, param.kind):
                if given.implied and given.kinds == (PERSON,) and state.kind_is(param.kind, PERSON):
                    given.kinds = (param.kind,)
                    continue
                if param.kind == PERSON and state.turns_out_somebody(given):
                    continue
                return param.name, given.label, param.kind, " and ".join(_a(k) for k in given.kinds)
    for need in _kind_needs(state, action):
        verdict = static(ctx, need.formula, named)
        if verdict is False:
            letter = next((v for v in f.variables(need.formula) if v in named), "")
            ref = named.get(letter)
            thing = next(iter(ref.things()), "") if ref is not None else ""
            label = state.world.things[thing].label if thing in state.world.things else "it"
            kind = need.text.split(" ")[-1]
            return (
                letter,
                label,
                f"not {kind}" if " not " in need.text else kind,
                "one" if " not " in need.text else "none",
            )
    return None


def _kind_needs(state: State, action: Action) -> tuple[Need, ...]:
    """The needs of an action that are about kinds of its roles alone."""
    found = state.kind_needs.get(action.id)
    if found is None or len(found[0]) != len(action.needs):
        kept = tuple(need for need in action.needs if _about_kinds(need.formula))
        found = state.kind_needs[action.id] = (action.needs, kept)
    return found[1]


def _about_kinds(formula: f.Formula) -> bool:
    match formula:
        case f.IsKind(f.Var(), _):
            return True
        case f.Not(body):
            return _about_kinds(body)
        case f.Or(parts) | f.And(parts):
            return bool(parts) and all(_about_kinds(part) for part in parts)
    return False


def static(ctx: Context, formula: f.Formula, named: dict[str, r.Ref]) -> bool | None:
    """The truth of a formula that is about kinds alone; None if it is about anything else."""
    match formula:
        case f.IsKind(f.Var(name), kind):
            ref = named.get(name)
            if ref is None or not ref.things():
                return None
            return all(ctx.state.is_a(ctx.state.names.get(t, t), kind) for t in ref.things())
        case f.Not(body):
            inner = static(ctx, body, named)
            return None if inner is None else not inner
        case f.Or(parts):
            values = [static(ctx, p, named) for p in parts]
            return None if None in values else any(values)
        case f.And(parts) if parts:
            values = [static(ctx, p, named) for p in parts]
            return None if None in values else all(values)
    return None


def _arg(ctx: Context, ref: r.Ref | None, kind: str = THING) -> Arg:
    if ref is None:
        return "nothing"
    if ref.everyone is not None:
        return ref.everyone
    things = (
        ref.things()
        if kind == DESCRIPTION
        else tuple(ctx.state.names.get(t, t) for t in ref.things())
    )
    if ref.terms and not things:
        term = ref.terms[0]
        if isinstance(term, f.Value) and isinstance(term.args[0], f.Const):
            # "goes to Bucho's place": known only when it happens
            return f"@{term.fluent}@{term.args[0].thing}"
        return "nothing"
    if not things:
        return "nothing"
    return things[0] if len(things) == 1 else things


def event(ctx: Context, clause: x.Clause, source: Source, gap: bool) -> Happening:
    """The plot event of a clause."""
    state = ctx.state
    assert clause.frame is not None
    roles = logic.role_refs(ctx, clause)
    frame = clause.frame
    if any(ref.word == "each other" for ref in roles.values()):
        roles = {
            k: (r.Ref(ref.terms) if ref.word == "each other" else ref) for k, ref in roles.items()
        }
    clause, frame, roles = placing.there_already(ctx, clause, roles)
    action_id, args, mapping = arguments(ctx, clause, frame, roles)
    if becoming.complement_of(clause) is not None:
        letter = becoming.who_comes_to_be(clause)
        who = roles.get(letter, r.Ref())
        action_id = becoming.turned(ctx, clause, action_id, mapping.get(letter, letter), who)
    action = state.world.actions[action_id]
    prepositions = tuple((mapping.get(role, role), word) for role, word in ctx.prepositions.items())
    instrument = together = at = None
    companions: tuple[str, ...] = ()
    if clause.instrument is not None:
        ref = r.refer(ctx, clause.instrument)
        things = tuple(state.names.get(t, t) for t in ref.things())
        if things and all(state.is_a(t, PERSON) for t in things):
            companions = things
        elif things and not placing.others_hold(state, things[0], frame.subject, roles):
            instrument = things[0]
    there: str | None = None
    loose = [p for p in ctx.loose if isinstance(p, x.Phrase) and p.preposition in closed.LOCATIVE]
    ctx.loose = []
    for phrase in (*clause.places, *loose):
        if isinstance(phrase.np, x.There):
            doer = roles[frame.subject].things() if frame.subject in roles else ()
            at = there = placing.own_place(ctx, doer) or state.discourse.place
            continue  # who does something there is there, wherever that is
        ref = r.whereabouts(ctx, phrase)
        if phrase.preposition in closed.SPOTS:
            ref = r.spot(ctx, phrase.preposition, ref)
        if _tells_of_object(ctx, phrase, frame, roles):
            continue
        if ref.things() and (
            state.is_a(ref.things()[0], PLACE) or state.is_a(ref.things()[0], "spot")
        ):
            at = ref.things()[0]
            if there is not None and at != there and placing.is_new(ctx, at):
                ctx.facts.append(f.Within(f.Const(at), f.Const(there)))  # "lives there in a hut"
    for phrase in clause.sources:
        r.refer(ctx, phrase.np)
    unseen: tuple[str, ...] | None = None
    if clause.unseen is not None:
        unseen = tuple(state.names.get(t, t) for t in r.refer(ctx, clause.unseen).things())
    elif clause.unseen_all:
        unseen = ()
    because: f.Formula | None = None
    purpose: Content | None = None
    subject = roles.get(frame.subject)
    if clause.because is not None:
        because = reason(ctx, clause.because)
    if clause.purpose is not None:
        purpose = contents.content_of(ctx, clause.purpose, subject)
    if clause.means is not None:
        because = None
    del together
    if any(slot.kind in ("word", "prep") and slot.words == ("off",) for slot in frame.slots):
        lost = (t for ref in roles.values() for t in ref.things() if state.is_a(t, "part"))
        state.severed.extend(t for t in lost if t not in state.severed)
    state.events += 1
    actors = tuple(state.names.get(t, t) for t in subject.things()) if subject is not None else ()
    if len(actors) > 1:
        instrument = None  # "Ann and Ben climb up with a rope": which of them has it is not told
    if companions or len(actors) > 1:
        state.discourse.acted_together = (*actors, *companions)
    made = Happening(
        state.events,
        action_id,
        args,
        source,
        gap,
        clause.attempt or clause.strength == "almost",
        unseen,
        companions,
        instrument,
        at,
        because,
        purpose,
        words=source.text,
        prepositions=prepositions,
        means=None,
        unmeant=clause.strength == "unmeant",
    )
    track(ctx, action.id, args)
    return made


def _tells_of_object(ctx: Context, phrase: x.Phrase, frame: Frame, roles: dict[str, r.Ref]) -> bool:
    """ "looks at the phone under the desk": the spot is the thing's and not the actor's."""
    if phrase.preposition not in closed.SPOTS:
        return False
    things = [t for role in frame.roles[1:] if role in roles for t in roles[role].things()]
    return any(
        t in ctx.state.world.things
        and not ctx.state.is_a(t, PERSON)
        and not ctx.state.is_a(t, PLACE)
        for t in things
    )


def reason(ctx: Context, clause: x.Clause, felt: bool = False) -> f.Formula | None:
    """What a "because" says: it need not be so. ``felt``: somebody's own reason, in the names by which he knows people."""
    saved = ctx.mode, ctx.mind, ctx.told_past
    ctx.mode = "content"
    if felt:
        ctx.mind = ctx.told_past = True
    try:
        return logic.clause_formula(ctx, clause)
    finally:
        ctx.mode, ctx.mind, ctx.told_past = saved


def track(ctx: Context, action_id: str, args: tuple[Arg, ...]) -> None:
    """Keeps in mind where people are, as far as reading can tell, for "there" and "the door"."""
    state = ctx.state
    action = state.world.actions[action_id]
    binding = {p.name: a for p, a in zip(action.params, args, strict=True)}
    for effect in action.effects:
        inner: f.Effect | None = effect
        if (
            isinstance(effect, f.If)
            and len(effect.effects) == 1
            and isinstance(effect.condition, f.Given)
        ):
            inner = effect.effects[0]
        if isinstance(inner, f.Assign) and inner.fluent == LOCATION and not inner.believers:
            mover, target = inner.args[0], inner.value
            if isinstance(mover, f.Var) and isinstance(target, f.Var):
                who, where = binding.get(mover.name), binding.get(target.name)
                if isinstance(where, str) and where != "nothing":
                    for one in who if isinstance(who, tuple) else (who,):
                        if isinstance(one, str):
                            state.where[one] = where
                    if state.is_a(where, PLACE):
                        state.discourse.place = where
    first = args[0] if args else None
    actor = first[0] if isinstance(first, tuple) else first
    if isinstance(actor, str) and state.where.get(actor) and state.is_a(state.where[actor], PLACE):
        state.discourse.place = state.where[actor]


__all__ = ["Everyone", "event", "is_event", "track"]
