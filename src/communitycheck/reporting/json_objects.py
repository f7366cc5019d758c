"""What all JSON that we print is made of: one object a line, and the objects for returns, notices and numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.model.expression.calendar_days import DATE, iso
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.subjects import Subject
from communitycheck.printable import LONGEST, clip, escaped
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording

CHUNK = 500  # lines handed on at once

Object = dict[str, object]
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def array(key: str, objects: Iterable[Mapping[str, object]], *, last: bool = False) -> Iterator[str]:
    """``"key": [...]``, one object a line, in chunks."""
    yield f'"{key}": ['
    lines: list[str] = []
    separator = "\n"
    for one in objects:
        lines.append(separator + line(one))
        separator = ",\n"
        if len(lines) == CHUNK:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines) + ("]\n" if last else "],\n")


def line(value: Mapping[str, object] | Sequence[object] | str) -> str:
    """One object, a list or a text, on one line."""
    return escaped(_encode(value))


def return_object(one: Return, *, detailed: bool = False) -> Object:
    """How a return was read; ``detailed`` as ``inspect`` shows it."""
    return {
        "path": one.path,
        "sha256": one.sha256,
        "format": one.format,
        "encoding": one.encoding,
        "sheets": [_sheet(s, detailed) for s in one.sheets],
    }


def subject_object(subject: Subject) -> Object:
    """Whom something is said of."""
    return {
        "entity": subject.entity,
        "name": subject.name,
        "code": subject.code,
        "region": list(subject.region),
    }


def place_object(at: Address) -> Object:
    """Where a row stands; that of a database is named by its key."""
    found: Object = {"path": at.path, "sheet": at.sheet, "row": at.row}
    return found if at.key is None else {**found, "key": at.key}


def notice_object(notice: Notice, wording: Wording) -> Object:
    return {
        "code": notice.code,
        "level": notice.level,
        "at": {**place_object(notice.at), "cell": notice.at.cell},
        "text": clip(notice.text, LONGEST),
        "message": wording.notice(notice),
    }


def unread_object(error: ReturnError, wording: Wording) -> Object:
    return {"path": error.path, "sheet": error.sheet, "code": error.code, "message": wording.error(error)}


def _sheet(sheet: Sheet, detailed: bool) -> Object:
    found: Object = {"name": sheet.name, "entity": sheet.entity}
    if detailed:
        found["title_rows"] = sheet.title_rows
    found |= {"header_rows": sheet.header_rows, "first_row": sheet.first_row, "last_row": sheet.last_row}
    if sheet.transposed:
        found["transposed"] = True
    if sheet.labelled:
        found["labelled"] = True
    if detailed:
        found |= {
            "totals_rows": sheet.totals_rows,
            "group_rows": sheet.group_rows,
            "notes_rows": sheet.notes_rows,
            "hidden": sheet.hidden,
            "hidden_rows": sheet.hidden_rows,
            "titles": sheet.titles,
            "unit_line": sheet.unit_line,
            "period": sheet.period.isoformat() if sheet.period else None,
        }
    found["records"] = sheet.records
    found["columns"] = [{"column": c.column, **_column(c, detailed)} for c in sheet.across or sheet.columns]
    if sheet.transposed:
        found["rows"] = [{"row": int(c.column), **_column(c, detailed)} for c in sheet.columns]
    found["not_read"] = sheet.not_read or None
    found["row_counts"] = sheet.row_counts
    found["unread_rows"] = sheet.unread_rows
    found["skipped_rows"] = [{"row": row, "reason": reason} for row, reason in sheet.skipped_rows]
    return found


def _column(column: SheetColumn, detailed: bool) -> Object:
    found: Object = {"header": column.header, "field": column.field, "unit": column.unit}
    if detailed:
        found |= {"factor": clean(column.factor), "confidence": clean(column.confidence)}
    return found


def number(value: Value) -> float | bool | list[float | None] | None:
    """A number, a truth, ``[low, high]`` where only bounds are known (null at an open end), or null."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, tuple):
        return [clean(value[0]), clean(value[1])]
    return clean(value)


def told(value: Value, unit: str) -> object:
    """A value in its unit: ``number``, or a date as 2023-12-31."""
    if unit != DATE or value is None or isinstance(value, bool):
        return number(value)
    return [iso(end) for end in value] if isinstance(value, tuple) else iso(value)
