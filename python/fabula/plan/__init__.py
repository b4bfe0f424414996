"""Plans: stories that nobody wrote yet, in which everybody acts for a reason of their own.

>>> problem = fabula.formats.sabre.read("problem.txt")
>>> plans = problem.plan(goal=1, author_limit=7, character_limit=4, belief_limit=1)
>>> [str(step) for step in next(plans).steps]
>>> plans.result.stopped
"""

from fabula.model.plans import Explanation, Limits, Plan, PlanningResult, Plans, PlanStep
from fabula.plan.planning import plans
from fabula.plan.validation import Fault, validate

__all__ = [
    "Explanation",
    "Fault",
    "Limits",
    "Plan",
    "PlanStep",
    "PlanningResult",
    "Plans",
    "plans",
    "validate",
]
