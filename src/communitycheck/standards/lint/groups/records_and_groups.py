"""Rules over groups against rules over the records in them: where all records pass, the group's figure is bound.

Every community that there is has to have a facility: then no more than 20 % of a city's communities with one is a
contradiction, and so is a mean area below the area that each must have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from communitycheck.model.expression import Binary, Call, Node, Number, Unary, names_in, show, show_evaluated, walk
from communitycheck.model.standard import Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Answer, Logic
from communitycheck.standards.lint.reasoning.sets import Reals

MOST_PAIRS = 3_000
_FIGURES = ("share", "count", "mean", "sum")


def check_groups(sound: Mapping[str, LintedRule], standard: Standard, logic: Logic) -> Iterator[LintFinding]:
    """For each rule over groups the first record rule that it contradicts."""
    judged = [one for one in sound.values() if one.rule.indicator is not None and one.rule.manual is None]
    by_field: dict[tuple[str, str], list[LintedRule]] = {}
    for one in judged:
        for name in () if one.rule.by else names_in(one.rule.indicator or Number(0.0)):
            by_field.setdefault((one.rule.applies_to, name), []).append(one)
    looks = 0
    for group in (one for one in judged if one.rule.by):
        read = names_in(group.rule.indicator or Number(0.0))
        near = {one.rule.id: one for name in read for one in by_field.get((group.rule.applies_to, name), ())}
        for record in near.values():
            own = [one for one in (record, group) if one.rule.layer == standard.id]
            looks += 1
            if looks > MOST_PAIRS:
                return
            day = _contradicts(record, group, logic) if own else None
            if day is not None:
                place, other = own[-1], record if own[-1] is group else group
                values = {"record": record.rule.id, "asked": _asked(record, day), "group": group.rule.id}
                told = {"figure": show(group.rule.indicator or Number(0.0)), "required": group.required(day)}
                yield place.finding("lint-record-group", "error", at=other.place(), **values, **told)
                break


def _asked(linted: LintedRule, day: date) -> str:
    assert linted.rule.indicator is not None
    return f"{show(linted.rule.indicator)} {linted.required(day)}"


def _contradicts(record: LintedRule, group: LintedRule, logic: Logic) -> date | None:
    """The first day on which records that all meet the one leave their groups no way to meet the other."""
    for day in sorted(record.days() | group.days()):
        asked, wanted = record.requirement(day), group.requirement(day)
        if asked is None or wanted is None or logic.can_hold(wanted) is Answer.NO:
            continue
        scopes = record.scope(day), group.scope(day)
        if logic.can_hold(*scopes, asked) is not Answer.YES:
            continue
        every = scopes[0] is None or logic.can_hold(scopes[1], Unary("not", scopes[0])) is Answer.NO
        known = [c for part in _figures(wanted) for c in _bound(part, asked, scopes, logic, every=every)]
        if known and logic.can_hold(wanted, *known) is Answer.NO:
            return day
    return None


def _figures(node: Node) -> list[Call]:
    return [
        part for part in walk(node) if isinstance(part, Call) and part.function in ("share", "count", "mean", "sum")
    ]


def _bound(
    figure: Call, asked: Node, scopes: tuple[Node | None, Node | None], logic: Logic, *, every: bool
) -> list[Node]:
    """What is known of a group's figure where its records (``every`` one, or those that the rule is for) pass."""
    if not figure.arguments:
        return []
    (inside,) = figure.arguments
    if figure.function in ("mean", "sum"):
        return _spans(figure, inside, asked, logic) if every else []
    all_do = logic.can_hold(*scopes, asked, Unary("not", inside)) is Answer.NO
    none_does = logic.can_hold(*scopes, asked, inside) is Answer.NO
    if all_do == none_does:
        return []
    if figure.function == "count":
        return [Binary(">", figure, Number(0.0))] if all_do else [Binary("==", figure, Number(0.0))] if every else []
    if every:
        return [Binary("==", figure, Number(1.0 if all_do else 0.0))]
    return [Binary(">", figure, Number(0.0)) if all_do else Binary("<", figure, Number(1.0))]


def _spans(figure: Call, inside: Node, asked: Node, logic: Logic) -> list[Node]:
    """A mean lies between the least and the greatest of its records; a sum is no less than one of them."""
    ways = logic.alternatives(asked, True)
    domain = ways[0].domains.get(show_evaluated(inside)) if ways is not None and len(ways) == 1 else None
    if not isinstance(domain, Reals) or domain.empty:
        return []
    low, high = domain.intervals[0], domain.intervals[-1]
    found: list[Node] = []
    if low.low != float("-inf") and (figure.function == "mean" or low.low >= 0):
        found.append(Binary(">=" if low.low_in else ">", figure, Number(low.low)))
    if high.high != float("inf") and figure.function == "mean":
        found.append(Binary("<=" if high.high_in else "<", figure, Number(high.high)))
    return found
