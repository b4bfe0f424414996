"""Writes a whole problem in the notation, so that reading it gives the same problem."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.formats.sabre.write_expressions import Writer
from fabula.model import formula as f
from fabula.model.planning import CHARACTER, ENTITY, PlanningProblem
from fabula.model.story import World
from fabula.model.world import Action, Kind, Param, Trigger

OBSERVER = "observer"


def write(problem: PlanningProblem) -> str:
    """The problem in the notation, ending with a line break."""
    return ProblemWriter(problem.world).problem(problem.initial)


class ProblemWriter:
    """Writes the definitions of a world, in an order in which each stands behind what it needs."""

    def __init__(self, world: World, expressions: Writer | None = None) -> None:
        self.world = world
        self.expressions = expressions or Writer(world)

    def problem(self, initial: tuple[f.Effect, ...]) -> str:
        """Everything there is, in parts with an empty line between."""
        parts = [
            "\n".join(self.types()),
            "\n".join(self.entities()),
            "\n".join(self.properties()),
            "\n".join(f"{self.expressions.effect(effect)};" for effect in initial),
            *(self.action(action) for action in self.world.actions.values()),
            *(self.trigger(trigger) for trigger in self.world.triggers),
            *(self.utility(who, term) for who, term in self.world.utilities.items()),
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def types(self) -> Iterator[str]:
        """The types, parents first."""
        for kind in parents_first(self.world):
            if kind.only is not None or (kind.name == ENTITY and not kind.parents):
                continue
            parents = kind.parents
            if kind.name == CHARACTER:
                parents = tuple(p for p in parents if p != ENTITY)
                if not parents:
                    continue
            words = self.expressions
            above = "" if parents == (ENTITY,) else f" : {', '.join(map(words.kind, parents))}"
            yield f"type {words.kind(kind.name)}{above};"

    def entities(self) -> Iterator[str]:
        """The entities."""
        for thing in self.world.things.values():
            words = self.expressions
            yield f"entity {words.thing(thing.id)} : {', '.join(map(words.kind, thing.kinds))};"

    def properties(self) -> Iterator[str]:
        """The properties."""
        for fluent in self.world.fluents.values():
            names = fluent.names or tuple(f"x{i}" for i, _ in enumerate(fluent.params, 1))
            params = [Param(n, k) for n, k in zip(names, fluent.params, strict=True)]
            name = self.expressions.named(fluent.name or fluent.id)
            yield f"property {name}{self.params(params)} : {self.expressions.kind(fluent.result)};"

    def params(self, params: list[Param] | tuple[Param, ...]) -> str:
        """The parameters of a property, an action or a trigger."""
        return f"({', '.join(self.param(p) for p in params)})"

    def param(self, param: Param) -> str:
        """A parameter; a single entity stands for itself."""
        kind = self.world.kinds.get(param.kind)
        if kind is not None and kind.only is not None:
            return self.expressions.thing(kind.only)
        return f"{self.expressions.variable(param.name)} : {self.expressions.kind(param.kind)}"

    def action(self, action: Action) -> str:
        """An action with those of its sections that say anything."""
        sections = [
            *self.sections(f.conjunction([n.formula for n in action.needs]), action.effects)
        ]
        if action.agreed:
            who = ", ".join(self.expressions.value(t) for t in action.agreed)
            sections.append(f"\tconsenting: {who};")
        observes = action.observes
        observer = action.observer or Param(OBSERVER, CHARACTER)
        if observes is not None and (observes != f.TRUE or action.observer is not None):
            sections.append(
                f"\tobserving{self.params((observer,))}: {self.expressions.condition(observes)};"
            )
        head = f"action {self.expressions.named(action.verb)}{self.params(action.params)}"
        return "\n".join([f"{head} {{", *sections, "};"])

    def trigger(self, trigger: Trigger) -> str:
        """A trigger."""
        head = f"trigger {self.expressions.named(trigger.id)}{self.params(trigger.params)}"
        return "\n".join([f"{head} {{", *self.sections(trigger.condition, trigger.effects), "};"])

    def sections(self, needs: f.Formula, effects: tuple[f.Effect, ...]) -> Iterator[str]:
        """Precondition and effect, a part on each line."""
        if needs != f.TRUE:
            parts = [self.expressions.alternatives(part) for part in f.conjuncts(needs)]
            yield "\tprecondition:\n\t\t" + " &\n\t\t".join(parts) + ";"
        if effects:
            done = [self.expressions.effect(effect) for effect in effects]
            yield "\teffect:\n\t\t" + " &\n\t\t".join(done) + ";"

    def utility(self, who: str | None, term: f.Term) -> str:
        """A utility, a summand or a case on each line."""
        head = f"utility({self.expressions.thing(who) if who is not None else ''}):"
        return f"{head}\n\t{self.whole(term)};"

    def whole(self, term: f.Term) -> str:
        """A value that stands alone, its cases or summands on lines of their own."""
        words = self.expressions
        match term:
            case f.Choice(condition, then, otherwise):
                lines = f"if({words.condition(condition)})\n\t\t{words.operand(then)}\n\telse"
                if isinstance(otherwise, f.Choice):
                    return f"{lines}{self.whole(otherwise)}"
                return f"{lines}\n\t\t{words.operand(otherwise)}"
            case f.Arith("+", left, right):
                return f"{self.whole_summand(left)} +\n\t{words.operand(right)}"
            case f.Truth(formula):
                return " &\n\t".join(words.alternatives(part) for part in f.conjuncts(formula))
            case f.Arith():
                return words.arithmetic(term)
        return words.value(term)

    def whole_summand(self, term: f.Term) -> str:
        """The first summands of a sum."""
        if isinstance(term, f.Arith) and term.op == "+":
            return self.whole(term)
        return self.expressions.operand(term)


def parents_first(world: World) -> list[Kind]:
    """The kinds in an order in which each stands behind its parents."""
    found: dict[str, Kind] = {}

    def add(name: str) -> None:
        if name in found or name not in world.kinds:
            return
        for parent in world.kinds[name].parents:
            add(parent)
        found[name] = world.kinds[name]

    for name in world.kinds:
        add(name)
    return list(found.values())
