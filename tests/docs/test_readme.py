"""The READMEs: what they tell the reader to run prints what they say, and both languages say the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from docs.fences import fences, run_page
from paths import ROOT

READMES = ("README.md", "README.zh-CN.md")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_its_commands_print_what_it_says(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    assert run_page(page(name), tmp_path) == 6


@pytest.mark.parametrize("name", READMES)
def test_its_links_lead_somewhere(name: str) -> None:
    missing = [target for target in LINK.findall(page(name)) if "://" not in target and not (ROOT / target).exists()]
    assert not missing


def test_both_languages_are_in_step() -> None:
    english, chinese = (page(name) for name in READMES)
    shapes = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (english, chinese)]
    assert shapes[0] == shapes[1]
    other = re.compile(r"\.(?:zh|en|zh-CN)(?=\.(?:md|png)$)")
    links = [{other.sub("", link) for link in LINK.findall(text)} for text in (english, chinese)]
    targets = [found - set(READMES) for found in links]
    assert targets[0] == targets[1]
    commands = [
        [line for f in fences(text) if f.language == "console" for line in f.content.splitlines() if line[:2] == "$ "]
        for text in (english, chinese)
    ]
    assert commands[0] == [line.replace("--lang zh", "--lang en") for line in commands[1]]
    files = [[(f.path, f.content) for f in fences(text) if f.kind == "file"] for text in (english, chinese)]
    assert files[0] == files[1]
