"""A planning problem for the kernel: a closed world, its first state, its universe of states, and its planner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from fabula import _core
from fabula.engine.expressions import TRUE, Expr, Numbers, Scope, effects, expr, term
from fabula.engine.first_state import FirstValue, first_state
from fabula.model import formula as f
from fabula.model.planning import CHARACTER, PlanningProblem, Progress
from fabula.model.world import Action, Param
from fabula.problems import TextError
from fabula.problems.unrunnable_problem import unrunnable_problem
from fabula.text.span import Span

Grounding = tuple[int, list[int]]
Fault = tuple[Any, ...]


class Planner(Protocol):
    """The kernel's search over one problem."""

    def explore(self, most: int) -> tuple[int, int, int, float, int]: ...

    def plan(
        self,
        goal: float,
        author_limit: int,
        character_limit: int,
        belief_limit: int,
        count: int = 1,
        seconds: float | None = None,
        memory_mb: int | None = None,
        shortest: bool = False,
        progress: Progress | None = None,
    ) -> dict[str, Any]: ...

    def validate(
        self,
        steps: Sequence[Grounding],
        goal: float,
        author_limit: int,
        character_limit: int,
        belief_limit: int,
    ) -> Sequence[Fault]: ...


class _WithPlanner(Protocol):
    def planner(self, initial: Sequence[Any], beliefs: Sequence[Any]) -> Planner: ...


@dataclass(slots=True)
class Formal:
    """A compiled planning problem: the kernel's numbers of everything that has a name in the model."""

    source: PlanningProblem
    problem: _core.Problem = field(default_factory=lambda: _core.Problem(open_world=False))
    numbers: Numbers = field(default_factory=Numbers)
    actions: dict[str, int] = field(default_factory=dict)
    action_ids: list[str] = field(default_factory=list)

    def initial(self) -> tuple[list[Any], list[Any]]:
        """The first state's facts and beliefs as the kernel takes them."""
        state = first_state(self.source)
        facts = [
            (*self._key(fluent, args), self._value(value), None)
            for (fluent, args), value in state.facts.items()
        ]
        beliefs = [
            ([self.numbers.things[c] for c in chain], *self._key(*key), self._value(value))
            for (chain, key), value in state.beliefs.items()
        ]
        return facts, beliefs

    def universe(self) -> _core.Universe:
        """The states that can be reached; raises a TextError where the triggers do not come to rest."""
        facts, beliefs = self.initial()
        try:
            return self.problem.universe(facts, beliefs)
        except _core.CoreError as error:
            raise self.refused(error) from error

    def planner(self) -> Planner:
        """The search; raises a TextError where the triggers do not come to rest."""
        facts, beliefs = self.initial()
        try:
            return cast(_WithPlanner, self.problem).planner(facts, beliefs)
        except _core.CoreError as error:
            raise self.refused(error) from error

    def plan(self, *wanted: Any) -> dict[str, Any]:
        """What the search finds (`Planner.plan`); raises a TextError where nothing could be planned for want of a result."""
        planner = self.planner()
        try:
            return planner.plan(*wanted)
        except _core.CoreError as error:
            raise self.refused(error) from error

    def refused(self, error: Exception, what: str = "this problem") -> TextError:
        """What the kernel could not do, with the definition that it names."""
        reason = str(error)
        names = sorted(self.source.places, key=len, reverse=True)
        named = (n for n in names if reason.startswith(f"{n.removeprefix('trigger ')} "))
        last = reason.rsplit(": ", 1)[-1].split(", ", maxsplit=1)[0]
        found = next(named, None) or f"trigger {last}"
        place = self.source.places.get(found, Span(self.source.file, 1, 1))
        return TextError(unrunnable_problem(place, what, reason))

    def grounding(self, action: str, args: Sequence[str]) -> Grounding:
        """An action of things by the kernel's numbers."""
        return self.actions[action], [self.numbers.things[a] for a in args]

    def condition(self, formula: f.Formula) -> Expr:
        """A condition on a state as the kernel's expression."""
        return expr(formula, _scope(self.numbers, ()))

    def _key(self, fluent: str, args: tuple[str, ...]) -> tuple[int, list[int]]:
        return self.numbers.fluents[fluent], [self.numbers.things[a] for a in args]

    def _value(self, value: FirstValue) -> bool | float | int | None:
        return self.numbers.things[value] if isinstance(value, str) else value


def formal(problem: PlanningProblem) -> Formal:
    """The problem, compiled. Raises a TextError for what the kernel refuses."""
    made = Formal(problem)
    try:
        _declare(made)
    except _core.CoreError as error:
        raise made.refused(error) from error
    return made


def _declare(made: Formal) -> None:
    world, problem, numbers = made.source.world, made.problem, made.numbers
    for name in world.kinds:
        numbers.kinds[name] = problem.kind(name)
    for thing in world.things:
        kinds = [number for name, number in numbers.kinds.items() if world.is_a(thing, name)]
        numbers.things[thing] = problem.entity(thing, kinds, world.is_a(thing, CHARACTER))
        numbers.thing_ids.append(thing)
    for fluent in world.fluents.values():
        params = [numbers.kinds[p] for p in fluent.params]
        numbers.fluents[fluent.id] = problem.fluent(fluent.id, params, fluent.default)
        numbers.fluent_ids.append(fluent.id)
    for action in world.actions.values():
        made.actions[action.id] = _action(made, action)
        made.action_ids.append(action.id)
    for trigger in world.triggers:
        scope = _scope(numbers, trigger.params)
        problem.trigger(
            trigger.id,
            [numbers.kinds[p.kind] for p in trigger.params],
            expr(trigger.condition, scope),
            effects(trigger.effects, scope),
        )
    for who, utility in world.utilities.items():
        scope = _scope(numbers, ())
        problem.utility(None if who is None else numbers.things[who], term(utility, scope))


def _scope(numbers: Numbers, params: tuple[Param, ...], more: tuple[str, ...] = ()) -> Scope:
    """The variables of an event: its parameters, then the observer's place."""
    names = {p.name: i for i, p in enumerate(params)}
    names.update({name: len(params) for name in more})
    return Scope(numbers, names, top=len(params) + 1, closed=True)


def _action(made: Formal, action: Action) -> int:
    numbers = made.numbers
    scope = _scope(numbers, action.params)
    needs = [expr(need.formula, scope) for need in action.needs]
    return made.problem.action(
        action.id,
        [numbers.kinds[p.kind] for p in action.params],
        ("and", needs) if needs else None,
        effects(action.effects, scope),
        [term(who, scope) for who in action.agreed],
        _observes(numbers, action),
    )


def _observes(numbers: Numbers, action: Action) -> Expr | None:
    """Who takes it in: an expression about the observer, or None for everybody."""
    observer = action.observer or Param("O", CHARACTER)
    scope = _scope(numbers, action.params, (observer.name,))
    seen = expr(action.observes if action.observes is not None else f.TRUE, scope)
    if observer.kind == CHARACTER:
        return None if seen in (TRUE, ("and", [])) else seen
    return ("and", [("is", ("var", len(action.params)), numbers.kinds[observer.kind]), seen])
