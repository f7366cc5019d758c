"""Columns of shares: 63.58, 63.58 % and 0.6358 mean the same, and a column may mix them."""

from __future__ import annotations

import re

import numpy as np

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Column, Floats, Ints, State
from communitycheck.returns.cells.cast.digits import half_step_of
from communitycheck.returns.cells.cast.findings import Finding, of_uniques
from communitycheck.returns.cells.cast.scale import Scale, finish
from communitycheck.returns.cells.cell import BLANK, UNREADABLE, Cell
from communitycheck.returns.cells.numbers import Measure, read_number, read_tidied
from communitycheck.returns.cells.words import nothing, tidy
from communitycheck.returns.text_columns import TextArray, encode

# A fraction may be a little above 1 (an enrolment of 104 %); a percentage column of such small numbers is unlikely.
_FRACTION = 1.5
_BARE = Measure(None)
_RATIO = Measure("ratio")


def cast_shares(field: Field, array: TextArray, scale: Scale) -> tuple[Column, list[Finding]]:
    """Read a column of shares as fractions.

    A sign in the cell (%, ‰, 成) and a percent format in the file decide for that cell. The column decides for bare
    numbers: all above 1.5 are percentages, all up to 1.5 are fractions. In a mixed column a small one is a fraction
    only where its digits show it. A large one is a percentage where the header says so or the column has few others;
    a 95 among cells that show 98% is UNREADABLE.
    """
    codes, uniques = encode(array)
    texts: list[str] = uniques.to_pylist()
    n = len(texts)
    cells = [_read(text) for text in texts]
    bare = np.zeros(n + 1, np.bool_)
    bare[:n] = [cell.known and _is_bare(text) for cell, text in zip(cells, texts, strict=True)]
    lo, hi = (np.array([*(getattr(c, side) for c in cells), np.nan]) for side in ("lo", "hi"))
    steps = np.array([*(half_step_of(t, c, _worth(t)) for t, c in zip(texts, cells, strict=True)), np.nan])
    state = np.array([*(c.state for c in cells), State.BLANK], np.uint8)
    noted = {k: cell for k, cell in enumerate(cells) if cell.note}

    formatted = scale.percent if scale.percent is not None else np.zeros(len(codes), np.bool_)
    loose = bare[codes] & ~formatted
    signed = np.zeros(n + 1, np.bool_)
    signed[:n] = [cell.known and _worth(text) < 1.0 for cell, text in zip(cells, texts, strict=True)]
    others = int(np.count_nonzero(signed[codes] | (formatted & bare[codes])))
    divisors, findings = _divisors(codes, loose, others, lo, texts, scale, noted)
    unknown = np.isnan(divisors)
    state[unknown & bare] = State.UNREADABLE
    values, above = lo[codes], hi[codes]
    divisor = np.where(loose, np.where(unknown, 1.0, divisors)[codes], 1.0)
    values, above = np.round(values / divisor, 14), np.round(above / divisor, 14)
    states = state[codes]
    lost = loose & unknown[codes]
    values[lost] = above[lost] = np.nan
    states[formatted & (states == State.UNREADABLE) & bare[codes]] = State.KNOWN
    same = np.array_equal(values, above, equal_nan=True)
    column, findings = finish(
        field, array, values, values if same else above, states,
        of_uniques(codes, uniques, noted) + findings, whole=False,
    )
    column.half_step = steps[codes] / divisor
    return column, findings


def _worth(text: str) -> float:
    """What one of the numbers in a cell is worth as a fraction."""
    return next((worth for sign, worth in (("%", 0.01), ("％", 0.01), ("‰", 0.001), ("成", 0.1)) if sign in text), 1.0)


def _read(text: str) -> Cell:
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return BLANK
    packed = tidied.replace(" ", "")
    spoken = re.fullmatch(r"百分之(.+)", packed)
    if spoken:
        return read_tidied(f"{spoken[1]}%", _RATIO)
    if re.search(r"百分点|个点", packed):
        return UNREADABLE
    if packed in ("全部", "全覆盖", "全覆盖率"):
        return Cell(1.0, 1.0, note="all-means-100", values={})
    return read_number(tidied, _RATIO if re.search(r"[%‰成]", packed) else _BARE)


def _is_bare(text: str) -> bool:
    return not re.search(r"[%‰成]|百分之|全", tidy(text))


def _divisors(
    codes: Ints, loose: Bools, signed: int, lo: Floats, texts: list[str], scale: Scale, noted: dict[int, Cell]
) -> tuple[Floats, list[Finding]]:
    """For each text what to divide by to get a fraction, NaN where it cannot be told; and what to say of the column.

    ``signed``: cells beside the bare ones that show what they are.
    """
    divisors = np.ones(len(lo))
    if scale.share_unit == "‰":
        divisors[:] = 1000.0
        return divisors, []
    kinds = np.unique(codes[loose])
    small = [k for k in kinds.tolist() if 0 < lo[k] <= _FRACTION]
    large = [k for k in kinds.tolist() if lo[k] > _FRACTION]
    if not large:
        odd = bool(scale.share_unit and small)
        return divisors, [Finding(-1, "fractions-in-percent-column", level="info")] if odd else []
    divisors[large] = 100.0
    big = int(np.count_nonzero(np.isin(codes[loose], large)))
    if not scale.share_unit and big < signed + int(np.count_nonzero(np.isin(codes[loose], small))):
        for k in large:
            divisors[k] = np.nan
            noted[k] = Cell(state=State.UNREADABLE, note="fraction-or-percent" if small else "bare-among-percent")
    if not small:
        odd = not scale.share_unit and not np.isnan(divisors[large]).any()
        return divisors, [Finding(-1, "percent-column", level="info")] if odd else []
    for k in small:
        if _shows_fraction(k, large, lo, texts):
            noted[k] = noted.get(k, Cell()).noted("fraction-among-percent", value=float(lo[k]))
        else:
            divisors[k] = np.nan
            noted[k] = Cell(state=State.UNREADABLE, note="fraction-or-percent")
    return divisors, []


def _shows_fraction(k: int, large: list[int], lo: Floats, texts: list[str]) -> bool:
    """0.788 among 63.58, 71.2, 80.05: more digits than any percentage here, and in their range as a fraction."""
    if len(large) < 3:
        return False
    percentages = lo[large]
    digits = max(_decimals(texts[j]) for j in large)
    among = percentages.min() / 1.5 <= lo[k] * 100 <= min(percentages.max() * 1.5, 100.0)
    return bool(_decimals(texts[k]) > digits and among and lo[k] < percentages.min() / 5)


def _decimals(text: str) -> int:
    return len(tidy(text).partition(".")[2])
