"""What ``trend`` found as JSON, schema ``communitycheck-trend/1`` (``trend-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.planning.compare.pairs import UNMATCHED_BAR, KindPairs
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.planning.trend.pace import Bounds, DatedFigure
from communitycheck.planning.trend.period_run import PeriodRun
from communitycheck.planning.trend.series import IndicatorSeries
from communitycheck.products.pairs_json import kind_object, question_objects, renamed_objects, several_objects
from communitycheck.products.trend.found import FoundTrend
from communitycheck.products.trend.worse import WorseLine, worse_lines
from communitycheck.reporting.json_objects import Object, array, line, subject_object
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording
from communitycheck.version import __version__

SCHEMA = "communitycheck-trend/1"


def trend_json(found: FoundTrend, wording: Wording) -> Iterator[str]:
    """Periods, series, who got worse, and who was found again."""
    trends = found.trends
    run = {
        "version": __version__,
        "lang": wording.lang,
        "as_of": found.day.isoformat(),
        "standards": [one.id for one in found.report.standards],
        "unmatched_bar": UNMATCHED_BAR,
        "comparable": trends.comparable,
        "unread": len(found.unread),
        "records_without_period": dict(found.undated),
        "records_of_periods_to_come": dict(found.ahead),
        "incomplete": {cause.replace("-", "_"): n for cause, n in found.left_open.items()},
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("periods", (_period(one, wording) for one in trends.runs))
    yield from array("series", (_series(one, found, wording) for one in trends.series))
    yield from array("without_target", ({"rule": one.id, "standard": one.standard} for one in trends.untargeted))
    yield from array("worse", (_worse(one) for one in worse_lines(trends)))
    yield from array("unmatched", (one for run in trends.runs for one in _alone(run)))
    for key, objects in (
        ("renamed", renamed_objects),
        ("questions", question_objects),
        ("several", several_objects),
    ):
        told = (
            {"period": run.day.isoformat(), **one} for run in trends.runs for p in _kinds(run) for one in objects(p)
        )
        yield from array(key, told)
    yield from array(
        "renames_not_used",
        ({"line": one.rename.line, "why": one.why.replace("-", "_")} for one in trends.unused),
        last=True,
    )
    yield "}\n"


def _kinds(run: PeriodRun) -> list[KindPairs]:
    return list(run.pairs.values())


def _period(run: PeriodRun, wording: Wording) -> Object:
    subjects = sum(len(table) for kind, table in run.side.subjects.items() if not kind.group)
    return {
        "day": run.day.isoformat(),
        "name": run.words.in_lang(wording.lang),
        "subjects": subjects,
        "found_again": [kind_object(pairs) for pairs in _kinds(run)],
    }


def _series(one: IndicatorSeries, found: FoundTrend, wording: Wording) -> Object:
    rule, pace = one.rule, one.pace
    return {
        "rule": rule.id,
        "standard": rule.standard,
        "title": wording.rule_title(rule),
        "subject": subject_object(one.subject),
        "unit": rule.unit,
        "comparison": one.comparison.key,
        "target": clean(one.target),
        "due": one.due.isoformat() if one.due else None,
        "points": [
            {
                "day": found.trends.runs[point.period].day.isoformat(),
                "value": _ends(point.value),
                "numerator": _ends(point.part),
                "denominator": clean(point.whole),
                "outcome": point.outcome.word,
                "comparable": point.comparable,
            }
            for point in one.points
        ],
        "status": pace.status.word,
        "from": _day(pace.start),
        "to": _day(pace.latest),
        "distance": _ends(pace.distance),
        "pace": _ends(pace.a_year),
        "needed_pace": _ends(pace.needed),
        "projected": _ends(pace.projected),
        "ratio": _ends(pace.ratio),
        "missing": clean(one.more),
        "missing_unit": one.more_unit,
    }


def _ends(value: Bounds | None) -> list[float | None] | None:
    return None if value is None else [clean(value.low), clean(value.high)]


def _day(one: DatedFigure | None) -> str | None:
    return None if one is None else one.day.isoformat()


def _worse(one: WorseLine) -> Object:
    return {
        "rule": one.rule.key.rule,
        "standard": one.rule.key.standard,
        "subject": subject_object(one.subject),
        "was": None if one.was is None else subject_object(one.was),
        "before": _ends(one.before),
        "after": _ends(one.after),
        "unit": one.rule.unit,
    }


def _alone(run: PeriodRun) -> Iterator[Object]:
    for pairs in _kinds(run):
        for side, table, mask in (("gone", pairs.before, pairs.gone), ("come", pairs.after, pairs.come)):
            for subject in subjects_at(table, np.flatnonzero(mask).astype(np.int32)):
                yield {
                    "period": run.day.isoformat(),
                    "what": side,
                    "group": pairs.kind.group,
                    "subject": subject_object(subject),
                }
