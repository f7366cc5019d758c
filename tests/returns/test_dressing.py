"""What is read from a dressed table is what was dressed, cell by cell, or is a notice that names the cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.model.address import column_letter
from communitycheck.model.returns import Return
from communitycheck.model.table import Column, State
from communitycheck.returns import read_return
from communitycheck.returns.files.open import Opened
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES
from returns.dressing import MESSES, Dressed, Wanted, dress, some_messes
from returns.dressing_files import FILE_FORMATS, TEXT_FORMATS, grids, write

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
# Formats that only these packages can write; without them their tests are left out.
WRITERS = {"xls": "xlwt", "ods": "odf"}


def cell_name(row: int, column: int) -> str:
    return f"{column_letter(column + 1)}{row + 1}"


def differences(dressed: Dressed, got: Return, *, sheets: bool = True) -> list[str]:
    """What was read differently, lost or invented without a notice that names its cell."""
    warned = {(n.at.sheet or "", n.at.cell) for n in got.notices if n.at.cell}
    # A reading that was used is told once for all cells of a column that say the same.
    warned |= {(n.at.sheet or "", f"{str(n.at.cell).rstrip('0123456789')} {n.text}") for n in got.notices if n.at.cell}
    found: dict[tuple[str, int, str], tuple[Column, int]] = {}
    names: dict[tuple[str, int, str], None] = {}
    for table in got.tables:
        for i in range(len(table)):
            sheet = table.sheets[int(table.sheet_of[i])]
            row = int(table.row_of[i])
            label = next((c for k in ("community", "county") if (c := sheet.column_of(k))), None)
            names[sheet.name if sheets else "", row, str(label)] = None
            for key, column in table.columns.items():
                cell = sheet.cell_of(key, row)
                if cell is None:
                    found[sheet.name if sheets else "", row, f"{label}:{key}"] = (column, i)
                else:
                    found[sheet.name if sheets else "", row, f"{label}:{key}@{cell}"] = (column, i)
    wrong: list[str] = []
    wanted_names = set()
    texts = {
        s.name: {(r, c): text for r, row in enumerate(s.rows) for c, text in enumerate(row)} for s in dressed.sheets
    }
    for record in dressed.records:
        own = "community" if "community" in record.at else "county"
        row, at = record.at[own]
        label = column_letter(at + 1)
        sheet = record.sheet if sheets else ""
        place = (sheet, row + 1, label)
        wanted_names.add(place)
        if place not in names:
            wrong.append(f"record lost: {place}")
            continue
        for key, wanted in record.wanted.items():
            cell = cell_name(*record.at[key]) if key in record.at else None
            held = found.get((sheet, row + 1, f"{label}:{key}@{cell}")) or found.get((sheet, row + 1, f"{label}:{key}"))
            text = texts[record.sheet].get(record.at[key]) if key in record.at else None
            alike = f"{column_letter(record.at[key][1] + 1)} {text}" if key in record.at else None
            said = (sheet, cell) in warned or (sheet, alike) in warned
            if held is None:
                wrong.append(f"column not read: {key} {cell}")
            elif not _fits(wanted, *held, said):
                wrong.append(f"{key} {cell}: wanted {wanted}, read {_shown(*held)}")
    wrong += [f"record invented: {place}" for place in names if place not in wanted_names]
    told = {n.at.cell for n in got.notices if n.code == "total-differs"}
    wrong += [f"total not as told: {cell}" for cell in told ^ {cell_name(*at) for at in dressed.wrong_totals}]
    counts = {n.at.row for n in got.notices if n.code == "group-count-differs"}
    wrong += [f"count not as told: row {row}" for row in counts ^ set(dressed.wrong_counts)]
    return wrong


def _shown(column: Column, i: int) -> str:
    if column.lo is not None and column.hi is not None:
        return f"{column.lo[i]} to {column.hi[i]}, {column.state_at(i).name}"
    return f"{column.text[i].as_py()}, {column.state_at(i).name}"


def _fits(wanted: Wanted, column: Column, i: int, said: bool) -> bool:
    state = column.state_at(i)
    if wanted.kind == "blank":
        return state is State.BLANK
    if wanted.kind == "exempt":
        return state is State.EXEMPT
    if wanted.kind == "refused":
        return said and state in (State.UNREADABLE, State.IMPOSSIBLE)
    if wanted.kind == "text":
        return bool(column.text is not None and column.text[i].as_py() == wanted.value)
    if state is not State.KNOWN or column.lo is None or column.hi is None:
        return said and state in (State.UNREADABLE, State.IMPOSSIBLE)
    low, high = float(column.lo[i]), float(column.hi[i])
    if wanted.kind == "within":
        return said and low <= wanted.value <= high
    return bool(abs(low - wanted.value) <= 1e-9 * max(1, abs(wanted.value)) and low == high)


def read_grids(dressed: Dressed, *, merges: bool = True) -> Return:
    return build(Opened("x.xlsx", "", "xlsx", grids=grids(dressed, merges=merges)), DICTIONARY)


def explain(dressed: Dressed, wrong: list[str]) -> str:
    return f"seed {dressed.seed} {sorted(dressed.messes)}\n  " + "\n  ".join(wrong[:12])


@pytest.mark.slow
@pytest.mark.parametrize("mess", MESSES)
def test_alone(mess: str) -> None:
    for seed in range(5):
        dressed = dress(seed, frozenset({mess}))
        wrong = differences(dressed, read_grids(dressed))
        assert not wrong, explain(dressed, wrong)


def combined(seeds: range) -> list[str]:
    bad = []
    for seed in seeds:
        dressed = dress(seed, some_messes(seed))
        wrong = differences(dressed, read_grids(dressed))
        if wrong:
            bad.append(explain(dressed, wrong))
    return bad


@pytest.mark.slow
def test_combined() -> None:
    bad = combined(range(150))
    assert not bad, "\n".join(bad)


@pytest.mark.slow
def test_combined_at_length() -> None:
    bad = combined(range(150, 6000))
    assert not bad, f"{len(bad)} of 5700\n" + "\n".join(bad[:40])


def in_files(seeds: range, folder: Path, kind: str) -> list[str]:
    bad = []
    for seed in seeds:
        dressed = dress(seed, some_messes(seed))
        got = read_return(write(dressed, folder, kind), DICTIONARY)
        wrong = differences(dressed, got, sheets=kind in FILE_FORMATS and kind != "html")
        if wrong:
            bad.append(explain(dressed, [kind, *wrong]))
    return bad


def writes(kind: str) -> None:
    if kind in WRITERS:
        pytest.importorskip(WRITERS[kind], reason=f"{WRITERS[kind]} writes {kind} files and is not here")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*TEXT_FORMATS, *FILE_FORMATS])
def test_in_files(kind: str, tmp_path: Path) -> None:
    writes(kind)
    fast = kind in TEXT_FORMATS or kind == "html"
    bad = in_files(range(40 if fast else 10), tmp_path, kind)
    assert not bad, "\n".join(bad)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*TEXT_FORMATS, *FILE_FORMATS])
def test_in_files_at_length(kind: str, tmp_path: Path) -> None:
    writes(kind)
    bad = in_files(range(1000, 1400), tmp_path, kind)
    assert not bad, "\n".join(bad)


def without_merged_cells(seeds: range) -> list[str]:
    bad = []
    for seed in seeds:
        dressed = dress(seed, some_messes(seed))
        wrong = differences(dressed, read_grids(dressed, merges=False))
        if wrong:
            bad.append(explain(dressed, wrong))
    return bad


def test_a_format_without_merged_cells() -> None:
    bad = without_merged_cells(range(80))
    assert not bad, "\n".join(bad)


@pytest.mark.slow
def test_many_in_a_format_without_merged_cells() -> None:
    bad = without_merged_cells(range(80, 2000))
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize("fault", ["value", "lost", "invented", "total"])
def test_the_comparison_sees(fault: str) -> None:
    """Each kind of difference is one that the tests above would report."""
    dressed = dress(3, frozenset({"titles", "totals"}))
    record = dressed.records[1]
    if fault == "value":
        record.wanted["households"] = Wanted("number", record.wanted["households"].value + 1)
    elif fault == "lost":
        record.at = {key: (row + 100, column) for key, (row, column) in record.at.items()}
    elif fault == "invented":
        dressed.records.remove(record)
    else:
        dressed.wrong_totals.append((3, 3))
    assert differences(dressed, read_grids(dressed))
