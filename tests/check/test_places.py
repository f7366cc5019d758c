"""Which city and county records belong to, and by whose standard they are judged, where no column says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.errors import UsageError

DAY = date(2023, 12, 31)
HEADER = "社区名称,社区类型,综合服务设施面积"

# What the option or the title says, the region of the record, and the area owed there.
PLACES = [
    ("沈阳市", ("辽宁省", "沈阳市"), 600),
    ("辽宁省沈阳市", ("辽宁省", "沈阳市"), 600),
    ("沈阳市和平区", ("辽宁省", "沈阳市", "和平区"), 600),
    ("辽宁省沈阳市和平区", ("辽宁省", "沈阳市", "和平区"), 600),
    ("鞍山市", ("辽宁省", "鞍山市"), 400),
    ("辽宁省鞍山市", ("辽宁省", "鞍山市"), 400),
]
# Of 500 square metres: judged by the province's 400, by the city's 600, or by neither where it may be either.
UNSETTLED = 0
OWED = {400: (400, "pass"), 600: (600, "fail"), UNSETTLED: (400, "no_data")}
OPTIONS = [
    *PLACES,
    ("辽宁", ("辽宁省",), UNSETTLED),
    ("210300", ("辽宁省", "鞍山市"), 400),
    ("210303", ("辽宁省", "鞍山市", "铁西区"), 400),
    ("210381104201", ("辽宁省", "鞍山市", "海城市"), 400),
    ("211224", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("昌图县", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("辽宁省昌图县", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("辽宁省铁岭市昌图县", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("调兵山市", ("辽宁省", "铁岭市", "调兵山市"), 400),
    ("铁岭", ("辽宁省", "铁岭市"), 400),
    ("210106", ("辽宁省", "沈阳市", "铁西区"), 600),
    ("210199", ("辽宁省", "沈阳市"), 600),
    ("法库县", ("辽宁省", "沈阳市", "法库县"), 600),
    ("和平区", ("辽宁省", "沈阳市", "和平区"), 600),
    ("鞍山市铁东区", ("辽宁省", "鞍山市", "铁东区"), 400),
    ("鞍山市 铁东区", ("辽宁省", "鞍山市", "铁东区"), 400),
]
TITLES = [
    *PLACES,
    ("昌图县", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("2023年瓦房店市", ("辽宁省", "大连市", "瓦房店市"), 400),
    ("辽宁省义县", ("辽宁省", "锦州市", "义县"), 400),
    ("沈阳市和平区、沈河区", ("辽宁省", "沈阳市"), 600),
    ("沈阳市、鞍山市", ("辽宁省",), UNSETTLED),
    ("鞍山市、大连市", ("辽宁省",), 400),
    ("2023年沈阳", ("辽宁省", "沈阳市"), 600),
    ("辽宁", ("辽宁省",), UNSETTLED),
    ("辽宁省朝阳市场", ("辽宁省",), UNSETTLED),
    ("铁岭市昌图县", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("填报单位：铁岭市昌图县民政局", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("2023年辽宁省铁岭市昌图县城乡", ("辽宁省", "铁岭市", "昌图县"), 400),
    ("鞍山市铁东区民政局", ("辽宁省", "鞍山市", "铁东区"), 400),
    ("铁岭市各县", ("辽宁省", "铁岭市"), 400),
    ("铁岭市全县", ("辽宁省", "铁岭市"), 400),
    ("铁岭市城乡", ("辽宁省", "铁岭市"), 400),
    ("铁岭市民政局示范区", ("辽宁省", "铁岭市"), 400),
    ("铁岭市昌图县、铁岭市西丰县", ("辽宁省", "铁岭市"), 400),
    ("鞍山市开原市场城区", ("辽宁省", "鞍山市"), 400),
    ("法库县", ("辽宁省", "沈阳市", "法库县"), 600),
    ("填报单位：法库县民政局", ("辽宁省", "沈阳市", "法库县"), 600),
    ("辽宁省康平县", ("辽宁省", "沈阳市", "康平县"), 600),
]


def judged(path: Path, **options: str) -> tuple[tuple[str, ...], object, str]:
    report = check(path, select=["LN-01"], as_of=DAY, **options)
    (verdict,) = (v for r in report.results for v in r.verdicts(all_outcomes=True))
    return tuple(verdict.subject.region), verdict.required, verdict.outcome.word


@pytest.mark.parametrize(("place", "region", "owed"), OPTIONS, ids=[o[0] for o in OPTIONS])
def test_the_region_that_the_user_names(place: str, region: tuple[str, ...], owed: int, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    assert judged(path, region=place) == (region, *OWED[owed])


@pytest.mark.parametrize(("place", "region", "owed"), TITLES, ids=[t[0] for t in TITLES])
def test_the_region_that_a_title_names(place: str, region: tuple[str, ...], owed: int, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{place}社区综合服务设施情况表,,\n{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    assert judged(path) == (region, *OWED[owed])


def test_a_county_of_two_cities_lies_in_the_one_that_is_named(tmp_path: Path) -> None:
    """铁西区 is a county of 沈阳市 and of 鞍山市."""
    path = tmp_path / "return.csv"
    path.write_text(f"县区,{HEADER}\n铁西区,甲,城市社区,500\n", encoding="utf-8")
    assert judged(path, region="鞍山市") == (("辽宁省", "鞍山市", "铁西区"), 400, "pass")
    assert judged(path, region="沈阳市") == (("辽宁省", "沈阳市", "铁西区"), 600, "fail")
    assert judged(path, region="辽宁省")[2] == "no_data"


def test_counties_that_lie_in_one_city_together_say_which(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"县区,{HEADER}\n和平区,甲,城市社区,500\n沈河区,乙,城市社区,500\n", encoding="utf-8")
    report = check(path, select=["LN-01"], as_of=DAY)
    verdicts = [v for r in report.results for v in r.verdicts(all_outcomes=True)]
    assert [v.required for v in verdicts] == [600, 600]


def test_a_title_fills_no_blanks_of_a_county_column(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(
        f"沈阳市和平区社区表,,,\n县区,{HEADER}\n,甲,城市社区,500\n和平区,乙,农村社区,500\n", encoding="utf-8"
    )
    report = check(path, select=["LN-01"], as_of=DAY)
    regions = {v.subject.name: v.subject.region for r in report.results for v in r.verdicts(all_outcomes=True)}
    assert regions["甲"] == ("辽宁省", "沈阳市") and regions["乙"] == ("辽宁省", "沈阳市", "和平区")


def test_a_code_names_the_city_that_a_blank_cell_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    rows = [",210102001002,乙", "大连市,210202001001,甲", "沈阳市,210102001003,丙"]
    path.write_text("\n".join(["市,行政区划代码,社区名称", *rows]), encoding="utf-8")
    (records,) = check(path, as_of=DAY).records
    city = records.table.regions["city"]
    assert [city.names[k] if k >= 0 else "" for k in city.codes.tolist()] == ["沈阳市", "大连市", "沈阳市"]
    assert sorted(city.names) == ["大连市", "沈阳市"]


def test_the_county_of_a_standard_is_named_in_the_records(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text("望城区社区表,,\n街道,社区名称,社区类型\n甲街道,乙,城市社区\n", encoding="utf-8")
    (records,) = check(path, as_of=DAY).records
    assert records.table.regions["county"].names == ["望城区"]


def test_a_name_that_is_no_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    for word in ("鞍山市乱写", "沈阳市不知道区", "广东省"):
        with pytest.raises(UsageError) as caught:
            check(path, region=word, as_of=DAY)
        assert caught.value.code == "region-unknown"


NATIONAL = """standard: national
title: 示例标准
source: {document: 示例文件}
jurisdiction: {code: "000000", name: 全国}
rules:
  - {id: LN-01, title: 面积, clause: 一, applies_to: community, indicator: facility_area, at_least: 300 m2}
"""


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("历下区", ("历下区",)),
        ("济南市", ("济南市",)),
        ("济南市历下区", ("济南市", "历下区")),
        ("内江市市中区", ("内江市", "市中区")),
        ("阿拉善盟阿拉善左旗", ("阿拉善盟", "阿拉善左旗")),
        ("370102", ()),
        ("沈阳市和平区", ("辽宁省", "沈阳市", "和平区")),
    ],
)
def test_a_standard_of_the_whole_country_takes_any_place(place: str, region: tuple[str, ...], tmp_path: Path) -> None:
    path, standard = tmp_path / "return.csv", tmp_path / "national.yaml"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    standard.write_text(NATIONAL, encoding="utf-8")
    (result,) = check(path, standard, region=place, as_of=DAY).results
    assert [(v.subject.region, v.outcome.word) for v in result.verdicts(all_outcomes=True)] == [(region, "pass")]
    for word in ("乱写", "山东省", "市"):
        with pytest.raises(UsageError) as caught:
            check(path, standard, region=word, as_of=DAY)
        assert caught.value.code == "region-unknown"


@pytest.mark.parametrize(("word", "near"), [("安山市", "鞍山市"), ("大莲市", "大连市"), ("攀技花市", "攀枝花市")])
def test_a_region_that_is_mistyped_is_told_the_nearest(word: str, near: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check(path, region=word, as_of=DAY)
    assert caught.value.code == "region-unknown" and near in str(caught.value.values["near"]).split("、")


@pytest.mark.parametrize("place", ["999999", "4401", "370102001"])
def test_a_region_that_no_standard_covers(place: str, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check(path, region=place, as_of=DAY)
    assert (caught.value.code, caught.value.values["region"]) == ("region-not-covered", place[:6].ljust(6, "0"))


# Code, city and county as written, and the place that the notice names with the beginning of its codes.
CODES = [
    ("210102001001", "沈阳市", "和平区", None),
    ("210102001001", "辽宁省沈阳市", "和平区", None),
    ("210102001001", "鞍山市", "铁东区", ("鞍山市", "沈阳市", "2101")),
    ("510402001001", "沈阳市", "和平区", ("沈阳市", "沈阳市", "2101")),
    ("210303001001", "鞍山市", "铁西区", None),
    ("210302001001", "", "康平县", ("康平县", "沈阳市", "2101")),
    ("210303001001", "", "铁西区", None),
    ("210100", "沈阳市", "和平区", None),
    ("21", "沈阳市", "和平区", None),
    ("340102001001", "合肥市", "瑶海区", None),
]


@pytest.mark.parametrize(("code", "city", "county", "said"), CODES)
def test_a_code_and_a_name_of_two_places(
    code: str, city: str, county: str, said: tuple[str, str, str] | None, tmp_path: Path
) -> None:
    path = tmp_path / "return.csv"
    rows = f"{code},{city},{county},甲,城市社区,500\n210106001001,沈阳市,铁西区,乙,城市社区,500\n"
    path.write_text(f"行政区划代码,市,县区,{HEADER}\n{rows}", encoding="utf-8")
    notices = [n for n in check(path, as_of=DAY).notices if n.code == "code-and-name"]
    found = [(n.text, n.values["place"], n.values["prefix"], n.at.cell, n.values["count"]) for n in notices]
    assert found == ([(*said, "A2", 1)] if said else [])


@pytest.mark.parametrize(
    ("code", "county", "lost"),
    [
        ("130102001003", "和平区", 1),
        ("120102001003", "", 1),
        ("310102001003", "和平区", 1),
        ("130102001003", "长安区", 0),  # the name says another place as well
        ("210102001003", "和平区", 0),
    ],
)
def test_a_code_of_another_province_among_those_of_the_standard(
    code: str, county: str, lost: int, tmp_path: Path
) -> None:
    """A slip of the pen must not take a record out of a standard that the user named."""
    rows = [("210102001001", "和平区", "甲社区", 500), ("210102001002", "和平区", "乙社区", 500)]
    rows.append((code, county, "丙社区", 500))
    text = "行政区划代码,区县,社区名称,社区类型,综合服务设施面积\n"
    text += "".join(f"{c},{place},{name},城市,{area}\n" for c, place, name, area in rows)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    report = check(tmp_path / "a.csv", standards="liaoning-2021", select=["LN-01"])
    told = [n.values["count"] for n in report.notices if n.code == "records-in-no-jurisdiction"]
    assert (report.exit_code, report.unplaced, told) == ((3, 1, [1]) if lost else (0, 0, []))


def test_a_county_of_two_cities_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{HEADER}\n甲,城市社区,500\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check(path, region="铁西区", as_of=DAY)
    assert caught.value.code == "region-several" and "鞍山市铁西区" in str(caught.value)


@pytest.mark.parametrize(
    ("title", "column", "place"),
    [
        ("河北省石家庄市社区设施统计表", "", "河北省石家庄市"),
        ("填报单位：南昌县民政局", "", "南昌县"),
        ("2023年天津市和平区社区一览表", "", "天津市和平区"),
        ("社区一览表", "济南市", "济南市"),
        ("绵阳市三台县社区统计表", "", "绵阳市三台县"),
    ],
)
def test_a_place_without_a_standard_is_named(title: str, column: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    head, cell = ("市,", f"{column},") if column else ("", "")
    path.write_text(f"{title},,\n{head}{HEADER}\n{cell}甲,城市社区,500\n{cell}乙,城市社区,600\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check(path, as_of=DAY)
    assert caught.value.code == "region-without-standard" and caught.value.values["place"] == place


def test_codes_name_all_levels_above_a_record(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    rows = ["211224101001,甲", "210381102003,乙", "210106004001,丙", "341503001002,丁"]
    path.write_text("\n".join(["行政区划代码,社区名称,户数", *(f"{row},900" for row in rows)]), encoding="utf-8")
    (records,) = check(path, as_of=DAY).records
    named = {level: [one.names[k] for k in one.codes.tolist()] for level, one in records.table.regions.items()}
    assert named["province"] == ["辽宁省", "辽宁省", "辽宁省", "安徽省"]
    assert named["city"] == ["铁岭市", "鞍山市", "沈阳市", "六安市"]
    assert named["county"] == ["昌图县", "海城市", "铁西区", "裕安区"]


@pytest.mark.parametrize(
    ("area", "outcome"), [(300, "fail"), (400, "no_data"), (599, "no_data"), (600, "pass"), (900, "pass")]
)
@pytest.mark.parametrize("head", ["辽宁省社区情况表,,\n", "辽宁省民政厅,,\n辽宁省城乡社区设施情况（2023年）,,\n", ""])
def test_a_province_alone_is_judged_by_what_holds_in_all_of_its_cities(
    head: str, area: int, outcome: str, tmp_path: Path
) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"{head}{HEADER}\n甲,城市社区,{area}\n", encoding="utf-8")
    assert judged(path, **({} if head else {"region": "辽宁省"}))[2] == outcome


def test_rules_that_a_city_adds_and_nobody_could_ask_are_told(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"辽宁省社区情况表,,\n{HEADER}\n甲,城市社区,900\n乙,城市社区,900\n", encoding="utf-8")
    report = check(path, as_of=DAY)
    (told,) = (n for n in report.notices if n.code == "place-unknown")
    assert (told.values["count"], told.values["standard"]) == (2, "shenyang-2023")
    assert report.open_points()["place"] == 2
    assert check(path, as_of=DAY, standards=["liaoning-2021"]).open_points() == {}


def test_figures_of_the_province_itself_lie_in_no_city(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text("年份,社区总数,城市社区数\n2020,10,6\n2021,12,8\n", encoding="utf-8")
    assert "place-unknown" not in {n.code for n in check(path, region="辽宁省").notices}


@pytest.mark.parametrize(
    ("codes", "told", "city"),
    [
        (["210102001001", "220102001002", "210103001002"], {"code-unlike-others@D3", "code-and-name@D4"}, 1),
        (["210102001001", "990102001002", "210102001002"], {"code-of-no-province@D3"}, 1),
        (["210102001001", "210171001002", "210102001002"], set(), 1),  # the digits of a development zone
        (["210102001001", "310102001002", "310102001003"], {"code-unlike-others@D2"}, 1),
        (["210102001001", "310102001002"], set(), 2),  # nobody knows which of the two
        (["210102001001", "120101001002"], set(), 2),  # there is a 和平区 in both
    ],
)
def test_a_code_unlike_those_of_the_same_street_is_told_and_counted_where_it_is_named(
    codes: list[str], told: set[str], city: int, tmp_path: Path
) -> None:
    rows = [f"和平区,甲街道,社区{k},{code},1000" for k, code in enumerate(codes)]
    text = "\n".join(["区县,街道,社区名称,区划代码,常住人口", *rows])
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(
        """standard: s
title: 数据审核
source: {document: 虚构}
jurisdiction: {code: "000000", name: 全国}
rules:
  - {id: S-1, title: 人口, clause: 一, applies_to: community, by: [street], severity: mandatory,
     indicator: sum(population), at_least: 1 person}
""",
        encoding="utf-8",
    )
    report = check(tmp_path / "a.csv", standards=str(tmp_path / "s.yaml"), as_of=DAY)
    found = {f"{n.code}@{n.at.cell}" for n in report.notices if n.code.startswith("code-")}
    (result,) = report.results
    assert (found, len(result)) == (told, city)


OWN = """
standard: own-province
title: 示例标准
source: {document: 示例文件, date: 2020-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
rules:
  - {id: O-1, title: 面积, clause: 一, applies_to: community, severity: expected, by: county,
     indicator: mean(facility_area), at_least: 100 m2}
"""


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("鞍山市铁东区（2024年）", ("辽宁省", "鞍山市", "铁东区")),
        ("大连市沙河口区", ("辽宁省", "大连市", "沙河口区")),
        ("2024年大连市金州区", ("辽宁省", "大连市", "金州区")),
        ("鞍山市海城市", ("辽宁省", "鞍山市", "海城市")),
        ("大连市", None),
        ("大连市城乡社区", None),
        ("四平市铁东区", None),  # of another province
    ],
)
def test_a_title_names_the_county_for_a_province_that_lists_no_cities(
    title: str, region: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """A standard of one's own seldom lists the cities of its province: the list of divisions knows them."""
    (tmp_path / "own-province.yaml").write_text(OWN, encoding="utf-8")
    content = f"{title}社区情况表,,\n{HEADER}\n甲社区,城市,400\n乙社区,城市,500\n"
    (tmp_path / "r.csv").write_text(content, encoding="utf-8")
    report = check(tmp_path / "r.csv", standards=str(tmp_path / "own-province.yaml"), as_of=DAY)
    (result,) = report.results
    found = [(*v.subject.region, v.subject.name) for v in result.verdicts(all_outcomes=True)]
    assert found == ([] if region is None else [region])
