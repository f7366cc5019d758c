"""Names that try something on are inert in every format."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from rich.cells import cell_len

from communitycheck.api import formats, render
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.printable import one_line
from communitycheck.products.inspect.report import render_inspect
from communitycheck.reporting.ci.annotations import command
from communitycheck.reporting.ci.sarif_log import uri
from communitycheck.reporting.formats.markdown import escape
from communitycheck.reporting.formats.xlsx.sheets import write_workbook
from communitycheck.reporting.words.sanitise import cell

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", formats().names)
def test_nothing_controls_the_terminal_or_the_reader(report: Report, format: str, lang: Lang) -> None:
    text = "".join(render(report, format, lang, all_verdicts=True))
    if format == "json":  # escaped there, direction marks kept as they were
        text = re.sub("[\u202a-\u202e]", "", text)
    assert not CONTROL.search(text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert text.endswith("\n")


def test_json_keeps_names_as_they_are(report: Report) -> None:
    found = json.loads("".join(render(report, "json", "zh", all_verdicts=True)))
    names = {v["subject"]["name"] for v in found["verdicts"]}
    assert {"\x1b[31m红色\x07\x00", "幸福\n花园\t社区", "=cmd|' /C calc'!A0", ""} <= names


def test_colour_is_only_ours(report: Report) -> None:
    plain = "".join(render(report, "text", "zh", width=100, details=True))
    coloured = "".join(render(report, "text", "zh", width=100, colour=True, details=True))
    assert "\x1b[" in coloured
    assert re.sub(r"[ \t]+\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == plain
    assert "[bold red]红旗[/]" in "".join(render(report, "text", "zh", all_verdicts=True))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [72, 80, 100, 120, 160])
def test_no_line_is_wider_than_the_page(report: Report, width: int, lang: Lang) -> None:
    shown = [*render(report, "text", lang, width=width), *render(report, "text", lang, width=width, details=True)]
    shown += render_inspect(report.returns, report.unread, report.notices, "text", lang, width=width)
    assert max(cell_len(line) for chunk in shown for line in chunk.split("\n")) <= width


@pytest.mark.parametrize("lang", LANGS)
def test_csv_cells_are_no_formulas(report: Report, lang: Lang) -> None:
    text = "".join(render(report, "csv", lang, all_verdicts=True))
    rows = list(csv.reader(StringIO(text)))
    assert len(text.splitlines()) == len(rows)
    for value in (v for row in rows for v in row):
        assert not value.startswith(("=", "+", "@", "-")) or re.fullmatch(r"-?[\d.]+", value)
    assert any(row[8] == "'=cmd|' /C calc'!A0" for row in rows)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("＝1", "'＝1"), ("+86 10", "'+86 10"), ("-3.5", "-3.5"), ("-x", "'-x"), ("@a", "'@a"),
        ("\t=1", "'=1"), ("\r\n=1", "'=1"), ("a\nb", "a b"), ("正常", "正常"), ("-1e5", "-1e5"), ("-inf", "'-inf"),
    ],
)  # fmt: skip
def test_formula_starts(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_one_line_keeps_what_can_be_printed() -> None:
    assert one_line("a  b\u3000c\r\nd") == "a  b c d"
    assert one_line("👨‍👩‍👧 é العربية") == "👨‍👩‍👧 é العربية"
    assert one_line("\x1b[31mx\u202ey\ud800") == "\ufffd[31mx\ufffdy\ufffd"


@pytest.mark.parametrize("lang", LANGS)
def test_workbook_has_no_formula_and_no_foreign_link(report: Report, lang: Lang, tmp_path: Path) -> None:
    sink = BytesIO()
    write_workbook(report, sink, lang, folder=tmp_path, all_verdicts=True)
    with ZipFile(sink) as parts:
        for name in parts.namelist():
            body = parts.read(name)
            ElementTree.fromstring(body)
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in body and b"<f " not in body
            if "worksheets/_rels" in name:
                assert b"External" not in body
    book = openpyxl.load_workbook(sink)
    values = {c.value for sheet in book for row in sheet.rows for c in row}
    assert "=cmd|' /C calc'!A0" in values  # as text


def test_workbook_links_to_the_return_that_lies_there(report: Report, tmp_path: Path) -> None:
    import dataclasses

    from msgspec.structs import replace

    source = tmp_path / "in" / "报 表.xlsx"
    source.parent.mkdir()
    source.write_bytes(b"")
    result = report.results[0]
    table = result.subjects.table  # type: ignore[attr-defined]
    sheets = [replace(s, path=str(source)) for s in table.sheets]
    elsewhere = dataclasses.replace(table, sheets=sheets)
    moved = replace(result, subjects=replace(result.subjects, table=elsewhere))  # type: ignore[type-var]
    sink = BytesIO()
    write_workbook(replace(report, results=[moved]), sink, "en", folder=tmp_path)
    sheet = openpyxl.load_workbook(sink)["Failures"]
    links = [c.hyperlink for row in sheet.rows for c in row if c.hyperlink]
    assert len(links) == len(list(sheet.rows)) - 1
    assert unquote(links[0].target).replace("\\", "/") == "in/报 表.xlsx"
    assert links[0].location == "'社区<表>'!B5"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", "&lt;script&gt;"), ("![x](javascript:1)", r"!\[x\](javascript:1)"), ("a|b", r"a\|b"),
        ("*b* _i_ `c` ~~s~~", r"\*b\* \_i\_ \`c\` \~\~s\~\~"), ("- x", r"\- x"), ("# x", r"\# x"), ("1. x", r"1\. x"),
        ("2020-12-31 73.3%", "2020-12-31 73.3%"), ("@team #12", r"&#64;team \#12"), ("a\n# b", "a # b"),
        ("http://x.y www.x.y", "http&#58;//x.y www&#46;x.y"), ("AT&T &lt;", "AT&amp;T &amp;lt;"), (r"\*", r"\\\*"),
    ],
)  # fmt: skip
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_a_workflow_command_cannot_be_broken_out_of(report: Report) -> None:
    from communitycheck.model.address import Address

    one = command("error", "a%b\n::error::c", title="t,x::y", at=Address("d,ir\n/f:1%.xlsx", row=3))
    assert one == "::error file=d%2Cir%0A/f%3A1%25.xlsx,line=3,title=t%2Cx%3A%3Ay::a%25b%0A: :error::c\n"
    for line in "".join(render(report, "github", "zh", all_verdicts=True)).splitlines():
        assert re.match(r"::(error|warning|notice)( [^:]*)?::", line)


def test_sarif_messages_hold_no_links(report: Report) -> None:
    log = json.loads("".join(render(report, "sarif", "zh", all_verdicts=True)))
    for result in log["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        for place in result["locations"]:
            if "physicalLocation" in place:
                assert re.fullmatch(r"[!-~]+", place["physicalLocation"]["artifactLocation"]["uri"])


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("a b/表.csv", "a%20b/%E8%A1%A8.csv"), ("/tmp/x.csv", "file:///tmp/x.csv"),
        (r"C:\d\x y.csv", "file:///C:/d/x%20y.csv"), ("javascript:1.csv", "javascript%3A1.csv"),
        ("a\udcb3.csv", "a%B3.csv"),
    ],
)  # fmt: skip
def test_paths_become_uris(path: str, reference: str) -> None:
    assert uri(path) == reference


def test_junit_holds_no_markup_of_names(report: Report) -> None:
    root = ElementTree.fromstring("".join(render(report, "junit", "zh", all_verdicts=True)))
    assert {e.tag for e in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out",
        "system-err",
    }  # fmt: skip
    assert any("<script>alert(1)</script>" in (e.text or "") for e in root.iter("failure"))
