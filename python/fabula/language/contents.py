"""What is told, asked, ordered or wanted, as a thing of its own."""

from __future__ import annotations

from fabula.language import logic
from fabula.language import referents as r
from fabula.language import syntax as x
from fabula.language.changing import replace
from fabula.language.state import Context, State, Unreadable
from fabula.model import formula as f
from fabula.model.story import Content, Everyone, Happening, Stated
from fabula.model.world import (
    LOCATION,
    PERSON,
    THING,
    Action,
)
from fabula.problems.pronoun_without_candidate import pronoun_without_candidate

# For so many sentences "it" still means what was told, rather than what has happened since.
RECENT = 3


def content_of(ctx: Context, filler: object, controller: r.Ref | None = None) -> Content:
    """What is told, asked or ordered, as a thing of its own with the formula that makes it true."""
    saved = (ctx.mind, ctx.mode, ctx.controller, ctx.inner, ctx.quoted)
    ctx.mind = True
    ctx.quoted = True
    ctx.inner = ()
    if ctx.mode == "event":
        ctx.mode = "content"
    if controller is not None:
        ctx.controller = controller
    try:
        content = _content(ctx, filler)
    finally:
        ctx.mind, ctx.mode, ctx.controller, ctx.inner, ctx.quoted = saved
    if content.mode == "that" and content.formula is not None:
        content = replace(content, formula=with_results(ctx.state, content.formula))
    made = ctx.state.content(content)
    if not ctx.mind and ctx.mode != "rule":
        ctx.state.discourse.told = (made.id, ctx.state.discourse.sentence)
    return made


def said_before(ctx: Context, at: int) -> Content:
    """What "it" or "this" means where a clause is meant: what was told, asked or wanted last, else what has just happened."""
    from fabula.language.say import content_words

    state = ctx.state
    told, sentence = state.discourse.told
    if told and sentence >= state.discourse.sentence - RECENT:
        content = state.world.contents[told]
        if content.mode == "question" and content.formula is not None:
            # "asks whether he did it": it is that he did
            text = content.text.removeprefix("whether ")
            return Content("", "that", text, content.formula)
        return content
    step = next((s for s in reversed(state.steps) if isinstance(s, Happening | Stated)), None)
    formula: f.Formula | None = None
    if isinstance(step, Stated):
        formula = step.formula
    elif step is not None and not any(isinstance(arg, Everyone) for arg in step.args):
        params = state.world.actions[step.action].params
        named = {
            p.name: r.Ref(tuple(f.Const(t) for t in (arg if isinstance(arg, tuple) else (arg,))))
            for p, arg in zip(params, step.args, strict=True)
            if not isinstance(arg, Everyone)
        }
        formula = logic.deed(ctx, "did", step.action, named)
    if formula is None:
        raise Unreadable(pronoun_without_candidate(ctx.span(at), ctx.tokens[at].text))
    return Content("", "that", content_words(state, formula), formula)


def with_results(state: State, formula: f.Formula) -> f.Formula:
    """An act that was done, with what came of it for good: who was killed is dead."""
    if not isinstance(formula, f.And | f.Equals):
        return formula
    return f.conjunction(
        [part for deed in f.conjuncts(formula) for part in (deed, *results(state, deed))]
    )


def results(state: State, deed: f.Formula, lasting: bool = True) -> list[f.Equals]:
    """What an act that was done has changed in any case.

    ``lasting``: only changes to a fixed value that is not the usual one; else also where things are since.
    """
    match deed:
        case f.Equals(f.Value(fluent, args), f.Lit(True)) if fluent.startswith("did:"):
            action = state.world.actions.get(fluent[4:])
        case _:
            return []
    if action is None:
        return []
    binding: f.Binding = {p.name: a for p, a in zip(action.params, args, strict=False)}
    found: list[f.Equals] = []
    for effect in action.effects:
        if not lasting and isinstance(effect, f.If):
            # who arrives in a car is there, too
            effect = next((e for e in effect.effects if _places(e, action)), effect)
        if not isinstance(effect, f.Assign) or effect.believers:
            continue
        value = f.substitute_term(effect.value, binding)
        if isinstance(value, f.Lit):
            info = state.world.fluents.get(effect.fluent)
            usual = (
                info is None
                or info.default == value.value
                or (info.default is None and value.value is False)
            )
            if usual or value.value is None:
                continue
        elif lasting or not isinstance(value, f.Const) or value == logic.NOTHING:
            continue
        terms = tuple(f.substitute_term(a, binding) for a in effect.args)
        if all(isinstance(t, f.Const | f.Value) and t != logic.NOTHING for t in terms):
            found.append(f.Equals(f.Value(effect.fluent, terms), value))
    return found


def _places(effect: f.Effect, action: Action) -> bool:
    """Whether an effect is that the doer is in something."""
    doer = f.Var(action.params[0].name)
    return isinstance(effect, f.Assign) and effect.fluent == LOCATION and effect.args == (doer,)


def _content(ctx: Context, filler: object) -> Content:
    from fabula.language.say import content_words

    if isinstance(filler, x.Pronoun):
        return said_before(ctx, filler.at)
    if isinstance(filler, x.Quoted):
        return Content("", "words", ctx.tokens[filler.at].text, None)
    if isinstance(filler, x.Clauses):
        formula = f.conjunction([_conditional(ctx, c) for c in filler.items])
        mode = "act" if filler.items[0].subject is None else "that"
        agent = _agent(ctx) if mode == "act" else None
        return Content(
            "", mode, content_words(ctx.state, formula, agent=agent), formula, agent=agent
        )
    if isinstance(filler, x.Question):
        return question(ctx, filler)
    assert isinstance(filler, x.Clause)
    infinitive = filler.subject is None
    formula = logic.clause_formula(ctx, replace(filler, condition=None))
    condition = (
        logic.clause_formula(ctx, filler.condition) if filler.condition is not None else None
    )
    agent = _agent(ctx) if infinitive else None
    text = content_words(ctx.state, formula, condition, agent)
    because: f.Formula | None = None
    if filler.because is not None and not infinitive:
        because = logic.clause_formula(ctx, filler.because)
        text = f"{text} because {content_words(ctx.state, because)}"
    mode = "act" if infinitive else "that"
    return Content("", mode, text, formula, None, agent, condition, because)


def _conditional(ctx: Context, clause: x.Clause) -> f.Formula:
    """One of several clauses; what waits for a condition is done or the condition does not hold."""
    if clause.condition is None:
        return logic.clause_formula(ctx, clause)
    condition = logic.clause_formula(ctx, clause.condition)
    formula = logic.clause_formula(ctx, replace(clause, condition=None))
    return f.Or((f.negated(condition), formula))


def _agent(ctx: Context) -> str | None:
    """Who is to do what an infinitive says."""
    if isinstance(ctx.controller, r.Ref) and ctx.controller.things():
        return ctx.controller.things()[0]
    return None


def of_words(ctx: Context, clause: x.Clause) -> bool:
    """Whether what is asked for was told: words, and no thing."""
    if clause.frame is None or isinstance(clause.subject, x.Gap):
        return False
    if any(isinstance(part, x.Gap) and letter in "CQW" for letter, part in clause.roles):
        return True
    actions = ctx.state.world.actions
    known = (actions.get(x.action) for x in ctx.state.lexicon.frames.get(clause.frame.verb, ()))
    return any(isinstance(e, f.Tell) for action in known if action for e in action.effects)


def question(ctx: Context, q: x.Question) -> Content:
    """An embedded question: the term or formula that it asks about."""
    from fabula.language import whereabouts
    from fabula.language.say import content_words, term_words

    if q.word == "where" and q.np is not None:
        ref = r.refer(ctx, q.np, subject=True)
        term = f.Value(LOCATION, (ref.terms[0],)) if ref.terms else logic.NOTHING
        return Content(
            "",
            "question",
            f"where {term_words(ctx.state, ref.terms[0]) if ref.terms else 'it'} is",
            None,
            term,
        )
    if q.word in ("identity", "what") and q.np is not None and q.clause is None:
        ref = r.refer(ctx, q.np, subject=True)
        asked = ref.terms[0] if ref.terms else logic.NOTHING
        return Content(
            "",
            "question",
            f"{'who' if q.word == 'identity' else 'what'} {term_words(ctx.state, asked)} is",
            None,
            asked,
        )
    if q.clause is None:
        return Content("", "question", q.word, None)
    if q.word == "what" and of_words(ctx, q.clause):
        # "what Ben said": his words, of which it is not said here what they were
        formula = logic.clause_formula(ctx, replace(q.clause, roles=(), negated=False))
        text = content_words(ctx.state, formula)
        return Content("", "question", f"{q.word} {text}", None)
    if q.word in ("who", "what"):
        var = ctx.fresh()
        saved = ctx.gap
        ctx.gap = r.Ref((var,))
        formula = logic.clause_formula(ctx, q.clause)
        ctx.gap = saved
        body: f.Formula = f.Exists(var.name, PERSON if q.word == "who" else THING, formula)
        text = content_words(ctx.state, formula).removeprefix("somebody ")
        return Content("", "question", f"{q.word} {text}", body)
    if q.word == "where" and whereabouts.gap_of(q.clause) is not None:
        return whereabouts.question(ctx, q.clause)
    formula = logic.clause_formula(ctx, q.clause)
    return Content("", "question", f"{q.word} {content_words(ctx.state, formula)}", formula)
