"""What would make a record pass: each figure alone, found by judging again, and reported only where that passed.

The nearest passing figure is bracketed on a grid that runs from next to nothing to far away, then closed in on. It is
then given as people would write it, a whole number or two decimals, and judged once more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.trial import Trial
from communitycheck.model.dictionary import Field
from communitycheck.model.expression.values import RELATIVE, Array
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.table import State
from communitycheck.products.explain.explanation import Change, Input, Remedy, Value
from communitycheck.products.explain.worked import ends

_WHOLE = ("int", "count", "truth")
GRID = 240  # figures tried on each side
POINTS = 64  # of each closing in
FAR = 1e9


def remedies_of_record(trial: Trial, inputs: Iterable[Input]) -> list[Remedy]:
    """Ways for a record to pass, its rule's lever first."""
    rule, fields = trial.rule, trial.governed.dictionary.fields
    known = [one for one in inputs if one.key in fields and fields[one.key].is_number]
    gaps = [one for one in inputs if one.state is not State.KNOWN]
    if gaps:  # one missing figure can be asked for; several cannot, each depends on the others
        known = [one for one in known if one in gaps] if len(gaps) == 1 else []
    known.sort(key=lambda one: one.key != rule.lever)
    search = _Search(trial)
    found = [remedy for one in known if (remedy := search.alone(fields[one.key], one))]
    truths = [one for one in known if fields[one.key].type == "truth" and one.value is False]
    return found or search.together(truths)


def remedy_of_items(trial: Trial, field: str, text: str, missing: tuple[str, ...]) -> list[Remedy]:
    """The missing items of a list, added to what the cell names."""
    result = trial.judged({field: ["、".join(p for p in (text, *missing) if p)]})
    return [_remedy(result, 0, "items", items=missing)] if result.outcome[0] == Outcome.PASS else []


class _Search(Struct):
    trial: Trial

    def alone(self, field: Field, one: Input) -> Remedy | None:
        """The nearest figure of one field that passes, all others as they are."""
        if field.type == "truth":
            wanted = [v for v in (1.0, 0.0) if one.value is None or v != float(bool(one.value))]
            return next((r for v in wanted if (r := self._passing(one, v))), None)
        if one.value is None:
            return self._fill_in(field, one)
        now = _middle(one.value)
        if now is None:
            return None
        steps = np.geomspace(1e-6, FAR, GRID) * max(abs(now), 1.0)
        low = 0.0 if field.low is None else field.low
        high = FAR * max(abs(now), 1.0) if field.high is None else field.high
        up, down = now + steps, now - steps
        found = []
        for tried in (up[up <= high], down[down >= low]):
            if field.type in _WHOLE and len(tried):
                whole = np.ceil if tried[0] > now else np.floor
                tried = whole(tried)
            tried = _ended(tried, now, low, high)
            edge = self._first(field.key, now, tried)
            remedy = None if edge is None else self._written(field, one, edge)
            if remedy is not None:
                found.append(remedy)
        return min(found, key=lambda r: abs(float(r.changes[0].to) - now), default=None)

    def _fill_in(self, field: Field, one: Input) -> Remedy | None:
        """What a missing cell would have to say: passing from some figure on, or up to one."""
        low = 0.0 if field.low is None else field.low
        high = FAR if field.high is None else field.high
        tried = np.unique(np.clip(low + np.concatenate([[0.0], np.geomspace(1e-6, FAR, GRID)]), low, high))
        if field.type in _WHOLE:
            tried = np.unique(np.ceil(tried[tried <= high]))
        passed = self._judged(field.key, tried).outcome == Outcome.PASS
        if not passed.any() or passed.all():
            return None
        start, order = (tried[0], tried[1:]) if passed[-1] else (tried[-1], tried[-2::-1])
        edge = self._first(field.key, float(start), order)
        return None if edge is None else self._written(field, one, edge)

    def together(self, truths: list[Input]) -> list[Remedy]:
        """As many of the truths that are "no" as are needed, in the order of the rule."""
        for n in range(2, len(truths) + 1):
            result = self.trial.judged({one.key: np.ones(1) for one in truths[:n]})
            if result.outcome[0] == Outcome.PASS:
                changes = tuple(Change(one.key, one.value, True, "", "exactly") for one in truths[:n])
                return [_remedy(result, 0, "fields", changes=changes)]
        return []

    def _judged(self, key: str, tried: Array) -> RuleResult:
        return self.trial.judged({key: tried}, len(tried))

    def _passing(self, one: Input, value: float) -> Remedy | None:
        result = self._judged(one.key, np.array([value]))
        if result.outcome[0] != Outcome.PASS:
            return None
        return _remedy(result, 0, "fields", changes=(Change(one.key, one.value, bool(value), "", "exactly"),))

    def _first(self, key: str, now: float, tried: Array) -> tuple[float, float] | None:
        """(last figure that does not pass or reach the limit, first that does), going along ``tried`` from ``now``."""
        if not len(tried):
            return None
        start = self._judged(key, np.array([now]))

        def reached(values: Array) -> Array:
            result = self._judged(key, values)
            apart = np.sign(result.observed_lo - result.required_lo)
            beyond = np.sign(result.observed_hi - result.required_hi)
            first, last = (  # of what stands over a denominator of zero nothing is observed: it is above any limit
                np.nan_to_num(np.sign(end[0]), nan=1.0)
                for end in (start.observed_lo - start.required_lo, start.observed_hi - start.required_hi)
            )
            crossed = (np.isfinite(apart) & (apart != first)) | (np.isfinite(beyond) & (beyond != last))
            passed: Array = (result.outcome == Outcome.PASS) | crossed
            return passed

        outer = _edge(now, tried, reached)
        if outer is None:
            return None
        low, high = outer
        for _ in range(10):
            if abs(high - low) <= RELATIVE * max(abs(high), abs(low)):
                break
            closer = _edge(low, np.linspace(low, high, POINTS)[1:], reached)
            if closer is None:
                break
            low, high = closer
        return low, high

    def _written(self, field: Field, one: Input, edge: tuple[float, float]) -> Remedy | None:
        """The passing figure nearest to the edge that people would write."""
        inside = edge[1]
        rising = edge[1] >= edge[0]
        decimals = 0 if field.type in _WHOLE else 4 if field.type == "share" else 2
        scale = 10.0**decimals
        outward = math.ceil if rising else math.floor
        near = round(inside * scale) / scale
        beyond = outward(inside * scale) / scale
        further = (outward(inside * scale) + (1 if rising else -1)) / scale
        tried = list(dict.fromkeys([near, beyond, further]))
        result = self._judged(field.key, np.array(tried))
        passing = [i for i in range(len(tried)) if result.outcome[i] == Outcome.PASS]
        if not passing:
            return None
        i = passing[0]
        to = tried[i]
        unit = field.shown_unit
        change = Change(field.key, one.value, to, unit, self._how(field, to, rising=rising))
        return _remedy(result, i, "fields", changes=(change,))

    def _how(self, field: Field, to: float, *, rising: bool) -> str:
        """``at-least`` where figures further on pass as well, ``exactly`` where they do not."""
        low = 0.0 if field.low is None else field.low
        high = math.inf if field.high is None else field.high
        span = max(abs(to), 1.0)
        further = [to + span * x * (1 if rising else -1) for x in (0.01, 0.1, 0.5, 1.0, 4.0)]
        further = [float(np.rint(x)) if field.type in _WHOLE else x for x in further]
        further = [x for x in further if low <= x <= high and (x > 0 or not field.zero_impossible)]
        if further:
            outcome = self._judged(field.key, np.array(further)).outcome
            # 0 in a denominator makes the question void, which is no fail.
            if not ((outcome == Outcome.PASS) | (outcome == Outcome.NOT_APPLICABLE)).all():
                return "exactly"
        return "at-least" if rising else "at-most"


def _middle(value: Value) -> float | None:
    """Where to look from: the figure, or the middle of its range."""
    if isinstance(value, tuple):
        low, high = value
        return (low + high) / 2 if math.isfinite(high) and math.isfinite(low) else low if math.isfinite(low) else None
    return value if isinstance(value, float) else None


def _ended(tried: Array, now: float, low: float, high: float) -> Array:
    """The grid without repeats, and with the end of the field's own range."""
    if not len(tried):
        return tried
    end = high if tried[-1] > now else low
    return np.array(list(dict.fromkeys([*tried.tolist(), end]))) if end != now else tried


def _edge(start: float, tried: Array, reached: Callable[[Array], Array]) -> tuple[float, float] | None:
    """The last figure before the first that is ``reached``, and that one."""
    hits = np.flatnonzero(reached(tried))
    if not len(hits):
        return None
    k = int(hits[0])
    return (float(tried[k - 1]) if k else start), float(tried[k])


def _remedy(result: RuleResult, i: int, kind: str, **more: object) -> Remedy:
    observed = ends(float(result.observed_lo[i]), float(result.observed_hi[i]))
    required = ends(float(result.required_lo[i]), float(result.required_hi[i]))
    if result.kind == "truth":
        observed, required = bool(observed), bool(required)
    return replace(Remedy(kind, observed, required), **more)


__all__ = ["remedies_of_record", "remedy_of_items"]
