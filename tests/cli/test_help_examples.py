"""Every help page ends with examples, and every example runs as it stands."""

from __future__ import annotations

import shlex
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from communitycheck.cli.program import build
from communitycheck.cli.run import Stopped, run
from communitycheck.messages import LANGS, Lang
from each import each

HEADER = ["市", "县区", "社区名称", "社区类型", "户数", "综合服务设施面积（㎡）"]
ROWS = [["鞍山市", "铁东区", "常青社区", "城市社区", 900, 380], ["鞍山市", "铁西区", "和睦社区", "城市社区", 1500, 520]]
RULES = """standard: own
title: {zh: 示例, en: An example}
source: {document: 文件, issuer: 单位, date: 2020-01-01}
jurisdiction: {code: "210300", name: 鞍山市}
in_force: {from: 2020-01-01}
rules:
  - id: OWN-01
    title: {zh: 服务窗口, en: Windows}
    clause: 一
    applies_to: community
    indicator: service_windows
    at_least: 1
    severity: mandatory
"""
CASES = """standard: liaoning-2021
cases:
  - {rule: LN-01, name: at the limit, records: [{community_type: urban, facility_area: 400}], outcome: pass}
"""
RENAMES = "renames:\n  - {from: 长青社区, to: 常青社区, date: 2023-05-01}\n"
COSTS = "costs:\n  - {lever: facility_area, method: 租赁, price: 300 yuan/m2}\n"
DRAFT = "override: {LN-01: {at_least: 450 m2}}\n"
FORMULAS = "序号,公式\n1,A1=A2+A3\n2,A2>=A4\n"


def pages(group: Any, lang: Lang, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command and group, with what stands before it on the command line."""
    yield name, group
    for one in getattr(group, "list_commands", lambda _: ())(None):
        yield from pages(group.get_command(None, one), lang, f"{name} {one}".strip())


def examples(command: Any) -> list[str]:
    heading, *lines = command.epilog.rstrip().split("\n")
    assert heading in ("示例：", "Examples:") and lines
    assert all(line.startswith("  communitycheck ") for line in lines)
    return [line.strip() for line in lines]


PAGES = [(lang, name, page) for lang in LANGS for name, page in pages(build(lang), lang)]
LINES = list(dict.fromkeys(line for _, _, page in PAGES for line in examples(page)))

WAIVERS = """waivers:
  - {rule: LN-01, subject: {code: "210102001001"}, reason: a, approver: b, document: c, until: "2099-12-31"}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "true")  # nothing opens
    for folder in ("returns", "各地报表", "forms", "各部门表样"):
        Path(folder).mkdir()
    others = [[*row[:-1], row[-1] + 1] for row in ROWS]
    for rows, names in (
        ([HEADER, *ROWS], ("return.xlsx", "报表.xlsx", "returns/b.xlsx", "各地报表/乙.xlsx", "2023.xlsx")),
        ([HEADER, *others], ("returns/a.xlsx", "各地报表/甲.xlsx", "2022.xlsx")),
        ([HEADER], ("civil.xlsx", "民政表.xlsx", "forms/a.xlsx", "各部门表样/甲.xlsx")),
        ([HEADER[:-1]], ("health.xlsx", "卫健表.xlsx", "forms/b.xlsx", "各部门表样/乙.xlsx")),
    ):
        for name in names:
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(name)
    texts = {"renames.yaml": RENAMES, "更名.yaml": RENAMES}
    texts |= {"costs.yaml": COSTS, "单价.yaml": COSTS}
    texts |= {"own.yaml": RULES, "自定.yaml": RULES, "cases.yaml": CASES, "用例.yaml": CASES}
    no_fails = '{"schema": "communitycheck-baseline/1", "written": {"as_of": "2023-12-31"}, "fails": []}'
    texts |= {"baseline.json": no_fails, "基线.json": no_fails}
    texts |= {"waivers.yaml": WAIVERS, "豁免.yaml": WAIVERS}
    texts |= {"draft.yaml": DRAFT, "修订稿.yaml": DRAFT}
    for name, text in (texts | {"formulas.csv": FORMULAS, "审核公式.csv": FORMULAS}).items():
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


@each(("lang", "name", "page"), PAGES, ids=[f"{lang} {name}" for lang, name, _ in PAGES])
def test_help_ends_with_examples(lang: str, name: str, page: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*name.split(), "--lang", lang, "--help"] if name else ["--lang", lang, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("\n\n" + page.epilog)
    assert all(line.startswith(f"communitycheck {name}".strip()) for line in examples(page))


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("line", LINES)
def test_an_example_runs(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: float) -> None:
        raise Stopped(signal.SIGINT)

    monkeypatch.setattr("time.sleep", interrupt)  # watch goes on until somebody ends it
    code = run(shlex.split(line)[1:])
    out, err = capsys.readouterr()
    assert code in (0, 1), err
    assert "error:" not in err and (out or "--quiet" in line or " -o " in line)
