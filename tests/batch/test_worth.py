"""How many processes are started where nobody says."""

from __future__ import annotations

import pytest

from communitycheck.returns.batch.parts import Part
from communitycheck.returns.batch.read_many import workers_worth_starting

MB = 1 << 20


@pytest.mark.parametrize(
    ("portions", "several"),
    [
        ([Part(f"{i}.xlsx", 20_000) for i in range(3)], False),
        ([Part(f"{i}.xlsx", 20_000) for i in range(3_000)], True),
        ([Part("a.xlsx", 9 * MB), Part("b.xlsx", 9 * MB)], True),
        ([Part("a.zip", 9 * MB, files=50), Part("b.zip", 9 * MB, files=50)], True),
        ([Part("2022.csv", 90 * MB), Part("2023.CSV", 90 * MB)], False),
        ([Part(f"{i}.csv", 20_000) for i in range(3_000)], True),
        ([Part("2022.csv", 90 * MB), *(Part(f"{i}.xls", 20_000) for i in range(300))], True),
    ],
)
def test_workers_are_started_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, portions: list[Part], several: bool
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    assert workers_worth_starting(portions) == (2 if several else 1)
