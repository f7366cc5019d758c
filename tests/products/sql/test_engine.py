"""``check --engine duckdb`` gives the report of ``check``, or says by name why it does not."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

import communitycheck
from communitycheck import api
from communitycheck.cli.run import run as run_command
from communitycheck.errors import CommunityCheckError
from communitycheck.model.dictionary import Field
from communitycheck.model.report import Report
from communitycheck.products.sql.engine import connection, groups, records, run, source
from communitycheck.products.sql.engine.front import check_in_engine
from communitycheck.products.sql.front import sql_script
from paths import ROOT

AS_OF = date(2023, 12, 31)
EIGHT = str(ROOT / "bench" / "eight_rules.yaml")
BUILT_IN = ("anhui-2019", "liaoning-2021", "panzhihua-2018", "published-figures", "shenyang-2023", "wangcheng-2021")
FIGURES = (1, 2, 3, 5, 7, 8, 10, 13, 30, 100, 350, 400, 400 * (1 - 1e-9), 400 * (1 - 3e-9), 400 * (1 + 3e-9), 600, 1000,
           1333, 3000, 5000, 5001, 0.3, 0.1 + 0.2, 2.5, 0, 0, -1)  # fmt: skip
PLACES = [("沈阳市", "和平区"), ("沈阳市", "大东区"), ("大连市", "中山区"), ("攀枝花市", "米易县")]
FEW_FORMATS = ("text", "json", "csv", "markdown")  # that tell of any number of verdicts
Columns = dict[str, list[Any]]


def rendered(report: Report, format: str) -> str:
    return "".join(api.render(report, format, "en"))


def assert_same(path: Path, standards: list[str], *, formats: tuple[str, ...] = ("json",), **options: Any) -> Report:
    """The reports, in the formats, byte for byte."""
    ours = communitycheck.check(path, standards, as_of=AS_OF, **options)
    theirs = check_in_engine(path, standards, as_of=AS_OF, **options)
    assert theirs.notices.pop(0).code == run.JUDGED_SO
    ours.notices = [one for one in ours.notices if not one.code.startswith("unit-slip-among")]
    for format in formats:
        for mine, other in zip(rendered(ours, format).split("\n"), rendered(theirs, format).split("\n"), strict=True):
            assert other == mine
    return theirs


def communities(n: int) -> Columns:
    """Communities in several cities, whose figures lie about the limits."""
    some = random.Random(7)
    kinds = [some.random() < 0.6 for _ in range(n)]
    places = [PLACES[k % len(PLACES)] for k in range(n)]
    return {
        "市": [city for city, _ in places],
        "县(市、区)": [county for _, county in places],
        "社区名称": [f"第{k + 1}{'社区' if urban else '村'}" for k, urban in enumerate(kinds)],
        "社区类型": ["城市社区" if urban else "农村社区" for urban in kinds],
        "户数": [some.choice([None, 0, 200, 1000, 3000]) for _ in range(n)],
        "常住人口": [some.choice([None, 2000, 3000, 5000, 5001, 10000]) for _ in range(n)],
        "综合服务设施面积(㎡)": [some.choice([None, 0.0, 349.9, 350.0, 400.0, 399.9, 650.5, -3.0]) for _ in range(n)],
        "开放时间(小时/天)": [some.choice([None, 7.5, 8.0, 24.0, 25.0]) for _ in range(n)],
        "综合服务窗口数": [some.choice([None, 0, 1, 2, 3]) for _ in range(n)],
        "工作人员数": [some.choice([None, 1, 2, 3, 4]) for _ in range(n)],
        "注册志愿者": [some.choice([None, 0, 260, 390, 650]) for _ in range(n)],
        "社区社会组织数": [some.choice([None, 5, 9, 10, 11]) for _ in range(n)],
        "儿童之家": [some.choice(["有", "无", None]) for _ in range(n)],
    }


def written(columns: Columns, path: Path) -> Path:
    table = pa.table(columns)
    match path.suffix:
        case ".parquet":
            pa.parquet.write_table(table, path)
        case ".arrow":
            with pa.ipc.new_file(path, table.schema) as out:
                out.write_table(table)
        case _:
            pa.csv.write_csv(table, path)
    return path


@pytest.mark.parametrize("suffix", [".parquet", ".csv", pytest.param(".arrow", marks=pytest.mark.slow)])
def test_every_format_is_the_same(tmp_path: Path, suffix: str) -> None:
    path = written(communities(240), tmp_path / f"tidy{suffix}")
    formats = [one for one in api.formats().names if one != "html"]  # without the pictures of all values
    report = assert_same(path, [EIGHT], formats=tuple(formats))
    assert report.exit_code == 1


@pytest.mark.parametrize(
    "file", ["户数=100/tidy.parquet", "year=2023/tidy.csv", "市=大连市/tidy.parquet", "tidy[1]*?.parquet"]
)
def test_what_a_folder_or_a_pattern_says_takes_nothing_from_the_file(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    columns = {key: values[:4] for key, values in communities(40).items()} | {"户数": [3000, 1000, 200, 3000]}
    written(columns, path.with_name("tidy1a.parquet"))  # what the pattern would fit
    assert_same(written({key: values[::-1] for key, values in columns.items()}, path), [EIGHT])


def test_each_record_is_judged_by_the_standard_of_its_place(tmp_path: Path) -> None:
    path = written(communities(240), tmp_path / "tidy.parquet")
    report = assert_same(path, [])
    assert {one.id for one in report.standards} >= {"shenyang-2023", "liaoning-2021", "panzhihua-2018"}


def test_more_verdicts_than_memory_holds_come_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes, from some records at a time; formats that need all of them at once say so."""
    monkeypatch.setattr(run, "MOST_ROWS", 20)
    monkeypatch.setattr(connection, "BATCH", 50)
    monkeypatch.setattr(connection, "SPAN", 170)
    monkeypatch.setattr(records, "SUBJECTS", 100)
    monkeypatch.setattr(source, "MOST_OF_GROUP", 500)
    monkeypatch.setattr(groups, "PART", 70)
    path = written(communities(600), tmp_path / "tidy.parquet")
    for standards in ([EIGHT], []):
        many = assert_same(path, standards, formats=FEW_FORMATS)
        with pytest.raises(CommunityCheckError, match="too many verdicts"):
            rendered(many, "sarif")


def cell(some: random.Random, field: Field) -> Any:
    if some.random() < 0.15:
        return None
    match field.type:
        case "truth":
            return some.random() < 0.6
        case "category":
            return some.choice([(*forms, key)[0] for key, forms in field.values.items()])
        case "date":
            return AS_OF + timedelta(days=some.randrange(-900, 30))
        case "share":
            return some.choice([0.0, 0.3, 0.5, 0.9, 1.0, float("nan")])
        case "int" | "count" | "days" | "hours" | "times":
            return float(some.choice([one for one in FIGURES if one == int(one)]))
        case "decimal":
            return float(some.choice([*FIGURES, float("nan")]))
        case _:
            return f"{some.choice('甲乙丙')}一"


def messy(standard: str, seed: int, n: int) -> Columns:
    """Records of what the rules of a standard ask: NULL, NaN, zeros, limits, and what lies beside them."""
    some = random.Random(f"{standard} {seed}")
    script = sql_script(standard, "duckdb", as_of=AS_OF)
    asked = [key for key in script.asked.get("community", {}) if key not in ("city", "county")]
    fields = [script.dictionary.fields[key] for key in asked]
    columns: Columns = {"社区名称": [f"第{k + 1}社区" for k in range(n)]}
    for field in fields:
        if field.key != "community":
            unit = {"m2": "(平方米)", "10k yuan": "(万元)"}.get(field.unit, "")
            columns[field.label.zh + unit] = [cell(some, field) for _ in range(n)]
    told = list(columns)[1:]
    for k in range(n if told else 0):  # a row of nothing but a name is refused, as a heading may be
        if all(columns[name][k] is None or columns[name][k] != columns[name][k] for name in told):
            columns[told[0]][k] = next(one for one in columns[told[0]] if one == one is not None)
    return columns


def not_covered(standard: str) -> list[str]:
    """The rules that are left out, because they have no SQL."""
    return list(sql_script(standard, "duckdb", as_of=AS_OF).refused)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))])
@pytest.mark.parametrize("standard", BUILT_IN)
def test_messy_figures_are_judged_alike(tmp_path: Path, standard: str, seed: int) -> None:
    columns = messy(standard, seed, 120)
    if len(columns) < 3:
        pytest.skip("no rules about communities")
    path = written(columns, tmp_path / "messy.parquet")
    assert_same(path, [standard], ignore=not_covered(standard))


# Cells and rows of which an engine must not make anything: column, row, what stands there, code.
NOT_TIDY = (
    ("综合服务设施面积(㎡)", 5, "约340", "engine-cells"),
    ("综合服务设施面积(㎡)", 5, "12万", "engine-cells"),
    ("综合服务设施面积(㎡)", 5, "４００", "engine-cells"),
    ("综合服务设施面积(㎡)", 5, "400㎡", "engine-cells"),
    ("户数", 5, "300-400", "engine-cells"),
    ("儿童之家", 5, "筹建中", "engine-cells"),
    ("社区类型", 5, "其他", "engine-cells"),
    ("社区名称", 5, "合计", "engine-row"),
    ("社区名称", 5, "和平区", "engine-row"),
    ("社区名称", 5, "其中：城市社区", "engine-row"),
    ("社区名称", 5, "甲社区、乙社区", "engine-row"),
    ("社区名称", 5, "第1村", "engine-twice"),
    ("社区名称", 5, "第1村委会", "engine-twice"),
    ("社区名称", 5, "第１村", "engine-twice"),
    ("社区名称", 5, "5", "engine-row"),
    ("社区名称", 5, None, "engine-blank"),
    ("县(市、区)", 5, "小计", "engine-row"),
    ("县(市、区)", 5, None, "engine-blank"),
    ("备注", 5, "尚未建成", "engine-remarks"),
)


def test_what_is_not_tidy_is_refused_by_name(tmp_path: Path) -> None:
    for header, row, text, code in NOT_TIDY:
        columns = {name: list(map(_as_text, values)) for name, values in communities(20).items()}
        columns["县(市、区)"] = ["和平区"] * 20
        columns["市"] = ["沈阳市"] * 20
        columns.setdefault(header, [None] * 20)
        columns["社区名称"][0] = "第1村"
        columns[header][row - 2] = text
        path = written(columns, tmp_path / "odd.parquet")
        with pytest.raises(CommunityCheckError) as told:
            check_in_engine(path, [EIGHT], as_of=AS_OF)
        assert told.value.code == code, (header, text, told.value)
        assert "odd.parquet" in str(told.value)


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def test_what_is_no_table_for_an_engine_is_refused(tmp_path: Path) -> None:
    tidy = written(communities(20), tmp_path / "tidy.csv")
    gbk = tmp_path / "gbk.csv"
    gbk.write_bytes(tidy.read_bytes().decode().encode("gb18030"))
    blank = tmp_path / "blank.csv"
    blank.write_text(tidy.read_text(encoding="utf-8").replace("第3", "\n第3", 1), encoding="utf-8")
    titled = tmp_path / "titled.csv"
    titled.write_text("二〇二三年统计表,,\n" + tidy.read_text(encoding="utf-8"), encoding="utf-8")
    book = ROOT / "sample_data" / "shenyang_2023.xlsx"
    for path, options, code in (
        (gbk, {}, "engine-encoding"),
        (blank, {}, "engine-lines"),
        (book, {}, "engine-kind"),
        (f"{book}::社区", {}, "engine-database"),
        ("postgresql://reader:secret@host/db?table=communities", {}, "engine-database"),
        (tmp_path / "none.parquet", {}, "file-missing"),
        (tidy, {"engine": "duckbd"}, "option-choice"),
        ([tidy, gbk], {}, "engine-paths"),
    ):
        with pytest.raises(CommunityCheckError) as told:
            check_in_engine(path, [EIGHT], as_of=AS_OF, **options)
        assert told.value.code == code, told.value
        assert "secret" not in str(told.value)
    with pytest.raises(CommunityCheckError):
        check_in_engine(titled, [EIGHT], as_of=AS_OF)


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tidy = written(communities(20), tmp_path / "tidy.csv")
    for package in ("duckdb", "sqlglot"):
        monkeypatch.setattr(connection, "find_spec", lambda name, gone=package: None if name == gone else name)
        with pytest.raises(CommunityCheckError, match=f"needs {package}, which is not installed; run pip install"):
            check_in_engine(tidy, [EIGHT], as_of=AS_OF)


def test_the_command_line_refuses_what_an_engine_does_not_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tidy = written(communities(20), tmp_path / "tidy.csv")
    for options in (["--waivers", "w.yaml"], ["--all-verdicts"], ["--split-by", "city"], ["--jobs", "2"]):
        code = run_command(["check", str(tidy), "--engine", "duckdb", "--lang", "en", *options])
        assert code == 2
        assert f"--engine does not go with {options[0]}" in capsys.readouterr().err


@pytest.mark.slow
def test_the_bench_finds_no_difference(tmp_path: Path) -> None:
    script = str(ROOT / "bench" / "beyond.py")
    command = [sys.executable, script, "2", "--size", "600", "--compare", "--out", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
