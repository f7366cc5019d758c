"""How many processes are started where nobody says."""

from __future__ import annotations

import pytest

from communitycheck.returns.files.batch import _worth
from communitycheck.returns.files.portions import Portion

MB = 1 << 20


@pytest.mark.parametrize(
    ("portions", "several"),
    [
        ([Portion(f"{i}.xlsx", 20_000) for i in range(3)], False),
        ([Portion(f"{i}.xlsx", 20_000) for i in range(3_000)], True),
        ([Portion("a.xlsx", 9 * MB), Portion("b.xlsx", 9 * MB)], True),
        ([Portion("a.zip", 9 * MB, files=50), Portion("b.zip", 9 * MB, files=50)], True),
        ([Portion("2022.csv", 90 * MB), Portion("2023.CSV", 90 * MB)], False),
        ([Portion(f"{i}.csv", 20_000) for i in range(3_000)], True),
        ([Portion("2022.csv", 90 * MB), *(Portion(f"{i}.xls", 20_000) for i in range(300))], True),
    ],
)
def test_workers_are_started_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, portions: list[Portion], several: bool
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert _worth(portions) == (2 if several else 1)
