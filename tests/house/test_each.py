"""``tests/each.py`` hides nothing: every case runs, and every one that fails is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from each import each


def test_all_cases_run_and_all_that_fail_are_named() -> None:
    ran = []

    @each("a, b", [(1, 1), (2, 3), (4, 4), (5, 6)])
    def equal(a: int, b: int) -> None:
        ran.append((a, b))
        assert a == b, "unlike"

    with pytest.raises(AssertionError, match=r"2 of 4 cases fail\n2-3: AssertionError: unlike(.|\n)*\n5-6: ") as told:
        equal()
    assert ran == [(1, 1), (2, 3), (4, 4), (5, 6)] and isinstance(told.value.__cause__, AssertionError)


@pytest.mark.parametrize("cases", [[], [pytest.param(1)], [(1, 2)]], ids=["none", "marked", "of two values"])
def test_cases_that_would_not_run_are_refused(cases: list[object]) -> None:
    with pytest.raises(AssertionError):
        each(("one",), cases)


def test_what_is_skipped_skips_no_other() -> None:
    ran: list[str] = []

    def skips(name: str) -> None:
        if name == "absent":
            pytest.skip("not here")
        ran.append(name)

    each("name", ["absent", "there"])(skips)()
    assert ran == ["there"]
    with pytest.raises(pytest.skip.Exception):
        each("name", ["absent"])(skips)()


@each("number", range(3))
def test_a_case_has_a_folder_and_patches_of_its_own(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], bool]
) -> None:
    assert fresh() and not [*tmp_path.iterdir()]
    (tmp_path / "left").touch()
    monkeypatch.setenv("COMMUNITYCHECK_EACH", str(number))


@pytest.fixture
def fresh() -> Callable[[], bool]:
    import os

    return lambda: "COMMUNITYCHECK_EACH" not in os.environ
