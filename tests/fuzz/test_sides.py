"""Some of each kind of what is handed over beside workbooks, spoilt; the many are ``python tests/fuzz/sides.py``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from fuzz.sides import ALL, complaints, run


@pytest.mark.parametrize("kind", ALL)
def test_some_of_each(kind: str) -> None:
    line, failures = run(60, 500, [kind], count=2)
    assert not failures, "\n".join([*failures, line])
    assert f"{kind} 2" in line


@pytest.mark.slow
def test_many() -> None:
    line, failures = run(600, 50_000, ALL)
    assert not failures, "\n".join([*failures, line])


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ((4, "{}", ""), "exit code 4"),
        ((2, "", " "), "without a word"),
        ((2, "", "internal error (ValueError: x)"), "internal error"),
        ((0, "{", ""), "no JSON"),
        ((2, "", "a.csv: \x1b[31m"), "standard error"),
        ((2, "", "a\n::error::b"), "standard error"),
    ],
)
def test_what_is_a_failure(answer: tuple[int, str, str], found: str) -> None:
    (one,) = complaints(["check", "a.csv", "--format", "json"], answer)
    assert found in one


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    run(60, 0, ["settings"], count=2)
    assert list(tmp_path.iterdir()) == []
