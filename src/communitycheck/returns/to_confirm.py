"""Columns to confirm: a field that rules need has no column, and the header of one is like a name of it, or names it
with a unit that does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.result import RuleResult
from communitycheck.model.returns import COLUMN_TO_CONFIRM, Notice, Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.returns.columns.meaning.choose import unit_in_words


def columns_to_confirm(
    results: Iterable[RuleResult], returns: Iterable[Return], dictionary: Dictionary
) -> list[Notice]:
    """A notice for each such column, those that most rules wait for first.

    Each has the header as its text, and in its values ``field`` (the label), ``key``, ``column`` and ``rules``, how
    many rules could not be checked without the field.
    """
    needed = Counter(key for result in results for key in result.lacking if key in dictionary.fields)
    asked: list[Notice] = []
    for sheet in (sheet for one in returns for sheet in one.sheets):
        for column, fields in sheet.in_question():
            wanted = [key for key in fields if needed[key]]
            if wanted:
                asked.append(_notice(sheet, column, wanted[0], needed[wanted[0]], dictionary))
    return sorted(asked, key=lambda notice: -notice.values["rules"])


def _notice(sheet: Sheet, column: SheetColumn, key: str, rules: int, dictionary: Dictionary) -> Notice:
    header = max(sheet.header_rows, default=1)
    at = Address(sheet.path, sheet.name or None, header, sheet.header_cell(column.column, header))
    field = dictionary.fields[key]
    values = {"field": field.label, "key": key, "column": column.column, "rules": rules}
    if column.misfit:
        own = unit_in_words(field)
        values |= {"unit": column.misfit, "own": own} if own.zh else {"stated": column.misfit}
    return Notice(COLUMN_TO_CONFIRM, at, column.header, values)
