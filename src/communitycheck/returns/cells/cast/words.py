"""A column of text -> names, codes, dates, lists and categories: texts that need no tidying are used as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.messages.cell_words import EXEMPT_WORDS, NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.places.code_formats import identity_word
from communitycheck.model.table import Bools, Column, Ints, State
from communitycheck.returns.cells.cast.findings import Finding, of_uniques
from communitycheck.returns.cells.cell import BLANK, ERROR_CELL, UNREADABLE, Cell, word
from communitycheck.returns.cells.dates import is_no_day, read_date, read_day
from communitycheck.returns.cells.names import (
    CODE_LENGTHS,
    read_category,
    read_code,
    read_items,
    read_region_code,
    read_text,
)
from communitycheck.returns.cells.privacy import SUSPECT, masked_cell
from communitycheck.returns.cells.words import BLANK_WORDS, UNSURE_WORDS, nothing, tidy
from communitycheck.returns.text_columns import Encoded, TextArray, bools, differs, encode, whole

_LOST = re.compile(r"[0-9.]+[eE]\+?[0-9]+")  # what a spreadsheet makes of a long number
# Columns of no more texts than this keep them as Python strings beside the column.
_FEW = 200_000
ODD_WORDS = (
    r"\s|^[^\x{3400}-\x{9fff}A-Za-z0-9]|^Err:|_x[0-9A-Fa-f]{4}_|[\x{a0}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}"
    r"\x{3000}\x{feff}\x{ad}]|^(?i:"
    + "|".join(sorted(re.escape(w).replace("/", "\\/") for w in (BLANK_WORDS | NONE_WORDS | EXEMPT_WORDS) if w))
    + rf")$|{SUSPECT}"
)

# In characters. Longer cells are prose, and looking for numbers of persons in many of them takes seconds.
_LONGEST = 200


def cast_words(field: Field, array: TextArray, known: Encoded | None) -> tuple[Column, list[Finding]]:
    if known is None and differs(array):
        column = _as_written(field, whole(array))
        if column is not None:
            return column, []
    codes, uniques = known or encode(array)
    odd = _odd(field, uniques)
    rest = range(len(uniques)) if odd is None else np.flatnonzero(odd).tolist()
    read = _word_reader(field)
    changed: dict[int, str | None] = {}
    refused: dict[int, str] = {}
    noted: dict[int, Cell] = {}
    state = np.zeros(len(uniques) + 1, np.uint8)
    state[-1] = State.BLANK
    for k in rest:
        text = uniques[k].as_py()
        cell = read(text)
        state[k] = cell.state
        if cell.note:
            noted[k] = cell
        if cell.text != text:
            changed[k] = cell.text
        if cell.state is State.UNREADABLE and (written := _misformed(field, text, cell)):
            refused[k] = written
    findings = of_uniques(codes, uniques, noted)
    states = state[codes]
    column = Column(field.key, state=states if states.any() else None)
    if refused:
        column.refused = _refused(codes, refused, len(uniques))
    if changed:
        column.text, codes, renamed = _renamed(codes, uniques, changed)
        column.keep_codes(codes, renamed)
    else:
        column.text = whole(array)
        column.keep_codes(codes, uniques.to_pylist() if len(uniques) < _FEW else None)
    return column, findings


def _as_written(field: Field, texts: TextArray) -> Column | None:
    """A column that is used as it stands, blanks aside; None where one of its texts has to be looked at."""
    odd = _odd(field, texts)
    if odd is None or odd.any():
        return None
    state = bools(texts.is_null()).view(np.uint8) * np.uint8(State.BLANK)
    return Column(field.key, text=texts, state=state if texts.null_count else None)


def _odd(field: Field, uniques: TextArray) -> Bools | None:
    """Which texts have to be looked at one by one; None for all of them."""
    if field.type == "text":
        flags = pc.match_substring_regex(uniques, ODD_WORDS)
    elif field.type == "code":
        # A code has 2 to 12 digits; what has 11 or more than 12 may be a telephone or an identity number.
        length = pc.binary_length(uniques)
        if field.role == "code":
            fits = pc.is_in(length, value_set=pa.array(CODE_LENGTHS, pa.int32()))
        else:
            fits = pc.or_(pc.less_equal(length, 10), pc.equal(length, 12))
        flags = pc.invert(pc.and_(pc.ascii_is_decimal(uniques), fits))
    else:
        return None
    return bools(flags)


def _word_reader(field: Field) -> Callable[[str], Cell]:
    match field.type:
        case "category":
            return lambda text: read_category(text, field)
        case "items":
            return read_items
        case "code":
            return read_region_code if field.role == "code" else read_code
        case "identity":
            return _identity
        case "date":
            return _date if field.role == "period" else _day
        case _:
            return read_text


def _identity(text: str) -> Cell:
    """Whether the number is valid, never the number; one that is blotted out, or lost digits, says nothing."""
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return BLANK
    if "*" in tidied or _LOST.fullmatch(tidied):
        return UNREADABLE
    return word(identity_word(tidied))


def _date(text: str) -> Cell:
    """A report period, as the day that it ends on."""
    return _dated(text, lambda tidied: None if (day := read_date(tidied)) is None else day.isoformat())


def _day(text: str) -> Cell:
    """A day, or the month, quarter, half or year that it lies in."""
    return _dated(text, read_day)


def _dated(text: str, read: Callable[[str], str | None]) -> Cell:
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if found := read(tidied):
        return word(found)
    return BLANK if tidied in NONE_WORDS else UNREADABLE


def _misformed(field: Field, text: str, cell: Cell) -> str | None:
    """What stands in an unreadable cell, where by its form it is certainly no value of the field's type; nothing where
    it may be one that we do not read, says that nobody knows, or is prose."""
    tidied = tidy(text)
    if cell.note == ERROR_CELL.note or len(tidied) > _LONGEST or tidied.casefold() in UNSURE_WORDS:
        return None
    if field.type in ("category", "code") or (field.type == "date" and field.role != "period" and is_no_day(tidied)):
        return masked_cell(tidied)
    return None


def _refused(codes: Ints, refused: dict[int, str], n: int) -> TextArray:
    """What stands in the refused cells of a column, null in the others."""
    at = np.full(n + 1, -1, np.int32)
    at[list(refused)] = np.arange(len(refused))
    taken = at[codes]
    return pa.array(list(refused.values()), pa.string()).take(pa.array(taken, mask=taken < 0))


def _renamed(codes: Ints, uniques: TextArray, changed: dict[int, str | None]) -> tuple[TextArray, Ints, list[str]]:
    """The column with some of its texts replaced; texts that become equal share one code."""
    names: list[str] = []
    index: dict[str, int] = {}
    new = np.full(len(uniques) + 1, -1, np.int32)
    for k, text in enumerate(uniques.to_pylist()):
        name = changed.get(k, text)
        if name is not None:
            new[k] = index.setdefault(name, len(index))
    names = list(index)
    recoded = new[codes]
    taken = pa.array(recoded, mask=recoded < 0)
    return pa.array(names, pa.string()).take(taken), recoded, names
