"""Columns of bare years or months that no name of the period heads: it is asked whether the records are of these."""

from __future__ import annotations

import re
from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.columns.meaning.by_values import SAMPLE
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.text_columns import TextArray

MOST_YEARS = 5
_A_YEAR = r"^(?:19|20)[0-9]{2}(?:\.0|年度?|(?:年|[-./])(?:0?[1-9]|1[0-2])月?(?:份|底|末)?|(?:0[1-9]|1[0-2]))?$"
_SAYS_YEAR = pattern(r"年|year|\b(?:yr|fy)\b", re.I)


def may_be_period(column: RawColumn, named: Collection[RawColumn]) -> bool:
    """Whether a column that is no field may say of which year each record is.

    Its cells are years, or months of a year, and they tell apart rows that name the same subject; or all are of one
    year, and the header speaks of years. Years that differ from subject to subject (建成年份)
    are no period of the return.

    Args:
        named: the columns that name the records, and where these lie.
    """
    cells = column.cells
    if len(cells) < 2 or cells.null_count or column.given:
        return False
    if not (_are_years(cells.slice(0, SAMPLE)) and _are_years(cells)):
        return False
    if pc.count_distinct(cells).as_py() == 1:
        return len(column.header.levels) == 1 and _SAYS_YEAR.search(column.text) is not None
    places = {f"{at}": one.cells for at, one in enumerate(named)}
    return bool(places) and _told_apart(pa.table({**places, "year": cells}), list(places))


def years_in(column: RawColumn) -> Text:
    """The years of such a column, the last of them where they are many."""
    years = sorted(pc.unique(column.cells).to_pylist())[-MOST_YEARS:]
    return Text("、".join(years), ", ".join(years))


def _are_years(cells: TextArray) -> bool:
    return bool(pc.all(pc.match_substring_regex(cells, _A_YEAR)).as_py())


def _told_apart(rows: pa.Table, places: list[str]) -> bool:
    """Rows name one subject several times, and none of them twice in one year."""
    subjects = rows.group_by(places).aggregate([]).num_rows
    return bool(subjects < rows.group_by([*places, "year"]).aggregate([]).num_rows == rows.num_rows)
