"""What SQL gives held against what ``check`` gives, verdict by verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

import communitycheck
from communitycheck.checking import judge_all
from communitycheck.checking.results import RuleResult
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.result import Groups, Outcome, Reason, Records
from communitycheck.model.standard import Locality, Standard
from communitycheck.products.sql.script import SqlScript
from communitycheck.products.sql.views import SqlView
from sql_engines import Rows, SqlEngine, column_types

RecordList = list[dict[str, Any]]  # field -> a number, truth, text, None, or a pair of bounds


def arrow(records: RecordList, asked: Mapping[str, str]) -> pa.Table:
    """The records as a table of the columns that the SQL asks for; pairs go into two columns beside."""
    columns = {}
    for name, kind in column_types(asked).items():
        values = [_column_value(one, name) for one in records]
        columns[name] = pa.array(values, kind, from_pandas=False)
    return pa.table(columns)


def _column_value(record: dict[str, Any], name: str) -> Any:
    for suffix, end in (("__low", 0), ("__high", 1)):
        if name.endswith(suffix):
            value = record.get(name.removesuffix(suffix))
            return float(value[end]) if isinstance(value, tuple) and value[end] is not None else None
    value = record.get(name)
    if isinstance(value, tuple):
        return None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def frame_of(records: RecordList) -> pd.DataFrame:
    """The same as ``check`` takes it: a pair of bounds is written as people write it."""
    keys = list(dict.fromkeys(key for one in records for key in one))
    return pd.DataFrame({key: pd.Series([_cell(one.get(key)) for one in records], dtype=object) for key in keys})


def _cell(value: Any) -> Any:
    match value:
        case (low, None):
            return f"不少于{low!r}"
        case (None, high):
            return f"不超过{high!r}"
        case (low, high):
            return f"{low!r}-{high!r}"
        case float() if math.isnan(value):
            return None
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
        case _:
            return value


def checked(tables: Mapping[str, RecordList], standard: str | Path, as_of: date) -> dict[str, RuleResult]:
    report = communitycheck.check({name: frame_of(rows) for name, rows in tables.items()}, standard, as_of=as_of)
    return {result.rule.id: result for result in report.results if result.checked}


def judged(rows: RecordList, standard: Standard, dictionary: Dictionary, as_of: date) -> dict[str, RuleResult]:
    """The same of records as a clean reader would give them, by a standard that stands in no file."""
    plain = [{key: _day_as_text(value) for key, value in one.items()} for one in rows]
    table, place = table_from_records(plain, dictionary, "community"), Locality(standard.jurisdiction)
    found = judge_all([table], [standard], dictionary, as_of, chosen=True, region=place)
    return {result.rule.id: result for result in found.results if result.checked}


def _day_as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def load(engine: SqlEngine, script: SqlScript, tables: Mapping[str, RecordList]) -> None:
    for entity, asked in script.asked.items():
        engine.load(script.tables.table(entity), arrow(tables[entity], asked))
    engine.make(script)


def differences(view: SqlView, rows: Rows, results: Mapping[str, RuleResult]) -> list[str]:
    """Every verdict, observed or required figure and shortfall that is another than ours."""
    found: list[str] = []
    for rule, parts in view.rules.items():
        if rule not in results:  # where no record has a county, no county has a verdict
            found += [f"{rule}: not checked"] * any(map(len, rows.values()))
            continue
        found += _of_rule(rule, parts, view, rows, results[rule])
    return found


def _of_rule(rule: str, parts: Mapping[str, str], view: SqlView, rows: Rows, result: RuleResult) -> list[str]:
    columns = view.subject if view.level else view.subject[-1:]  # in the tests each record has a name of its own
    names = [tuple(x or "" for x in row) for row in zip(*(rows[name] for name in columns), strict=True)]
    place = {name: i for i, name in enumerate(names)}
    shortfall = np.full(len(result), np.nan)
    shortfall[result.missed] = result.shortfall
    keys = _keys(result, view)
    here = [i for i, key in enumerate(keys) if key is not None]
    if len(place) != len(here):
        return [f"{rule}: {len(place)} rows for {len(here)} subjects"]
    found = []
    for i in here:
        name = keys[i]
        if name not in place:
            found.append(f"{rule}: no row for {name} among {list(place)[:5]}")
            break
        at = place[name]
        theirs = {part: rows[column][at] for part, column in parts.items()}
        ours: dict[str, Any] = {
            "outcome": Outcome(int(result.outcome[i])).word,
            "reason": Reason(int(result.reason[i])).name.lower(),
        }
        apart = [part for part, value in ours.items() if theirs[part] != value]
        if ours["outcome"] != "not_applicable":
            figures = {
                "observed": result.observed_lo[i], "observed_high": result.observed_hi[i],
                "required": result.required_lo[i], "required_high": result.required_hi[i], "shortfall": shortfall[i],
            }  # fmt: skip
            if view.level and result.numerator is not None and ours["outcome"] != "no_data":
                assert result.denominator is not None and result.gaps is not None
                figures |= {
                    "numerator": result.numerator[0][i], "denominator": result.denominator[i],
                    "blanks": float(result.gaps[i].sum()),
                }  # fmt: skip
            apart += [part for part, value in figures.items() if not _same(float(value), theirs[part])]
            ours |= {part: str(value) for part, value in figures.items()}
        if apart:
            found.append(f"{rule} {name}: {apart}: theirs {theirs}, ours {ours}")
    return found


def _keys(result: RuleResult, view: SqlView) -> list[tuple[str, ...] | None]:
    """The names by which a view tells the subjects apart; None for groups of another level."""
    subjects = result.subjects
    if isinstance(subjects, Records):
        return [(name,) for name in subjects.table.names_at(subjects.rows(np.arange(len(subjects), dtype=np.int32)))]
    assert isinstance(subjects, Groups)
    levels = zip(subjects.levels, subjects.paths, strict=True)
    width = len(view.subject)
    return [
        tuple(name or "" for name in ((None,) * width + tuple(path))[-width:]) if level == view.level else None
        for level, path in levels
    ]


def _same(ours: float, theirs: float | None) -> bool:
    other = math.nan if theirs is None else float(theirs)
    if math.isnan(ours) or math.isnan(other):
        return math.isnan(ours) and math.isnan(other)
    if math.isinf(ours) or math.isinf(other):
        return ours == other
    return abs(ours - other) <= 1e-9 * max(1.0, abs(ours))
