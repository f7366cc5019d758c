"""Checks between the cells of a record, and between records: what hardly goes together, and who is there twice."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from communitycheck.model.entity import Entity
from communitycheck.model.places.comparable_names import unified
from communitycheck.model.table import Column, Ints, begun
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.findings import LIMIT, Finding
from communitycheck.returns.layout.rows.body import MANY
from communitycheck.returns.text_columns import all_differ, bools, comparable_texts, encode, hashed, mixed

# (smaller, larger): where a record has it the other way round, the office is asked which of the two is meant. Both are
# used: of a village that has emptied out the households may still be counted.
ORDERED = (("households", "population"),)
_OFFICE = pattern(r"(社区|村)(?:居民|村民)?(?:居委会|村委会|委员会)$")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def cross_check(columns: dict[str, Column], labels: dict[str, Text]) -> list[tuple[str, Finding]]:
    """Records where the smaller field exceeds the larger, which is seldom right but can be; (field, finding)."""
    found: list[tuple[str, Finding]] = []
    for smaller, larger in ORDERED:
        a, b = columns.get(smaller), columns.get(larger)
        if a is None or b is None or a.lo is None or b.hi is None:
            continue
        positions = np.flatnonzero(a.lo > b.hi)
        for position in positions[:LIMIT].tolist():
            values = {
                "field": labels[larger], "value": float(b.hi[position]),
                "other": labels[smaller], "other_value": float(a.lo[position]),
            }
            found.append((larger, Finding(position, "fewer-than", f"{b.hi[position]:g}", values)))
        if len(positions) > LIMIT:
            found.append((larger, Finding(int(positions[LIMIT]), "more-cells", "", {"cells": len(positions) - LIMIT})))
    return found


def duplicates(about: Entity, columns: dict[str, Column], rows: Ints) -> list[Finding]:
    """Records that name a subject named before: by code, or by name and all that it lies in together, in one period.

    Both records are kept; the finding says the row of the first.
    """
    name = columns.get(about.name_field)
    places = dict.fromkeys(("city", "county", "street", "period", *about.within))
    above = [columns[k] for k in places if k in columns and k != about.key]
    code = columns.get(about.code_field)
    found = _repeats([code], rows, "duplicate-code") if code is not None else []
    if name is None:
        return found
    seen = {finding.position for finding in found}
    compared = [_compared(column) for column in (name, *above)]
    if about.key == "community" and len(rows) <= MANY:
        compared[0] = _without_offices(compared[0])
    named = _repeats(compared, rows, "duplicate-subject", name)
    return found + [finding for finding in named if finding.position not in seen]


def _compared(column: Column) -> Column:
    """The column with its names in the form in which they are compared."""
    found = Column(column.field)
    if column.listed is not None:
        listed = unified(column.listed, {})
        if listed is column.listed:
            return column
        found.text = pa.array(listed.names, pa.string()).take(pa.array(listed.codes, mask=listed.codes < 0))
        found.keep_codes(listed.codes, listed.names)
        return found
    found.text = comparable_texts(column.text)
    return column if found.text is column.text else found


def _without_offices(names: Column) -> Column:
    """东山社区居委会 is the office of 东山社区, and 第一社区 is 第1社区."""
    found = Column(names.field)
    shown = [None if text is None else _OFFICE.sub(r"\1", text).translate(_NUMERALS) for text in names.text.to_pylist()]
    found.text = pa.array(shown, pa.string())
    return found


def _codes(column: Column) -> Ints:
    return encode(column.text)[0] if column.known_codes is None else column.known_codes


def _never(columns: list[Column]) -> bool:
    """Surely no record repeats another in all columns: a look at numbers that stand for their texts."""
    keys = hashed(columns[0].text)
    for column in columns[1:]:
        codes = column.known_codes
        other = hashed(column.text) if codes is None else codes.astype(np.uint64)
        keys = mixed(keys ^ other)
    name = columns[0].text
    return all_differ(keys[bools(name.is_valid())] if name.null_count else keys)


def _repeats(columns: list[Column], rows: Ints, code: str, shown: Column | None = None) -> list[Finding]:
    """Records whose first column is filled and whose columns all repeat an earlier record.

    Args:
        shown: the first column as it is written, where it is compared in another form.
    """
    if columns[0].known_codes is None and _never(columns):
        return []
    first = _codes(columns[0])
    if int(first.max(initial=-1)) + 1 == int((first >= 0).sum()):
        return []
    key = first.astype(np.int64)
    for column in columns[1:]:
        other = _codes(column)
        key = key * (int(other.max(initial=-1)) + 2) + other + 1
        _, key = np.unique(key, return_inverse=True)
        key = key.astype(np.int64)
    key[first < 0] = -1
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    same = np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0)) + 1
    if not len(same):
        return []
    starts = begun(np.r_[True, ordered[1:] != ordered[:-1]])
    later, earlier = order[same], order[starts[same]]
    by_row = np.argsort(later, kind="stable")
    later, earlier = later[by_row], earlier[by_row]
    written = (shown or columns[0]).text
    found = [
        Finding(int(p), code, str(written[p].as_py()), {"row": int(rows[p]), "first_row": int(rows[q])})
        for p, q in zip(later[:LIMIT].tolist(), earlier[:LIMIT].tolist(), strict=True)
    ]
    if len(later) > LIMIT:
        found.append(Finding(int(later[LIMIT]), "more-cells", "", {"cells": len(later) - LIMIT}))
    return found
