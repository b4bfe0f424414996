"""Random planning problems as models, for the writer and the reader."""

from __future__ import annotations

import random

from fabula.formats.sabre import write_expressions
from fabula.formats.sabre.names import builtin
from fabula.formats.sabre.typed import as_formula, as_term
from fabula.model import formula as f
from fabula.model.planning import BOOLEAN, NUMBER, PlanningProblem
from fabula.model.world import Action, Fluent, Kind, Need, Param, Thing, Trigger

THINGS = {"A": "item", "B": "item", "Ada": "character", "Ben": "character"}
Scope = dict[str, str]


class Maker:
    """Makes formulas, values and effects; ``scope`` has the variables in force with their kinds."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.world = builtin()
        self.world.kinds["item"] = Kind("item", ("entity",), "")
        for name, kind in THINGS.items():
            self.world.things[name] = Thing(name, name, (kind,), proper=True)
        for name, kinds, result in (
            ("old", ("item",), BOOLEAN),
            ("weight", ("item",), NUMBER),
            ("day", (), NUMBER),
            ("owner", ("item",), "character"),
            ("likes", ("character", "item"), BOOLEAN),
            ("old", ("character",), BOOLEAN),
        ):
            ident = f"{name}({', '.join(kinds)})"
            default = {BOOLEAN: False, NUMBER: 0.0}.get(result)
            names = tuple(f"p{i}" for i, _ in enumerate(kinds))
            fluent = Fluent(ident, kinds, result, default, name=name, names=names)
            self.world.fluents[ident] = fluent

    def thing(self, kind: str, scope: Scope, depth: int) -> f.Term:
        """Something of a kind."""
        known: list[f.Term] = [f.Var(v) for v, k in scope.items() if k == kind]
        known += [f.Const(t) for t, k in THINGS.items() if k == kind]
        if kind == "character" and depth > 0 and self.dice.random() < 0.3:
            return self.value("character", scope, depth - 1)
        return self.dice.choice(known)

    def value(self, result: str, scope: Scope, depth: int) -> f.Term:
        """A property's value."""
        fluents = [x for x in self.world.fluents.values() if x.result == result]
        fluent = self.dice.choice(fluents)
        args = tuple(self.thing(kind, scope, depth - 1) for kind in fluent.params)
        value: f.Term = f.Value(fluent.id, args)
        if depth > 0 and self.dice.random() < 0.3:
            return f.Believed(self.thing("character", scope, 0), value)
        return value

    def number(self, scope: Scope, depth: int) -> f.Term:
        """A number."""
        pick = self.dice.randrange(6) if depth > 0 else self.dice.randrange(2)
        if pick == 0:
            return f.Lit(float(self.dice.choice((-3, 0, 1, 2, 2.5))))
        if pick == 1:
            return self.value(NUMBER, scope, depth)
        if pick == 2:
            inner = {**scope, f"v{depth}": "item"}
            op = self.dice.choice(("sum", "product"))
            return f.Total(op, f"v{depth}", "item", self.number(inner, depth - 1))
        if pick == 3:
            test = self.formula(scope, depth - 1)
            return f.Choice(test, self.number(scope, depth - 1), self.number(scope, depth - 1))
        op = self.dice.choice("+-*/")
        return f.Arith(op, self.number(scope, depth - 1), self.number(scope, depth - 1))

    def formula(self, scope: Scope, depth: int) -> f.Formula:
        """A formula in the form in which the reader makes it."""
        pick = self.dice.randrange(9) if depth > 0 else self.dice.randrange(3)
        if pick == 0:
            atom = as_formula(self.value(BOOLEAN, scope, depth))
            return atom if self.dice.random() < 0.5 else f.negated(atom)
        if pick == 1:
            other: f.Term = self.thing("character", scope, depth)
            other = f.Lit(None) if self.dice.random() < 0.3 else other
            equal = f.Equals(self.value("character", scope, depth), other)
            return equal if self.dice.random() < 0.5 else f.Not(equal)
        if pick == 2:
            op = self.dice.choice(("<", "<=", ">", ">="))
            return f.Compare(op, self.number(scope, depth - 1), self.number(scope, depth - 1))
        if pick == 3:
            return f.IsKind(self.thing("item", scope, 0), self.dice.choice(("item", "entity")))
        if pick == 4:
            made = self.dice.choice((f.Exists, f.Forall))
            kind = self.dice.choice(("item", "character"))
            return made(f"q{depth}", kind, self.formula({**scope, f"q{depth}": kind}, depth - 1))
        if pick == 5:
            who = self.thing("character", scope, 0)
            return f.Believes(who, self.formula(scope, depth - 1))
        if pick == 6:
            return f.negated(self.formula(scope, depth - 1))
        parts = [self.formula(scope, depth - 1) for _ in range(self.dice.randint(2, 3))]
        if pick == 7:
            return f.conjunction(parts)
        flat = [q for p in parts for q in (p.parts if isinstance(p, f.Or) else (p,))]
        return f.Or(tuple(flat))

    def effect(self, scope: Scope, depth: int) -> f.Effect:
        """An effect in the form in which the reader makes it."""
        pick = self.dice.randrange(6) if depth > 0 else 0
        if pick == 4:
            return f.If(self.formula(scope, depth - 1), self.effects(scope, depth - 1))
        if pick == 5:
            inner = self.effects({**scope, f"e{depth}": "item"}, depth - 1)
            return f.Each(f"e{depth}", "item", inner)
        fluent = self.dice.choice(list(self.world.fluents.values()))
        args = tuple(self.thing(kind, scope, 0) for kind in fluent.params)
        if fluent.result == BOOLEAN:
            value = as_term(self.formula(scope, depth - 1))
        elif fluent.result == NUMBER:
            value = self.number(scope, depth)
        else:
            value = (
                f.Lit(None) if self.dice.random() < 0.3 else self.thing("character", scope, depth)
            )
        believers = tuple(
            self.thing("character", scope, 0) for _ in range(self.dice.choice((0, 0, 1, 2)))
        )
        return f.Assign(fluent.id, args, value, believers)

    def effects(self, scope: Scope, depth: int) -> tuple[f.Effect, ...]:
        """One effect or more, none of which can go against another."""
        found = [self.effect(scope, depth) for _ in range(self.dice.randint(1, 3))]
        kept: dict[object, f.Effect] = {}
        for effect in found:
            key = (
                (effect.fluent, effect.args, effect.believers)
                if isinstance(effect, f.Assign)
                else effect
            )
            kept.setdefault(key, effect)
        return tuple(kept.values())


def random_problem(dice: random.Random) -> PlanningProblem:
    """A problem with a few actions, triggers, statements and utilities."""
    make = Maker(dice)
    world = make.world
    params = (Param("x", "item"), Param("c", "character"))
    scope = {"x": "item", "c": "character"}
    for number in range(2):
        parts = f.conjuncts(make.formula(scope, 3))
        observes = make.formula({**scope, "o": "character"}, 2)
        verb = f"act{number}"
        world.actions[f"{verb}(item, character)"] = Action(
            f"{verb}(item, character)",
            verb,
            params,
            tuple(Need(p, write_expressions.condition(p, world)) for p in parts),
            make.effects(scope, 2),
            (f.Var("c"),),
            observes,
            observer=Param("o", "character"),
        )
        condition = make.formula(scope, 3)
        world.triggers.append(Trigger(f"t{number}", params, condition, make.effects(scope, 2)))
    world.utilities = {None: make.number({}, 4), "Ada": as_term(make.formula({}, 3))}
    initial = tuple(make.effect({}, 2) for _ in range(4))
    return PlanningProblem(world, initial)
