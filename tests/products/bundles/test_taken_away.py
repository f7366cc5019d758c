"""What somebody takes away while a run still writes is told by name, and the index does not promise it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from communitycheck.api import formats
from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.products.bundles.folders import RegionFolders
from communitycheck.products.bundles.per_return import PerReturn

ROWS = """市,县（区）,社区名称,社区类型,综合服务设施面积
沈阳市,和平区,甲社区,城市社区,500
沈阳市,沈河区,乙社区,城市社区,300
"""


def report(tmp_path: Path) -> Report:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(ROWS.replace("社区,城", f"{name}社区,城"), encoding="utf-8")
    return check([tmp_path / "a.csv", tmp_path / "b.csv"], ["liaoning-2021"], as_of=date(2023, 12, 31))


def remove_folders(out: Path) -> None:
    for path in out.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def rename(out: Path) -> None:
    (out / "和平区").rename(out / "elsewhere")


TAKEN: dict[str, Callable[[Path], None]] = {
    "a region's folder": lambda out: shutil.rmtree(out / "和平区"),
    "one file in it": lambda out: (out / "和平区" / "核查结果.json").unlink(),
    "a region's folder, renamed": rename,
    "what lies in the whole folder": remove_folders,
}


@pytest.mark.parametrize("what", TAKEN)
def test_of_a_region(what: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folders = RegionFolders(report(tmp_path), out, "county", "zh", formats(), kinds=("json", "csv"))

    def take(done: int, of: int, name: str) -> None:
        if name == "和平区":
            TAKEN[what](out)

    index = folders.write(take)
    lost = ["核查结果.json"] if what == "one file in it" else ["核查结果.json", "核查结果.csv"]
    assert [(error.code, error.values["path"]) for error in index.failed] == [
        ("write-taken-away", str(out / "和平区" / name)) for name in lost
    ]
    named = [b.folder + "/" + f for b in index.bundles for f in b.files]
    assert named and all((out / name).is_file() for name in named)
    page = (out / "index.html").read_text("utf-8")
    assert "不见了" in page


def test_nothing_is_said_where_all_is_there(tmp_path: Path) -> None:
    assert (
        RegionFolders(report(tmp_path), tmp_path / "out", "county", "zh", formats(), kinds=("json",)).write().failed
        == []
    )


def test_of_a_return(tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = PerReturn(report(tmp_path), out, "zh", formats(), kinds=("json", "csv"))

    def take(done: int, of: int, path: str) -> None:
        if Path(path).name == "a.csv":
            (out / "a.json").unlink()

    done = plan.write(take)
    assert [(error.code, error.values["path"]) for error in done.failed] == [("write-taken-away", str(out / "a.json"))]
    assert all(path.is_file() for path in done.written)
