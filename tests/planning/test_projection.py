"""The gap of another year: residents grow by the year of their figures, or a column gives what they will be."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.cli.run import run
from communitycheck.products.gap.front import gap
from planning.plans import RULES, amounts, random_rows, standard, write

RULE = {"indicator": "facility_area / households", "at_least": "30 m2/100 households", "lever": "facility_area"}


def found(path: Path, rules: Path, **more: Any) -> dict[str, dict[int, tuple[float, float]]]:
    return {one.lever.key: amounts(one) for one in gap(path, [rules], **more).needs.levers}


def table(folder: Path, head: str, *rows: str, title: str = "社区设施表（2023年）", name: str = "return.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([*([title] if title else []), head, *rows]) + "\n", "utf-8")
    return path


def test_as_if_the_return_said_so(tmp_path: Path) -> None:
    """The gap of grown figures is that of a return that states them."""
    rows, rules = random_rows(random.Random(7), 40), standard(tmp_path, RULES)
    grown = [
        {**row, "households": round(row["households"] * 1.03**7), "population": round(row["population"] * 1.03**7)}
        for row in rows
    ]
    then = found(write(tmp_path, grown), rules, as_of=date(2030, 12, 31))
    assert found(write(tmp_path, rows), rules, as_of=date(2023, 6, 30), at=2030, growth="3%") == then


def test_each_grows_from_its_own_year(tmp_path: Path) -> None:
    rules = standard(tmp_path, [RULE])
    path = table(
        tmp_path, "县区,社区名称,社区类型,年度,户数,综合服务设施面积(㎡)", "和平区,甲社区,城市,2023,1000,100",
        "和平区,乙社区,城市,2025,1000,100", title="",
    )  # fmt: skip
    lacking = found(path, rules, at=2027, growth="10%")["facility_area"]
    assert lacking[0][1] == pytest.approx(1464 * 0.3 - 100) and lacking[1][1] == pytest.approx(1210 * 0.3 - 100)


def test_a_column_gives_the_figures(tmp_path: Path) -> None:
    rules = standard(tmp_path, [RULE])
    path = table(
        tmp_path, "县区,社区名称,社区类型,户数,规划户数（2030年）,综合服务设施面积(㎡)",
        "和平区,甲社区,城市,1000,1500,300", "和平区,乙社区,城市,1000,,300", "和平区,丙社区,城市,1000,900,300",
    )  # fmt: skip
    given = found(path, rules, at=2030, projection=["户数=规划户数（2030年）"])["facility_area"]
    assert given == {0: (150.0, 150.0), 1: (0.0, float("inf"))}  # blank is not the figure of today


def test_where_the_column_is_missing_the_field_is_not_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path, [RULE])
    head = "县区,社区名称,社区类型,户数,{}综合服务设施面积(㎡)"
    one = table(tmp_path, head.format("2030年户数预测,"), "和平区,甲社区,城市,1000,1500,300", name="a.csv")
    two = table(tmp_path, head.format(""), "沈河区,乙社区,城市,9000,300", name="b.csv")
    words = ["--standard", str(rules), "--at", "2030", "--projection", "households=2030年户数预测"]
    run(["gap", str(one), str(two), *words, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [s["subject"]["name"] for s in told["subjects"] if s["kind"] == "exact"] == ["甲社区"]
    assert told["run"]["projection"]["not_used_in"] == [str(two)]
    run(["gap", str(one), str(two), *words, "--lang", "en"])
    assert "b.csv" in capsys.readouterr().out


WRONG = [
    (["--growth", "2%"], "--at"),
    (["--projection", "households=x"], "--at"),
    (["--at", "2030"], "--growth"),
    (["--at", "2030", "--growth", "2"], "2%"),
    (["--at", "2030", "--growth", "-100%"], "2%"),
    (["--at", "2030", "--growth", "5e50%"], "100%"),
    (["--at", "2030", "--growth", "-60%"], "-50%"),
    (["--at", "2030", "--projection", "facility_area=2030年户数"], "households"),
    (["--at", "2030", "--projection", "households=2030年预测常住人口"], "population"),
    (["--at", "20", "--growth", "2%"], "2030"),
    (["--at", "2023", "--growth", "2%"], "2023"),
    (["--at", "2030", "--projection", "households"], "--projection"),
    (["--at", "2030", "--projection", "housholds=x"], "households"),
    (["--at", "2030", "--projection", "households=2030年户数"], "户数"),
]


@pytest.mark.parametrize(("words", "remedy"), WRONG)
def test_what_is_not_clear(words: list[str], remedy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path, [RULE])
    path = table(tmp_path, "县区,社区名称,社区类型,户数,综合服务设施面积(㎡)", "和平区,甲社区,城市,1000,100")
    for lang in ("en", "zh"):
        assert run(["gap", str(path), "--standard", str(rules), *words, "--lang", lang]) == 2
        caught = capsys.readouterr()
        assert remedy in caught.err and "{" not in caught.err and not caught.out


def test_figures_of_no_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path, [RULE])
    path = table(tmp_path, "县区,社区名称,社区类型,户数,综合服务设施面积(㎡)", "和平区,甲社区,城市,1000,100", title="")
    words = ["gap", str(path), "--standard", str(rules), "--at", "2030", "--growth", "2%", "--lang", "en"]
    assert run(words) == 2 and "--as-of" in capsys.readouterr().err
    assert run([*words, "--as-of", "2024-12-31"]) == 0
    assert "The gap of 2030: Households grow by 2% a year" in capsys.readouterr().out
