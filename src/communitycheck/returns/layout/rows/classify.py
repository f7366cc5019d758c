"""Which rows below a header are records, and what the others are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import DASHES, plain, printed
from communitycheck.returns.layout.head.same_header import is_same_header
from communitycheck.returns.layout.row_words import (
    is_class,
    is_kind,
    is_plain_total,
    is_remark,
    is_subset,
    is_total,
    region_rank,
    unit_line,
)
from communitycheck.returns.layout.rows.beyond import cells_beyond
from communitycheck.returns.layout.rows.body import (
    BLANK,
    EXAMPLE,
    HEADER,
    INDICATORS,
    MANY,
    NOTE,
    PAGE,
    RATIO,
    RECORD,
    TOTALS,
    UNREAD,
    WAITING,
    Body,
    Flags,
    Ints,
    figures,
    names_of,
)
from communitycheck.returns.layout.rows.extra_rows import comparison_rows, example_rows, statistic_rows, waiting_rows
from communitycheck.returns.layout.rows.larger_places import larger_places
from communitycheck.returns.layout.rows.not_standing import unread_what_does_not_stand
from communitycheck.returns.layout.rows.parts import kinds_below_totals, parts_of_records
from communitycheck.returns.layout.rows.sparse_rows import sparse_rows
from communitycheck.returns.layout.rows.sums import Sums, sum_rows
from communitycheck.returns.layout.rows.the_whole import the_whole
from communitycheck.returns.layout.rows.totals import totals_by_words
from communitycheck.returns.text_columns import bools, picked
from communitycheck.system.threads import side_by_side

_BRACKETS = pattern(r"\(.*?\)")
# So many of its records are enough to see that a long table's first or last record is not their sum.
SOME = 2_000


def classify(body: Body) -> None:
    """Fill in ``body.classes``."""
    body.classes[body.counts == 0] = BLANK
    _repeated_headers(body)
    body.set_aside(example_rows(body), EXAMPLE)
    _separators(body)
    _word_totals(body)
    parts_of_records(body)
    kinds_below_totals(body)
    _class_totals(body)
    if len(body.counts) <= MANY and not INDICATORS.search(body.names[body.label]):
        body.set_aside(comparison_rows(body, np.flatnonzero(body.classes == TOTALS)), TOTALS)
    body.set_aside(statistic_rows(body, np.flatnonzero(body.classes == RECORD)), UNREAD)
    sparse_rows(body)
    body.classes[waiting_rows(body, np.flatnonzero(np.isin(body.classes, (RECORD, UNREAD))))] = WAITING
    the_whole(body)
    _unmarked_totals(body)
    _nameless_totals(body)
    larger_places(body)
    _below_other_units(body)
    unread_what_does_not_stand(body)
    cells_beyond(body)


# --- repeated headers


def _repeated_headers(body: Body) -> None:
    for header in body.header_rows:
        cells = [(c, body.grid.cell(header, column)) for c, column in enumerate(body.columns)]
        held = [(c, text) for c, text in cells if text is not None and plain(text)]
        if not held:
            continue
        same = body.counts == len(held)
        if len(body.counts) > MANY:
            for c, text in held[:4]:
                if same.any():
                    same = same & _says(body, c, text)
        else:  # its first text tells; one of the others may have a slip
            firsts = [_says(body, c, text) for c, text in held[:2]]
            same = same & np.logical_or.reduce(firsts)
        shown = [printed(t) for _, t in cells]
        for row in np.flatnonzero(same):
            if is_same_header([printed(t) for t in body.row(int(row))], shown):
                body.classes[row] = HEADER


def _says(body: Body, column: int, text: str) -> Flags:
    """Rows that say the text in a column; in a long table those that write it as it is written there."""
    part = body.grid.columns[body.columns[column]].slice(body.first, len(body.counts))
    if len(body.counts) > MANY:
        return bools(pc.equal(part, text))
    wanted = printed(text)
    return np.array([t is not None and (t == text or printed(t) == wanted) for t in part.to_pylist()], bool)


# --- lines drawn with signs

_LINE = pattern(r"[-—–―_=~～*＊#·.…\s]{3,}")


def _separators(body: Body) -> None:
    """A line drawn with dashes or stars between blocks says nothing of anyone."""
    if len(body.counts) > MANY:
        return
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 0))
    firsts = body.grid.some(body.columns[body.naming], body.first + rows)
    for row, text in zip(rows.tolist(), firsts, strict=True):
        if text and _LINE.fullmatch(text) and all(_LINE.fullmatch(t) for t in body.row(row) if t and plain(t)):
            body.classes[row] = NOTE


# --- another unit


def _below_other_units(body: Body) -> None:
    """A line of units among the records that is not the table's own: what stands below it is of another unit, unread.

    The same line on a later page, or the unit that the header itself states, changes nothing.
    """
    lines = {row: _stated_unit(body.row(row)) for row in np.flatnonzero(body.classes == PAGE)[:MANY].tolist()}
    if not any(lines.values()):
        return
    above = [body.grid.row(row) for row in body.header_rows]
    known = {*map(_stated_unit, above), *(_stated_unit([title]) for title in body.titles)}
    brackets = "".join(_BRACKETS.findall("".join(plain(text) for texts in above for text in texts)))
    for row, unit in lines.items():
        if unit and unit not in known and f"({unit})" not in brackets:
            below = body.classes[row + 1 :]
            below[np.isin(below, (RECORD, TOTALS))] = UNREAD
            return


def _stated_unit(texts: Sequence[str | None]) -> str:
    """What a line of units in the row states; empty where there is none."""
    return next((plain(unit) for text in texts if (unit := unit_line(text))), "")


# --- totals, by what they say, by their name or by their sum alone


def _word_totals(body: Body) -> None:
    """Totals by a word where the name of a subject stands, or left of it in a row that names none.

    Any other column may hold such a word and say nothing of the row: one that serves 全市 is a record.
    """
    places = body.columns[: body.naming + 1]
    totals = partial(totals_by_words, body.grid, first=body.first, n=len(body.counts))
    found = list(side_by_side(totals, places, len(body.counts)))
    named = found.pop()
    remarks = [row for row in named[body.counts[named] == 1].tolist() if is_remark(body.text(row, body.naming))]
    body.set_aside(np.setdiff1d(named, remarks), TOTALS)
    body.set_aside(np.array(remarks, np.int64), UNREAD)
    names = body.grid.columns[body.columns[body.naming]].slice(body.first, len(body.counts))
    usual = names_of(body).rank
    for column, rows in enumerate(found):
        rows = rows[body.classes[rows] == RECORD]
        beside = picked(names, rows).to_pylist()
        known: dict[tuple[str | None, str | None], int] = {}
        words = body.grid.some(body.columns[column], body.first + rows)
        for row, pair in zip(rows.tolist(), zip(words, beside, strict=True), strict=True):
            if pair not in known:
                known[pair] = _beside_its_name(*pair, usual)
            body.classes[row] = known[pair]


def _class_totals(body: Body) -> None:
    """城市社区 with figures among communities: the sum of a class of them. In a list of classes each is a record."""
    if len(body.counts) > MANY:
        return
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 1))
    names = body.grid.some(body.columns[body.naming], body.first + rows)
    classes = rows[[is_class(name) for name in names]] if len(rows) else rows
    if 0 < len(classes) * 3 < len(rows):
        values = sorted(body.values)
        body.classes[classes[body.filled[classes][:, values].any(axis=1)]] = TOTALS


# 8个社区, 共12: what a total counts stands where records have their names.
_COUNTED = pattern(r"[(（]?(?:共|合计)?\d+(?:个|所|家)?.{0,6}[)）]?")


def _beside_its_name(word: str | None, name: str | None, usual: int) -> int:
    """The class of a row with a word for a total left of the name of its subject."""
    shown = plain(name)
    if not shown or shown in DASHES or is_total(name) or _COUNTED.fullmatch(shown):
        return TOTALS
    if is_subset(word):
        return TOTALS if is_kind(name) else RECORD
    if 0 < region_rank(name) < usual:
        return TOTALS
    return UNREAD if is_plain_total(word) else RECORD


def _unmarked_totals(body: Body) -> None:
    rows = np.flatnonzero(body.classes == RECORD)
    columns = sorted(body.values)
    if INDICATORS.search(body.names[body.label]):
        return
    ratio = np.array([bool(RATIO.search(body.names[c])) for c in columns], bool)
    if len(rows) < 3 or not columns:
        return
    if len(rows) > MANY:
        _edge_totals(body, rows, [c for c, r in zip(columns, ratio, strict=True) if not r][:3])
        return
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + rows) for c in columns])
    lead = range(max(body.label + 1, min(columns)))

    @cache
    def rank(row: int) -> int:
        return max(region_rank(body.text(int(rows[row]), c)) for c in lead)

    for row in rows[sum_rows(values, ratio, rank)]:
        body.classes[row] = TOTALS
        body.unmarked.append(int(row))


def _nameless_totals(body: Body) -> None:
    """Rows that name nobody and are in every column the sum of the records above or below them."""
    rows = np.flatnonzero((body.classes == RECORD) | (body.classes == TOTALS))
    columns = [c for c in sorted(body.values) if body.names[c] and c > body.naming and not RATIO.search(body.names[c])]
    if not columns or len(rows) > MANY or INDICATORS.search(body.names[body.label]):
        return
    nameless = (body.classes[rows] == RECORD) & ~body.filled[rows, body.naming]
    places = np.flatnonzero(nameless)
    if not len(places) or nameless.mean() > 0.34:
        return
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + rows) for c in columns])
    sums = Sums(values, (body.classes[rows] == RECORD) & ~nameless)
    edges = np.flatnonzero(nameless | (body.classes[rows] == TOTALS))
    at = np.searchsorted(edges, places)
    before = np.where(at > 0, edges[at - 1] + 1, 0)
    after = np.append(edges, len(rows))[at + 1]
    nothing, everything = np.zeros(len(places), np.int64), np.full(len(places), len(rows))
    for first, end in ((before, places), (places + 1, after), (nothing, everything)):
        agree = sums.agree(values[places], first, end)
        total = (agree | ~np.isfinite(values[places])).all(axis=1) & agree.any(axis=1) & (sums.counts(first, end) > 1)
        body.classes[rows[places[total]]] = TOTALS
        body.unmarked += [int(row) for row in rows[places[total]] if int(row) not in body.unmarked]


def _edge_totals(body: Body, rows: Ints, columns: list[int]) -> None:
    """In a long table: the first or the last record is the sum of all the others, in every column looked at."""
    for edge, rest in ((rows[0], rows[1:]), (rows[-1], rows[:-1])):
        agreed = []
        for c in columns:
            values = figures(body.grid.columns[body.columns[c]], body.first + np.array([edge]))
            if not np.isfinite(values[0]) or values[0] <= 0:
                continue
            if _exceeded(figures(body.grid.columns[body.columns[c]], body.first + rest[:SOME]), values[0]):
                agreed.append(False)
                break
            others = figures(body.grid.columns[body.columns[c]], body.first + rest)
            agreed.append(bool(abs(np.nansum(others) - values[0]) <= 1e-9 * values[0]))
            if not agreed[-1]:
                break
        if len(agreed) >= 2 and all(agreed):
            body.classes[edge] = TOTALS
            body.unmarked.append(int(edge))


def _exceeded(some: npt.NDArray[np.float64], total: float) -> bool:
    """Counts and areas only add up: where a part of them exceeds the total, all of them do."""
    known = some[np.isfinite(some)]
    return bool(len(known) and known.min() >= 0 and known.sum() > total * (1 + 1e-9))
