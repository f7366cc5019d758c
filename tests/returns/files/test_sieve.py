"""Large texts of which only the rows that are not like the others are read row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.file_format import Content
from communitycheck.returns.files.formats.text import delimited
from communitycheck.system.limits import held, in_force

ROWS = 3_000
HEADER = "code,name,kind,households,area,hall,note"


def lines_of_table() -> list[str]:
    """A header and rows, each with as many cells."""
    return [
        HEADER,
        *(f"{i:06d},Elm {i} Court,urban,{1500 + i % 900},{700 + i % 50}.5,yes,n{i % 7}" for i in range(ROWS)),
    ]


def read_both(
    lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str = "\n"
) -> tuple[Content, Content]:
    """The text as a large one, of which no more than a third may be read row by row, and as a small one."""
    place = tmp_path / "table.csv"
    place.write_bytes((end.join(lines) + end).encode())
    small = delimited.read_text(place, "table.csv")
    monkeypatch.setattr(delimited, "LARGE", 0)
    monkeypatch.setattr(delimited, "_read_by_rows", lambda *_: pytest.fail("read by rows"))
    large = delimited.read_text(place, "table.csv")
    return large, small


def quote_opened(lines: list[str]) -> None:
    lines[1_500] = lines[1_500].replace(",Elm", ',"Elm')


def many_quotes_opened(lines: list[str]) -> None:
    for i in range(1_100, ROWS, 90):
        lines[i] = lines[i].replace(",urban", ',"urban')


def quotes_in_cells(lines: list[str]) -> None:
    for i in range(5, ROWS, 400):
        lines[i] = lines[i].replace("Court", 'Court "B"')


def thousands(lines: list[str]) -> None:
    for i in range(1_200, ROWS, 130):
        cells = lines[i].split(",")
        lines[i] = ",".join([*cells[:3], "1,200", *cells[4:]])


def cells_left_out(lines: list[str]) -> None:
    for i in (1_300, 1_400, 1_401, 2_000, 2_001, 2_002, 2_003):
        lines[i] = lines[i].replace(",urban", "")


def a_note_and_a_title(lines: list[str]) -> None:
    lines[0:0] = ["Return of the communities of a county", ""]
    lines += ["", "Note: filled in by hand, and checked twice."]


def a_cell_of_lines(lines: list[str]) -> None:
    lines[1_700] = lines[1_700].replace(",urban", ',"urban\nonce rural\nsee 1, 2"')
    lines[2_700] = lines[2_700].replace(",urban", ',"urban')


def everything_quoted(lines: list[str]) -> None:
    for i, line in enumerate(lines):
        lines[i] = '"' + line.replace(",", '","').replace("Elm 7", 'Elm ""7""') + '"'
    lines[1_900] = lines[1_900].replace('"urban",', "")
    lines[2_100] = lines[2_100][:-1]


@pytest.mark.parametrize(
    "change",
    [
        quote_opened,
        many_quotes_opened,
        quotes_in_cells,
        thousands,
        cells_left_out,
        a_note_and_a_title,
        a_cell_of_lines,
        everything_quoted,
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_if_every_row_were_looked_at(
    change: Callable[[list[str]], None], end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of_table()
    change(lines)
    large, small = read_both(lines, tmp_path, monkeypatch, end)
    (grid,), (other,) = large.grids, small.grids
    assert grid.n_rows == other.n_rows
    for column, same in zip(grid.columns, other.columns, strict=True):
        assert column.to_pylist() == same.to_pylist()
    assert sorted(grid.shifted) == sorted(other.shifted)
    assert sorted(map(repr, large.remarks)) == sorted(map(repr, small.remarks))


def test_plain_rows_do_not_count_as_irregular(tmp_path: Path) -> None:
    lines = lines_of_table() * 20
    lines[40_000] = lines[40_000].replace(",Elm", ',"Elm')
    place = tmp_path / "table.csv"
    place.write_text("\n".join(lines) + "\n")
    with held({**in_force(), "irregular": 60_000}):
        assert delimited.read_text(place, "table.csv").grids[0].n_rows == len(lines)


def test_more_rows_than_may_be_read_by_rows(tmp_path: Path) -> None:
    lines = [line + ",over" if i % 2 else line for i, line in enumerate(lines_of_table() * 20)]
    place = tmp_path / "table.csv"
    place.write_text("\n".join(lines) + "\n")
    with held({**in_force(), "irregular": 60_000}), pytest.raises(ReturnError) as refused:
        delimited.read_text(place, "table.csv")
    assert refused.value.code == "text-irregular"
