"""What the records of a run need, found from its results."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.table import among
from communitycheck.planning.again import judge_again
from communitycheck.planning.groups import group_needs
from communitycheck.planning.joint import joint_needs
from communitycheck.planning.needs import Needs, RuleNeed, Unclosed, WaivedNeed
from communitycheck.planning.of_rule import lever_of, need_of_rule
from communitycheck.planning.waived_needs import groups_without_waived, waivers_in, without_waived


def find_needs(report: Report, runs: Sequence[StandardRun], *, advisory: bool = False, again: bool = True) -> Needs:
    """What closes the fails of the report, judged again with all of it in place.

    Args:
        runs: what its results were judged by.
        advisory: also of rules that advise.
        again: whether it is judged again, which sums alone do without.
    """
    by_id = {run.standard.id: run for run in runs}
    found, single, every = Needs(), list[tuple[StandardRun, RuleNeed]](), list[RuleNeed]()
    groups: list[tuple[StandardRun, RuleResult]] = []
    for result in report.results:
        run = by_id[result.rule.standard]
        if not result.checked or result.rule.manual is not None or not len(result):
            continue
        if result.rule.severity == "advisory" and not advisory:
            found.advisory += len(result.missed) > 0
        elif result.is_group:
            groups.append((run, result))
        elif (need := need_of_rule(result, run)) is not None:
            every.append(need)
            left, apart = without_waived(need, result, lever_of(result.rule, run))
            found.waived += apart
            single += [(run, left)] if len(left.rows) else []
        else:
            apart = [WaivedNeed(result, i, waiver) for i, waiver in waivers_in(result).items()]
            found.waived += apart
            fails = int(np.count_nonzero(among(result.outcome, Outcome.FAIL, Outcome.NOT_DUE))) - len(apart)
            if fails:
                found.unclosed.append(Unclosed(result, fails))
    found.levers = joint_needs(single)
    of_rule: dict[tuple[str, str], list[RuleNeed]] = {}
    for one in every:  # a share counts who is waived as they are
        of_rule.setdefault((one.rule.standard, one.rule.id), []).append(one)
    for run, result in groups:
        needs, apart = groups_without_waived(list(group_needs(result, run, of_rule)), result)
        found.groups += needs
        found.waived += apart
        told = {need.i for need in needs} | {waived.i for waived in apart}
        if rest := sum(int(i) not in told for i in result.missed):
            found.unclosed.append(Unclosed(result, rest))
    if found.levers and again:
        found.after = judge_again(runs, found.levers)
    return found
