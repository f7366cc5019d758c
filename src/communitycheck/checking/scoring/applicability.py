"""Whether what a rule asks arises at all for each subject: a blank denominator may be zero, and then it does not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.evaluation.certain import may_be_zero
from communitycheck.checking.evaluation.context import EvaluationContext
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.judge import group_contexts
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.expression import (
    GROUP_FUNCTIONS,
    Binary,
    Call,
    Name,
    Node,
    children,
    is_group,
    rules_in,
    walk,
)
from communitycheck.model.result import Outcome, Reason, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, among

# A sum and a count of nothing are 0; of nothing there is no mean, share or rank.
_OF_NOTHING = ("sum", "count")


class Applied(Struct, frozen=True):
    """What a rule came to, and for which of its subjects it is not known whether it applies.

    ``anywhere`` is what it comes to without its ``where``, if of some of them that is what is not known.
    """

    result: RuleResult
    may_not_apply: Bools
    anywhere: RuleResult | None = None


def judged(rule: Rule, run: StandardRun, result: RuleResult) -> Applied:
    anywhere = None
    if rule.where is not None and among(result.reason, Reason.SCOPE_UNKNOWN).any():
        free = run.judged(replace(rule, id=f"{rule.id}/anywhere", where=None))
        anywhere = free if free.checked and len(free) == len(result) else None
    return Applied(result, may_not_apply(rule, run, result), anywhere)


def may_not_apply(rule: Rule, run: StandardRun, result: RuleResult) -> Bools:
    """Subjects of ``result`` for which it is not known whether the indicator and the limit can be worked out at all.

    Where the records of a group are in question, everything that is not decided counts as such.
    """
    rule = run.folded(rule)
    open_ = np.zeros(len(result), bool)
    governed = run.governed.get(rule.applies_to)
    nodes = list(_asked(rule, run))
    undecided = ~among(result.outcome, Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE)
    if any(_may_be_of_nothing(one, rule) for node in nodes for one in _outer(node)):
        open_ |= undecided
    if governed is None:
        return open_
    divisions = [one.right for node in nodes for one in _outer(node) if isinstance(one, Binary) and one.op == "/"]
    contexts: list[EvaluationContext] = [governed.context()]
    if rule.by:
        contexts = [context for context, _ in group_contexts(rule, governed)]
    for context in contexts:
        if len(context) != len(result):
            open_ |= undecided
            continue
        if isinstance(context, GroupContext):
            open_ |= context.total(context.scope.yes) == 0
        for below in divisions:
            if rule.by or not is_group(below):
                open_ |= may_be_zero(below, context, np.ones(len(context), bool))
                divisor = number(below, context)
                # What is not known, over 0, may be 0 as well.
                open_ |= undecided & (divisor.lo == 0) & (divisor.hi == 0)
    for node in nodes:
        for other in rules_in(node):
            one = run.judged(run.rules[other])
            if one.checked and len(one) == len(result):
                open_ |= may_not_apply(run.rules[other], run, one)
    return open_ & ~among(result.outcome, Outcome.NOT_APPLICABLE)


def _asked(rule: Rule, run: StandardRun) -> Iterator[Node]:
    """What has to be worked out for the rule, with the formulas of derived fields."""
    nodes = [] if rule.indicator is None else [rule.indicator]
    if rule.threshold is not None:
        limit = rule.threshold.at(run.as_of)
        nodes += [node for node in (None if limit is None else limit.value, rule.threshold.upper) if node is not None]
    seen: set[str] = set()
    while nodes:
        node = nodes.pop()
        yield node
        for one in walk(node):
            if isinstance(one, Name) and one.name not in seen:
                seen.add(one.name)
                field = run.dictionary.fields.get(one.name)
                if field is not None and field.derived is not None:
                    nodes.append(field.derived)


def _outer(node: Node) -> Iterator[Node]:
    """The parts of an expression, but not what is worked out for each record of a group."""
    yield node
    if not (isinstance(node, Call) and node.function in GROUP_FUNCTIONS):
        for part in children(node):
            yield from _outer(part)


def _may_be_of_nothing(node: Node, rule: Rule) -> bool:
    """It runs over records that may come to nobody, where who they are is itself not known."""
    if not isinstance(node, Call) or node.function not in GROUP_FUNCTIONS or node.function in _OF_NOTHING:
        return False
    divides = any(isinstance(one, Binary) and one.op == "/" for one in walk(node))
    return divides or not rule.by or len(node.arguments) > 1
