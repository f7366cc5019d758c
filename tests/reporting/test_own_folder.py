"""What the toolkit did not write, or what was touched since, it does not replace."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest

from communitycheck import own_list
from communitycheck.errors import WriteError
from communitycheck.own_list import FORM, LIST, MARKED, REPORT, read_own_list
from communitycheck.reporting.files import Content
from communitycheck.reporting.own_folder import OwnFolder, refuse_others, write_file
from communitycheck.system.processes import machine

posix = pytest.mark.skipif(os.name != "posix", reason="links and killed processes")


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(WriteError) as caught:
        action()
    return caught.value.code


def test_what_we_wrote_is_written_anew_and_the_rest_is_refused_by_name(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", ["one"])
    write_file(tmp_path / "a.txt", ["two"])
    (tmp_path / "b.txt").write_text("theirs")
    (tmp_path / "a.txt").write_text("two and a remark")
    with pytest.raises(WriteError) as caught:
        refuse_others([tmp_path / name for name in ("a.txt", "b.txt", "new.txt")])
    assert caught.value.code == "write-not-ours"
    assert caught.value.values["paths"] == f"{tmp_path / 'a.txt'}, {tmp_path / 'b.txt'}"
    for name, old in (("a.txt", "two and a remark"), ("b.txt", "theirs")):
        assert refusal(lambda name=name: write_file(tmp_path / name, ["new"])) == "write-not-ours"
        assert (tmp_path / name).read_text() == old
        write_file(tmp_path / name, ["new"], force=True)
        write_file(tmp_path / name, ["newer"])
        assert (tmp_path / name).read_text() == "newer"
    assert sorted(p.name for p in tmp_path.iterdir()) == [LIST, "a.txt", "b.txt"]


@pytest.mark.parametrize("name", [LIST, ".communitycheck-0a1b2c3d-77-0a1b2c3d.files"])
def test_a_file_by_the_name_of_the_list_is_refused_even_by_force(tmp_path: Path, name: str) -> None:
    assert refusal(lambda: refuse_others([tmp_path / name], force=True)) == "write-list-name"
    assert refusal(lambda: write_file(tmp_path / name, ["report"], force=True)) == "write-list-name"
    assert not list(tmp_path.iterdir())


def test_the_list_holds_the_hash_of_what_stands_in_the_file(tmp_path: Path) -> None:
    def packed(sink: IO[bytes]) -> None:
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("large", "y" * 300_000)
            archive.writestr("small", "z")

    def corrected(sink: IO[bytes]) -> None:
        sink.write(b"length 0000\n" + b"x" * 200_000)
        sink.seek(7)
        sink.write(b"2012")

    contents: dict[str, Content] = {
        "pieces.txt": ["x" * 300_000, "é", memoryview(b"end")],
        "empty.txt": [],
        "packed.zip": packed,
        "corrected.txt": corrected,
    }
    for name, content in contents.items():
        write_file(tmp_path / name, content)
        written = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert read_own_list(tmp_path).digests[name] == {written}


def test_of_many_files_three_are_named(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("")
    with pytest.raises(WriteError) as caught:
        refuse_others([tmp_path / f"{number}.txt" for number in range(6)])
    assert (caught.value.code, caught.value.values["n"]) == ("write-not-ours-more", 2)


def test_what_would_not_change_is_no_one_s_loss(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("the same")
    write_file(tmp_path / "a.txt", ["the same"])
    write_file(tmp_path / "a.txt", ["another"])  # by now it is ours


def _spoil(tmp_path: Path, what: str) -> None:
    place, real = tmp_path / LIST, json.loads((tmp_path / LIST).read_text())
    match what:
        case "cut":
            place.write_text(place.read_text()[:30])
        case "gone":
            place.unlink()
        case "another hand":
            place.write_bytes(b"\xff\xfe\x00")
        case "of a later version":
            place.write_text(json.dumps({**real, "schema": "communitycheck-files/2"}))
        case "leads out":
            place.write_text(json.dumps({**real, "reports": {"../a.txt": "0" * 64, **real["reports"]}}))
        case "deep":
            place.write_text("[" * 100_000)
        case "no hashes":
            place.write_text(json.dumps({**real, "reports": {"a.txt": None}}))


@pytest.mark.parametrize(
    "what", ["cut", "gone", "another hand", "of a later version", "leads out", "deep", "no hashes"]
)
def test_a_list_that_is_damaged_is_none(what: str, tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", ["one"])
    _spoil(tmp_path, what)
    code = "write-not-ours" if what == "gone" else "write-list-damaged"
    assert refusal(lambda: refuse_others([tmp_path / "a.txt"])) == code
    assert refusal(lambda: write_file(tmp_path / "a.txt", ["two"])) == code
    write_file(tmp_path / "b.txt", ["new"])  # what takes nobody's place is written, and the list is one again
    write_file(tmp_path / "b.txt", ["newer"])
    assert (tmp_path / "a.txt").read_text() == "one"
    write_file(tmp_path / "a.txt", ["two"], force=True)
    assert not read_own_list(tmp_path).damaged


def test_the_list_is_cleaned_of_what_is_gone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write_file(tmp_path / name, ["one"])
    (tmp_path / "a.txt").unlink()
    write_file(tmp_path / "c.txt", ["one"], kind=FORM)
    listed = read_own_list(tmp_path)
    assert (listed.of_kind(REPORT), listed.of_kind(FORM)) == ({"b.txt"}, {"c.txt"})


@posix
@pytest.mark.parametrize("what", ["file", "dangling file", "folder below", "deep folder", "list", "dangling list"])
@pytest.mark.parametrize("force", [False, True])
def test_links_in_the_way_are_refused_and_never_followed(what: str, force: bool, tmp_path: Path) -> None:
    root, away = tmp_path / "root", tmp_path / "away"
    (root / "x").mkdir(parents=True)
    away.mkdir()
    (away / "a.txt").write_text("theirs")
    (away / LIST).write_text("{}")
    links = {
        "file": ("x/y/a.txt", away / "a.txt"),
        "dangling file": ("x/y/a.txt", away / "none.txt"),
        "folder below": ("x/y", away),
        "deep folder": ("x", away),
        "list": (LIST, away / LIST),
        "dangling list": (LIST, away / "none.json"),
    }
    place, target = links[what]
    if what == "deep folder":
        (root / "x").rmdir()
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(target)
    before = {p.name: p.read_text() for p in away.iterdir()}
    folder = OwnFolder(root, force=force)
    path = root / "x" / "y" / "a.txt"
    assert refusal(lambda: folder.refuse_others([path])) == "write-is-link"
    assert refusal(lambda: folder.write(path, ["new"])) == "write-is-link"
    assert {p.name: p.read_text() for p in away.iterdir()} == before


@posix
def test_the_folder_that_was_named_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link" / "a.txt", ["one"])
    write_file(tmp_path / "real" / "a.txt", ["two"])
    assert (tmp_path / "link" / "a.txt").read_text() == "two"


def test_two_runs_in_one_folder_know_of_each_other(tmp_path: Path) -> None:
    """Each writes files of its own and some that both write, at the same time."""
    failed: list[WriteError] = []

    def run(who: int) -> None:
        try:
            with OwnFolder(tmp_path) as folder:
                for number in range(40):
                    folder.write(tmp_path / f"{who}-{number}.txt", [str(number)])
                    folder.write(tmp_path / f"both-{number % 5}.txt", [f"{who} {number}"])
        except WriteError as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    there = {p.name for p in tmp_path.iterdir()}
    assert len(there) == 4 * 40 + 5 + 1
    assert read_own_list(tmp_path).of_kind(REPORT) == there - {LIST}
    refuse_others([tmp_path / name for name in there - {LIST}])


def test_a_list_that_a_quicker_run_has_filled_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quicker = threading.Thread(target=write_file, args=(tmp_path / "quick.txt", ["quick"]))
    fsync = os.fsync

    def slow(file: int) -> None:
        if quicker.ident is None and threading.current_thread() is threading.main_thread():
            quicker.start()
            quicker.join(0.5)
        fsync(file)

    with OwnFolder(tmp_path) as folder:
        monkeypatch.setattr(own_list, "os", _with_fsync(slow))
        folder.write(tmp_path / "slow.txt", ["slow"])
    quicker.join()
    assert read_own_list(tmp_path).of_kind(REPORT) == {"quick.txt", "slow.txt"}


def _with_fsync(fsync: Callable[[int], None]) -> SimpleNamespace:
    """The module ``os`` with another ``fsync``."""
    return SimpleNamespace(**{**vars(os), "fsync": fsync})


KILLED = """
import os, signal, sys
from pathlib import Path
from communitycheck.reporting import own_folder
from communitycheck.reporting.own_folder import OwnFolder

root = Path(sys.argv[1])
folder = OwnFolder(root)
for number in range(int(sys.argv[2])):
    folder.write(root / f"{number}.txt", ["new"])
if sys.argv[3] == "noted":  # and not yet in its place
    own_folder.put_in_place = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    folder.write(root / "0.txt", ["newer"])
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
@pytest.mark.parametrize("moment", ["written", "noted"])
def test_a_run_that_is_shot_knows_its_files_the_next_time(moment: str, tmp_path: Path) -> None:
    write_file(tmp_path / "old.txt", ["old"])
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "3", moment], check=False)
    assert (tmp_path / "0.txt").read_text() == "new"
    left = [p.name for p in tmp_path.iterdir() if p.suffix == ".files"]
    assert len(left) == 1 and f"-{machine()}-" in left[0]
    refuse_others([tmp_path / f"{number}.txt" for number in range(3)])
    (tmp_path / "1.txt").write_text("edited since")
    assert refusal(lambda: refuse_others([tmp_path / "1.txt"])) == "write-not-ours"
    code = "import sys; from pathlib import Path; from communitycheck.reporting.own_folder import write_file;"
    code += "write_file(Path(sys.argv[1]), ['x'])"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other.txt")], check=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [LIST, "0.txt", "1.txt", "2.txt", "old.txt", "other.txt"]
    )
    refuse_others([tmp_path / "0.txt", tmp_path / "2.txt", tmp_path / "old.txt"])


def test_a_name_in_another_case_is_the_same_file_on_some_disks(tmp_path: Path) -> None:
    """As on a disk that takes ``Report.txt`` for ``report.txt``: the file there has the other name."""
    write_file(tmp_path / "Report.txt", ["one"])
    (tmp_path / "Report.txt").rename(tmp_path / "report.txt")
    write_file(tmp_path / "report.txt", ["two"])
    assert (tmp_path / "report.txt").read_text() == "two"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("mended", ["mended", "marked ", "marke", "MARKED", "", "marked\n" * 9])
def test_a_mended_copy_is_never_replaced(mended: str, force: bool, tmp_path: Path) -> None:
    with OwnFolder(tmp_path, force=force) as folder:
        folder.write(tmp_path / "a.xlsx", ["marked"], kind=MARKED)
    (tmp_path / "a.xlsx").write_text(mended, newline="")
    with OwnFolder(tmp_path, force=force) as folder:
        assert refusal(lambda: folder.write(tmp_path / "a.xlsx", ["new"], kind=MARKED)) == "write-not-ours"
    assert (tmp_path / "a.xlsx").read_bytes() == mended.encode()


@pytest.mark.parametrize("what", ["a folder", "a file without rights"])
def test_a_list_that_cannot_be_kept_harms_no_file(what: str, tmp_path: Path) -> None:
    if what == "a folder":
        (tmp_path / LIST).mkdir()
    else:
        (tmp_path / LIST).write_text("x")
        (tmp_path / LIST).chmod(0)
    write_file(tmp_path / "a.txt", ["one"])
    assert (tmp_path / "a.txt").read_text() == "one"
    write_file(tmp_path / "a.txt", ["two"], force=True)
    assert (tmp_path / "a.txt").read_text() == "two"
