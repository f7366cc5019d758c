"""Sheets whose communities are named with other endings are one table where all names map one to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from check.workbook import book
from communitycheck.check import check


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (["清泉社区", "柳林社区"], ["清泉社区居委会", "柳林社区居委会"], True),
        (["清泉社区", "柳林社区"], ["柳林", "清泉"], True),
        (["清泉居委会", "柳林社区居民委员会"], ["清泉社区", "柳林社区"], True),
        (["清泉村", "柳林村"], ["清泉村委会", "柳林村民委员会"], True),
        (["清泉社区", "柳林村"], ["清泉", "柳林"], True),
        (["清泉社区", "柳林社区", "杏园社区"], ["清泉社区居委会", "柳林社区", "杏园社区"], True),
        # one finds none, two find the same, a village is no community of residents
        (["清泉社区", "柳林社区"], ["清泉", "杏园"], False),
        (["清泉社区", "清泉村"], ["清泉", "柳林"], False),
        (["清泉社区", "柳林社区"], ["清泉村委会", "柳林社区居委会"], False),
        (["清泉村", "柳林村"], ["清泉村居委会", "柳林村"], False),
    ],
)
def test_names_that_differ_in_their_endings(first: list[str], second: list[str], joined: bool, tmp_path: Path) -> None:
    people = [["社区名称", "社区类型", "户数"], *([name, "农村" if "村" in name else "城市", 1000] for name in first)]
    rooms = [["社区名称", "综合服务设施面积"], *([name, 420] for name in second)]
    report = check(book(tmp_path / "a.xlsx", 人口=people, 设施=rooms), standards=["liaoning-2021"], select=["LN-03"])
    codes = {notice.code for notice in report.notices}
    assert ("sheets-joined-by-stem" in codes) is joined
    if joined:
        assert report.subjects == len(first) and report.exit_code == 0
