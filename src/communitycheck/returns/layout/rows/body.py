"""The rows below a header, and what is known of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.patterns import pattern
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import number_of, plain
from communitycheck.returns.layout.row_words import is_total, region_rank
from communitycheck.returns.text_columns import TextArray, picked

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# Row classes.
RECORD, BLANK, TOTALS, GROUP, HEADER, NOTE, PAGE, UNREAD, EXAMPLE, WAITING = range(10)
REASONS = {
    BLANK: "blank", TOTALS: "totals", GROUP: "group", HEADER: "repeated-header", NOTE: "note", PAGE: "page",
    UNREAD: "unread", EXAMPLE: "example", WAITING: "empty",
}  # fmt: skip
# A column of names is filled in so many of the rows.
MOSTLY = 0.5
# Beyond so many rows sums are not looked for among neighbours, only for the first and last row.
MANY = 20_000
RATIO = pattern(
    r"率|比重|比例|占.{0,4}比|[^对]比(?:$|[(（/])|系数|人均|户均|平均|均值|%|％|‰|密度|指数|百分|每百|每千|每万|增速|增长|同比|排名|名次|"
    r"年龄|代码|编号|编码|电话|序号|年份"
)

# Headers over what numbers the records.
CODES = pattern(r"代码|编号|编码|序号|行次|^no\.?$|^#$|\bcode$|^id$", re.I)

# Headers over what kind the subjects are of: no names, however much they look like them (城市社区).
KINDS = pattern(r"类型|类别|种类|性质|属性|分类|等级|类$|是否")

# The header over labels that are indicators, not subjects; one indicator may well be the sum of others.
INDICATORS = pattern(r"指标|項目|项目|科目|栏目|内容")


@dataclass(slots=True)
class Body:
    """Rows ``first`` to ``last`` of a table in the grid (from 0, inclusive) and the class of each.

    ``counts`` are the filled cells of each row, ``shares`` the share of the rows of more than one cell that fill each
    column, by a sample of them; ``label`` is the first column of text, ``naming`` the one that names the subjects (of
    街道, 社区名称 the second). ``unmarked`` are totals that only their sum tells, ``whole`` those that bear the name of
    the region in the title; ``wide`` rows of another shape with their first column beyond the header, and ``beyond``
    the columns without a name that records fill, each with the first of these rows and their number.
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
    naming: int = field(init=False)
    unmarked: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    wide: dict[int, int] = field(default_factory=dict)
    beyond: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counts = in_rows(self.filled)
        self.classes = np.zeros(len(self.counts), np.uint8)
        self.shares = _shares(self)
        self.label = _label_column(self)
        self.naming = _naming_column(self)

    def text(self, row: int, column: int) -> str | None:
        return self.grid.cell(self.first + row, self.columns[column])

    def row(self, row: int) -> list[str | None]:
        return [self.text(row, c) for c in range(len(self.columns))]

    def set_aside(self, rows: Ints, code: int) -> None:
        """Give those of the rows that still count as records another class."""
        self.classes[rows[self.classes[rows] == RECORD]] = code


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
    return next((c for c in texts if body.shares[c] >= MOSTLY), texts[0] if texts else 0)


_NO_NAMES = pattern(f"{CODES.pattern}|{KINDS.pattern}", re.I)


def _naming_column(body: Body) -> int:
    """Of the columns of text before the figures the one whose texts repeat least, codes and kinds aside.

    Of several the first that holds names of places, or else the first: a 书记 differs from row to row as well.
    """
    end = min((c for c in body.values if c > body.label and body.shares[c] >= MOSTLY), default=len(body.columns))
    lead = [
        c
        for c in range(body.label, end)
        if c not in body.values and body.shares[c] >= MOSTLY and body.names[c] and not _NO_NAMES.search(body.names[c])
    ]
    if len(lead) < 2:
        return lead[0] if lead else body.label
    rows = np.flatnonzero(body.counts > 1)
    rows = rows[:: max(1, len(rows) // 200)]
    found = {c: {t for t in body.grid.some(body.columns[c], body.first + rows) if t and not is_total(t)} for c in lead}
    most = max(map(len, found.values()))
    several = [c for c in lead if len(found[c]) >= 0.9 * most]
    places = [c for c in several if sum(region_rank(text) > 0 for text in found[c]) * 2 > len(found[c])]
    return (places or several)[0]


def sample(body: Body, size: int) -> Ints:
    """So many of the records, spread over the table; all where there are no more."""
    solid = np.flatnonzero(body.classes == RECORD)
    if len(solid) <= size:
        return solid
    return solid[np.linspace(0, len(solid) - 1, size).astype(np.int64)]


class NameForm(NamedTuple):
    """What the names of the subjects are like: the level that most of them tell (0 where they tell none), the share of
    them that do, and the characters of the longest."""

    rank: int
    share: float
    longest: int


def names_of(body: Body) -> NameForm:
    """What the names of the subjects are like, by some of the records that have more than a name."""
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 1))
    rows = rows[:: max(1, len(rows) // 60)]
    texts = [plain(text) for text in body.grid.some(body.columns[body.naming], body.first + rows)]
    texts = [text for text in texts if text and not is_total(text)]
    if not texts:
        return NameForm(0, 0.0, 0)
    rank, count = Counter(region_rank(text) for text in texts).most_common(1)[0]
    return NameForm(rank, count / len(texts), max(map(len, texts)))


def in_rows(filled: Flags) -> Ints:
    """How many cells of each row are filled."""
    counts: Ints = np.add.reduce(filled.view(np.uint8), axis=1, dtype=np.uint16).astype(np.int64)
    return counts


def rows_of(filled: Flags, rows: Ints) -> Flags:
    """Some of the rows, in ascending order; all of them are no copy."""
    return filled if len(rows) == len(filled) else filled[rows]


def figures(column: TextArray, rows: Ints) -> npt.NDArray[np.float64]:
    """Cells of a column as numbers; NaN where they are none."""
    whole = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    part = column.slice(int(rows[0]), len(rows)) if whole else picked(column, rows)
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
