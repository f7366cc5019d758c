"""The rows below a header: which are records, and what the others are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.columns import bools, side_by_side
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout_beside import asked_rows, comparison_rows, example_rows, waiting_rows
from communitycheck.returns.layout_cells import (
    Kind,
    is_note,
    is_numbered,
    is_page,
    is_period,
    kind_of,
    number_of,
    plain,
    region_rank,
    stated_count,
)
from communitycheck.returns.layout_totals import sum_rows
from communitycheck.returns.layout_words import said_totals

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Row classes.
RECORD, BLANK, TOTALS, GROUP, HEADER, NOTE, PAGE, STRAY, EXAMPLE = range(9)
REASONS = {
    BLANK: "blank", TOTALS: "totals", GROUP: "group", HEADER: "repeated-header", NOTE: "note", PAGE: "page",
    STRAY: "empty", EXAMPLE: "example",
}  # fmt: skip
# Beyond so many rows sums are not looked for among neighbours, only for the first and last row.
MANY = 20_000
# So many of its records are enough to see that a long table's first or last record is not their sum.
SOME = 2_000
RATIO = re.compile(
    r"率|比重|比例|占.{0,4}比|人均|户均|平均|均值|%|％|‰|密度|指数|百分|每百|每千|每万|增速|增长|同比|排名|名次|"
    r"年龄|代码|编号|编码|电话|序号|年份"
)

# A section among records that are numbered 1, 2, 3.
_ORDINAL = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[ivxIVX]{1,5}|[A-Z])[)）]?[、.．]?")
# Signs that stand in the cells of a heading, where there is nothing to fill in.
_DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "×", "*", "…", "……"})
# A heading that says how the rows below it are told apart.
_BY_WHAT = re.compile(r"[(（]?按.{1,20}(?:分|划分|分组|分类)[)）]?[:：]?")

# The header over labels that are indicators, not subjects; one indicator may well be the sum of others.
INDICATORS = re.compile(r"指标|項目|项目|科目|栏目|内容")


@dataclass(slots=True)
class Body:
    """Rows ``first`` to ``last`` of a table in the grid (from 0, inclusive) and the class of each.

    ``counts`` are the filled cells of each row, ``shares`` the share of the rows of more than one cell that fill each
    column, by a sample of them; ``label`` is the column that names the records. ``unmarked`` are totals that only their
    sum tells, ``whole`` those that bear the name of the region in the title.
    """

    grid: Grid
    first: int
    last: int
    columns: list[int]
    names: list[str]
    values: set[int]
    header_rows: list[int]
    filled: Flags
    titles: set[str] = field(default_factory=set)
    classes: npt.NDArray[np.uint8] = field(init=False)
    counts: Ints = field(init=False)
    shares: npt.NDArray[np.float64] = field(init=False)
    label: int = field(init=False)
    unmarked: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = in_rows(self.filled)
        self.classes = np.zeros(len(self.counts), np.uint8)
        self.shares = _shares(self)
        self.label = _label_column(self)

    def text(self, row: int, column: int) -> str | None:
        return self.grid.cell(self.first + row, self.columns[column])

    def row(self, row: int) -> list[str | None]:
        return [self.text(row, c) for c in range(len(self.columns))]


def classify(body: Body) -> None:
    """Fill in ``body.classes``."""
    body.classes[body.counts == 0] = BLANK
    _repeated_headers(body)
    _odd_headers(body)
    _set_aside(body, example_rows(body), EXAMPLE)
    _word_totals(body)
    if len(body.counts) <= MANY and not INDICATORS.search(body.names[body.label]):
        _set_aside(body, comparison_rows(body, np.flatnonzero(body.classes == TOTALS)), TOTALS)
    _set_aside(body, asked_rows(body, np.flatnonzero(body.classes == RECORD)), NOTE)
    _sparse_rows(body)
    _set_aside(body, waiting_rows(body, np.flatnonzero(body.classes == RECORD)), STRAY)
    _the_whole(body)
    _unmarked_totals(body)


def _set_aside(body: Body, rows: Ints, code: int) -> None:
    body.classes[rows[body.classes[rows] == RECORD]] = code


# --- repeated headers


def _repeated_headers(body: Body) -> None:
    for header in body.header_rows:
        cells = [(c, body.grid.cell(header, column)) for c, column in enumerate(body.columns)]
        held = [(c, text) for c, text in cells if text is not None and plain(text)]
        if not held:
            continue
        same: Flags | None = None
        for c, text in held[:4]:
            part = body.grid.columns[body.columns[c]].slice(body.first, len(body.counts))
            equal = bools(pc.equal(part, text))
            same = equal if same is None else same & equal
            if not same.any():
                break
        assert same is not None
        for row in np.flatnonzero(same & (body.counts == len(held))):
            if [plain(t) for t in body.row(int(row))] == [plain(t) for _, t in cells]:
                body.classes[row] = HEADER


def _odd_headers(body: Body) -> None:
    """Header rows of later pages that differ a little: names of columns where all other rows have figures."""
    if len(body.counts) > MANY or len(body.values) < 2:
        return
    known = {plain(t) for row in body.header_rows for t in body.grid.row(row) if plain(t)}
    values = sorted(body.values)
    suspects = np.flatnonzero((body.classes == RECORD) & (body.filled[:, values].sum(axis=1) >= 0.6 * len(values)))
    column = body.grid.columns[body.columns[values[0]]].slice(body.first, len(body.counts))
    other = body.grid.columns[body.columns[values[-1]]].slice(body.first, len(body.counts))
    first, last = column.to_pylist(), other.to_pylist()
    for row in suspects:
        if kind_of(first[row]) <= Kind.TEXT and kind_of(last[row]) <= Kind.TEXT:
            texts = [plain(t) for c, t in enumerate(body.row(int(row))) if c in body.values and plain(t)]
            if all(kind_of(t) == Kind.TEXT for t in texts) and sum(t in known for t in texts) * 2 >= len(texts):
                body.classes[row] = HEADER


# --- totals that say so


def _word_totals(body: Body) -> None:
    label = body.label
    columns = [c for c in range(len(body.columns)) if c <= label or not (c in body.values or _long(body, c))]
    places = [body.columns[c] for c in columns]
    said = partial(said_totals, body.grid, first=body.first, n=len(body.counts))
    for rows in side_by_side(said, places, len(body.counts)):
        _set_aside(body, rows, TOTALS)


def _long(body: Body, column: int) -> bool:
    """A column of remarks: what it says about a row is no name."""
    sample = [t for t in (body.text(int(r), column) for r in _sample(body, 40)) if t]
    return bool(sample) and sum(map(len, sample)) / len(sample) > 14


def _sample(body: Body, size: int) -> Ints:
    solid = np.flatnonzero(body.classes == RECORD)
    if len(solid) <= size:
        return solid
    return solid[np.linspace(0, len(solid) - 1, size).astype(np.int64)]


def _shares(body: Body) -> npt.NDArray[np.float64]:
    rows = np.flatnonzero(body.counts > 1)
    if not len(rows):
        return np.zeros(len(body.columns))
    rows = rows[:: max(1, len(rows) // 4000)]
    shares: npt.NDArray[np.float64] = body.filled[rows].mean(axis=0)
    return shares


def _label_column(body: Body) -> int:
    """The first column of text that is mostly filled."""
    texts = [c for c in range(len(body.columns)) if c not in body.values]
    return next((c for c in texts if body.shares[c] >= 0.5), texts[0] if texts else 0)


def in_rows(filled: Flags) -> Ints:
    """How many cells of each row are filled."""
    counts: Ints = np.add.reduce(filled.view(np.uint8), axis=1, dtype=np.uint16).astype(np.int64)
    return counts


def rows_of(filled: Flags, rows: Ints) -> Flags:
    """Some of the rows, in ascending order; all of them are no copy."""
    return filled if len(rows) == len(filled) else filled[rows]


# --- rows with few cells


def _sparse_rows(body: Body) -> None:
    """Group names, notes, page marks and stray cells, told from records that merely lack their figures."""
    alive = body.classes == RECORD
    if not alive.any():
        return
    usual = _usual(body.counts, 1)
    if usual < 2 and len(body.columns) > 2:  # few records among many groups and notes
        usual = _usual(body.counts, 2) or usual
    few = max(1, int(usual * 0.34)) if usual > 2 else 1
    thin = body.counts <= few if usual > 1 else np.ones(len(body.counts), bool)
    share = body.shares
    label = body.label
    dense = [c for c in body.values if body.names[c] and share[c] >= 0.6]
    dense = [c for c in dense if c > label] or dense
    if dense:
        rows = np.flatnonzero(~thin & (body.counts <= 0.67 * usual))
        thin[rows] = ~body.filled[rows][:, dense].any(axis=1)
    _signatures(body, thin)
    alive = body.classes == RECORD
    sparse = np.flatnonzero(alive & thin)
    wide = np.flatnonzero(~thin & (alive | (body.classes == TOTALS)))
    last_wide = max(int(wide[-1]) if len(wide) else -1, _last_named(body, sparse))
    if len(sparse) > MANY:
        return
    notes_begun = False
    for row in sparse.tolist():
        texts = {c: t for c, t in enumerate(body.row(row)) if t is not None and plain(t)}
        after = row > last_wide
        if not texts:
            body.classes[row] = BLANK
            continue
        body.classes[row] = _sparse(body, row, texts, label, after, notes_begun)
        notes_begun = (notes_begun or body.classes[row] == NOTE) and after


def _usual(counts: Ints, least: int) -> float:
    """The median of the counts from ``least`` up; 0 where there are none."""
    below = np.cumsum(np.bincount(counts)[least:])
    if not len(below):
        return 0.0
    middle = np.searchsorted(below, [(below[-1] - 1) // 2, below[-1] // 2], side="right")
    return float(middle.mean()) + least


def _last_named(body: Body, sparse: Ints) -> int:
    """The last row without figures that fills every column of names; -1 where names take the first column alone."""
    if not len(sparse):
        return -1
    label = body.label
    lead = min((c for c in body.values if c > label), default=len(body.columns))
    names = [c for c in range(lead) if _names_it(body, c)]
    if not names or names == [0]:
        return -1
    whole = sparse[body.filled[sparse][:, names].all(axis=1)]
    return int(whole[-1]) if len(whole) else -1


def _signatures(body: Body, thin: Flags) -> None:
    """A line of signatures below the data may have as many cells as a record."""
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 0))
    for row in rows[::-1][:12].tolist():
        if thin[row]:
            continue
        texts = {c: t for c, t in enumerate(body.row(row)) if t is not None and plain(t)}
        figures = any(c in body.values and kind_of(t) >= Kind.PERIOD for c, t in texts.items())
        if figures or not texts or not is_note(texts[min(texts)]):
            break
        body.classes[row] = NOTE


def _sparse(body: Body, row: int, texts: dict[int, str], label: int, after: bool, notes_begun: bool) -> int:
    first = min(texts)
    lead = texts[first]
    figures = [c for c, t in texts.items() if kind_of(t) >= Kind.PERIOD and body.names[c]]
    if len(texts) == 1 and first == label and len(body.columns) > 1 and is_page(lead):
        return PAGE
    if not after and is_numbered(lead) and all(plain(t) in _DASHES for c, t in texts.items() if c != first):
        return GROUP
    if any(is_note(t) for t in texts.values()) and not figures:
        return NOTE
    if not figures and any(is_page(t) or plain(t) in body.titles for t in texts.values()):
        return PAGE
    named = [c for c in texts if c not in body.values or kind_of(texts[c]) == Kind.TEXT]
    if not named:
        return RECORD if len(figures) > 1 or (figures and figures[0] != 0 and len(body.columns) == 2) else STRAY
    if figures and any(c in body.values for c in figures):
        return RECORD
    # A record that merely lacks its figures, and whose region stands above it: it fills the column of names.
    joined = row > 0 and body.classes[row - 1] in (RECORD, TOTALS)
    if (
        first > label
        and joined
        and len(plain(lead)) <= 24
        and not re.search(r"[:。;!]", plain(lead))
        and _names_it(body, first)
    ):
        return RECORD
    if after and (notes_begun or len(plain(lead)) > 24 or first != label or re.search(r"[:。;!]", plain(lead))):
        return NOTE
    if len(plain(lead)) > 60 or (len(plain(lead)) > 12 and re.search(r"[。；！;!]", plain(lead))):
        return NOTE
    if len(plain(lead)) > 60 or (len(texts) == 1 and first > label and first not in body.values):
        return NOTE if len(plain(lead)) > 24 else STRAY
    return GROUP if _is_group(body, row, texts, label) and not after else RECORD


def _names_it(body: Body, column: int) -> bool:
    """A column of names that records always fill."""
    if column in body.values or not body.names[column]:
        return False
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 2))[:200]
    return bool(len(rows) and body.filled[rows, column].mean() >= 0.9)


def _is_group(body: Body, row: int, texts: dict[int, str], label: int) -> bool:
    """A name that stands over the rows below it, not in line with them."""
    first = min(texts)
    lead = texts[first]
    at = body.first + row
    width = len(body.columns)
    for r1, c1, r2, c2 in body.grid.merged:
        if r1 == at == r2 and c1 == body.columns[first] and c2 - c1 + 1 >= max(2, width * 0.5):
            return True
    if stated_count(lead) is not None or is_numbered(lead):
        return True
    if first in body.values:  # a name in a column of numbers
        return kind_of(lead) == Kind.TEXT and (len(texts) == 1 or _ORDINAL.fullmatch(plain(lead)) is not None)
    if _stands_over(body, row, first, lead):
        return True
    sample = _sample(body, 60)
    sample = sample[body.counts[sample] > max(1, len(texts))]
    if not len(sample):
        return False
    if any(c != first and c not in body.values and body.filled[sample, c].mean() >= 0.9 for c in texts):
        return False  # it fills the column that names the records
    same = body.filled[sample, first].mean()
    if same < 0.34:  # a column that records leave empty
        return True
    rank = region_rank(lead)
    ranks = [region_rank(body.text(int(r), first)) for r in sample[:20]]
    usual = max(set(ranks), key=ranks.count)
    return bool(rank and usual and rank < usual)


def _stands_over(body: Body, row: int, column: int, lead: str) -> bool:
    """A heading over rows that are set in further than it, or that says by what they are told apart (按年龄分)."""
    below = [r for r in range(row + 1, min(row + 4, len(body.counts))) if body.counts[r] > 1]
    if not below or body.counts[row] > 1:
        return False
    if _BY_WHAT.fullmatch(plain(lead)):
        return True
    if is_period(lead):  # 2019年 over its months
        return not any(is_period(body.text(r, column)) for r in below)
    return all(_indent(body.text(r, column) or "") > _indent(lead) for r in below[:2])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \u3000\xa0\t"))


# --- totals by their name or their sum alone


def _the_whole(body: Body) -> None:
    """沈阳市 above its districts in a table whose title speaks of 沈阳市: no district, but all of them."""
    rows = np.flatnonzero(body.classes == RECORD)
    titles = "".join(body.titles)
    if not titles or len(rows) < 3 or len(rows) > MANY:
        return
    label = body.label
    names = [plain(body.text(int(row), label)) for row in rows]
    named = [i for i, name in enumerate(names) if name and name in titles]
    if len(named) != 1:
        return
    ranks = [region_rank(name) for name in names]
    usual = max(set(ranks), key=ranks.count)
    if 0 < ranks[named[0]] < usual and sum(0 < rank < usual for rank in ranks) == 1:
        body.classes[rows[named[0]]] = TOTALS
        body.whole.append(int(rows[named[0]]))



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


def figures(column: Any, rows: Ints) -> npt.NDArray[np.float64]:
    """Cells of a column as numbers; NaN where they are none."""
    whole = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    part = column.slice(int(rows[0]), len(rows)) if whole else column.take(pa.array(rows))
    try:
        cast = pc.cast(part, pa.float64())
        return np.asarray(cast.to_numpy(zero_copy_only=False) if isinstance(cast, pa.Array) else cast.to_numpy())
    except pa.ArrowInvalid:
        known: dict[str | None, float] = {}
        out = np.empty(len(rows))
        for i, text in enumerate(part.to_pylist()):
            if text not in known:
                number = number_of(text)
                known[text] = np.nan if number is None else number
            out[i] = known[text]
        return out
