"""A form beside tables: its figures stand beside their names."""

from __future__ import annotations

import pytest

from communitycheck.returns.columns.meaning.field_names import field_names
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.table.forms import states_known_figures
from communitycheck.standards import load_dictionary
from paths import RULES

NAMES = field_names(load_dictionary(RULES / "dictionary.yaml"))


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        ([["社区名称", "河东社区", None], ["常住户数", "1200", None]], True),
        ([["社区类型", "城市", "常住户数", "1200"], ["书记", "某人", None, None]], True),
        ([["综合服务设施面积", None, "400"]], True),
        ([["综合服务设施面积", "按产权证填写", None]], False),  # it explains the indicator
        ([["联系电话", "12345", None]], False),
        ([["河东社区", "1200", "400"]], False),
    ],
)
def test_figures_beside_their_names(lines: list[list[str | None]], form: bool) -> None:
    assert states_known_figures(grid_of_rows("x.xlsx", "s", lines), range(len(lines)), NAMES) is form
