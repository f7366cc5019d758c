"""How one table lies in a grid: what its rows and columns are."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.rows.claims import Claim
from communitycheck.returns.layout.rows.unproven import WordTotal
from communitycheck.returns.text_columns import TextArray

Rows = npt.NDArray[np.int64]
# What a layout without a record says of itself.
NO_RECORDS, BLANK_FORM = "no-records", "form-without-data"


class LayoutColumn(Struct):
    """One column of a table. ``index`` counts from 0 in the grid; ``unit_text`` is the cell of a row of units.

    ``joined``: one merged cell heads it and the column left of it.
    """

    index: int
    header: str
    unit_text: str | None = None
    joined: bool = False


class FormLabel(Struct, frozen=True):
    """What a form asks for, as it is written in one of its cells (``B3``), with the unit that stands beside it."""

    cell: str
    text: str
    unit_text: str | None = None


class GroupRow(Struct):
    """A row that names a group of the rows below it. ``row`` counts from 1; ``stated`` is the count it claims."""

    row: int
    label: str
    stated: int | None = None
    counted: int = 0


class Layout(Struct):
    """One table of a grid. Rows count from 1 as the spreadsheet shows them, except in ``data_rows``.

    Attributes:
        grid: the sheet.
        columns: the columns from left to right, panels included; headers of several levels are joined with ``/``.
        header_rows: the rows that name the columns; empty where none was found.
        first_row, last_row: the span of the data, totals and group rows included; None for a table without rows.
        data_rows: index (from 0) in the grid of each record.
        classes: the class of each row from ``body_first`` (from 0) on, by the codes of ``body``.
        titles: text of the title rows. own_title: of a block beside another the title
            that stands over it alone. unit_line: the text after ``单位：``.
        places_above: of a further table in a sheet the places in the title of the first that hold for it as well.
        totals_rows: totals and subtotals, by word or by sum; ``unmarked_totals`` are those that only the sum tells,
            ``whole_rows`` those that bear the name of the region in the title.
        wide_rows: unread rows that go on beyond the header -> the first column there; ``cells_beyond`` are columns
            without a name that records fill: the first of their rows, the column, and how many. All count from 0.
        group_rows: see ``groups``.
        forward_filled: column index -> for each of ``data_rows`` the name from above that fills its blank cell (merged
            region names); null where the cell has text of its own or none fills it. ``forward_filled_doubtfully`` gives
            the rows (from 0) of such cells, by column, where the blank may as well be a mistake.
        group_labels: for each of ``data_rows`` the label of its group row; None where there are no groups.
        false_claims: cells of total rows that are not the sum of their records; ``word_totals`` are rows that only a
            word calls totals.
        first_column, last_column: the columns of the table in the grid, from 0.
        transposed: the labels of the rows are indicators; periods or subjects run across. See ``transpose``.
        second: its header stands below the records of another table; whoever reads on cannot pass over what it heads.
        skipped: rows of the span that are no records, with the reason (``totals group repeated-header blank note
            index units page title empty``).
        source: of a transposed table the layout as it lies in the file; ``unused_columns`` are columns of the file
            (from 0) that hold figures and are no records, and ``periods_aside`` the headers of those that hold another
            period's.
        period, period_months: the last day of the period that the header states for all figures, and how many months
            that lasts (0: not told).
        other_years: the years of which it has columns that are read as tables of their own (see ``by_year``);
            ``further_year``: it lies in the rows of such a table before it.
        years_aside: columns headed by nothing but a year that are not read as years, each with its year;
            ``years_beside``: the headers of figures of no year because of which they are not; where there are none,
            nothing says what the figures of the years are.
        blank_years: those whose columns hold no figure, and are no periods of the return.
        labels: of a form, which is no table, what it asks for.
    """

    grid: Grid
    columns: list[LayoutColumn] = field(default_factory=list)
    title_rows: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    own_title: str | None = None
    places_above: list[str] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    index_row: int | None = None
    unit_row: int | None = None
    unit_line: str | None = None
    first_row: int | None = None
    last_row: int | None = None
    data_rows: Rows = field(default_factory=lambda: np.empty(0, np.int64))
    classes: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    body_first: int = 0
    totals_rows: list[int] = field(default_factory=list)
    unmarked_totals: list[int] = field(default_factory=list)
    whole_rows: list[int] = field(default_factory=list)
    wide_rows: dict[int, int] = field(default_factory=dict)
    cells_beyond: list[tuple[int, int, int]] = field(default_factory=list)
    group_rows: list[int] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    group_labels: TextArray | None = None
    notes_rows: list[int] = field(default_factory=list)
    repeated_header_rows: list[int] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    forward_filled: dict[int, TextArray] = field(default_factory=dict)
    forward_filled_doubtfully: dict[int, list[int]] = field(default_factory=dict)
    first_column: int = 0
    last_column: int = 0
    transposed: bool = False
    second: bool = False
    skipped: list[tuple[int, str]] = field(default_factory=list)
    empty: str | None = None
    false_claims: list[Claim] = field(default_factory=list)
    word_totals: list[WordTotal] = field(default_factory=list)
    source: Layout | None = None
    unused_columns: list[int] = field(default_factory=list)
    periods_aside: list[str] = field(default_factory=list)
    period: date | None = None
    period_months: int = 0
    other_years: frozenset[int] = frozenset()
    further_year: bool = False
    years_aside: dict[int, int] = field(default_factory=dict)
    years_beside: list[str] = field(default_factory=list)
    blank_years: list[str] = field(default_factory=list)
    labels: list[FormLabel] = field(default_factory=list)

    @property
    def header_row(self) -> int:
        """The last row of the header, from 0; 0 where there is none."""
        return max(self.header_rows, default=1) - 1
