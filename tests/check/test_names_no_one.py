"""A row that names no one subject, and a figure that belongs to several, pass nobody."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.returns.table.left_out.one_subject import names_no_one

HEAD = "社区名称,社区类型,户数,综合服务设施面积\n"
ROWS = "河东社区,城市社区,1200,450\n河西社区,城市社区,900,440\n"
NOBODY = (
    "松江社区、柳江社区 松江社区和柳江社区 河北社区等4个社区 5个社区 其他社区 其余村 各村平均 全部社区 社区 村（社区） "
    "村和社区 暂无 某某社区 ××社区 **社区 XX街道XX社区 "
    "（示例）松江社区 测试社区 拟建社区 松江社区（已撤销） 松江社区（并入柳江社区） 未命名"
)
SOMEBODY = (
    "和平社区 平等社区 七个星镇 各庄村 全胜社区 松江社区（原江南、江北） 和谐社区 X社区 五家子村 同心社区 新建社区 "
    "六家社区 所里村 及第社区 松江社区（由柳江社区并入） 第3社区 松江 和社区 与村 及村委会"
)


@pytest.mark.parametrize("name", NOBODY.split())
def test_a_name_of_no_one_is_not_judged(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}{ROWS}“{name}”,城市社区,1000,430\n".replace("“", '"').replace("”", '"'), "utf-8")
    report = check(path, standards=["liaoning-2021"], select=["LN-01"])
    assert report.exit_code == 3
    assert report.subjects == 2


@pytest.mark.parametrize("name", SOMEBODY.split())
def test_a_name_like_one_is_a_name(name: str) -> None:
    assert not names_no_one(name)


def test_a_figure_merged_over_two_records_belongs_to_neither(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["社区名称", "社区类型", "户数", "综合服务设施面积"],
        ["河东社区", "城市社区", 1200, 450],
        ["河西社区", None, 900, None],
        ["河南社区", "城市社区", 800, 430],
    ):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    report = check(tmp_path / "a.xlsx", standards=["liaoning-2021"], select=["LN-01"])
    verdicts = list(report.results[0].verdicts(all_outcomes=True))
    assert [verdict.outcome.word for verdict in verdicts] == ["no_data", "no_data", "pass"]
    assert [n.at.cell for n in report.notices if n.code == "merged-figure"] == ["D2", "D3"]
    assert report.exit_code == 3
