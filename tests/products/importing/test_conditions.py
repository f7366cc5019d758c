"""Formulas under a condition, dates, and whose figures a book is about: translated, or refused with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.messages import LANGS, say
from communitycheck.products.importing.front import import_formulas
from communitycheck.resources import data_dir
from communitycheck.standards.lint.run import lint_files

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "conditions.yaml").read_text("utf-8"))
LAST = ["Z1=Z2"]  # so that a column with a single refused line is still one of formulas


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_what_becomes_of_a_line(case: dict[str, Any], workbook: Any, tmp_path: Path) -> None:
    result = import_formulas(workbook("book.xlsx", {"s": [["序号", "审核公式"], [1, case["text"]], [2, *LAST]]}))
    assert result.read == 2
    if "refused" in case:
        ((line, error),) = result.refused
        assert (line.row, error.code) == (2, case["refused"])
        assert all(say(error.code, lang, **error.values) for lang in LANGS)
        return
    assert not result.refused
    made = yaml.safe_load(result.text)["rules"][:-1]
    kinds = ("at_least", "more_than", "at_most", "less_than", "equals", "is")
    found = [[r.get("where", ""), r["indicator"], k, r[k]] for r in made for k in kinds if k in r]
    assert found == case["rules"]
    path = tmp_path / "s.yaml"
    path.write_text(result.text, "utf-8")
    assert [f for f in lint_files([data_dir("rules")], [path])[0] if f.level == "error"] == []


def test_a_condition_in_a_column_of_its_own(workbook: Any) -> None:
    rows = [["序号", "条件", "公式"], [1, "A1>0", "B1>0"], [2, None, "B1>=C1"], [3, "有A1的", "C1>0"]]
    result = import_formulas(workbook("b.xlsx", {"s": rows}))
    made = yaml.safe_load(result.text)["rules"]
    assert [(r.get("where"), r["indicator"]) for r in made] == [("A1 > 0", "B1"), (None, "B1")]
    assert [(line.row, error.code) for line, error in result.refused] == [(4, "formula-no-sign")]


def test_whose_figures_they_are(workbook: Any) -> None:
    rows = [["对象", "报表", "公式"], ["社区", "T1", "A1=A2"], ["街道（乡镇）", "T2", "A1=A2"], ["窗口", "T3", "A1=A3"]]
    result = import_formulas(workbook("b.xlsx", {"s": rows, "社区情况表": [["公式"], ["C1=C2"], ["C2>=C3"]]}))
    made = yaml.safe_load(result.text)
    assert [r["applies_to"] for r in made["rules"]] == ["community", "street", "community", "community"]
    assert made["fields"]["A1"]["entities"] == ["community", "street"]
    assert [(line.row, error.code) for line, error in result.refused] == [(4, "formula-subject")]
    plain = import_formulas(workbook("c.xlsx", {"某省民政统计": [["公式"], ["A1=A2"], ["A2=A3"]]}))
    assert {r["applies_to"] for r in yaml.safe_load(plain.text)["rules"]} == {"period"}


def test_the_rules_judge_what_the_table_lists(workbook: Any, tmp_path: Path) -> None:
    formulas = ["合计数=男人数+女人数", "若老年人数>0，则老年床位数>0", "成立日期<=2023年12月31日"]
    book = workbook("社区台账审核.xlsx", {"s": [["序号", "公式"], *([i, f] for i, f in enumerate(formulas, 1))]})
    target = tmp_path / "audit.yaml"
    assert run(["rules", "import", str(book), "-o", str(target)]) == 0
    head = ["县区", "社区名称", "合计数", "男人数", "女人数", "老年人数", "老年床位数", "成立日期"]
    rows = [
        head,
        ["和平区", "甲社区", 10, 4, 6, 3, 1, "2020-05-01"],
        ["和平区", "乙社区", 10, 4, 5, 3, 0, "2024-01-02"],
        ["和平区", "丙社区", 10, 4, 6, 0, 0, "2020年5月"],
    ]
    report = check(workbook("r.xlsx", {"社区": rows}), standards=[target])
    found = {(v.rule.id, v.subject.name): v.outcome.word for v in report.verdicts(all_outcomes=True)}
    words = {"甲社区": ["pass", "pass", "pass"], "乙社区": ["fail", "fail", "fail"]}
    words["丙社区"] = ["pass", "not_applicable", "pass"]
    assert found == {(f"s-{i + 1}", name): word for name, every in words.items() for i, word in enumerate(every)}


def test_what_the_rule_language_refuses_is_refused_by_name(
    workbook: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["对象", "公式"], ["社区", "常住人口+户数=100"], ["社区", "常住人口>=户籍人口"], ["社区", "A1=A2"]]
    book, target = workbook("b.xlsx", {"s": rows}), tmp_path / "b.yaml"
    assert run(["rules", "import", str(book), "-o", str(target), "--lang", "en"]) == 1
    assert "refused s row 2: 常住人口+户数=100" in capsys.readouterr().out
    assert run(["rules", "lint", str(target)]) == 0
    assert [r["indicator"] for r in yaml.safe_load(target.read_text("utf-8"))["rules"]] == ["population", "A1"]
