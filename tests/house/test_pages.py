"""docs/answers.md lists every exit code with its reasons, every kind of row and every notice, in both languages."""

from __future__ import annotations

import re

import pytest

from communitycheck.messages import LANGS, ROOMS, Lang, catalogue
from communitycheck.model.sheet import RowClass
from paths import ROOT
from tool import tool

PAGES: dict[Lang, str] = {
    "en": (ROOT / "docs" / "answers.md").read_text("utf-8"),
    "zh": (ROOT / "docs" / "answers.zh-CN.md").read_text("utf-8"),
}


def listed(lang: Lang, heading: str) -> list[str]:
    """The first cells of the table below a heading."""
    table = PAGES[lang].partition(f"# {heading}\n")[2].partition("|---|")[2]
    return re.findall(r"^\| `?([a-z_0-9-]+)`? \|", re.split(r"^#", table, flags=re.MULTILINE)[0], re.MULTILINE)


@pytest.mark.parametrize("lang", LANGS)
def test_the_notices_are_those_of_today(lang: Lang) -> None:
    page = PAGES[lang]
    assert tool("pages").page(page, "answers", lang) == page, "python tools/pages.py writes them anew"


def test_the_reasons_in_the_schema_are_those_of_today() -> None:
    path, text = tool("schemas").report_schema()
    assert path.read_text("utf-8") == text, "python tools/schemas.py writes them anew"


def test_every_file_of_sentences_about_returns_is_on_a_page() -> None:
    about = {room for room in ROOMS if room.startswith("returns.")} - {"returns.mapping"}
    assert about <= set(tool("pages").ABOUT)


@pytest.mark.parametrize(
    ("english", "chinese", "codes"),
    [
        (
            "Exit codes",
            "退出码",
            [code.removeprefix("result-") for code in catalogue() if re.fullmatch("result-[0-9]", code)],
        ),
        (
            "Why a check is incomplete",
            "为什么不完整",
            [c[5:].replace("-", "_") for c in catalogue() if c.startswith("open-") and c != "open-list"],
        ),
        (
            "Sheets that were not read",
            "没有读的工作表",
            [c[9:] for c in catalogue() if c.startswith("not-read-") and c != "not-read-other"],
        ),
        ("Kinds of rows", "各类行", [row_class.value for row_class in RowClass]),
    ],
)
def test_every_code_is_listed(english: str, chinese: str, codes: list[str]) -> None:
    assert sorted(listed("en", english)) == sorted(codes)
    assert sorted(listed("zh", chinese)) == sorted(codes)
