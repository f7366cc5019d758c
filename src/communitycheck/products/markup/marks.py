"""Which cells of which return are marked, and which verdicts its list holds: arrays, never verdict by verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from communitycheck.model.address import column_number
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import Node, names_in
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Outcome, Reason, Records, RuleResult
from communitycheck.model.returns import Return
from communitycheck.model.standard import Rule
from communitycheck.model.table import Column, State, Table, among

# Kinds of mark; where a cell has both, the larger one colours it.
UNDECIDED, OFFENDING = 1, 2
QUESTION = -1  # in place of a result, for a header that was not recognised

LISTED = (Outcome.FAIL, Outcome.NOT_DUE, Outcome.NO_DATA)
TO_MEND = (State.BLANK, State.UNREADABLE, State.IMPOSSIBLE, State.CONTRADICTED, State.DOUBTED)
# A verdict is wanting where cells give no value; it is in doubt where they give one that does not settle it.
WANTING = (Reason.MISSING, Reason.SCOPE_UNKNOWN)
DOUBTED = (Reason.UNDECIDED, Reason.IMPLAUSIBLE)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")

Numbers = npt.NDArray[np.int64]


class Cells(Struct, frozen=True):
    """Marks on the cells of one sheet, in the order of rows and columns (both from 1): a line for each verdict on a
    cell. ``results`` and ``subjects`` say which verdict: a rule of the report, and a position in its result."""

    rows: Numbers
    columns: Numbers
    kinds: Numbers
    results: Numbers
    subjects: Numbers

    def __len__(self) -> int:
        return len(self.rows)

    def moved(self, rows: Numbers, columns: Numbers) -> Cells:
        """The same marks on other cells, in order again."""
        return _ordered(np.column_stack([rows, columns, self.kinds, self.results, self.subjects]))


class Question(Struct, frozen=True):
    """A column that was not recognised: its header, the cell of it, and the fields it may be, the likeliest first."""

    sheet: str
    cell: str
    header: str
    fields: tuple[str, ...]


class Marks(Struct):
    """All about one return.

    Attributes:
        sheets: name of the sheet -> its marks.
        listed: the verdicts of its list as lines (result, subject), sheet by sheet and row by row, groups last.
        questions: columns that no field was recognised in though they may be one that is wanted. Their headers are
            marked with lines whose result is ``QUESTION`` and whose subject is the place in this list.
        fails, undecided: how many verdicts on its records call for mending; a fail that was waived does not.
        groups: how many fails of its regions as a whole.
    """

    path: str
    sheets: dict[str, Cells] = field(default_factory=dict)
    listed: Numbers = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    fails: int = 0
    undecided: int = 0
    groups: int = 0
    questions: list[Question] = field(default_factory=list)

    @property
    def calls_for_mending(self) -> bool:
        return bool(self.fails or self.undecided or self.groups or self.questions)


def marks_of(report: Report) -> dict[str, Marks]:
    """Path of a return -> its marks; returns with nothing to list are left out."""
    found: dict[str, Marks] = {}
    cells: dict[tuple[str, str], list[Numbers]] = {}
    lists: dict[str, list[Numbers]] = {}
    order = {(one.path, sheet.name): k for one in report.returns for k, sheet in enumerate(one.sheets)}
    for number, result in enumerate(report.results):
        if isinstance(result.subjects, Records):
            for path, lines, fails, undecided in _listed(number, result, result.subjects, order):
                marks = found.setdefault(path, Marks(path))
                marks.fails += fails
                marks.undecided += undecided
                lists.setdefault(path, []).append(lines)
            for place, lines in _cells(number, result, result.subjects, report.dictionary):
                cells.setdefault(place, []).append(lines)
    for one in report.returns:
        for place, lines in _questions(one, found):
            cells.setdefault(place, []).append(lines)
    for (path, sheet), parts in cells.items():
        found[path].sheets[sheet] = _ordered(np.concatenate(parts))
    for path, parts in lists.items():
        lines = np.concatenate(parts)  # sheet, place, result, subject
        found[path].listed = lines[np.lexsort(lines.T[::-1])][:, 2:]
    for path, number, subject in _group_lines(report):
        marks = found.setdefault(path, Marks(path))
        marks.listed = np.vstack([marks.listed, np.array([[number, subject]], np.int64)])
        marks.groups += report.results[number].outcome[subject] == Outcome.FAIL
    return found


def _questions(one: Return, found: dict[str, Marks]) -> Iterator[tuple[tuple[str, str], Numbers]]:
    """Asks of each column that may be a wanted field, once, at its header."""
    for sheet in one.sheets:
        for column, fields in sheet.in_question():
            cell = sheet.header_cell(column.column, max(sheet.header_rows, default=1))
            spot = place_of(cell)
            if spot is None:
                continue
            marks = found.setdefault(one.path, Marks(one.path))
            line = [*spot, UNDECIDED, QUESTION, len(marks.questions)]
            marks.questions.append(Question(sheet.name, cell, column.header, fields))
            yield (one.path, sheet.name), np.array([line], np.int64)


def blamed(rule: Rule, fields: tuple[str, ...], dictionary: Dictionary) -> tuple[str, ...]:
    """Of the fields a rule reads, those that are judged: what only tells whom the rule covers is not at fault."""
    judged: list[Node] = [rule.indicator] if rule.indicator is not None else []
    if rule.threshold is not None:
        judged += [limit.value for limit in rule.threshold.limits]
        judged += [rule.threshold.upper] if rule.threshold.upper is not None else []
    about = {name for node in judged for name in _down(node, dictionary)}
    scope = set(_down(rule.where, dictionary)) if rule.where is not None else set()
    return tuple(key for key in fields if key in about or key not in scope) or fields


def at_fault(rule: Rule, fields: tuple[str, ...], dictionary: Dictionary) -> tuple[str, ...]:
    """The fields whose cells make a fail: the one by which the shortfall is closed, else all that are judged.

    That there are so many residents is no fault of the square's.
    """
    if rule.lever is None:
        return blamed(rule, fields, dictionary)
    entry = dictionary.find(rule.lever)
    lever = {rule.lever, *(_down(entry.derived, dictionary) if entry and entry.derived is not None else ())}
    return tuple(key for key in fields if key in lever) or blamed(rule, fields, dictionary)


def in_doubt(records: Records, keys: tuple[str, ...], places: Numbers) -> dict[str, npt.NDArray[np.bool_]]:
    """For each field at which of the ``places`` its cell leaves a verdict open; all of them where none does alone."""
    rows = _rows(records, places)
    found = {key: _vague(records.table.columns.get(key), rows) for key in keys}
    some = np.zeros(len(places), bool)
    for mask in found.values():
        some |= mask
    return {key: mask | ~some for key, mask in found.items()}


def _vague(column: Column | None, rows: Numbers) -> npt.NDArray[np.bool_]:
    """Where a column gives bounds instead of a value, or none that can be used."""
    vague = np.zeros(len(rows), bool)
    if column is not None and column.lo is not None and column.hi is not None and column.hi is not column.lo:
        vague |= column.lo[rows] < column.hi[rows]
    if column is not None and column.state is not None:
        vague |= np.isin(column.state[rows], TO_MEND)
    return vague


def _down(node: Node, dictionary: Dictionary) -> Iterator[str]:
    """Fields an expression reads, and those that they are derived from."""
    todo, seen = list(names_in(node)), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        entry = dictionary.find(name)
        if entry is not None and entry.derived is not None:
            todo += names_in(entry.derived)


def _rows(records: Records, places: Numbers) -> Numbers:
    return places if records.index is None else records.index[places].astype(np.int64)


def _listed(
    number: int, result: RuleResult, records: Records, order: Mapping[tuple[str, str], int]
) -> Iterator[tuple[str, Numbers, int, int]]:
    """For each return: its listed verdicts as lines (sheet, place, result, subject), fails, verdicts not given."""
    places = np.nonzero(np.isin(result.outcome, LISTED))[0]
    if not len(places):
        return
    table = records.table
    rows = _rows(records, places)
    sheets = table.sheet_of[rows].astype(np.int64)
    paths = _path_numbers(table)
    ranks = np.array([order.get((sheet.path, sheet.name), 0) for sheet in table.sheets], np.int64)
    mend = _to_mend(result)[places]
    for which in np.unique(paths[sheets]).tolist():
        mine = paths[sheets] == which
        lines = np.column_stack(
            [ranks[sheets[mine]], table.row_of[rows[mine]], np.full(int(mine.sum()), number), places[mine]]
        ).astype(np.int64)
        outcomes = result.outcome[places[mine & mend]]
        undecided = int(among(outcomes, Outcome.NO_DATA).sum())
        yield table.sheets[which].path, lines, len(outcomes) - undecided, undecided


def _path_numbers(table: Table) -> Numbers:
    """For each sheet the first sheet of the same file."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(sheet.path, i) for i, sheet in enumerate(table.sheets)], np.int64)


def _to_mend(result: RuleResult) -> npt.NDArray[np.bool_]:
    """Fails that nobody waived, and verdicts that could not be given."""
    found = among(result.outcome, Outcome.FAIL, Outcome.NO_DATA)
    found[list(result.waived)] = False
    return np.asarray(found)


def _cells(
    number: int, result: RuleResult, records: Records, dictionary: Dictionary
) -> Iterator[tuple[tuple[str, str], Numbers]]:
    """(path, sheet) -> lines (row, column, kind, result, subject)."""
    mend = _to_mend(result)
    doubted = mend & np.isin(result.reason, DOUBTED) & among(result.outcome, Outcome.NO_DATA)
    wanting = mend & np.isin(result.reason, WANTING) & among(result.outcome, Outcome.NO_DATA)
    failed = np.nonzero(mend & among(result.outcome, Outcome.FAIL))[0]
    for key in at_fault(result.rule, result.fields, dictionary):
        yield from _cells_of(key, failed, OFFENDING, number, records)
    open_ones = np.nonzero(doubted)[0]
    for key, mask in in_doubt(records, blamed(result.rule, result.fields, dictionary), open_ones).items():
        yield from _cells_of(key, open_ones[mask], UNDECIDED, number, records)
    places = np.nonzero(wanting)[0]
    for key in result.fields if len(places) else ():
        column = records.table.columns.get(key)
        if column is not None and column.state is not None:
            troubled = np.isin(column.state[_rows(records, places)], TO_MEND)
            yield from _cells_of(key, places[troubled], UNDECIDED, number, records)


def _cells_of(
    key: str, places: Numbers, kind: int, number: int, records: Records
) -> Iterator[tuple[tuple[str, str], Numbers]]:
    """The cells of one field for some subjects, sheet by sheet."""
    if not len(places):
        return
    table = records.table
    rows = _rows(records, places)
    sheets = table.sheet_of[rows]
    column = table.columns.get(key)
    borrowed = (column.borrowed if column is not None else None) or {}
    for which in np.unique(sheets).tolist():
        sheet = table.sheets[which]
        mine = sheets == which
        subjects, records_here = places[mine], rows[mine]
        at = sheet.column_of(key)
        if borrowed:
            away = np.array([row in borrowed for row in records_here.tolist()], bool)
            for subject, row in zip(subjects[away].tolist(), records_here[away].tolist(), strict=True):
                name, _, cell = borrowed[row].rpartition("!")
                if spot := place_of(cell):
                    line = np.array([[*spot, kind, number, subject]], np.int64)
                    yield (sheet.path, name), line
            subjects, records_here = subjects[~away], records_here[~away]
        if at is None or not len(subjects):
            continue
        there = table.row_of[records_here].astype(np.int64)
        fixed = np.full(len(there), int(at) if sheet.transposed else column_number(at), np.int64)
        row, col = (fixed, there) if sheet.transposed else (there, fixed)
        same = [np.full(len(there), value, np.int64) for value in (kind, number)]
        yield (sheet.path, sheet.name), np.column_stack([row, col, *same, subjects])


def _ordered(lines: Numbers) -> Cells:
    lines = lines[np.lexsort((lines[:, 4], lines[:, 3], -lines[:, 2], lines[:, 1], lines[:, 0]))]
    return Cells(*(np.ascontiguousarray(lines[:, k]) for k in range(5)))


def place_of(cell: str) -> tuple[int, int] | None:
    """Row and column of ``F12``, from 1; None for anything else."""
    found = _CELL.fullmatch(cell)
    return (int(found[2]), column_number(found[1])) if found else None


def _group_lines(report: Report) -> Iterator[tuple[str, int, int]]:
    """(path, result, group): the verdicts on regions that a return's records lie in."""
    tables = {
        r.subjects.table.entity: r.subjects.table for r in report.results if isinstance(r.subjects, Records)
    }
    for number, result in enumerate(report.results):
        groups = result.subjects
        if not result.checked or result.rule.manual is not None or not isinstance(groups, Groups):
            continue
        table = tables.get(result.rule.applies_to)
        everywhere = sorted({s.path for s in table.sheets}) if table else sorted(r.path for r in report.returns)
        for i in np.nonzero(np.isin(result.outcome, LISTED))[0].tolist():
            inside = everywhere
            if table is not None and len(everywhere) > 1:
                inside = sorted({table.sheets[k].path for k in np.unique(table.sheet_of[_inside(table, groups, i)])})
            yield from ((path, number, i) for path in inside or everywhere)


def _inside(table: Table, groups: Groups, i: int) -> npt.NDArray[np.bool_]:
    """The records that lie in group ``i``, as far as their regions tell."""
    inside = np.ones(len(table), bool)
    for level, name in zip(REGION_LEVELS, groups.region(i), strict=False):
        coded = table.regions.get(level)
        if coded is not None and name is not None:
            inside &= coded.codes == (coded.names.index(name) if name in coded.names else -1)
    return inside
