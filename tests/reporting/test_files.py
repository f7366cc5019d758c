"""A report file is whole or not there; what cannot be written is said in one line."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from communitycheck.api import formats, render, write
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import LANGS, say
from communitycheck.model.report import Report
from communitycheck.own_list import LIST
from communitycheck.reporting.own_folder import write_file
from communitycheck.system.processes import machine


@pytest.mark.parametrize("suffix", sorted(formats().suffixes))
def test_every_suffix_is_written_twice_the_same(report: Report, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"报告{suffix}", tmp_path / f"b{suffix.upper()}"
    write(report, first, "zh")
    write(report, str(second), "zh")
    assert first.read_bytes() == second.read_bytes() != b""
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([LIST, first.name, second.name])


def test_csv_opens_in_excel(report: Report, tmp_path: Path) -> None:
    write(report, tmp_path / "a.csv", "zh")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf\xe8\xa7\x84")
    assert not "".join(render(report, "csv", "zh")).startswith("\ufeff")


def test_of_two_suffixes_the_longer_counts(report: Report, tmp_path: Path) -> None:
    for name, format in (("a.circular.md", "circular"), ("circular.md", "markdown")):
        write(report, tmp_path / name, "zh")
        assert (tmp_path / name).read_text(encoding="utf-8") == "".join(render(report, format, "zh"))


REFUSED = [
    (".docx", "write-suffix-missing"),
    ("report.pdf", "write-suffix-unknown"),
    ("report", "write-suffix-missing"),
    ("missing/report.json", "write-folder-missing"),
    ("folder.json", "write-is-folder"),
    ("x" * 300 + ".json", "write-failed"),
    ("nul\0.json", "write-failed"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
def test_a_pipe_or_device_is_not_replaced_by_a_report(report: Report, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("pipe.json",):
        for attempt in (lambda path: formats().check_outputs([path]), lambda path: write(report, path, "zh")):
            with pytest.raises(WriteError) as caught:
                attempt(tmp_path / name)
            assert caught.value.code == "write-not-file"
        assert stat.S_ISFIFO((tmp_path / name).stat().st_mode)


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_what_cannot_be_written_is_refused_before_and_after(
    report: Report, tmp_path: Path, name: str, code: str
) -> None:
    (tmp_path / "folder.json").mkdir()
    for attempt in (lambda: formats().check_outputs([tmp_path / name]), lambda: write(report, tmp_path / name, "zh")):
        with pytest.raises(WriteError) as caught:
            attempt()
        assert caught.value.code == code
        for lang in LANGS:
            assert "{" not in say(code, lang, **caught.value.values)
    assert [p.name for p in tmp_path.iterdir()] == ["folder.json"]


def test_the_known_suffixes_are_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=re.escape(" ".join(formats().suffixes))):
        formats().check_outputs([tmp_path / "a.doc"])
    suffixes = set(formats().suffixes)
    assert suffixes >= {".json", ".csv", ".xlsx", ".html", ".htm", ".docx", ".md", ".xml", ".sarif", ".txt"}


def test_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(UsageError) as caught:
        list(render(report, "pdf", "en"))
    assert caught.value.code == "format-unknown"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder(report: Report, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WriteError) as caught:
        write(report, tmp_path / "a.json", "zh")
    assert caught.value.code == "write-denied"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "write-disk-full"), (errno.EROFS, "write-denied"), (errno.EACCES, "write-denied"),
        (errno.EIO, "write-failed"),
    ],
)  # fmt: skip
def test_trouble_half_way_leaves_the_old_file(tmp_path: Path, number: int, code: str) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def content() -> Iterator[str]:
        yield "new"
        raise OSError(number, os.strerror(number))

    # What is met on the way to a file, and not by the file itself, is no fault of its disk.
    code = "temporary-full" if code == "write-disk-full" else code

    with pytest.raises(WriteError) as caught:
        write_file(target, content())
    assert caught.value.code == code
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_while_a_workbook_is_closed(report: Report) -> None:
    from communitycheck.reporting.formats.xlsx.sheets import write_workbook

    with Path("/dev/full").open("wb", buffering=0) as sink, pytest.raises(OSError) as caught:
        write_workbook(report, sink, "zh", folder=Path("/dev"))
    assert caught.value.errno == errno.ENOSPC


def test_a_mode_stays(report: Report, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    write(report, real, "en")
    real.chmod(0o640)
    write(report, real, "zh")
    assert real.read_text(encoding="utf-8").startswith('{"schema"')
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_half_a_surrogate_pair_is_spelled_out(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", ["路径 \udcb3\n"])
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "路径 \\udcb3\n"


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, communitycheck.reporting;"
        "heavy = ('rich', 'xlsxwriter', 'jinja2', 'docx', 'lxml', 'csv', 'pandas', 'pyarrow');"
        "print([m for m in heavy if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_workbook_goes_on_in_further_sheets_and_counts_what_it_leaves_out(report: Report, tmp_path: Path) -> None:
    from communitycheck.reporting.formats.xlsx.sheets import write_workbook

    path = tmp_path / "a.xlsx"
    with path.open("wb") as sink:
        write_workbook(report, sink, "en", folder=tmp_path, all_verdicts=True, rows=11)
    book = openpyxl.load_workbook(path)
    assert [s for s in book.sheetnames if s.startswith("All")] == [
        "All verdicts", "All verdicts (2)", "All verdicts (3)", "All verdicts (4)",
    ]  # fmt: skip
    assert all(sheet.max_row <= 11 for sheet in book if sheet.title.startswith(("All", "Fail")))
    said = {row[0].value for row in book["Summary"].rows}
    total = sum(report.outcomes().values())
    assert f"All verdicts: {total} rows, more than fit; the first 40 are here, all of them with -o report.csv" in said
    assert "Failures: 20 rows over 2 sheets" in said


WRITER = """
import sys, time
from pathlib import Path
from communitycheck.own_list import LIST
from communitycheck.reporting.own_folder import write_file
from communitycheck.system.processes import machine

def content():
    yield "first half, "
    yield "x" * 100_000  # more than a buffer holds
    print("half", flush=True)
    sys.stdin.readline()
    yield "second half"

write_file(Path(sys.argv[1]), content())
"""


def _half_way(path: Path) -> subprocess.Popen[str]:
    """A process that has written half of ``path`` and waits for a line before it goes on."""
    command = [sys.executable, "-c", WRITER, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "half\n"
    return process


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_what_a_killed_run_left_goes_with_the_next_and_a_live_run_keeps_its_own(tmp_path: Path) -> None:
    dead, alive = _half_way(tmp_path / "dead.txt"), _half_way(tmp_path / "alive.txt")
    try:
        dead.send_signal(signal.SIGKILL)
        dead.wait()
        assert sum(p.suffix == ".tmp" for p in tmp_path.iterdir()) == 2
        code = "import sys; from pathlib import Path; from communitycheck.reporting.own_folder import write_file;"
        code += "write_file(Path(sys.argv[1]), ['third'])"
        subprocess.run([sys.executable, "-c", code, str(tmp_path / "alive.txt")], check=True)
        assert (tmp_path / "alive.txt").read_text() == "third"
        (left,) = [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"]
        assert f"-{alive.pid}-" in left
        alive.communicate("go on\n")
    finally:
        for process in (dead, alive):
            process.kill()
    assert alive.returncode == 0
    text = (tmp_path / "alive.txt").read_text()
    assert text.startswith("first half") and text.endswith("second half")
    assert sorted(p.name for p in tmp_path.iterdir()) == [LIST, "alive.txt"]


def _ended() -> int:
    """The number of a process that runs no longer."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


OLD, NEW = 25 * 3600.0, 23 * 3600.0
LEAVINGS = {
    "a dead writer here": ("{here}-{dead}-0123abcd", 0.0, False),
    "a live writer here": ("{here}-{own}-0123abcd", 0.0, True),
    "a live writer here, for days": ("{here}-{own}-0123abce", OLD, True),
    "a number beyond all processes": ("{here}-99999999999999999999-0123abcd", 0.0, False),
    "another machine, today": ("ffffffff-{dead}-0123abcd", NEW, True),
    "another machine, yesterday": ("ffffffff-{dead}-0123abce", OLD, False),
    "none of ours": ("notes", OLD, True),
}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere age alone decides")
def test_leavings_go_only_when_their_writer_is_certainly_dead(tmp_path: Path) -> None:
    facts = {"here": machine(), "own": os.getpid(), "dead": _ended()}
    files = {}
    for what, (name, age, _) in LEAVINGS.items():
        files[what] = tmp_path / f".communitycheck-{name.format(**facts)}.tmp"
        files[what].write_text("half")
        os.utime(files[what], (time.time() - age,) * 2)
    (tmp_path / f".communitycheck-{machine()}-{facts['dead']}-00000000.tmp").mkdir()
    write_file(tmp_path / "a.txt", ["whole"])
    assert {what: file.exists() for what, file in files.items()} == {w: stays for w, (_, _, stays) in LEAVINGS.items()}
    assert (tmp_path / "a.txt").read_text() == "whole"
