"""How returns were read, for ``communitycheck inspect``: as text, or as JSON by ``inspect-1.json``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import LEFT_OUT, Sheet, SheetColumn
from communitycheck.printable import clip, one_line
from communitycheck.reporting.document import Block, Row, TableColumn
from communitycheck.reporting.json_objects import array, notice_object, return_object, unread_object
from communitycheck.reporting.outline import notice_block, unread_block
from communitycheck.reporting.page import Page
from communitycheck.reporting.summary import row_counts_in_words
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "communitycheck-inspect/1"
COLUMNS, SHEETS, ROWS = 60, 20, 8  # lines that the text shows before it only counts the rest
HEADER = 40  # characters of a header
OF_A_YEAR = ("rows-unread", "period")  # what is told of a year that has columns beside those of the year before it


def render_inspect(
    returns: Iterable[Return],
    unread: Iterable[ReturnError],
    notices: Iterable[Notice],
    format: str,
    lang: Lang,
    *,
    dictionary: Dictionary | None = None,
    colour: bool = False,
    width: int | None = None,
) -> Iterator[str]:
    """How returns were read, as ``text`` or ``json``. ``dictionary`` gives the fields their names.

    Raises:
        UsageError: the format is neither.
    """
    wording = Wording(lang, dictionary or Dictionary({}))
    match format:
        case "text":
            blocks = _blocks(list(returns), list(unread), list(notices), wording)
            return Page(width, colour).draw_all(blocks)
        case "json":
            return _json(returns, unread, notices, wording)
        case _:
            raise UsageError("format-unknown", format=format, known="text, json")


def _json(
    returns: Iterable[Return],
    unread: Iterable[ReturnError],
    notices: Iterable[Notice],
    wording: Wording,
) -> Iterator[str]:
    """The reading of every return, a line each."""
    yield f'{{"schema": "{SCHEMA}",\n'
    yield from array("returns", (return_object(r, detailed=True) for r in returns))
    yield from array("notices", (notice_object(n, wording) for n in notices))
    yield from array("unread", (unread_object(e, wording) for e in unread), last=True)
    yield "}\n"


def _blocks(
    returns: Sequence[Return], unread: Sequence[ReturnError], notices: Sequence[Notice], wording: Wording
) -> list[Block]:
    """The reading for a person: each sheet with its rows and columns, then what gave trouble."""
    trouble = [notice_block(notices, wording, wording.place), unread_block(unread, wording)]
    return list(chain.from_iterable(_return(r, wording) for r in returns)) + [b for b in trouble if b]


def _return(one: Return, wording: Wording) -> Iterator[Block]:
    form = one.format + (wording.say("brackets", text=one.encoding) if one.encoding else "")
    head = Block("return", one_line(one.path), pairs=[(wording.say("label-format"), one_line(form))])
    if len(one.sheets) > SHEETS:
        head.more = wording.say("more-sheets", n=count(len(one.sheets) - SHEETS))
    if not one.sheets:
        head.lines.append(wording.say("inspect-no-table"))
    yield head
    for sheet in one.sheets[:SHEETS]:
        yield _sheet(sheet, wording)


def _sheet(sheet: Sheet, wording: Wording) -> Block:
    say = wording.say
    heading = say("heading-sheet", sheet=one_line(sheet.name)) if sheet.name else say("heading-only-sheet")
    block = Block("columns", heading)
    block.pairs = [
        (say(f"label-{key}"), value)
        for key, value in (
            ("entity", wording.entity(sheet.entity) if sheet.entity else say("entity-unknown")),
            ("rows-title", _rows(sheet.title_rows, wording)),
            ("rows-header", _rows(sheet.header_rows, wording)),
            ("rows-data", _data(sheet, wording)),
            ("transposed", say("sheet-transposed") if sheet.transposed else ""),
            ("labelled", say("sheet-labelled") if sheet.labelled else ""),
            ("rows-totals", _rows(sheet.totals_rows, wording)),
            ("rows-group", _rows(sheet.group_rows, wording)),
            ("rows-notes", _rows(sheet.notes_rows, wording)),
            ("rows-skipped", _skipped(sheet, wording)),
            ("rows-unread", _rows(sheet.unread_rows, wording)),
            ("row-counts", row_counts_in_words(sheet.row_counts, wording) if sheet.row_counts else ""),
            ("hidden", _hidden(sheet, wording)),
            ("unit-line", one_line(sheet.unit_line or "")),
            ("period", sheet.period.isoformat() if sheet.period else ""),
        )
        if value and (not sheet.further_year or key in OF_A_YEAR)
    ]
    if not sheet.columns:
        chosen_away = sheet.not_read in LEFT_OUT
        block.lines.append(say(f"inspect-{sheet.not_read}" if chosen_away else "inspect-no-table"))
        return block
    block.columns = [
        TableColumn(say("column-row" if sheet.transposed else "column-cell" if sheet.labelled else "column-column")),
        TableColumn(say("column-header"), wrap=True),
        TableColumn(say("column-field"), wrap=True),
        TableColumn(say("column-unit")),
        TableColumn(say("column-confidence"), right=True),
    ]
    # What was not recognised stands first where not everything can be shown.
    listed = sheet.columns
    if len(listed) > COLUMNS:
        listed = sorted(listed, key=lambda c: c.field is not None)[:COLUMNS]
        block.more = say("more-columns", n=count(len(sheet.columns) - COLUMNS))
    block.rows = [_column(c, wording) for c in listed]
    unmapped = sum(c.field is None for c in sheet.columns)
    if unmapped:
        block.lines.append(say("unmapped-count", n=count(unmapped)))
    return block


def _column(column: SheetColumn, wording: Wording) -> Row:
    header = clip(one_line(column.header), HEADER)
    if column.field is None:
        return Row((column.column, header, wording.say("unmapped"), "", ""), "doubt")
    label = wording.label(column.field)
    field = label if label == column.field else f"{label} {column.field}"
    return Row((column.column, header, field, wording.unit_of_column(column), f"{column.confidence:.0%}"))


def _rows(rows: list[int], wording: Wording) -> str:
    """``1、2、5``, or the first few and how many."""
    text = wording.listed(str(r) for r in rows[:ROWS])
    return text if len(rows) <= ROWS else text + wording.say("and-rows", n=count(len(rows) - ROWS))


def _data(sheet: Sheet, wording: Wording) -> str:
    if sheet.first_row is None or sheet.last_row is None:
        return ""
    return wording.say("rows-data", first=sheet.first_row, last=sheet.last_row, n=count(sheet.records))


def _skipped(sheet: Sheet, wording: Wording) -> str:
    """Rows left out for other reasons than those that have a line of their own."""
    described = {
        *sheet.title_rows,
        *sheet.header_rows,
        *sheet.totals_rows,
        *sheet.group_rows,
        *sheet.notes_rows,
        *sheet.unread_rows,
    }
    kinds: dict[str, list[int]] = {}
    for row, reason in sheet.skipped_rows:
        if row not in described:
            kinds.setdefault(reason, []).append(row)
    return wording.say("semicolon").join(
        f"{wording.skipped(reason)} {_rows(rows, wording)}" for reason, rows in kinds.items()
    )


def _hidden(sheet: Sheet, wording: Wording) -> str:
    parts = [wording.say("inspect-hidden-sheet")] if sheet.hidden else []
    if sheet.hidden_rows:
        parts.append(wording.say("inspect-hidden-rows", n=count(len(sheet.hidden_rows))))
    return wording.say("comma").join(parts)
