"""``--budget`` and ``--objective``: what they say, and what of the needs found they can mean. What is not clear is
asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import ExpressionError, UsageError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Number
from communitycheck.model.report import Report
from communitycheck.model.standard import Standard
from communitycheck.model.units.compound import measure_of, parse_unit
from communitycheck.nearest import nearest
from communitycheck.planning.budget import (
    OBJECTIVES,
    BudgetPlan,
    Objective,
    levers_paid,
    people_field,
    plan_of_levers,
    plan_of_shares,
)
from communitycheck.planning.costs import Costs
from communitycheck.planning.needs import GroupNeed, Needs
from communitycheck.planning.offers import Budget
from communitycheck.standards import parse_quantity

MONEY = "yuan"
_NAMED = 20  # choices that a question lists


class BudgetAsked(Struct, frozen=True):
    """What the options say, before anything was read. ``rule`` is that whose share is to be reached, where one is
    named."""

    written: str
    amount: Number
    lever: str
    objective: Objective
    rule: str


def budget_asked(budget: str | None, objective: str | None) -> BudgetAsked | None:
    """The options read; None where there is no budget.

    Raises:
        UsageError: an amount that is none, an objective that does not exist, or one without a budget.
    """
    name, _, rule = (objective or OBJECTIVES[0]).partition(":")
    found = next((one for one in OBJECTIVES if one == name.strip()), None)
    if found is None or (rule and found != "share-target"):
        known = ", ".join((*OBJECTIVES, "share-target:RULE"))
        near = nearest(name, OBJECTIVES) or ""
        raise UsageError("budget-objective", value=objective, known=known, near=near)
    if budget is None:
        if objective is not None:
            raise UsageError("budget-missing", value=objective)
        return None
    lever, equals, written = budget.rpartition("=")
    try:
        amount = parse_quantity(written.strip())
    except ExpressionError as error:
        raise UsageError("budget-amount", value=budget, near=error.values.get("near", "")) from error
    if amount is None or amount.value < 0:
        raise UsageError("budget-amount", value=budget, near="")
    return BudgetAsked(budget, amount, lever.strip() if equals else "", found, rule.strip())


def planned(
    asked: BudgetAsked | None,
    report: Report,
    runs: Sequence[StandardRun],
    needs: Needs,
    costs: Costs,
    level: str | None,
) -> BudgetPlan | None:
    """What the budget is best spent on; None where there is none, or nothing that it could be added to.

    Raises:
        UsageError: it can mean several things, or none of those that are missing.
    """
    if asked is None:
        return None
    dictionary = runs[0].dictionary if runs else report.dictionary
    share = asked.objective == "share-target"
    if not needs.levers and not (share and needs.groups):
        return None
    budget = _budget(asked, needs, costs, dictionary)
    if share:
        groups = _groups(asked, needs, level, report.standards)
        lacked = [one for need in groups if need.candidates is not None for one in need.candidates.fields.values()]
        if lacked and all(budget.price(one.key, costs) is None for one in lacked):
            raise _no_price(asked, lacked)
        return plan_of_shares(runs, needs, costs, budget, groups)
    paid = levers_paid(needs, budget, costs)
    if not paid:
        raise _no_price(asked, (one.lever for one in needs.levers))
    if asked.objective == "most-people":
        kinds = list(dict.fromkeys(one.table.entity for one in paid))
        if len(kinds) > 1:  # who lives in a street lives in its communities as well
            raise UsageError("budget-kinds", kinds=", ".join(kinds))
        if any(people_field(dictionary, one.table) is None for one in paid):
            fields = [one.key for one in dictionary.fields.values() if one.residents == "all"]
            raise UsageError("budget-no-people", fields=", ".join(fields))
    return plan_of_levers(runs, needs, costs, budget, asked.objective, dictionary)


def _budget(asked: BudgetAsked, needs: Needs, costs: Costs, dictionary: Dictionary) -> Budget:
    """The amount in money or in the unit of a lever."""
    levers = {one.lever.key: one.lever for one in needs.levers}
    levers |= {key: one for need in needs.groups if need.candidates for key, one in need.candidates.fields.items()}
    stated = f"{asked.amount.value if asked.amount.stated is None else asked.amount.stated:.12g}"
    could = [f"{key}={stated} {_unit(one)}".strip() for key, one in levers.items()]
    if costs.prices:
        could.append(f"{stated} {MONEY}")
    if asked.lever:
        named = _named(asked.lever, levers)
        if named is None:
            raise UsageError("budget-lever", value=asked.written, known="; ".join(could[:_NAMED]))
        levers, may_be_money = {named.key: named}, False
    else:
        may_be_money = bool(costs.prices)
    found = [b for b in (_of_lever(asked.amount, one) for one in levers.values()) if b is not None]
    money = _money(asked.amount)
    if money is not None and may_be_money and (asked.amount.dimension is not None or not found):
        return money
    if money is not None and asked.amount.dimension is not None and not found:
        raise UsageError("budget-no-prices", value=asked.written)
    if may_be_money and asked.amount.dimension is None:
        found += [Budget(asked.amount.value, MONEY)]
    if not found:
        raise UsageError("budget-unit", value=asked.written, known="; ".join(could[:_NAMED]))
    if len(found) > 1:
        fitting = [f"{one.lever}={stated} {one.unit}" if one.lever else f"{stated} {MONEY}" for one in found]
        raise UsageError("budget-several", value=asked.written, known="; ".join(fitting[:_NAMED]))
    return found[0]


def _no_price(asked: BudgetAsked, levers: Iterable[Field]) -> UsageError:
    known = ", ".join(dict.fromkeys(one.key for one in levers))
    return UsageError("budget-no-price-fits", value=asked.written, known=known)


def _named(word: str, levers: dict[str, Field]) -> Field | None:
    """The lever of that key, other name or label."""
    wanted = word.casefold()
    for one in levers.values():
        if wanted in {name.casefold() for name in (one.key, *one.also, *one.aliases, one.label.zh, one.label.en)}:
            return one
    return None


def _unit(lever: Field) -> str:
    return "%" if lever.type == "share" else lever.unit


def _of_lever(amount: Number, lever: Field) -> Budget | None:
    """So much of a lever, where the unit is one of its own or none is given."""
    if amount.dimension is None:
        return Budget(amount.value, lever.shown_unit, lever.key)
    unit = parse_unit("ratio" if lever.type == "share" else lever.unit, {})
    dimension, factor = measure_of(amount.dimension, {})
    if unit is None or unit.dimension != dimension:
        return None
    return Budget(amount.value * factor / unit.factor, lever.shown_unit, lever.key)


def _money(amount: Number) -> Budget | None:
    """The amount as money; None where it is another thing."""
    unit = parse_unit(MONEY, {})
    assert unit is not None
    dimension, factor = (unit.dimension, unit.factor) if amount.dimension is None else measure_of(amount.dimension, {})
    return Budget(amount.value * factor / unit.factor, MONEY) if dimension == unit.dimension else None


def _groups(
    asked: BudgetAsked, needs: Needs, level: str | None, standards: Sequence[Standard]
) -> list[GroupNeed]:
    """The groups of one share and one level: of groups that share members nobody can say which are cheapest."""
    shares = [one for one in needs.groups if one.counted is not None]
    kinds: dict[tuple[str, str], list[GroupNeed]] = {}
    for one in shares:
        kinds.setdefault((one.result.rule.id, one.result.subjects.subject(one.i).entity), []).append(one)
    fitting = {
        (rule, of): found
        for (rule, of), found in kinds.items()
        if asked.rule in ("", rule) and level in (None, of)
    }  # fmt: skip
    rules = [rule for rule, _ in kinds]
    known = ", ".join(
        f"share-target:{rule}" + (f" --level {of}" if rules.count(rule) > 1 else "") for rule, of in kinds
    )
    ids = [rule.id for one in standards for rule in one.rules]
    if asked.rule and asked.rule not in ids:
        of_groups = [rule.id for one in standards for rule in one.rules if rule.by]
        near = nearest(asked.rule, of_groups) or nearest(asked.rule, ids) or ""
        raise UsageError("budget-share-unknown", name=asked.rule, near=near, known=known)
    if not fitting:
        raise UsageError("budget-no-share", value=asked.rule or "share-target", known=known)
    if len(fitting) > 1:
        raise UsageError("budget-shares", known=known)
    return next(iter(fitting.values()))


__all__ = ["BudgetAsked", "budget_asked", "planned"]
