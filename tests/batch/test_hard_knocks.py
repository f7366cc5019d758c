"""Unattended: outputs that cannot be written, folders that let nobody in, names that no system takes.

Whatever happens ends in one line and exit code 2, never in a traceback, and leaves nothing half written anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.folder import community_csv, make
from communitycheck.returns.files.find import find_files

pytestmark = pytest.mark.slow  # each starts processes of its own

COMMAND = [sys.executable, "-m", "communitycheck"]
posix = pytest.mark.skipif(os.name != "posix", reason="of a system with limits and owners of files")


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("returns"), 3, ("shenyang_2023.xlsx",))


def run(*arguments: object, room: int | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command, with standard output buffered as it is where nobody looks; no file may outgrow ``room`` bytes."""

    def limit() -> None:
        import resource

        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    clean = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    if room is not None:
        clean["PYTHONDONTWRITEBYTECODE"] = "1"  # Python does not notice that it kept half a module, and trips over it
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env={**clean, "LC_ALL": "C.UTF-8", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=limit if os.name == "posix" else None,
        check=False,
    )


SAYING = ["--version", "--help", "rules list", "rules show LN-01", "check {in}"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", SAYING)
def test_a_standard_output_that_is_full(words: str, returns: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    arguments = words.replace("{in}", str(returns / "county_00.csv")).split()
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], env=clean, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "standard output" in done.stderr or "标准输出" in done.stderr


FULL = {
    "an Excel report": ["check", "{in}", "-q", "-o", "{out}/a.xlsx"],
    "a report for each return": ["check", "{in}", "-q", "--output-dir", "{out}"],
    "a folder for each county": ["check", "{in}", "-q", "--split-by", "county", "--output-dir", "{out}"],
    "a marked-up workbook": ["check", "{in}/shenyang_2023.xlsx", "-q", "--mark-up", "{out}"],
    "a marked-up text": ["check", "{in}/county_00.csv", "-q", "--mark-up", "{out}"],
    "a template": ["template", "-s", "liaoning-2021", "-o", "{out}/a.xlsx"],
    "a starter rule file": ["rules", "new", "{out}/a.yaml"],
    "the pages about rules": ["rules", "docs", "--output-dir", "{out}"],
}


@posix
@pytest.mark.parametrize(
    "what", [pytest.param(one, marks=pytest.mark.slow if one == "a folder for each county" else ()) for one in FULL]
)
def test_a_disk_that_is_full_leaves_nothing(what: str, returns: Path, tmp_path: Path) -> None:
    """A limit on the size of a file stands for the disk: it is met half way through a file in the same manner."""
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    out.mkdir()
    scratch.mkdir()
    arguments = [a.replace("{in}", str(returns)).replace("{out}", str(out)) for a in FULL[what]]
    done = run(*arguments, "--lang", "en", room=1500, TMPDIR=str(scratch))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    assert f"{out}" in done.stderr
    left = [p for p in out.rglob("*") if p.is_file()]
    assert [p for p in left if p.suffix == ".tmp" or p.stat().st_size == 1500] == []
    assert list(scratch.iterdir()) == []


def test_paths_too_long_for_any_system_harm_no_other(returns: Path, tmp_path: Path) -> None:
    good = returns / "county_00.csv"
    long = ["x" * 300 + ".csv", "x/" * 3000 + "y.csv"]
    done = run("check", good, *long, "-q", "-o", tmp_path / "a.json", "--lang", "en")
    lines = sorted(done.stderr.splitlines())
    assert (done.returncode, len(lines)) == (2, 2)
    for line, path in zip(lines, sorted(long), strict=True):  # of a path that nobody reads to its end, its ends
        assert line.startswith(f"error: {path[:300]}") and len(line) < 2_100
        assert line.endswith(f"{path[-300:]}: no such file; check the path and the spelling of its name")
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in told["run"]["returns"]] == [str(good)]


@pytest.fixture
def somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder, entered by somebody who is not root: root may open everything."""
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    if os.geteuid() != os.getuid():
        os.seteuid(os.getuid())


@posix
def test_a_folder_that_lets_nobody_in_is_named(somebody: Path) -> None:
    for name in ("open", "closed", "open/below", "open/closed"):
        (somebody / name).mkdir()
        community_csv(somebody / name / "a.csv", name)
    for name in ("closed", "open/closed"):
        (somebody / name).chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    found, errors = find_files(["open", "closed"])
    assert found == ["open/a.csv", "open/below/a.csv"]
    assert [(e.path, e.code) for e in errors] == [("open/closed", "folder-closed"), ("closed", "folder-closed")]


@posix
def test_a_working_folder_that_is_gone(returns: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -m communitycheck check "{returns}" --lang en'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    said = "error: the folder that this is run from is gone; go to another and run again"
    assert done.stderr.splitlines()[-1] == said


@posix
def test_a_character_set_that_cannot_name_a_file(returns: Path, tmp_path: Path) -> None:
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("check", returns / "county_00.csv", "-q", "--output-dir", tmp_path / "out", "--lang", "zh", **narrow)
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr
    if done.returncode == 2:
        assert "字符集" in done.stderr
