"""Every page for users stands in English and in Chinese, says the same in both, and leads where it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docs.fences import Printed, fences, run_page
from docs.pages import CHINESE, DOCS, FOR_DEVELOPERS, LINK, anchors, pairs, plain, shape
from each import each
from paths import ROOT

PAIRS = pairs()
PAGES = [page for pair in PAIRS for page in pair]
DEVELOPERS = [DOCS / name for name in sorted(FOR_DEVELOPERS)] + [ROOT / "CONTRIBUTING.md"]
RUN = [page for page in PAGES if page.parent == DOCS and "```console" in page.read_text("utf-8")]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@each("pair", PAIRS, ids=lambda pair: name(pair[0]))
def test_both_languages_are_in_step(pair: tuple[Path, Path]) -> None:
    english, chinese = (shape(page.read_text("utf-8")) for page in pair)
    # The line at the top of each leads to the other: together they are one page.
    for one in (english, chinese):
        assert (pair[0].name, False) in one["links"]  # type: ignore[operator]
    assert english == chinese


@each("page", [*PAGES, *DEVELOPERS], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(plain(page.read_text("utf-8"))):
        if "://" in target:
            continue
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there.read_text("utf-8")), target + anchor


@each("page", [p for _, p in PAIRS], ids=name)
def test_chinese_pages_lead_to_chinese_pages(page: Path) -> None:
    own = page.name.replace(CHINESE, ".md")
    english = [target for target, _ in LINK.findall(plain(page.read_text("utf-8"))) if target.endswith(".md")]
    there_in_chinese = [t for t in english if (page.parent / t).with_suffix("").with_suffix(CHINESE).exists()]
    assert [t for t in there_in_chinese if not t.endswith(CHINESE) and t != own] == []


@pytest.mark.parametrize("page", RUN, ids=name)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path, in_process: Printed) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    assert run_page(page.read_text("utf-8"), tmp_path, in_process)


@each("page", PAGES, ids=name)
def test_commands_can_be_typed_on_every_system(page: Path) -> None:
    """Quotes, continued lines and chains are not the same in PowerShell, cmd and sh."""
    for fence in fences(page.read_text("utf-8")):
        if fence.language in ("console", "sh"):
            typed = [line.removeprefix("$ ") for line in fence.content.splitlines()]
            commands = [line for line in typed if line.startswith("communitycheck ")]
            assert [line for line in commands if {*"'\\&|<>`$"} & {*line}] == []
            other = "--lang en" if page.name.endswith(CHINESE) else "--lang zh"
            assert [line for line in commands if other in line] == []


def test_every_page_is_in_the_index() -> None:
    for index, suffix in ((DOCS / "README.md", ".md"), (DOCS / f"README{CHINESE}", CHINESE)):
        listed = {target for target, _ in LINK.findall(index.read_text("utf-8"))}
        there = {p.name for p in PAGES if p.parent == DOCS and p.name.endswith(CHINESE) == (suffix == CHINESE)}
        assert there | FOR_DEVELOPERS <= listed | {index.name}
