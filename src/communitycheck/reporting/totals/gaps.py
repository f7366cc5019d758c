"""What it takes to close the fails of each rule, and where most of it is missing: the largest gap first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from communitycheck.model.report import Report
from communitycheck.model.result import Records
from communitycheck.model.units import amount_in
from communitycheck.reporting.totals.area_numbers import AreaNumbers
from communitycheck.reporting.totals.rules import RuleTally, amounts_to_mend, failed_of, is_listed, tally

# What has to be built weighs more than what has to be bought, that more than who has to be hired, and that more than
# what has to be arranged. Amounts of two kinds cannot be compared, so the kind comes first.
_COSTLIEST = ("area", "money", "persons", "households", "items")


class Gap(Struct, frozen=True):
    """The fails of one rule on single subjects.

    ``area`` is the path of the region, or of the subject where each is an area of its own, that is short of most:
    of ``area_amount`` in the tally's unit, None where amounts do not add up, in ``area_fails`` fails.
    """

    tally: RuleTally
    area: tuple[str, ...]
    area_fails: int
    area_amount: float | None

    @property
    def rank(self) -> tuple[bool, int, float, int]:
        """Less is worse: binding rules first, then by kind and amount of what is missing, then by how many fail."""
        amount, unit = self.tally.to_mend
        counted = amount_in(unit) if amount else None
        kind = len(_COSTLIEST) if counted is None else _COSTLIEST.index(counted[0])
        advisory = self.tally.result.rule.severity == "advisory"
        return advisory, kind, -(amount or 0.0) * counted[1] if counted is not None else 0.0, -self.tally.failed


def gaps(report: Report) -> list[Gap]:
    """Every rule that single subjects fail, the largest gap first."""
    return sorted(_gaps(report), key=lambda gap: gap.rank)


def _gaps(report: Report) -> Iterator[Gap]:
    numbers = AreaNumbers(report)
    for result in report.results:
        records = result.subjects
        if not is_listed(result) or not isinstance(records, Records):
            continue
        one = tally(result, report.dictionary)
        if not one.failed:
            continue
        failed = failed_of(result)
        areas = numbers.of(records)[result.missed[failed]]
        counts = None if result.stands_for is None else result.stands_for[result.missed[failed]]
        fails = np.bincount(areas, weights=counts, minlength=numbers.n + 1)
        sums, _ = amounts_to_mend(result, report.dictionary)
        short = None
        if sums is not None and one.to_mend[0]:
            missing = np.nan_to_num(result.times(sums)[failed], nan=0.0)
            short = np.bincount(areas, weights=missing, minlength=numbers.n + 1)
        k = int((fails if short is None else short).argmax())
        area = numbers.path(k) if k < numbers.n else ()  # the last number is of records in no area
        yield Gap(one, area, int(fails[k]), None if short is None else float(short[k]))
