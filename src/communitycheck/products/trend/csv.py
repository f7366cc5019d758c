"""The series as CSV, one row for each figure; what is said of a whole series stands in each of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.planning.trend.pace import Bounds
from communitycheck.products.trend.found import FoundTrend
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.words.numbers import plain
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "column-standard",
    "column-rule",
    "column-title",
    "column-level",
    "column-region",
    "column-name",
    "column-unit",
    "column-comparison",
    "trend-column-target",
    "column-due",
    "trend-column-period",
    "trend-column-value-low",
    "trend-column-value-high",
    "column-numerator",
    "column-denominator",
    "column-outcome",
    "trend-column-comparable",
    "trend-column-status",
    "trend-column-pace-low",
    "trend-column-pace-high",
    "trend-column-needed-low",
    "trend-column-needed-high",
    "trend-column-projected-low",
    "trend-column-projected-high",
    "trend-column-ratio-low",
    "trend-column-ratio-high",
    "trend-column-more",
)


def trend_csv(found: FoundTrend, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    say = wording.say
    yield record([say(code) for code in COLUMNS])
    for one in found.trends.series:
        rule, pace, subject = one.rule, one.pace, one.subject
        head = [
            rule.standard, rule.id, wording.rule_title(rule), subject.entity, wording.region(subject), subject.name,
            rule.unit, one.comparison.key, plain(one.target), one.due.isoformat() if one.due else "",
        ]  # fmt: skip
        tail = [pace.status.word]
        for value in (pace.a_year, pace.needed, pace.projected, pace.ratio):
            tail += _ends(value)
        tail.append(plain(one.more))
        for point in one.points:
            figures = [
                found.trends.runs[point.period].day.isoformat(), *_ends(point.value), plain(point.part.low),
                plain(point.whole), point.outcome.word, "1" if point.comparable else "0",
            ]  # fmt: skip
            yield record([cell(text) for text in (*head, *figures, *tail)])


def _ends(value: Bounds | None) -> list[str]:
    return ["", ""] if value is None else [plain(value.low), plain(value.high)]
