"""What ``gap`` found as JSON, schema ``communitycheck-gap/1`` (``gap-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.places.regions import RegionIndex
from communitycheck.model.subjects import Records
from communitycheck.planning.costs import Costs, Money, Price, money_for, money_of
from communitycheck.planning.needs import GroupNeed, LeverNeed, Needs
from communitycheck.planning.regions import RegionNeed, levels_of, region_needs, whole_need
from communitycheck.products.gap.budget_json import plan_json
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.lines import NeedLine, need_lines
from communitycheck.products.gap.waived import waived_objects
from communitycheck.reporting.json_objects import Object, array, line, number, subject_object, unread_object
from communitycheck.reporting.totals.regions import is_coarse
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "communitycheck-gap/1"


def gap_json(found: FoundGap, lang: Lang) -> Iterator[str]:
    """Levers, regions, subjects and groups, a line each."""
    report, needs, costs = found.report, found.needs, found.costs
    wording = Wording.of(report, lang)
    run = {
        "version": report.version,
        "as_of": report.as_of.isoformat(),
        "as_of_from": report.as_of_from,
        "lang": lang,
        "returns": [one.path for one in report.returns],
        "standards": [s.id for s in report.standards],
        "open_points": {cause.replace("-", "_"): n for cause, n in report.open_points().items()},
        "advisory_rules_left_out": needs.advisory,
        "projection": _projection(found),
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("levers", (_lever(one, costs, wording) for one in needs.levers))
    yield from array("regions", _regions(needs, costs))
    yield from array("subjects", (_subject_line(one, need, costs) for need in needs.levers for one in need_lines(need)))
    yield from array("groups", (_group(one) for one in needs.groups))
    yield from plan_json(found.plan)
    yield from array(
        "not_closed",
        (
            {"rule": one.result.rule.id, "standard": one.result.rule.standard, "subjects": one.count}
            for one in needs.unclosed
        ),
    )
    yield from array("waived", waived_objects(report, needs.waived))
    yield from array(
        "passes_no_more",
        ({"rule": rule, "standard": standard, "subjects": n} for (standard, rule), n in needs.after.items()),
    )
    yield from array("unread", (unread_object(e, wording) for e in report.unread), last=True)
    yield "}\n"


def _projection(found: FoundGap) -> Object | None:
    one = found.projection
    if one is None:
        return None
    return {
        "year": one.year,
        "growth": clean(one.growth),
        "grown": one.grown(found.report.dictionary),
        "columns": dict(one.columns or {}),
        "not_used_in": list(one.without),
    }


def _lever(need: LeverNeed, costs: Costs, wording: Wording) -> Object:
    whole = whole_need(need)
    return {
        **_key(need),
        "label": wording.label(need.lever.key, need.parts[0].rule.standard),
        "unit": need.unit,
        "rules": [{"rule": part.rule.id, "standard": part.rule.standard} for part in need.parts],
        **_sums(whole),
        "cost": _cost(whole, need, costs),
        "methods": [_method(whole, price, wording) for price in costs.of(need.lever.key)],
        "does_not_pass": int((need.short & np.isfinite(need.most) & ~need.passes).sum()),
        "counted_elsewhere": int(need.again.sum()),
    }


def _money(money: Money) -> Object:
    return {"at_least": clean(money.least), "at_most": clean(money.most)}


def _cost(one: RegionNeed, need: LeverNeed, costs: Costs) -> Object | None:
    """In yuan, with the cheapest method."""
    price = costs.cheapest(need)
    return None if price is None else _money(money_of(one, price.price))


def _method(one: RegionNeed, price: Price, wording: Wording) -> Object:
    return {
        "method": price.method.in_lang(wording.lang),
        "price": clean(price.price),
        "cost": _money(money_of(one, price.price)),
        "running": clean(price.running),
        "running_cost": None if price.running is None else _money(money_of(one, price.running)),
    }


def _key(need: LeverNeed) -> Object:
    return {"entity": need.table.entity, "lever": need.lever.key}


def _sums(one: RegionNeed) -> Object:
    return {
        "short": one.short,
        "open": one.open,
        "none": one.none,
        "at_least": clean(one.least),
        "at_most": clean(one.most),
        "without_upper_end": one.unbounded,
    }


def _regions(needs: Needs, costs: Costs) -> Iterator[Object]:
    index = RegionIndex()
    for need in needs.levers:
        for level in levels_of(need):
            numbers, paths = index.of(need.table, level, need.rows)
            if is_coarse(numbers, paths):
                for one in region_needs(need, level, index):
                    cost = _cost(one, need, costs)
                    yield {**_key(need), "level": level, "region": list(one.path), **_sums(one), "cost": cost}


def _subject_line(one: NeedLine, need: LeverNeed, costs: Costs) -> Object:
    at = one.at
    price = None if one.kind.word == "none" else costs.cheapest(need)
    now = None if one.now is None else one.now[0] if one.now[0] == one.now[1] else one.now
    return {
        **_key(need),
        "subject": subject_object(one.subject),
        "kind": one.kind.word,
        "at_least": clean(one.least),
        "at_most": clean(one.most) if one.kind.word != "none" else None,
        "now": number(now),
        "cost": None if price is None else _money(money_for(one.least, one.most, price.price)),
        "rules": [rule.id for rule in one.rules],
        "deciding": one.deciding.id,
        "blocked_by": [{"rule": rule.id, "why": why.word} for rule, why in one.blocked_by],
        "passes": one.passes,
        "counted": one.counted,
        "at": None if at is None else {"path": at.path, "sheet": at.sheet, "row": at.row, "cell": one.cell or None},
    }


def _group(one: GroupNeed) -> Object:
    result, found = one.result, one.candidates
    cheapest = None
    if found is not None:
        k = len(found.rows) if one.most != one.most else min(int(one.most), len(found.rows))
        subjects = Records(found.table).with_cells(found.rows[:k], ())
        lacking = [clean(found.amount(n)) for n in range(k)]
        cheapest = {
            "order": found.order,
            "lever": found.lever.key if found.lever is not None else None,
            "subjects": [
                {"subject": subject_object(seen.subject), "add": add}
                for seen, add in zip(subjects, lacking, strict=True)
            ],
        }
    return {
        "rule": result.rule.id,
        "standard": result.rule.standard,
        "subject": subject_object(result.subjects.subject(one.i)),
        "open": one.open,
        "at_least": clean(one.least),
        "at_most": clean(one.most),
        "unit": one.unit,
        "lever": one.lever.key if one.lever is not None else None,
        "counted": one.counted,
        "met": one.met,
        "cheapest": cheapest,
    }
