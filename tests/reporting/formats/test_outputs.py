"""Several reports from one run of the command line: each is written, each says the same, none covers another."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from communitycheck.cli.run import run
from communitycheck.own_list import LIST
from paths import SAMPLES

SAMPLE = SAMPLES / "panzhihua_2020.xlsx"
pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason="no sample returns")


def test_one_run_writes_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["a.xlsx", "b.json", "c.xml", "d.csv", "e.sarif", "f.md", "g.txt"]
    outputs = [word for name in names for word in ("-o", str(tmp_path / name))]
    assert run(["check", str(SAMPLE), "--select", "PZ-06", "--lang", "en", "--format", "github", *outputs]) == 1
    shown = capsys.readouterr().out
    assert sorted(p.name for p in tmp_path.iterdir()) == [LIST, *names]
    totals = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["summary"]["outcomes"]
    assert totals["fail"] > 0
    assert f"fail {totals['fail']}" in shown
    assert len(list(openpyxl.load_workbook(tmp_path / "a.xlsx")["Failures"].rows)) - 1 == totals["fail"]
    root = ElementTree.parse(tmp_path / "c.xml").getroot()
    assert {p.get("value") for p in root.iter("property") if p.get("name") == "outcome.fail"} == {str(totals["fail"])}
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as rows:
        assert sum(row["outcome"] == "fail" for row in csv.DictReader(rows)) == totals["fail"]
    log = json.loads((tmp_path / "e.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["properties"]["outcomes"] == totals
    for name in ("f.md", "g.txt"):
        assert f"fail {totals['fail']}" in " ".join((tmp_path / name).read_text(encoding="utf-8").split())


def test_the_same_file_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.json"
    old.write_text("old", encoding="utf-8")
    os.link(old, tmp_path / "hard.json")
    try:
        (tmp_path / "link.json").symlink_to(old)
    except OSError:  # on Windows a privilege
        os.link(old, tmp_path / "link.json")
    (tmp_path / "sub").mkdir()
    pairs = [
        ("new.json", "new.json"), ("new.json", "sub/../new.json"), ("old.json", "link.json"), ("old.json", "hard.json"),
    ]  # fmt: skip
    for first, second in pairs:
        outputs = ["-o", str(tmp_path / first), "-o", str(tmp_path / second)]
        assert run(["check", str(SAMPLE), "--lang", "en", *outputs]) == 2
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.count("\n") == 1 and "is named twice" in shown.err and second in shown.err
    assert old.read_text(encoding="utf-8") == "old" and not (tmp_path / "new.json").exists()
