"""Forms that nobody has filled in are shown by their headers and judged by nobody: cases in ``blank_forms.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.make import book_of, write_openpyxl
from communitycheck.cli.run import run
from communitycheck.errors import QuestionError, ReturnError
from communitycheck.returns import read_return, read_returns
from communitycheck.returns.columns.mapping.mapping_file import load_mapping, mapping_text
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("blank_forms.yaml").read_text("utf-8"))


def written(case: dict[str, Any], folder: Path) -> Path:
    if "csv" in case:
        path = folder / "form.csv"
        path.write_text(case["csv"], "utf-8")
        return path
    path = folder / "form.xlsx"
    write_openpyxl(path, book_of(case))
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_headers_of_a_blank_form(case: dict[str, Any], tmp_path: Path) -> None:
    path = written(case, tmp_path)
    (one,), told = read_returns([path], DICTIONARY, to_show=True)
    (sheet,) = one.sheets
    fields: dict[str, str | None] = {}
    for column in sheet.columns:
        fields.setdefault(column.at, column.field)
    assert fields == case["columns"]
    assert sheet.entity == case.get("entity")
    assert (one.tables, sheet.records, sheet.not_read) == ([], case.get("records", 0), case["why"])
    assert [e.code for e in told if isinstance(e, QuestionError)] == case.get("asked", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_nobody_judges_a_blank_form(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(case, tmp_path)
    assert run(["check", str(path), "--standard", "liaoning-2021", "--format", "json", "--lang", "en"]) == 2
    assert f'"code": "{case["why"]}"' in capsys.readouterr().out


def test_a_blank_form_that_is_read_to_be_judged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReturnError) as refused:
        read_return(written(CASES[0], tmp_path), DICTIONARY)
    assert refused.value.code == "no-records"


def test_the_mapping_of_a_blank_form_serves_for_the_filled_one(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("社区名称,户数,总户数\n", "utf-8")
    returns, told = read_returns([path], DICTIONARY, to_show=True)
    saved = tmp_path / "mapping.yaml"
    open_line, answer = "# C: {header: 总户数, field: }", "C: {header: 总户数, field: households}"
    saved.write_text(mapping_text(returns, told).replace(open_line, answer), "utf-8")
    path.write_text("社区名称,户数,总户数\n甲社区,1,2\n乙社区,3,4\n", "utf-8")
    (table,) = read_return(path, DICTIONARY, mapping=load_mapping(saved, DICTIONARY)).tables
    assert table.columns["households"].lo.tolist() == [2, 4]  # type: ignore[union-attr]


def test_inspect_shows_it_and_says_that_there_is_nothing_to_judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(CASES[11], tmp_path)
    assert run(["inspect", str(path), "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert "还没有填写的空表" in shown.err
    assert "登记表" in shown.out and "C4" in shown.out and "library_area" in shown.out
