"""No telephone, no identity number and no person's name in anything that the tool writes."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from communitycheck.api import formats, render, write
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.model.report import Report
from communitycheck.returns.cells.privacy import masked, masked_cell
from communitycheck.returns.gather import read_all
from communitycheck.standards.choose import open_rule_book
from privacy.hostile import HEADINGS, IDENTITY, MOBILE, SECRETS, SLIPPED, workbook

LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook(tmp_path_factory.mktemp("hostile") / "和平区.xlsx")


@pytest.fixture(scope="module")
def report(book: Path) -> Report:
    return check(book)


def leaks(text: str) -> set[str]:
    plain = html.unescape(text)
    return {secret for secret in SECRETS if secret in plain or secret in re.sub(r"[\\​]", "", plain)}


def unpacked(data: bytes) -> str:
    """All text of a file, the parts of a packed one joined."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("suffix", formats().suffixes)
def test_files(suffix: str, lang: str, report: Report, tmp_path: Path) -> None:
    assert len(report.notices) > 20 and sum(len(t) for r in report.returns for t in r.tables) > 40
    target = tmp_path / f"out{suffix}"
    write(report, target, lang, all_verdicts=True)
    text = unpacked(target.read_bytes())
    assert "幸福社区" in text or suffix in (".docx", ".scores.csv")  # Word cuts it in runs; nothing is scored here
    assert leaks(text) == set()


@pytest.mark.parametrize("format", formats().names)
def test_standard_output(format: str, report: Report) -> None:
    assert leaks("".join(render(report, format, "zh", all_verdicts=True))) == set()


COMMANDS = {
    "check": ["check", "{book}", "--all-verdicts"],
    "inspect": ["inspect", "{book}"],
    "inspect json": ["inspect", "{book}", "--format", "json"],
    "coverage": ["rules", "coverage", "{book}"],
    "coverage json": ["rules", "coverage", "{book}", "--format", "json"],
    **{
        f"explain {rule} {row} {format}": ["explain", "{book}", "--rule", rule, "--subject", f"社区!{row}",
                                           "--format", format]
        for rule, row in (("LN-03", 5), ("LN-03", 8), ("LN-01", 16), ("LN-01", 26))
        for format in ("text", "json")
    },
    "save mapping": ["inspect", "{book}", "--save-mapping", "{folder}/map.yaml"],
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", LANGS)
def test_commands(name: str, lang: str, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [word.format(book=book, folder=tmp_path) for word in COMMANDS[name]]
    assert run([*words, "--lang", lang]) in (0, 1, 3)
    out = capsys.readouterr()
    saved = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.yaml"))
    assert len(out.out + saved) > 100
    assert leaks(out.out + out.err + saved) == set()


def test_the_cells_that_slipped_are_still_named(book: Path) -> None:
    """Blotting out is not leaving out: every unreadable cell keeps its notice and its address."""
    returns, _ = read_all(book, open_rule_book().dictionary)
    first = returns[0].sheets[0].path
    said = {n.at.cell: n.text for r in returns for n in r.notices if n.at.path == first and n.at.sheet == "社区"}
    letters = {"户数": "F", "常住人口": "G", "综合服务设施面积（平方米）": "H", "社区代码": "D", "社区类型": "E"}
    for heading, letter in letters.items():
        cells = [text for cell, text in said.items() if cell and re.fullmatch(rf"{letter}\d+", cell)]
        assert len(cells) >= len(SLIPPED[heading]) - (heading == "社区代码"), heading  # 024-… is a code of some office
        assert any("*" in text for text in cells), heading


def test_personal_headings_carry_nothing(book: Path) -> None:
    returns, _ = read_all(book, open_rule_book().dictionary)
    kept = {key for r in returns for table in r.tables for key in table.columns}
    fields = open_rule_book().dictionary.fields
    assert not [key for key in kept if fields[key].personal]
    sheet = next(s for r in returns for s in r.sheets if s.name == "人员")
    assert sheet.records == 3 and len({c.column for c in sheet.columns}) == 12 + len(HEADINGS)


def test_a_question_about_a_column_quotes_no_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        f"社区名称,户数(问{MOBILE}),户数,常住人口\n幸福社区,1,2,3\n安乐社区,4,5,6\n", encoding="utf-8"
    )
    run(["inspect", str(path), "--lang", "zh"])
    out = capsys.readouterr()
    assert MOBILE not in out.out + out.err


MASKED = {
    f"电话{MOBILE}": "电话***********",
    f"（{IDENTITY}）": "（******************）",
    "138 1234 5678": "*** **** ****",
    "024-86123456": "************",
    "填表人： 王小明  审核人:李娜": "填表人： ***  审核人:**",
    "有（赵德柱 15998765432）": "有（*** ***********）",
    "联系电话 86123456": "联系电话 ********",
    "１３８１２３４５６７８": "***********",
    "+86 13812345678": "*** ***********",
}
KEPT = (
    "210102001001", "1200", "1,200.5", "0.333333333333333333", "12.000000000000001", "2023-12-31", "300-400",
    "20201231", "9:00-12:00，14:00-18:00", "约三百", "幸福社区", "高新社区", "2.10102E+11", "第12345678号",
    "统一社会信用代码", "单位：平方米", "统计时间：2020年12月31日", "2019-2020学年", "99999999999", "138平方米",
)  # fmt: skip


@pytest.mark.parametrize("text", MASKED)
def test_what_is_blotted_out(text: str) -> None:
    assert masked(text) == MASKED[text]
    assert masked(MASKED[text]) == MASKED[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_says_nothing_of_a_person_is_kept(text: str) -> None:
    assert masked_cell(text) == text


@pytest.mark.parametrize("name", ["王小明", "李娜", "欧阳秀兰", " 张伟 ", "赵德柱书记", "王小明、李娜"])
def test_a_cell_that_is_nothing_but_a_name(name: str) -> None:
    assert "*" in masked_cell(name)


@pytest.mark.parametrize("word", ["常年", "万人", "高新村", "任家庄社区", "方便", "无", "未建", "三百余", "金额"])
def test_words_that_begin_like_a_name(word: str) -> None:
    assert masked_cell(word) == word
