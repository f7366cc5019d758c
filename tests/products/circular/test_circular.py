"""The circular: what it asks of whom, in every kind of report, and how it looks in Word."""

from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from markdown_it import MarkdownIt
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from communitycheck.api import render, write
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.table import Column, State, Table
from communitycheck.products.bundles.parts import by_region
from communitycheck.products.bundles.split import Split
from communitycheck.products.circular.docx import write_circular
from communitycheck.products.circular.draft import circular
from communitycheck.products.circular.letter import Circular
from communitycheck.reporting.document import DocumentTable, Heading, Pairs, Paragraph, Piece
from communitycheck.reporting.totals.rules import tally
from entities import ENTITIES
from paths import SAMPLES
from pictures import TextFile
from products.circular.word import lines_of
from reporting.sample_report import NAMES, at_least, coded, rule

BLANKS = {
    "zh": ("（发文机关）", "（发文字号）", "（成文日期）", "（整改期限）", "（补报期限）", "（联系人及联系电话）"),
    "en": (
        "[issuing office]",
        "[reference number]",
        "[date of issue]",
        "[deadline for mending]",
        "[deadline for supplying data]",
        "[name and telephone]",
    ),
}


def body(one: Circular) -> list[str]:
    """All text of the circular, tables row by row."""
    said = []
    for piece in one.body:
        if isinstance(piece, DocumentTable):
            said += [" | ".join(row.cells) for row in piece.rows]
        elif not isinstance(piece, Pairs):
            said.append(piece.text)
    return said


def tables(one: Circular) -> list[list[tuple[str, ...]]]:
    """The rows of each table."""
    return [[row.cells for row in piece.rows] for piece in one.body if isinstance(piece, DocumentTable)]


def titles(one: Circular, number: int) -> list[str]:
    """The titles of a table's columns."""
    return [c.title for c in [piece for piece in one.body if isinstance(piece, DocumentTable)][number].columns]


def recipients(one: Circular) -> list[str]:
    return [s.text for p in one.head if isinstance(p, Paragraph) and p.style == "recipients" for s in p.spans]


def blanks(pieces: Sequence[Piece]) -> set[str]:
    """What the office has to fill in."""
    lines = [p.spans for p in pieces if isinstance(p, Paragraph)]
    lines += [value for p in pieces if isinstance(p, Pairs) for _, value in p.items]
    return {s.text for line in lines for s in line if s.kind == "blank"}


def asks(one: Circular) -> list[str]:
    """The paragraphs of the last chapter."""
    start = max(k for k, p in enumerate(one.body) if isinstance(p, Heading) and p.level == 2)
    return [p.text for p in one.body[start + 1 :] if isinstance(p, Paragraph)]


def only(report: Report, keep: Callable[[RuleResult], bool]) -> Report:
    return replace(report, results=[r for r in report.results if keep(r)], unread=[])


def all_with(report: Report, outcome: Outcome, reason: Reason) -> Report:
    """The report with every verdict of that outcome."""

    def changed(result: RuleResult) -> RuleResult:
        n = len(result)
        return replace(
            result,
            outcome=np.full(n, outcome, dtype=np.uint8),
            reason=np.full(n, reason, dtype=np.uint8),
            missed=np.array([], dtype=np.int32),
            shortfall=np.array([]),
            add=None,
            waived={},
        )

    return replace(report, results=[changed(r) for r in report.results if r.checked and not r.is_group], unread=[])


def placed(report: Report, regions: dict[str, list[str]]) -> Report:
    """The report's rules on its communities with other regions."""
    results = [r for r in report.results if isinstance(r.subjects, Records) and r.subjects.table.entity == "community"]
    table = dataclasses.replace(results[0].subjects.table, regions={k: coded(v) for k, v in regions.items()})  # type: ignore[union-attr]
    return replace(report, results=[replace(r, subjects=Records(table)) for r in results], unread=[])


# the same in both formats, and true to the report


@pytest.mark.parametrize("lang", LANGS)
def test_word_and_markdown_say_the_same(report: Report, lang: Lang, tmp_path: Path) -> None:
    write(report, tmp_path / "a.docx", lang)
    word = [text for _, text in lines_of(tmp_path / "a.docx") if text]
    one = circular(report, lang)
    wanted = [text for text in body(one) if text] + [
        " | ".join(r.cells) for p in one.annex if isinstance(p, DocumentTable) for r in p.rows
    ]
    assert [text for text in wanted if text not in word] == []
    markdown = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), "".join(render(report, "circular", lang)))
    plain = re.sub(r"[\\*\s]", "", markdown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert [t for t in wanted if re.sub(r"[\\*\s]", "", t) not in plain] == []


def test_both_languages_say_the_same_things(report: Report) -> None:
    """Piece by piece the two letters are of one build: headings, paragraphs, and tables of one size."""

    def shape(pieces: Sequence[Piece]) -> list[object]:
        return [
            (len(p.columns), len(p.rows)) if isinstance(p, DocumentTable) else getattr(p, "level", type(p))
            for p in pieces
        ]

    zh, en = (circular(report, lang) for lang in LANGS)
    for part in ("body", "closing", "annex"):
        assert shape(getattr(zh, part)) == shape(getattr(en, part))


@pytest.mark.parametrize("lang", LANGS)
def test_areas_add_up_to_the_binding_rules(report: Report, lang: Lang) -> None:
    table = tables(circular(report, lang))[0]
    rows = [[int(cell) for cell in row[1:4]] for row in table]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    binding = [
        tally(r, report.dictionary)
        for r in report.results
        if r.checked and not r.is_group and r.rule.severity != "advisory" and r.rule.manual is None
    ]
    assert rows[-1] == [sum(t.judged for t in binding), sum(t.passed for t in binding), sum(t.failed for t in binding)]


def test_a_subject_that_needs_area_twice_needs_the_larger_amount(report: Report) -> None:
    one = circular(report, "zh")
    # 88 and 138 for the second, 0.1 and 50.1 for the third, 399.7 alone, 312 waived and 362, and nothing for the rest
    assert titles(one, 0)[-1] == "缺综合服务设施面积（㎡）"
    assert tables(one)[0][0][-1] == "999.8"
    needs = {name: [] for name in NAMES}  # type: ignore[var-annotated]
    for result in report.results[:2]:
        fails = np.nonzero(result.outcome[result.missed] == Outcome.FAIL)[0]
        assert result.add is not None
        for k in fails.tolist():
            place = int(result.missed[k])
            if place not in result.waived:
                needs[NAMES[place]].append(float(result.add[k]))
    assert sum(max(n) for n in needs.values() if n) == pytest.approx(999.8, abs=0.05)


def test_advisory_rules_and_waived_fails_are_not_asked_for(report: Report) -> None:
    said = "".join(asks(circular(report, "zh")))
    assert "智慧场景" not in said
    assert "倡导性条款未达到的，由各单位结合实际推进，不作硬性要求。" in said
    assert "城市社区综合服务设施面积不达标3个" in said  # four fail, one of them is waived
    assert "豁免理由为正在改建 <b>，批准单位为民政局，有效期至2022年6月30日" in said
    assert "社会工作者总数，1个，期限为2025年12月31日" in said


@pytest.mark.parametrize("lang", LANGS)
def test_what_only_the_office_knows_is_blank(report: Report, lang: Lang) -> None:
    one = circular(report, lang)
    assert blanks([*one.head, *one.body, *one.closing]) == set(BLANKS[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_is_read_as_it_is_meant(report: Report, lang: Lang) -> None:
    """Bold marks beside Chinese words count only where letters touch them; blanks and leads come out bold."""
    tokens = MarkdownIt("commonmark").enable("table").parse("".join(render(report, "circular", lang)))
    inline = [t for token in tokens for t in token.children or ()]
    assert [t.content for t in inline if t.type == "text" and "**" in t.content] == []
    assert not {t.type for t in inline} - {"text", "strong_open", "strong_close"}
    bold = {inline[k + 1].content for k, t in enumerate(inline) if t.type == "strong_open"}
    assert {text.strip("（）[]") for text in BLANKS[lang]} <= bold
    tables = [t for t in tokens if t.type == "table_open"]
    assert len(tables) == 3


@pytest.mark.parametrize("lang", LANGS)
def test_circular_in_word(report: Report, snapshot: SnapshotAssertion, lang: Lang, tmp_path: Path) -> None:
    write(report, tmp_path / "a.docx", lang)
    assert "\n".join(
        f"[{style}] {text}" for style, text in lines_of(tmp_path / "a.docx")
    ) + "\n" == snapshot.use_extension(TextFile)


# what kind of report it is


def test_counties_of_a_city() -> None:
    one = circular(check(SAMPLES / "shenyang_2023.xlsx"), "zh")
    assert one.title == "关于2023年9月沈阳市落实“幸福社区”建设标准情况的通报"
    assert recipients(one) == ["各县（区）民政局："]
    assert len(tables(one)[0]) == 14
    opening = body(one)[0]
    # a clause that the city takes over is cited from the province's document
    assert "《对市政协十六届二次会议第589号提案的答复》（沈阳市民政局，2023年9月26日）" in opening
    assert "《对省政协十二届五次会议第0182号提案的答复》（辽宁省民政厅，2021年6月8日）" in opening


def test_cities_of_a_province() -> None:
    one = circular(check(SAMPLES / "shenyang_liaoning_mixed.csv", as_of=date(2023, 12, 31)), "zh")
    assert one.title == "关于2023年辽宁省落实社区建设标准情况的通报"
    assert recipients(one) == ["各市民政局："]


def test_streets_of_one_county(report: Report) -> None:
    n = len(NAMES)
    streets = ["炳草岗街道"] * 8 + ["东华街道"] * (n - 8)
    one = circular(placed(report, {"city": ["攀枝花市"] * n, "county": ["东区"] * n, "street": streets}), "zh")
    assert one.title == "关于2021年攀枝花市东区落实社区建设标准情况的通报"
    assert recipients(one) == ["各乡镇人民政府、街道办事处："]
    assert [row[0] for row in tables(one)[0]] == ["炳草岗街道", "东华街道", "合计"]
    assert any(text.startswith("1.炳草岗街道。需整改") for text in asks(one))


def test_one_county_of_a_larger_return() -> None:
    whole = check(SAMPLES / "shenyang_2023.xlsx")
    split = Split(whole, by_region(whole, "county"))
    names = [region.name for region in split.parts.regions]
    one = circular(split.report(names.index("康平县")), "zh")
    assert one.title == "关于2023年9月沈阳市康平县落实“幸福社区”建设标准情况的通报"
    assert recipients(one) == ["各乡镇人民政府、街道办事处："]
    row = next(r for r in tables(circular(whole, "zh"))[0] if r[0] == "康平县")
    assert tables(one)[0][-1][1:] == row[1:]
    others = [name for name in names if name not in ("康平县", "")]
    assert [text for text in body(one) for name in others if name in text] == []


def test_communities_without_a_region(report: Report) -> None:
    one = circular(placed(report, {}), "zh")
    assert one.title == "关于2021年落实社区建设标准情况的通报"
    assert recipients(one) == ["各社区居民委员会、村民委员会："]
    assert len(tables(one)[0]) == len(NAMES) + 1
    assert "1.=cmd|' /C calc'!A0。需整改6项：" in "".join(asks(one))
    assert titles(one, 1)[1] == "规则"  # no column for a region that nobody states


@pytest.mark.parametrize("lang", LANGS)
def test_figures_of_documents_are_checked_not_mended(lang: Lang) -> None:
    one = circular(check(SAMPLES / "published_figures.xlsx"), lang)
    said = "".join(asks(one))
    assert ("需核对1项" if lang == "zh" else "To check 1") in said
    assert ("整改到位" if lang == "zh" else "mend it") not in said
    assert {"（主送机关）", "[recipients]"} & blanks(one.head)


def stray(report: Report) -> Records:
    return Records(report.results[0].subjects.table, np.arange(7, dtype=np.int32))  # type: ignore[attr-defined]


EMPTY: list[tuple[str, Callable[[Report], Report], str, str]] = [
    ("no fails", lambda r: all_with(r, Outcome.PASS, Reason.MET), "未发现不达标情形", "No subject failed"),
    ("all undecided", lambda r: all_with(r, Outcome.NO_DATA, Reason.MISSING), "尚不足以得出", "did not suffice"),
    ("nobody in scope", lambda r: all_with(r, Outcome.NOT_APPLICABLE, Reason.OUTSIDE), "没有适用", "Nobody in scope"),
    ("nothing checked", lambda r: only(r, lambda x: not x.checked), "未检查", "not checked"),
    ("groups alone", lambda r: only(r, lambda x: x.is_group), "整体指标", "Indicators of whole regions"),
    ("advisory alone", lambda r: only(r, lambda x: x.rule.severity == "advisory"), "倡导性", "advisory"),
    ("manual alone", lambda r: only(r, lambda x: x.rule.manual is not None), "人工核查", "by hand"),
    ("unread alone", lambda r: replace(r, results=[], returns=[]), "2份报表无法读取", "could not be read: 2"),
    ("nothing", lambda r: replace(r, results=[], returns=[], unread=[]), "没有需要整改", "Nothing has to be"),
    ("unplaced", lambda r: replace(r, results=[], unread=[], stray=[stray(r)]), "7条记录", "Records not judged"),
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("change", "zh", "en"), [e[1:] for e in EMPTY], ids=[e[0] for e in EMPTY])
def test_reports_with_little_in_them(
    report: Report, change: Callable[[Report], Report], zh: str, en: str, lang: Lang
) -> None:
    changed = change(report)
    one = circular(changed, lang)
    text = "\n".join(body(one))
    assert (zh if lang == "zh" else en) in text
    assert "{" not in text and "None" not in text and "nan" not in text.split()
    levels = [p.level for p in one.body if isinstance(p, Heading)]
    assert levels[0] == 2
    for first, second in zip(one.body, one.body[1:], strict=False):  # no heading over nothing
        assert not (isinstance(first, Heading) and isinstance(second, Heading) and first.level >= second.level)
    write_circular(changed, BytesIO(), lang)


# size


def large(n: int, *, regions: bool) -> Report:
    """Two rules and ``n`` communities, of which a third fail."""
    from reporting.sample_report import sample_report

    small = sample_report()
    some = small.results[0].subjects.table  # type: ignore[attr-defined]
    area = np.where(np.arange(n) % 3 == 0, 300.0 + np.arange(n) % 97, 450.0)
    counties, blank = np.arange(n) % 2800, np.arange(n) % 50 == 1
    table = Table(
        ENTITIES["community"],
        {"facility_area": Column("facility_area", area, area, state=np.where(blank, State.BLANK, 0).astype(np.uint8))},
        some.sheets[:1],
        np.zeros(n, dtype=np.int32),
        np.arange(4, n + 4, dtype=np.int32),
        {"county": coded_array(counties)} if regions else {},
    )  # fmt: skip
    one = rule("LN-01", "liaoning-2021", "面积", "Area", unit="m2", lever="facility_area", threshold=at_least(400.0))
    outcome = np.where(area < 400, Outcome.FAIL, Outcome.PASS).astype(np.uint8)
    outcome[blank] = Outcome.NO_DATA
    missed = np.nonzero(outcome == Outcome.FAIL)[0].astype(np.int32)
    reason = np.where(blank, Reason.MISSING, np.where(outcome == Outcome.FAIL, Reason.MISSED, Reason.MET))
    short = 400.0 - area[missed]
    result = RuleResult(
        one, Records(table), outcome, reason.astype(np.uint8), area, area, np.full(n, 400.0), np.full(n, 400.0),
        missed, short, short.copy(), "m2", fields=("facility_area",),
    )  # fmt: skip
    returns = [replace(small.returns[0], tables=[table])]
    return replace(small, results=[result], returns=returns, unread=[], notices=[])


def coded_array(codes: Any) -> Any:
    from communitycheck.model.table import Coded

    return Coded(codes.astype(np.int32), [f"第{k}县" for k in range(int(codes.max()) + 1)])


@pytest.mark.parametrize("regions", [True, False])
def test_two_hundred_thousand_fails_are_capped_and_counted(regions: bool) -> None:
    report = large(600_000, regions=regions)
    one = circular(report, "zh")
    fails = tally(report.results[0], report.dictionary).failed
    areas, worst = tables(one)
    assert fails > 190_000
    assert len(worst) == 20 and f"另有{fails - 20:,}项不达标未列入上表" in "".join(body(one))
    assert len(areas) == (40 if regions else 20) + 2
    assert areas[-1][3] == f"{fails:,}"
    rest = [int(areas[k][3].replace(",", "")) for k in range(len(areas) - 1)]
    assert sum(rest) == fails
    said = "".join(asks(one))
    assert f"需整改{rest[-1]:,}项" in said
    assert len("".join(body(one))) < 20_000


# Word


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    first, second = BytesIO(), BytesIO()
    write_circular(report, first, "zh")
    write_circular(report, second, "zh")
    assert first.getvalue() == second.getvalue()
    with ZipFile(first) as parts:
        assert {i.date_time for i in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
    facts = Document(first).core_properties
    assert (facts.author, facts.comments, facts.title) == ("", "", circular(report, "zh").title)
    assert facts.created is not None and facts.created.date() == report.as_of


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_in_a_name_acts(report: Report, lang: Lang) -> None:
    sink = BytesIO()
    write_circular(report, sink, lang)
    with ZipFile(sink) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(parts.read(name))
                for element in root.iter():
                    assert element.get("TargetMode") != "External"
                    assert element.tag not in (qn("w:hyperlink"), qn("w:fldSimple"), qn("w:altChunk"), qn("w:object"))
                    if element.tag == qn("w:instrText"):
                        assert (element.text or "").strip() == "PAGE"
    text = "\n".join(t for _, t in lines_of(sink))
    assert "=cmd|' /C calc'!A0" in text and "<script>alert(1)</script>" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_the_page_follows_the_national_standard(report: Report) -> None:
    sink = BytesIO()
    write_circular(report, sink, "zh")
    document = Document(sink)
    page = document.sections[0]
    sides = [page.top_margin, page.bottom_margin, page.left_margin, page.right_margin]
    assert sides == [pytest.approx(Mm(mm), abs=700) for mm in (37, 35, 28, 26)]
    assert [page.page_width, page.page_height] == [pytest.approx(Mm(210), abs=700), pytest.approx(Mm(297), abs=700)]
    faces = {
        "Title": ("方正小标宋简体", 22), "Circular Text": ("仿宋_GB2312", 16), "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
    }  # fmt: skip
    for name, (face, points) in faces.items():
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == face and fonts.get(qn("w:asciiTheme")) is None
        assert style.font.size is not None and style.font.size.pt == points
    body_style = document.styles["Circular Text"]
    assert body_style.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert body_style.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    tables = document.tables
    assert len(tables) == 3
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert document.settings.odd_and_even_pages_header_footer


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(report: Report, tmp_path: Path) -> None:
    names = []
    for lang in LANGS:
        write(report, tmp_path / f"{lang}.docx", lang)
        names.append(str(tmp_path / f"{lang}.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=120)
    for lang in LANGS:
        shown = (tmp_path / f"{lang}.txt").read_text(encoding="utf-8-sig")
        one = circular(report, lang)
        for text in [one.title, *(p.text for p in one.body if isinstance(p, Heading))]:
            assert text in shown


def test_columns_of_larger_regions_are_not_asked_of_a_township(tmp_path: Path) -> None:
    """A county's training sessions are for the county to report; what communities lack is in a table of the annex."""
    lines = ["市,县区,街道,社区名称,社区类型,户籍人口,综合服务设施面积"]
    lines += [f"攀枝花市,东区,青冈街道,{n}社区,城市社区,3000,420" for n in "甲乙丙"]
    (tmp_path / "township.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check([tmp_path / "township.csv"], standards=["panzhihua-2018"], as_of=date(2020, 12, 31))
    of_county = {key for r in report.results if r.rule.applies_to in ("county", "city") for key in r.lacking}
    of_others = {key for r in report.results if r.rule.applies_to not in ("county", "city") for key in r.lacking}
    known = report.dictionary.fields
    label = {key: known[key].label.zh for key in of_county | of_others if key in known}
    pages = circular(report, "zh")
    tables = [p for p in pages.annex if isinstance(p, DocumentTable)]
    assert len(tables) == 2 and "所缺的列" in [column.title for column in tables[1].columns]
    shown = "\n".join(row.cells[-1] for row in tables[1].rows)
    assert all(label[key] in shown for key in of_others if key in label)
    asked = re.findall(
        r"请在下次报送时补充：(.*?)等", "\n".join(p.text for p in pages.body if isinstance(p, Paragraph))
    )
    assert len(asked) == 1
    named = {*asked[0].split("、"), *re.split("[、\n]", shown)}
    assert not {label[key] for key in of_county - of_others if key in label} & named


def test_rules_of_larger_regions_are_no_township_s(tmp_path: Path) -> None:
    """A city's and a county's own duties are not among the rules of a letter to a township; and the reader is told the
    file, not the folder of the office that checked it."""
    lines = ["市,县区,街道,社区名称,社区类型,户籍人口,综合服务设施面积"]
    lines += [f"攀枝花市,东区,青冈街道,{n}社区,城市社区,3000,420" for n in "甲乙丙"]
    lines += ["东区那间另算,,,,,,88"]
    file = tmp_path / "township.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    report = check([file], standards=["panzhihua-2018"], as_of=date(2020, 12, 31))
    pages = circular(report, "zh")
    listed = {row.cells[0] for p in pages.annex if isinstance(p, DocumentTable) for row in p.rows}
    larger = {"county", "city"}
    for result in report.results:
        about = result.rule.by[0] if result.rule.by else result.rule.applies_to
        verdicts = result.verdicts() if result.checked and result.rule.manual is None else ()
        concerned = any(v.outcome.word != "not_applicable" for v in verdicts)
        assert (result.rule.id in listed) == (about not in larger or concerned)
    text = "\n".join(p.text for p in pages.body if isinstance(p, Paragraph))
    assert "township.csv" in text and str(tmp_path) not in text
