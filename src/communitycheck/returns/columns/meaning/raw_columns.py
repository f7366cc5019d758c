"""The columns of a table as they stand in the file: header taken apart, cells as text, the fields they may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.dictionary import Field
from communitycheck.model.units import says_unit
from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.header import Header, parse_header
from communitycheck.returns.columns.meaning.by_values import SAMPLE, by_values, share_read
from communitycheck.returns.columns.meaning.entity import LEVELS, is_wordy, level_of_cells, names_subjects
from communitycheck.returns.columns.meaning.field_names import Candidate, FieldNames
from communitycheck.returns.columns.meaning.kind_questions import kind_asked, kinds_answered
from communitycheck.returns.columns.meaning.match import NAMED_LEVEL, candidates
from communitycheck.returns.columns.meaning.paired_answers import answers, category_of, question_of
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.layout import LayoutColumn
from communitycheck.returns.text_columns import TextArray, first_held

# What stands over a column of names in a corner of its own.
_SAYS_NOTHING = pattern("单位|(?:指标|项目|内容|栏目|科目)(?:名称)?")
_HEADS_UNITS = pattern("(?:.{0,8}?的?)(?:计量)?单位|units?", re.I)
# What stands over a column of the places that the records lie in, whatever their level.
_WHERE = pattern(
    r"(?:所[在属处]|归属|隶属|管辖|行政|属于)?(?:[的之]?(?:地区?|地方|区域|辖区|属地|区划|行政区划?|行政区域|位置|归属地|单位))"
    r"(?:名称)?|"
    "(?:location|area|region|place)(?: name)?",
    re.I,
)
_ABOVE = ("county", "city", "province")
_NAME_ROLES = frozenset({"name", "region"})

# (column of the grid, forward-fill) -> the texts of the records, an Arrow array of strings; forward-filled, a name that
# is written once for several rows stands in each of them.
CellsOf = Callable[[int, bool], TextArray]


class RawColumn(Struct, frozen=True):
    """One column of a table as it stands in the file.

    Attributes:
        index: column of the grid, from 0.
        text: its header as written; ``header`` is the same taken apart.
        cells: the texts of the records, an Arrow array of strings.
        candidates: the fields that it may be.
        given: the mapping says which field it is.
        answer: set for a column that answers together with another one: True for the first, whose cells are the
            answers of both, False for the second.
        changed: the cells are not what the grid holds.
        unlike: the fields that its header may mean, and that its cells are not.
        units: the several units that the column beside it gives its figures; it is then no field.
        refused: the fields that its header means and its unit forbids.
    """

    index: int
    text: str
    header: Header
    cells: TextArray
    candidates: tuple[Candidate, ...] = ()
    given: bool = False
    answer: bool | None = None
    changed: bool = False
    unlike: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    misfit: str = ""
    given_unit: str = ""


def raw_columns(
    columns: list[LayoutColumn],
    cells: CellsOf,
    names: FieldNames,
    given: Mapping[int, str | None],
    units: Mapping[int, str],
) -> list[RawColumn]:
    """The columns of a table. ``given`` is what the mapping says: column of the grid -> field key, None for none; and
    ``units`` those of which it states the unit."""
    read = [_raw_column(column, cells, names, given, units.get(column.index, "")) for column in columns]
    read = _with_units_beside(_under_one_heading(columns, read, cells, names))
    found = _paired(read, names)
    return _saying_where(_headed_by_unit(found, names), names)


def _raw_column(
    column: LayoutColumn, cells: CellsOf, names: FieldNames, given: Mapping[int, str | None], unit: str
) -> RawColumn:
    header = parse_header(column.header, column.unit_text)
    header = header.in_unit(unit) if unit else header
    if column.index in given:
        key = given[column.index]
        only = (Candidate(key, 1.0, column.header),) if key is not None else ()
        fill = key is not None and not never_forward_filled(names.fields[key])
        return RawColumn(
            column.index, column.header, header, cells(column.index, fill), only, given=True, given_unit=unit
        )
    found = tuple(candidates(header, names))
    texts = cells(column.index, bool(found) and not any(never_forward_filled(names.fields[c.key]) for c in found))
    sure = any(c.confidence == 1.0 for c in found)  # 是否农村社区 is a question of its own
    asked = None if sure else kind_asked(header, names.fields)
    kinds = kinds_answered(*asked, cells(column.index, False)) if asked else None
    if asked and kinds is not None:
        meant = (Candidate(asked[0].key, NAMED_LEVEL, column.header),)
        return RawColumn(column.index, column.header, header, kinds, meant, changed=True)
    naming = tuple(c for c in found if names.fields[c.key].role in _NAME_ROLES)
    if naming:  # 行政村 names villages, or counts them; 地区 names places, or is what a standard declares so
        others = tuple(c for c in found if c not in naming)
        named = is_wordy(texts) and not any(_read_as(c.key, texts, names) for c in others)
        found = naming if named else others
    kept = by_values(found, texts, names)
    unlike = tuple(c.key for c in found if c not in kept)
    return RawColumn(column.index, column.header, header, texts, kept, unlike=unlike)


def _read_as(key: str, cells: TextArray, names: FieldNames) -> bool:
    """图书馆 over 有, 无 answers whether there is one, and names none; a field of a standard goes before a name."""
    field = names.fields[key]
    return (field.is_number or key in names.own) and share_read(field, first_held(cells, SAMPLE)) >= 0.5


def _with_units_beside(columns: list[RawColumn]) -> list[RawColumn]:
    """Figures whose unit stands in the column beside them: one unit is that of the column, several are no one's."""
    result = list(columns)
    for i in range(1, len(result)):
        left, right = result[i - 1], result[i]
        units = right.cells.drop_null().unique().to_pylist() if _HEADS_UNITS.fullmatch(plain(right.text)) else []
        if not units or left.given or right.given or left.header.unit is not None or not all(map(says_unit, units)):
            continue
        if len(units) == 1:
            result[i - 1] = replace(left, header=parse_header(left.text, units[0]))
        else:
            meant = tuple(c.key for c in left.candidates)
            result[i - 1] = replace(left, candidates=(), units=tuple(units), refused=meant)
        result[i] = replace(right, candidates=())
    return result


def _under_one_heading(
    columns: list[LayoutColumn], read: list[RawColumn], cells: CellsOf, names: FieldNames
) -> list[RawColumn]:
    """Two columns of names under one merged heading: the right one names the records, and the left one those that it
    leaves blank; what else stands in the left one (其中, the city above) is what they belong to."""
    result = list(read)
    for i in range(1, len(result)):
        left, right = result[i - 1], result[i]
        naming = [c for c in right.candidates if names.fields[c.key].role in _NAME_ROLES]
        if not columns[i].joined or not naming or left.given or right.given or not is_wordy(left.cells):
            continue
        own = pc.coalesce(right.cells, cells(left.index, False))
        above = level_of_cells(left.cells)
        here = level_of_cells(right.cells)
        coarser = above in LEVELS and here in LEVELS and LEVELS.index(above) > LEVELS.index(here)
        level = (Candidate(above, NAMED_LEVEL, left.text),) if above is not None and coarser else ()
        result[i - 1] = replace(left, candidates=level)
        result[i] = replace(right, cells=own, changed=True)
    return result


def _paired(columns: list[RawColumn], names: FieldNames) -> list[RawColumn]:
    """有 and 无 side by side under one heading: the first column answers for both, the second is no field."""
    result = list(columns)
    for i, (yes, no) in enumerate(pairwise(columns)):
        if yes.given or no.given:
            continue
        category = category_of(yes.header, no.header, names)
        marked = answers(yes.cells, no.cells, (yes.header.levels[-1], no.header.levels[-1])) if category else None
        if category is not None and marked is not None:
            meant = (Candidate(category.key, 1.0, yes.text),)
            result[i] = replace(yes, cells=marked, candidates=meant, answer=True, changed=True)
            result[i + 1] = replace(no, candidates=(), answer=False)
            continue
        question = question_of(yes.header, no.header)
        found = tuple(candidates(question, names)) if question is not None else ()
        if question is None or not any(names.fields[c.key].type in ("truth", "count") for c in found):
            continue
        cells = answers(yes.cells, no.cells)
        if cells is not None:
            result[i] = replace(yes, header=question, cells=cells, candidates=found, answer=True, changed=True)
            result[i + 1] = replace(no, candidates=(), answer=False)
    return result


def _headed_by_unit(columns: list[RawColumn], names: FieldNames) -> list[RawColumn]:
    """A column headed 单位, 填报单位 or 指标, or by nothing, where the subjects are named there and nowhere else."""
    named = naming_cells(columns, names)
    for i, column in enumerate(columns):
        says_nothing = not column.header.levels or _SAYS_NOTHING.fullmatch(column.header.levels[-1]) is not None
        plain = says_nothing and not column.candidates
        reporter = any(c.key == "reporter" for c in column.candidates)
        if (plain or reporter) and not column.given and names_subjects(column.cells, named):
            columns[i] = replace(column, candidates=(Candidate("subject_name", NAMED_LEVEL, column.text),))
            break
    return columns


def _saying_where(columns: list[RawColumn], names: FieldNames) -> list[RawColumn]:
    """所在地 or 地区 over the names of cities, beside a column that names the records: where each of them lies."""
    meant = {c.key for column in columns for c in column.candidates}
    declared = {key for key in meant if names.fields[key].role == "name" and key != "subject_name"}
    own = meant.intersection(LEVELS) | declared
    for i, column in enumerate(columns):
        other = {c.key for c in column.candidates} - {"subject_name", "region_code"}
        if other or column.given or column.answer is False or not own or not _WHERE.fullmatch(plain(column.text)):
            continue
        level = level_of_cells(column.cells)
        if level in _ABOVE and level not in own and is_wordy(column.cells):
            columns[i] = replace(column, candidates=(Candidate(level, NAMED_LEVEL, column.text),))
    return columns


def never_forward_filled(field: Field) -> bool:
    """A name may hold for the rows below it; a number or a code is one record's own."""
    return field.is_number or field.type == "code"


def naming_cells(columns: list[RawColumn], names: FieldNames) -> dict[str, TextArray]:
    """Cells of the columns that name, place or number the records, by field."""
    found: dict[str, TextArray] = {}
    for column in columns:
        for candidate in column.candidates:
            role = names.fields[candidate.key].role
            names_records = role in _NAME_ROLES or role == "code" or candidate.key in LEVELS
            if names_records and (column.cells.null_count < len(column.cells) or not len(column.cells)):
                found.setdefault(candidate.key, column.cells)
    return found
