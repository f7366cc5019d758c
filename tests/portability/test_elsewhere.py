"""The core without what Linux alone has: the same reports to the byte, and nothing left in the temporary folder."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from batch.folder import make
from communitycheck.returns.files.workers import worker as workers
from communitycheck.returns.files.workers.framing import Limits
from communitycheck.returns.files.workers.worker import Worker
from communitycheck.system import meter, processes
from fuzz.traps import xlsx
from paths import ROOT
from returns.files.services import trial

ELSEWHERE = Path(__file__).with_name("elsewhere.py")
SYSTEMS = ("macos", "windows")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes away what Linux has")


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make(tmp_path_factory.mktemp("given") / "returns", 1)
    (folder / "book.xlsx").write_bytes(xlsx())
    table = {"区县": ["大东区", "大东区"], "社区名称": ["甲社区", "乙社区"], "综合服务设施面积(㎡)": [640.0, 310.0]}
    pq.write_table(pa.table(table), folder / "columns.parquet")
    return folder


def run(system: str, *arguments: object, temporary: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    start = ["-m", "communitycheck"] if system == "here" else [str(ELSEWHERE), system, "-m"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNITYCHECK_")}
    temporary.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", *start, *map(str, arguments)],
        env={**clean, "TMPDIR": str(temporary), "PYTHONIOENCODING": "", **variables},
        capture_output=True,
        check=False,
        timeout=300,
    )


def produced(system: str, returns: Path, place: Path) -> tuple[int, dict[str, bytes], bytes]:
    """Exit code, every file written and standard error of one run that does all there is to do."""
    out = place / "out"
    out.mkdir(parents=True)
    options = ["--jobs", 2, "--mark-up", out / "marked", "--output-dir", out / "bundles", "--split-by", "county"]
    reports = [word for suffix in ("json", "xlsx", "csv") for word in ("-o", out / f"report.{suffix}")]
    cache = ["--cache", place / "cache"]
    done = run(system, "check", returns, "--lang", "zh", *options, *reports, *cache, temporary=place / "temporary")
    files = {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}
    assert list((place / "temporary").iterdir()) == []
    assert not [p for p in place.rglob("*") if p.name.endswith(".tmp")]
    careless = re.findall(rb"^.*communitycheck/.*EncodingWarning.*$", done.stderr, re.MULTILINE)
    assert not careless  # a file opened in whatever the system's encoding is
    said = re.sub(rb"^.*EncodingWarning.*\n(?:  .*\n)?", b"", done.stderr, flags=re.MULTILINE)
    return done.returncode, files, said.replace(str(place).encode(), b"PLACE")


@pytest.fixture(scope="module")
def here(returns: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, bytes], bytes]:
    return produced("here", returns, tmp_path_factory.mktemp("here"))


@pytest.mark.parametrize("system", [pytest.param("macos", marks=pytest.mark.slow), "windows"])
def test_the_same_comes_out(
    system: str, returns: Path, here: tuple[int, dict[str, bytes], bytes], tmp_path: Path
) -> None:
    code, files, said = produced(system, returns, tmp_path)
    assert code == here[0] == 2  # three of the files cannot be read
    assert b"Traceback" not in said
    assert {name for name in files if files[name] != here[1].get(name)} == set()
    assert set(files) == set(here[1]) and len(files) > 10
    assert said == here[2]


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_takes_too_much_is_ended_from_outside(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "NEEDED", True)
    there = [sys.executable, "-I", "-S", "-X", "utf8", str(ELSEWHERE), system]
    monkeypatch.setattr(workers, "python", lambda script: [*there, str(script)])
    asked: list[tuple[bytes, Limits, bytes | None]] = [
        (b"swell", Limits(memory=250 << 20, seconds=20.0), None),
        (b"swell", Limits(memory=2 << 30, seconds=20.0), b"512"),
        (b"a", Limits(memory=250 << 20, seconds=5.0), b"set-up a"),
    ]
    for job, limits, answer in asked:
        process = Worker(trial, b"set-up ")
        assert process.ask(job, limits) == answer, limits
        process.stop()
    process = Worker(trial, b"")
    with pytest.raises(TimeoutError):
        process.ask(b"spin", Limits(memory=1 << 30, seconds=0.3))
    process.stop()


def test_without_psutil_what_hangs_still_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "NEEDED", True)
    monkeypatch.setitem(sys.modules, "psutil", None)
    monkeypatch.setattr(Limits, "patience", 0.5)
    there = [sys.executable, "-I", "-S", "-X", "utf8", str(ELSEWHERE), "windows"]
    monkeypatch.setattr(workers, "python", lambda script: [*there, str(script)])
    process = Worker(trial, b"")
    with pytest.raises(TimeoutError):
        process.ask(b"hang", Limits(seconds=0.3))
    process.stop()


# What is asked of the system is asked in one room; the child of a reader limits itself.
ASKING = {"sys.platform", "os.name", "os.uname", "os.sysconf", "os.fork", "os.getuid", "os.geteuid", "os.kill"}
OF_ONE_SYSTEM = {"resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "msvcrt", "winreg", "_winapi", "ctypes"}
ALLOWED = {
    "cli/language.py": {"sys.platform"},  # on Windows the language is no variable of the environment
    "cli/run.py": {"os.name"},  # what Windows says where nobody reads any more
    "returns/files/workers/child.py": {"resource"},
}


def asked() -> Iterator[tuple[str, str]]:
    source = ROOT / "src" / "communitycheck"
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[str] = []
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found = [f"{node.value.id}.{node.attr}"]
            elif isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [node.module or ""]
            yield from ((place, name) for name in found if name in ASKING | OF_ONE_SYSTEM or "os.sched_" in name)


def test_one_room_asks_which_system_it_is() -> None:
    found = {(place, name) for place, name in asked() if not place.startswith("system/")}
    assert found == {(place, name) for place, names in ALLOWED.items() for name in names}


def test_ctrl_c_is_heard_while_a_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "READING_IS_DEAF", True)
    process = Worker(trial, b"set-up ")
    assert process.ask(b"a") == b"set-up a"
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.3, signal.raise_signal, (signal.SIGINT,))
    timer.start()
    begun = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            process.ask(b"hang", Limits(seconds=5.0))
        assert time.monotonic() - begun < 10
    finally:
        signal.signal(signal.SIGINT, previous)
        process.stop()
