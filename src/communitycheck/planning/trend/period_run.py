"""What was judged of one period, and how its subjects are found again in the latest one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.repeated.same_subject import same_subjects
from communitycheck.model.report import Report
from communitycheck.model.text import Text
from communitycheck.planning.compare.of_report import side_of
from communitycheck.planning.compare.pairs import KindPairs, pair_subjects
from communitycheck.planning.compare.renames import Rename, Unused
from communitycheck.planning.compare.side import RunSide, SubjectKind
from communitycheck.planning.compare.subjects import of_records


class PeriodRun(Struct, eq=False):
    """The records of one period, judged.

    Attributes:
        day: the last of the period; ``words`` is its name.
        pairs: by kind, who of this period is who in the latest; empty for the latest itself.
    """

    day: date
    words: Text
    report: Report
    side: RunSide
    pairs: dict[SubjectKind, KindPairs] = field(default_factory=dict)


def run_of(report: Report, day: date, words: Text) -> PeriodRun:
    """A period of which ``report`` tells."""
    side = side_of(report, words.en)
    side.day = day
    for kind in list(side.subjects):
        if not kind.group:
            _once(side, kind, report)
    return PeriodRun(day, words, report, side)


def _once(side: RunSide, kind: SubjectKind, report: Report) -> None:
    """A subject that several returns of the period list stands once among its subjects."""
    judged = [one for some in report.governed.values() for one in some if one.table.entity == kind.entity]
    if not judged or any(one.table.row_of is not judged[0].table.row_of for one in judged):
        return
    source, subjects = judged[0].table, side.subjects[kind]
    rows = np.unique(np.concatenate([one.rows(np.arange(len(one), dtype=np.int32)) for one in judged]))
    found = same_subjects(source, rows.astype(np.int32)) if len(rows) == len(subjects) else None
    if found is None or not len(found.same):
        return
    counts = np.ones(len(rows), bool)
    counts[found.same] = False
    number = (np.cumsum(counts) - 1).astype(np.int32)
    number[found.same] = number[found.kept]
    side.subjects[kind] = of_records(subjects, np.flatnonzero(counts).astype(np.int32))
    side.places.pop(kind, None)  # one of several places
    for one in side.verdicts.values():
        if one.kind == kind:
            one.rows = number[one.rows]


def pair_with_latest(runs: Sequence[PeriodRun], renames: Sequence[Rename]) -> list[Unused]:
    """Find the subjects of each earlier period in the latest one; returns the renames that fit nobody at all."""
    unfit: list[list[Unused]] = []
    for run in runs[:-1]:
        later = [one for one in renames if one.since > run.day]
        run.pairs, unused = pair_subjects(run.side, runs[-1].side, later)
        told = {one.rename.line for one in unused}
        unfit.append(
            unused + [Unused(one, "before-none") for one in renames if one not in later and one.line not in told]
        )
    if not unfit:
        return []
    lines = [{one.rename.line for one in some} for some in unfit]
    return [one for one in unfit[-1] if all(one.rename.line in some for some in lines)]
