"""Every figure that people read has its unit beside it, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.cli.run import run

STANDARD = """standard: areas
title: {zh: 面积, en: Areas}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
in_force: {from: 2020-01-01}
rules:
  - {id: A-1, title: {zh: 面积, en: Area}, clause: 一, applies_to: community, severity: mandatory,
     indicator: facility_area, at_least: 400 m2}
  - {id: A-2, title: {zh: 全县窗口, en: Windows}, clause: 二, applies_to: community, severity: mandatory, by: county,
     indicator: mean(service_windows), at_least: 4 items}
"""
RETURN = "县区,社区名称,综合服务设施面积,服务窗口数\n和平区,甲社区,250,3\n和平区,乙社区,500,2\n"


@pytest.mark.parametrize(
    ("lang", "area", "windows"), [("zh", "250 ㎡", "2.5 个（5/2）"), ("en", "250 m²", "2.5 items (5/2)")]
)
@pytest.mark.parametrize("format", ["text", "markdown", "html", "circular"])
def test_what_was_observed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format: str, lang: str,
    area: str, windows: str
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(STANDARD, encoding="utf-8")
    Path("return.csv").write_text(RETURN, encoding="utf-8")
    run(["check", "return.csv", "--standard", "own.yaml", "--format", format, "--lang", lang, "--details"])
    shown = capsys.readouterr().out
    assert area in shown
    if format in ("text", "markdown"):
        assert windows in shown
