"""What the tool makes of a file, in the words of a case, so that the two can be held against each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communitycheck import api
from communitycheck.errors import CommunityCheckError
from communitycheck.model.report import Report
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import State, Table

# A row of a sheet is one letter; a blank one is a dot.
LETTERS = {"title": "T", "header": "H", "unit": "U", "index": "I", "record": "R", "total": "S", "group": "G",
           "note": "N", "repeated_header": "P", "unread": "?"}  # fmt: skip


@dataclass
class Answer:
    """``rows`` has a letter for each row of each sheet, ``counts`` how many there are of each.

    A value that is not known is the word for its state.
    """

    rows: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    entities: list[str] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[str, dict[str, str]] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    notices: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    exit: int = 0
    as_of: str = ""
    head: str = ""


def answer(path: Path, **options: Any) -> Answer:
    """How the file was read and judged, or read alone where it cannot be judged.

    ``options`` are those of ``api.check``.
    """
    try:
        report = api.check([path], **options)
    except CommunityCheckError as error:
        seen = api.inspect([path])
        found = Answer(exit=2, refused=[error.code, *(one.code for one in seen.unread)])
        _read(found, seen.returns)
        return found
    found = of_report(report)
    if not report.returns:
        _read(found, api.inspect([path]).returns)
    return found


def of_report(report: Report) -> Answer:
    found = Answer(exit=report.exit_code, as_of=str(report.as_of), refused=[error.code for error in report.unread])
    found.head = "".join(api.render(report, "text", "zh")).split("\n\n")[0]
    for result in report.results:
        verdicts = list(result.verdicts(all_outcomes=True))
        if verdicts:
            found.outcomes[result.rule.id] = {one.subject.name: one.outcome.word for one in verdicts}
            found.verdicts[result.rule.id] = len(verdicts)
    _read(found, report.returns, report.notices)
    return found


def _read(found: Answer, returns: Sequence[Return], notices: Iterable[Notice] = ()) -> None:
    for one in returns:
        for name in dict.fromkeys(sheet.name for sheet in one.sheets):
            found.counts[name] = _counts(sheet.row_counts for sheet in one.sheets if sheet.name == name)
            found.rows[name] = letters([s for s in one.sheets if s.name == name], one.tables)
        for table in one.tables:
            found.entities.append(table.entity)
            found.records += records_of(table)
    for notice in [*notices, *(n for one in returns for n in one.notices)]:
        found.notices.setdefault(notice.code, []).append(place(notice))


def _counts(of_tables: Iterable[dict[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for counts in of_tables:
        found.update({LETTERS[row_class]: n for row_class, n in counts.items() if n})
    return dict(found)


def place(notice: Notice) -> str:
    return str(notice.at.cell or notice.at.row or "")


def letters(sheets: list[Sheet], tables: list[Table]) -> str:
    """One letter for each row of a sheet, over all its tables."""
    rows: dict[int, str] = {}

    def say(numbers: Iterable[int], letter: str) -> None:
        rows.update(dict.fromkeys((int(n) for n in numbers), letter))

    for sheet in sheets:
        say(sheet.title_rows, "T")
        say(sheet.notes_rows, "N")
        for row, reason in sheet.skipped_rows:
            say([row], {"totals": "S", "group": "G", "repeated-header": "P", "note": "N", "index": "I", "units": "U",
                        "blank": ".", "title": "T", "page": "P"}.get(reason, "?"))  # fmt: skip
        say(sheet.header_rows, "H")
        say(sheet.totals_rows, "S")
        say(sheet.group_rows, "G")
        say(sheet.unread_rows, "?")
    for table in tables:
        for i in range(len(table)):
            if table.sheets[int(table.sheet_of[i])] in sheets and not table.sheets[int(table.sheet_of[i])].transposed:
                say([int(table.row_of[i])], "R")
    for sheet in sheets:
        if sheet.entity is None and sheet.first_row and sheet.last_row and not sheet.transposed:  # of nobody knows what
            say((n for n in range(sheet.first_row, sheet.last_row + 1) if n not in rows), "R")
    return "".join(rows.get(row, ".") for row in range(1, max(rows, default=0) + 1))


def records_of(table: Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    names = [table.name_at(i) for i in range(len(table))]
    for i, name in enumerate(names):
        record: dict[str, Any] = {"entity": table.entity, "name": name}
        for key, column in table.columns.items():
            if key != table.about.name_field:
                record[key] = value(column, i)
        found.append(record)
    return found


def value(column: Any, i: int) -> Any:
    state = column.state_at(i)
    if state is not State.KNOWN:
        return None if state in (State.BLANK, State.ABSENT) else state.name.lower()
    if column.lo is None:
        return column.text[i].as_py()
    low, high = float(column.lo[i]), float(column.hi[i])
    if math.isnan(low):
        return None
    if column.truth:
        return bool(low)
    return round(low, 6) if low == high else f"{low:g} to {high:g}"
