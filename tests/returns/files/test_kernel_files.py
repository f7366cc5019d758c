"""What the kernel shows as files, and that wait or never end: named, or behind a link among returns, not read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.errors import ReturnError
from communitycheck.returns.files.find import find_files
from communitycheck.system.files import NoFileError, is_plain, open_plain

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files that the kernel of Linux shows")
ENDLESS = [place for place in ("/proc/kmsg", "/proc/self/pagemap", "/proc/self/mem") if Path(place).exists()]
HEAD = "市,县（区）,社区名称,社区类型,综合服务设施面积\n"


@pytest.mark.parametrize("place", ENDLESS)
def test_it_is_no_file(place: str) -> None:
    assert not is_plain(place)
    with pytest.raises(NoFileError), open_plain(place):
        pass
    assert [error.code for error in check(place, ["liaoning-2021"]).unread] == ["not-a-file"]
    errors = find_files([f"@{place}"])[1]
    assert [error.code for error in errors] == ["not-a-file"]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.dat", "a"])
@pytest.mark.parametrize("place", ENDLESS)
def test_a_link_to_it_among_returns_stops_nothing(place: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(HEAD + "沈阳市,和平区,甲社区,城市社区,900\n", encoding="utf-8")
    (tmp_path / name).symlink_to(place)
    for given in (tmp_path, tmp_path / "*"):
        report = check(str(given), ["liaoning-2021"])
        assert len(report.returns) == 1
        assert {error.code for error in report.unread} <= {"not-a-file"}


@pytest.mark.parametrize("words", ["--mapping", "--standard", "--config"])
@pytest.mark.parametrize("place", ENDLESS)
def test_beside_the_returns(place: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "good.csv"
    file.write_text(HEAD + "沈阳市,和平区,甲社区,城市社区,900\n", encoding="utf-8")
    rest = ["check", str(file), "--lang", "en"]
    assert run([words, place, *rest] if words == "--config" else [*rest, words, place]) == 2
    assert "internal error" not in capsys.readouterr().err


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    assert is_plain(tmp_path / "a.csv")
    assert not is_plain(tmp_path)
    assert not is_plain(tmp_path / "b.csv")
    assert [type(error) for error in check(tmp_path / "a.csv", ["liaoning-2021"]).unread] == [ReturnError]
