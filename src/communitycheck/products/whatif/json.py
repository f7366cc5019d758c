"""What a reform changes as JSON, schema ``communitycheck-whatif/1`` (``whatif-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.result import Outcome
from communitycheck.model.rule import Rule
from communitycheck.planning.whatif.effects import SIDES, JudgedOnce, RegionEffect, RuleEffect
from communitycheck.planning.whatif.lever_effects import LeverEffect
from communitycheck.products.whatif.found import FoundCurve, FoundWhatIf
from communitycheck.products.whatif.lines import SideLine, side_lines
from communitycheck.products.whatif.sentence import EffectWords
from communitycheck.reporting.json_objects import Object, array, line, subject_object, told, unread_object
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "communitycheck-whatif/1"


def whatif_json(found: FoundWhatIf, lang: Lang) -> Iterator[str]:
    """Rules, regions, subjects that change side and curves, a line each."""
    report, wording = found.after, Wording.of(found.after, lang)
    words = EffectWords(found, Wording.of(found.before, lang), wording)
    run = {
        "version": report.version,
        "as_of": report.as_of.isoformat(),
        "as_of_from": report.as_of_from,
        "lang": lang,
        "returns": [one.path for one in report.returns],
        "standards": [s.id for s in report.standards],
        "changes": list(found.changes),
        "rate": clean(found.rate),
        "incomplete": {cause.replace("-", "_"): n for cause, n in report.left_open().items()},
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield f'"answer": {line(list(words.sentences()))},\n'
    yield from array("rules", (_rule(one, words) for one in found.effects))
    yield from array("regions", _regions(found, words))
    yield from array("subjects", (_subject(one) for effect in found.effects for one in side_lines(effect)))
    yield from array("levers", (_lever(one) for one in found.levers))
    yield from array("curves", (_curve(one, found.rate, words) for one in found.curves))
    yield from array("unread", (unread_object(e, wording) for e in found.unread), last=True)
    yield "}\n"


def _key(rule: Rule) -> Object:
    return {"rule": rule.id, "standard": rule.standard}


def _rule(effect: RuleEffect, words: EffectWords) -> Object:
    limits, numbers = words.limits(effect), words.numbers(effect)
    return {
        **_key(effect.rule),
        "title": words.now.rule_title(effect.rule),
        "entity": words.now.rule_entity(effect.rule),
        "unit": effect.rule.unit,
        "before": _run(effect.before, limits[0], None if numbers is None else numbers[0]),
        "after": _run(effect.after, limits[1], None if numbers is None else numbers[1]),
        "changes": {change.word: effect.count(change) for change in SIDES},
    }


def _run(judged: JudgedOnce, limit: str, number: float | None) -> Object:
    counts = judged.counts()
    judged_ = counts[Outcome.PASS] + counts[Outcome.FAIL]
    return {
        "limit": limit,
        "number": clean(number),
        "severity": judged.rule.severity,
        "outcomes": {outcome.word: n for outcome, n in counts.items()},
        "pass_rate": clean(counts[Outcome.PASS] / judged_) if judged_ else None,
    }


def _regions(found: FoundWhatIf, words: EffectWords) -> Iterator[Object]:
    for effect in found.effects:
        for level in effect.levels():
            for one in effect.regions(level, words.index):
                yield {**_key(effect.rule), "level": level, "region": list(one.path), **_counts(one)}


def _counts(one: RegionEffect) -> Object:
    pairs = {"passed": one.passed, "missed": one.missed, "no_data": one.unknown}
    return {
        **{key: {"before": was, "after": now} for key, (was, now) in pairs.items()},
        "newly_failing": one.newly_failing,
        "fixed": one.fixed,
    }


def _subject(one: SideLine) -> Object:
    at, unit = one.after.at or one.before.at, one.after.rule.unit
    return {
        **_key(one.after.rule),
        "subject": subject_object(one.after.subject),
        "change": one.change.word,
        "before": {"outcome": one.before.outcome.word, "required": told(one.before.required, unit)},
        "after": {"outcome": one.after.outcome.word, "required": told(one.after.required, unit)},
        "observed": told(one.after.observed, unit),
        "shortfall": clean(one.after.shortfall),
        "at": None if at is None else {"path": at.path, "sheet": at.sheet, "row": at.row, "cells": list(one.cells)},
    }


def _lever(one: LeverEffect) -> Object:
    needs, money = (one.before, one.after), (one.cost_before, one.cost_after)
    return {
        "entity": one.entity,
        "lever": one.lever.key,
        "unit": one.lever.shown_unit,
        **{
            when: {
                "short": need.short,
                "at_least": clean(need.least),
                "at_most": None if need.unbounded else clean(need.most),
                "not_known": need.open,
                "no_amount_helps": need.none,
                "cost": None if cost is None else {"at_least": clean(cost.least), "at_most": clean(cost.most)},
            }
            for when, need, cost in zip(("before", "after"), needs, money, strict=True)
        },
        "more": clean(one.more),
        "more_cost": clean(one.cost_more),
    }


def _curve(one: FoundCurve, rate: float | None, words: EffectWords) -> Object:
    curve = one.curve
    inside = np.flatnonzero(curve.within(one.low, one.high))
    ends = {"judged": "left out", "if_unknown_fail": "miss", "if_unknown_pass": "pass"}
    return {
        **_key(curve.rule),
        "unit": curve.rule.unit,
        "comparison": curve.comparison.key,
        "low": clean(one.low),
        "high": clean(one.high),
        "now": clean(one.now),
        "between_two_as_at": "stricter" if curve.comparison.met_at_limit else "milder",
        "limit_for_rate": None
        if rate is None
        else {key: clean(curve.strictest(rate, unknown=which)) for key, which in ends.items()},
        "steps_under": np.flatnonzero(curve.open[inside]).tolist(),
        "steps": [
            [clean(float(limit)), passed, missed, unknown]
            for limit, passed, missed, unknown in zip(
                curve.written[inside].tolist(), curve.passed[inside].tolist(), curve.missed[inside].tolist(),
                curve.unknown[inside].tolist(), strict=True,
            )
        ],
    }  # fmt: skip


