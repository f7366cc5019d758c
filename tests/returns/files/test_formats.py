"""The list of file formats, and what asks it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from communitycheck.returns.files import names, sniff
from communitycheck.returns.files.find import find_files
from communitycheck.returns.files.formats.file_format import Content, FileFormat
from communitycheck.returns.files.formats.registry import FORMATS, SUFFIXES, usual_suffixes
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import grid_of_rows
from paths import ROOT


def test_names_and_suffixes_are_told_apart() -> None:
    assert max(Counter(one.name for one in FORMATS).values()) == 1
    assert max(Counter(suffix for one in FORMATS for suffix in one.suffixes).values()) == 1
    assert all(set(one.usual) <= set(one.suffixes) for one in FORMATS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)


def test_an_empty_folder_is_told_what_could_be_in_it(tmp_path: Path) -> None:
    (error,) = find_files([tmp_path])[1]
    assert f"({usual_suffixes().en})" in str(error)


@pytest.mark.parametrize(("lang", "name"), [("zh", "README.zh-CN.md"), ("en", "README.md")])
def test_the_readme_lists_them(lang: str, name: str) -> None:
    assert usual_suffixes().in_lang(lang) in (ROOT / name).read_text(encoding="utf-8")


def test_a_new_format_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: Path, shown: str) -> Content:
        _, *lines = file.read_text("utf-8").splitlines()
        return Content([grid_of_rows(shown, "", [[*line.split("=")] for line in lines])])

    made = FileFormat("pairs", (".pairs",), (".pairs",), lambda sample: sample.head.startswith(b"#pairs\n"), read)
    monkeypatch.setattr(sniff, "FORMATS", (made, *FORMATS))
    monkeypatch.setattr(names, "SUFFIXES", SUFFIXES | {".pairs"})
    (tmp_path / "a.pairs").write_text("#pairs\n社区名称=户数\n幸福社区=1200\n", encoding="utf-8")
    assert find_files([tmp_path])[0] == [str(tmp_path / "a.pairs")]
    opened = open_file(tmp_path / "a.pairs")
    assert (opened.format, opened.grids[0].row(1)) == ("pairs", ["幸福社区", "1200"])
