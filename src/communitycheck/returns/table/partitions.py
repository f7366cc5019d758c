"""Folders that say something of all files in them, as data tools divide a table: ``year=2023/city=沈阳市/a.parquet``.

What a folder says stands in no column of the file. Where the file says it as well, the file's own word is kept, and
what it says otherwise is told.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import numpy as np
import pyarrow as pa

from communitycheck.model.address import Address
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Bools, Column, Table
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.stated_period import find_stretch
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.field_names import FieldNames

_FOLDER = re.compile(r"([^=\s]+)=(.*)")
_NOTHING = frozenset({"", "__HIVE_DEFAULT_PARTITION__", "null"})
_PERIOD = "period"
# Parts of a date that have folders of their own, below that of the year.
_YEAR, _QUARTER, _MONTH, _DAY = (
    frozenset({"year", "年", "年度", "年份", "yyyy"}), frozenset({"quarter", "季度"}),
    frozenset({"month", "月", "月份", "mm"}), frozenset({"day", "日", "dd"}),
)  # fmt: skip
_WHOLE = frozenset({"date", "dt", "日期", "ds"})

Pairs = tuple[tuple[str, str], ...]


def folder_pairs(path: str) -> Pairs:
    """What the folders on the way to a file say: name and value of each, the outermost first."""
    found: dict[str, str] = {}
    for folder in [] if "://" in path else path.replace("\\", "/").split("/")[:-1]:
        pair = _FOLDER.fullmatch(folder)
        if pair is not None and unquote(pair[2]) not in _NOTHING:
            found[unquote(pair[1])] = unquote(pair[2])
    return tuple(found.items())


def add_partitions(table: Table, names: FieldNames) -> list[Notice]:
    """Give a table that was read from one sheet what its folders say, and tell of it."""
    (sheet,) = table.sheets
    pairs = folder_pairs(sheet.path)
    if not pairs:
        return []
    notices = _period(sheet, [(normal(name), value) for name, value in pairs], names)
    for name, value in pairs:
        if _of_dates(normal(name), names):
            continue
        fields = [key for key in names.exact.get(normal(name), ()) if not names.fields[key].personal]
        if len(fields) == 1:
            notices.append(_field(table, fields[0], name, value, names))
        else:
            notices.append(_notice("partition-unknown", sheet, name, value))
    return notices


def _of_dates(name: str, names: FieldNames) -> bool:
    return name in _YEAR | _QUARTER | _MONTH | _DAY | _WHOLE or _PERIOD in names.exact.get(name, ())


def _field(table: Table, key: str, name: str, value: str, names: FieldNames) -> Notice:
    """A field that the folder gives to all records, or that their own column gives as well."""
    (sheet,), field = table.sheets, names.fields[key].of(table.entity)
    column, findings = cast(field, pa.array([value], pa.string()), Scale())
    if column.state_at(0) or any(finding.level != "info" for finding in findings):
        return _notice("partition-unread", sheet, name, value, field=field.label)
    own = table.columns.get(key)
    if own is None:
        table.columns[key] = cast(field, pa.repeat(pa.scalar(value, pa.string()), len(table)), Scale())[0]
        return _notice("partition-used", sheet, name, value, level="info", field=field.label)
    other = np.flatnonzero(_differs(own, column, is_place=field.role == "region"))
    if not len(other):
        return _notice("partition-used", sheet, name, value, level="info", field=field.label)
    row = int(table.row_of[other[0]])
    told = _notice("partition-differs", sheet, name, value, field=field.label, count=len(other))
    return Notice(told.code, sheet.address_of(row, sheet.cell_of(key, row)), table.name_at(int(other[0])), told.values)


def _differs(own: Column, said: Column, *, is_place: bool) -> Bools:
    """Where a column says something else than the folder; a blank cell says nothing."""
    if own.lo is not None and said.lo is not None:
        apart: Bools = (own.lo > said.lo[0]) | (own.lo < said.lo[0] if own.hi is None else own.hi < said.lo[0])
        return apart
    coded = own.coded()
    wanted = comparable(said.text[0].as_py())

    def alike(name: str) -> bool:
        ours = comparable(name)
        return ours == wanted or (is_place and min(len(ours), len(wanted)) > 1 and (ours in wanted or wanted in ours))

    others = np.array([not alike(name) for name in coded.names] + [False])
    found: Bools = others[coded.codes]
    return found


def _period(sheet: Sheet, pairs: list[tuple[str, str]], names: FieldNames) -> list[Notice]:
    """The period that folders state, where the table states none of its own."""
    dates = [(name, value) for name, value in pairs if _of_dates(name, names)]
    if not dates:
        return []
    said = "/".join(f"{name}={value}" for name, value in dates)
    parts = {kind: value for name, value in dates for kind in (_YEAR, _QUARTER, _MONTH, _DAY) if name in kind}
    whole = [value for name, value in dates if not any(name in kind for kind in (_YEAR, _QUARTER, _MONTH, _DAY))]
    last, months = find_stretch([], [_written(parts) if _YEAR in parts else whole[0] if whole else ""])
    if last is None:
        return [_notice("partition-unknown", sheet, *said.rpartition("/")[2].split("=", 1))]
    name, _, value = said.partition("=")
    if sheet.period is None:
        sheet.period, sheet.period_months = last, months
    elif not _within(sheet.period, last, months):
        return [_notice("partition-period", sheet, name, value, stated=sheet.period.isoformat())]
    return [_notice("partition-of-period", sheet, name, value, level="info", period=last.isoformat())]


def _written(parts: dict[frozenset[str], str]) -> str:
    year = f"{parts[_YEAR].strip().removesuffix('年')}年"
    if _MONTH in parts:
        return f"{year}{parts[_MONTH].strip().removesuffix('月')}月" + (f"{parts[_DAY]}日" if _DAY in parts else "")
    return f"{year}第{parts[_QUARTER].strip().lstrip('Qq')}季度" if _QUARTER in parts else year


def _within(day: date, last: date, months: int) -> bool:
    """Whether a day lies in the stretch that ends with another."""
    if not months:
        return day == last
    return 0 <= (last.year - day.year) * 12 + last.month - day.month < months


def _notice(code: str, sheet: Sheet, name: str, value: str, *, level: str = "warning", **values: object) -> Notice:
    return Notice(code, Address(sheet.path, sheet.name or None), "", {"folder": f"{name}={value}", **values}, level)
