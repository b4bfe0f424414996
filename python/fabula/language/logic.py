"""Clauses to formulas: what has to be so for a clause to be true."""

from __future__ import annotations

from collections.abc import Callable

from fabula.language import contents, copulas
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.frames import MODAL, modal_key
from fabula.language.lexicon import Frame
from fabula.language.state import Context, Unreadable
from fabula.language.words import closed, given_names
from fabula.model import formula as f
from fabula.model.world import (
    DESCRIPTION,
    PERSON,
    PLACE,
    THING,
    WHO,
    Fluent,
)
from fabula.problems.cannot_read import cannot_read

NOTHING = f.Const("nothing")


def unreadable(ctx: Context, at: int, reason: str) -> Unreadable:
    """The sentence was parsed but means nothing that can be run."""
    words = ctx.sentence.text
    return Unreadable(cannot_read(ctx.span(at), words, expected=(reason,)))


Build = Callable[[list[f.Term]], f.Formula]


def distribute(refs: list[r.Ref], build: Build) -> f.Formula:
    """Says ``build`` of every combination: ``and`` joins, quantifiers bind from left to right."""
    return _distributed(refs, build, [])


def _distributed(refs: list[r.Ref], build: Build, chosen: list[f.Term]) -> f.Formula:
    """Of every combination that begins with what is chosen."""
    if len(chosen) == len(refs):
        return build(chosen)
    ref = refs[len(chosen)]
    if ref.quantifier is not None:
        q = ref.quantifier
        body = _distributed(refs, build, [*chosen, f.Var(q.var)])
        if q.word == "some":
            parts = (q.restriction, body) if q.restriction is not None else (body,)
            return f.Exists(q.var, q.kind, f.conjunction(parts))
        if q.word == "no":
            body = f.negated(body)
        if q.restriction is not None:
            body = f.Or((f.negated(q.restriction), body))
        return f.Forall(q.var, q.kind, body)
    found = [_distributed(refs, build, [*chosen, term]) for term in ref.terms]
    if len(found) == 1:
        return found[0]
    return f.Or(tuple(found)) if ref.word == "or" else f.conjunction(found)


def clause_formula(ctx: Context, clause: x.Clause) -> f.Formula:
    """The formula of a clause, with its negation and strength."""
    if clause.condition is not None and ctx.mode != "content":
        condition = clause_formula(ctx, clause.condition)
        return f.Or((f.negated(condition), clause_formula(ctx, replace(clause, condition=None))))
    body = _positive(ctx, clause)
    if clause.existential and ctx.mode in ("event", "fact") and _no_more(clause):
        return f.TRUE  # "there is nobody else", "there was a miller": where, is not said
    untold = clause.tense != "infinitive" and ctx.mode not in ("rule", "query")
    if untold and (clause.attempt or clause.strength == "almost"):
        return f.TRUE  # "says that Ben tried to kill her": that it was done is what was not said
    if clause.attempt and ctx.mode == "query":
        from fabula.language.deeds_asked import tried

        body = f.Or((body, tried(body)))
    if ctx.mode not in ("rule", "query") and (
        clause.frame is None or (clause.frame.fluent and not clause.frame.action)
    ):
        earlier = (
            ctx.mind and clause.tense in ("past", "perfect") and not ctx.told_past
        ) or ctx.past
        prefix = TIMED.get(clause.modal) or ("was" if earlier else "")
        if prefix:
            body = timed(ctx, body, prefix)
    elif ctx.mode == "query" and not ctx.quoted and clause.tense in ("past", "perfect"):
        from fabula.language.deeds_asked import once

        if clause.frame is None:
            body = once(ctx, body)
    if clause.negated or clause.strength in ("no longer", "never"):
        return _denied(body, clause.subject)
    return body


def _no_more(clause: x.Clause) -> bool:
    """Whether no more is said than that there is somebody or something, or nobody."""
    return not clause.places and clause.complement == x.Complement()


def _denied(body: f.Formula, subject: object) -> f.Formula:
    """The negation of what is said; "every …" and "A and B" as a subject stay outside of it."""
    if (
        isinstance(subject, x.Universal)
        and isinstance(body, f.Forall)
        and subject.word not in closed.NEGATIVE
    ):
        inner = body.body
        if isinstance(inner, f.Or) and subject_restricted(subject):
            return f.Forall(
                body.var, body.kind, f.Or((*inner.parts[:-1], f.negated(inner.parts[-1])))
            )
        return f.Forall(body.var, body.kind, f.negated(inner))
    if isinstance(subject, x.Several) and subject.word == "and" and isinstance(body, f.And):
        return f.And(tuple(f.negated(part) for part in body.parts))
    return f.negated(body)


def subject_restricted(np: x.Universal) -> bool:
    """Whether a universal says more than its kind."""
    return bool(np.places or np.relative or np.but or np.adjectives or np.owner)


def subject_of(ctx: Context, clause: x.Clause) -> r.Ref:
    """What the subject of a clause stands for."""
    if clause.subject is None:
        if isinstance(ctx.controller, r.Ref):
            _subject_is(ctx, ctx.controller)
            return ctx.controller
        return r.Ref()
    saved, ctx.named_beside = ctx.named_beside, _named_in_roles(ctx, clause)
    try:
        wanted = THING
        if clause.frame is not None and isinstance(clause.subject, x.Pronoun | x.Portion):
            wanted = role_kinds(ctx, clause.frame).get(clause.frame.subject, THING)
            wanted = PERSON if ctx.state.kind_is(wanted, PERSON) else THING
        ref = r.refer(ctx, clause.subject, subject=True, wanted=wanted)
    finally:
        ctx.named_beside = saved
    _subject_is(ctx, ref)
    return ref


def _named_in_roles(ctx: Context, clause: x.Clause) -> frozenset[str]:
    """Who and what is named in a clause beside its subject: a pronoun in front stands for none of them."""
    if not isinstance(clause.subject, x.Pronoun):
        return frozenset()
    found: set[str] = set()
    for _, filler in clause.roles:
        np = filler.np if isinstance(filler, x.Phrase) else filler
        entry = ctx.tokens[np.at].entry if isinstance(np, x.Named) else None
        if entry is not None and entry.name is not None:
            found.update((entry.name, ctx.state.names.get(entry.name, entry.name)))
    return frozenset(found)


def _positive(ctx: Context, clause: x.Clause) -> f.Formula:
    if clause.frame is None:
        subject = subject_of(ctx, clause)
        assert clause.complement is not None
        return copulas.copula(ctx, subject, clause.complement, clause)
    frame = clause.frame
    builtin = frame.action if frame.action.startswith("@") else ""
    past = clause.tense in ("past", "perfect") and (
        clause.tense == "perfect" or ctx.mind or ctx.past or ctx.mode in ("query", "content")
    )
    if builtin:
        from fabula.language import attitudes

        return attitudes.formula(ctx, clause, builtin)
    roles = role_refs(ctx, clause)
    if frame.slots and any(slot.kind in ("N", "J") for slot in frame.slots):
        from fabula.language import becoming

        came = becoming.outcome(ctx, clause, roles)
        if came is not None:
            return came
    order = frame.roles
    modal = clause.modal
    if not modal and ctx.mode == "query" and clause.tense == "now":
        modal = "will"  # "where does he think that she looks for it": of what is not told
    if modal in MODAL:
        key = modal_key(modal, frame)
        if key in ctx.state.definitions:
            return distribute(
                [roles[letter] for letter in order if letter in roles],
                lambda ts: copulas.defined(ctx, key, ts),
            )
    standing = _standing(ctx, clause)
    if standing is not None:
        fluent, letters = standing
        return distribute(
            [roles.get(letter, r.Ref((NOTHING,))) for letter in letters],
            lambda ts: f.truth(fluent, *ts),
        )
    if frame.fluent and not (frame.action and (past or clause.modal)):
        if frame.fluent in ctx.state.definitions:
            return distribute(
                [roles[letter] for letter in order if letter in roles],
                lambda ts: copulas.defined(ctx, frame.fluent, ts),
            )
        fluent_info = ctx.state.world.fluents[frame.fluent]
        if fluent_info.result != "boolean" and len(order) == 2:
            return distribute(
                [roles[letter] for letter in order],
                lambda ts: f.Equals(f.Value(frame.fluent, (ts[0],)), ts[1]),
            )
        return distribute(
            [roles.get(letter, r.Ref((NOTHING,))) for letter in order],
            lambda ts: copulas.counting(ctx, frame.fluent, tuple(ts), f.truth(frame.fluent, *ts)),
        )
    if not frame.action:
        raise unreadable(ctx, clause.verb_at, "a verb that can be used like this")
    return happened(ctx, clause, roles)


def happened(ctx: Context, clause: x.Clause, roles: dict[str, r.Ref]) -> f.Formula:
    """That an act took place (or will, can, must): an atom of the fluent of its happening."""
    from fabula.language import events, recalling

    assert clause.frame is not None
    prefix = {"will": "will", "can": "able", "must": "must", "may": "may"}.get(clause.modal, "did")
    action_id, named = events.meant(ctx, clause.frame, roles)
    if ctx.mode == "query" and not ctx.quoted:
        from fabula.language.deeds_asked import asked

        return asked(ctx, clause, prefix, action_id, named, roles)
    if prefix == "did" and clause.tense in ("past", "perfect"):
        action_id, named = recalling.recalled(ctx, clause.frame, action_id, named)
    said = next((o for o in (clause.frame, *clause.frame.others) if o.action == action_id), None)
    return deed(ctx, prefix, action_id, named, said)


def deed(
    ctx: Context,
    prefix: str,
    action_id: str,
    named: dict[str, r.Ref],
    said: Frame | None = None,
) -> f.Formula:
    """The atom of one act's happening; ``said``: in which words it is told."""
    action = ctx.state.world.actions[action_id]
    fluent = f"{prefix}:{action_id}"
    if fluent not in ctx.state.world.fluents and ctx.mode != "query":
        ctx.state.add_fluent(
            Fluent(fluent, tuple(p.kind for p in action.params), form="did", positive=action.verb)
        )

    def atom(ts: list[f.Term]) -> f.Formula:
        if said is not None and ctx.mode not in ("rule", "query"):
            ctx.state.worded[(action_id, tuple(ts))] = said
        return f.truth(fluent, *ts)

    return distribute([named.get(p.name, r.Ref((NOTHING,))) for p in action.params], atom)


TIMED = {"will": "will", "can": "able", "must": "must", "may": "may"}


def timed(ctx: Context, formula: f.Formula, prefix: str) -> f.Formula:
    """The same of another time: that it was so, will be, or may be."""
    match formula:
        case f.Equals(f.Value(fluent, args), right) if ":" not in fluent:
            info = ctx.state.world.fluents.get(fluent)
            name = f"{prefix}:{fluent}"
            if info is not None and name not in ctx.state.world.fluents and ctx.mode != "query":
                ctx.state.add_fluent(
                    replace(info, id=name, form="did", default=None, public=False, exclusive=())
                )
            return f.Equals(f.Value(name, args), right)
        case f.Within(inner, outer):
            name = f"{prefix}:in"
            if name not in ctx.state.world.fluents and ctx.mode != "query":
                ctx.state.add_fluent(Fluent(name, (THING, THING), form="did", positive="in"))
            return f.truth(name, inner, outer)
        case f.And(parts):
            return f.And(tuple(timed(ctx, part, prefix) for part in parts))
        case f.Or(parts):
            return f.Or(tuple(timed(ctx, part, prefix) for part in parts))
        case f.Not(body):
            return f.Not(timed(ctx, body, prefix))
        case f.Exists(var, kind, body):
            return f.Exists(var, kind, timed(ctx, body, prefix))
        case f.Forall(var, kind, body):
            return f.Forall(var, kind, timed(ctx, body, prefix))
    return formula


def _standing(ctx: Context, clause: x.Clause) -> tuple[str, tuple[str, ...]] | None:
    """``is ordered to A by X``: a state said with a participle, where one is declared."""
    if not clause.passive or (clause.tense not in ("now", "infinitive") and ctx.mode != "rule"):
        return None
    assert clause.frame is not None
    given = tuple(sorted(k for k, _ in clause.roles))
    kinds = tuple(s.kind for s in clause.frame.slots if s.kind in "CQAW" and s.role in given)
    return ctx.state.standing_for(clause.frame, kinds)


def role_refs(ctx: Context, clause: x.Clause) -> dict[str, r.Ref]:
    """What fills each role of a clause's frame; contents become things of their own."""
    assert clause.frame is not None
    frame = clause.frame
    found: dict[str, r.Ref] = {}
    if not clause.passive:
        found[frame.subject] = subject_of(ctx, clause)
    kinds = role_kinds(ctx, frame)
    pending: list[tuple[str, object]] = []
    saved_gap = ctx.gap
    prepositions: dict[str, str] = {}
    for letter, filler in clause.roles:
        if isinstance(filler, x.Complement):
            continue
        if isinstance(filler, x.Clause | x.Clauses | x.Question) or (
            isinstance(filler, x.Pronoun) and filler.form == "clause"
        ):
            pending.append((letter, filler))
            continue
        is_subject = clause.passive and filler is clause.subject
        ctx.part_of = _whole(ctx, found)
        ctx.not_own = any(
            slot.kind in ("word", "prep") and slot.words == ("off",) for slot in frame.slots
        )
        found[letter] = _role(ctx, frame, letter, filler, is_subject, kinds.get(letter, THING))
        ctx.part_of, ctx.not_own = None, False
        if isinstance(filler, x.Phrase):
            prepositions[letter] = filler.preposition
        if is_subject:
            _subject_is(ctx, found[letter])
    for letter, said in pending:
        controller = _controller(frame, letter, found)
        content = contents.content_of(ctx, said, controller)
        found[letter] = r.Ref((f.Const(content.id),))
    ctx.gap = saved_gap
    ctx.prepositions = prepositions
    _put_description_right(ctx, clause, found, kinds)
    return found


def _put_description_right(
    ctx: Context, clause: x.Clause, found: dict[str, r.Ref], kinds: dict[str, str]
) -> None:
    """ "El recognises Bucho as Cesar", where it is Bucho that is only a name: who Bucho is comes out."""
    assert clause.frame is not None
    for letter, ref in found.items():
        if kinds.get(letter) != DESCRIPTION and not _describing(ctx, clause.frame, letter):
            continue
        if ref.one is None or any(t in ctx.state.names for t in ref.things()):
            continue
        for other, filler in clause.roles:
            entry = ctx.tokens[filler.at].entry if isinstance(filler, x.Named) else None
            if other != letter and entry is not None and entry.name in ctx.state.names:
                found[other], found[letter] = ref, r.Ref((f.Const(entry.name),))
                return


def _role(
    ctx: Context, frame: Frame, letter: str, filler: object, subject: bool, wanted: str
) -> r.Ref:
    """What fills one role: a description as itself where one is asked for, a spot where a place is."""
    if wanted == DESCRIPTION or _describing(ctx, frame, letter):
        saved, ctx.mind = ctx.mind, True
        try:
            ref = r.refer(ctx, filler, subject=subject, wanted=PERSON)
        finally:
            ctx.mind = saved
        if ref.one is not None and isinstance(ref.one, f.Value) and ref.one.fluent == WHO:
            return r.Ref((ref.one.args[0],))
    if isinstance(filler, x.Pronoun) and filler.form == "owner" and ctx.mode in ("event", "fact"):
        # "blocks his way": nobody stands in his own
        saved_apart, ctx.apart = ctx.apart, frozenset(ctx.state.discourse.subject)
        try:
            return r.refer(ctx, filler, wanted=wanted)
        finally:
            ctx.apart = saved_apart
    if wanted == THING and _new_place(ctx, frame, letter, filler):
        wanted = PLACE
    ref = r.refer(ctx, filler, subject=subject, wanted=wanted)
    if isinstance(filler, x.Phrase) and ref.things() and not isinstance(filler.np, x.There):
        slot = next((s for s in frame.slots if s.role == letter), None)
        said = slot is not None and filler.preposition in slot.words
        place = ctx.state.is_a(ref.things()[0], PLACE)
        asked = ctx.state.kind_is(wanted, PLACE)
        if (not said and filler.preposition in closed.SPOTS) or (
            asked
            and not place
            and filler.preposition in closed.PLACING
            and not ctx.state.is_a(ref.things()[0], PERSON)
        ):
            return r.spot(ctx, filler.preposition, ref)
    return ref


def _new_place(ctx: Context, frame: Frame, letter: str, filler: object) -> bool:
    """ "Goes to Beaune": a new name that is nobody's given name is a place's, where the verb takes one."""
    if not isinstance(filler, x.Phrase) or not isinstance(filler.np, x.Named):
        return False
    token = ctx.tokens[filler.np.at]
    if token.kind != "proper" or filler.preposition != "to" or ctx.mode not in ("event", "fact"):
        return False
    if token.lower.split(" ")[0] in given_names.KNOWN or letter not in frame.roles:
        return False
    at = frame.roles.index(letter)
    for option in (frame, *frame.others):
        action = ctx.state.world.actions.get(option.action)
        own = option.roles[at] if at < len(option.roles) else letter
        for param in action.params if action is not None else ():
            if param.name == own and param.kind == PLACE:
                return True
    return False


def _whole(ctx: Context, found: dict[str, r.Ref]) -> r.Ref | None:
    """Whose arm "the arm" is: of the person named last."""
    if ctx.mode == "rule":
        return None
    return next(
        (
            ref
            for ref in reversed(found.values())
            if ref.one is not None and any(ctx.state.is_a(t, PERSON) for t in ref.things())
        ),
        None,
    )


def _describing(ctx: Context, frame: Frame, letter: str) -> bool:
    """Whether a role of one of the rules behind a frame asks for a description."""
    if not frame.others:
        return False
    key = (frame.text, letter, len(frame.others))
    found = ctx.state.describing.get(key)
    if found is None:
        at = frame.roles.index(letter) if letter in frame.roles else len(frame.roles)
        found = ctx.state.describing[key] = any(
            p.name == option.roles[at] and p.kind == DESCRIPTION
            for option in frame.others
            if at < len(option.roles)
            for p in ctx.state.world.actions[option.action].params
        )
    return found


def _subject_is(ctx: Context, ref: r.Ref) -> None:
    """Remembers who the subject is, for what follows."""
    if not ref.things() or ctx.mode == "rule":
        return
    things = tuple(ctx.state.names.get(t, t) for t in ref.things())
    if ctx.mind:
        ctx.inner = things
    else:
        ctx.state.discourse.subject = things


def role_kinds(ctx: Context, frame: Frame) -> dict[str, str]:
    """The kind of thing that each role of a frame asks for."""
    known = ctx.state.asked.get(id(frame))
    if known is None or known[0] is not frame:
        known = ctx.state.asked[id(frame)] = (frame, _role_kinds(ctx, frame))
    return known[1]


def _role_kinds(ctx: Context, frame: Frame) -> dict[str, str]:
    action = ctx.state.world.actions.get(frame.action)
    if action is not None:
        found = {p.name: p.kind for p in action.params}
        for option in frame.others:
            # rules that read alike and ask for other kinds: "hides it", a thing or a person
            other = ctx.state.world.actions.get(option.action)
            kinds = {p.name: p.kind for p in other.params} if other is not None else {}
            for letter, own in zip(frame.roles, option.roles, strict=False):
                kind = kinds.get(own, THING)
                if found.get(letter, DESCRIPTION) != DESCRIPTION and not ctx.state.kind_is(
                    kind, found[letter]
                ):
                    found[letter] = kind if ctx.state.kind_is(found[letter], kind) else THING
    fluent = ctx.state.world.fluents.get(frame.fluent)
    asked = dict(zip(frame.roles, (*fluent.params, fluent.result), strict=False)) if fluent else {}
    if action is None:
        return asked
    for letter, kind in asked.items():
        # a person shows a thing, and a window shows a garden
        if letter in found and not ctx.state.kind_is(kind, found[letter]):
            found[letter] = kind if ctx.state.kind_is(found[letter], kind) else THING
    return found


def _controller(frame: Frame, letter: str, found: dict[str, r.Ref]) -> r.Ref | None:
    """Whose act an infinitive is: the role said nearest before it."""
    before: r.Ref | None = found.get(frame.subject)
    if frame.verb in closed.SUBJECT_CONTROL:
        return before
    for slot in frame.slots:
        if slot.role == letter:
            break
        if slot.role in found and slot.kind in ("np", "prep"):
            before = found[slot.role]
    return before
