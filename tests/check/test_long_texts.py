"""More text than one array can hold is judged and written like any other."""

from __future__ import annotations

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.checking import combine
from paths import SAMPLES

WORKBOOKS = [str(p) for p in sorted(SAMPLES.glob("*.xlsx"))]


@pytest.mark.parametrize("format", ["json", "csv", "text"])
def test_texts_in_several_pieces(monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    expected = "".join(render(check(WORKBOOKS), format, "zh", all_verdicts=True))
    monkeypatch.setattr(combine, "LONGEST", 0)
    report = check(WORKBOOKS)
    assert any(len(getattr(r.table.columns["community"].text, "chunks", ())) > 1 for r in report.records)
    assert "".join(render(report, format, "zh", all_verdicts=True)) == expected
