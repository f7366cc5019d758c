"""Table x Standard -> RuleResults: expressions over columns, comparison, aggregates."""

from communitycheck.checking.run import Findings, judge_all

__all__ = ["Findings", "judge_all"]
