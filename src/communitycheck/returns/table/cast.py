"""A column of text -> a typed column: whole columns at a time, and each different text read only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Bytes, Coded, Column, Floats, Ints, State
from communitycheck.returns.cells.cell import BLANK, UNREADABLE, Cell, number, word
from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.cells.digits import half_step_of, half_steps
from communitycheck.returns.cells.findings import Finding, at_rows, of_uniques
from communitycheck.returns.cells.frequency import read_days, read_times
from communitycheck.returns.cells.hours import read_hours
from communitycheck.returns.cells.names import read_category, read_code, read_items, read_text
from communitycheck.returns.cells.numbers import COUNTED, Measure, read_number
from communitycheck.returns.cells.privacy import SUSPECT
from communitycheck.returns.cells.truths import read_count, read_truth
from communitycheck.returns.cells.words import BLANK_WORDS, EXEMPT_WORDS, NONE_WORDS, nothing, tidy
from communitycheck.returns.text_columns import PIECE, bools, differs, encode, fresh, pieces, whole

WHOLE = frozenset({"int", "count", "days"})
# Types whose columns are mostly plain numbers: the whole column is tried at once.
_STRAIGHT = frozenset({"int", "decimal", "days", "times", "hours"})
# Types whose numbers may be rounded, so that the digits they print matter.
_ROUNDED = frozenset({"decimal", "int"})
# Columns of no more texts than this keep them as Python strings beside the column.
_FEW = 200_000
_PLAIN = r"^[+-]?[0-9]+(\.[0-9]+)?$"
_THOUSANDS = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"


@dataclass(frozen=True, slots=True)
class How:
    """How the cells of one column are to be read.

    ``factor`` and ``stated`` are of the unit in its header; ``share_unit`` is ``%`` or ``‰`` where the header says so;
    ``percent`` marks the records whose cell the file formats as a percentage.
    """

    factor: float = 1.0
    stated: bool = False
    share_unit: str = ""
    percent: Bools | None = None
    days_in_year: int = 365


def cast(
    field: Field, array: Any, how: How, codes: tuple[Ints, Any] | None = None
) -> tuple[Column, list[Finding]]:
    """Read a column of text as ``field``.

    Args:
        array: Arrow array of strings, one for each record; null is an empty cell.
        codes: what ``encode`` makes of it, where that is known already.

    Returns:
        The column, and what there is to say about its cells.
    """
    if field.type == "share":
        from communitycheck.returns.table.shares import cast_shares

        return cast_shares(field, array, how)
    if field.is_number:
        return _numbers(field, array, how, codes)
    return _words(field, array, codes)


def finish(
    field: Field, array: Any, lo: Floats, hi: Floats, state: Bytes, findings: list[Finding], *, whole: bool
) -> tuple[Column, list[Finding]]:
    """Refuse impossible values and put the column together. ``hi`` is ``lo`` where nothing is a bound."""
    low = 0.0 if field.low is None else field.low
    high = np.inf if field.high is None else field.high
    if field.type == "hours":
        high = min(high, 24.0)
    if lo.size and not (np.fmin.reduce(hi) >= low and np.fmax.reduce(lo) <= high):
        outside = (hi < low) | (lo > high)
        findings = findings + _refuse(array, lo, hi, state, outside, "impossible-value", low=low, high=high)
    if whole and _broken(lo):
        nearest = np.rint(lo)
        with np.errstate(invalid="ignore"):
            off = np.abs(lo - nearest)
        broken = off > 1e-9 * np.maximum(1.0, np.abs(lo))
        findings = findings + _refuse(array, lo, hi, state, broken, "impossible-fraction")
        lo, hi = (nearest, nearest) if hi is lo else (nearest, hi)
        lo[broken] = np.nan
    if field.zero_impossible and np.fmin.reduce(hi, initial=1.0) <= 0:
        findings = findings + _refuse(array, lo, hi, state, hi == 0, "impossible-zero")
    return Column(field.key, lo, hi, state=state if state.any() else None), findings


def _broken(values: Floats) -> bool:
    """Whether a number is no whole one."""
    pieces = (values[start : start + PIECE] for start in range(0, len(values), PIECE))
    return any(np.count_nonzero(np.rint(p) == p) + np.count_nonzero(np.isnan(p)) < len(p) for p in pieces)


def _refuse(
    array: Any, lo: Floats, hi: Floats, state: Bytes, bad: Bools, code: str, **values: Any
) -> list[Finding]:
    positions = np.flatnonzero(bad)
    lo[positions] = hi[positions] = np.nan
    state[positions] = State.IMPOSSIBLE
    return at_rows(positions, code, (str(array[p].as_py()) for p in positions.tolist()), **values)


def _numbers(
    field: Field, array: Any, how: How, known: tuple[Ints, Any] | None
) -> tuple[Column, list[Finding]]:
    # A remainder below the printed digits is no broken person where the column counts in 万.
    integral = field.type in WHOLE and how.factor < 100
    if field.type in _STRAIGHT:
        straight = _straight(array)
        if straight is not None:
            single = field.type == "hours" and how.factor == 1.0 and bool(np.any((straight > 0) & (straight < 1)))
            if not single:
                straight = _scaled(straight, how.factor)
                state = np.isnan(straight).view(np.uint8) * np.uint8(State.BLANK)
                column, findings = finish(field, array, straight, straight, state, [], whole=integral)
                if field.type == "decimal":
                    column.half_step = half_steps(array, how.factor)
                return column, findings
    codes, uniques = known or encode(array)
    read = _reader(field, how)
    lo, hi, state = np.empty(len(uniques) + 1), np.empty(len(uniques) + 1), np.zeros(len(uniques) + 1, np.uint8)
    lo[-1] = hi[-1] = np.nan
    state[-1] = State.BLANK  # code -1 finds this last place
    plain = _plain(uniques, lo, how.factor) if field.type in _STRAIGHT and field.type != "hours" else None
    hi[:-1] = lo[:-1]
    texts = uniques.to_pylist() if plain is None else None
    rest = range(len(uniques)) if plain is None else np.flatnonzero(~plain).tolist()
    steps = np.full(len(uniques) + 1, np.nan)
    if field.type == "decimal":
        steps[:-1] = half_steps(uniques, how.factor)
    noted: dict[int, Cell] = {}
    for k in rest:
        text = texts[k] if texts is not None else uniques[k].as_py()
        cell = read(text)
        lo[k], hi[k], state[k] = cell.lo, cell.hi, cell.state
        if field.type in _ROUNDED:
            steps[k] = half_step_of(text, cell, how.factor)
        if cell.note:
            noted[k] = cell
    findings = of_uniques(codes, _texts(uniques, noted), noted)
    values = lo[codes]
    above = values if np.array_equal(lo, hi, equal_nan=True) else hi[codes]
    column, findings = finish(field, array, values, above, state[codes], findings, whole=integral)
    if field.type == "int":
        steps[steps <= 0.5] = np.nan  # a count is exact, unless it is given in 万
    column.half_step = None if np.isnan(steps).all() else steps[codes]
    return column, findings


def _texts(uniques: Any, noted: dict[int, Cell]) -> Any:
    """Texts of the noted uniques alone, addressable by their index."""
    return _Few({k: str(uniques[k].as_py()) for k in noted}, len(uniques))


class _Few(list[str]):
    """A list that only knows some of its places."""

    def __init__(self, some: dict[int, str], length: int) -> None:
        super().__init__()
        self._some = some
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: Any) -> Any:
        return self._some[index]


def _straight(array: Any) -> Floats | None:
    """The column as numbers where every cell is one, written plainly; blanks are NaN."""
    first = next((v for v in array.slice(0, 20).to_pylist() if v is not None), None)
    if first is not None and not re.search(r"[0-9]", first):
        return None
    values = fresh(len(array))
    known = 0
    for rows, piece in pieces(array):
        try:
            values[rows] = pc.cast(piece, pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            return None
        known += int(np.count_nonzero(np.isfinite(values[rows])))
    # "nan" and "inf" are words, not numbers
    return values if known == len(array) - array.null_count else None


def _scaled(values: Floats, factor: float) -> Floats:
    """``values * factor`` without the noise of binary fractions: 0.035 万 is 350."""
    if factor == 1.0:
        return values
    product = values * factor
    near = np.round(product, 9)
    return np.where(np.abs(product - near) <= 1e-14 * np.abs(product) * 4, near, product)


def _plain(uniques: Any, lo: Floats, factor: float) -> Bools:
    """Fill in the texts that are plain numbers, thousands marks allowed; True where that was so."""
    done = np.zeros(len(uniques), np.bool_)
    for pattern, marks in ((_PLAIN, False), (_THOUSANDS, True)):
        fits = pc.match_substring_regex(uniques, pattern)
        some = uniques.filter(fits)
        if len(some):
            some = pc.replace_substring(some, ",", "") if marks else some
            where = np.flatnonzero(bools(fits))
            lo[where] = _scaled(pc.cast(some, pa.float64()).to_numpy(), factor)
            done[where] = True
    return done


def _reader(field: Field, how: How) -> Callable[[str], Cell]:
    """The function that reads one cell of the field."""
    counts = field.type in ("int", "count") or field.dimension in COUNTED
    measure = Measure(field.dimension, how.factor, how.stated, counts)
    match field.type:
        case "truth":
            forms = field.values or None
            return lambda text: read_truth(text, forms)
        case "count":
            return lambda text: read_count(text, measure)
        case "hours":
            return lambda text: _or_blank(text, read_hours(text, measure))
        case "days":
            return lambda text: read_days(text, measure, how.days_in_year)
        case "times":
            return lambda text: read_times(text, measure)
        case _:
            return lambda text: _or_none(text, read_number(text, measure), field)


def _or_blank(text: str, cell: Cell) -> Cell:
    return BLANK if not cell.known and tidy(text) in NONE_WORDS else cell


def _or_none(text: str, cell: Cell, field: Field) -> Cell:
    """无: none where things are counted or measured; nothing stated where a ratio is asked."""
    if cell.known or tidy(text) not in NONE_WORDS:
        return cell
    if field.type == "int" and field.dimension != "minutes":
        return number(0.0)
    if field.dimension in ("area", "money", *COUNTED):
        return number(0.0).noted("none-means-zero")
    return BLANK


_ODD = (
    r"\s|^[^\x{3400}-\x{9fff}A-Za-z0-9]|_x[0-9A-Fa-f]{4}_|[\x{a0}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}"
    r"\x{3000}\x{feff}\x{ad}]|^(?i:"
    + "|".join(sorted(re.escape(w).replace("/", "\\/") for w in (BLANK_WORDS | NONE_WORDS | EXEMPT_WORDS) if w))
    + rf")$|{SUSPECT}"
)


def _words(field: Field, array: Any, known: tuple[Ints, Any] | None) -> tuple[Column, list[Finding]]:
    if known is None and differs(array):
        column = _as_written(field, whole(array))
        if column is not None:
            return column, []
    codes, uniques = known or encode(array)
    odd = _odd(field, uniques)
    rest = range(len(uniques)) if odd is None else np.flatnonzero(odd).tolist()
    read = _word_reader(field)
    changed: dict[int, str | None] = {}
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
    findings = of_uniques(codes, _texts(uniques, noted), noted)
    states = state[codes]
    column = Column(field.key, state=states if states.any() else None)
    if changed:
        column.text, column._coded = _renamed(codes, uniques, changed)
    else:
        column.text = whole(array)
        column._coded = Coded(codes, uniques.to_pylist()) if len(uniques) < _FEW else None
        column._codes = codes
    return column, findings


def _as_written(field: Field, texts: Any) -> Column | None:
    """A column that is used as it stands, blanks aside; None where one of its texts has to be looked at."""
    odd = _odd(field, texts)
    if odd is None or odd.any():
        return None
    state = bools(texts.is_null()).view(np.uint8) * np.uint8(State.BLANK)
    return Column(field.key, text=texts, state=state if texts.null_count else None)


def _odd(field: Field, uniques: Any) -> Bools | None:
    """Which texts have to be looked at one by one; None for all of them."""
    if field.type == "text":
        flags = pc.match_substring_regex(uniques, _ODD)
    elif field.type == "code":
        # A code has 2 to 12 digits; what has 11 or more than 12 may be a telephone or an identity number.
        length = pc.binary_length(uniques)
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
            return read_code
        case "date":
            return _date
        case _:
            return read_text


def _date(text: str) -> Cell:
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    day = read_date(tidied)
    if day is not None:
        return word(day.isoformat())
    return BLANK if tidied in NONE_WORDS else UNREADABLE


def _renamed(codes: Ints, uniques: Any, changed: dict[int, str | None]) -> tuple[Any, Coded]:
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
    return pa.array(names, pa.string()).take(taken), Coded(recoded, names)
