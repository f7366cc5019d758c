"""Verdicts as a pandas DataFrame, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.result import OUTCOMES, Groups, Outcome, Reason, Records, RuleResult
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Coded, Ints, Table, among

Texts = npt.NDArray[np.object_]


def frame_of(results: Iterable[RuleResult], *, all_verdicts: bool = False) -> pd.DataFrame:
    """The verdicts, one row each, in the order of the rules.

    Numbers are in the rule's ``unit``, a share as a fraction, a yes or no as 1.0 and 0.0; ``observed`` and ``required``
    are NaN where only their bounds are known, which stand in ``observed_low`` and so on. ``shortfall`` is what is
    missing of the indicator, ``add`` what closes it of the field ``lever``. ``province`` to ``street`` are the regions
    that the subject is or lies in. ``row`` and ``cells`` are those of the return; a group of records has none.

    Args:
        all_verdicts: also what passed and what was out of scope.
    """
    parts = [(result, _places(result, all_verdicts)) for result in results]
    parts = [(result, places) for result, places in parts if len(places)]
    sizes = np.array([len(places) for _, places in parts], dtype=np.int64)

    def constant(value: Callable[[RuleResult], str | None]) -> pd.Categorical:
        return _constant([value(result) for result, _ in parts], sizes)

    def along(name: str) -> npt.NDArray[np.float64]:
        return _joined([getattr(result, name)[places] for result, places in parts], np.float64)

    def known(low: str, high: str) -> npt.NDArray[np.float64]:
        lowest, highest = along(low), along(high)
        return np.where((lowest == highest) & np.isfinite(lowest), lowest, np.nan)

    seen = [_seen(result, places) for result, places in parts]

    def text(name: str) -> Texts:
        return _joined([one[name] for one in seen], object)

    columns: dict[str, Any] = {
        "rule": constant(lambda r: r.rule.id),
        "standard": constant(lambda r: r.rule.standard),
        "severity": constant(lambda r: r.rule.severity),
        "entity": pd.Categorical(text("entity")),
        "name": text("name"),
        "code": text("code"),
        **{level: pd.Categorical(text(level)) for level in REGION_LEVELS},
        "outcome": _worded([r.outcome[p] for r, p in parts], [o.word for o in OUTCOMES]),
        "observed": known("observed_lo", "observed_hi"),
        "required": known("required_lo", "required_hi"),
        "unit": constant(lambda r: r.rule.unit),
        "shortfall": _joined([_along_missed(r, r.shortfall, p) for r, p in parts], np.float64),
        "lever": constant(lambda r: r.rule.lever),
        "add": _joined([_along_missed(r, r.add, p) for r, p in parts], np.float64),
        "add_unit": constant(lambda r: r.add_unit or None),
        "clause": constant(lambda r: r.rule.clause),
        "layer": constant(lambda r: r.rule.layer or r.rule.standard),
        "path": pd.Categorical(text("path")),
        "sheet": pd.Categorical(text("sheet")),
        "row": pd.array(_joined([one["row"] for one in seen], object), dtype="Int64"),
        "cells": text("cells"),
        "reason": _worded([r.reason[p] for r, p in parts], [r.name.lower() for r in Reason]),
        "waived": _joined([_waived(r, p) for r, p in parts], np.bool_),
        "observed_low": along("observed_lo"),
        "observed_high": along("observed_hi"),
        "required_low": along("required_lo"),
        "required_high": along("required_hi"),
    }
    return pd.DataFrame(columns)


def _places(result: RuleResult, all_verdicts: bool) -> Ints:
    """Positions of the verdicts wanted."""
    if all_verdicts:
        return np.arange(len(result), dtype=np.int32)
    silent = among(result.outcome, Outcome.PASS, Outcome.NOT_APPLICABLE)
    return np.nonzero(~silent)[0].astype(np.int32)


def _along_missed(result: RuleResult, values: npt.NDArray[np.float64] | None, places: Ints) -> npt.NDArray[np.float64]:
    """A value that runs along ``missed``, at ``places``; NaN elsewhere."""
    spread = np.full(len(result), np.nan)
    if values is not None:
        spread[result.missed] = values
    return spread[places]


def _waived(result: RuleResult, places: Ints) -> npt.NDArray[np.bool_]:
    return np.isin(places, np.array(list(result.waived), dtype=np.int32))


def _seen(result: RuleResult, places: Ints) -> dict[str, Texts]:
    """Who the subjects at ``places`` are and where they stand, a column each; None where there is nothing."""
    if isinstance(result.subjects, Records):
        return _of_records(result.subjects, places, result.fields)
    assert isinstance(result.subjects, Groups)
    return _of_groups(result.subjects, places)


def _of_records(records: Records, places: Ints, fields: tuple[str, ...]) -> dict[str, Texts]:
    table = records.table
    rows = places if records.index is None else records.index[places]
    regions = {level: _named(table.regions.get(level), rows) for level in REGION_LEVELS}
    names = _texts(table, table.about.name_field, rows)
    if table.entity in regions:
        names = np.where(names == "", regions[table.entity], names)
    where = np.full(len(rows), None, dtype=object)
    cells = np.full(len(rows), "", dtype=object)
    numbers = table.sheet_of[rows]
    for k in np.unique(numbers).tolist():
        here = np.nonzero(numbers == k)[0]
        sheet, standing = table.sheets[k], table.row_of[rows[here]]
        if not sheet.transposed:
            where[here] = standing
        cells[here] = _cells(sheet, standing, fields)
    _lend(table, rows, fields, cells)
    return {
        "entity": np.full(len(rows), table.entity, dtype=object),
        "name": names,
        "code": _texts(table, table.about.code_field, rows),
        **regions,
        "path": np.array([s.path for s in table.sheets], dtype=object)[numbers],
        "sheet": np.array([s.name for s in table.sheets], dtype=object)[numbers],
        "row": where,
        "cells": cells,
    }


def _of_groups(groups: Groups, places: Ints) -> dict[str, Texts]:
    chosen = [groups.subject(i) for i in places.tolist()]
    named = [dict(zip(REGION_LEVELS, groups.region(i), strict=False)) for i in places.tolist()]
    nothing = np.full(len(chosen), None, dtype=object)
    return {
        "entity": _objects(one.entity for one in chosen),
        "name": _objects(one.name for one in chosen),
        "code": _objects(one.code for one in chosen),
        **{level: _objects(one.get(level) or None for one in named) for level in REGION_LEVELS},
        "path": nothing,
        "sheet": nothing,
        "row": nothing,
        "cells": np.full(len(chosen), "", dtype=object),
    }


def _cells(sheet: Sheet, standing: Ints, fields: tuple[str, ...]) -> Texts:
    """``F12 G12``: the cells of ``fields`` in the records at ``standing``."""
    if sheet.transposed:
        return _objects(" ".join(c for f in fields if (c := sheet.cell_of(f, int(place)))) for place in standing)
    digits = standing.astype(str).astype(object)
    letters = dict.fromkeys(letter for f in fields if (letter := sheet.column_of(f)))
    found = np.full(len(standing), "", dtype=object)
    for number, letter in enumerate(letters):
        found = found + (f" {letter}" if number else letter) + digits
    return found


def _lend(table: Table, rows: Ints, fields: tuple[str, ...], cells: Texts) -> None:
    """Add the addresses of values that stand in another sheet."""
    borrowed = [c.borrowed for c in (table.columns.get(f) for f in fields) if c is not None and c.borrowed]
    for some in borrowed:
        for n in np.nonzero(np.isin(rows, np.array(list(some), dtype=np.int32)))[0].tolist():
            spot = some[int(rows[n])]
            if spot not in cells[n].split():
                cells[n] = f"{cells[n]} {spot}".strip()


def _texts(table: Table, key: str, rows: Ints) -> Texts:
    """A text column at ``rows``; blank is the empty text."""
    column = table.columns.get(key)
    if column is None or column.text is None:
        return np.full(len(rows), "", dtype=object)
    found = np.asarray(column.text.take(rows).to_pandas(), dtype=object)
    return np.where(pd.isna(found), "", found)


def _named(coded: Coded | None, rows: Ints) -> Texts:
    if coded is None:
        return np.full(len(rows), None, dtype=object)
    return np.array([*coded.names, None], dtype=object)[coded.codes[rows]]


def _objects(values: Iterable[Any]) -> Texts:
    listed = list(values)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def _constant(values: list[str | None], sizes: npt.NDArray[np.int64]) -> pd.Categorical:
    """A column that says the same of all verdicts of a rule."""
    words = list(dict.fromkeys(v for v in values if v is not None))
    codes = np.array([-1 if v is None else words.index(v) for v in values], dtype=np.int32)
    return pd.Categorical.from_codes(np.repeat(codes, sizes), categories=pd.Index(words, dtype=object))


def _worded(codes: list[npt.NDArray[np.uint8]], words: list[str]) -> pd.Categorical:
    found = _joined(codes, np.int8).astype(np.int8)
    return pd.Categorical.from_codes(found, categories=pd.Index(words, dtype=object))


def _joined(parts: list[Any], kind: Any) -> npt.NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind)
