"""Records that are not judged because a return of a later period took their place, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.messages import catalogue
from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.model.subjects import Records
from communitycheck.model.table import Table
from communitycheck.model.text import Text

SEVERAL_PERIODS, NOT_REPORTED_AGAIN = "subjects-of-several-periods", "not-reported-again"
MORE_NOT_REPORTED = "more-not-reported-again"
PAST_NOTICES = (SEVERAL_PERIODS, NOT_REPORTED_AGAIN, MORE_NOT_REPORTED)
# How many subjects of one period that are not reported again get a notice each, and how many periods one names.
LIMIT = 20
_PERIODS = 3


class PastRecords(Struct, frozen=True, eq=False):
    """Records of one period, and the later period that took their place.

    Attributes:
        end, later_end: the last days of the two periods; ``period`` and ``later`` are their names.
        again: the later return reports their subjects again; else it is of their place and does not.
    """

    records: Records
    end: date
    later_end: date
    period: Text
    later: Text
    again: bool


def past_notices(past: Iterable[PastRecords]) -> list[Notice]:
    """One line for the records of each kind whose subjects are reported again, one for each subject that is not."""
    notices: list[Notice] = []
    again: dict[Table, list[PastRecords]] = {}
    for one in past:
        if one.again:
            again.setdefault(one.records.table, []).append(one)
        else:
            notices += _not_reported(one)
    return [*map(_reported_again, again.values()), *notices]


def wholly_past(past: Sequence[PastRecords], records: Iterable[Records]) -> set[str]:
    """The files of which no record is judged, because later returns took the place of all."""
    if not past:
        return set()
    left: Counter[str] = Counter()
    for sign, some in ((1, records), (-1, (one.records for one in past))):
        for one in some:
            sheets, sheet_of = one.table.sheets, one.table.sheet_of
            counts = np.bincount(sheet_of if one.index is None else sheet_of[one.index], minlength=len(sheets))
            for sheet, n in zip(sheets, counts.tolist(), strict=True):
                left[sheet.path] += sign * n
    return {path for path, n in left.items() if not n}


def _reported_again(some: list[PastRecords]) -> Notice:
    first = some[0].records.at(0, ())[0]
    assert first is not None
    periods = list(dict.fromkeys(one.period for one in sorted(some, key=lambda one: one.end)))
    values = {
        "count": sum(len(one.records) for one in some),
        "periods": _listed(periods),
        "later": max(some, key=lambda one: one.later_end).later,
    }
    return Notice(SEVERAL_PERIODS, Address(first.path, ""), values=values)


def _not_reported(one: PastRecords) -> Iterator[Notice]:
    records, values = one.records, {"period": one.period, "later": one.later}
    for i in range(min(len(records), LIMIT)):
        at, subject = records.at(i, ())[0], records.subject(i)
        if at is not None:
            yield Notice(NOT_REPORTED_AGAIN, at, subject.name, values)
    first = records.at(0, ())[0]
    if len(records) > LIMIT and first is not None:
        yield Notice(MORE_NOT_REPORTED, Address(first.path, ""), values={**values, "count": len(records) - LIMIT})


def _listed(periods: list[Text]) -> Text:
    first, *others = periods
    if len(periods) <= _PERIODS:
        return Text("、".join(one.zh for one in periods), ", ".join(one.en for one in periods))
    span = zip(catalogue()["period-span"], (first.zh, first.en), (others[-1].zh, others[-1].en), strict=True)
    return Text(*(text.format(first=one, last=other) for text, one, other in span))
