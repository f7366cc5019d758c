"""Long runs of one thing, wherever a table has text: what reading costs grows no faster than they do."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communitycheck.returns.read import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

Rows = list[list[str]]
HEADER = ["社区名称", "户数（户）", "综合服务设施面积（平方米）", "是否有养老服务", "备注"]
# As many characters as Excel lets a cell have.
LONG = 32_767
# A quarter of it costs a quarter, or a sixteenth where the cost grows with the square: what lies between is told apart.
PART, MOST = 4, 9.0
LEAST = 0.05  # seconds; what costs less is as good as nothing
RUNS = [
    *(" ", "\t", "\n", "\u3000", "1", "1,", "1.", "9:00-", "2023-", ",", "、", "/", "-", "：", "*", "★", "?", "。"),
    *("（", "(", "）", "【", "[", "中", "一", "八九", "十", "年", "号", "室", "区", "社区", "街道办事处", "其中："),
    *("一、", "合计", "备注：", "约", "万", "%", "a", "Z", "i ", "某", "×", "已建", "计划", "未", "等", "和", "有的"),
]  # fmt: skip


def in_a_row(column: int) -> Callable[[Rows, str], None]:
    def put(rows: Rows, text: str) -> None:
        rows[3][column] = text

    return put


def in_the_header(rows: Rows, text: str) -> None:
    rows[0][2] = "面积" + text


def in_a_second_header(rows: Rows, text: str) -> None:
    rows.insert(1, ["", "其中" + text, "", "", ""])


def in_the_title(rows: Rows, text: str) -> None:
    rows.insert(0, ["统计表" + text, "", "", "", ""])


def in_the_line_of_the_unit(rows: Rows, text: str) -> None:
    rows.insert(0, ["单位：" + text, "", "", "", ""])


def in_a_note(rows: Rows, text: str) -> None:
    rows.append(["注：" + text, "", "", "", ""])


PLACES: dict[str, Callable[[Rows, str], None]] = {
    "name": in_a_row(0),
    "figure": in_a_row(1),
    "yes or no": in_a_row(3),
    "remark": in_a_row(4),
    "header": in_the_header,
    "second header": in_a_second_header,
    "title": in_the_title,
    "unit": in_the_line_of_the_unit,
    "note": in_a_note,
}


def cost(place: str, run: str, length: int, folder: Path) -> float:
    """Seconds of processor time that a table of eight records takes which has such a text at the place."""
    rows = [HEADER, *([f"第{i}社区", str(900 + i), str(300 + i), "有", ""] for i in range(1, 9))]
    PLACES[place](rows, run * (length // len(run)))
    file = folder / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink).writerows(rows)
    dictionary = load_dictionary(RULES / "dictionary.yaml")
    start = time.process_time()
    read_return(file, dictionary)
    return time.process_time() - start


def grows_with_the_square(place: str, run: str, length: int, folder: Path) -> bool:
    """Both lengths are measured beside each other, and once more where a busy machine may have upset the first."""
    return all(
        cost(place, run, length, folder) > MOST * max(cost(place, run, length // PART, folder), LEAST) for _ in range(3)
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", ["（", "其中：", "9:00-"])
def test_what_once_grew_with_the_square(place: str, run: str, tmp_path: Path) -> None:
    assert not grows_with_the_square(place, run, LONG // PART, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", RUNS)
def test_any_run(place: str, run: str, tmp_path: Path) -> None:
    assert not grows_with_the_square(place, run, LONG, tmp_path)
