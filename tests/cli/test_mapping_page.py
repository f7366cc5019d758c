"""docs/mapping.md: what it says is refused is, and an unedited mapping gives the same report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.errors import UsageError
from communitycheck.messages.returns.mapping import MESSAGES
from docs.fences import fences
from paths import ROOT

# A row of the tables of refusals and notices: what is written, and the code of the answer.
TRIED = re.compile(r"^\| (?:`(tables: .*?|sheets: .*?)`|\(.*?\)) \| .* \| `(mapping-[a-z-]+)` \|$", re.MULTILINE)
PAGE = (ROOT / "docs" / "mapping.md").read_text("utf-8")
REFUSED_FILE, REFUSED_RETURN, TOLD = (
    TRIED.findall(part) for part in PAGE.partition("# What is refused")[2].split("| written |")[1:]
)


def test_every_answer_to_a_mapping_is_on_the_page() -> None:
    silent = {"mapping-head", "mapping-asked"}  # what a saved mapping says itself
    written = [code for _, code in (*REFUSED_FILE, *REFUSED_RETURN, *TOLD)]
    assert set(written) == {code for code in MESSAGES if code.startswith("mapping-") and code not in silent}


@pytest.mark.parametrize(("text", "code"), REFUSED_FILE)
def test_a_mapping_that_is_refused(text: str, code: str, tmp_path: Path) -> None:
    if text:
        (tmp_path / "map.yaml").write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        api.check([tmp_path], mapping=tmp_path / "map.yaml")
    assert caught.value.code == code


@pytest.mark.parametrize(("text", "code"), [*REFUSED_RETURN, *TOLD])
def test_a_mapping_that_does_not_fit(text: str, code: str, tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    for fence in fences(PAGE):
        if fence.path.endswith(".csv"):
            (tmp_path / fence.path).write_text(fence.content, "utf-8")
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    report = api.check([folder], ["liaoning-2021"], mapping=tmp_path / "map.yaml")
    refused = (text, code) in REFUSED_RETURN
    assert [one.code for one in report.unread] == ([code] if refused else [])
    assert [n.code for n in report.notices if n.code.startswith("mapping-")] == ([] if refused else [code])
    assert (report.exit_code == 2) == refused


def test_an_unedited_mapping_gives_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    for number, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)]):
        book = openpyxl.Workbook()
        for row in [["社区名称", "社区类型", "户数", "综合服务设施面积"], ["甲", "城市社区", 900, 300 + 100 * number]]:
            book.worksheets[0].append([row[k] for k in order])
        book.worksheets[0].append([None] * 4)
        book.save(tmp_path / "in" / f"{number}号街道.xlsx")
    monkeypatch.chdir(tmp_path)
    run(["inspect", "in", "--save-mapping", "map.yaml", "--quiet"])
    reports = []
    for more in ([], ["--mapping", "map.yaml"]):
        capsys.readouterr()
        run(["check", "in", "--region", "鞍山市", "--all-verdicts", "--format", "json", *more])
        report = json.loads(capsys.readouterr().out)
        report["run"].pop("options", None)
        reports.append(report)
    assert reports[0]["verdicts"]
    assert reports[0] == reports[1]


def test_entries_about_nothing_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("市,社区名称,社区类型,综合服务设施面积\n鞍山市,甲,城市社区,399\n", encoding="utf-8")
    for file, level in (("b.csv", "warning"), ("a.csv", "info")):
        Path("map.yaml").write_text(f"tables: [{{file: {file}}}, {{file: c.csv, sheet: 社区}}]", encoding="utf-8")
        capsys.readouterr()
        for command in (["check"], ["inspect"]):
            run([*command, "a.csv", "--mapping", "map.yaml", "--format", "json"])
            told = [n for n in json.loads(capsys.readouterr().out)["notices"] if n["code"] == "mapping-unused"]
            assert [n["level"] for n in told] == [level]
