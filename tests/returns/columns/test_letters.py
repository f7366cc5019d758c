"""Names with enough letters in common are found as one comparison after the other finds them."""

from __future__ import annotations

from difflib import SequenceMatcher

from communitycheck.returns.columns.meaning.letters import Letters
from each import each

NAMES = ["综合服务设施面积", "社区服务站面积", "常住人口", "户数", "党员数", "设施", "floor area", "aab", "面积面积"]


@each("likeness", [0.3, 0.6, 0.7, 0.9])
@each("text", ["设施面积", "服务站", "人口", "aaab", "面积", "areas", "户", "不相干", "面面面"])
def test_none_that_is_alike_is_left_out(text: str, likeness: float) -> None:
    wanted = [
        name for name in NAMES
        if SequenceMatcher(a=name, b=text).quick_ratio() > likeness or all(name.count(x) >= text.count(x) for x in text)
    ]  # fmt: skip
    assert Letters.of(NAMES).shared(text, likeness) == wanted
