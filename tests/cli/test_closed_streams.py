"""Standard output or standard error takes nothing more: the exit code stays true, and the files are written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "市,县（区）,社区名称,社区类型,综合服务设施面积\n"
COMMAND = [sys.executable, "-m", "communitycheck"]
FULL = Path("/dev/full")
BROKEN_PIPE = 141
pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
JUDGED = "check good.csv -s liaoning-2021 --select LN-01"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.csv").write_text(HEAD + "沈阳市,和平区,甲社区,城市社区,900\n", encoding="utf-8")
    Path("bad.csv").write_text(HEAD + "沈阳市,和平区,乙社区,城市社区,39\n", encoding="utf-8")


def nobody_reads(words: str) -> tuple[int, str]:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, *words.split()], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", [JUDGED, f"{JUDGED} --format json", "inspect good.csv", "rules list", "--help"])
def test_nobody_reads_standard_output(words: str) -> None:
    """Not 1, which would say that something falls short."""
    assert nobody_reads(words) == (BROKEN_PIPE, "")


PRODUCTS = {"-o r.html": "r.html", "--output-dir out": "out/good.xlsx", "-o r.csv -o r.xlsx": "r.xlsx"}


@pytest.mark.parametrize("output", PRODUCTS)
def test_files_are_written_though_nobody_reads_the_report(output: str) -> None:
    assert nobody_reads(f"{JUDGED} {output}")[0] == BROKEN_PIPE
    assert Path(PRODUCTS[output]).is_file()


@full
@pytest.mark.parametrize("output", PRODUCTS)
def test_files_are_written_though_standard_output_is_full(output: str) -> None:
    with FULL.open("wb") as sink:
        assert subprocess.run([*COMMAND, *f"{JUDGED} {output}".split()], stdout=sink, check=False).returncode == 2
    assert Path(PRODUCTS[output]).is_file()


@full
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{JUDGED} -q --mark-up back", 0),
        (f"{JUDGED} -q --log-format json", 0),
        ("check bad.csv -s liaoning-2021 --select LN-01 -q --mark-up back", 1),
        ("check nothing.csv -q", 2),
        ("check good.csv --no-such-option", 2),
        ("nothing", 2),
    ],
)
def test_a_standard_error_that_is_full(words: str, code: int) -> None:
    with FULL.open("wb") as sink:
        assert subprocess.run([*COMMAND, *words.split()], stderr=sink, check=False).returncode == code
