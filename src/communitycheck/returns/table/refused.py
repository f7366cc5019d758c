"""A table whose records cannot be judged: does it surely hold something else, or records that rules should have seen?

A staff list, a list of computers or of parks is named by what its rows are. Of a table whose rows are places, or nobody
knows what, and whose figures may be those that rules ask for, nobody can say that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.returns import Notice
from communitycheck.model.sheet import RowClass, Sheet
from communitycheck.model.table import Table
from communitycheck.patterns import pattern
from communitycheck.returns.cells.standing.statements import statements
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.headers.level_names import level_of_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.assign import Assignment
from communitycheck.returns.columns.meaning.entity import LEVELS, is_wordy, level_of_cells, names_things
from communitycheck.returns.columns.meaning.field_names import Candidate, FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.layout.cell_kinds import Kind, kind_of
from communitycheck.returns.layout.layout import Layout, LayoutColumn
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.layout.rows.body import MANY
from communitycheck.returns.table.doubts.concern import FieldsInDoubt
from communitycheck.returns.table.record_cells import RecordCells
from communitycheck.returns.text_columns import TextArray, comparable_texts

# So many cells show what a column holds.
SAMPLE = 200
DIFFERENT = 0.7
RANKS = ("estate", *LEVELS, "subject_name")
# A header that names nothing: a letter, a number, 列3, 名称.
_SAYS_NOTHING = pattern(
    r"(?:列|栏|字段|数据|指标|项|column|col|field|unnamed:?|var|v|f|x)?[0-9]{0,3}|[a-z]{1,2}|"
    r"(?:单位|对象|机构|主体)?(?:名称|全称|简称|名)|单位|对象|name|title"
)
_PARTS = pattern(r"[\s,，;；、|]+")
# What a table says that lists things a place owns: 活动室设备清单, 固定资产登记表.
_OF_THINGS = pattern(
    r"(?:设备|器材|器械|器具|物资|物品|用品|家具|家电|电器|[固定]?资产|耗材|装备|仪器|工具|教具|图书|书籍|车辆|药品|食材|礼品|奖品)"
    r"(?:物资|用品|器材)?(?:购置|采购|配置|配备|领用|发放|盘点|统计|登记|汇总|情况|需求|基本|使用|明细)*"
    r"(?:清单|明细|台账|目录|一览表?|清册|名册|表|册|单)?(?:[(（].*[)）])?\d*$"
)
# Columns that place or number a record, and say nothing of it.
_ASIDE_ROLES = frozenset({"seq", "note", "code", "period", "region", "name"})


class Lost(Struct, frozen=True):
    """Records that may be subjects to judge and are not.

    ``subjects``: their names, where the columns are surely none that rules ask for, so that only those are lost which
    no other table of the return names.
    ``list_of_them``: a list of names alone, which tells of the judged subjects only where it names most of them.
    """

    subjects: TextArray | None = None
    list_of_them: bool = False


def lost_records(layout: Layout, cells: RecordCells, found: Assignment, names: FieldNames) -> Lost | None:
    """What is lost with a table that was refused; None where it surely holds something else."""
    if found.wholes is not None:
        return Lost(found.wholes)
    columns = [_SeenColumn(column, cells(column.index, False), names) for column in layout.columns]
    if _records_in_one_cell(layout, cells, names):
        return Lost()
    label = _label(columns)
    ours = None if label is None else label.names_places()
    if ours is False:
        return None
    if ours is None and label is not None and lists_things(layout) and not label.holds_a_place():
        return None
    near = {column.header for column in found.columns if column.resembles}
    facts = [column for column in columns if column is not label and column.states_facts()]
    if any(column.is_field() or column.says_nothing() or column.shown in near for column in facts):
        return Lost()
    return Lost(label.cells, list_of_them=not facts) if label is not None and ours else None


def doubting_remarks(layout: Layout, cells: RecordCells, names: FieldNames) -> list[tuple[int, str]]:
    """The records (from 0) of a list without figures of which a remark says that something of theirs does not stand."""
    fields = FieldsInDoubt(names, [key for key, field in names.fields.items() if field.is_number])
    found = []
    for column in layout.columns:
        meant = candidates(parse_header(column.header, column.unit_text), names)
        if not any(names.fields[one.key].role == "note" for one in meant):
            continue
        for place, text in enumerate(cells(column.index, False).slice(0, MANY).to_pylist()):
            if text and any(fields.of(one) for one in statements(text)):
                found.append((place, text.strip()))
    return found


def lists_things(layout: Layout) -> bool:
    """The title or the sheet says that things are listed, and not which places have how many of them."""
    return any(_OF_THINGS.search("".join(text.split())) for text in (*layout.titles, layout.grid.sheet) if text)


def _label(columns: list[_SeenColumn]) -> _SeenColumn | None:
    """The column that says what the records are: the first that may, but 小区名称 before the 区域 it lies in."""
    naming = [column for column in columns if column.may_name()]
    ranks = [column.rank() for column in naming]
    if not naming or ranks[0] is None:
        return naming[0] if naming else None
    return min((column for column in columns if column.rank() is not None), key=lambda column: column.rank() or 0)


def _records_in_one_cell(layout: Layout, cells: RecordCells, names: FieldNames) -> bool:
    """Whole records stand in the cells of one column: 社区名称 户数 面积 over 东风社区 1000 100."""
    if layout.source is not None:
        return False
    for column in layout.columns:
        headers = [layout.grid.cell(row - 1, column.index) or "" for row in layout.header_rows]
        known = max(
            (sum(normal(part) in names.exact for part in _PARTS.split(text) if part) for text in headers), default=0
        )
        held = cells(column.index, False).slice(0, SAMPLE).to_pylist()
        if known > 1 and any(len(_PARTS.split(text.strip())) > 1 for text in held if text):
            return True
    return False


class _SeenColumn:
    """One column of a refused table, and what may be said of it."""

    def __init__(self, column: LayoutColumn, cells: TextArray, names: FieldNames) -> None:
        self.cells, self._names = cells, names
        self.header = parse_header(column.header, column.unit_text)
        self.meant: list[Candidate] = candidates(self.header, names)
        self.shown = " ".join(column.header.split())
        self._held = [text for text in cells.slice(0, SAMPLE).to_pylist() if text and text.strip()]

    def _roles(self) -> set[str | None]:
        return {self._names.fields[c.key].role for c in self.meant}

    def _personal(self) -> bool:
        return any(self._names.fields[c.key].personal for c in self.meant)

    def may_name(self) -> bool:
        """Words, hardly one of them twice: what the records are called, in the first column that holds such."""
        if not self._held or not is_wordy(self.cells) or self._roles() & {"seq", "note", "code", "period"}:
            return False
        fields = [self._names.fields[c.key] for c in self.meant]
        figures = sum(kind_of(text) is Kind.VALUE for text in self._held)
        return (
            figures * 2 < len(self._held)
            and not any(field.role is None and not field.personal and not field.is_number for field in fields)
            and len(set(self._held)) >= DIFFERENT * len(self._held)
        )

    def holds_a_place(self) -> bool:
        return any(region_rank(text) for text in self._held)

    def rank(self) -> int | None:
        """How fine the places are that its header speaks of, the finest first and 区域, which may be any, last; None
        where it speaks of none."""
        ranks = [RANKS.index(c.key) for c in self.meant if c.key in RANKS]
        return min(ranks, default=None)

    def names_places(self) -> bool | None:
        """The records are places (True), surely something else (False), or nobody knows what (None)."""
        if self._personal() or any(c.key == "estate" for c in self.meant):
            return False
        if level_of_cells(self.cells) in LEVELS:
            return True
        if names_things(self.cells):
            return False
        if any(c.key in LEVELS for c in self.meant) or level_of_header("".join(self.header.levels)):
            return True
        return None if self.says_nothing() or self._roles() & {"name", "region"} or self.is_field() else False

    def says_nothing(self) -> bool:
        return _SAYS_NOTHING.fullmatch("".join(self.header.bare)) is not None

    def is_field(self) -> bool:
        """A figure or fact that rules may ask for."""
        return any(f.role is None and not f.personal for f in (self._names.fields[c.key] for c in self.meant))

    def states_facts(self) -> bool:
        """It holds figures or is a field, and no number of a row, no place and no person."""
        if self._personal() or self._roles() & _ASIDE_ROLES or not self._held:
            return False
        return self.is_field() or sum(kind_of(text) is Kind.VALUE for text in self._held) * 2 > len(self._held)


def rows_of(layout: Layout, rows: npt.NDArray[np.int64]) -> list[int]:
    """The rows of the file (from 1) in which the records stand; of a transposed table those of its figures."""
    turned = layout.grid.transposed_from
    if turned is None:
        return [int(row) + 1 for row in rows]
    return [turned[0] + column.index + 1 for column in layout.columns[1:]]


def mark_lost(
    waiting: Iterable[tuple[Sheet, list[int], Lost]], tables: Iterable[Table], sheets: Sequence[Sheet]
) -> list[Notice]:
    """Mark the records that no judged table names as unread.

    Args:
        waiting: sheets that were refused, the rows of their records, and what is lost with them.
        sheets: all of the return; a row may be counted with the table beside.
    """
    waiting = list(waiting)
    if not waiting:
        return []  # long tables have names by the hundred thousand
    named = [table.columns.get(table.about.name_field) for table in tables]
    known = {text for c in named if c is not None for text in comparable_texts(c.text).unique().to_pylist()}
    notices = []
    for sheet, rows, one_lost in waiting:
        subjects = one_lost.subjects
        if subjects is None:
            continue
        names = comparable_texts(subjects).to_pylist()
        if one_lost.list_of_them and 2 * sum(name in known for name in names) < len(names):
            continue
        lost = [row for row, name in zip(rows, names, strict=True) if name and name not in known]
        beside = [s for s in sheets if s is not sheet and (s.path, s.name) == (sheet.path, sheet.name)]
        said = {row for one in beside for row in one.unread_rows}  # of panels side by side one names the row
        lost = [row for row in lost if row not in said and row not in sheet.unread_rows]
        if not lost:
            continue
        sheet.unread_rows = sorted({*sheet.unread_rows, *lost})
        left = len(lost)
        for one in (sheet, *beside):
            moved = min(left, one.row_counts.get(RowClass.RECORD.value, 0))
            left -= moved
            for kind, more in ((RowClass.RECORD, -moved), (RowClass.UNREAD, moved)):
                one.row_counts[kind.value] = one.row_counts.get(kind.value, 0) + more
        at = sheet.address_of(lost[0])
        text = next(name for row, name in zip(rows, subjects.to_pylist(), strict=True) if row == lost[0])
        notices.append(Notice("subjects-not-read", at, text.strip(), {"count": len(lost)}))
    return notices
