"""Numbers of persons, however they are spelled, leave in no report; figures that look like some stay legible."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from communitycheck.api import formats, render, write
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.returns.cells.privacy import is_personal_number, masked, masked_cell

CHINESE = "零一二三四五六七八九"
READ_ALOUD = str.maketrans("0123456789", CHINESE)
ON_THE_TELEPHONE = str.maketrans("0123456789", "〇幺二三四五六七八九")
ON_CHEQUES = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
WIDE = str.maketrans("0123456789X-()+", "０１２３４５６７８９Ｘ－（）＋")
WIDTHS = ({}, {}, WIDE, READ_ALOUD, ON_THE_TELEPHONE, ON_CHEQUES)
SEPARATORS = ("", " ", "-", ".", "/", "－", "—", "·", " - ", "　", "\u00a0", "_", "~", "–", *"=&…^<”")

digit_rows = st.integers(0, 10**18 - 1).map("{:018}".format)
separators = st.sampled_from(SEPARATORS)


def joined(digits: str, lengths: tuple[int, ...], separator: str) -> str:
    ends = [sum(lengths[:k]) for k in range(len(lengths) + 1)]
    return separator.join(digits[a:b] for a, b in pairwise(ends))


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    digits = f"1{draw(st.sampled_from('3456789'))}{draw(digit_rows)}"[:11]
    lengths = draw(st.sampled_from([(3, 4, 4), (3, 8), (7, 4), (11,)]))
    before = draw(st.sampled_from(["", "", "+86", "+86 ", "+86-", "0086 ", "86-", "(+86)", "（+86）"]))
    after = draw(st.sampled_from(["", "", "转801", " ext 12"]))
    return f"{before}{joined(digits, lengths, draw(separators))}{after}"


@st.composite
def landlines(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["010", "024", "0431", "0812"]))
    own = f"{draw(st.sampled_from('23456789'))}{draw(digit_rows)}"[: 8 if len(area) == 3 else 7]
    own = joined(own, draw(st.sampled_from([(len(own),), (len(own) - 4, 4)])), draw(st.sampled_from([" ", "-"])))
    head = draw(st.sampled_from([f"{area}-", f"({area})", f"（{area}） ", f"{area} ", f"[{area}]", f"{area}/"]))
    return head + own + draw(st.sampled_from(["", "", "-801", "转8", "分机12"]))


@st.composite
def hotlines(draw: st.DrawFn) -> str:
    digits = f"{draw(st.sampled_from(['400', '800']))}{draw(digit_rows)}"[:9] + "7"
    return joined(digits, draw(st.sampled_from([(3, 3, 4), (3, 7), (3, 4, 3)])), draw(st.sampled_from("- .")))


@st.composite
def identities(draw: st.DrawFn) -> str:
    place = draw(st.sampled_from(["210102", "510402", "110101"]))
    born = draw(st.dates(date(1930, 1, 1), date(2023, 12, 31)))
    last = f"{draw(digit_rows)}"[:3]
    old = draw(st.booleans())
    digits = place + born.strftime("%y%m%d" if old else "%Y%m%d") + last
    digits += "" if old else draw(st.sampled_from(["X", "x", "0", "7"]))
    lengths = [(6, 6, 3), (15,)] if old else [(6, 8, 4), (18,), (6, 4, 4, 4)]
    return joined(digits, draw(st.sampled_from(lengths)), draw(st.sampled_from(["", " ", "-", "－", "."])))


@st.composite
def cards(draw: st.DrawFn) -> str:
    digits = f"62{draw(digit_rows)}"[:16] + draw(digit_rows)[: draw(st.sampled_from([0, 3]))]
    return joined(digits, (4, 4, 4, 4, len(digits) - 16), draw(st.sampled_from(["", " ", "-"]))).rstrip(" -")


@st.composite
def spelled(draw: st.DrawFn) -> str:
    number = draw(st.one_of(mobiles(), landlines(), hotlines(), identities(), cards()))
    return number.translate(draw(st.sampled_from(WIDTHS)))


def digits_in(text: str) -> str:
    """All digits of a text, of any script, one behind another."""
    plain = unicodedata.normalize("NFKC", text)
    plain = plain.translate(str.maketrans("幺〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "100123456789123456789"))
    return re.sub(r"[^0-9]", "", plain)


def of_a_person(number: str) -> str:
    """The digits of a number without country code and extension."""
    plain = digits_in(re.split(r"转|分机|ext|-801$|－801$", re.sub(r"-8(?:01|〇幺|零一|零壹)$", "", number))[0])
    return re.sub(r"^(?:0086|86)(?=1\d{10}$)", "", plain)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    spelled(),
    st.sampled_from(["", "联系人", "有事请打", "（", "和平区 "]),
    st.sampled_from(["", "。", "）", " 张", "平方米"]),
)
def test_no_digit_is_left_of_a_number_in_a_text(number: str, before: str, after: str) -> None:
    assert digits_in(masked(f"{before}{number}{after}")) == "", number


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.one_of(mobiles(), identities(), cards()))
def test_a_cell_that_is_nothing_else(number: str) -> None:
    assert is_personal_number(number.split("转")[0].split(" ext")[0])


figures = st.one_of(
    st.integers(0, 9_999_999_999).filter(lambda n: not str(n).startswith(("400", "800")) or n < 10**9).map(str),
    st.integers(10**9, 10**13).map("{:,}".format),
    st.floats(0, 10**6).map(repr).filter(lambda text: "e" not in text),
    st.dates(date(1900, 1, 1)).map(str),
    st.dates(date(1900, 1, 1)).map(lambda day: f"{day.year}/{day.month}/{day.day}"),
    st.datetimes(datetime(1900, 1, 1)).map(lambda at: at.strftime("%Y-%m-%d %H:%M:%S")),
    st.integers(110000, 659999).map(lambda n: f"{n}001001"),
    st.integers(110000, 659999).map(lambda n: f"{n}001"),
    st.integers(1000000, 9999999).map(lambda n: f"91210102MA{n}X"),
    st.lists(st.integers(1, 999), min_size=2, max_size=3).map(lambda some: "/".join(map(str, some))),
    st.integers(1950, 2030).map(lambda y: f"{y}-{y + 1}"),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(figures, st.sampled_from(["", "约", "面积", "截至"]), st.sampled_from(["", "平方米", "户", "。"]))
def test_figures_days_and_codes_stay_legible(figure: str, before: str, after: str) -> None:
    text = f"{before}{figure}{after}"
    assert masked_cell(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "210102 210103 210104", "2019-2020-2021-2022", "1990-01-01 100", "1500 3200 400", "400 500 6000",
        "第12345678号", "52210102MJ12345678", "91210102123456789A", "二〇二三年十二月三十一日",
        "一、二、三、四、五、六、七、八", "0.13812345678", "8192.03342212207", "189554.79617986453",
        "①380②400③390④410⑤500", "⑴1200 ⑵3400 ⑶5600", "面积=380…400…420", "一380二400三390四410",
        "9:00-12:00，14:00-18:00", "85.5 90.2 100.1 77.3", "固定电话用户数 12345678", "2023.12.31-2024.01.31",
    ],
)  # fmt: skip
def test_what_is_parted_otherwise_is_no_number_of_a_person(text: str) -> None:
    assert masked_cell(text) == text


@pytest.mark.parametrize(
    "text",
    ["1３8一2345678", "①③⑧①②③④⑤⑥⑦⑧", "١٣٨١٢٣٤٥٦٧٨", "¹³⁸¹²³⁴⁵⁶⁷⁸", "138一二三四5678", "138１２３４五六七八",
     "138-一2三4-5678", "010８2345六七8转8", "2101０2 1990 0101 一234"],
)  # fmt: skip
def test_digits_of_several_scripts_make_one_number(text: str) -> None:
    assert not any(unicodedata.digit(sign, None) is not None for sign in masked(text)), masked(text)
    assert not set(masked(text)) & set(CHINESE)


HEAD = ["区", "街道", "社区名称", "社区代码", "社区类型", "户数", "常住人口", "综合服务设施面积（平方米）",
        "每天开放时间", "法律顾问", "注册志愿者人数"]  # fmt: skip
GOOD = ["和平区", "南湖街道", "幸福社区", "210102001001", "城市社区", 2100, 6000, 380, 8, "有", 900]
PLACES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)  # columns that a number may slip into


def workbook(path: Path, numbers: list[str]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"沈阳市和平区2023年社区情况表 报送：{numbers[0]}"])
    sheet.append([*HEAD, f"备注 {numbers[1]}", f"{numbers[2]}"])
    sheet.append([*GOOD, 1, 2])
    for k, number in enumerate(numbers[3:]):
        row: list[object] = [*GOOD, 1, 2]
        row[2], row[3] = f"第{k}社区", f"2101020010{k + 2:02}"
        place = PLACES[k % len(PLACES)]
        row[place] = f"{row[place]} {number}" if place in (1, 2) else number
        sheet.append(row)
    sheet.append([f"注：有疑问请打 {numbers[0]}"])
    book.save(path)
    return path


def unpacked(data: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@settings(max_examples=1, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
@given(st.lists(spelled(), min_size=43, max_size=43, unique_by=of_a_person))
def test_nothing_leaves_in_any_format(tmp_path_factory: pytest.TempPathFactory, numbers: list[str]) -> None:
    folder = tmp_path_factory.mktemp("spelled")
    book = workbook(folder / "和平区.xlsx", numbers)
    report = check(book)
    assert sum(len(t) for r in report.returns for t in r.tables) == 41
    made: dict[str, str] = {}
    for lang in ("zh", "en"):
        for suffix in formats().suffixes:
            write(report, folder / f"out{suffix}", lang, all_verdicts=True)
            made[f"{lang} {suffix}"] = unpacked((folder / f"out{suffix}").read_bytes())
        for name in formats().names:
            made[f"{lang} {name}"] = "".join(render(report, name, lang, all_verdicts=True))
    for name, text in made.items():
        found = digits_in(text)
        assert [n for n in numbers if of_a_person(n) in found] == [], name


COMMANDS = {
    "inspect": ["inspect", "{book}"],
    "inspect json": ["inspect", "{book}", "--format", "json"],
    "mapping": ["inspect", "{book}", "--save-mapping", "{folder}/map.yaml"],
    "explain": ["explain", "{book}", "--rule", "LN-01"],
    "explain json": ["explain", "{book}", "--rule", "LN-03", "--format", "json"],
    "gap": ["gap", "{book}", "--details"],
    "gap json": ["gap", "{book}", "--format", "json"],
    "gap csv": ["gap", "{book}", "--format", "csv"],
    "marked copy": ["check", "{book}", "--mark-up", "{folder}/marked"],
}
SPELLED = [
    "138x1234x5678", "138×1234×5678", "86138123 45678",
    "138.1234.5678", "139/2345/6789", "一三七一二三四五六七一", "+86 (136) 1234-5672", "（024）8612 3456转801",
    "０４３１－８６１２３４５", "400-812-3457", "210102-19900101-123X", "２１０１０２ １９８５０２０３ ４５６Ｘ",
    "幺三五　八七六五　四三二一", "6222 0212 3456 7890 123", "二一〇一〇二一九九一〇二〇三四五六七",
    "210102 850203 451",
]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = workbook(tmp_path / "和平区.xlsx", SPELLED * 3)
    words = [word.format(book=book, folder=tmp_path) for word in COMMANDS[name]]
    if name.startswith("explain"):
        words += ["--subject", "Sheet!8"]
    assert run([*words, "--lang", "zh"]) in (0, 1, 3)
    out = capsys.readouterr()
    text = out.out + out.err + "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("*.yaml"))
    for copy in tmp_path.glob("marked/**/*.xlsx"):
        with zipfile.ZipFile(copy) as parts:
            text += "".join(parts.read(p).decode() for p in parts.namelist() if "comment" in p)
    assert len(text) > 100
    found = digits_in(text)
    assert [n for n in SPELLED if of_a_person(n) in found] == []
