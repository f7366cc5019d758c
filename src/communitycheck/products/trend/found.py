"""What was found: all that the formats of ``trend`` draw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.messages import LANGS, say
from communitycheck.model.report import Report
from communitycheck.model.returns import YEARS_IN_QUESTION, Notice
from communitycheck.model.text import Text
from communitycheck.planning.trend.find_trends import Trends


class FoundTrend(Struct, frozen=True):
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
    def years_in_question(self) -> dict[str, Text]:
        """By file what keeps columns of several years from being read as periods."""
        return {one.at.path: in_words(one) for one in self.report.notices if one.code in YEARS_IN_QUESTION}

    @property
    def left_open(self) -> dict[str, int]:
        """What was not read, placed or asked. Who is not in the latest period is told with those without a partner."""
        return {cause: n for cause, n in self.report.left_open().items() if cause != "not-reported-again"}

    @property
    def exit_code(self) -> int:
        """0; 2 where returns could not be read; 3 where the periods are not comparable, nothing of two of them could be
        held against each other, or records or columns are of a period that nobody knows, or
        something else was not read, placed or asked."""
        if self.unread:
            return 2
        told = self.trends.comparable and self.trends.compared
        return 0 if told and not self.undated and not self.left_open else 3


def in_words(notice: Notice) -> Text:
    """What a notice says."""
    return Text(*(say(notice.code, lang, text=notice.text, **notice.values) for lang in LANGS))
