"""Rules about groups of records by ``check --engine duckdb``: the report of ``check``, or a refusal by name."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from communitycheck.errors import CommunityCheckError
from communitycheck.products.sql.engine import connection, group_views, groups, places, run
from communitycheck.products.sql.engine.front import check_in_engine
from products.sql.test_engine import AS_OF, FEW_FORMATS, Columns, assert_same, communities, written

GROUPS = str(Path(__file__).with_name("groups.yaml"))
REFUSED = ["G-16", "G-17"]
CITIES = ("沈阳市", "沈阳市", "大连市", "大连市", "攀枝花市")
COUNTIES = ("和平区", "中山区", "中山区", "西岗区", "米易县")


def grouped(n: int, seed: int = 1, *, blanks: float = 1.0) -> Columns:
    """Communities of several streets, two counties of one name among those, some of them of one record; so large a part
    of the blanks stays."""
    some = random.Random(seed)
    columns = communities(n)
    lie = [min(int(some.expovariate(1.2)), len(CITIES) - 1) for _ in range(n)]
    columns["市"], columns["县(市、区)"] = ([names[at] for at in lie] for names in (CITIES, COUNTIES))
    columns["街道(乡镇)"] = [f"第{some.choice([1, 1, 1, 2, 2, 3, k])}街道" for k in range(n)]
    columns["社区类型"] = [None if some.random() < 0.1 * blanks else kind for kind in columns["社区类型"]]
    for values in columns.values():
        known = [value for value in values if value is not None]
        values[:] = [some.choice(known) if one is None and some.random() >= blanks else one for one in values]
    return columns


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "PART", 37)


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize(("n", "blanks"), [(150, 1.0), (150, 0.1), (3, 0.0)])
def test_groups_of_every_kind_and_level(tmp_path: Path, n: int, blanks: float) -> None:
    path = written(grouped(n, blanks=blanks), tmp_path / "tidy.parquet")
    report = assert_same(path, [GROUPS], ignore=REFUSED, formats=("json", "csv", "text"))
    judged = [result for result in report.results if result.is_group]
    assert len(judged) == 13
    assert all(len(result) for result in judged)


@pytest.mark.usefixtures("in_parts")
def test_where_records_lie_and_what_they_say_is_read_as_ever(tmp_path: Path) -> None:
    """Places that codes alone tell, offices for names, a blank column, nobody below a line, and the noise of sums."""
    columns, n = grouped(60, 3), 60
    del columns["市"], columns["县(市、区)"]
    columns["行政区划代码"] = [f"{('210102001', '210103001', '210202002')[k % 3]}{k + 1:03}" for k in range(n)]
    columns["社区名称"] = [f"第{k}社区居委会" if k % 2 else f"第{k}（东）社区" for k in range(n)]
    columns["儿童之家"], columns["户数"] = [None] * n, [0] * n
    columns["综合服务窗口数"] = [None if one is None else one + 1e-12 for one in columns["综合服务窗口数"]]
    columns["综合服务设施面积(㎡)"] = [random.Random(k).random() * 1000 for k in range(n)]
    assert_same(written(columns, tmp_path / "tidy.parquet"), [GROUPS], ignore=REFUSED, formats=("json", "csv"))


def test_a_standard_without_a_record_in_its_place_says_what_it_says_otherwise(tmp_path: Path) -> None:
    columns = grouped(20) | {"市": ["长沙市"] * 20, "县(市、区)": ["望城区"] * 20}
    assert_same(written(columns, tmp_path / "tidy.parquet"), [GROUPS], select=["G-01", "G-05", "G-14"])


@pytest.mark.usefixtures("in_parts")
def test_groups_of_several_standards_beside_more_verdicts_than_memory_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MOST_ROWS", 20)
    monkeypatch.setattr(connection, "BATCH", 50)
    path = written(grouped(150, 2), tmp_path / "tidy.csv")
    assert_same(path, [GROUPS, "shenyang-2023"], ignore=REFUSED, formats=FEW_FORMATS)


@pytest.mark.parametrize(
    ("rule", "why"), [("G-16", "the function median"), ("G-17", "covers takes a list in a cell apart, which")]
)
def test_what_has_no_sql_is_refused_by_name(tmp_path: Path, rule: str, why: str) -> None:
    path = written(grouped(8), tmp_path / "tidy.parquet")
    with pytest.raises(CommunityCheckError, match=rule) as refused:
        check_in_engine(path, [GROUPS], as_of=AS_OF, select=[rule])
    assert f"{rule} ({why} is not covered)" in str(refused.value)


def test_regions_that_are_not_told_apart_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_PLACES", 6)
    path = written(grouped(60), tmp_path / "tidy.parquet")
    assert_same(path, [GROUPS], select=["G-01", "G-05"], formats=("csv",))
    with pytest.raises(CommunityCheckError, match=r"G-02 .*too many regions of the level street"):
        check_in_engine(path, [GROUPS], as_of=AS_OF, select=["G-01", "G-02"])


def test_more_open_records_than_are_held_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST_OPEN", 3)
    path = written(grouped(60), tmp_path / "tidy.parquet")
    with pytest.raises(CommunityCheckError, match="G-03 more than 3 records would have"):
        check_in_engine(path, [GROUPS], as_of=AS_OF, select=["G-03"])


@pytest.mark.parametrize("rule", ["G-01", "G-03"])
def test_a_view_that_says_something_else_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """As where the two would take other records together."""
    made = group_views.make_source

    def with_fewer(engine, script, *more) -> None:  # type: ignore[no-untyped-def]
        made(engine, script, *more)
        table = script.tables.table("community")
        engine.run(f'ALTER VIEW "{table}" RENAME TO whole')
        engine.run(f'CREATE VIEW "{table}" AS SELECT * FROM whole WHERE "row" > 5')

    monkeypatch.setattr(run, "make_source", with_fewer)
    path = written(grouped(60, blanks=0.0), tmp_path / "tidy.parquet")
    with pytest.raises(CommunityCheckError, match=f"by rule {rule} otherwise than the SQL views"):
        check_in_engine(path, [GROUPS], as_of=AS_OF, select=[rule])
