"""Text set to a width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from communitycheck.reporting.text_width import fits, pad, widths, wrap

WRAPPED = [
    ("", 10, [""]),
    ("城市社区综合服务设施面积", 10, ["城市社区综", "合服务设施", "面积"]),
    ("社区、街道，县区。", 8, ["社区、街", "道，县", "区。"]),
    ("面积（平方米）", 7, ["面积", "（平方", "米）"]),
    ("one two three", 8, ["one two", "three"]),
    ("returns/2020/report.xlsx", 14, ["returns/2020/", "report.xlsx"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("实为 312 ㎡", 8, ["实为 312", "㎡"]),
]


@pytest.mark.parametrize(("text", "width", "lines"), WRAPPED)
def test_lines_break_where_they_may(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
    assert all(cell_len(line) <= width for line in lines)


def test_padding_counts_chinese_double() -> None:
    assert pad("社区", 6) == "社区  "
    assert pad("12", 4, right=True) == "  12"


def test_columns_that_may_wrap_give_way_first() -> None:
    table = [["规则", "名称"], ["LN-01", "城市社区综合服务设施面积"]]
    assert widths(table, [None, 10], 80) == [5, 24]
    assert widths(table, [None, 10], 21) == [5, 14]
    assert not fits(table, [None, 20], 21)
    assert fits(table, [None, 14], 21)
