"""What of the returns was held against nothing, so that a conflict may hide there, and why no two could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communitycheck.checking.repeated.earlier import periods_of
from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.returns import COPIES, YEARS_IN_QUESTION, Notice, Return
from communitycheck.model.sheet import Sheet
from communitycheck.model.text import Text
from communitycheck.planning.conflicts.find_conflicts import HeldReturns

_NAMED = 10  # returns whose periods are told


def left_out(report: Report) -> list[Notice]:
    """Rows, columns, sheets and whole returns that were held against nothing, each with the reason."""
    found = [notice for notice in report.notices if notice.code in YEARS_IN_QUESTION]
    told: dict[tuple[str, str], list[Notice]] = {}
    for notice in report.notices:
        told.setdefault((notice.at.path, notice.at.sheet or ""), []).append(notice)
    for one in report.returns:
        for sheet in one.sheets:
            found += _of_sheet(sheet, told.get((sheet.path, sheet.name), []))
    found += _asked(report)
    undated = {one.path: n for one in report.returns if (n := _undated(one))}
    dated = any(n < _records(one) for one in report.returns for n in [_undated(one)])
    if dated:
        found += [Notice("conflicts-no-period", Address(path), values={"count": n}) for path, n in undated.items()]
    return list({id(notice): notice for notice in found}.values())


def why_none(report: Report, held: HeldReturns) -> list[Notice]:
    """Why no two returns list a subject in common."""
    if held.pairs:
        return []
    found = [notice for notice in report.notices if notice.code in COPIES]
    if len(report.returns) < 2:
        return found or [Notice("conflicts-one-return", Address(one.path)) for one in report.returns]
    if held.held:
        return [*found, Notice("conflicts-none", Address(""))]
    found.append(Notice("conflicts-no-two", Address("")))
    for one in report.returns[:_NAMED]:
        spans = {span.words for table in one.tables for span in periods_of(table).all}
        kinds = {table.about.label for table in one.tables if len(table)}
        values = {"periods": _listed(spans), "kinds": _listed(kinds)}
        code = "conflicts-of-period" if spans else "conflicts-of-no-period"
        found.append(Notice(code, Address(one.argument()), values=values))
    return found


def _of_sheet(sheet: Sheet, told: Sequence[Notice]) -> Iterator[Notice]:
    """Of a sheet what may hold records that nobody read, with what was ``told`` of it in reading."""
    if not sheet.may_hold_more:
        return
    if sheet.unread_rows:
        at = Address(sheet.path, sheet.name or None, sheet.unread_rows[0])
        rows = ", ".join(map(str, sheet.unread_rows[:_NAMED])) + ("…" if len(sheet.unread_rows) > _NAMED else "")
        yield Notice("conflicts-rows-unread", at, values={"rows": rows, "count": len(sheet.unread_rows)})
        unread = set(sheet.unread_rows)
        yield from (notice for notice in told if notice.at.row in unread and notice.level == "warning")
    else:
        yield from (notice for notice in told if notice.code == sheet.not_read)


def _asked(report: Report) -> Iterator[Notice]:
    """The columns that may be a field which another return gives, or may give."""
    asked = [
        (number, sheet, column, fields)
        for number, one in enumerate(report.returns)
        for sheet in one.sheets
        for column, fields in sheet.in_question()
    ]
    holders: dict[str, set[int]] = {}
    for number, one in enumerate(report.returns):
        for sheet in one.sheets:
            for column in sheet.columns if sheet.records else ():
                if column.field is not None:
                    holders.setdefault(column.field, set()).add(number)
    for number, _, _, fields in asked:
        for key in fields:
            holders.setdefault(key, set()).add(number)
    for number, sheet, column, fields in asked:
        wanted = next((key for key in fields if holders[key] - {number}), None)
        if wanted is None or wanted not in report.dictionary.fields:
            continue
        header = max(sheet.header_rows, default=1)
        at = Address(sheet.path, sheet.name or None, header, sheet.header_cell(column.column, header))
        field = report.dictionary.fields[wanted].label
        yield Notice("conflicts-column-asked", at, column.header, {"field": field, "column": column.column})


def _records(one: Return) -> int:
    return sum(len(table) for table in one.tables)


def _undated(one: Return) -> int:
    """How many records of a return state no period."""
    return sum(int((periods_of(table).of < 0).sum()) for table in one.tables)


def _listed(texts: set[Text]) -> Text:
    ordered = sorted(texts, key=lambda text: text.zh)
    return Text("、".join(text.zh for text in ordered), ", ".join(text.en for text in ordered))
