"""What a budget is spent on as JSON, a part of that of ``gap``."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.planning.budget import BudgetPlan
from communitycheck.products.gap.offer_lines import OfferLine, chosen_first, offer_lines
from communitycheck.reporting.json_objects import Object, array, line, subject_object
from communitycheck.reporting.words.numbers import clean


def plan_json(plan: BudgetPlan | None) -> Iterator[str]:
    """The budget (null without one), whom it is spent on and whom it leaves, a line each."""
    if plan is None:
        yield '"budget": null,\n'
        return
    chosen, left = chosen_first(plan)
    yield f'"budget": {line(_head(plan))},\n'
    yield from array("chosen", (_offer(one) for one in offer_lines(plan, chosen)))
    yield from array("left", (_offer(one) for one in offer_lines(plan, left)))


def _head(plan: BudgetPlan) -> Object:
    asked = plan.people is not None and plan.people_field is not None
    return {
        "amount": clean(plan.budget.amount),
        "unit": plan.budget.unit,
        "lever": plan.budget.lever or None,
        "levers": list(dict.fromkeys(one.lever.key for one in plan.levers)),
        "objective": plan.objective,
        "spent": clean(plan.spent),
        "rest": clean(plan.rest),
        "chosen": int(plan.chosen.sum()),
        "left": int((~plan.chosen).sum()),
        "left_would_take": clean(plan.cost(~plan.chosen)),
        "chosen_but_miss_other_limits": plan.elsewhere,
        "not_offered": plan.offers.without,
        "passes_no_more": [
            {"rule": rule, "standard": standard, "subjects": n} for (standard, rule), n in plan.after.items()
        ],
        "people": {
            "field": plan.people_field.key if plan.people_field is not None else None,
            "reached": plan.reached,
            "at_most": plan.bound,
            "not_known": plan.people_unknown,
        }
        if asked
        else None,
        "exact": plan.exact,
        "groups": [
            {
                "rule": one.need.result.rule.id,
                "subject": subject_object(one.need.result.subjects.subject(one.need.i)),
                "more_needed": one.wanted,
                "cost": clean(one.price),
                "reached": one.reached,
            }
            for one in plan.groups
        ],
    }


def _offer(one: OfferLine) -> Object:
    at = one.at
    return {
        "subject": subject_object(one.subject),
        "add": [{"lever": lever.key, "amount": clean(amount)} for lever, amount in one.adds],
        "cost": clean(one.price),
        "has": clean(one.attained),
        "people": one.people,
        "at": None if at is None else {"path": at.path, "sheet": at.sheet, "row": at.row},
    }
