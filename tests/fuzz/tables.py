"""Tables changed as hands change them, and the laws that hold whatever the change: no row lost, no record set aside.

A table is any sheet of the sample data and of the real returns, small enough to be read often. What its rows are is
first read from the table as it is; each change says what may become of the rows that it touched.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from cases.answers import Answer, answer
from cases.make import Book, Rows, write_csv, write_openpyxl, write_xlsxwriter
from communitycheck.returns.files.open import open_file
from fuzz.mutate import originals

LARGEST = 400
# Rows with so many figures are no number of a page and no date of a note.
SOME = 2


@dataclass
class Sheet:
    """One sheet of a file as rows, with its merged cells, and a letter for what each row is."""

    name: str
    rows: Rows
    merges: list[str]
    letters: str = ""


@dataclass
class Change:
    """A changed sheet; ``may_be`` gives for rows (from 1) the letters that are right for them."""

    sheet: Sheet
    what: str
    may_be: dict[int, str] = field(default_factory=dict)


def sheets() -> list[Sheet]:
    """Every visible sheet that is small enough, once."""
    found = []
    for file in originals():
        for grid in open_file(file).grids:
            if 3 < grid.n_rows <= LARGEST and not grid.hidden:
                rows: Rows = [[_value(text) for text in grid.row(r)] for r in range(grid.n_rows)]
                merges = [f"{_cell(r1, c1)}:{_cell(r2, c2)}" for r1, c1, r2, c2 in grid.merged]
                found.append(Sheet(f"{file.name} {grid.sheet}", rows, merges))
    return found


def _value(text: str | None) -> str | float | None:
    try:
        return float(text) if text and text.strip() == text and not text.startswith("0") else text or None
    except ValueError:
        return text


def _cell(row: int, column: int) -> str:
    from communitycheck.model.address import column_letter

    return f"{column_letter(column + 1)}{row + 1}"


def read(sheet: Sheet, folder: Path, rng: random.Random) -> Answer:
    """The sheet written in one of the formats and read."""
    book = Book({"S": sheet.rows}, {"S": sheet.merges})
    kind = rng.choice(("openpyxl", "xlsxwriter") if sheet.merges else ("openpyxl", "xlsxwriter", "csv"))
    path = folder / ("return.csv" if kind == "csv" else "return.xlsx")
    {"openpyxl": write_openpyxl, "xlsxwriter": write_xlsxwriter, "csv": write_csv}[kind](path, book)
    return answer(path, standards=["liaoning-2021"])


def _records(sheet: Sheet) -> list[int]:
    """Rows (from 0) that are records with at least two figures."""
    return [
        i
        for i, letter in enumerate(sheet.letters)
        if letter == "R" and sum(isinstance(value, float) for value in sheet.rows[i]) > 1
    ]


def _copy(sheet: Sheet) -> Sheet:
    return Sheet(sheet.name, [list(row) for row in sheet.rows], list(sheet.merges), sheet.letters)


def insert_record(sheet: Sheet, rng: random.Random) -> Change | None:
    """One more record like another, with figures of its own: it is a record, or said to be unread."""
    known = _records(sheet)
    if not known or sheet.merges:
        return None
    at, like = rng.choice(known), sheet.rows[rng.choice(known)]
    new = [value if not isinstance(value, float) else float(rng.randint(100_003, 999_983)) for value in like]
    changed = _copy(sheet)
    changed.rows.insert(at, new)
    return Change(changed, f"a record before row {at + 1}", {at + 1: "R?"})


def blank_figures(sheet: Sheet, rng: random.Random) -> Change | None:
    """A record that reported nothing stays a record: its name stands where names stand."""
    known = [i for i in _records(sheet) if 0 < i < len(sheet.letters) - 1 and sheet.letters[i - 1 : i + 2] == "RRR"]
    if not known or sheet.merges:
        return None
    at = rng.choice(known)
    changed = _copy(sheet)
    changed.rows[at] = [value if isinstance(value, str) else None for value in changed.rows[at]]
    return Change(changed, f"row {at + 1} without figures", {at + 1: "R?"})


def insert_text(sheet: Sheet, rng: random.Random) -> Change | None:
    """A sentence between two records is no record."""
    known = [i for i in _records(sheet) if i and sheet.letters[i - 1] == "R"]
    if not known or sheet.merges:
        return None
    at = rng.choice(known)
    changed = _copy(sheet)
    changed.rows.insert(at, ["以上数据由各单位填报，请于月底前核对后盖章报送"])
    return Change(changed, f"a sentence before row {at + 1}", {at + 1: "N?"})


def insert_wrong_total(sheet: Sheet, rng: random.Random) -> Change | None:
    """A row of totals is one by its word alone, whatever it says."""
    known = _records(sheet)
    if not known or sheet.merges:
        return None
    at, like = known[-1] + 1, sheet.rows[known[-1]]
    first = next(c for c, value in enumerate(like) if value is not None)
    new = [
        "合计" if c == first else float(rng.randint(10**8, 10**9)) if isinstance(value, float) else None
        for c, value in enumerate(like)
    ]
    changed = _copy(sheet)
    changed.rows.insert(at, new)
    return Change(changed, f"a wrong total after row {at}", {at + 1: "S?"})


def drop_row(sheet: Sheet, rng: random.Random) -> Change | None:
    if sheet.merges:
        return None
    changed = _copy(sheet)
    at = rng.randrange(len(changed.rows))
    del changed.rows[at]
    return Change(changed, f"without row {at + 1}")


def repeat_row(sheet: Sheet, rng: random.Random) -> Change | None:
    if sheet.merges:
        return None
    changed = _copy(sheet)
    at, to = rng.randrange(len(changed.rows)), rng.randrange(len(changed.rows))
    changed.rows.insert(to, list(changed.rows[at]))
    return Change(changed, f"row {at + 1} again before row {to + 1}")


def blank_cells(sheet: Sheet, rng: random.Random) -> Change | None:
    changed = _copy(sheet)
    for _ in range(rng.randint(1, 12)):
        row = rng.choice(changed.rows)
        if row:
            row[rng.randrange(len(row))] = None
    return Change(changed, "cells blanked")


def merge_cells(sheet: Sheet, rng: random.Random) -> Change | None:
    if sheet.merges:
        return None
    changed = _copy(sheet)
    r, c = rng.randrange(len(changed.rows)), rng.randrange(max(map(len, changed.rows)))
    bottom, right = r + rng.randint(0, 3), c + rng.randint(1, 3)
    changed.merges = [f"{_cell(r, c)}:{_cell(bottom, right)}"]
    for i, row in enumerate(changed.rows[r : bottom + 1], r):
        row[c : right + 1] = [value if (i, j) == (r, c) else None for j, value in enumerate(row[c : right + 1], c)]
    return Change(changed, f"merged {changed.merges[0]}")


def swap_columns(sheet: Sheet, rng: random.Random) -> Change | None:
    if sheet.merges:
        return None
    changed = _copy(sheet)
    width = max(map(len, changed.rows))
    a, b = rng.randrange(width), rng.randrange(width)
    for row in changed.rows:
        row += [None] * (width - len(row))
        row[a], row[b] = row[b], row[a]
    return Change(changed, f"columns {a} and {b} swapped")


def figures_as_text(sheet: Sheet, rng: random.Random) -> Change | None:
    changed = _copy(sheet)
    changed.rows = [
        [f"{value:.15g}" if isinstance(value, float) and rng.random() < 0.7 else value for value in row]
        for row in changed.rows
    ]
    return Change(changed, "figures as text")


CHANGES: tuple[Callable[[Sheet, random.Random], Change | None], ...] = (
    insert_record, blank_figures, insert_text, insert_wrong_total, drop_row, repeat_row, blank_cells, merge_cells,
    swap_columns, figures_as_text,
)  # fmt: skip


def figures_set_aside(rows: Rows, letters: str) -> list[str]:
    """Rows of figures that are none of record, total, unread; a header may name years and numbers, and repeat them."""
    named = {value for row, letter in zip(rows, letters, strict=False) if letter in "HI" for value in row}
    wrong = []
    for i, row in enumerate(rows):
        letter = letters[i] if i < len(letters) else "."
        own = [value for value in row if isinstance(value, float) and not 1900 <= value <= 2100]
        if letter == "H":
            steps = {round(b - a, 6) for a, b in pairwise(own)}
            held = [] if len(steps) == 1 else own
        else:
            held = [value for value in own if value not in named]
        if letter not in "RS?IU" and len(held) >= SOME:
            wrong.append(f"row {i + 1} is {letter} and holds {held[:4]}")
    return wrong


def broken_laws(change: Change, got: Answer) -> list[str]:
    """What the reading of a changed sheet owes: each row counted once, and each touched row what it may be."""
    name = next(iter(got.rows), None)
    if name is None or not got.counts.get(name):
        return []  # nothing of it was read, which the refusal says
    letters, counts = got.rows[name], got.counts[name]
    filled = [i for i, row in enumerate(change.sheet.rows) if any(str(v).strip() for v in row if v is not None)]
    wrong = []
    if sum(counts.values()) != len(filled):
        wrong.append(f"{len(filled)} rows, {sum(counts.values())} told: {counts}")
    told = Counter(letters)
    if sum(told[letter] for letter in "RSG?") != sum(counts.get(letter, 0) for letter in "RSG?") and "R" in counts:
        wrong.append(f"listed {letters}, counted {counts}")
    wrong += figures_set_aside(change.sheet.rows, letters)
    for row, right in change.may_be.items():
        is_ = letters[row - 1] if row <= len(letters) else "."
        if is_ not in right:
            wrong.append(f"row {row} is {is_} and may be {right}")
    return wrong
