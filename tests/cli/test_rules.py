"""The `rules` commands on the built-in rule book: options, errors, exit codes, files written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.products.rulebook.lists import render_show
from communitycheck.resources import data_dir
from communitycheck.standards.choose import open_rule_book
from communitycheck.standards.files.yaml_file import read_yaml
from paths import ROOT

NORMATIVE = (ROOT / "tests" / "standards" / "normative_ids.txt").read_text("utf-8").split()
IDENTITIES = (ROOT / "tests" / "published" / "identity_ids.txt").read_text("utf-8").split()
BOOK = open_rule_book()
STANDARDS = BOOK.ids()


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The language as the option before the command line says it: these tests call `run` with no `sys.argv`."""
    monkeypatch.setenv("COMMUNITYCHECK_LANG", "zh")


def _json(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, object]:
    assert run([*arguments, "--format", "json"]) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def _error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    return said.err.strip()


def test_list_everything(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "rules", "list")
    rules = found["rules"]
    assert isinstance(rules, list)
    assert {r["standard"] for r in rules} == set(STANDARDS)
    assert found["count"] == len(rules) == sum(len(s.rules) for s in BOOK.all())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--standard", "wangcheng-2021", "--entity", "estate"), {"WC-06"}),
        (("-s", "anhui-2019", "--severity", "advisory"), {"AH-04m", "AH-06"}),
        (("-s", "anhui-2019", "-s", "wangcheng-2021", "--entity", "city", "--severity", "advisory"), {"AH-04m"}),
        (("-s", "anhui-2019", "--entity", "estate"), set()),
    ],
)
def test_list_some(options: tuple[str, ...], expected: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    rules = _json(capsys, "rules", "list", *options)["rules"]
    assert isinstance(rules, list)
    assert {r["id"] for r in rules} == expected


def test_an_empty_list_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "-s", "anhui-2019", "--entity", "estate"]) == 0
    assert capsys.readouterr().out == "没有符合条件的规则\n"


@pytest.mark.parametrize(("asked", "layers"), [("LN-01", 2), ("ln-01", 2), ("PZ-22", 1), ("LN-N01", 1), ("LN-03", 1)])
def test_show(asked: str, layers: int, capsys: pytest.CaptureFixture[str]) -> None:
    rules = _json(capsys, "rules", "show", asked)["rules"]
    assert isinstance(rules, list) and len(rules) == layers


def test_show_the_version_of_one_standard(capsys: pytest.CaptureFixture[str]) -> None:
    rules = _json(capsys, "rules", "show", "LN-03", "--standard", "shenyang-2023")["rules"]
    assert isinstance(rules, list)
    assert [(r["standard"], r["layer"]) for r in rules] == [("shenyang-2023", "liaoning-2021")]


def test_show_says_what_the_rule_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "LN-03"]) == 0
    said = capsys.readouterr().out
    for words in (
        "综合服务设施面积 ÷ 户数 × 100 户 不少于 30 ㎡/百户",
        "二(二)",
        "area_per_100_households = 30 ㎡/百户",
        "常住户数",
        "没有这一列时＝社区工作用房面积 + 居民公益性服务用房面积",
        "恰好 30 ㎡/百户：达标",
        "户数填 0：属数据错误，无法判定",
        "照用本条的标准：shenyang-2023",
    ):
        assert words in said, words


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_every_rule_shows(standard: str, lang: Lang) -> None:
    found = BOOK.standard(standard)
    dictionary = BOOK.dictionary.with_fields(found.fields or {})
    for format in ("text", "json"):
        text = render_show([(found, r) for r in found.rules], BOOK.all(), dictionary, format, lang, width=80)
        assert all(rule.id in text for rule in found.rules)
        if format == "text":
            assert "{" not in text and all(cell_len(line) <= 80 for line in text.splitlines())


def test_unknown_things_name_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "最接近的是“LN-09”" in _error(capsys, "rules", "show", "LN-9X")
    assert "最接近的是“anhui-2019”" in _error(capsys, "rules", "list", "-s", "anhui-2018")
    assert "street" in _error(capsys, "rules", "list", "--entity", "streets")
    assert "advisory" in _error(capsys, "rules", "list", "--severity", "advisry")
    assert "json" in _error(capsys, "rules", "coverage", "--format", "jsn")
    assert "rules show" in _error(capsys, "rules", "shwo")
    assert "liaoning-2021" in _error(capsys, "rules", "coverage", "-s", "liaoning")


def test_every_entry_and_identity_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "rules", "coverage")
    documents = found["documents"]
    assert isinstance(documents, list)
    entries = [e for d in documents for e in d["entries"]]
    assert [e["id"] for e in entries if e["status"] == "missing"] == []
    assert sorted(e["id"] for e in entries if e["kind"] == "normative") == sorted(NORMATIVE)
    assert sorted(e["id"] for e in entries if e["kind"] == "identity") == sorted(IDENTITIES)
    assert len(NORMATIVE) == 197 and len(IDENTITIES) == 47
    assert found["unknown_entries"] == []


def test_the_catalogue_speaks_both_languages() -> None:
    for path in (data_dir("rules") / "catalogue").glob("*.yaml"):
        for document in read_yaml(path).data["documents"].values():
            listed = {**document["entries"], **document.get("identities", {})}
            assert document["title"]["zh"] and document["title"]["en"]
            assert all(e["zh"] and e["en"] for e in listed.values())
            assert all(e["clause"] for e in document["entries"].values())


def test_coverage_misses_what_no_rule_carries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalogue").mkdir()
    text = "documents:\n  mine: {title: 我的, entries: {M1: {zh: 甲}, M2: {zh: 乙, restates: M1}}}\n"
    (tmp_path / "catalogue" / "a.yaml").write_text(text.replace("title: 我的", "title: {zh: 我的}"), "utf-8")
    assert run(["rules", "coverage", "--rules-dir", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "M1 甲：还没有规则" in said and "我的（还没有这个标准）" in said


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ("{LN-N01: {zh: 甲}}", "catalogue/a.yaml:3 documents.mine.entries.LN-N01: 条目“LN-N01”已列在文件"),
        ("{M1: {zh: 甲, restates: M9}}", "restates 指向的条目“M9”不在同一文件内"),
        ("{M1: {zh: 甲, clauses: 一}}", "未知的键“clauses”"),
    ],
)
def test_a_fault_in_a_catalogue(entries: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalogue").mkdir()
    text = f"documents:\n  mine: {{title: {{zh: 我的}}, entries:\n    {entries}}}\n"
    (tmp_path / "catalogue" / "a.yaml").write_text(text, "utf-8")
    assert words in _error(capsys, "rules", "coverage", "--rules-dir", str(tmp_path)).replace("\\", "/")


def test_coverage_of_a_return(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "rules", "coverage", str(data_dir("sample_data") / "shenyang_2023.xlsx"))
    told = found["summary"]
    assert isinstance(told, dict)
    assert told["rules"] == told["answerable"] + told["lacking"] + told["manual"]
    answerable = found["answerable"]
    assert isinstance(answerable, list)
    assert {"LN-01", "LN-02", "LN-03"} <= {r["id"] for r in answerable}


def test_coverage_of_a_return_without_a_region(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "某地.csv"
    path.write_text("社区名称,户数,社区类型,综合服务设施面积\n甲,900,城市社区,500\n乙,800,城市社区,300\n", "utf-8")
    found = _json(capsys, "rules", "coverage", str(path))
    answerable = found["answerable"]
    assert isinstance(answerable, list)
    assert {"LN-01", "LN-03", "PZ-03"} <= {r["id"] for r in answerable}


def test_a_return_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有.xlsx" in _error(capsys, "rules", "coverage", str(tmp_path / "没有.xlsx"))


# rules new


@pytest.mark.parametrize("parent", [None, *STANDARDS])
def test_a_starter_file_loads_and_lints_clean(
    parent: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "我的 标准.yaml"
    options = ["--extends", parent] if parent else []
    assert run(["rules", "new", str(path), *options]) == 0
    capsys.readouterr()
    book = open_rule_book(standards=[path])
    standard = book.standard("我的-标准")
    assert standard.lineage[:1] == ((parent,) if parent else ())
    assert run(["rules", "lint", str(path), "--strict"]) == 0
    assert "错误 0 个，警告 0 个" in capsys.readouterr().out
    first = path.read_text("utf-8").splitlines()[0]
    assert re.fullmatch(r"# yaml-language-server: \$schema=file:///.*/standard-1\.json", first)


@pytest.mark.parametrize("name", ["2024.yaml", "null.yaml", "1.5.yml", "标准.yaml", "()().yaml"])
def test_any_file_name_makes_an_id(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert run(["rules", "new", str(path)]) == 0
    open_rule_book(standards=[path])


def test_new_leaves_alone_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("kept", "utf-8")
    assert "没有覆盖" in _error(capsys, "rules", "new", str(path))
    assert path.read_text("utf-8") == "kept"
    assert "重名" in _error(capsys, "rules", "new", str(tmp_path / "anhui-2019.yaml"))
    assert "mine.yaml" in _error(capsys, "rules", "new", str(tmp_path / "mine"))
    assert "文件夹不存在" in _error(capsys, "rules", "new", str(tmp_path / "no" / "mine.yaml"))
    assert "最接近的是“anhui-2019”" in _error(
        capsys, "rules", "new", str(tmp_path / "a.yaml"), "--extends", "anhui-2018"
    )
    assert not (tmp_path / "a.yaml").exists()


# rules docs


def test_the_reference_pages_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    """Make them anew with: communitycheck rules docs --output-dir docs --force"""
    assert run(["rules", "docs", "--output-dir", str(ROOT / "docs"), "--check"]) == 0, capsys.readouterr().out


def test_the_pages_hold_nothing_of_rules_that_are_gone() -> None:
    there = {p.name for p in (ROOT / "docs" / "rules").iterdir()}
    assert there == {name + suffix for name in (*STANDARDS, "index") for suffix in (".md", ".zh-CN.md")}


def test_docs_are_written_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "docs", "--output-dir", str(tmp_path)]) == 0
    assert run(["rules", "docs", "--output-dir", str(tmp_path), "--check"]) == 0
    (tmp_path / "rules" / "index.md").write_text("", "utf-8")
    capsys.readouterr()
    assert run(["rules", "docs", "--output-dir", str(tmp_path), "--check"]) == 1
    assert "rules/index.md" in capsys.readouterr().out


def test_a_column_adds_the_rules_that_are_judged_with_it_and_not_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column that a parameter of 0 leaves out is not asked for."""
    path = tmp_path / "r.csv"
    path.write_text("社区名称,社区类型,常住户数\n甲社区,城市社区,100\n", encoding="utf-8")
    found = _json(capsys, "rules", "coverage", str(path), "--standard", "liaoning-2021")
    unlocked = found["unlock"]
    assert isinstance(unlocked, list)
    assert unlocked[0]["columns"] == [{"field": "facility_area", "label": "综合服务设施面积"}]
    assert unlocked[0]["rules"] == ["LN-01", "LN-02", "LN-03"]


def test_a_workbook_is_no_rule_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "lint", str(data_dir("sample_data") / "shenyang_2023.xlsx"), "--lang", "en"]) == 2
    assert "workbook" in capsys.readouterr().out
