"""What there is to say about the cells of a column, before they have addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import Struct, field

from communitycheck.model.table import Ints
from communitycheck.returns.cells.cell import Cell

Positions = npt.NDArray[np.intp]

# One column may give this many notices of a kind; the rest is summed up in one more (``more-cells``).
LIMIT = 5000
# Readings that quote a person's name: the notice keeps the address and leaves the text out.
PRIVATE = frozenset({"name-means-yes", "yes-means-one", "names-counted"})


class Finding(Struct, frozen=True):
    """A notice without its address. ``position`` is the record's index in its table, -1 for the whole column."""

    position: int
    code: str
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    level: str = "warning"


def of_uniques(codes: Ints, uniques: pa.Array, noted: dict[int, Cell]) -> list[Finding]:
    """Findings of a column of repeating texts.

    A cell that was not used is named wherever it stands; a cell that was used in a certain way is named once per
    text, with the number of its cells.

    Args:
        codes: for each record the index of its text in ``uniques``, -1 for none.
        noted: index of a text -> its reading, where there is something to say.
    """
    if not noted:
        return []
    texts = {k: str(uniques[k].as_py()) for k in noted}
    marked = np.zeros(len(uniques) + 1, np.bool_)  # code -1 finds the last place
    marked[list(noted)] = True
    positions = np.flatnonzero(marked[codes])
    kinds = codes[positions]
    unused = np.zeros(len(marked), np.bool_)
    unused[[k for k, cell in noted.items() if not cell.known]] = True
    findings = []
    each = positions[unused[kinds]]
    for position in each[:LIMIT].tolist():
        k = int(codes[position])
        findings.append(Finding(position, noted[k].note, texts[k], noted[k].values))
    findings += more(each)
    used = ~unused[kinds]
    some, first, count = np.unique(kinds[used], return_index=True, return_counts=True)
    spots = positions[used][first]
    order = np.argsort(spots, kind="stable")
    for j in order[:LIMIT].tolist():
        cell = noted[int(some[j])]
        text = "" if cell.note in PRIVATE else texts[int(some[j])]
        values = {**cell.values, "cells": int(count[j])}
        findings.append(Finding(int(spots[j]), cell.note, text, values, "info"))
    return findings + more(spots[order], "info")


def at_rows(positions: Positions, code: str, texts: Iterable[str], **values: Any) -> list[Finding]:
    """The same finding for several records."""
    shown = [Finding(int(p), code, t, values) for p, t in zip(positions[:LIMIT].tolist(), texts, strict=False)]
    return shown + more(positions)


def more(positions: Positions, level: str = "warning") -> list[Finding]:
    """One finding for all that go beyond the limit."""
    rest = len(positions) - LIMIT
    return [Finding(int(positions[LIMIT]), "more-cells", "", {"cells": rest}, level)] if rest > 0 else []


def of_column(codes: Ints, uniques: pa.Array, noted: dict[int, Cell], code: str) -> list[Finding]:
    """One finding for all cells with a note that is about their column; it is taken out of ``noted``."""
    alike = [k for k, cell in noted.items() if cell.note == code]
    if not alike:
        return []
    for k in alike:
        del noted[k]
    cells = int(np.isin(codes, alike).sum())
    return [Finding(-1, code, str(uniques[alike[0]].as_py()), {"cells": cells})]
