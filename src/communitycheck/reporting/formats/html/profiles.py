"""A rule's profile: how its values lie about the limit, how its regions do, and which subjects are furthest off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import among
from communitycheck.printable import one_line
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.totals.area_numbers import AreaNumbers
from communitycheck.reporting.totals.distribution import Distribution, distribution
from communitycheck.reporting.totals.gaps import Gap
from communitycheck.reporting.words.numbers import PERCENT, amount, count, rate
from communitycheck.reporting.words.sentences import Wording

RULES = 60  # rules that get a profile
AREAS, WORST = 24, 3
FEW = 8  # regions that stand in one column
TALL, WIDE = 24, 4  # units of a bin in the drawing

Values = dict[str, object]


def profiles(report: Report, found: list[Gap], wording: Wording) -> Iterator[Values]:
    """The rules that single subjects fail, the largest gap first."""
    numbers = AreaNumbers(report)
    place = {result: k for k, result in enumerate(report.results)}
    for gap in found[:RULES]:
        result = gap.tally.result
        how = rule_rate(gap.tally, wording)
        short, unit = gap.tally.to_mend
        yield {
            "number": place[result],
            "id": wording.rule_id(result.rule),
            "title": wording.rule_title(result.rule),
            "clause": one_line(result.rule.clause),
            "severity": wording.severity(result.rule.severity),
            "threshold": wording.threshold(result.rule),
            "fraction": how.fraction,
            "rate": how.rate,
            "failed": gap.tally.failed,
            "mend": wording.missing(short, unit) if short else "",
            "drawing": _drawing(distribution(result)),
            "caption": _caption(distribution(result), result, wording),
            **_areas(result, numbers, wording),
            "worst": [_subject(result, i, wording) for i in result.worst(WORST)],
        }


def _drawing(one: Distribution | None) -> Values:
    """Paths of the bars, and where the limit stands; empty where nothing is drawn."""
    if one is None:
        return {}
    tallest = max(p + f for p, f in zip(one.passed, one.failed, strict=True))
    scale = TALL / tallest
    passed, failed = [], []
    for k, (p, f) in enumerate(zip(one.passed, one.failed, strict=True)):
        low, high = _height(f, scale), _height(p, scale)
        x = k * WIDE
        if f:
            failed.append(f"M{x} {TALL}v-{low}h{WIDE - 1}v{low}z")
        if p:
            passed.append(f"M{x} {TALL - low}v-{min(high, TALL - low)}h{WIDE - 1}v{min(high, TALL - low)}z")
    width = len(one.passed) * WIDE
    at = (one.limit - one.low) / (one.high - one.low) * width
    return {"width": width, "tall": TALL, "passed": "".join(passed), "failed": "".join(failed), "limit": f"{at:g}"}


def _height(n: int, scale: float) -> int:
    """At least one unit, so that a single subject is seen."""
    return max(1, round(n * scale)) if n else 0


def _caption(one: Distribution | None, result: RuleResult, wording: Wording) -> Values:
    if one is None:
        return {}
    unit = PERCENT if one.relative else result.rule.unit
    ends = (one.limit, one.median, one.least, one.most)
    limit, middle, low, high = (amount(x, unit, wording.lang) for x in ends)
    say = wording.say
    return {
        "low": ("≤ " if one.below else "") + low,
        "high": ("≥ " if one.above else "") + high,
        "text": say(
            "html-distribution-relative" if one.relative else "html-distribution",
            n=count(one.n),
            limit=limit,
            median=middle,
        ),
    }


def _areas(result: RuleResult, numbers: AreaNumbers, wording: Wording) -> Values:
    """Regions by name, their rates in words and as a width of a hundred, and fails: the lowest rate first. Of ``many``
    only the first are drawn, and ``rest`` says how many are not."""
    records = result.subjects
    if not numbers.level or not isinstance(records, Records):
        return {"areas": [], "many": False, "rest": ""}
    of = numbers.of(records)
    passed, failed = (
        np.bincount(of[among(result.outcome, outcome)], minlength=numbers.n + 1)[: numbers.n]
        for outcome in (Outcome.PASS, Outcome.FAIL)
    )
    judged = passed + failed
    known = [k for k in np.flatnonzero(judged).tolist() if numbers.paths[k]]
    known.sort(key=lambda k: (passed[k] / judged[k], -failed[k]))
    drawn = known[:AREAS] if len(known) > 1 else []
    rest = known[len(drawn) :] if drawn else []
    met = sum(not failed[k] for k in rest)
    areas = [
        (
            one_line(str(numbers.paths[k][-1])),
            rate(int(passed[k]), int(judged[k])) or "",
            f"{100 * passed[k] / judged[k]:.0f}",
            int(failed[k]),
        )
        for k in drawn
    ]
    more = wording.say("html-areas-more", n=count(len(rest)), met=count(met)) if rest else ""
    return {"areas": areas, "many": len(drawn) > FEW, "rest": more}


def _subject(result: RuleResult, i: int, wording: Wording) -> Values:
    verdict = result.verdict(i)
    figures = wording.figures(verdict, result.add_unit)
    return {
        "name": wording.name(verdict.subject),
        "region": wording.region(verdict.subject),
        "observed": figures.observed,
        "missing": figures.missing,
    }
