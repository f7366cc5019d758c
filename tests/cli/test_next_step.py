"""The command that a report prints as the next step judges the same when it is typed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from communitycheck.cli.run import run
from communitycheck.printable import typed
from paths import ROOT

ROWS = "县区,社区名称,社区类型,综合服务设施面积\n中山区,甲社区,城市社区,390\n中山区,乙社区,城市社区,410\n"
# What stands in the folder, and what is given to check beside the return.
GIVEN: list[tuple[str, list[str]]] = [
    ("r.csv", []),
    ("一 个&'报表'.csv", ["--region", "大连市"]),
    ("r.csv", ["--region", "210200", "--as-of", "2022-06-30"]),
    ("r.csv", ["--standard", "my own.yaml", "--as-of", "2023-01-31"]),
    ("r.csv", ["--rules-dir", "my rules", "--standard", "another"]),
    ("r.csv", ["--select", "LN-01", "--ignore", "LN-03", "--region", "大连市"]),
    ("r.csv", ["--waivers", "w.yaml", "--region", "大连市"]),
    ("r.csv", ["--mapping", "m.yaml", "--region", "大连市"]),
    ("two.csv", ["--period", "2022", "--region", "大连市"]),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "rules/liaoning-2021.yaml").read_text("utf-8")
    text = text.replace("standard: liaoning-2021", "standard: another")
    Path("my rules").mkdir()
    for name in ("my own.yaml", "my rules/another.yaml"):
        Path(name).write_text(text, "utf-8")
    for name in ("r.csv", GIVEN[1][0]):
        Path(name).write_text("2023年大连市社区情况表\n" + ROWS if name == "r.csv" else ROWS, "utf-8")
    rows = ROWS.splitlines()
    two = [f"{line},{year}" for year in (2022, 2023) for line in rows[1:]]
    Path("two.csv").write_text("\n".join([rows[0] + ",年份", *two]) + "\n", "utf-8")
    whom = {"rule": "LN-01", "subject": {"name": "甲社区", "region": "中山区"}}
    waiver = {**whom, "reason": "在建", "approver": "区民政局", "until": "2024-12-31"}
    Path("w.yaml").write_text(json.dumps({"waivers": [waiver]}, ensure_ascii=False), "utf-8")
    columns = {"D": {"header": "综合服务设施面积", "field": "facility_area"}}
    Path("m.yaml").write_text(json.dumps({"tables": [{"file": "r.csv", "columns": columns}]}), "utf-8")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("path", "options"), GIVEN)
def test_the_next_step_judges_the_same(path: str, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", path, *options, "--lang", "en"]) in (0, 1)
    said = " ".join(capsys.readouterr().out.split())
    (command,) = re.findall(r"communitycheck (explain .+?)(?= who, by how much)", said)
    assert run([*shlex.split(command), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["check", path, *options, "--format", "json"]) in (0, 1)
    checked = json.loads(capsys.readouterr().out)
    (explained,) = told["explanations"]
    verdicts = [v for v in checked["verdicts"] if v["rule"] == explained["rule"]["id"] and v["outcome"] == "fail"]
    (one,) = [v for v in verdicts if v["subject"]["name"] == "甲社区"]
    assert checked["run"]["as_of"] in json.dumps(told)
    assert explained["verdict"]["observed"] == one["observed"] and explained["verdict"]["required"] == one["required"]
    assert bool(one["waiver"]) == ("--waivers" in options) == bool(explained["verdict"].get("waiver"))


WORDS = ["a.csv", "社区 表.csv", "a&b.csv", "$HOME", "it's", 'say "so"', "a;b", "(x)", "~", "", "`x`"]


@pytest.mark.parametrize("word", WORDS)
def test_a_shell_reads_the_word_as_it_was(word: str) -> None:
    assert shlex.split(typed(word)) == [word]
