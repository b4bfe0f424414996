"""The verbs that the language itself gives meaning to: have, know, believe, think, want, and "do it"."""

from __future__ import annotations

from fabula.language import contents, copulas, deeds_done, ellipsis, nouns
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.lexicon import Frame, Lexicon, Slot
from fabula.language.state import Context, Unreadable
from fabula.model import formula as f
from fabula.model.story import Content
from fabula.model.world import DESCRIPTION, LOCATION, PERSON, PLACE_OF, THING, WHO
from fabula.problems.pronoun_without_candidate import pronoun_without_candidate
from fabula.problems.wrong_kind import wrong_kind

_C, _Q, _A = Slot("C", "C"), Slot("Q", "Q"), Slot("A", "A")
_Y = Slot("np", "Y")

FRAMES: tuple[Frame, ...] = (
    Frame("have", "X", (_Y,), "@have", text="X has Y"),
    Frame("contain", "X", (_Y,), "@have", text="X contains Y"),
    *(
        Frame(verb, "X", (_C,), "@believe", text=f"X {verb}s that C")
        for verb in ("believe", "think")
    ),
    Frame("know", "X", (_C,), "@know-that", text="X knows that C"),
    Frame("know", "X", (_Q,), "@know", text="X knows Q"),
    Frame("know", "X", (Slot("prep", "Y", ("of", "about")),), "@know-of", text="X knows of Y"),
    *(
        Frame("do", "X", (Slot("word", "", (it,)),), "@do", text=f"X does {it}")
        for it in ("it", "this", "that", "so")
    ),
    Frame("want", "X", (_A,), "@want", text="X wants to A"),
    Frame("want", "X", (_Y, _A), "@want-other", text="X wants Y to A"),
    Frame("want", "X", (_Y, Slot("ADJ", "P")), "@want-state", text="X wants Y dead"),
    Frame("want", "X", (_C,), "@want", text="X wants that C"),
    Frame("want", "X", (_Y,), "@want-thing", text="X wants Y"),
)


def add_builtins(lexicon: Lexicon) -> None:
    """Makes the built-in verbs known."""
    for frame in FRAMES:
        lexicon.add_frame(frame)


def formula(ctx: Context, clause: x.Clause, builtin: str) -> f.Formula:
    """The formula of a clause whose verb is built in."""
    from fabula.language import logic

    roles = dict(clause.roles)
    subject = (
        logic.subject_of(ctx, clause)
        if not clause.passive
        else r.refer(ctx, clause.subject, subject=True)
    )
    if builtin == "@have":
        if nouns.is_relative(ctx, roles["Y"]):
            return _have_relative(ctx, subject, roles["Y"])
        return _have(subject, r.refer(ctx, roles["Y"]))
    if builtin == "@do":
        return deeds_done.by(ctx, subject, clause.verb_at)
    if builtin == ellipsis.SAME:
        return ellipsis.formula(ctx, clause)
    minded(ctx, clause, subject)
    if builtin == "@know-of":
        known = r.refer(ctx, roles["Y"])
        return logic.distribute(
            [subject, known], lambda ts: f.Believes(ts[0], f.Known(f.Value(LOCATION, (ts[1],))))
        )
    if builtin in ("@believe", "@know-that"):
        return _believes(ctx, subject, roles["C"], builtin == "@know-that" and _factual(ctx))
    if builtin == "@know":
        return _knows(ctx, subject, roles["Q"])
    content = wanted(ctx, clause, subject)
    what: f.Term = f.Var(content.id) if content.mode == "letter" else f.Const(content.id)
    return logic.distribute([subject], lambda ts: f.truth("want", ts[0], what))


def minded(ctx: Context, clause: x.Clause, subject: r.Ref) -> None:
    """Nothing but people know, believe and want: raises Unreadable where something else is said to.

    What only a noun that nobody declared has named so far turns out to be a person.
    """
    from fabula.language.say import article

    assert clause.frame is not None
    state = ctx.state
    for one in subject.things():
        thing = state.world.things.get(state.names.get(one, one))
        if thing is None or state.is_a(thing.id, PERSON) or DESCRIPTION in thing.kinds:
            continue
        if thing.id in state.vague:
            state.vague.discard(thing.id)
            thing.kinds = (PERSON,)
            continue
        if state.turns_out_somebody(thing):
            continue
        at = x.said_at(clause, clause.frame.subject)
        kinds = " and ".join(article(kind) for kind in thing.kinds)
        raise Unreadable(
            wrong_kind(ctx.span(at), clause.frame.verb, thing.label, "a person", kinds)
        )


def _have(subject: r.Ref, thing: r.Ref) -> f.Formula:
    from fabula.language import logic

    q = subject.quantifier
    if q is not None and q.restriction is None and q.word in ("some", "no"):

        def somebody(ts: list[f.Term]) -> f.Formula:
            holder = f.IsKind(f.Value(LOCATION, (ts[0],)), q.kind)
            return f.Not(holder) if q.word == "no" else holder

        return logic.distribute([thing], somebody)
    return logic.distribute([subject, thing], lambda ts: f.Within(ts[1], ts[0]))


def _have_relative(ctx: Context, subject: r.Ref, np: object) -> f.Formula:
    """ "Ann has a brother": somebody is her brother."""
    from fabula.language import logic

    assert isinstance(np, x.Described)
    assert np.noun is not None
    entry = ctx.tokens[np.noun].entry
    assert entry is not None
    assert entry.relation is not None
    fluent = entry.relation
    relative = r.refer(ctx, np)
    copulas.remember_relation(ctx, fluent, relative, subject)
    return logic.distribute([subject, relative], lambda ts: f.truth(fluent, ts[1], ts[0]))


def _factual(ctx: Context) -> bool:
    """Whether knowing is asked about: then it takes being right. In rules and tellings it is to be made so."""
    return ctx.mode == "query" and not ctx.quoted


def _believes(ctx: Context, subject: r.Ref, filler: object, knows: bool = False) -> f.Formula:
    from fabula.language import logic

    if isinstance(filler, x.Named):
        letter = ctx.tokens[filler.at].text
        return logic.distribute([subject], lambda ts: f.Believes(ts[0], f.Holds(letter)))
    if isinstance(filler, x.Pronoun):
        said = contents.said_before(ctx, filler.at).formula
        if said is None:
            raise Unreadable(
                pronoun_without_candidate(ctx.span(filler.at), ctx.tokens[filler.at].text)
            )
        body = said
    else:
        body = inside(ctx, filler)
    return logic.distribute([subject], lambda ts: f.Believes(ts[0], body, knows))


def inside(ctx: Context, filler: object) -> f.Formula:
    """A content clause as it is taken inside a mind."""
    from fabula.language import logic

    saved = ctx.mind, ctx.mode, ctx.inner
    ctx.mind = True
    ctx.inner = ()
    if ctx.mode == "event":
        ctx.mode = "content"
    try:
        if isinstance(filler, x.Clauses):
            return f.conjunction([logic.clause_formula(ctx, c) for c in filler.items])
        assert isinstance(filler, x.Clause), filler
        return logic.clause_formula(ctx, filler)
    finally:
        ctx.mind, ctx.mode, ctx.inner = saved


def _knows(ctx: Context, subject: r.Ref, q: object) -> f.Formula:
    """``knows where Y is``, ``knows whether …``, ``knows who …``: the mind's answer is not unknown."""
    from fabula.language import logic

    if isinstance(q, x.Named):
        letter = ctx.tokens[q.at].text
        return logic.distribute([subject], lambda ts: f.Believes(ts[0], f.Holds(letter)))
    if isinstance(q, x.Pronoun):
        return ellipsis.known(ctx, subject, q.at)
    assert isinstance(q, x.Question)
    if q.clause is not None and q.clause.subject is None:
        return _knows_what_to_do(ctx, subject, q)
    return _knows_answer(ctx, subject, q)


def _knows_what_to_do(ctx: Context, subject: r.Ref, q: x.Question) -> f.Formula:
    """``knows whom to trust``: of an act of his own."""
    saved, ctx.controller = ctx.controller, subject
    try:
        return _knows_answer(ctx, subject, q)
    finally:
        ctx.controller = saved


def _knows_answer(ctx: Context, subject: r.Ref, q: x.Question) -> f.Formula:
    from fabula.language import logic

    knows = _factual(ctx)
    if q.word == "where" and q.np is not None:
        ref = r.refer(ctx, q.np, subject=True)
        return logic.distribute(
            [subject, ref],
            lambda ts: f.Believes(ts[0], f.Known(f.Value(LOCATION, (ts[1],))), knows),
        )
    if q.np is not None and q.clause is None:
        return _identity_known(ctx, subject, q)
    assert q.clause is not None
    if q.word in ("whether", "if", "why", "how", "when"):
        body = inside(ctx, q.clause)
        return logic.distribute([subject], lambda ts: f.Believes(ts[0], whether(body), knows))
    if contents.of_words(ctx, q.clause):
        return f.TRUE  # "knows what Ben said": his words, of which it is not said what they were
    if q.word == "where":
        from fabula.language import whereabouts

        term = whereabouts.asked(ctx, q.clause)
        if term is not None:
            return logic.distribute([subject], lambda ts: f.Believes(ts[0], f.Known(term), knows))
    var = ctx.fresh()
    saved = ctx.gap
    ctx.gap = r.Ref((var,))
    body = inside(ctx, q.clause)
    ctx.gap = saved
    kind = PERSON if q.word == "who" else THING
    return logic.distribute(
        [subject],
        lambda ts: f.Forall(var.name, kind, f.Or((f.negated(body), f.Believes(ts[0], body)))),
    )


def _identity_known(ctx: Context, subject: r.Ref, q: x.Question) -> f.Formula:
    from fabula.language import logic

    saved = ctx.mind
    ctx.mind = True
    ref = r.refer(ctx, q.np, subject=True)
    ctx.mind = saved

    def known(ts: list[f.Term]) -> f.Formula:
        term = ts[1]
        if isinstance(term, f.Value):
            return f.Believes(ts[0], f.Known(term))
        return f.Believes(ts[0], f.Known(f.Value(WHO, (term,))))

    return logic.distribute([subject, ref], known)


def whether(body: f.Formula) -> f.Formula:
    """That the values which a formula rests on are known."""
    parts: list[f.Formula] = []

    def walk(part: f.Formula) -> None:
        match part:
            case f.Equals(left, _) | f.Compare(_, left, _):
                parts.append(f.Known(left))
            case f.Within(inner, _):
                parts.append(f.Known(f.Value(LOCATION, (inner,))))
            case f.Not(inner_body):
                walk(inner_body)
            case f.And(subs) | f.Or(subs):
                for sub in subs:
                    walk(sub)
            case f.Exists(var, kind, sub) | f.Forall(var, kind, sub):
                before = len(parts)
                walk(sub)
                kept = parts[before:]
                del parts[before:]
                parts.append(f.Forall(var, kind, f.conjunction(kept)))
            case f.Believes() | f.Holds():
                parts.append(part)
            case _:
                pass

    walk(body)
    return f.conjunction(parts) if parts else f.TRUE


def wanted(ctx: Context, clause: x.Clause, subject: r.Ref) -> Content:
    """What somebody wants, as a content whose formula is to come true."""
    from fabula.language.say import content_words

    assert clause.frame is not None
    roles = dict(clause.roles)
    kind = clause.frame.action
    if kind == "@want-state":
        saved = ctx.mind
        ctx.mind = True
        try:
            target = r.refer(ctx, roles["Y"])
            complement = roles["P"]
            body = copulas.copula(ctx, target, complement, clause)  # type: ignore[arg-type]
        finally:
            ctx.mind = saved
        return ctx.state.content(Content("", "that", content_words(ctx.state, body), body))
    if kind == "@want-thing":
        from fabula.language import logic

        target = r.refer(ctx, roles["Y"])
        body = logic.distribute([subject, target], lambda ts: _with_or_having(ctx, ts[0], ts[1]))
        return ctx.state.content(Content("", "that", content_words(ctx.state, body), body))
    if kind == "@want-other":
        target = r.refer(ctx, roles["Y"])
        return contents.content_of(ctx, roles["A"], target)
    filler = roles.get("A", roles.get("C"))
    if isinstance(filler, x.Named):
        return Content(ctx.tokens[filler.at].text, "letter", "", None)
    return contents.content_of(ctx, filler, subject)


def _with_or_having(ctx: Context, who: f.Term, wanted_one: f.Term) -> f.Formula:
    """Wanting a thing is wanting to have it; wanting a person, to be with him."""
    if isinstance(wanted_one, f.Const) and ctx.state.is_a(wanted_one.thing, PERSON):
        return f.Equals(f.Value(PLACE_OF, (who,)), f.Value(PLACE_OF, (wanted_one,)))
    return f.Within(wanted_one, who)
