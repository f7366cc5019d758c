"""The READMEs: what they tell the reader to run prints what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docs.fences import run_page
from paths import ROOT

READMES = ("README.md", "README.zh-CN.md")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_its_commands_print_what_it_says(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    assert run_page(page(name), tmp_path) == 6
