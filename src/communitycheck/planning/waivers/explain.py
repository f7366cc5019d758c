"""The fails that returns explain themselves, of the rules that take an explanation."""

from __future__ import annotations

import numpy as np

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import among
from communitycheck.model.waiver import OwnExplanation
from communitycheck.planning.waivers.says_why import says_why

FIELD = "explanation"


def explain(report: Report) -> None:
    """Mark the fails that have words in their return's column of explanations, where their rule takes them.

    Only rules that are expected do, and never for want of data: what could not be judged stays so.
    """
    for result in report.results:
        if takes(result):
            _explain(result)


def takes(result: RuleResult) -> bool:
    """Whether an explanation counts for it: a class of subjects of which the rule is mandatory has none."""
    return result.rule.explainable and result.rule.severity == "expected" and isinstance(result.subjects, Records)


def _explain(result: RuleResult) -> None:
    assert isinstance(result.subjects, Records)
    records, column = result.subjects, result.subjects.table.columns.get(FIELD)
    if column is None or column.text is None:
        return
    fails = np.flatnonzero(among(result.outcome, Outcome.FAIL)).astype(np.int32)
    texts = column.text.take(records.rows(fails)).to_pylist()
    told = [(i, text) for i, text in zip(fails.tolist(), texts, strict=True) if text and says_why(text)]
    for i, text in told:
        if i not in result.waived:
            at, cells = records.at(i, (FIELD,))
            result.waived[i] = OwnExplanation(text, at, cells[0] if cells else "")
