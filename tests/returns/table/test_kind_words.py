"""Which kind of community a title speaks of: words that belong to the name of a place do not count."""

from __future__ import annotations

import pytest

from communitycheck.returns.table.stated_kind import RURAL, URBAN, kind_in


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("望江县古城镇社区（村）服务设施情况统计表", 0),
        ("马城镇社区基本情况", 0),
        ("新城镇社区设施情况表", 0),
        ("村（社区）服务设施情况", 0),
        ("社区、村服务设施情况", 0),
        ("望江县城镇社区情况表", URBAN),
        ("2023年大连市城市社区情况", URBAN),
        ("社区居民委员会情况表", URBAN),
        ("马城镇农村社区统计表", RURAL),
        ("各镇行政村基本情况", RURAL),
    ],
)
def test_the_kind_that_a_title_names(title: str, kind: int) -> None:
    assert kind_in(title) == kind
