"""Table x Standard -> RuleResults, by the column.

    governing/   which records a standard governs: where each belongs, which standards judge there
    evaluation/  the indicator: what names mean, expressions over columns, what is certain in spite of blanks
    groups/      indicators over the records of a region
    missed/      shortfalls, and what must be added to close them

``run`` leads through all standards, ``standard_run`` through the rules of one, ``judge`` through one rule.
"""

from communitycheck.checking.run import JoinedRecords, Judgement, join_records, judge_all, judge_joined

__all__ = ["JoinedRecords", "Judgement", "join_records", "judge_all", "judge_joined"]
