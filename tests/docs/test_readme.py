"""The READMEs: what they tell the reader to run prints what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

from docs.fences import Printed, by_process, run_page
from paths import ROOT


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    assert _ran("README.md", tmp_path, by_process) == 6


def test_its_commands_print_what_it_says_in_chinese(tmp_path: Path, in_process: Printed) -> None:
    assert _ran("README.zh-CN.md", tmp_path, in_process) == 6


def _ran(name: str, folder: Path, printed: Printed) -> int:
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    return run_page((ROOT / name).read_text(encoding="utf-8"), folder, printed)
