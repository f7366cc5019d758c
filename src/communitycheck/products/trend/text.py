"""What ``trend`` found for people: on a terminal and as Markdown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.subjects import Subject
from communitycheck.planning.compare.pairs import KindPairs
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.planning.trend.pace import Bounds, TrendStatus
from communitycheck.planning.trend.period_run import PeriodRun
from communitycheck.planning.trend.series import IndicatorSeries
from communitycheck.printable import clip, one_line
from communitycheck.products.trend.found import FoundTrend
from communitycheck.products.trend.worse import worse_lines
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.gap_words import subjects_in_words
from communitycheck.reporting.summary import left_open_in_words
from communitycheck.reporting.words.numbers import PERCENT, amounts, count, together
from communitycheck.reporting.words.sentences import Wording, is_share

LISTED = 10  # lines of a list before the rest is counted
PERIODS = 4  # columns of periods: the first and the latest
EACH = 3  # of one rule
ROWS = 40  # of one level of regions
NAME = 30
_TONES = {
    TrendStatus.MET: "good",
    TrendStatus.ON_TRACK: "good",
    TrendStatus.SPEED_UP: "doubt",
    TrendStatus.TOO_SLOW: "bad",
    TrendStatus.GOING_BACK: "bad",
    TrendStatus.DUE_PAST: "bad",
}


def trend_blocks(found: FoundTrend, wording: Wording, *, details: bool) -> list[Block]:
    """The pages from the top; ``details`` lists all periods and everybody."""
    drawn = _Trend(found, wording, details=details)
    present = dict.fromkeys(one.subject.entity for one in found.trends.series)
    levels = [*(one for one in REGION_LEVELS if one in present), *(one for one in present if one not in REGION_LEVELS)]
    blocks = [drawn.head(), *map(drawn.level, levels), drawn.worse(), drawn.matched(), drawn.alone()]
    return [block for block in blocks if block is not None]


def status_word(status: TrendStatus, wording: Wording) -> str:
    return wording.say("trend-status-" + status.word.replace("_", "-"))


class _Trend:
    def __init__(self, found: FoundTrend, wording: Wording, *, details: bool) -> None:
        self.found, self.wording, self.say, self.details = found, wording, wording.say, details
        self.most = None if details else LISTED
        self.names = [one.words.in_lang(wording.lang) for one in found.trends.runs]

    def head(self) -> Block:
        say, found = self.say, self.found
        block = Block("trend", say("trend-title"))
        statuses = Counter(one.pace.status for one in found.trends.series)
        told = (
            say("trend-status-count", status=status_word(one, self.wording), n=count(statuses[one]))
            for one in TrendStatus
            if statuses[one]
        )
        block.pairs = [
            (say("trend-periods"), self.wording.listed(self.names)),
            (say("trend-day"), found.day.isoformat()),
            (say("trend-standards"), self.wording.listed(one.id for one in found.report.standards)),
            (say("trend-statuses"), self.wording.listed(told) or say("trend-none")),
        ]
        block.lines = list(self._remarks())
        return block

    def _remarks(self) -> Iterator[str]:
        say, found = self.say, self.found
        if not found.trends.comparable:
            yield say("trend-not-comparable")
        if not found.trends.compared:
            yield say("trend-not-compared")
        for path, why in found.years_in_question.items():
            yield say("trend-years-in-question", path=one_line(path), why=why.in_lang(self.wording.lang))
        for code, some in (("trend-undated", found.undated), ("trend-ahead", found.ahead)):
            for path, n in some.items():
                if code != "trend-undated" or path not in found.years_in_question:
                    yield say(code, path=one_line(path), n=count(n))
        yield from left_open_in_words(found.report, self.wording, found.left_open)
        if untargeted := found.trends.untargeted:
            named = self.wording.listed(self.wording.rule_key(one) for one in untargeted)
            yield say("trend-untargeted", rules=named)
        if any(one.pace.a_year for one in found.trends.series):
            yield say("trend-how")

    # indicators

    def level(self, level: str) -> Block:
        say = self.say
        series = [one for one in self.found.trends.series if one.subject.entity == level]
        regions = dict.fromkeys((one.subject.region, one.subject.name) for one in series)
        shown = self._shown_periods()
        only = self.wording.name(series[0].subject) if len(regions) == 1 else self.wording.entity(level)
        dues = {one.due for one in series}
        (due,) = dues if len(dues) == 1 else (None,)
        title = say("trend-heading", level=only, due=due.isoformat() if due else "")
        block = Block("trend-level", title, columns=[
            TableColumn(say("column-rule"), wrap=True, least=14),
            TableColumn(say("column-region"), named=True, wrap=True, least=6),
            TableColumn(say("trend-column-target"), right=True, wrap=True, least=7),
            TableColumn(say("column-due"), named=True, least=10),
            *(TableColumn(self.names[number], right=True, wrap=True, least=6) for number in shown),
            TableColumn(say("trend-column-pace"), right=True, wrap=True, least=7),
            TableColumn(say("trend-column-needed"), right=True, spare=True, named=True),
            TableColumn(say("trend-column-projected"), right=True, spare=True, named=True),
            TableColumn(say("trend-column-more"), right=True, spare=True, named=True),
            TableColumn(say("trend-column-status"), wrap=True, least=8),
        ])  # fmt: skip
        left = [] if self.details else series[ROWS:]
        if left:  # those who will not be in time first
            series = sorted(series, key=lambda one: _TONES.get(one.pace.status) != "bad")[:ROWS]
            block.more = say("compare-more", n=count(len(left)))
        for one in series:
            row = self._row(one, shown, region=len(regions) > 1, due=len(dues) > 1)
            block.add_row(*row, tone=_TONES.get(one.pace.status, ""))
        block.lines = list(self._about(series))
        return block.without_blanks()

    def _shown_periods(self) -> list[int]:
        every = list(range(len(self.names)))
        return every if self.details or len(every) <= PERIODS else [0, *every[1 - PERIODS :]]

    def _row(self, one: IndicatorSeries, shown: Sequence[int], *, region: bool, due: bool) -> tuple[str, ...]:
        pace, unit = one.pace, one.rule.unit
        status = status_word(pace.status, self.wording)
        if not self.found.trends.comparable:
            status += self.say("brackets", text=self.say("compare-not-comparable"))
        return (
            f"{self.wording.rule_key(one.rule)} {self.wording.rule_title(one.rule)}",
            clip(self.wording.name(one.subject), NAME) if region else "",
            self._target(one),
            one.due.isoformat() if due and one.due else "",
            *self._points(one, shown),
            self._change(pace.a_year, unit),
            self._change(pace.needed if pace.status is not TrendStatus.MET else None, unit),
            self._figure(pace.projected if pace.status is not TrendStatus.MET else None, unit),
            self._more(one),
            status,
        )

    def _more(self, one: IndicatorSeries) -> str:
        if math.isnan(one.more):
            return ""
        if is_share(one.rule):
            return subjects_in_words(together([one.more])[0], one.rule.applies_to, self.wording)
        return amounts([one.more], one.more_unit, self.wording.lang)[0]

    def _target(self, one: IndicatorSeries) -> str:
        if math.isnan(one.target):
            return ""
        return one.comparison.prefix + amounts([one.target], one.rule.unit, self.wording.lang)[0]

    def _points(self, one: IndicatorSeries, shown: Sequence[int]) -> list[str]:
        by_period = {point.period: point for point in one.points}
        texts = []
        for number in shown:
            point = by_period.get(number)
            text = "" if point is None else self._figure(point.value, one.rule.unit)
            texts.append(
                text if not text or point is None or point.comparable else self.say("trend-old-rule", value=text)
            )
        return texts

    def _figure(self, value: Bounds | None, unit: str) -> str:
        if value is None or not value.known:
            return ""
        (text,) = self.wording.known_as([(value.low, value.high)], unit)
        return text

    def _change(self, value: Bounds | None, unit: str) -> str:
        if value is None or not value.known:
            return ""
        ends = [self._signed(end, unit) for end in (value if value.low != value.high else value[:1])]
        if len(ends) > 1:
            return self.wording.range(*ends)
        return ends[0]

    def _signed(self, value: float, unit: str) -> str:
        if math.isinf(value):
            return ""
        sign = "+" if value > 0 else ""
        if unit == PERCENT:
            return self.say("trend-points", n=sign + together([100 * value])[0])
        return sign + amounts([value], unit, self.wording.lang)[0]

    def _about(self, series: Sequence[IndicatorSeries]) -> Iterator[str]:
        if any(one.broken for one in series):
            yield self.say("trend-broken")
        runs, late = self.found.trends.runs, []
        for one in series:
            told = {"rule": self.wording.rule_key(one.rule), "region": self.wording.name(one.subject)}
            start, latest = one.pace.start, one.pace.latest
            if start and not one.broken and start.day > runs[0].day and one.pace.a_year:
                late.append(self.say("trend-late-start", **told, period=self._name_of(start.day)))
            if latest and latest.day < runs[-1].day:
                late.append(self.say("trend-early-end", **told, period=self._name_of(latest.day)))
        yield from islice(late, self.most)
        if self.most is not None and len(late) > self.most:
            yield self.say("compare-more", n=count(len(late) - self.most))

    def _name_of(self, day: object) -> str:
        return next(name for one, name in zip(self.found.trends.runs, self.names, strict=True) if one.day == day)

    # who got worse, who was found again

    def worse(self) -> Block | None:
        say, trends = self.say, self.found.trends
        total = sum(len(one.places) for one in trends.worse)
        if not total:
            return None
        block = Block("trend-worse", self._counted("trend-heading-worse", total), columns=[
            TableColumn(say("column-rule"), wrap=True, least=8),
            TableColumn(say("column-name"), wrap=True, least=10),
            TableColumn(say("column-region"), spare=True),
            TableColumn(self.names[-2], right=True, wrap=True, least=8),
            TableColumn(self.names[-1], right=True, wrap=True, least=8),
        ])  # fmt: skip
        for one in islice(worse_lines(trends, None if self.details else EACH), self.most):
            name = clip(self.wording.name(one.subject), NAME)
            if one.was is not None and one.was.name != one.subject.name:
                name = say("compare-was", name=name, was=clip(self.wording.name(one.was), NAME))
            figures = (self._truth_or_figure(value, one.rule.truth, one.rule.unit) for value in (one.before, one.after))
            block.add_row(one.rule.key.rule, name, self.wording.region(one.subject), *figures, tone="bad")
        return self._closed(block, total)

    def _truth_or_figure(self, value: Bounds, truth: bool, unit: str) -> str:
        if truth:
            return self.wording.truth(bool(value.low)) if value.low == value.high else ""
        return self._figure(value, unit)

    def matched(self) -> Block | None:
        say = self.say
        block = Block("trend-matched", say("trend-heading-matched"), columns=[
            TableColumn(say("trend-column-period"), wrap=True, least=6),
            TableColumn(say("column-entity"), wrap=True, least=6),
            TableColumn(say("compare-column-before"), right=True),
            TableColumn(say("compare-column-after"), right=True),
            *(TableColumn(say(f"compare-by-{rung.word}"), right=True, named=True) for rung in Rung if rung.value),
            TableColumn(say("compare-column-merged"), right=True, named=True, wrap=True, least=6),
            TableColumn(say("compare-column-gone"), right=True, named=True),
            TableColumn(say("compare-column-come"), right=True, named=True),
        ])  # fmt: skip
        for run, pairs in self._records():
            block.add_row(
                run.words.in_lang(self.wording.lang), self.wording.entity(pairs.kind.entity),
                count(len(pairs.before)), count(len(pairs.after)),
                *(_some(pairs.count(rung)) for rung in Rung if rung.value), _some(int(pairs.parts.sum())),
                _some(int(pairs.gone.sum())), _some(int(pairs.come.sum())),
                tone="" if pairs.comparable else "doubt",
            )  # fmt: skip
        block.lines = [say(f"renames-unused-{one.why}", line=one.rename.line) for one in self.found.trends.unused]
        for run, pairs in self._records():
            questions = pairs.matched.questions[: self.most]
            here, there = (
                np.array(rows, np.int32) for rows in ([q.here for q in questions], [q.there for q in questions])
            )
            for question, (was, now) in zip(questions, pairs.sides(here, there), strict=True):
                why = say("compare-doubt-" + question.why.word.replace("_", "-"))
                values = {"was": self._who(was), "now": self._who(now), "why": why}
                block.lines.append(say("trend-question", period=run.words.in_lang(self.wording.lang), **values))
        return block.without_blanks() if block.rows or block.lines else None

    def _records(self) -> list[tuple[PeriodRun, KindPairs]]:
        """Each earlier period and each kind of single subject in it."""
        runs = self.found.trends.runs
        return [(run, pairs) for run in runs for pairs in run.pairs.values() if not pairs.kind.group]

    def alone(self) -> Block | None:
        say = self.say
        block = Block("trend-alone", "", columns=[
            TableColumn(say("column-name"), wrap=True, least=12),
            TableColumn(say("trend-column-period"), wrap=True, least=14),
        ])  # fmt: skip
        total, latest = 0, self.names[-1] if self.names else ""
        for run, pairs in self._records():
            for code, table, mask in (
                ("trend-gone", pairs.before, pairs.gone),
                ("trend-come", pairs.after, pairs.come),
            ):
                rows = np.flatnonzero(mask).astype(np.int32)
                some = rows if self.most is None else rows[: max(self.most - total, 0)]
                total += len(rows)
                for subject in subjects_at(table, some):
                    period = run.words.in_lang(self.wording.lang)
                    block.add_row(self._who(subject), say(code, period=period, latest=latest))
        block.title = self._counted("trend-heading-alone", total)
        return self._closed(block, total) if total else None

    def _who(self, subject: Subject) -> str:
        place = "/".join(one_line(name) for name in subject.region[-2:])
        name = clip(self.wording.name(subject), NAME)
        return self.say("compare-who", name=name, region=place, own_code=one_line(subject.code))

    def _counted(self, code: str, n: int) -> str:
        return self.say("compare-counted", title=self.say(code), n=count(n))

    def _closed(self, block: Block, total: int) -> Block:
        if total > len(block.rows):
            block.more = self.say("compare-more", n=count(total - len(block.rows)))
        return block.without_blanks()


def _some(n: int) -> str:
    return count(n) if n else ""
