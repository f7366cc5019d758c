"""Headers -> fields with the dictionary that ships: right, or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from communitycheck.errors import QuestionError
from communitycheck.returns import read_returns
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.headers.units import read_unit_line
from communitycheck.returns.columns.meaning.assign import Assignment, assign
from communitycheck.returns.columns.meaning.choose import TablePlace
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import NAMED_LEVEL, candidates, similar
from communitycheck.returns.layout.layout import LayoutColumn
from communitycheck.standards import load_dictionary
from each import each
from paths import ROOT, RULES

NAMES = FieldNames.of(load_dictionary(ROOT / "rules" / "dictionary.yaml"))

EXACT = [
    ("户数",  "households"), ("户数（户）",  "households"), ("户　数",  "households"), ("戶數",  "households"),
    ("一、户数",  "households"),
    ("1.户数",  "households"), ("（一）户数",  "households"), ("户数(必填)",  "households"), ("户数*",
    "households"), ("户数\n(户)",  "households"),
    ("基本情况/户数",  "households"), ("合计/户数",  "households"), ("户数/合计",  "households"), ("常住人口/户数",
    "households"),
    ("基本情况/常住人口(人)",  "population"), ("人口（万人）",  "population"), ("人口/常住",  "population"),
    ("2020年末常住人口",  "population"),
    ("户数/户籍",  "households_registered"), ("户数(户籍)",  "households_registered"), ("户籍户数",
    "households_registered"),
    ("综合服务设施/面积（㎡）",  "facility_area"), ("综合服务设施面积/㎡",  "facility_area"), ("综合服务设施面积m2",
    "facility_area"),
    ("综合服务设施面积（平方米，保留两位小数）",  "facility_area"), ("社区综合服务设施/建筑面积(平方米)",
    "facility_area"),
    ("facility_area",  "facility_area"), ("Facility Area (m2)",  "facility_area"), ("每百户面积(㎡)",
    "area_per_100hh"),
    ("其中：登记",  "social_orgs_registered"), ("社区社会组织/合计",  "social_orgs"), ("志愿者/注册人数",
    "registered_volunteers"),
    ("注册自愿者人数",  "registered_volunteers"), ("社區名稱",  "community"), ("县（市、区）",  "county"),
    ("街道\n（乡镇）",  "street"),
    ("城市/农村",  "community_type"), ("开放时间（小时/天）",  "open_hours_per_day"), ("综合服务设施/开放时间",
    "open_hours_per_day"),
    ("是否全年无休（是/否）",  "open_days_per_year"), ("儿童之家/数量（个）",  "has_childrens_home"),
    ("居民公约（村规民约）",  "has_covenant"),
    ("7人以上网格党支部数",  "branches_seven_plus"), ("5项机制",  "five_mechanisms"), ("社区工作者/培训次数",
    "worker_trainings"),
    ("县级培训次数",  "worker_trainings_county"), ("法律顾问/姓名",  "legal_advisers"), ("公共服务/窗口数量",
    "service_windows"),
]  # fmt: skip

LIKE = [
    ("社区综合服务设施总建筑面积",  "facility_area"), ("城乡社区综合服务设施面积",  "facility_area"), ("辖区总户数",
    "households"),
    ("社区总人口数",  "population"), ("是否聘请法律顾问",  "legal_advisers"), ("社区养老服务设施数量",
    "has_elder_care"),
    ("年末常住人口/Permanent Population",  "population"), ("户籍人口/Registered Residents",  "population_registered"),
    ("街道(镇)/Subdistrict (Town)",  "street"), ("综合服务设施面积/Floor Space of Facilities",  "facility_area"),
    ("社区办公和服务用房面积", "facility_area"),
    ("综合服务设施（㎡）",  "facility_area"), ("阵地（平方米）",  "facility_area"), ("场所（㎡）/服务站",
    "station_area"), ("户外活动场地（亩）",  "outdoor_area"), ("图书室/㎡",  "library_area"),
    ("人口情况/户",  "households"), ("人口情况/人",  "population"), ("居民概况（户）",  "households"),
]  # fmt: skip

# What names a level of places in words of its own.
LEVELS = [
    ("村、社区", "community"), ("社区、村名称", "community"), ("嘎查村", "community"), ("所在社区", "community"),
    ("居民委员会名称全称", None), ("行政村名", "community"), ("村（社区、居）全称", "community"),
    ("所在街道", "street"), ("镇（街道）名称", "street"), ("街道、镇", "street"), ("乡、镇、街道办", "street"),
    ("旗县区", "county"), ("旗县（市、区）", "county"), ("区（县、市）名称", "county"), ("县级市", "county"),
    ("州、市", "city"), ("省（自治区、兵团）", None), ("街道社区", None), ("市区", None), ("街区", None),
    ("区划", None), ("社区数", None), ("村（个）", None), ("区域", None), ("所属", None),
]  # fmt: skip

# Headers that look like a field and mean another thing: none of them may be mapped.
NONE = [
    "低保户数",  "低保/户数",  "汉族/户数",  "上年户数",  "户数（低保）",  "综合服务设施计划面积",
    "综合服务设施面积（含室外）",  "综合服务设施占地面积",
    "社区医务室面积",  "参与志愿服务团员数",  "小区综合服务设施面积",  "养老服务设施/面积",  "图书室/开放时间",
    "儿童之家/面积",  "户均面积",
    "面积",  "数量",  "志愿服务人次",  "服务场所面积",  "60岁以上/人口数",  "外来/总人口",  "目标/注册志愿者人数",
    "一站式服务大厅面积",  "2010年",
    "常住人口/Male",  "常住人口/Aged 60 and over",  "户数/Growth over last year",  "家庭户/人口数",  "集体户/人口数",
]  # fmt: skip


@each(("header", "key"), EXACT)
def test_a_name_of_the_field(header: str, key: str) -> None:
    assert [(o.key, o.confidence) for o in candidates(parse_header(header), NAMES)] == [(key, 1.0)]


@pytest.mark.parametrize(("header", "key"), LIKE)
def test_a_name_that_differs_in_filler_is_mapped_with_less_than_certainty(header: str, key: str) -> None:
    found = candidates(parse_header(header), NAMES)
    assert [o.key for o in found] == [key]
    assert 0.85 <= found[0].confidence < 1.0


@pytest.mark.parametrize(("header", "level"), LEVELS)
def test_a_level_in_words_of_its_own(header: str, level: str | None) -> None:
    found = [o for o in candidates(parse_header(header), NAMES) if o.confidence == NAMED_LEVEL]
    assert [o.key for o in found] == [level] * (level is not None)


@each("header", NONE)
def test_a_look_alike_is_not_mapped(header: str) -> None:
    assert candidates(parse_header(header), NAMES) == []


def test_what_comes_close_is_shown() -> None:
    assert similar(parse_header("综合服务设施计划面积"), NAMES) == "综合服务设施面积"
    assert similar(parse_header("天气"), NAMES) is None


@pytest.mark.parametrize(
    ("header", "row", "dimension", "factor"),
    [
        ("面积(㎡)", None, "area", 1), ("面积（单位：万平方米）", None, "area", 10_000),
        ("面积/㎡", None, "area", 1),
        ("面积：㎡", None, "area", 1), ("面积[m²]", None, "area", 1), ("人口,万人", None, "persons", 10_000),
        ("面积(千平方米)", None, "area", 1000), ("人口（十万人）", None, "persons", 100_000),
        ("人口(1000人)", None, "persons", 1000), ("人口（×10^4人）", None, "persons", 10_000),
        ("Population (10 000 persons)", None, "persons", 10_000), ("Area (1,000 m2)", None, "area", 1000),
        ("Population (thousand persons)", None, "persons", 1000), ("Area (ha)", None, "area", 10_000),
        ("人口(万人)Population(10 000 persons)", None, "persons", 10_000), ("户数/百户", None, "households", 100),
        ("人口", "10 000 persons", "persons", 10_000),
        ("户数", "户", "households", 1), ("经费", "（元）", "money", 1e-4), ("户数/户", None, "households", 1),
    ],
)  # fmt: skip
def test_the_unit_of_a_header(header: str, row: str | None, dimension: str, factor: float) -> None:
    unit = parse_header(header, row).unit
    assert unit is not None
    assert (unit.dimension, unit.factor) == (dimension, factor)


@pytest.mark.parametrize(
    "header", ["人口（104人）", "Population (thousand)", "Population ('000)", "Area (sq ft)", "户数(10000)"]
)
def test_a_unit_that_cannot_be_told_is_not_dropped(header: str) -> None:
    assert parse_header(header).foreign


@pytest.mark.parametrize("header", ["户数(10)", "户数(A)", "户数(2020年)", "户数(F12)", "户数(1)", "户数(2.1)"])
def test_numbers_of_columns_are_no_units(header: str) -> None:
    parsed = parse_header(header)
    assert (parsed.levels, parsed.unit, parsed.foreign) == (("户数",), None, "")


def test_units_of_a_caption() -> None:
    line = read_unit_line("单位：户、%")
    assert [written for _, written in line.units] == ["户", "%"]
    assert not line.unknown
    assert read_unit_line("填报单位：民政局").units == ()


@pytest.mark.parametrize(
    ("line", "unfit"),
    [
        ("单位：平方米", ""), ("单位：户、人、㎡", ""), ("单位：公顷", ""), ("单位：万元", ""), ("单位：人、户", ""),
        ("单位：元（人民币）", ""), ("单位：户、人次", ""), ("单位：平方尺", "平方尺"), ("单位：户、坪", "坪"),
        ("单位：间", "间"), ("单位：%", "%"), ("单位：sqft", "sqft"), ("单位：平方英尺", "平方英尺"), (None, ""),
    ],
)  # fmt: skip
def test_a_line_of_units_that_fits_no_area(line: str | None, unfit: str) -> None:
    assert read_unit_line(line).unfit("area") == unfit
    assert read_unit_line(line).unfit("households") == ""


@each(
    ("bracket", "is_area"),
    [
        ("平方米", True), ("单位：㎡", True), ("建筑面积，㎡", True), ("建筑面积", True), ("2020年末", True),
        ("年末", True), ("数值，平方米", True),
        ("截至2020年底", True), ("指建筑面积", True), ("合计", True), ("社区", True), ("平方米，必填", True),
        ("平方尺", False), ("坪", False), ("层", False), ("间数", False), ("㎡，规划", False), ("m2；含广场", False),
        ("上年末", False), ("去年底", False), ("套内", False), ("可用", False), ("估", False), ("租用", False),
        ("平均", False), ("千", False), ("楼", False), ("合同", False),
    ],
)  # fmt: skip
def test_what_a_bracket_says_beside_a_figure_counts(bracket: str, is_area: bool) -> None:
    found = {c.key for c in candidates(parse_header(f"综合服务设施面积（{bracket}）"), NAMES)}
    assert ("facility_area" in found) == is_area


def told(
    table: dict[str, list[str | None]], *, sheet: str = "", titles: tuple[str, ...] = (), line: str | None = None
) -> Assignment:
    arrays = [pa.array(cells, pa.string()) for cells in table.values()]
    columns = [LayoutColumn(i, header.rstrip("#")) for i, header in enumerate(table)]
    return assign(columns, lambda i, fill: arrays[i], NAMES, TablePlace("a.xlsx", sheet, titles, line))


def fields(found: Assignment) -> dict[str, int]:
    return {key: chosen.column.index for key, chosen in found.fields.items()}


@pytest.mark.parametrize(
    ("table", "sheet", "titles", "entity"),
    [
        ({"社区名称": ["幸福社区", "阳光社区"], "街道": ["甲街道", "甲街道"], "户数": ["1", "2"]}, "", (), "community"),
        ({"街道": ["甲街道", "乙街道"], "社区": ["12", "8"], "户数": ["1", "2"]}, "", (), "street"),
        ({"县区": ["东区", "西区"], "户数": ["1", "2"]}, "", (), "county"),
        ({"市": ["沈阳市"], "社会工作专业人才总量": ["1"]}, "", (), "city"),
        ({"地区": ["沈阳市", "大连市"], "户数": ["1", "2"]}, "", (), "city"),
        ({"单位名称": ["幸福社区", "河石坝村"], "户数": ["1", "2"]}, "", (), "community"),
        ({"名称": ["甲", "乙"], "户数": ["1", "2"]}, "街道", (), "street"),
        ({"名称": ["甲", "乙"], "户数": ["1", "2"]}, "", ("某市社区基本情况表",), "community"),
        ({"小区名称": ["甲苑", "乙园"], "社区": ["幸福社区", "幸福社区"], "新建小区": ["是", "否"]}, "", (), "estate"),
        ({"街道": ["甲街道", "甲街道", "甲街道"], "户数": ["1", "2", "3"]}, "社区", (), "community"),
        ({"行政区划代码": ["210102001001", "210102001002"], "户数": ["1", "2"]}, "", (), "community"),
        ({"单位": ["幸福社区", "河石坝村"], "户数": ["1", "2"]}, "", (), "community"),
        ({"填报单位": ["甲街道", "乙镇"], "户数": ["1", "2"]}, "", (), "street"),
        ({"填报单位": ["甲街道", "甲街道"], "户数": ["1", "2"]}, "", (), None),
        ({"街道": ["甲街道", "甲街道"], "单位": ["幸福社区", "和平社区"], "户数": ["1", "2"]}, "", (), "community"),
        ({"单位": ["户", "人"], "户数": ["1", "2"]}, "", (), None),
        ({"单位": ["户/村", "平方米"], "户数": ["1", "2"]}, "", (), None),
        ({"单位": ["民政局", "财政局"], "户数": ["1", "2"]}, "", (), None),
        ({"年龄": ["1", "2"], "人数": ["1", "2"]}, "社区", (), None),
    ],
)
def test_what_the_records_are(
    table: dict[str, list[str | None]], sheet: str, titles: tuple[str, ...], entity: str | None
) -> None:
    assert told(table, sheet=sheet, titles=titles).entity == entity


def test_a_name_column_without_a_level_takes_that_of_its_records() -> None:
    assert fields(told({"单位名称": ["幸福社区", "阳光社区"], "户数": ["1", "2"]}))["community"] == 0


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ({"单位": ["幸福社区", "和平社区"], "户数": ["1", "2"]}, 0),
        ({"街道": ["甲街道", "甲街道"], "单位": ["幸福社区", "和平社区"], "户数": ["1", "2"]}, 1),
        ({"填报单位": ["甲街道", "乙街道"], "社区名称": ["幸福社区", "和平社区"], "户数": ["1", "2"]}, 1),
        ({"社区名称": ["东方", "和平"], "单位": ["幸福社区", "和平社区"], "户数": ["1", "2"]}, 0),
    ],
)
def test_a_column_headed_unit_names_subjects_that_no_other_does(table: dict[str, list[str | None]], names: int) -> None:
    assert fields(told(table))["community"] == names


def test_a_column_of_numbers_is_no_name() -> None:
    assert "community" not in fields(told({"街道": ["甲街道", "乙街道"], "社区": ["12", "8"], "户数": ["1", "2"]}))


def test_two_columns_for_one_field_are_a_question() -> None:
    with pytest.raises(QuestionError) as caught:
        told({"社区名称": ["甲社区", "乙社区"], "户数": ["1", "2"], "居民户数": ["1", "3"]})
    assert caught.value.code == "two-columns-one-field"
    assert (caught.value.values["first"], caught.value.values["second"]) == ("B", "C")
    assert "居民户数" in str(caught.value)


def test_two_columns_that_say_the_same_are_one() -> None:
    found = told({"社区名称": ["甲社区", "乙社区"], "户数": ["1", None], "居民户数": ["1.0", "3"]})
    assert fields(found)["households"] == 2
    assert [(i, f.code) for i, f in found.notes] == [(1, "column-passed-over")]


def test_residents_come_before_all_on_the_books() -> None:
    found = told({"社区名称": ["甲社区", "乙社区"], "总户数": ["5", "6"], "常住人口户数": ["1", "2"]})
    assert fields(found)["households"] == 2


def test_the_exact_name_comes_before_a_likeness() -> None:
    found = told({"社区名称": ["甲社区"], "社区综合服务设施总建筑面积": ["5"], "综合服务设施面积": ["6"]})
    assert fields(found)["facility_area"] == 2


def test_columns_that_mean_nothing_to_us_may_repeat() -> None:
    found = told({"社区名称": ["甲社区"], "户数": ["1"], "男": ["1"], "男#": ["2"], "备注": ["a"], "备注#": ["b"]})
    assert fields(found)["note"] == 4


def test_a_unit_of_another_kind_is_refused() -> None:
    found = told({"社区名称": ["甲社区"], "注册志愿者（人次）": ["5"], "常住人口（㎡）": ["6"], "户数": ["2"]})
    assert set(fields(found)) == {"community", "households"}
    assert {f.code for _, f in found.notes} == {"unit-does-not-fit"}


def test_a_caption_gives_its_unit_to_the_columns_that_can_mean_it() -> None:
    table: dict[str, list[str | None]] = {
        "社区名称": ["甲社区"], "户数": ["2"], "综合服务设施面积": ["6"], "常住人口（人）": ["3"],
    }  # fmt: skip
    found = told(table, line="万平方米、万人")
    factors = {key: chosen.scale.factor for key, chosen in found.fields.items()}
    assert factors == {"community": 1, "households": 1, "facility_area": 10_000, "population": 1}


def test_one_column_may_answer_two_questions() -> None:
    found = told({"社区名称": ["甲社区"], "社区类型": ["农村社区"], "户数": ["2"]})
    assert fields(found)["community_type"] == fields(found)["rural_community"] == 1
    assert [c.field for c in found.columns if c.column == "B"] == ["community_type", "rural_community"]


def test_an_open_question_leaves_its_columns_out(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("社区名称,户数,总户数,常住人口\n甲社区,1200,1210,3000\n乙社区,1100,1110,2900\n", encoding="utf-8")
    dictionary = load_dictionary(RULES / "dictionary.yaml")
    assert [len(found) for found in read_returns([file], dictionary)] == [0, 1]
    (one,), (question,) = read_returns([file], dictionary, to_show=True)
    assert isinstance(question, QuestionError)
    assert (question.code, question.columns) == ("two-columns-one-field", ("B", "C"))
    assert [(c.column, c.field) for c in one.sheets[0].columns] == [
        ("A", "community"), ("B", None), ("C", None), ("D", "population"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("yes", "no", "wanted"),
    [
        (["√", None, None], [None, "√", None], ["是", "否", None]),
        (["✓", "✓ ", None], [None, "✓", "1"], ["是", "是/否", "否"]),
        ([None, None, None], ["√", "√", "√"], ["否", "否", "否"]),
        (["3", "0", None], [None, "1", None], None),  # numbers are no marks
        (["√", "×", None], [None, "√", None], None),  # nor is a cross
    ],
)
@pytest.mark.parametrize("heads", [("儿童之家/有", "儿童之家/无"), ("是否有儿童之家/是", "是否有儿童之家/否")])
def test_an_answer_in_two_columns(
    yes: list[str | None], no: list[str | None], wanted: list[str | None] | None, heads: tuple[str, str]
) -> None:
    names: list[str | None] = ["幸福社区", "和平社区", "滨江社区"]
    found = told({"社区名称": names, heads[0]: yes, heads[1]: no})
    chosen = found.fields.get("has_childrens_home")
    if wanted is None:
        assert chosen is None or chosen.column.answer is None
        return
    assert chosen is not None and chosen.column.index == 1 and chosen.column.cells.to_pylist() == wanted
    assert [note.code for _, note in found.notes] == ["columns-answer-together"]
    assert [c.field for c in found.columns] == ["community", "has_childrens_home", None]


@pytest.mark.parametrize(
    "heads", [("儿童之家/无", "儿童之家/有"), ("儿童之家/有", "养老设施/无"), ("户数/有", "户数/无")]
)
def test_columns_that_do_not_answer_together(heads: tuple[str, str]) -> None:
    names: list[str | None] = ["幸福社区", "和平社区"]
    found = told({"社区名称": names, heads[0]: ["√", None], heads[1]: [None, "√"]})
    assert all(chosen.column.answer is None for chosen in found.fields.values())
