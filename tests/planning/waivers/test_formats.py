"""Every format says of a fail that it is waived, and where each waiver stands."""

from __future__ import annotations

import json
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from communitycheck.api import formats, render
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.report import Report
from communitycheck.reporting.formats.xlsx.sheets import write_workbook
from planning.waivers.cases import judged
from planning.waivers.test_waive import JIA, ROWS

WAIVERS = [
    {"subject": JIA, "document": "民函〔2023〕1号", "remedy_by": "2024-05-31"},
    {"rule": "W-2", "subject": JIA, "until": "2023-01-31"},
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return judged(tmp_path_factory.mktemp("waived"), ROWS, WAIVERS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", [name for name in formats().names if name not in ("circular", "concise", "scores")])
def test_a_waived_fail(format: str, lang: Lang, report: Report) -> None:
    text = "".join(map(_text, render(report, format, lang, all_verdicts=True, details=True)))
    assert "新址在建" in text
    assert "民函〔2023〕1号" in text


def _text(piece: str | memoryview) -> str:
    return piece if isinstance(piece, str) else bytes(piece).decode("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_the_states(lang: Lang, report: Report) -> None:
    expired = say("waiver-state-expired", lang)
    for format in ("text", "markdown", "html", "junit", "sarif", "github"):
        assert expired in "".join(map(_text, render(report, format, lang, details=True)))
    sink = BytesIO()
    write_workbook(report, sink, lang, folder=Path())
    sheet = openpyxl.load_workbook(sink)[say("sheet-waivers", lang)]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [expired, say("waiver-state-active", lang)]


def test_json_fits_its_schema(report: Report) -> None:
    text = (files("communitycheck.reporting.formats") / "report-1.json").read_text("utf-8")
    found = json.loads("".join(map(_text, render(report, "json", "zh", all_verdicts=True))))
    assert [e.message for e in Draft202012Validator(json.loads(text)).iter_errors(found)] == []
    assert [one["state"] for one in found["waivers"]] == ["active", "expired"]
