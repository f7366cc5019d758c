"""What remarks beside a figure make of it: ``standing_remarks.yaml`` has the answer for each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from communitycheck.returns.cells.standing.harmless import touches_no_figure
from communitycheck.returns.cells.standing.statements import statements
from each import each

REMARKS = yaml.safe_load((Path(__file__).parent / "standing_remarks.yaml").read_text(encoding="utf-8"))


@each("remark", REMARKS["doubtful"])
def test_a_remark_in_doubt_of_the_figure(remark: str) -> None:
    assert statements(remark, 2023)


@pytest.mark.parametrize("remark", REMARKS["told"])
def test_a_remark_that_is_put_before_the_reader(remark: str) -> None:
    assert statements(remark, 2023) or not touches_no_figure(remark, 2023)


@pytest.mark.parametrize("remark", REMARKS["harmless"])
def test_a_remark_that_touches_no_figure(remark: str) -> None:
    assert not statements(remark, 2023)
