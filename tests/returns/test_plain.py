"""Small plain returns are read to the letter: the cases stand in ``plain.yaml``."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from communitycheck.errors import ReturnError
from communitycheck.model.returns import Return
from communitycheck.returns import read_return
from communitycheck.returns.files.formats.text.delimited import rows_of
from communitycheck.standards import load_dictionary
from each import each
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "plain.yaml").read_text("utf-8"))


def number(text: str) -> Any:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def as_file(case: dict[str, Any], folder: Path, kind: str) -> Path:
    path = folder / f"return.{kind}"
    if kind == "csv":
        path.write_text(case["csv"], "utf-8")
        return path
    book = openpyxl.Workbook()
    for r, row in enumerate(rows_of(case["csv"]).rows, 1):
        for c, text in enumerate(row, 1):
            if text:
                book.worksheets[0].cell(r, c, number(text))
    book.save(path)
    return path


def records(got: Return, keys: list[set[str]]) -> list[dict[str, Any]]:
    (table,) = got.tables
    found: list[dict[str, Any]] = []
    for i in range(len(table)):
        record: dict[str, Any] = {}
        for key in keys[i] if i < len(keys) else table.columns:
            column = table.columns[key]
            if column.lo is None:
                record[key] = column.text[i].as_py()
            else:
                value = float(column.lo[i])
                record[key] = None if math.isnan(value) else round(value, 9)
        found.append(record)
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@each("case", CASES, ids=[case["case"] for case in CASES])
def test_plain(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    file = as_file(case, tmp_path, kind)
    if "error" in case:
        with pytest.raises(ReturnError) as raised:
            read_return(file, DICTIONARY)
        assert raised.value.code == case["error"]
        return
    got = read_return(file, DICTIONARY)
    assert records(got, [set(record) for record in case["read"]]) == case["read"]
    (sheet,) = got.sheets
    assert got.tables[0].entity == case["entity"]
    assert sheet.first_row == case.get("first", sheet.first_row)
    assert [c.header for c in sheet.columns if c.field is None] == case.get("unread", [])
    assert [n.code for n in got.notices if n.level == "warning"] == case.get("notices", [])
