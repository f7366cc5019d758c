"""Files on disks of other systems: open ones, names of devices, names that differ in case alone, leavings."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from communitycheck.cli.common import refuse_inputs
from communitycheck.errors import UsageError, WriteError
from communitycheck.own_list import LIST
from communitycheck.reporting import files as writing
from communitycheck.reporting.files import check_place
from communitycheck.reporting.own_folder import write_file
from communitycheck.system import files, scratch
from communitycheck.system.files import identities, is_device, replace, same_name
from communitycheck.system.processes import is_alive, machine


class Held:
    """``Path.replace`` of a file that another program has open for so many tries."""

    def __init__(self, tries: int) -> None:
        self.tries, self.real = tries, Path.replace

    def __call__(self, place: Path, target: Path) -> Path:
        self.tries -= 1
        if self.tries >= 0:
            raise PermissionError(13, "Access is denied")
        return self.real(place, target)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "OPEN_FILES_STAY", True)
    monkeypatch.setattr(writing, "OPEN_FILES_STAY", True)


def test_a_scanner_that_looks_for_a_moment_does_no_harm(
    windows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(3)
    monkeypatch.setattr(Path, "replace", lambda self, target: held(self, target))
    write_file(tmp_path / "a.txt", ["new"])
    assert (tmp_path / "a.txt").read_text("utf-8") == "new"


def test_a_report_that_excel_has_open_is_one_clear_line(
    windows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.xlsx"
    write_file(target, ["old"])
    held, free = Held(1000), Path.replace
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda self, to: (held if to == target else free)(self, to))
        patch.setattr(files, "PATIENCE", 0.1)
        with pytest.raises(WriteError) as error:
            write_file(target, ["new"])
    assert error.value.code == "write-denied"
    assert sorted(p.name for p in tmp_path.iterdir()) == [LIST, "a.xlsx"] and target.read_bytes() == b"old"
    write_file(target, ["newer"])  # it is still known for ours
    assert target.read_bytes() == b"newer"


def test_elsewhere_what_is_denied_is_denied_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(1)
    monkeypatch.setattr(Path, "replace", lambda self, target: held(self, target))
    with pytest.raises(PermissionError):
        replace(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("name", ["CON", "nul", "aux.xlsx", "Com1.tar.gz", "lpt9 .csv", "COM².txt"])
def test_names_of_devices(name: str, windows: None, tmp_path: Path) -> None:
    assert is_device(name)
    with pytest.raises(WriteError) as error:
        check_place(tmp_path / name)
    assert error.value.code == "write-device-name"


@pytest.mark.parametrize("name", ["console.xlsx", "报表.xlsx", "auxiliary", "com10.csv", "a.con"])
def test_names_that_only_look_like_devices(name: str, windows: None, tmp_path: Path) -> None:
    assert not is_device(name)
    check_place(tmp_path / name)


def test_a_path_that_windows_finds_too_long_is_said(
    windows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("deep" * 40) / ("deeper" * 30)
    folder.mkdir(parents=True)

    def not_found(*_: object) -> None:
        raise FileNotFoundError(2, "The system cannot find the path specified")

    monkeypatch.setattr(writing.io, "BufferedWriter", not_found)
    with pytest.raises(WriteError) as error:
        write_file(folder / "a.csv", ["new"])
    assert error.value.code == "write-path-long"


def test_an_output_that_is_an_input_by_another_name(tmp_path: Path) -> None:
    """As on a disk where ``A.csv`` and ``a.csv`` are one file: here it bears two names."""
    given, other = tmp_path / "a.csv", tmp_path / "A.CSV"
    given.write_text("a", encoding="utf-8")
    os.link(given, other)
    assert identities(given) & identities(other)
    with pytest.raises(UsageError, match="CSV"):
        refuse_inputs([str(other)], [str(given)])


def test_two_outputs_that_some_disk_takes_for_one(tmp_path: Path) -> None:
    assert same_name(tmp_path / "Report.xlsx") == same_name(tmp_path / "report.XLSX")
    with pytest.raises(UsageError):
        refuse_inputs([str(tmp_path / "Report.xlsx"), str(tmp_path / "report.xlsx")], [])


def _ended() -> int:
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def test_the_next_run_clears_away_what_a_shot_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"here": machine(), "own": os.getpid(), "dead": _ended()}
    old = {
        "communitycheck-{here}-{dead}-aaaaaaaa": False,
        "communitycheck-{here}-{own}-aaaaaaaa": True,
        "communitycheck-ffffffff-{dead}-aaaaaaaa": True,  # another machine's, today
        "communitycheck-ffffffff-{dead}-bbbbbbbb": False,  # another machine's, long ago
        "communitycheck-notes": True,
    }
    for name in old:
        folder = tmp_path / name.format(**facts)
        folder.mkdir()
        (folder / "0.arrow").write_bytes(b"half")
        if name.endswith("bbbbbbbb"):
            os.utime(folder, (time.time() - 2 * scratch.DAY,) * 2)
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    run = scratch.Run()
    mine = Path(run.folder())
    assert {name: (tmp_path / name.format(**facts)).exists() for name in old} == old
    assert mine.parent == tmp_path and run.folder() == str(mine)
    run.remove()
    assert not mine.exists()


def test_a_process_that_works_for_a_run_leaves_its_folder_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    owner = scratch.Run()
    for name, value in owner.environment().items():
        monkeypatch.setenv(name, value)
    helper = scratch.Run()
    assert helper.folder() == owner.folder()
    helper.remove()
    assert Path(owner.folder()).is_dir()
    owner.remove()


def test_who_is_alive() -> None:
    assert is_alive(os.getpid()) and not is_alive(_ended())
