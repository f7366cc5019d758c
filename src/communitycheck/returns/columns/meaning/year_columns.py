"""Columns of years, and of parts of years, that no name of the period heads: quarters or months beside the years of the
records are their period with these; of all others it is asked whether the records are of these."""

from __future__ import annotations

import re
from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.cells.periods import one_period, plain
from communitycheck.returns.columns.meaning.by_values import SAMPLE
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.text_columns import TextArray

MOST_YEARS = 5
_A_YEAR = r"^(?:19|20)[0-9]{2}(?:\.0|年度?|(?:年|[-./])(?:0?[1-9]|1[0-2])月?(?:份|底|末)?|(?:0[1-9]|1[0-2]))?$"
_BARE_YEAR = pattern(r"((?:19|20)[0-9]{2})(?:\.0|年度?)?")
# Headers of quarters, halves and months; 建成月份 is of something else.
_HEADS_PARTS = pattern(
    r"(?:所属|统计|报告|数据|填报|报表|reporting |report )?"
    r"(?:(?P<quarter>季度?|quarters?)|(?P<month>月[份度]?|months?)|半年度?|half(?:[- ]year)?)",
    re.I,
)
# A column of more of them is none of parts of a few years.
_MOST_PERIODS = 400
_SAYS_YEAR = pattern(r"年|year|\b(?:yr|fy)\b", re.I)


def with_parts_of_years(
    columns: list[RawColumn], names: FieldNames
) -> tuple[list[RawColumn], tuple[RawColumn, RawColumn] | None]:
    """The columns, that of the years holding 2023年一季度 where 一季度 stands in one beside it; and these two."""
    years = [at for at, one in enumerate(columns) if any(names.fields[c.key].role == "period" for c in one.candidates)]
    parts = [one for one in columns if _heads_parts(one) and not (one.given or one.candidates)]
    if len(years) != 1 or len(parts) != 1:
        return columns, None
    year, part = columns[years[0]], parts[0]
    joined = _joined(year.cells, part)
    if joined is None:
        return columns, None
    whole = replace(year, cells=joined, changed=True)
    return [*columns[: years[0]], whole, *columns[years[0] + 1 :]], (year, part)


def _joined(years: TextArray, parts: RawColumn) -> TextArray | None:
    """The periods that years and parts of years make, row by row; None where any of them make none."""
    if years.null_count or parts.cells.null_count:
        return None
    pairs = pc.binary_join_element_wise(years, parts.cells, "\n").dictionary_encode()
    pairs = pairs.combine_chunks() if isinstance(pairs, pa.ChunkedArray) else pairs
    if len(pairs.dictionary) > _MOST_PERIODS:
        return None
    each = (pair.split("\n", 1) for pair in pairs.dictionary.to_pylist())
    whole = [_of_year(year, part, parts.text) for year, part in each]
    return None if None in whole else pa.array(whole, pa.string()).take(pairs.indices)


def _of_year(year: str, part: str, header: str) -> str | None:
    """2023年6月, of 2023 and 6 below 月份; None where the part is none of that year."""
    bare, shown, says = _BARE_YEAR.fullmatch(plain(year)), plain(part), _HEADS_PARTS.fullmatch(plain(header))
    if bare is None or says is None:
        return None
    if one_period(shown) is None:
        unit = ("季度" if says["quarter"] else "月" if says["month"] else "") if shown.isdecimal() else ""
        shown = f"{bare[1]}年{shown}{unit}"
    found = one_period(shown)
    of_it = found is not None and found.kind == "part" and found.last is not None and found.last.year == int(bare[1])
    return shown if of_it else None


def may_be_part_of_year(column: RawColumn, period: RawColumn, named: Collection[RawColumn]) -> bool:
    """Whether a column that is no field tells apart rows of one subject in one year, by quarters, halves or months."""
    places = {f"{at}": one.cells for at, one in enumerate([period, *named])}
    parts = not column.given and _heads_parts(column)
    return bool(parts and named) and _told_apart(pa.table({**places, "year": column.cells}), list(places))


def _heads_parts(column: RawColumn) -> bool:
    return _HEADS_PARTS.fullmatch(plain(column.text)) is not None


def may_be_period(column: RawColumn, named: Collection[RawColumn]) -> bool:
    """Whether a column that is no field may say of which year each record is.

    Its cells are years, or months of a year, or its header is one of quarters or months, and they tell apart rows that
    name the same subject; or all are of one year, and the header speaks of years. Years that differ from subject to
    subject (建成年份) are no period of the return.

    Args:
        named: the columns that name the records, and where these lie.
    """
    cells, places = column.cells, {f"{at}": one.cells for at, one in enumerate(named)}
    if len(cells) < 2 or column.given:
        return False
    if _heads_parts(column) and places and _told_apart(pa.table({**places, "year": cells}), list(places)):
        return True
    if cells.null_count or not (_are_years(cells.slice(0, SAMPLE)) and _are_years(cells)):
        return False
    if pc.count_distinct(cells).as_py() == 1:
        return len(column.header.levels) == 1 and _SAYS_YEAR.search(column.text) is not None
    return bool(places) and _told_apart(pa.table({**places, "year": cells}), list(places))


def years_in(column: RawColumn) -> Text:
    """The years of such a column, the last of them where they are many."""
    years = sorted(pc.unique(column.cells.drop_null()).to_pylist())[-MOST_YEARS:]
    return Text("、".join(years), ", ".join(years))


def _are_years(cells: TextArray) -> bool:
    return bool(pc.all(pc.match_substring_regex(cells, _A_YEAR)).as_py())


def _told_apart(rows: pa.Table, places: list[str]) -> bool:
    """Rows name one subject several times, and none of them twice in one year."""
    subjects = rows.group_by(places).aggregate([]).num_rows
    return bool(subjects < rows.group_by([*places, "year"]).aggregate([]).num_rows == rows.num_rows)
