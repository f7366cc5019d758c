"""``@list.txt``: one path a line, relative to the list, and a wrong line is an error of that line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from batch.folder import community_csv
from communitycheck.messages import LANGS, say
from communitycheck.returns.files.find import find_files


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "报表").mkdir()
    for name in ("a", "b", "c"):
        community_csv(tmp_path / "报表" / f"{name}.csv", "东区", 2)
    (tmp_path / "空").mkdir()
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_paths_remarks_and_blank_lines(office: Path, encoding: str, newline: str) -> None:
    lines = ["# 三份报表", "", "报表/a.csv", '  "报表/b.csv"  ', "  # 不要", "报表/没有.csv"]
    (office / "清单.txt").write_bytes(newline.join(lines).encode(encoding))
    found, errors = find_files([f"@{office / '清单.txt'}"])
    assert [Path(f).name for f in found] == ["a.csv", "b.csv"]
    assert [(Path(e.path).name, e.code, e.values["line"]) for e in errors] == [
        ("没有.csv", "listed-leads-nowhere", f"{office / '清单.txt'}:6")
    ]


def test_folders_patterns_and_absolute_paths(office: Path) -> None:
    lines = ["报表", "报表/*.csv", str(office / "报表" / "a.csv"), "空", "报表/*.xls"]
    (office / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    found, errors = find_files([f"@{office / 'list.txt'}", str(office / "报表" / "c.csv")])
    assert [Path(f).name for f in found] == ["a.csv", "b.csv", "c.csv"]
    assert [(Path(e.path).name, e.values["line"].rpartition(":")[2]) for e in errors] == [("空", "4"), ("*.xls", "5")]


@pytest.mark.parametrize(
    ("data", "code"),
    [(None, "list-missing"), (b"# nothing\n\n", "list-empty"), (b"\xff\x00\xfe\x01" * 9, "list-not-text")],
)
def test_a_list_that_is_none(office: Path, data: bytes | None, code: str) -> None:
    if data is not None:
        (office / "list.txt").write_bytes(data)
    found, (error,) = find_files([f"@{office / 'list.txt'}"])
    assert (found, error.code) == ([], code)
    for lang in LANGS:
        assert say(error.code, lang, **error.values)


def test_a_file_that_is_called_like_a_list(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    community_csv(office / "@a.csv", "东区", 2)
    assert find_files(["./@a.csv"]) == (["./@a.csv"], [])
