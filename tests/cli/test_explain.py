"""``explain`` on the command line: how rules and subjects are named, what is asked back, exit codes, JSON."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.products.explain.front import render_explanation
from each import each
from paths import SAMPLES
from products.explain.test_shown import CASES, CONTROL, FILE, HERE, STANDARDS, shown
from products.explain.test_shown import explained as explained_once
from reporting.formats.test_schemas import check as valid

CHOSEN = [word for standard in STANDARDS for word in ("--standard", standard)]


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNITYCHECK_LANG", "zh")
    monkeypatch.chdir(HERE)


def explained(capsys: pytest.CaptureFixture[str], *arguments: str, path: str = FILE) -> list[Any]:
    assert run(["explain", path, *CHOSEN, "--format", "json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    explanations: list[Any] = found["explanations"]
    return explanations


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["explain", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("错误：") and "Traceback" not in said.err
    return said.err


# A region that is no subject of the rule, and the rows of those in it that do not pass.
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("region", "found"), [("甲县", {"一村", "二村"}), ("鞍山市/甲县", {"一村", "二村"}), ("乙县", set())]
)
def test_a_region_in_place_of_a_subject_lists_who_fails_there(
    region: str, found: set[str], lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counties = {"甲县": {"一村": 300, "二村": 399, "三村": 400}, "乙县": {"四村": 500}, "丙县": {"五村": 1}}
    rows = [(county, name, area) for county, areas in counties.items() for name, area in areas.items()]
    text = "".join(f"鞍山市,{county},{name},城市社区,{area}\n" for county, name, area in rows)
    path = tmp_path / "a.csv"
    path.write_text("市,县区,社区名称,社区类型,综合服务设施面积\n" + text, encoding="utf-8")
    words = ["explain", str(path), "--rule", "LN-01", "--subject", region, "--lang", lang]
    assert run(words) == 0
    out = capsys.readouterr().out
    assert {name for _, name, _ in rows if name in out} == found and region in out.splitlines()[0]
    assert run([*words, "--format", "json"]) == 0
    content = valid(capsys.readouterr().out, "explain-1.json")
    assert content["region"] == region and {e["verdict"]["subject"]["name"] for e in content["explanations"]} == found
    assert sum(content["rules"][0]["outcomes"].values()) == sum(county == region[-2:] for county, _, _ in rows)
    assert run([*words[:-3], "丁县", "--lang", lang]) == 2
    assert "丁县" in capsys.readouterr().err


# How a person may call the same subject, and the row it stands in.
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("朝阳社区", 4),
        (" 朝 阳社区 ", 4),
        ("一街道/朝阳社区", 4),
        ("东区/朝阳社区", 4),
        ("攀枝花市/朝阳社区", 4),
        ("攀枝花／一街道/朝阳社区", 4),
        ("一街道/红旗社区", 3),
        ("二街道/红旗社区", 5),
        ("I4", 4),
        ("i4", 4),
        ("社区.csv!4", 4),
        ("社区.csv!$F$4", 4),
        (f"{FILE}!F4", 4),
        ("4", 4),
    ],
)
def test_ways_to_name_a_subject(capsys: pytest.CaptureFixture[str], name: str, row: int) -> None:
    (one,) = explained(capsys, "--rule", "D-RATE", "--subject", name)
    assert one["verdict"]["at"]["row"] == row


@pytest.mark.parametrize("name", ["510400", "510400000000", "攀枝花市"])
def test_a_city_is_found_by_its_code(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "return.csv"
    path.write_text("市,社区名称,常住人口,注册志愿者\n攀枝花市,甲社区,1000,140\n", encoding="utf-8")
    asked = ["explain", str(path), "-s", "panzhihua-2018", "--rule", "PZ-57", "--subject", name, "--format", "json"]
    assert run(asked) == 0
    (one,) = json.loads(capsys.readouterr().out)["explanations"]
    assert (one["verdict"]["subject"]["name"], one["verdict"]["subject"]["code"]) == ("攀枝花市", "510400")


@pytest.mark.parametrize(("place", "name"), [("AB2", "辰丙社区"), ("return.csv!AA3", "辰乙社区"), ("C1", "子乙社区")])
def test_a_column_of_a_table_on_its_side(
    place: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"{one}{other}社区" for one in "子丑寅卯辰" for other in "甲乙丙丁戊己"]
    rows = [["社区名称", *names], ["社区类型"], ["户数"], ["综合服务设施面积"]]
    for i in range(30):
        for row, cell in zip(rows[1:], (("城市社区", "农村社区")[i % 2], str(1900 - 7 * i), str(300 + i)), strict=True):
            row.append(cell)
    path = tmp_path / "return.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    asked = ["explain", str(path), "-s", "liaoning-2021", "--rule", "LN-03", "--subject", place, "--format", "json"]
    assert run(asked) == 0
    (one,) = json.loads(capsys.readouterr().out)["explanations"]
    assert one["verdict"]["subject"]["name"] == name


@pytest.mark.parametrize(
    "name",
    ["210104002006", "城市社区!234", "[城市社区] I234", "大东区/义湾社区", "shenyang_2023.xlsx[城市社区]!234"],
)
def test_codes_and_cells_of_a_workbook(capsys: pytest.CaptureFixture[str], name: str) -> None:
    book = str(SAMPLES / "shenyang_2023.xlsx")
    assert run(["explain", book, "--rule", "LN-03", "--subject", name, "--format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["explanations"]
    assert (one["verdict"]["at"]["sheet"], one["verdict"]["at"]["row"]) == ("城市社区", 234)
    assert one["inputs"][0]["written"] == "307.4"


@pytest.mark.parametrize(
    ("rule", "standard"), [("d-rate", "demo-town"), ("D-Rate@demo-town", "demo-town"), ("D-SKILLS", "demo-town")]
)
def test_ways_to_name_a_rule(capsys: pytest.CaptureFixture[str], rule: str, standard: str) -> None:
    (one,) = explained(capsys, "--rule", rule, "--subject", "朝阳社区")
    assert one["rule"]["standard"] == standard and one["rule"]["layer"] == "demo"


def test_namesakes_are_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, FILE, *CHOSEN, "--rule", "D-AREA", "--subject", "红旗社区")
    assert "2 个" in said and "东区/一街道/红旗社区" in said and "!5" in said and "--all" in said
    both = explained(capsys, "--rule", "D-AREA", "--subject", "红旗社区", "--all")
    assert [one["verdict"]["at"]["row"] for one in both] == [3, 5]
    refused(capsys, FILE, *CHOSEN, "--subject", "红旗社区")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--rule"),
        (("--rule", " ", "--subject", ""), "--rule"),
        (("--rule", "D-AERA", "--subject", "朝阳社区"), "D-AREA"),
        (("--rule", "D-AREA", "--subject", "朝阳"), "朝阳社区"),
        (("--rule", "D-AREA", "--subject", "朝阳社曲"), "朝阳社区"),
        (("--rule", "D-SHARE", "--subject", "朝阳社区"), "县（区）"),
        (("--rule", "D-AREA@demo-twon", "--subject", "朝阳社区"), "demo-town"),
        (("--rule", "D-SITE", "--subject", "没有的社区"), "没有的社区"),
        (("--subject", "没有的社区"), "没有的社区"),
        (("--rule", "D-AREA", "--subject", "F2"), "表头行"),
        (("--rule", "D-AREA", "--subject", "社区.csv!99"), "不在数据行内"),
        (("--rule", "D-AREA", "--subject", "朝阳社区", "--as-of", "soon"), "--as-of"),
        (("--rule", "D-AREA", "--subject", "朝阳社区", "--format", "xml"), "json"),
    ],
)
def test_what_cannot_be_explained(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str) -> None:
    said = refused(capsys, FILE, *CHOSEN, *arguments)
    assert says in said and said.count("\n") == 1


def test_names_in_errors_are_inert(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, FILE, *CHOSEN, "--rule", "D-AREA", "--subject", "坏社")
    assert "坏社区" in said and not CONTROL.search(said)


def test_a_rule_that_does_not_judge_this_return(capsys: pytest.CaptureFixture[str]) -> None:
    book = str(SAMPLES / "shenyang_2023.xlsx")
    assert "panzhihua-2018" in refused(capsys, book, "--rule", "PZ-03", "--subject", "义湾社区")


def test_files_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"")
    assert "坏.xlsx" in refused(capsys, str(bad), *CHOSEN, "--rule", "D-AREA", "--subject", "朝阳社区")
    assert run(["explain", FILE, str(bad), *CHOSEN, "--rule", "D-AREA", "--subject", "朝阳社区"]) == 2
    said = capsys.readouterr()
    assert "朝阳社区" in said.out and "坏.xlsx" in said.err


def test_inside_an_archive(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    archive = tmp_path / "报表.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(FILE, "2023/社区.csv")
    (one,) = explained(capsys, "--rule", "D-AREA", "--subject", "朝阳社区", path=str(archive))
    area = next(i for i in one["inputs"] if i["field"] == "facility_area")
    assert area["written"] == "约6百平方米" and area["value"] == [540, 660]  # a tenth on either side
    assert area["notices"][0]["code"] and area["at"]["path"].endswith("报表.zip/2023/社区.csv")


def test_a_name_in_a_cell_is_not_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "报表.csv"
    header = "省,市,县(市、区),社区名称,社区类型,儿童之家"
    path.write_text(f"{header}\n四川省,攀枝花市,东区,甲社区,城市社区,张三丰\n", "utf-8")
    (one,) = explained(capsys, "--rule", "D-HOME", "--subject", "甲社区", path=str(path))
    (home,) = one["inputs"]
    assert home["value"] is None and home["private"] and home["written"] is None
    assert run(["explain", str(path), *CHOSEN, "--rule", "D-HOME", "--subject", "甲社区"]) == 0
    assert "张三丰" not in capsys.readouterr().out


def test_as_of_moves_the_dated_value(capsys: pytest.CaptureFixture[str]) -> None:
    def limit(day: str) -> float:
        (one,) = explained(capsys, "--rule", "D-AREA", "--subject", "锦官社区", "--as-of", day)
        assert [x["in_force"] for x in one["threshold"]["limits"]].count(True) == 1
        value: float = one["threshold"]["value"]["value"]
        return value

    assert [limit("2021-06-01"), limit("2022-01-01"), limit("2031-01-01")] == [350, 400, 450]


def test_the_exit_code_is_0_whatever_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in ("D-AREA", "D-RATE", "D-HOME", "D-HOURS", "D-BUDGET", "D-SITE"):
        assert run(["explain", FILE, *CHOSEN, "--rule", rule, "--subject", "锦官社区"]) == 0
    assert "D-SITE" in capsys.readouterr().out


@each("case", CASES)
def test_json_is_what_its_schema_says(case: str) -> None:
    found = valid(shown(case, "en", "json"), "explain-1.json")
    assert found["explanations"] or found["rules"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_bytes_twice(lang: Lang) -> None:
    for format in ("text", "json"):
        once = shown("share-of-rules-met", lang, format)
        explained_once.cache_clear()
        assert shown("share-of-rules-met", lang, format) == once


def test_no_other_format() -> None:
    from communitycheck.errors import UsageError
    from communitycheck.products.explain.front import explain

    found = explain(FILE, "D-AREA", "朝阳社区", standards=STANDARDS)
    with pytest.raises(UsageError):
        list(render_explanation(found, "html", "zh"))
