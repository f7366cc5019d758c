"""How the values of one indicator lie about their limit: a histogram of those that meet it and those that do not."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import Bools, Floats, among

BINS = 24
FEWEST = 8  # subjects, below which a list tells more than a picture
TAIL = 0.02  # the share at either end that does not stretch the axis much


class Distribution(Struct, frozen=True):
    """A histogram from ``low`` to ``high``; what lies beyond is counted at its ends.

    Attributes:
        passed, failed: how many subjects each bin holds.
        limit: where on the axis the limit is.
        relative: values are shares of each subject's own limit, since limits differ.
        least, most: of the values and the limit, as far as they are on the axis.
        median: of the values. below, above: whether some lie beyond the ends.
    """

    low: float
    high: float
    passed: tuple[int, ...]
    failed: tuple[int, ...]
    limit: float
    relative: bool
    least: float
    most: float
    median: float
    below: bool
    above: bool

    @property
    def n(self) -> int:
        return sum(self.passed) + sum(self.failed)


def distribution(result: RuleResult) -> Distribution | None:
    """The values of the judged subjects; None where there are too few or not all, or nothing to measure them by."""
    threshold = result.rule.threshold
    if result.stands_for is not None:
        return None
    if not isinstance(result.subjects, Records) or threshold is None or threshold.comparison.form != "limit":
        return None
    use = among(result.outcome, Outcome.PASS, Outcome.FAIL) & np.isfinite(result.observed_lo)
    use &= np.isfinite(result.observed_hi) & np.isfinite(result.required_lo)
    if use.sum() < FEWEST:
        return None
    values = (result.observed_lo[use] + result.observed_hi[use]) / 2
    limits, failed = result.required_lo[use], result.outcome[use] == Outcome.FAIL
    relative = bool(limits.min() < limits.max())
    if relative:
        if limits.min() <= 0:
            return None
        values, limits = values / limits, np.ones(len(limits))
    limit = float(limits[0])
    edges = _edges(values, limit)
    if edges is None:
        return None
    if values.min() >= 0:
        edges[0] = max(edges[0], 0.0)  # no axis below nothing
    # A value on an edge belongs to the side of the limit that it is judged to be on.
    from_below = not failed[values == limit].any() and _fails_below(values, limits, failed)
    inside = np.clip(values, edges[0], edges[-1])
    place = np.searchsorted(edges, inside, side="right" if from_below else "left") - 1
    place = np.clip(place, 0, len(edges) - 2)
    counts = [np.bincount(place[mask], minlength=len(edges) - 1).tolist() for mask in (~failed, failed)]
    return Distribution(
        *(float(edges[0]), float(edges[-1]), tuple(counts[0]), tuple(counts[1]), limit, relative),
        least=max(float(edges[0]), min(float(values.min()), limit)),
        most=min(float(edges[-1]), max(float(values.max()), limit)),
        median=float(np.median(values)),
        below=bool((values < edges[0]).any()),
        above=bool((values > edges[-1]).any()),
    )


def _fails_below(values: Floats, limits: Floats, failed: Bools) -> bool:
    return bool((values[failed] < limits[failed]).sum() * 2 >= failed.sum())


def _edges(values: Floats, limit: float) -> Floats | None:
    """The edges of the bins, one of them at the limit; None where all values are the same."""
    low, high = np.quantile(values, [TAIL, 1 - TAIL]).tolist()
    room = (high - low) / 4
    low, high = max(float(values.min()), low - room), min(float(values.max()), high + room)
    low, high = min(low, limit), max(high, limit)
    if low >= high:
        low, high = float(min(values.min(), limit)), float(max(values.max(), limit))
    if low >= high:
        return None
    step = (high - low) / (BINS - 1)
    if (values == np.round(values)).all() and limit == round(limit):
        step = float(max(1, np.ceil(step)))
    below, above = int(np.ceil((limit - low) / step)), int(np.ceil((high - limit) / step))
    above += int(above == 0 or limit + above * step <= high)  # what is equal to the last edge has a bin of its own
    edges: Floats = limit + step * np.arange(-below, above + 1)
    return edges
