"""A column of dates: a day, or the month, quarter, half or year that it lies in; what nobody can tell is not read."""

from __future__ import annotations

from communitycheck.returns.cells.dates import read_day
from each import each

CELLS: dict[str, str | None] = {
    "2022.6.9": "2022-06-09",
    "2022年6月9日": "2022-06-09",
    "2022/06/09": "2022-06-09",
    "2022-6-9": "2022-06-09",
    "20220609": "2022-06-09",
    "2022-06-09 00:00:00": "2022-06-09",
    "２０２２年６月９日": "2022-06-09",
    "二〇二二年六月九日": "2022-06-09",
    "44721": "2022-06-09",
    "44721.0": "2022-06-09",
    "2022年6月": "2022-06",
    "2022.6": "2022-06",
    "2022-06": "2022-06",
    "2022年6月底": "2022-06",
    "2022年第二季度": "2022-Q2",
    "2022年上半年": "2022-H1",
    "2022年下半年": "2022-H2",
    "2022": "2022",
    "2022年": "2022",
    "2022.0": "2022",
    "31/12/2022": "2022-12-31",
    "12/31/2022": "2022-12-31",
    "03/03/2022": "2022-03-03",
    "03/04/2022": None,  # the third of April or the fourth of March
    "31/31/2022": None,
    "2022-13-01": None,
    "2022-02-30": None,
    "22.6.9": None,
    "6月9日": None,
    "2022年1月至3月": None,
    "2022年1月1日至12月31日": None,
    "2022年一至三季度": None,
    "2022年前三季度": None,
    "已成立": None,
}


@each(("cell", "day"), CELLS.items())
def test_a_cell_of_a_date(cell: str, day: str | None) -> None:
    assert read_day(cell) == day
