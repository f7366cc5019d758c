"""An audit of how cells are written fails what is written wrongly, and quotes it; whatever else reads the cell has no
value."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.messages import LANGS
from communitycheck.model.report import Report
from communitycheck.model.result import Groups
from communitycheck.products.explain.front import explain, render_explanation

DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "forms_of_cells.yaml").read_text("utf-8"))
BY_NAME = {case["name"]: case for case in DATA["cases"]}


def _standard(folder: Path) -> Path:
    told = {"title": "示例", "clause": "一", "applies_to": "community", "severity": "mandatory"}
    rules = [{"id": key, **told, **rule} for key, rule in DATA["rules"].items()]
    rules += [{"id": key, **told, "by": "county", **rule} for key, rule in DATA["groups"].items()]
    path = folder / "forms.yaml"
    place = {"code": "000000", "name": "全国"}
    head = {"standard": "forms", "title": "示例", "source": {"document": "文件"}, "jurisdiction": place}
    whole = head | {"fields": DATA["fields"], "rules": rules}
    path.write_text(json.dumps(whole, ensure_ascii=False, default=str), "utf-8")
    return path


def _return(case: dict[str, Any], folder: Path) -> Path:
    if "sheets" in case:
        book = Workbook()
        book.remove(book.worksheets[0])
        for k, text in enumerate(case["sheets"]):
            sheet = book.create_sheet(f"表{k + 1}")
            for line in text.splitlines():
                sheet.append(line.split(","))
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"
    lines = [case["header"], *(row["line"] for row in case["rows"])]
    (folder / "a.csv").write_text("\n".join(lines), "utf-8")
    return folder / "a.csv"


def _checked(case: dict[str, Any], folder: Path) -> Report:
    return check(_return(case, folder), [_standard(folder)], as_of=date(2025, 6, 30))


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: str(case["name"]))
def test_what_is_written_is_judged_and_quoted(case: dict[str, Any], tmp_path: Path) -> None:
    found: dict[tuple[str, str], str] = {}
    for result in _checked(case, tmp_path).results:
        for verdict in result.verdicts(all_outcomes=True):
            name = "" if isinstance(result.subjects, Groups) else verdict.subject.name
            quoted = " ".join(text for _, text in verdict.written)
            found.setdefault((result.rule.id, name), f"{verdict.outcome.word} {quoted}".strip())
    for row in case["rows"]:
        got = {rule: found.get((rule, row["line"].split(",")[1])) for rule in row["says"]}
        assert got == row["says"], row["line"]
    assert {rule: found.get((rule, "")) for rule in case.get("groups", {})} == case.get("groups", {})


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown", "html"])
def test_every_format_quotes_the_cell_and_no_identity_number(format: str, tmp_path: Path) -> None:
    report = _checked(DATA["cases"][0], tmp_path)
    for lang in LANGS:
        shown = "".join(map(str, render(report, format, lang, all_verdicts=True)))
        assert "2021-02-30" in shown and "公建民营" in shown
        assert "110105194912310029" not in shown and "11010519491231002X" not in shown


def test_explain_quotes_it(tmp_path: Path) -> None:
    path, standard = _return(DATA["cases"][0], tmp_path), _standard(tmp_path)
    for rule, text in (("F-1", "21010300100"), ("F-6", "2021-02-30"), ("F-8", "公建民营"), ("F-20", "")):
        subject = "沈河区" if rule == "F-20" else "二社区"
        found = explain(path, rule, subject, standards=[standard], as_of=date(2025, 6, 30))
        for lang in LANGS:
            assert text in "".join(render_explanation(found, "text", lang))
