"""Figures that another unit may have made, by the median of their region: who is asked about, and how seldom."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from communitycheck.check import check
from communitycheck.messages import LANGS
from communitycheck.model.returns import Notice
from communitycheck.reporting.words.sentences import Wording

AMONG = ("unit-slip-among", "unit-slip-among-less")
CLOSE = [420, 450, 480, 500, 510, 540, 560, 600, 640]


def asked(folder: Path, *areas: Any, counties: str = "", name: str = "r.csv", year: int = 2023) -> list[Notice]:
    return [one for one in told(folder, *areas, counties=counties, name=name, year=year) if one.code in AMONG]


def told(folder: Path, *areas: Any, counties: str = "", name: str = "r.csv", year: int = 2023) -> list[Notice]:
    written(folder, *areas, counties=counties, name=name, year=year)
    return check(folder / name, ["liaoning-2021"], region="大连市").notices


def written(folder: Path, *areas: Any, counties: str, name: str, year: int) -> None:
    places = {"": "中山区", "a": "中山区", "b": "西岗区"}
    lines = [f"{year}年大连市社区情况表", "区县,社区名称,社区类型,综合服务设施面积"]
    for k, area in enumerate(areas):
        lines.append(f"{places[counties[k : k + 1]]},第{k + 1}社区,城市社区,{area}")
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


# Areas in one county; then by how many times which is asked about.
COUNTIES: list[tuple[str, list[Any], dict[int, str]]] = [
    ("ten times", [*CLOSE, 5100], {9: "10"}),
    ("a tenth", [*CLOSE, 51.5], {9: "10"}),
    ("a hundredth", [*CLOSE, 5.2], {9: "100"}),
    ("what cannot be is asked about as it is", [*CLOSE, 5_100_000], {}),
    ("a thousandth", [*CLOSE, 0.52], {9: "1,000"}),
    ("mu for square metres", [*CLOSE, 0.78], {9: "666.7"}),
    ("two of forty", [*CLOSE, *CLOSE, *CLOSE, *CLOSE, 500, 500, 5000, 5200], {38: "10", 39: "10"}),
    ("no slip of a unit", [*CLOSE, 3000], {}),
    ("five times is a tail", [*CLOSE, 2500, 5100], {}),
    ("figures far apart", [60, 120, 300, 500, 900, 1500, 2600, 3900, 5100], {}),
    ("a kind of its own", [*CLOSE, 5000, 5100, 5200], {}),
    ("too few", [450, 480, 500, 510, 540, 560, 5100], {}),
    ("just enough", [450, 480, 500, 510, 540, 560, 600, 5100], {7: "10"}),
    ("blanks and bounds are no peers", [450, 480, 500, 510, 540, "", "约500", 5100], {}),
    ("a bound is not asked about", [*CLOSE, "约5100"], {}),
    ("small figures", [4, 5, 5, 5, 6, 6, 6, 7, 50], {}),
    ("zeros", [*CLOSE, 0, 0, 0], {}),
]


@pytest.mark.parametrize(("areas", "found"), [one[1:] for one in COUNTIES], ids=[one[0] for one in COUNTIES])
def test_who_is_asked_about(areas: list[Any], found: dict[int, str], tmp_path: Path) -> None:
    got = {int(str(one.at.cell)[1:]) - 3: one.values["times"] for one in asked(tmp_path, *areas)}
    assert got == found


def test_the_nearest_region_with_enough_figures_counts(tmp_path: Path) -> None:
    large = [4800, 5000, 5100, 5200, 5300, 5400, 5500, 5600]
    assert not asked(tmp_path, *CLOSE, *large, counties="a" * 9 + "b" * 8)  # each is usual where it lies
    (one,) = asked(tmp_path, *CLOSE, *CLOSE, 5100, 520, counties="a" * 18 + "bb")
    assert (one.values["region"], one.text) == ("大连市", "第19社区")  # two of a county say nothing


def test_it_is_a_question_in_both_languages_and_judges_nothing(tmp_path: Path) -> None:
    written(tmp_path, *CLOSE, 5100, counties="", name="r.csv", year=2023)
    report = check(tmp_path / "r.csv", ["liaoning-2021"], region="大连市", select=["LN-01"])
    (one,) = (notice for notice in report.notices if notice.code in AMONG)
    assert report.exit_code == 0 and report.results[0].counts()[0] == 10
    for lang in LANGS:
        words = Wording(lang, report.dictionary).notice(one)
        assert "5,100" in words and "525" in words and "中山区" in words


def test_a_cell_that_is_asked_about_is_asked_once(tmp_path: Path) -> None:
    for year, last in ((2022, 510), (2023, 5100)):
        written(tmp_path, *CLOSE, last, counties="", name=f"{year}.csv", year=year)
    report = check(tmp_path, ["liaoning-2021"], region="大连市")
    assert [one.code for one in report.notices if "slip" in one.code] == ["unit-slip-since"]


def test_many_are_told_as_a_number(tmp_path: Path) -> None:
    areas = [CLOSE[k % 9] for k in range(700)]
    for k in range(25):
        areas[28 * k] = 5000 + k
    notices = told(tmp_path, *areas)
    assert len([one for one in notices if one.code in AMONG]) == 20
    assert [one.values["count"] for one in notices if one.code == "more-unlike-peers"] == [5]


@pytest.mark.parametrize("sigma", [0.2, 0.4, 0.6, 0.9, 1.3])
def test_where_nothing_slipped_hardly_anything_is_asked(sigma: float, tmp_path: Path) -> None:
    rng = random.Random(int(10 * sigma))
    areas = [round(rng.lognormvariate(6.2, sigma), 1) for _ in range(1500)]
    counties = "".join(rng.choice("ab") for _ in areas)
    assert len(asked(tmp_path, *areas, counties=counties)) <= 1
