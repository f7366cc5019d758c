"""Figures that are so many times what is usual in their region as another unit would make them: questions to the
office, never verdicts.

What is usual is the median of the county, or of the city or province around it where the county has too few figures. A
question is asked only where figures lie so close together that ten times the median is no large subject but a slip:
half of them within a factor of two, hardly any beyond a factor of three that is no slip itself, and few slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.checking.repeated.implausible import LIMIT, NEAR, SLIPS, SMALL, slips
from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.model import units
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.places.regions import Numbers, Path, RegionIndex, levels_above
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, Column, Floats, Ints, State, Table, among
from communitycheck.model.text import Text
from communitycheck.system.threads import side_by_side

PEERS = 8  # figures of a region by which its median says something
LEVELS = ("county", "city", "province")  # the first that has so many
MIDDLE_HALF = np.log10(2.0)  # the quartiles lie no further apart
ORDINARY = np.log10(3.0)  # figures that are no slips lie within this factor of the median
BEYOND = 0.01  # but for so many of them
FEW = 0.05  # more slips than these are no slips, but a kind of subject; one may always be
_SLIP = np.log10((1 - 2 * NEAR) * min(SLIPS))  # what is nearer to the median is no slip
_APART = 1_024.0  # powers of ten: further than any two figures lie from each other


class _Slipped(Struct, frozen=True, eq=False):
    """Records of which one field is asked about: the median of the region of each, its name, by how many times the
    figure is larger or, negative, smaller, and how much of the whole that is."""

    field: Field
    rows: Ints
    median: Floats
    regions: list[str]
    times: Floats
    weight: Floats


def unlike_peers(
    tables: Iterable[tuple[Table, LatestRecords | None]], dictionary: Dictionary, told: Sequence[Notice]
) -> list[Notice]:
    """A question for each figure that another unit may have made, those that weigh most first.

    Args:
        told: what is asked already; of its cells nothing more is.
    """
    asked = {one.at for one in told}
    notices: list[Notice] = []
    for table, latest in tables:
        levels = [level for level in LEVELS if level in levels_above(table.entity) and level in table.regions]
        if len(table) < PEERS or not levels:
            continue
        peers = _Peers(table, levels, None if latest is None else latest.judged)
        wanted: list[tuple[Field, Column]] = []
        stated = {column.field for sheet in table.sheets for column in sheet.columns}  # the rest follows from these
        for key, column in table.columns.items():
            field = dictionary.fields.get(key)
            if field is None or key not in stated or field.role or field.unit == "ratio":
                continue
            if field.type not in ("date", "truth"):
                wanted.append((field, column))
        found = side_by_side(peers.slipped, wanted, len(table))
        notices += _told(table, list(chain.from_iterable(found)), asked)
    return notices


class _Peers:
    """The records of a table by their regions."""

    def __init__(self, table: Table, levels: Sequence[str], judged: Bools | None) -> None:
        self.table, self.levels, self.judged = table, levels, judged
        self.index = RegionIndex()
        self.index.of(table, levels[0])  # which all columns ask for, in two threads

    def slipped(self, one: tuple[Field, Column]) -> list[_Slipped]:
        """The figures of a field that are asked about, level by level."""
        return list(self._slipped(*one))

    def _slipped(self, field: Field, column: Column) -> Iterator[_Slipped]:
        if column.lo is None or column.hi is None or column.truth:
            return
        with np.errstate(invalid="ignore"):
            known = (column.lo > 0) & (column.lo == column.hi) & np.isfinite(column.lo)
        if column.state is not None:
            known &= among(column.state, State.KNOWN)
        if self.judged is not None:
            known &= self.judged
        rows = np.flatnonzero(known).astype(np.int32)
        values, left = column.lo[rows], np.ones(len(rows), bool)
        if len(rows) < PEERS or values.max() < max(SMALL, 10**_SLIP * values.min()):
            return
        logs = np.log10(values)
        for level in self.levels:
            numbers, paths = self.index.of(self.table, level)
            here = numbers[rows]
            counts = np.bincount(here, minlength=len(paths))
            enough = (counts >= PEERS) & np.array([bool(path[-1]) for path in paths], bool)
            asked = left & enough[here]
            if asked.any():
                yield from _of_level(field, rows, values, logs, here, paths, asked)
                left &= ~asked
            if not left.any():
                return


def _of_level(
    field: Field, rows: Ints, values: Floats, logs: Floats, here: Numbers, paths: list[Path], asked: Bools
) -> Iterator[_Slipped]:
    """Those of the regions of one level, among the figures that are ``asked`` about."""
    counts = np.bincount(here, minlength=len(paths))
    middle = _middles(logs, here, counts)
    if np.isnan(middle).all():
        return
    far = np.flatnonzero(np.abs(logs - middle[here]) > ORDINARY)
    region = here[far]
    times = slips(10 ** middle[region], values[far])
    spread = np.bincount(region[times == 0], minlength=len(paths)) > BEYOND * counts
    many = np.bincount(region[times != 0], minlength=len(paths)) > np.maximum(FEW * counts, 1.0)
    found = (times != 0) & asked[far] & ~(spread | many)[region]
    if found.any():
        chosen, region = far[found], region[found]
        median = _medians(values, here, np.unique(region), len(paths))[region]
        weight = np.abs(values[chosen] - median) / values.sum()
        yield _Slipped(field, rows[chosen], median, [paths[k][-1] or "" for k in region.tolist()], times[found], weight)


def _middles(logs: Floats, here: Numbers, counts: npt.NDArray[np.integer]) -> Floats:
    """The medians, as powers of ten, of the regions where figures lie closely together and one is far off; else NaN."""
    ordered = np.sort(here * _APART + logs)  # region by region
    ends = np.cumsum(counts)
    found = np.flatnonzero(counts >= PEERS)
    begins, size = (ends - counts)[found], counts[found]
    low, middle, high = (_quantile(ordered, begins, size, q) for q in (0.25, 0.5, 0.75))
    farthest = np.maximum(ordered[ends[found] - 1] - middle, middle - ordered[begins])
    middles = np.full(len(counts), np.nan)
    middles[found] = np.where((high - low <= MIDDLE_HALF) & (farthest > _SLIP), middle - found * _APART, np.nan)
    return middles


def _medians(values: Floats, here: Numbers, regions: Numbers, n: int) -> Floats:
    """The medians of some of the ``n`` regions; NaN of the others."""
    wanted = np.zeros(n, bool)
    wanted[regions] = True
    some = np.flatnonzero(wanted[here])
    ordered = some[np.lexsort((values[some], here[some]))]
    begins, size = np.unique(here[ordered], return_index=True, return_counts=True)[1:]
    medians = np.full(n, np.nan)
    medians[regions] = _quantile(values[ordered], begins, size, 0.5)
    return medians


def _quantile(ordered: Floats, begins: npt.NDArray[np.integer], counts: npt.NDArray[np.integer], q: float) -> Floats:
    """That of each part of sorted figures, between two of them as numpy has it."""
    at = q * (counts - 1)
    low, high = np.floor(at).astype(np.int64), np.ceil(at).astype(np.int64)
    found: Floats = ordered[begins + low] + (at - low) * (ordered[begins + high] - ordered[begins + low])
    return found


def _told(table: Table, found: list[_Slipped], asked: set[Address]) -> list[Notice]:
    places = sorted((-float(one.weight[k]), n, k) for n, one in enumerate(found) for k in range(len(one.rows)))
    notices: list[Notice] = []
    left = 0
    for _, n, k in places:
        notice = _question(table, found[n], k)
        if notice.at in asked:
            continue
        if len(notices) < LIMIT:
            notices.append(notice)
        else:
            left += 1
    if left:
        notices.append(Notice("more-unlike-peers", notices[0].at, values={"count": left}))
    return notices


def _question(table: Table, one: _Slipped, k: int) -> Notice:
    row, column, times = int(one.rows[k]), table.columns[one.field.key], float(one.times[k])
    assert column.lo is not None
    sheet, place = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    values = {
        "field": one.field.label,
        "now": f"{column.lo[row]:,.12g}",
        "median": f"{one.median[k]:,.4g}",
        "unit": Text(units.shown(one.field.unit, "zh"), units.shown(one.field.unit, "en")),
        "region": one.regions[k],
        "times": f"{abs(times):,.4g}",
    }
    code = "unit-slip-among" if times > 0 else "unit-slip-among-less"
    return Notice(code, sheet.address_of(place, sheet.cell_of(one.field.key, place)), table.name_at(row), values)
