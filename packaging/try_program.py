"""Try the stand-alone program: ``python packaging/try_program.py dist/communitycheck``.

A workbook with a Chinese name is dropped on it, in a folder with a space in its name; two returns are read by processes
that it starts. Prints how large it is and how long it takes to start.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "sample_data"


def run(program: Path, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    # No browser where nobody looks; the report must be there all the same.
    quiet = {**os.environ, "BROWSER": "true", "COMMUNITYCHECK_LANG": "zh"}
    return subprocess.run(
        [str(program), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, env=quiet, check=False
    )


def main(folder: Path) -> int:
    program = folder / ("communitycheck.exe" if sys.platform == "win32" else "communitycheck")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    begun = time.perf_counter()
    assert run(program, "--version").returncode == 0
    print(f"{size / 1e6:,.0f} MB, starts in {time.perf_counter() - begun:.2f} s")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        desk = Path(place) / "my desk"
        desk.mkdir()
        dropped = desk / "沈阳 2023.xlsx"
        shutil.copy(SAMPLES / "shenyang_2023.xlsx", dropped)
        done = run(program, dropped)
        assert done.returncode == 1, done.stderr.decode("utf-8", "replace")
        page = (desk / "沈阳 2023 核查报告.html").read_text(encoding="utf-8")
        assert "LN-03" in page and len(page) > 100_000
        shutil.copy(SAMPLES / "shenyang_liaoning_mixed.csv", desk)
        done = run(program, "check", desk, "--jobs", 2, "-q", "-o", Path(place) / "both.json")
        assert done.returncode == 1, done.stderr.decode("utf-8", "replace")
        report = json.loads((Path(place) / "both.json").read_text(encoding="utf-8"))
        assert len(report["run"]["returns"]) == 2 and not report["unread"]
    print("a dropped return was judged, and two were read by processes of the program")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
