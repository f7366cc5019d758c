"""Books of formulas: every line is imported, named as a repeat, or refused; the rule file loads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communitycheck.cli.run import run
from communitycheck.errors import ReturnError, UsageError
from communitycheck.model.standard import Standard
from communitycheck.products.importing.front import import_formulas
from communitycheck.resources import data_dir
from communitycheck.standards.book import load_rule_book
from communitycheck.standards.lint.run import lint_files

BOOK = {
    "月报": [
        ["某某统计报表审核关系"],
        ["序号", "报表代码", "公 式", "python公式", "备注"],
        [1, "综定T1", "A1=A2+A3", "A1==A2+A3", "合计"],
        [2, "综定T1", "A2>=A4", "A2>=A4", None],
        [3, "综定T1", "A3 不少于 A5", "A3>=A5", "待改"],
        [1, "综定T2", "B1≤A1", "B1<=A1", None],
        [2, "综定T2", "B2=B3", "B2==B4", "两列不同"],
        [3, "综定T2", "B3>=b4;B4>0", None, None],
    ],
    "汇总": [["公式"], ["A1 = A2 + A3"], ["A2>=A4"], ["C1=C2"]],
    "说明": [["代码", "含义"], ["A1", "总数"], ["A2", "其中"]],
}


def loaded(path: Path) -> Standard:
    book = load_rule_book([data_dir("rules")], [path])
    return next(book.standard(i) for i, file in book.files.items() if file.name == str(path))


def command(*arguments: str) -> int:
    return run(["rules", "import", *arguments])


def test_every_line_is_accounted_for(workbook: Any) -> None:
    result = import_formulas(workbook("审核.xlsx", BOOK))
    assert [(s.name, result.of_sheet(s.name)) for s in result.sheets] == [
        ("月报", (6, 0, 1)),
        ("汇总", (1, 2, 0)),
        ("说明", (0, 0, 0)),
    ]
    assert result.read == 10 == len(result.imported) + len(result.repeated) + len(result.refused)
    assert result.sheets[0].copies == [("D", "python公式", 4)]
    # The helper column differs in one row: that formula is a line of its own.
    assert [line.text for line in result.imported if line.cell.startswith("D")] == ["B2==B4"]
    assert [(line.row, line.text, error.code) for line, error in result.refused] == [
        (5, "A3 不少于 A5", "formula-words")
    ]
    assert [(line.sheet, line.row, first.sheet, first.row) for line, first in result.repeated] == [
        ("汇总", 2, "月报", 3),
        ("汇总", 3, "月报", 4),
    ]


def test_the_rule_file(workbook: Any, tmp_path: Path) -> None:
    target = tmp_path / "t.yaml"
    result = import_formulas(workbook("审核.xlsx", BOOK), standard="t")
    target.write_text(result.text, encoding="utf-8")
    standard = loaded(target)
    assert (standard.id, standard.jurisdiction.code, standard.source.document) == ("t", "000000", "审核.xlsx")
    rules = {r.id: r for r in standard.rules}
    assert list(rules) == ["T1-1", "T1-2", "T2-1", "T2-2", "T2-2-2", "T2-3-1", "T2-3-2", "汇总-r4"]
    assert {r.severity for r in standard.rules} == {"mandatory"}
    assert {r.applies_to for r in standard.rules} == {"period"}
    first = rules["T1-1"]
    assert (first.title.zh, first.clause, first.tolerance) == ("A1=A2+A3", "月报 第3行 综定T1 序号1", 0.0)
    assert "汇总第2行" in first.note.zh
    assert standard.fields is not None
    assert standard.fields["B4"].aliases == ("B4", "b4")
    assert "A3 不少于 A5" in result.text  # the refused line stands in the file as a comment
    findings, _ = lint_files([data_dir("rules")], [target])
    assert [f for f in findings if f.level != "info"] == []


def test_same_book_same_bytes(workbook: Any) -> None:
    path = workbook("审核.xlsx", BOOK)
    assert import_formulas(path).text == import_formulas(path).text


BUILT_IN = load_rule_book([data_dir("rules")]).dictionary
SHAPES = {
    "no header at all": ({"s": [["A1=B1"], ["A2>=B2"], ["A3=B3+C3"]]}, ["s-r1", "s-r2", "s-r3"]),
    "a table code written once": (
        {"s": [["表号", "序号", "审核关系"], ["T1", 1, "A1=B1"], [None, 2, "A2=B2"], ["T2", 1, "A3=B3"]]},
        ["T1-1", "T1-2", "T2-1"],
    ),
    "serial numbers that repeat": (
        {"s": [["序号", "公式"], [1, "A1=B1"], [1, "A2=B2"], [2, "A3=B3"]]},
        ["s-1", "s-1-2", "s-2"],
    ),
    "codes that only differ in their first words": (
        {"s": [["表号", "序号", "公式"], ["甲T1", 1, "A1=B1"], ["乙T1", 1, "A2=B2"]]},
        ["甲T1-1", "乙T1-1"],
    ),
    "names that the dictionary and the language know": (
        {"s": [["序号", "公式"], [1, "population=sum+in"], [2, "households>=A.1+A_1"]]},
        ["s-1", "s-2"],
    ),
    "two columns of different formulas": (
        {"s": [["序号", "表内公式", "表间公式"], [1, "A1=B1", "A1=C1"], [2, "A2=B2", "A2=C2"]]},
        ["s-1", "s-1-2", "s-2", "s-2-2"],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_books(name: str, workbook: Any, tmp_path: Path) -> None:
    sheets, ids = SHAPES[name]
    result = import_formulas(workbook("b.xlsx", sheets), dictionary=BUILT_IN)
    target = tmp_path / "b.yaml"
    target.write_text(result.text, encoding="utf-8")
    assert not result.refused
    assert [r.id for r in loaded(target).rules] == ids


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "审核.csv"
    path.write_bytes("序号,报表代码,公式\n1,T1,A1=A2\n2,T1,A1>A3\n".encode("gb18030"))
    result = import_formulas(path)
    assert [line.sheet for line in result.imported] == ["审核", "审核"]


def test_a_formula_outside_its_column_is_not_lost(workbook: Any) -> None:
    rows = [["序号", "公式", "备注"], [1, "A1=B1", "见说明"], [2, "A2=B2", "另：C1>=D1"], [3, "A3=B3", "C1>=D1"]]
    result = import_formulas(workbook("b.xlsx", {"s": rows}))
    assert [(line.cell, error.code) for line, error in result.refused] == [("C4", "formula-outside-column")]


def test_nothing_found(workbook: Any) -> None:
    with pytest.raises(ReturnError) as caught:
        import_formulas(workbook("b.xlsx", {"s": [["社区", "户数"], ["幸福", 3], ["和平", 4]]}))
    assert caught.value.code == "import-nothing"


def test_a_book_of_which_nothing_can_be_read(workbook: Any, tmp_path: Path) -> None:
    path = workbook("b.xlsx", {"s": [["序号", "公式"], [1, "IF(A1>0,B1,C1)"], [2, "A1<>B1"]]})
    target = tmp_path / "b.yaml"
    assert command(str(path), "-o", str(target)) == 1
    assert loaded(target).rules == ()


def test_unknown_sheet(workbook: Any) -> None:
    with pytest.raises(UsageError) as caught:
        import_formulas(workbook("b.xlsx", BOOK), sheets=["月"])
    assert caught.value.values["near"] == "月报"


def test_command(workbook: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, target = str(workbook("审核.xlsx", BOOK)), tmp_path / "t.yaml"
    assert command(path, "-o", str(target), "--lang", "en") == 1
    shown = capsys.readouterr().out
    assert "10 formulas = 7 imported + 2 repeated + 1 refused; 8 rules" in shown
    assert "月报 row 5: A3 不少于 A5" in shown
    assert command(path, "-o", str(target)) == 1  # nobody has edited it
    with target.open("a", encoding="utf-8") as sink:
        sink.write("# edited\n")
    before = target.read_bytes()
    capsys.readouterr()
    assert command(path, "-o", str(target)) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_bytes() == before
    assert command(path, "-o", str(target), "--force", "--sheet", "汇总") == 0
    assert target.read_bytes() != before
    assert command(path, "-o", str(tmp_path / "t.csv")) == 2
    assert command(str(tmp_path / "none.xlsx")) == 2


def test_command_json(workbook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(str(workbook("审核.xlsx", BOOK)), "--format", "json", "--region", "沈阳") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "communitycheck-import/1"
    assert report["summary"] == {
        "read": 10, "imported": 7, "repeated": 2, "refused": 1, "rules": 8, "fields": 10, "exit_code": 1,
    }  # fmt: skip
    assert sum(s["read"] for s in report["sheets"]) == 10
    assert report["refused"][0]["cell"] == "C5"
