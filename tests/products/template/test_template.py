"""Blank returns: what they hold, and that they are read back without a notice."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.products.template.front import _Headers, blank_return
from communitycheck.products.template.workbook import write_template
from communitycheck.returns.columns.guidance import is_guidance
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.field_names import field_names
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.gather import read_all
from communitycheck.standards.choose import open_rule_book, whole_dictionary
from products.template.filling import HEADER, fill

OFFICE = shutil.which("soffice")
BOOK = open_rule_book()
IDS = BOOK.ids()
DICTIONARY = whole_dictionary(BOOK, BOOK.all())


def written(path: Path, standards: list[str], lang: Lang = "zh") -> Path:
    with path.open("wb") as sink:
        write_template(blank_return(standards, lang=lang), sink, lang)
    return path


def read(path: Path, dictionary: Dictionary = DICTIONARY) -> Return:
    (one,), unread = read_all(path, dictionary)
    assert not unread
    return one


@pytest.mark.parametrize("lang", LANGS)
def test_the_header_of_every_field_means_that_field_alone(lang: Lang) -> None:
    headers, names = _Headers(DICTIONARY, lang), field_names(DICTIONARY)
    wrong, renamed = [], []
    for key, field in DICTIONARY.fields.items():
        for entity in field.entities or ("community", "street", "county", "city", "estate"):
            header = headers.of(field, entity)
            fits = [
                c
                for c in candidates(parse_header(header), names)
                if names.fields[c.key].entities in ((), field.entities)
            ]
            fits = [o for o in fits if names.fields[o.key].entities] or fits
            if [(o.key, o.confidence) for o in fits] != [(key, 1.0)]:
                wrong.append((key, entity, header))
            if not header.startswith(field.label.in_lang(lang)):
                renamed.append((key, entity, header))
    assert wrong == []
    assert renamed == [], "the preferred label is what people see"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("standard", IDS)
def test_a_filled_in_template_is_read_without_a_notice(standard: str, lang: Lang, tmp_path: Path) -> None:
    blank = written(tmp_path / "空白.xlsx", [standard], lang)
    full = tmp_path / "填好.xlsx"
    rows = fill(blank, full, BOOK.standard(standard).jurisdiction.code)
    template = blank_return([standard], lang=lang)
    report = check(full, [standard])
    assert [(n.code, n.at.cell, n.text) for n in report.notices] == []
    assert report.unread == []
    (one,) = report.returns
    assert {t.entity for t in one.tables} == {s.entity for s in template.sheets}
    for table, sheet, page in zip(one.tables, template.sheets, one.sheets[1:], strict=True):
        assert len(table) == len(rows[page.name]) == page.records
        assert page.header_rows == [HEADER]
        found = [(c.header, c.confidence) for c in page.columns if c.field is not None]
        assert {h for h, _ in found} == {c.header for c in sheet.columns}
        assert all(confidence == 1.0 for _, confidence in found)
        assert {c.field.key for c in sheet.columns} <= set(table.columns)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    rows = fill(written(tmp_path / "a.xlsx", ["panzhihua-2018"]), tmp_path / "b.xlsx")
    one = read(tmp_path / "b.xlsx")
    sheet = blank_return(["panzhihua-2018"]).sheets[0]
    for k, column in enumerate(sheet.columns):
        cells = [row[k] for row in rows["社区"]]
        got = one.tables[0].columns[column.field.key]
        if column.field.type == "truth":
            assert got.lo is not None
            assert ["是" if x == 1 else "否" if x == 0 else "不适用" for x in got.lo.tolist()] == cells
        elif column.field.is_number:
            assert got.lo is not None and got.lo.tolist() == cells
        elif column.field.type == "text":
            assert got.text.to_pylist() == cells


def test_by_default_the_region_of_the_template_chooses_its_standards(tmp_path: Path) -> None:
    fill(written(tmp_path / "a.xlsx", ["panzhihua-2018"]), tmp_path / "b.xlsx")
    report = check(tmp_path / "b.xlsx", select=["PZ-01"])
    assert [s.id for s in report.standards] == ["panzhihua-2018"]
    assert report.notices == []


def test_the_date_beside_the_title_is_the_day_to_judge_by(tmp_path: Path) -> None:
    fill(written(tmp_path / "a.xlsx", ["panzhihua-2018"]), tmp_path / "b.xlsx")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    for sheet in book.worksheets[1:]:
        sheet["A2"] = "填报单位：攀枝花市民政局　　　截止日期：2020年12月31日"
    book.save(tmp_path / "b.xlsx")
    report = check(tmp_path / "b.xlsx")
    assert (report.as_of.isoformat(), report.as_of_from, report.notices) == ("2020-12-31", "return", [])


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Return]:
    """A template that is filled in, and what is read from it."""
    folder = tmp_path_factory.mktemp("full")
    # published-figures has shares as well, panzhihua-2018 every other kind of column
    fill(written(folder / "blank.xlsx", ["panzhihua-2018", "published-figures"]), folder / "full.xlsx")
    return folder / "full.xlsx", read(folder / "full.xlsx")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_nothing_changes_through_libreoffice(suffix: str, full: tuple[Path, Return], tmp_path: Path) -> None:
    path, before = full
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    after = read(tmp_path / f"full.{suffix}")
    assert [(n.code, n.at.cell, n.text) for n in after.notices] == []
    assert len(before.tables) == len(after.tables)
    for one, other in zip(before.tables, after.tables, strict=True):
        assert (one.entity, len(one), list(one.columns)) == (other.entity, len(other), list(other.columns))
        for key, column in one.columns.items():
            if column.lo is not None:
                assert str(column.lo.tolist()) == str(other.columns[key].lo.tolist()), key  # type: ignore[union-attr]
            else:
                assert column.text.to_pylist() == other.columns[key].text.to_pylist(), key
    if suffix == "xlsx":
        assert _mark(tmp_path / "full.xlsx") == _mark(path)


def _mark(path: Path) -> dict[str, str]:
    return {p.name: str(p.value) for p in openpyxl.load_workbook(path).custom_doc_props.props}


def test_the_mark_names_toolkit_and_standards(tmp_path: Path) -> None:
    from communitycheck import __version__

    mark = _mark(written(tmp_path / "a.xlsx", ["liaoning-2021", "shenyang-2023"]))
    assert mark["communitycheck-template"] == __version__
    for number, standard in enumerate(("liaoning-2021", "shenyang-2023"), start=1):
        assert mark[f"communitycheck-standard-{number}"] == f"{standard} sha256:{BOOK.standard(standard).sha256}"


def test_the_same_template_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(tmp_path / f"{n}.xlsx", ["wangcheng-2021"]).read_bytes() for n in "ab")
    assert first == second


@pytest.mark.parametrize("lang", LANGS)
def test_an_unfilled_template_is_refused_with_the_reason(lang: Lang, tmp_path: Path) -> None:
    report = check(written(tmp_path / "a.xlsx", ["liaoning-2021"], lang), ["liaoning-2021"])
    assert [e.code for e in report.unread] == ["no-records"]
    assert report.exit_code == 2


def test_cells_are_checked_as_their_fields_ask(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "a.xlsx", ["panzhihua-2018"]))
    sheet = book["社区"]
    assert sheet.freeze_panes == "D4" and sheet.print_title_rows == "$3:$3"
    by_header = {str(c.value): c for c in sheet[HEADER]}
    checks = {
        h: next(v for v in sheet.data_validations.dataValidation if f"{c.column_letter}4" in v.sqref)
        for h, c in by_header.items()
    }
    households = checks["户数(户)"]
    low, high = (DICTIONARY.fields["households"].low, DICTIONARY.fields["households"].high)
    assert households.type == "whole" and float(households.formula1) == max(low or 0, 1)
    assert float(households.formula2) == high
    assert checks["综合服务设施面积(㎡)"].type == "decimal"
    assert checks["社区类型"].formula1 == '"城市社区,农村社区"'
    assert checks["免费开放"].formula1 == '"是,否,不适用"'
    assert "PZ-" in checks["综合服务设施面积(㎡)"].prompt and "㎡" in checks["综合服务设施面积(㎡)"].prompt
    required = {str(by_header[h].fill.fgColor.rgb) for h in ("社区名称", "综合服务设施面积(㎡)")}
    optional = {str(by_header[h].fill.fgColor.rgb) for h in ("行政区划代码", "免费开放")}
    assert len(required) == len(optional) == 1 and required != optional


@pytest.mark.parametrize("lang", LANGS)
def test_the_guidance_names_every_column_and_judged_rule(lang: Lang, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", ["shenyang-2023"], lang)
    guide = openpyxl.load_workbook(path).worksheets[0]
    assert guide.title == say("template-guidance", lang) and is_guidance(guide.title)
    cells = {str(c.value) for row in guide.iter_rows() for c in row if c.value}
    template = blank_return(["shenyang-2023"], lang=lang)
    assert {c.header for s in template.sheets for c in s.columns} <= cells
    assert {r.id for r in template.standards[0].rules} <= cells, "those that no return answers are listed as well"


def test_a_standard_below_asks_for_no_subject_above_it() -> None:
    template = blank_return(["shenyang-2023"])
    assert "province" not in {s.entity for s in template.sheets}
    assert template.place == "沈阳市"
    lead = [c.field.key for c in template.sheets[0].columns if c.lead]
    assert lead == ["county", "street", "community", "region_code", "urban_rural_code"][: len(lead)]


def test_standards_together_ask_for_all_that_each_asks() -> None:
    together = blank_return(["liaoning-2021", "shenyang-2023"])
    keys = {s.entity: {c.field.key for c in s.columns} for s in together.sheets}
    for standard in ("liaoning-2021", "shenyang-2023"):
        for sheet in blank_return([standard]).sheets:
            assert {c.field.key for c in sheet.columns} <= keys[sheet.entity]


OWN = """
standard: own
title: {zh: 自定, en: Own}
source: {document: 测试}
jurisdiction: {code: "510000", name: 四川省}
fields:
  reported_rate: {label: {zh: 上报覆盖率, en: Reported coverage}, type: share, entities: [city]}
  shape: {label: {zh: 房屋样式, en: Shape}, type: category, entities: [community], values: {VALUES}}
rules:
  - {id: R-1, title: {zh: 上报率}, clause: 一, applies_to: city, indicator: reported_rate,
     equals: share(has_childrens_home), tolerance: printed, severity: mandatory}
  - {id: R-2, title: {zh: 样式}, clause: 二, applies_to: community, indicator: shape == "v1", is: true,
     severity: advisory}
"""


def test_a_rule_on_cities_asks_its_share_of_the_communities(tmp_path: Path) -> None:
    values = ", ".join(f"v{k}: [第{k}种样式的房屋建筑]" for k in range(40))
    rules = tmp_path / "own.yaml"
    rules.write_text(OWN.replace("VALUES", values), encoding="utf-8")
    template = blank_return([str(rules)])
    keys = {s.entity: [c.field.key for c in s.columns if not c.lead] for s in template.sheets}
    assert keys == {"community": ["has_childrens_home", "shape"], "city": ["reported_rate"]}
    # forty values do not fit into a cell's check: they stand in a hidden column of the guidance
    path = written(tmp_path / "a.xlsx", [str(rules)])
    sheet = openpyxl.load_workbook(path)["社区"]
    assert any("填报说明" in str(v.formula1) for v in sheet.data_validations.dataValidation)


WRONG = [
    (["-o", "a.xlsx"], "template-which-standard"),
    (["-s", "liaoning-2012", "-o", "a.xlsx"], "standard-unknown"),
    (["-s", "liaoning-2021"], "template-no-output"),
    (["-s", "liaoning-2021", "-o", "a.xls"], "template-not-xlsx"),
    (["-s", "liaoning-2021", "-o", "no/a.xlsx"], "write-folder-missing"),
    (["-s", "liaoning-2021", "-o", "full.xlsx"], "write-not-ours"),
]


@pytest.mark.parametrize(("options_", "code"), WRONG, ids=[code for _, code in WRONG])
def test_wrong_input_is_one_line(
    options_: list[str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("full.xlsx").write_bytes(b"filled in")
    assert run(["template", *options_, "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1
    if code == "standard-unknown":
        assert "liaoning-2021" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full.xlsx"]
    assert Path("full.xlsx").read_bytes() == b"filled in"


def test_the_command_writes_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "空白.xlsx"
    assert run(["template", "--standard", "shenyang-2023", "-o", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    assert zipfile.is_zipfile(path)
    assert run(["template", "-s", "liaoning-2021", "-s", "shenyang-2023", "-o", str(path), "--force"]) == 0
