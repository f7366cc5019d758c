"""Files that no suffix calls returns: what is in them says whether they are read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from communitycheck.check import check
from communitycheck.returns.files.odd_files import PASS, PERHAPS, READ, is_return

TABLE = "社区名称,社区类型,常住户数,综合服务设施面积\n甲社区,城市社区,1000,450\n乙社区,城市社区,900,430\n".encode()


def book(path: Path) -> bytes:
    made = openpyxl.Workbook()
    for line in TABLE.decode().splitlines():
        made.active.append(line.split(","))
    made.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", TABLE, PERHAPS),
        ("a.dat", TABLE.decode().encode("gb18030"), PERHAPS),
        ("a", TABLE.replace(b",", b"\t"), PERHAPS),
        ("a.txt", TABLE.decode().encode("utf-16"), PERHAPS),
        ("README.txt", "请先阅读，再填写。\n联系人见封面。\n".encode(), PASS),
        ("a.md", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n".encode(), PASS),
        ("a.json", b'{"a": 1,\n"b": 2,\n"c": 3}', PASS),
        ("a.pdf", b"%PDF-1.7 ...", PASS),
        ("a.jpg", b"\xff\xd8\xff\xe0", PASS),
        ("a.rar", b"Rar!\x1a\x07", READ),
        ("a.bak", b"", PASS),
        ("a.xlsx.part", b"PK\x03\x04 cut", READ),
        ("a.part", b"PK\x03\x04 cut", PASS),
    ],
)
def test_what_is_in_a_file_tells(name: str, content: bytes, what: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_return(tmp_path / name) == what


def test_workbooks_under_other_names(tmp_path: Path) -> None:
    data = book(tmp_path / "a.xlsx")
    for name, what in (("b.pdf", READ), ("c.XLSX~", READ), ("d", READ), ("a.xlsx~", PASS), ("a.xlsx.bak", PASS)):
        (tmp_path / name).write_bytes(data)
        assert is_return(tmp_path / name) == what, name


def test_what_is_passed_over_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    (tmp_path / "b.txt").write_bytes(TABLE.replace("甲".encode(), "丙".encode()))
    (tmp_path / "n.txt").write_bytes(b"x,1\ny,2\nz,3\n")  # a table, but of nothing that a rule asks about
    (tmp_path / ".git").mkdir()
    (tmp_path / "~$a.xlsx").write_bytes(b"user")
    report = check(tmp_path, region="大连市")
    assert [Path(one.path).name for one in report.returns] == ["a.csv", "b.txt"]
    assert not report.unread
    (notice,) = [n for n in report.notices if n.code == "files-passed-over"]
    assert notice.level == "info"
    assert notice.values == {"count": 3, "names": ".git/、n.txt、~$a.xlsx"}
