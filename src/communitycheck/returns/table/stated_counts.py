"""How many records a return says it has, against those that are there: its serial numbers, its totals and its words.

全区共有社区3个 above two communities, 合计 | 3 below them, or numbers that run 1, 3, 4: the office itself says that one
is missing. What it may mean otherwise is not said: a count of streets or of kinds, the numbers of an excerpt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of
from communitycheck.model.returns import COUNT_DIFFERS, SERIAL_GAP, Notice
from communitycheck.model.table import Floats, Table
from communitycheck.patterns import pattern
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.rows.body import GROUP, KINDS, MANY, RECORD, TOTALS, figures

_COMMUNITY = any_of((*ENDINGS["community"], *OFFICES["community"]))
_ALL = r"(?:总共|一共|共计|共有|共|合计|总计|现有|下辖|所辖|辖有?)"
# 共3个社区, 共有社区3个, 社区数：3; a class of them (共有城市社区2个, 农村社区数) is a count of something else.
_IN_WORDS = pattern(
    rf"{_ALL}(?:(\d+)[个家]?{_COMMUNITY}|{_COMMUNITY}(?:总?数)?[:为]?(\d+)[个家])|"
    rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[表况道区县])|(?<=[全本].))(?:{_COMMUNITY})(?:总数量?|数量?|个数)[:为是有]*(\d+)(?=[个家]|$|[^\d年月.%])"
)
_AND = pattern(rf"[、,和及]+(?:(\d+)[个家]?{_COMMUNITY}|{_COMMUNITY}(\d+)[个家])")
_LABEL = pattern(rf"(?:\d{{4}}年)?(?:[全本].)?{_COMMUNITY}(?:总|个)?数量?(?:\([个家]\))?:?")
_COUNT = pattern(rf"{_ALL}?(\d+)[个家]?(?:{_COMMUNITY})?")
_NAMES = pattern(rf"(?:所属|所在)?(?:{_COMMUNITY}|[()、/和或及])+(?:名称|全称|简称|名)?")
_SERIAL = pattern(r"序号|行次|^no\.?$|^№$")
# So many of the numbers that are missing are named.
_NAMED = 5


def serial_gaps(grid: Grid, layouts: Sequence[Layout]) -> list[Notice]:
    """A notice for each table whose numbers leave some out that no other row of the sheet bears.

    Where more are left out than there are, the numbers are those of a longer list.
    """
    numbered = [(layout, column) for layout in layouts if (column := _serial_column(layout)) is not None]
    notices = []
    for layout, column in numbered:
        records = np.asarray(layout.data_rows, np.int64)
        numbers = figures(grid.columns[column], records)
        if not np.isfinite(numbers).all() or (numbers != np.round(numbers)).any() or (numbers < 0).any():
            continue
        steps = np.diff(numbers)
        gaps = np.flatnonzero(steps > 1)
        if not len(gaps) or int((steps[gaps] - 1).sum()) > len(numbers):
            continue
        left_out = np.concatenate([np.arange(numbers[g] + 1, numbers[g + 1]) for g in gaps.tolist()])
        missing = np.unique(left_out[~np.isin(left_out, np.concatenate([_borne(*one) for one in numbered]))])
        if len(missing):
            row = int(records[int(gaps[0]) + 1])
            at = Address(grid.path, grid.sheet or None, row + 1, grid.address(row, column))
            named = [str(int(n)) for n in missing[:_NAMED]]
            shown = "、".join(named) + ("…" if len(missing) > _NAMED else "")
            notices.append(Notice(SERIAL_GAP, at, shown, {"count": len(missing)}))
    return notices


def _borne(layout: Layout, column: int) -> Floats:
    """The numbers that rows of any kind in a table bear."""
    rows = np.arange(layout.body_first, layout.body_first + len(layout.classes))
    return figures(layout.grid.columns[column], rows)


def _serial_column(layout: Layout) -> int | None:
    if layout.transposed or layout.source is not None or len(layout.data_rows) < 2:
        return None
    return next((c.index for c in layout.columns if _SERIAL.search(plain(c.header).lower())), None)


def counts_in_totals(layout: Layout, entity: str | None) -> Iterator[Notice]:
    """Totals that say how many communities they sum, where names or kinds stand, and are not right by any reading."""
    if entity != "community" or layout.transposed or layout.source is not None or len(layout.classes) > MANY:
        return
    records = layout.classes == RECORD
    totals = np.flatnonzero(layout.classes == TOTALS)
    for row in totals.tolist():
        before = totals[totals < row]
        after = totals[totals > row]
        headed = np.flatnonzero(layout.classes[:row] == GROUP)
        first = max(int(edge[-1]) + 1 if len(edge) else 0 for edge in (before, headed))
        end = int(after[0]) if len(after) else len(records)
        counted = [int(records[:row].sum()), int(records[first:row].sum()), int(records[row:end].sum())]
        counted.append(int(records.sum()))
        for column, stated in _stated_in(layout, layout.body_first + row):
            if stated not in counted:
                yield _differs(layout.grid, layout.body_first + row, column, stated, counted[0] or counted[-1])


def _stated_in(layout: Layout, row: int) -> Iterator[tuple[int, int]]:
    for column in layout.columns:
        found = _COUNT.fullmatch(plain(layout.grid.cell(row, column.index)))
        header = plain(column.header.rsplit("/", 1)[-1])
        if found and (KINDS.search(header) or _NAMES.fullmatch(header)):
            yield column.index, int(found[1])


def _differs(grid: Grid, row: int, column: int, stated: int, counted: int) -> Notice:
    at = Address(grid.path, grid.sheet or None, row + 1, grid.address(row, column))
    text = (grid.cell(row, column) or "").strip()
    return Notice(COUNT_DIFFERS, at, text, {"stated": stated, "counted": counted})


def stated_in_words(grid: Grid, layouts: Sequence[Layout]) -> list[tuple[Notice, int]]:
    """What titles and notes say of how many communities there are, each with the number of unread rows and records of
    its sheet, to be held against the tables once all are read."""
    records = sum(len(layout.data_rows) for layout in layouts if layout.source is None)
    rows = {row - 1 for layout in layouts for row in (*layout.title_rows, *layout.notes_rows)}
    found = []
    for row in sorted(rows):
        cells = [(c, text) for c, text in enumerate(grid.row(row)) if text and plain(text)]
        for at, (column, text) in enumerate(cells):
            stated = _count_of(plain(text), plain(cells[at + 1][1]) if at + 1 < len(cells) else "")
            if stated is not None:
                found.append((_differs(grid, row, column, stated, records), records))
    return found


def _count_of(text: str, beside: str) -> int | None:
    if _LABEL.fullmatch(text) and beside.isdecimal() and len(beside) < 7:
        return int(beside)
    found = _IN_WORDS.search(text)
    if found is None:
        return None
    total, rest = int(found[1] or found[2] or found[3]), text[found.end() :]
    while more := _AND.match(rest):
        total, rest = total + int(more[1] or more[2]), rest[more.end() :]
    return total


def wrong_words(claims: list[tuple[Notice, int]], tables: Sequence[Table]) -> list[Notice]:
    """Those of the claims that neither the records of their sheet nor all communities of the file bear out."""
    whole = sum(len(table) for table in tables if table.entity == "community")
    return [notice for notice, records in claims if whole and notice.values["stated"] not in (records, whole)]
