"""What the tool opens, writes and starts, as Python itself reports it: the policy of docs/reliability.md, held to."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import communitycheck
from communitycheck.api import formats
from communitycheck.returns.files.workers import framing
from communitycheck.system import processes
from communitycheck.system.limits import in_force
from communitycheck.system.user_key import state_folder
from paths import ROOT

WATCHED = Path(__file__).with_name("watched.py")
CHILD = Path(communitycheck.__file__).parent / "returns" / "files" / "workers" / "child.py"
MARK = "qx7marker"
LURES = f"""区,街道,社区名称,社区类型,户数,综合服务设施面积
和平区,南湖街道,"=cmd|'/c {MARK}'!A1",城市社区,2000,"__import__('os').system('{MARK}')"
和平区,南湖街道,=WEBSERVICE("http://127.0.0.1/{MARK}"),城市社区,"exec('{MARK}')",380
和平区,南湖街道,{{{{ {MARK}.__class__ }}}},城市社区,2100,380
"""
RULE = f"""standard: lure
title: {{zh: 某县标准, en: A standard}}
source: {{document: 文件, issuer: 民政局, date: 2023-01-01}}
jurisdiction: {{code: "210102", name: 和平区}}
in_force: {{from: 2023-01-01}}
rules:
  - id: LU-01
    title: {{zh: "{MARK}()", en: "{MARK}()"}}
    clause: 一
    applies_to: community
    indicator: __import__("{MARK}") + 1
    at_least: 450 m2
    severity: mandatory
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder: returns of several kinds, a lure, an empty folder for outputs and one for temporary files."""
    folder = tmp_path_factory.mktemp("place").resolve()
    returns = folder / "returns"
    for name in ("returns", "out", "temporary"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "sample_data" / "shenyang_2023.xlsx", returns / "a.xlsx")
    (returns / "b.csv").write_text(LURES, encoding="utf-8")
    shutil.make_archive(str(returns / "c"), "zip", ROOT / "sample_data", "shenyang_liaoning_mixed.csv")
    (folder / "lure.yaml").write_text(RULE, encoding="utf-8")
    return folder


def watched(
    place: Path, what: str, *arguments: str, said: bytes = b"", isolated: bool = False
) -> tuple[dict[str, list[Any]], str]:
    """The log of one run and what it printed; ``said`` is its standard input."""
    log = place / "log.json"
    log.unlink(missing_ok=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COMMUNITYCHECK_", "COV_", "COVERAGE"))}
    done = subprocess.run(
        [sys.executable, *(("-I", "-S") if isolated else ()), "-X", "utf8", str(WATCHED), str(log), what, *arguments],
        cwd=place, capture_output=True, check=False,
        input=said, timeout=120,
        env={**clean, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(place / "temporary"), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    out, trouble = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    assert log.exists(), trouble[-2000:]
    assert "Traceback" not in trouble, trouble[-2000:]
    return json.loads(log.read_text(encoding="utf-8")), out


def within(path: str, *folders: Path) -> bool:
    real = Path(path)
    return any(real == folder or folder in real.parents for folder in folders)


def own(path: str, place: Path) -> bool:
    """What any Python program reads: its code and libraries, and the settings of the system."""
    libraries = {Path(p) for p in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())}
    libraries |= {Path(os.path.realpath(p)) for p in libraries} | {Path(p) for p in sys.path if p and Path(p) != place}
    system = [Path(p) for p in ("/proc", "/sys", "/dev/null", "/dev/urandom", "/etc/localtime", "/usr/share/zoneinfo")]
    return within(path, *libraries, *system, ROOT / "src", ROOT / "rules", ROOT / "sample_data", WATCHED.parent)


# Looked for in the folder and in those above it.
ABOVE = ("communitycheck.toml", "pyproject.toml", ".communitycheck-bundles.json", ".communitycheck-files.json")
OUTPUTS = [word for suffix in formats().suffixes for word in ("-o", f"out/report{suffix}")]
COMMANDS = {
    "check": ["check", "returns", "--region", "沈阳市", "--as-of", "2023-12-31", *OUTPUTS],
    "inspect": ["inspect", "returns/a.xlsx", "--save-mapping", "out/map.yaml"],
    "template": ["template", "-s", "liaoning-2021", "-o", "out/blank.xlsx"],
    "rules show": ["rules", "show", "LN-01"],
    "rules lint": ["rules", "lint", "lure.yaml"],
    "rules coverage": ["rules", "coverage", "returns/b.csv"],
    "a lure of a rule": ["check", "returns/b.csv", "--standard", "lure.yaml"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str, place: Path) -> None:
    log, _ = watched(place, "tool", *COMMANDS[name])
    assert len(log["read"]) > 20 and log["code"], "nothing was watched"
    assert "network" not in log
    read = {path for path in log["read"] if not own(path, place)}
    settings = {str(folder / name) for folder in (place, *place.parents) for name in ABOVE}
    # It is looked up whether an earlier run has compiled these rules; with faults they are not kept.
    strange = {path for path in read - settings if not within(path, place, state_folder() / "standards")}
    assert strange == set()
    written = [*log.get("write", []), *(path for _, *paths in log.get("change", []) for path in paths)]
    assert {p for p in written if not within(p, place / "out", place / "temporary", Path("/dev/null"))} == set()
    assert list((place / "temporary").iterdir()) == []
    assert {path.name for path in place.iterdir()} <= {"returns", "out", "temporary", "lure.yaml", "log.json"}
    for _, *command in log.get("start", []):
        assert command[:6] == processes.python(CHILD)
    kinds = {entry[0] for entry in log["code"]}
    assert kinds <= {"compile", "exec", "ctypes.dlopen", "code.__new__"}
    assert not [entry for entry in log["code"] if MARK in "".join(entry)]
    if name == "check":
        assert len(list((place / "out").glob("report*"))) == len(formats().suffixes)
        assert len(log["start"]) == 1


def test_the_process_that_reads_a_workbook(place: Path) -> None:
    reader = "communitycheck.returns.files.formats.spreadsheets.xlsx.reader:read_xlsx"
    file = str(place / "returns" / "a.xlsx")
    job = {"reader": reader, "file": file, "spool": "", "more": [], "limits": dict(in_force())}
    messages = io.BytesIO()
    framing.send(messages, b"")
    framing.send(messages, json.dumps(job).encode(), framing.Limits(4 << 30, 60.0))
    service = "communitycheck.returns.files.formats.reader_service:serve"
    package = str(Path(communitycheck.__file__).parent)
    arguments = (str(CHILD), service, package, json.dumps([entry for entry in sys.path if entry]))
    log, out = watched(place, "child", *arguments, said=messages.getvalue(), isolated=True)
    assert len(out) > 1000
    assert set(log) <= {"read", "write", "code"} and set(log.get("write", [])) <= {os.devnull}
    assert {p for p in log["read"] if not own(p, place) and not within(p, place / "returns" / "a.xlsx")} == set()


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    """An audit that cannot fail proves nothing: each kind of deed is done once and found in the log."""
    deeds = tmp_path / "deeds.py"
    deeds.write_text(
        "import os, socket, subprocess, sys\n"
        "open(sys.argv[1], 'w').close(); os.rename(sys.argv[1], sys.argv[1] + '2')\n"
        "subprocess.run([sys.executable, '-c', '']); os.system('true')\n"
        "socket.socket().close(); eval(compile('1+1', 'x', 'eval'))\n",
        encoding="utf-8",
    )
    log, _ = watched(tmp_path, "child", str(deeds), str(tmp_path / "made"))
    assert str(tmp_path / "made") in log["write"]
    assert log["change"][0][0] == "os.rename"
    assert {entry[0] for entry in log["start"]} >= {"subprocess.Popen", "os.system"}
    assert log["network"] and [e for e in log["code"] if e[:3] == ["compile", "x", "1+1"]]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
def test_without_a_network_the_report_is_the_same(place: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "communitycheck", "check", str(place / "returns" / "a.xlsx"), "--format", "json"]
    cut = subprocess.run(["unshare", "-rn", *command], capture_output=True, cwd=tmp_path, check=False)
    if b"unshare" in cut.stderr:
        pytest.skip("this system allows no namespace of its own")
    whole = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
    assert cut.stdout == whole.stdout and len(whole.stdout) > 1000
