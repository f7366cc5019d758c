"""What was found: all that the formats of ``trend`` draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.planning.trend.find_trends import Trends


@dataclass(frozen=True, slots=True)
class FoundTrend:
    """The trends, and the report on the latest period, whose standards and words they have.

    Attributes:
        day: the day by whose rules all periods were judged.
        undated, ahead: by file how many records state no period, or one that has not begun.
    """

    trends: Trends
    report: Report
    day: date
    undated: Mapping[str, int]
    ahead: Mapping[str, int]

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread

    @property
    def exit_code(self) -> int:
        """0; 2 where returns could not be read; 3 where the periods are not comparable."""
        return 2 if self.unread else 0 if self.trends.comparable else 3
