"""The batch from the command line: signals, logs, the progress bar."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from batch.folder import community_csv, make

COMMAND = [sys.executable, "-m", "communitycheck", "check", "--as-of", "2023-12-31"]


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", **options)  # type: ignore[call-overload,no-any-return]


def test_logs_as_json(tmp_path: Path) -> None:
    make(tmp_path, 2)
    (tmp_path / "list.txt").write_text("locked.xlsx\ncounty_00.csv\nnone.csv\n", encoding="utf-8")
    done = run(f"@{tmp_path / 'list.txt'}", "--log-format", "json", "--quiet", "--lang", "en")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (2, "")
    assert [(line["level"], line["code"]) for line in lines] == [
        ("error", "password-protected"), ("error", "listed-leads-nowhere"), ("info", "run-finished"),
    ]  # fmt: skip
    assert lines[0]["path"].endswith("locked.xlsx") and lines[0]["path"] in lines[0]["message"]
    assert (lines[-1]["read"], lines[-1]["refused"], lines[-1]["exit_code"]) == (1, 2, 2)


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--jobz", "2"], ["--standard", "none-such"]])
def test_usage_errors_are_json_too(tmp_path: Path, arguments: list[str]) -> None:
    file = community_csv(tmp_path / "a.csv", "和平区", 2)
    done = run(file, *arguments, "--log-format=json", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    (line,) = done.stderr.splitlines()
    assert done.returncode == 2 and json.loads(line)["level"] == "error" and json.loads(line)["code"]


def test_the_format_of_logs_may_be_a_setting(tmp_path: Path) -> None:
    file = community_csv(tmp_path / "a.csv", "和平区", 2)
    done = run(file, "--quiet", env={**os.environ, "COMMUNITYCHECK_LOG_FORMAT": "json"})
    assert json.loads(done.stderr)["code"] == "run-finished"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("quiet", "shown"), [(False, True), (True, False)])
def test_the_bar_is_for_a_terminal(tmp_path: Path, quiet: bool, shown: bool) -> None:
    import pty

    make(tmp_path, 3)
    ours, theirs = pty.openpty()
    arguments = [*COMMAND, str(tmp_path), "--jobs", "2", "--lang", "zh", *(["--quiet"] if quiet else [])]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                block = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            if not block:
                break
            said += block
    os.close(ours)
    assert process.returncode == 2
    assert ("读取" in said.decode() and "剩余" in said.decode()) == shown
    assert "locked.xlsx" in said.decode()


def test_no_bar_without_a_terminal(tmp_path: Path) -> None:
    make(tmp_path, 3)
    done = run(tmp_path, "--jobs", "2", "--quiet", "--lang", "zh")
    assert len(done.stderr.splitlines()) == done.stderr.count("错误：") == 4


def children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found += [int(entry.name), *children(int(entry.name))]
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to find processes in")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)])
def test_a_signal_ends_it_cleanly(tmp_path: Path, name: str, code: int) -> None:
    number = signal.Signals[name]
    folder, cache = make(tmp_path / "in", 60), tmp_path / "cache"
    out = tmp_path / "out.json"
    arguments = [*COMMAND, str(folder), "--jobs", "2", "--cache", str(cache), "-o", str(out), "--lang", "en"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # Where the tests run in the background, the shell has them ignore Ctrl-C, and what they start as well.
    heard = partial(signal.signal, number, signal.SIG_DFL)
    with subprocess.Popen(arguments, **pipes, text=True, preexec_fn=heard) as process:
        while process.poll() is None and not list(cache.glob("??/*.reading")):
            time.sleep(0.01)
        family = children(process.pid)
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert said == "error: stopped; no half-written file was left\n"
    assert family
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cache", "in"]
