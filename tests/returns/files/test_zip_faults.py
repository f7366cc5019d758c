"""Members that are damaged are told so, whatever they are packed with, and the others are read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from communitycheck.check import check

METHODS = {"stored": 0, "deflate": 8, "bzip2": 12, "lzma": 14}
HEADER = "市,县（区）,社区名称,社区类型,综合服务设施面积\n"


def _archive(path: Path, method: int) -> None:
    with zipfile.ZipFile(path, "w", method) as packed:
        for name in ("北", "南"):
            rows = "".join(f"沈阳市,和平区,{name}{i}社区,城市社区,{300 + i * 7 % 400}\n" for i in range(400))
            packed.writestr(f"{name}.csv", HEADER + rows)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("at", [0.02, 0.3, 0.7, 0.98])
def test_a_damaged_member_is_told(method: str, at: float, tmp_path: Path) -> None:
    file = tmp_path / "z.zip"
    _archive(file, METHODS[method])
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as packed:
        info = packed.getinfo("北.csv")
    start = info.header_offset + 30 + len("北.csv".encode())
    place = start + int(at * info.compress_size)
    data[place : place + 8] = bytes(byte ^ 0xFF for byte in data[place : place + 8])
    file.write_bytes(data)
    report = check(file, "liaoning-2021")
    assert [(error.code, error.path.rpartition("/")[2]) for error in report.unread] == [("truncated", "北.csv")]
    assert [one.path.rpartition("/")[2] for one in report.returns] == ["南.csv"]


def test_a_directory_that_points_behind_the_end(tmp_path: Path) -> None:
    """The header of a member is looked for where the file has too few bytes for one."""
    file = tmp_path / "z.zip"
    _archive(file, 8)
    data = file.read_bytes()
    second = data.rindex(b"PK\x01\x02")
    there = (len(data) - 10).to_bytes(4, "little")
    file.write_bytes(data[: second + 42] + there + data[second + 46 :])
    report = check(file, "liaoning-2021")
    assert [error.code for error in report.unread] == ["truncated"]
    assert len(report.returns) == 1
