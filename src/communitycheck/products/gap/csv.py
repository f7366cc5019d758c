"""What each subject needs as CSV, one row for a subject and a lever, the same rows as in the JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator

from communitycheck.planning.costs import Costs, money_for
from communitycheck.planning.needs import LeverNeed, WaivedNeed
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.lines import NeedLine, need_lines
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.words.numbers import plain, shown
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "column-lever",
    "column-unit",
    "column-entity",
    "column-region",
    "column-name",
    "column-code",
    "gap-column-kind",
    "gap-column-now",
    "gap-column-least",
    "gap-column-most",
    "gap-column-cost-least",
    "gap-column-cost-most",
    "column-rules",
    "gap-column-deciding",
    "gap-column-passes",
    "column-path",
    "column-sheet",
    "column-row",
    "column-cells",
)


def gap_csv(found: FoundGap, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    plan = found.plan
    more = () if plan is None else ("gap-column-chosen",)
    yield record(wording.say(code) for code in (*COLUMNS, *more))
    for need in found.levers:
        order = need.nearest_first()
        given = [] if plan is None else plan.gives(need)[order].tolist()
        for n, one in enumerate(need_lines(need, order)):
            last = () if plan is None else (plain(given[n]) if given[n] else "",)
            yield record((*_cells(one, need, found.costs, wording), *last))
    for waived in found.needs.waived:
        yield record((*_waived(waived, wording), *([""] if more else [])))


def _waived(one: WaivedNeed, wording: Wording) -> tuple[str, ...]:
    """A fail that is excused: without an amount, so that no sum of the column takes it in."""
    rule, subject = one.result.rule, one.result.subjects.subject(one.i)
    at, _ = one.result.subjects.at(one.i, ())
    lever, unit = (wording.label(one.lever.key, rule.standard), one.lever.shown_unit) if one.lever else ("", "")
    return (
        cell(lever),
        shown(unit, wording.lang),
        wording.entity(subject.entity),
        cell("/".join(subject.region)),
        cell(subject.name),
        cell(subject.code),
        wording.say("gap-kind-waived"),
        *[""] * 5,
        rule.id,
        *[""] * 2,
        cell(at.path) if at is not None else "",
        cell(at.sheet or "") if at is not None else "",
        str(at.row) if at is not None else "",
        "",
    )


def _cells(one: NeedLine, need: LeverNeed, costs: Costs, wording: Wording) -> tuple[str, ...]:
    at, subject = one.at, one.subject
    now = "" if one.now is None else "~".join(plain(end) for end in dict.fromkeys(one.now) if math.isfinite(end))
    none = one.kind.word == "none"
    price = None if none else costs.cheapest(need)
    money = None if price is None else money_for(one.least, one.most, price.price)
    return (
        cell(wording.label(need.lever.key, one.deciding.standard)),
        shown(need.unit, wording.lang),
        wording.entity(subject.entity),
        cell("/".join(subject.region)),
        cell(subject.name),
        cell(subject.code),
        wording.say(f"gap-kind-{one.kind.word}"),
        now,
        "" if none else plain(one.least),
        "" if none or not math.isfinite(one.most) else plain(one.most),
        "" if money is None else plain(money.least),
        "" if money is None or not math.isfinite(money.most) else plain(money.most),
        " ".join(rule.id for rule in one.rules),
        one.deciding.id,
        "" if one.passes is None else wording.truth(one.passes),
        cell(at.path) if at is not None else "",
        cell(at.sheet or "") if at is not None else "",
        str(at.row) if at is not None else "",
        one.cell,
    )
