"""Namesakes: each is listed by what tells it from the others, and is found by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from check.workbook import book
from communitycheck.cli.run import run


def test_namesakes_in_sheets_called_alike_are_told_apart_by_their_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ["社区名称", "社区类型", "综合服务设施面积"]
    for name, area in (("one", 500), ("two", 300)):
        book(tmp_path / f"{name}.xlsx", 社区=[head, ["福安社区", "城市", area], ["寿安社区", "城市", area]])
    monkeypatch.chdir(tmp_path)
    asked = ["explain", ".", "-s", "liaoning-2021", "--rule", "LN-01", "--lang", "en", "--subject"]
    assert run([*asked, "福安社区"]) == 2
    choices = re.findall(r"\S+\.xlsx\[社区\]!2", capsys.readouterr().err)
    assert [Path(choice.partition("[")[0]).name for choice in choices] == ["one.xlsx", "two.xlsx"]
    for choice, area in zip(choices, ("500", "300"), strict=True):
        run([*asked, choice])
        assert area in capsys.readouterr().out
