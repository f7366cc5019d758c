"""Which periods the returns are of, and what belongs to none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.earlier import EndAndLength, periods_of
from communitycheck.model.returns import PERIOD_NOT_TOLD, Return
from communitycheck.model.text import Text


class FoundPeriods(Struct, frozen=True):
    """The last day of each period, the earliest first, with its name, and how many records it has; how many records of
    which file state no period, and how many one that has not begun."""

    days: dict[date, Text]
    records: Counter[date]
    undated: dict[str, int]
    ahead: dict[str, int]


def find_periods(returns: Iterable[Return], today: date) -> FoundPeriods:
    """Periods stated by a title, a file name, a sheet or a column."""
    spans: set[EndAndLength] = set()
    undated, ahead, records = Counter[str](), Counter[str](), Counter[date]()
    for one in returns:
        undated[one.path] += sum(n.values["rows"] for n in one.notices if n.code == PERIOD_NOT_TOLD)
        for table in one.tables:
            periods = periods_of(table)
            counts = np.bincount(periods.of + 1, minlength=len(periods.all) + 1).tolist()
            undated[one.path] += counts[0]
            for span, n in zip(periods.all, counts[1:], strict=True):
                if n and span.last.year > today.year:
                    ahead[one.path] += n
                elif n:
                    spans.add(span)
                    records[span.last] += n
    longest = {span.last: span.words for span in sorted(spans, key=lambda one: one.months)}
    counts = ({path: n for path, n in some.items() if n} for some in (undated, ahead))
    return FoundPeriods(dict(sorted(longest.items())), records, *counts)
