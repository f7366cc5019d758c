"""A sheet of audit formulas -> its lines: where the formulas stand, whatever the sheet looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pyarrow.compute as pc
from msgspec import Struct, field

from communitycheck.errors import ExpressionError
from communitycheck.products.importing.formulas import AuditRelation, looks_like_formula, parse_formula
from communitycheck.products.importing.text import one_line
from communitycheck.returns.grid import Grid, cell_name, letter
from communitycheck.returns.layout.tables import find_layouts

_FORMULA_HEADER = re.compile(
    r"公式|审核关系|关系式|(?:逻辑|校验|平衡|勾稽)关系|表达式|formula|relation|expression", re.I
)
_TABLE_HEADER = re.compile(r"(?:报?表|表格|报表)(?:代码|代号|编号|编码|号|名称?)|报表|table(?:code|name|no\.?)?", re.I)
_SERIAL_HEADER = re.compile(r"(?:审核|公式|规则)?(?:序号|编号|顺序号)|序|no\.?|№|id|serial(?:no\.?)?", re.I)
_CONDITION_HEADER = re.compile(r"(?:适用|前提|触发|审核|判断)?条件(?:表达式)?|前提|适用范围|condition|when|if", re.I)
_SUBJECT_HEADER = re.compile(
    r"(?:适用|审核|核查|填报|统计|调查|评价)对象(?:类型)?|对象|(?:适用)?层级|级别|subject|entity", re.I
)
_SIGN = "[<>=≥≤≧≦⩾⩽＝＞＜≠]"


class FormulaLine(Struct, frozen=True):
    """One formula of the book. ``row`` counts from 1; what follows ``text`` is
    empty where the book has none."""

    sheet: str
    row: int
    cell: str
    text: str
    table: str = ""
    serial: str = ""
    condition: str = ""
    subject: str = ""


class SheetLines(Struct):
    """What one sheet holds. ``columns`` and ``copies`` are (letter, header, cells): columns of formulas, and those
    that only write the formula of their row again."""

    name: str
    columns: list[tuple[str, str, int]] = field(default_factory=list)
    copies: list[tuple[str, str, int]] = field(default_factory=list)
    lines: list[FormulaLine] = field(default_factory=list)
    strays: list[FormulaLine] = field(default_factory=list)


def read_lines(grid: Grid, name: str) -> SheetLines:
    """The formulas of a sheet, from top to bottom."""
    sheet = SheetLines(name)
    like = _formula_cells(grid)
    used: set[tuple[int, int]] = set()
    for region in _regions(grid, like):
        _read_region(grid, region, like, sheet, used)
    for column, rows in sorted(like.items()):
        for row, text in rows:
            if (row, column) not in used and _is_read(text):
                sheet.strays.append(FormulaLine(name, row + 1, cell_name(row, column), one_line(text)))
    sheet.lines.sort(key=lambda line: line.row)
    sheet.strays.sort(key=lambda line: line.row)
    return sheet


class _FormulaRegion(Struct, frozen=True):
    """The rows (from 0, the last one included) and columns of one table, and what heads its columns."""

    first: int
    last: int
    columns: range
    headers: Mapping[int, str]


def _formula_cells(grid: Grid) -> dict[int, list[tuple[int, str]]]:
    """Cells with a sign of comparison and a letter, by column: (row, text)."""
    found: dict[int, list[tuple[int, str]]] = {}
    for index, column in enumerate(grid.columns):
        rows = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring_regex(column, _SIGN), False)))
        cells = [(int(row), str(column[int(row)].as_py())) for row in rows]
        cells = [(row, text) for row, text in cells if looks_like_formula(text)]
        if cells:
            found[index] = cells
    return found


def _regions(grid: Grid, like: Mapping[int, list[tuple[int, str]]]) -> list[_FormulaRegion]:
    """The tables of a sheet; the whole sheet where no table is found, or where a formula was taken for a header."""
    whole = [_FormulaRegion(0, grid.n_rows - 1, range(grid.n_columns), {})]
    layouts = find_layouts(grid) if like else []
    marks = [(min([*o.title_rows, *o.header_rows, o.first_row or grid.n_rows]) - 1, o) for o in layouts]
    if not marks or any(_is_read(column.header) for _, o in marks for column in o.columns):
        return whole
    regions = []
    for start, o in marks:
        first = max(o.header_rows) if o.header_rows else start
        last = min([top for top, _ in marks if top > start], default=grid.n_rows) - 1
        headers = {c.index: "".join(c.header.split()) for c in o.columns}
        regions.append(_FormulaRegion(first, last, range(o.first_column, o.last_column + 1), headers))
    return regions


def _read_region(
    grid: Grid,
    region: _FormulaRegion,
    like: Mapping[int, list[tuple[int, str]]],
    sheet: SheetLines,
    used: set[tuple[int, int]],
) -> None:
    tables = _filled_down(_cells(grid, region, _headed(region, _TABLE_HEADER)), region)
    serials = _cells(grid, region, _headed(region, _SERIAL_HEADER))
    subjects = _filled_down(_cells(grid, region, _headed(region, _SUBJECT_HEADER)), region)
    held = _headed(region, _CONDITION_HEADER)
    conditions = _cells(grid, region, held)
    used |= {(row, held) for row in conditions if held is not None}
    before: dict[int, str] = {}  # row -> what the first column of formulas says there
    for column in region.columns:
        if column == held:
            continue
        cells = _formula_column(grid, region, column, like)
        if not cells:
            continue
        used |= {(row, column) for row in cells}
        own = {row: text for row, text in cells.items() if not _same(text, before.get(row))}
        copied = len(cells) - len(own)
        if before and copied * 2 >= len(cells):
            # Where the copy cannot be read or its row's formula could not, the row has its line already.
            own = {
                r: t for r, t in own.items() if r not in before or (relations_of(t)[0] and relations_of(before[r])[0])
            }
        heading = (letter(column), one_line(region.headers.get(column, "")))
        if own:
            sheet.columns.append((*heading, len(own)))
        if len(cells) > len(own):
            sheet.copies.append((*heading, len(cells) - len(own)))
        for row, text in own.items():
            place = (sheet.name, row + 1, cell_name(row, column))
            held_by = (one_line(conditions.get(row, "")), subjects.get(row, ""))
            named = (tables.get(row, ""), serials.get(row, ""))
            sheet.lines.append(FormulaLine(*place, one_line(text), *named, *held_by))
        before |= {row: text for row, text in own.items() if row not in before}


def _formula_column(
    grid: Grid, region: _FormulaRegion, column: int, like: Mapping[int, list[tuple[int, str]]]
) -> dict[int, str]:
    """The filled cells of a column of formulas, headings left out; empty where it is none.

    Most of its cells are relations, or its header says what it is and some cells look like one.
    """
    relations = [(r, t) for r, t in like.get(column, ()) if region.first <= r <= region.last]
    if not relations:
        return {}
    header = region.headers.get(column, "")
    cells = _cells(grid, region, column)
    cells = {row: text for row, text in cells.items() if not header or "".join(text.split()) != header}
    if not region.headers:
        cells = {row: text for row, text in cells.items() if row >= relations[0][0]}
    read = sum(_is_read(text) for _, text in relations)
    return cells if read * 2 >= len(cells) or _FORMULA_HEADER.search(header) else {}


def _headed(region: _FormulaRegion, pattern: re.Pattern[str]) -> int | None:
    return next((c for c in region.columns if pattern.fullmatch(region.headers.get(c, ""))), None)


def _cells(grid: Grid, region: _FormulaRegion, column: int | None) -> dict[int, str]:
    if column is None:
        return {}
    texts = grid.columns[column].slice(region.first, region.last + 1 - region.first).to_pylist()
    return {region.first + i: text for i, text in enumerate(texts) if text and text.strip()}


def _filled_down(cells: Mapping[int, str], region: _FormulaRegion) -> dict[int, str]:
    """A table code written once stands for the lines below it, too."""
    filled: dict[int, str] = {}
    last = ""
    for row in range(region.first, region.last + 1) if cells else ():
        last = one_line(cells[row]) if row in cells else last
        filled[row] = last
    return filled


def _is_read(text: str) -> bool:
    """Whether the text states a relation that can be read."""
    return bool(relations_of(text)[0])


@cache
def relations_of(text: str, condition: str = "") -> tuple[tuple[AuditRelation, ...], ExpressionError | None]:
    """The relations that a cell states, or why it cannot be read."""
    try:
        return parse_formula(text, condition), None
    except ExpressionError as error:
        return (), error


def _same(text: str, other: str | None) -> bool:
    """Both state the same, whatever their spelling."""
    if other is None:
        return False
    one, two = relations_of(text)[0], relations_of(other)[0]
    return text == other or (bool(one) and [canonical(r) for r in one] == [canonical(r) for r in two])


def canonical(relation: AuditRelation) -> tuple[str, str, str, str]:
    """What a relation states, the same for codes in any case."""
    names = {code: code.casefold() for code in relation.codes}
    left, right = relation.sides(names)
    return left, relation.comparison.key, right, relation.where(names)
