"""A column of text -> numbers: all at once where every cell is a plain number, else each different text once."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Column, Floats, State
from communitycheck.returns.cells.cast.digits import half_step_of, half_steps
from communitycheck.returns.cells.cast.findings import Finding, of_column, of_uniques
from communitycheck.returns.cells.cast.scale import Scale, finish
from communitycheck.returns.cells.cell import BLANK, Cell, number
from communitycheck.returns.cells.column_unit import COUNTED, ColumnUnit
from communitycheck.returns.cells.frequency import read_days, read_times
from communitycheck.returns.cells.hours import read_hours
from communitycheck.returns.cells.numbers import Measure, read_number
from communitycheck.returns.cells.persons import names_masked
from communitycheck.returns.cells.truths import read_count, read_truth
from communitycheck.returns.cells.words import tidy
from communitycheck.returns.text_columns import Encoded, TextArray, bools, encode, fresh, pieces, whole

WHOLE = frozenset({"int", "count", "days"})
# Types whose columns are mostly plain numbers: the whole column is tried at once.
_STRAIGHT = frozenset({"int", "decimal", "days", "times", "hours"})
# Types whose numbers may be rounded, so that the digits they print matter.
_ROUNDED = frozenset({"decimal", "int"})
_PLAIN = r"^[+-]?[0-9]+(\.[0-9]+)?$"
_NUMBER = re.compile(_PLAIN)
_THOUSANDS = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"


def cast_numbers(
    field: Field, array: TextArray, scale: Scale, known: Encoded | None
) -> tuple[Column, list[Finding]]:
    if scale.percent is not None and scale.percent.any():
        array, known = _as_shown(array, scale.percent), None
    # A remainder below the printed digits is no broken person where the column counts in 万.
    integral = field.type in WHOLE and scale.factor < 100 and float(scale.factor).is_integer()
    unit_needed = Measure(field.dimension, stated=scale.stated).unit_needed
    if field.type in _STRAIGHT and not unit_needed:
        straight = _straight(array)
        if straight is not None:
            single = field.type == "hours" and scale.factor == 1.0 and bool(np.any((straight > 0) & (straight < 1)))
            if not single:
                straight = _scaled(straight, scale.factor)
                state = np.isnan(straight).view(np.uint8) * np.uint8(State.BLANK)
                column, findings = finish(field, array, straight, straight, state, [], whole=integral)
                if field.type == "decimal":
                    column.half_step = half_steps(array, scale.factor)
                return column, findings
    codes, uniques = known or encode(array)
    read = _reader(field, scale)
    lo, hi, state = np.empty(len(uniques) + 1), np.empty(len(uniques) + 1), np.zeros(len(uniques) + 1, np.uint8)
    lo[-1] = hi[-1] = np.nan
    state[-1] = State.BLANK  # code -1 finds this last place
    fast = field.type in _STRAIGHT and field.type != "hours" and not unit_needed
    plain = _plain(uniques, lo, scale.factor) if fast else None
    hi[:-1] = lo[:-1]
    texts = uniques.to_pylist() if plain is None else None
    rest = range(len(uniques)) if plain is None else np.flatnonzero(~plain).tolist()
    steps = np.full(len(uniques) + 1, np.nan)
    if field.type == "decimal":
        steps[:-1] = half_steps(uniques, scale.factor)
    noted: dict[int, Cell] = {}
    for k in rest:
        text = texts[k] if texts is not None else uniques[k].as_py()
        cell = read(text)
        lo[k], hi[k], state[k] = cell.lo, cell.hi, cell.state
        if field.type in _ROUNDED:
            steps[k] = half_step_of(text, cell, scale.factor)
        if cell.note:
            noted[k] = cell
    findings = of_column(codes, uniques, noted, "money-without-unit")
    findings += of_uniques(codes, uniques, noted)
    # 负责人张伟 is no answer, and the notice about it need not name him.
    if field.type in ("truth", "count") and not field.values:
        findings = [replace(finding, text=names_masked(finding.text, asked=field.person_names)) for finding in findings]
    values = lo[codes]
    above = values if np.array_equal(lo, hi, equal_nan=True) else hi[codes]
    column, findings = finish(field, array, values, above, state[codes], findings, whole=integral)
    if field.type == "int":
        steps[steps <= 0.5] = np.nan  # a count is exact, unless it is given in 万
    column.half_step = None if np.isnan(steps).all() else steps[codes]
    return column, findings


def _as_shown(array: TextArray, percent: Bools) -> TextArray:
    """The column with its percentages as the sheet shows them: 4.2 as 420%, which is no area. Zero is zero."""
    texts, values = whole(array), pc.dictionary_encode(whole(array).filter(pa.array(percent)))
    shown = [f"{float(text) * 100:.14g}%" if _NUMBER.fullmatch(text) and float(text) else text
             for text in values.dictionary.to_pylist()]
    return pc.replace_with_mask(texts, pa.array(percent), pa.array(shown, texts.type).take(values.indices))


def _straight(array: TextArray) -> Floats | None:
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


def _plain(uniques: TextArray, lo: Floats, factor: float) -> Bools:
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


def _reader(field: Field, scale: Scale) -> Callable[[str], Cell]:
    """The function that reads one cell of the field."""
    counts = field.type in ("int", "count") or field.dimension in COUNTED
    unit = scale.unit or ColumnUnit.of(field, {})
    measure = Measure(field.dimension, scale.factor, scale.stated, counts, unit)
    match field.type:
        case "truth":
            return lambda text: read_truth(text, field, counted=scale.stated)
        case "count":
            return lambda text: read_count(text, measure, names=field.person_names)
        case "hours":
            return lambda text: _or_blank(text, read_hours(text, measure))
        case "days":
            return lambda text: read_days(text, measure, scale.days_in_year)
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
