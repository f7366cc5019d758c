"""Figures that changed from one period to the next as hardly any other did: questions to the office, never verdicts.

The bounds are those of Hidiroglou and Berthelot (1986): changes are made symmetric about their median, weighed by the
size of the subject, and held against quartiles, so that neither small subjects nor a common growth raise questions.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.model import units
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, Column, Floats, Ints, State, Table, among
from communitycheck.model.text import Text

SIZE = 0.5  # how much the size of a subject weighs
WIDTH = 20.0  # how many distances of a quartile a change may lie beyond the median
LEAST_DISTANCE = 0.05  # of the median: quartiles closer to it are taken to be that far away
LEAST_CHANGE = 0.30  # a smaller change asks for no explanation
FEWEST = 10  # changes by which quartiles say something
# Units that are taken for each other: tens and powers of them, and 亩 for ㎡.
SLIPS = (10.0, 100.0, 1_000.0, 10_000.0, 2_000 / 3)
NEAR = 0.10
SMALL = 100.0  # figures below may well be ten times those of before
LIMIT = 20  # questions of one kind of subject that are told one by one


class _Asked(Struct, frozen=True, eq=False):
    """Records of which one field is asked about, with those before; ``slip`` is by how many times, 0 where it is no
    slip, and ``weight`` how much of the whole the change is."""

    field: Field
    rows: Ints
    earlier: Ints
    slip: Floats
    weight: Floats


def implausible_changes(tables: Iterable[tuple[Table, LatestRecords | None]], dictionary: Dictionary) -> list[Notice]:
    """A question for each figure that lies far from what its subject had in the period before, those that move the
    whole most first."""
    notices: list[Notice] = []
    for table, latest in tables:
        if latest is None:
            continue
        earlier = latest.before(np.arange(len(table), dtype=np.int32))
        rows = np.flatnonzero(latest.judged & (earlier >= 0)).astype(np.int32)
        asked: list[_Asked] = []
        for own, before in _spans(latest, rows, earlier[rows]):
            for key, column in table.columns.items():
                field = dictionary.fields.get(key)
                if field is not None and field.type not in ("date", "truth") and field.unit != "ratio":
                    asked += _of_field(field, column, own, before)
        notices += _told(table, latest, asked)
    return notices


def _spans(latest: LatestRecords, rows: Ints, earlier: Ints) -> Iterable[tuple[Ints, Ints]]:
    """The records of two periods that are compared, those of each two periods together."""
    of = latest.periods.of
    kinds = of[rows] * len(latest.periods.all) + of[earlier]
    for kind in np.unique(kinds).tolist():
        here = kinds == kind
        yield rows[here], earlier[here]


def _of_field(field: Field, column: Column, rows: Ints, earlier: Ints) -> Iterable[_Asked]:
    if column.lo is None or column.hi is None or column.truth:
        return
    then, now = column.lo[earlier], column.lo[rows]
    with np.errstate(invalid="ignore"):
        fits = (then > 0) & (now > 0) & (then == column.hi[earlier]) & (now == column.hi[rows]) & (then != now)
    if column.state is not None:
        fits &= among(column.state[rows], State.KNOWN) & among(column.state[earlier], State.KNOWN)
    if not fits.any():
        return
    then, now, rows, earlier = then[fits], now[fits], rows[fits], earlier[fits]
    slip = slips(then, now)
    where = (slip > 0) | unlike_others(then, now)
    if where.any():
        weight = np.abs(now - then)[where] / now.sum()
        yield _Asked(field, rows[where], earlier[where], slip[where], weight)


def unlike_others(then: Floats, now: Floats) -> Bools:
    """Which figures, none of them zero and each another than ``then``, changed as hardly any other did."""
    if len(then) < FEWEST:
        return np.zeros(len(then), bool)
    ratio = now / then
    median = float(np.median(ratio))
    moved = np.where(ratio < median, 1 - median / ratio, ratio / median - 1)
    effect = moved * np.maximum(then, now) ** SIZE
    low, middle, high = (float(end) for end in np.percentile(effect, (25, 50, 75)))
    least = abs(LEAST_DISTANCE * middle)
    below = effect < middle - WIDTH * max(middle - low, least)
    above = effect > middle + WIDTH * max(high - middle, least)
    large: Bools = np.abs(ratio - 1) > LEAST_CHANGE
    return (below | above) & large


def slips(then: Floats, now: Floats) -> Floats:
    """By how many times a figure is larger (or, negative, smaller) than before, where that is as another unit would
    make it; 0 elsewhere."""
    found, larger, smaller = np.zeros(len(then)), np.maximum(then, now), np.minimum(then, now)
    far = np.flatnonzero((larger >= SMALL) & (larger >= (1 - NEAR) * SLIPS[0] * smaller))
    ratio = larger[far] / smaller[far]
    sign = np.where(now[far] > then[far], 1.0, -1.0)
    for times in SLIPS:
        near = np.abs(ratio / times - 1) <= NEAR
        found[far[near]] = sign[near] * times
    return found


def _told(table: Table, latest: LatestRecords, asked: list[_Asked]) -> list[Notice]:
    places = [(-float(one.weight[k]), n, k) for n, one in enumerate(asked) for k in range(len(one.rows))]
    if not places:
        return []
    first = sorted(places)[:LIMIT]
    notices = [_question(table, latest, asked[n], k) for _, n, k in first]
    if len(places) > LIMIT:
        values = {"count": len(places) - LIMIT}
        notices.append(Notice("more-changed-unlike-others", notices[0].at, values=values))
    return notices


def _question(table: Table, latest: LatestRecords, one: _Asked, k: int) -> Notice:
    row, before, column = int(one.rows[k]), int(one.earlier[k]), table.columns[one.field.key]
    assert column.lo is not None
    sheet, place = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    slip = float(one.slip[k])
    values = {
        "field": one.field.label,
        "now": f"{column.lo[row]:,.12g}",
        "before": f"{column.lo[before]:,.12g}",
        "unit": Text(units.shown(one.field.unit, "zh"), units.shown(one.field.unit, "en")),
        "period": latest.periods.all[int(latest.periods.of[before])].words,
        "first": table.place_of(one.field.key, before),
    }
    code = "changed-unlike-others"
    if slip:
        code = "unit-slip-since" if slip > 0 else "unit-slip-since-less"
        values["times"] = f"{abs(slip):,.4g}"
    at = sheet.address_of(place, sheet.cell_of(one.field.key, place))
    return Notice(code, at, table.name_at(row), values)
