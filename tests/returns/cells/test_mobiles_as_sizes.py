"""Mobile numbers that a spreadsheet has written as the size of a number are numbers of persons all the same."""

from __future__ import annotations

import pytest

from communitycheck.returns.cells.personal_numbers import personal_numbers


@pytest.mark.parametrize("text", ["1.3912345678E10", "1.3912345678E+10", "王某1.3912345678e+10"])
def test_a_mobile_with_an_exponent(text: str) -> None:
    (one,) = personal_numbers(text)
    assert (text[one.start : one.end].lstrip("王某"), one.kind) == (text.lstrip("王某"), "mobile")


@pytest.mark.parametrize("text", ["1.39E10", "1.3912345678E11", "2.3912345678E10", "1.3912345678"])
def test_other_numbers_with_an_exponent(text: str) -> None:
    assert [one.kind for one in personal_numbers(text)] == []
