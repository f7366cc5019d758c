"""The examples of the page on Python run as they stand there, one after the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from paths import ROOT


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(encoding="utf-8"), re.S)
    assert len(blocks) >= 2
    space: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), space)
    printed = capsys.readouterr().out
    assert "PZ-01 " in printed and "LN-01 乙社区 fail 390.0 10.0" in printed
    assert (tmp_path / "report.json").stat().st_size > 1000
