"""More text than one array can hold is judged and written like any other."""

from __future__ import annotations

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.model.views import joined
from paths import SAMPLES

WORKBOOKS = [str(p) for p in sorted(SAMPLES.glob("*.xlsx"))]


@pytest.fixture(scope="module", params=[1, pytest.param(len(WORKBOOKS), marks=pytest.mark.slow)])
def returns(request: pytest.FixtureRequest) -> list[str]:
    return WORKBOOKS[-request.param :]


@pytest.fixture(scope="module")
def whole(returns: list[str]) -> Report:
    return check(returns)


@pytest.fixture(scope="module")
def in_pieces(returns: list[str]) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "LONGEST", 0)
        return check(returns)


@pytest.mark.parametrize("format", ["json", "csv", pytest.param("text", marks=pytest.mark.slow)])
def test_texts_in_several_pieces(
    monkeypatch: pytest.MonkeyPatch, whole: Report, in_pieces: Report, format: str
) -> None:
    expected = "".join(render(whole, format, "zh", all_verdicts=True))
    monkeypatch.setattr(joined, "LONGEST", 0)
    assert any(len(getattr(r.table.columns["community"].text, "chunks", ())) > 1 for r in in_pieces.records)
    assert "".join(render(in_pieces, format, "zh", all_verdicts=True)) == expected
