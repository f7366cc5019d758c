"""Folders that let nobody in, and folders that say that they are caches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from communitycheck.returns.files.find import look_for_files

SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"


@pytest.mark.parametrize("given", ["closed/*.csv", "closed/a.csv", "closed/below/a.csv", "closed/**/*.csv"])
def test_a_closed_folder_is_told_as_one(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    shut = str(tmp_path / "closed")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != shut and allowed(path, mode))
    found, errors, _ = look_for_files([tmp_path / given])
    assert found == []
    assert [(error.code, error.path) for error in errors] == [("folder-closed", shut)]


@pytest.mark.parametrize("tag", ["", "x", "Signature: 0", "signature: 8a477f597d28d172789f06886806bc55"])
def test_a_file_called_like_the_tag_of_caches_hides_no_return(tag: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_text("x")
    (tmp_path / "sub" / "CACHEDIR.TAG").write_text(tag)
    assert [Path(one.path).name for one in look_for_files([tmp_path])[0]] == ["a.csv"]


def test_a_folder_of_caches_is_passed_over_and_told(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_text("x")
    (tmp_path / "sub" / "CACHEDIR.TAG").write_text(SIGNATURE + "\n# by some program\n")
    (tmp_path / "b.csv").write_text("x")
    found, _, besides = look_for_files([tmp_path])
    assert ([Path(one.path).name for one in found], besides.passed) == (["b.csv"], [f"{tmp_path / 'sub'}/"])
