"""Every format, shown whole, from the one report. ``pytest --snapshot-update`` writes the pictures anew."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from syrupy.assertion import SnapshotAssertion

from communitycheck.api import formats, render
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.products.inspect.report import render_inspect
from communitycheck.reporting.formats.xlsx.sheets import write_workbook
from pictures import TextFile


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextFile)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", formats().names)
def test_report(report: Report, picture: SnapshotAssertion, format: str, lang: Lang) -> None:
    shown = "".join(render(report, format, lang))
    # The page's style and script are files of their own, to be read there.
    shown = re.sub(r"(?s)<(style|script)>.*?</\1>|sha256-[\w+/]+=", r"<\1>", shown) if format == "html" else shown
    assert shown == picture


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 120])
def test_text_of_other_widths(report: Report, picture: SnapshotAssertion, width: int, lang: Lang) -> None:
    assert "".join(render(report, "text", lang, width=width)) == picture


@pytest.mark.parametrize("lang", LANGS)
def test_text_with_details(report: Report, picture: SnapshotAssertion, lang: Lang) -> None:
    assert "".join(render(report, "text", lang, details=True)) == picture


def test_text_with_every_verdict(report: Report, picture: SnapshotAssertion) -> None:
    assert "".join(render(report, "text", "zh", all_verdicts=True)) == picture


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize("lang", LANGS)
def test_inspect(report: Report, picture: SnapshotAssertion, format: str, lang: Lang) -> None:
    shown = render_inspect(report.returns, report.unread, report.notices, format, lang, dictionary=report.dictionary)
    assert "".join(shown) == picture


@pytest.mark.parametrize("lang", LANGS)
def test_workbook(report: Report, picture: SnapshotAssertion, lang: Lang, tmp_path: Path) -> None:
    sink = BytesIO()
    write_workbook(report, sink, lang, folder=tmp_path)
    book = openpyxl.load_workbook(sink)
    lines = [line for sheet in book for line in (f"== {sheet.title} {_setup(sheet)}", *_rows(sheet))]
    assert "\n".join(lines) + "\n" == picture


def _rows(sheet: Any) -> list[str]:
    return [
        " | ".join(f"{c.coordinate} {c.value!r} {c.number_format}" for c in row if c.value is not None)
        for row in sheet.iter_rows()
    ]


def _setup(sheet: Any) -> str:
    return f"filter={sheet.auto_filter.ref} frozen={sheet.freeze_panes} charts={len(sheet._charts)}"
