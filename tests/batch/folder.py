"""A folder as offices send it: good files of several kinds, an archive, and some that cannot be read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from fuzz.traps import password_xlsx, xlsx
from paths import ROOT

SAMPLES = ("panzhihua_2020.xlsx", "shenyang_2023.xlsx")
HEADER = "市,区县,街道,社区名称,社区类型,综合服务设施面积(㎡),户数,常住人口\n"


def community_csv(path: Path, county: str, count: int = 12, first: int = 0) -> Path:
    """A small return of one county of Shenyang, with a doubtful cell in it."""
    lines = [
        f"沈阳市,{county},第一街道,{county}第{i}社区,城市社区,{500 + i * 17 % 250},{800 + i},{2100 + 3 * i}"
        for i in range(first, first + count)
    ]
    lines.append(f"沈阳市,{county},第一街道,{county}某社区,城市社区,约三百,700,1900")
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def make(folder: Path, counties: int = 6, samples: tuple[str, ...] = ()) -> Path:
    """Fill ``folder``; the same files each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(counties):
        community_csv(folder / f"county_{i:02}.csv", f"第{i}区")
    for name in samples:
        shutil.copy(ROOT / "sample_data" / name, folder / name)
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        for i in range(4):
            member = community_csv(folder / "member.tmp", f"另{i}县")
            archive.writestr(zipfile.ZipInfo(f"inner/{i}.csv", (2020, 1, 1, 0, 0, 0)), member.read_bytes())
            member.unlink()
        archive.writestr(zipfile.ZipInfo("inner/broken.xlsx", (2020, 1, 1, 0, 0, 0)), b"PK\x03\x04nothing")
    (folder / "locked.xlsx").write_bytes(password_xlsx())
    (folder / "cut.xlsx").write_bytes(xlsx()[:400])
    (folder / "empty.csv").write_bytes(b"")
    return folder
