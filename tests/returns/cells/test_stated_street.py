"""The street that the titles of a return, or the names of its sheet and file, say its communities lie in."""

from __future__ import annotations

import pytest

from communitycheck.returns.cells.stated_place import stated_street


@pytest.mark.parametrize(
    ("titles", "names", "street"),
    [
        (["昌图县八面城镇村（社区）阵地情况表"], [], "八面城镇"),
        (["填报单位：滨河街道办事处（公章）"], [], "滨河街道"),
        (["某表", "2022年度青山乡社区统计表"], [], "青山乡"),
        (["昌图县社区情况表"], ["后窑镇", "昌图县"], "后窑镇"),
        (["昌图县社区情况表"], ["Sheet1", "昌图县_03后窑镇（定稿）"], "后窑镇"),
        (["社区情况"], ["昌图县-后窑镇-2022"], "后窑镇"),
        (["后窑镇社区情况"], ["八面城镇"], "后窑镇"),
        # of several, or of none
        (["后窑镇、八面城镇社区情况"], [], ""),
        (["后窑镇等4个乡镇社区情况"], [], ""),
        (["昌图县各乡镇社区情况"], [], ""),
        (["全市城镇社区情况"], [], ""),
        (["新型城镇社区建设情况"], [], ""),
        (["XX镇社区情况表"], [], ""),
        (["后窑镇社区情况", "填报单位：八面城镇"], [], ""),
        (["社区情况"], ["报送后窑镇"], ""),
    ],
)
def test_street(titles: list[str], names: list[str], street: str) -> None:
    assert stated_street(titles, names) == street
