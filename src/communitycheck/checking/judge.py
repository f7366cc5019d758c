"""One rule and one table -> RuleResult."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from communitycheck.checking import values as v
from communitycheck.checking.below import aggregates_of
from communitycheck.checking.evaluate import RecordScene, Scene, number, truth
from communitycheck.checking.groups import Grouping, GroupScene, group_by, whole
from communitycheck.checking.items import items_present
from communitycheck.checking.levers import lever_of_groups, lever_of_records
from communitycheck.checking.values import Num, Tru, Value
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, addends, names_in, rules_in, unanswerable
from communitycheck.model.result import Groups, Outcome, Reason, Records, RuleResult
from communitycheck.model.standard import Rule, Standard, Threshold
from communitycheck.model.table import Bools, Ints, Table

NOTHING = np.zeros(0)
NO_PLACES = np.zeros(0, dtype=np.int32)


@dataclass(slots=True)
class Docket:
    """The records of one table that one standard governs, and what has been found about them so far."""

    standard: Standard
    dictionary: Dictionary
    table: Table
    index: Ints | None  # None: all records
    outside: Bools  # along the governed records: outside the jurisdiction
    unclear: Bools  # it is not known whether a more local standard governs
    as_of: date
    more_local_rules: frozenset[str] = frozenset()  # rules that a more local standard changes
    met: dict[str, Tru] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table) if self.index is None else len(self.index)

    below: Callable[[Rule], Callable[[Call], Value]] | None = None
    _scene: RecordScene | None = None

    def scene(self) -> RecordScene:
        """The records as the rules see them; one scene for all rules, so that picked columns are copied once."""
        if self._scene is None:
            self._scene = RecordScene(self.table, self.standard.parameters, self.as_of, self.index, self.met)
        return self._scene


def fields_of(rule: Rule, dictionary: Dictionary, table: Table | None = None) -> tuple[str, ...]:
    """Fields that the rule reads, a derived one given as those it is derived from where the table lacks it."""
    nodes: list[Node] = [n for n in (rule.where, rule.indicator) if n is not None]
    if rule.threshold is not None:
        nodes += [limit.value for limit in rule.threshold.limits]
        if rule.threshold.upper is not None:
            nodes.append(rule.threshold.upper)
    found: list[str] = []
    for name in dict.fromkeys(n for node in nodes for n in names_in(node)):
        entry = dictionary.fields.get(name)
        if entry is None:
            continue
        carried = table is not None and any(s.column_of(name) for s in table.sheets)
        found += [name] if entry.derived is None or carried or table is None else list(names_in(entry.derived))
    return tuple(dict.fromkeys(found))


def lacking_fields(rule: Rule, table: Table, besides: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Fields without which the rule cannot be judged at all and that neither a column nor ``besides`` gives."""
    have = set(table.columns) | set(besides)
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of)
        nodes += [limit.value] if limit is not None else []
        nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
    return tuple(dict.fromkeys(name for node in nodes for name in sorted(unanswerable(node, have))))


def judge(rule: Rule, docket: Docket) -> RuleResult:
    """The rule's answer for every governed record (or group of them)."""
    threshold = rule.threshold
    assert threshold is not None and rule.indicator is not None
    fields = fields_of(rule, docket.dictionary, docket.table)
    if not docket.standard.in_force(docket.as_of) or threshold.at(docket.as_of) is None:
        return _uniform(rule, docket, fields, Outcome.NOT_APPLICABLE, Reason.NOT_IN_FORCE)
    return _judge_groups(rule, docket, fields) if rule.by else _judge_records(rule, docket, fields)


def _judge_records(rule: Rule, docket: Docket, fields: tuple[str, ...]) -> RuleResult:
    assert rule.threshold is not None and rule.indicator is not None
    n = len(docket)
    scene = docket.scene()
    scope = _everyone(n) if rule.where is None else _spread(truth(rule.where, scene), n)
    missing_items: dict[int, tuple[str, ...]] = {}
    if rule.threshold.comparison == "covers":
        assert isinstance(rule.indicator, Name)
        observed, lists = items_present(scene, rule.indicator.name, rule.threshold.items)
        required = v.constant(float(len(rule.threshold.items)))
        met = v.at_least(observed, required)
        kind = "items"
    else:
        if docket.below is not None and aggregates_of(rule):
            scene.below = docket.below(rule)
        observed, required, met, kind = hold_against(rule, scene, docket.as_of)
    met = _spread(met, n)
    outcome, reason = _outcomes(rule, scope, observed, required, met, docket.as_of)
    _overrule(rule, docket, scope, outcome, reason)
    missed = _missed(outcome)
    if kind == "items":
        missing_items = {int(i): lists(int(i)) for i in missed}
    docket.met[rule.id] = _as_met(outcome)
    upper = _upper(rule, scene)
    result = RuleResult(
        rule=rule,
        subjects=Records(docket.table, docket.index),
        outcome=outcome,
        reason=reason,
        observed_lo=_full(observed.lo, n),
        observed_hi=_full(observed.lo, n) if observed.exact else _full(observed.hi, n),
        required_lo=_full(required.lo, n),
        required_hi=_required_hi(required, upper, n),
        missed=missed,
        shortfall=_shortfall(rule.threshold, observed, required, missed, upper, kind),
        fields=fields,
        kind=kind,
        items_missing=missing_items,
    )
    if rule.lever is not None and len(missed):
        result.add, result.add_unit = lever_of_records(rule, docket.dictionary, scene, missed, result.shortfall)
    return result


def _judge_groups(rule: Rule, docket: Docket, fields: tuple[str, ...]) -> RuleResult:
    assert rule.threshold is not None and rule.indicator is not None
    parts = []
    governed = np.nonzero(~docket.outside)[0].astype(np.int32)
    scene = docket.scene().picked(governed)
    scope = _spread(truth(rule.where, scene), len(scene)) if rule.where is not None else _everyone(len(scene))
    unclear = docket.unclear[governed]
    if rule.id in docket.more_local_rules and unclear.any():
        scope = Tru(scope.yes & ~unclear, scope.no, scope.na)
    rows = governed if docket.index is None else docket.index[governed]
    for level in rule.by:
        grouping = _grouping(docket, rows, level)
        if grouping is not None:
            parts.append(_judge_level(rule, docket, fields, GroupScene(scene, grouping, scope, docket.dictionary)))
    if not parts:
        return unanswered(rule, fields, tuple(rule.by))
    return parts[0] if len(parts) == 1 else _joined(parts)


def _grouping(docket: Docket, rows: Ints, level: str) -> Grouping | None:
    """The groups of one level; the level of the standard's own jurisdiction is that jurisdiction."""
    place = docket.standard.jurisdiction
    if place.level == level:
        return whole(len(rows), level, place.name, place.code)
    above = tuple(x for x in REGION_LEVELS[: REGION_LEVELS.index(level)] if x in docket.table.regions)
    return group_by(docket.table, rows, level, above)


def _judge_level(rule: Rule, docket: Docket, fields: tuple[str, ...], scene: GroupScene) -> RuleResult:
    assert rule.threshold is not None
    n = len(scene.grouping)
    observed, required, met, kind = hold_against(rule, scene, docket.as_of)
    tally = _headline(rule, scene)
    met = _spread(met, n)
    counted = scene.total(~scene.inside.no)
    scope = Tru(counted > 0, counted == 0)
    outcome, reason = _outcomes(rule, scope, observed, required, met, docket.as_of)
    reason[(reason == Reason.OUT_OF_SCOPE)] = Reason.EMPTY_GROUP
    undecided = (outcome == Outcome.NO_DATA) & (reason != Reason.IMPLAUSIBLE)
    reason[undecided] = Reason.BLANKS_UNDECIDED
    missed = _missed(outcome)
    grouping = scene.grouping
    upper = _upper(rule, scene)
    result = RuleResult(
        rule=rule,
        subjects=Groups(list(grouping.levels), list(grouping.paths), list(grouping.region_codes)),
        outcome=outcome,
        reason=reason,
        observed_lo=_full(observed.lo, n),
        observed_hi=_full(observed.hi, n),
        required_lo=_full(required.lo, n),
        required_hi=_required_hi(required, upper, n),
        missed=missed,
        shortfall=_shortfall(rule.threshold, observed, required, missed, upper, kind),
        fields=fields,
        kind=kind,
    )
    result.numerator, result.denominator, result.blanks = tally
    if len(missed):
        result.add, result.add_unit = lever_of_groups(rule, docket.dictionary, scene, missed, result)
    return result


def hold_against(rule: Rule, scene: Scene, as_of: date) -> tuple[Num, Num, Tru, str]:
    """Observed, required, whether it is met, and the kind of the indicator."""
    threshold = rule.threshold
    assert threshold is not None and rule.indicator is not None
    limit = threshold.at(as_of)
    assert limit is not None
    if threshold.comparison == "is":
        found = truth(rule.indicator, scene)
        wanted = number(limit.value, scene)
        positive = bool(wanted.lo)
        seen = np.where(found.yes, 1.0, np.where(found.no, 0.0, np.nan))
        return Num(seen, seen, found.na), wanted, found if positive else v.inverse(found), "truth"
    observed = _clipped(rule, _indicator(rule, scene))
    required = number(limit.value, scene)
    match threshold.comparison:
        case "at_least":
            met = v.at_least(observed, required)
        case "more_than":
            met = v.above(observed, required)
        case "at_most":
            met = v.at_least(required, observed)
        case "less_than":
            met = v.above(required, observed)
        case "equals":
            met = v.equal(observed, required, _slack(rule, limit.value, scene))
        case "between":
            assert threshold.upper is not None
            upper = number(threshold.upper, scene)
            met = v.conjunction(v.at_least(observed, required), v.at_least(upper, observed))
    return observed, required, met, "number"


def _indicator(rule: Rule, scene: Scene) -> Num:
    """The indicator; a ratio of two sums whose range is known is bounded record by record where cells are blank."""
    assert rule.indicator is not None
    match rule.indicator:
        case Binary("/", Call("sum", _) as above, Call("sum", _) as below) if isinstance(scene, GroupScene):
            if rule.plausible is not None and rule.plausible[1] is not None:
                return scene.pooled(above, below, rule.plausible[0] or 0.0, rule.plausible[1])
    return number(rule.indicator, scene)


def _clipped(rule: Rule, observed: Num) -> Num:
    """Bounds no wider than what the indicator can be."""
    if observed.exact or rule.plausible is None:
        return observed
    least = -np.inf if rule.plausible[0] is None else rule.plausible[0]
    most = np.inf if rule.plausible[1] is None else rule.plausible[1]
    with np.errstate(invalid="ignore"):
        possible = (observed.lo <= most) & (observed.hi >= least)
        low = np.where(possible, np.maximum(observed.lo, least), observed.lo)
        high = np.where(possible, np.minimum(observed.hi, most), observed.hi)
    return Num(low, high, observed.na)


def _slack(rule: Rule, limit: Node, scene: Scene) -> float | v.Array:
    """By how much the two sides of ``equals`` may differ; ``printed``: by what rounding to those digits can do."""
    if not isinstance(rule.tolerance, str):
        return rule.tolerance or 0.0
    assert rule.indicator is not None and isinstance(scene, RecordScene)
    return sum((scene.half_step(name) for node in (rule.indicator, limit) for name in addends(node)), np.zeros(()))


def _upper(rule: Rule, scene: Scene) -> Num | None:
    if rule.threshold is None or rule.threshold.upper is None:
        return None
    return number(rule.threshold.upper, scene)


def _required_hi(required: Num, upper: Num | None, n: int) -> np.ndarray:
    """The far end of what is required: for ``between`` its upper limit."""
    return _full(required.hi if upper is None else upper.hi, n)


def _outcomes(
    rule: Rule, scope: Tru, observed: Num, required: Num, met: Tru, as_of: date
) -> tuple[np.ndarray, np.ndarray]:
    """Outcome and reason of every subject; later lines overrule earlier ones."""
    n = len(scope.yes)
    outcome = np.full(n, Outcome.NO_DATA, dtype=np.uint8)
    reason = np.full(n, Reason.UNDECIDED, dtype=np.uint8)
    unknown = np.isnan(observed.lo) | np.isnan(required.lo)
    reason[np.broadcast_to(unknown, n)] = Reason.MISSING
    outcome[met.yes], reason[met.yes] = Outcome.PASS, Reason.MET
    failed = Outcome.NOT_DUE if rule.due is not None and rule.due > as_of else Outcome.FAIL
    outcome[met.no], reason[met.no] = failed, Reason.MISSED
    if met.na is not None:
        void = np.broadcast_to(met.na, n)
        for na, why in ((v.ZERO_DENOMINATOR, Reason.ZERO_DENOMINATOR), (v.EXEMPT, Reason.EXEMPT)):
            outcome[void == na], reason[void == na] = Outcome.NOT_APPLICABLE, why
    if rule.plausible is not None:
        odd = np.broadcast_to(_implausible(rule.plausible, observed), n)
        outcome[odd], reason[odd] = Outcome.NO_DATA, Reason.IMPLAUSIBLE
    unsure = ~scope.yes & ~scope.no
    outcome[unsure], reason[unsure] = Outcome.NO_DATA, Reason.SCOPE_UNKNOWN
    outcome[scope.no], reason[scope.no] = Outcome.NOT_APPLICABLE, Reason.OUT_OF_SCOPE
    if scope.na is not None:
        exempt = np.broadcast_to(scope.na, n) > 0
        outcome[exempt], reason[exempt] = Outcome.NOT_APPLICABLE, Reason.EXEMPT
    return outcome, reason


def _overrule(rule: Rule, docket: Docket, scope: Tru, outcome: np.ndarray, reason: np.ndarray) -> None:
    """Records that the standard may not govern, or surely does not."""
    if rule.id in docket.more_local_rules:
        unclear = docket.unclear & ~scope.no
        outcome[unclear], reason[unclear] = Outcome.NO_DATA, Reason.REGION_UNKNOWN
    elsewhere = _carried_elsewhere(rule, docket)
    if elsewhere is not None:
        outcome[elsewhere], reason[elsewhere] = Outcome.NOT_APPLICABLE, Reason.NOT_CARRIED
    outcome[docket.outside], reason[docket.outside] = Outcome.NOT_APPLICABLE, Reason.OUTSIDE


def _carried_elsewhere(rule: Rule, docket: Docket) -> Bools | None:
    """Records of a table that has none of the rule's columns, where another table of the same return has them.

    A workbook may spread its figures over several tables; a rule is asked of those that carry them. A return that
    carries them nowhere stays in view as ``no_data``.
    """
    table = docket.table
    if len(table.sheets) < 2:
        return None
    wanted = set(fields_of(rule, docket.dictionary))
    carried = np.array([len(wanted & {c.field for c in s.columns}) for s in table.sheets])
    somewhere = {s.path for s, n in zip(table.sheets, carried, strict=True) if n}
    elsewhere = np.array([not n and s.path in somewhere for s, n in zip(table.sheets, carried, strict=True)])
    mask: Bools = elsewhere[table.sheet_of] | _fuller_elsewhere(wanted, table, carried[table.sheet_of])
    if not mask.any():
        return None
    return mask if docket.index is None else mask[docket.index]


def _fuller_elsewhere(wanted: set[str], table: Table, carried: Ints) -> Bools:
    """Records that borrow figures from another sheet of their period, where a sheet carries more of them itself.

    So a relation across the tables of one period is judged once: where most of its figures stand, else in the first.
    """
    mask = np.zeros(len(table), bool)
    borrowers = {i for key in wanted if key in table.columns for i in table.columns[key].lent or ()}
    if not borrowers:
        return mask
    best: dict[tuple[str, str], int] = {}
    period = table.columns["period"].coded()
    for i in sorted(borrowers):
        place = (table.sheets[int(table.sheet_of[i])].path, period.names[period.codes[i]])
        home = best.setdefault(place, i)
        if carried[i] > carried[home]:
            mask[home], best[place] = True, i
        elif i != home:
            mask[i] = True
    return mask


def _implausible(plausible: tuple[float | None, float | None], observed: Num) -> np.ndarray:
    low, high = plausible
    odd = np.zeros(np.shape(observed.lo), dtype=bool)
    with np.errstate(invalid="ignore"):
        if low is not None:
            odd |= v.above(v.constant(low), observed).yes
        if high is not None:
            odd |= v.above(observed, v.constant(high)).yes | np.isposinf(observed.lo)
    return odd


def _shortfall(
    threshold: Threshold, observed: Num, required: Num, missed: Ints, upper: Num | None, kind: str
) -> np.ndarray:
    """By how much each missed subject misses, in the indicator's unit; at least that much where bounds are known."""
    if kind == "truth":
        return np.full(len(missed), np.nan)
    low, high = _at(observed.lo, missed), _at(observed.hi, missed)
    limit = _at(required.lo, missed)
    match threshold.comparison:
        case "at_most" | "less_than":
            short = low - _at(required.hi, missed)
        case "equals":
            short = np.abs(np.where(low > limit, low - _at(required.hi, missed), limit - high))
        case "between":
            assert upper is not None
            short = np.maximum(limit - high, low - _at(upper.hi, missed))
        case _:
            short = limit - high
    return v.tidy(np.maximum(short, 0.0), limit)


def _headline(rule: Rule, scene: GroupScene) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray, np.ndarray]:
    """Numerator, denominator and blanks of the group's indicator, as the reader would count them."""
    first = scene.tallies[0][1]
    indicator = rule.indicator
    blanks = np.sum([t.blanks for _, t in scene.tallies], axis=0)
    pooled = (
        len(scene.tallies) >= 2
        and isinstance(indicator, object)
        and all(isinstance(c, Call) and c.function == "sum" for c, _ in scene.tallies[:2])
    )
    assert first.numerator is not None
    if pooled and scene.tallies[1][1].numerator is not None:
        return first.numerator, scene.tallies[1][1].numerator[0], blanks.astype(np.int32)
    return first.numerator, first.denominator, blanks.astype(np.int32)


def _uniform(rule: Rule, docket: Docket, fields: tuple[str, ...], outcome: Outcome, reason: Reason) -> RuleResult:
    n = len(docket)
    nothing = np.broadcast_to(np.nan, n)
    docket.met[rule.id] = Tru(np.zeros(n, bool), np.zeros(n, bool), np.ones(n, np.uint8))
    return RuleResult(
        rule=rule,
        subjects=Records(docket.table, docket.index),
        outcome=np.full(n, outcome, np.uint8),
        reason=np.full(n, reason, np.uint8),
        observed_lo=nothing,
        observed_hi=nothing,
        required_lo=nothing,
        required_hi=nothing,
        missed=NO_PLACES,
        shortfall=NOTHING,
        fields=fields,
    )


def unanswered(rule: Rule, fields: tuple[str, ...], lacking: tuple[str, ...]) -> RuleResult:
    """A rule that no column can answer: no subjects, no verdicts, the missing fields named."""
    return RuleResult(
        rule=rule,
        subjects=Groups([], [], []),
        outcome=np.zeros(0, np.uint8),
        reason=np.zeros(0, np.uint8),
        observed_lo=NOTHING,
        observed_hi=NOTHING,
        required_lo=NOTHING,
        required_hi=NOTHING,
        missed=NO_PLACES,
        shortfall=NOTHING,
        fields=fields,
        lacking=lacking,
    )


def by_hand(rule: Rule, standard: Standard) -> RuleResult:
    """A manual rule: one verdict for the whole jurisdiction, so that coverage stays honest."""
    place = standard.jurisdiction
    nothing = np.full(1, np.nan)
    level = place.level if place.level in REGION_LEVELS else rule.applies_to
    return RuleResult(
        rule=rule,
        subjects=Groups([level], [(place.name,)], [place.code]),
        outcome=np.full(1, Outcome.MANUAL, np.uint8),
        reason=np.full(1, Reason.MANUAL, np.uint8),
        observed_lo=nothing,
        observed_hi=nothing,
        required_lo=nothing,
        required_hi=nothing,
        missed=NO_PLACES,
        shortfall=NOTHING,
    )


def _joined(parts: list[RuleResult]) -> RuleResult:
    """Results of several group levels as one, the larger regions after the smaller as the rule lists them."""
    first = parts[0]
    sizes = np.cumsum([0, *(len(p) for p in parts)])
    subjects = Groups([], [], [])
    for part in parts:
        assert isinstance(part.subjects, Groups)
        subjects.levels += part.subjects.levels
        subjects.paths += part.subjects.paths
        subjects.codes += part.subjects.codes

    def chain(name: str) -> np.ndarray:
        return np.concatenate([getattr(p, name) for p in parts])

    joined = RuleResult(
        rule=first.rule,
        subjects=subjects,
        outcome=chain("outcome"),
        reason=chain("reason"),
        observed_lo=chain("observed_lo"),
        observed_hi=chain("observed_hi"),
        required_lo=chain("required_lo"),
        required_hi=chain("required_hi"),
        missed=np.concatenate([p.missed + s for p, s in zip(parts, sizes, strict=False)]).astype(np.int32),
        shortfall=chain("shortfall"),
        fields=first.fields,
        kind=first.kind,
        denominator=chain("denominator"),
        blanks=chain("blanks"),
    )
    joined.numerator = (
        np.concatenate([p.numerator[0] for p in parts if p.numerator]),
        np.concatenate([p.numerator[1] for p in parts if p.numerator]),
    )
    if any(p.add is not None for p in parts):
        joined.add = np.concatenate([np.full(len(p.missed), np.nan) if p.add is None else p.add for p in parts])
        joined.add_unit = next(p.add_unit for p in parts if p.add is not None)
    return joined


def _everyone(n: int) -> Tru:
    return Tru(np.ones(n, bool), np.zeros(n, bool))


def _spread(t: Tru, n: int) -> Tru:
    """A constant truth, spread over all records."""
    return Tru(np.broadcast_to(t.yes, n), np.broadcast_to(t.no, n), None if t.na is None else np.broadcast_to(t.na, n))


def _full(array: np.ndarray, n: int) -> np.ndarray:
    return array if array.shape == (n,) else np.broadcast_to(array, n)


def _at(array: np.ndarray, places: Ints) -> np.ndarray:
    return array[places] if array.ndim else np.broadcast_to(array, len(places))


def _missed(outcome: np.ndarray) -> Ints:
    return np.nonzero((outcome == Outcome.FAIL) | (outcome == Outcome.NOT_DUE))[0].astype(np.int32)


def _as_met(outcome: np.ndarray) -> Tru:
    """The answer as a truth for ``meets``."""
    void = outcome == Outcome.NOT_APPLICABLE
    return Tru(
        outcome == Outcome.PASS,
        (outcome == Outcome.FAIL) | (outcome == Outcome.NOT_DUE),
        np.where(void, np.uint8(v.EXEMPT), np.uint8(0)) if void.any() else None,
    )


__all__ = ["Docket", "by_hand", "fields_of", "judge", "lacking_fields", "rules_in", "unanswered"]
