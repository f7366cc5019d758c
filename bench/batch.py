"""Measure a batch of many small workbooks: ``python bench/batch.py [--files 3000] [--rows 200] [--runs 3]``.

Prints, from one run on one machine, how long ``communitycheck check FOLDER`` takes with one process and with two, with
a cold and with a warm cache, and how much memory the processes hold at their peak, for a quarter of the files and for
all of them; then how long one workbook takes against ``import pandas``. Sides take turns and medians are shown. The
reports must be the same bytes; that alone is asserted. Memory is the largest sum of what the process and all below it
hold of their own, looked at once a second (Linux; elsewhere it is left out).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from make_returns import HEADER, rows
from ratios import COMPILED

HERE = Path(__file__).parent
TOOL = [sys.executable, "-m", "communitycheck", "check", "--as-of", "2023-12-31"]


@dataclass(frozen=True)
class Cost:
    """Wall seconds, peak MB of the whole family and of its largest member, and a digest of the report."""

    seconds: float
    family: float
    largest: float
    digest: str


def workbooks(files: int, size: int, out: Path) -> Path:
    """A folder with so many workbooks of so many rows; what is there already is kept."""
    import xlsxwriter

    folder = out / f"workbooks_{files}_{size}"
    folder.mkdir(parents=True, exist_ok=True)
    records = rows(files * size)
    for number in range(files):
        block = list(islice(records, size))
        path = folder / f"return_{number:05}.xlsx"
        if path.exists():
            continue
        part = path.with_suffix(".part")
        book = xlsxwriter.Workbook(str(part))
        sheet = book.add_worksheet("社区")
        for row, record in enumerate([HEADER, *block]):
            sheet.write_row(row, 0, record)
        book.close()
        part.replace(path)
    return folder


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found


def megabytes(pid: int) -> float:
    """Memory that a process holds and shares with no file; cheap to ask, so that asking does not slow it down."""
    with contextlib.suppress(OSError):
        resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0.0


def run(arguments: list[str]) -> Cost:
    """Run the tool to its end in a fresh process, with its report on standard output."""
    peaks, over = [0.0, 0.0], threading.Event()
    started = time.perf_counter()
    command, nothing = [*TOOL, *arguments], subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=nothing, env=COMPILED) as process:

        def watch() -> None:
            while not over.wait(1.0):
                sizes = [megabytes(pid) for pid in family(process.pid)]
                peaks[0], peaks[1] = max(peaks[0], sum(sizes)), max(peaks[1], *sizes)

        watcher = threading.Thread(target=watch)
        watcher.start()
        assert process.stdout is not None
        digest = hashlib.sha256(process.stdout.read()).hexdigest()
    seconds = time.perf_counter() - started
    over.set()
    watcher.join()
    return Cost(seconds, peaks[0], peaks[1], digest)


def seconds_of(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=COMPILED, check=False)
    return time.perf_counter() - started


def in_turns(sides: dict[str, list[str]], runs: int) -> dict[str, Cost]:
    """Medians of each side; in each turn every side runs once."""
    costs: dict[str, list[Cost]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, arguments in sides.items():
            costs[name].append(run(arguments))
    digests = {cost.digest for some in costs.values() for cost in some}
    assert len(digests) == 1, "the reports differ"
    return {
        name: Cost(
            statistics.median(c.seconds for c in some), max(c.family for c in some), max(c.largest for c in some), ""
        )
        for name, some in costs.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3, help="runs of each side; the median counts (default 3)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the workbooks are, or are made")
    options = parser.parse_args()
    whole = workbooks(options.files, options.rows, options.data)
    quarter = workbooks(options.files // 4, options.rows, options.data)
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first run; a busy machine blurs the ratios"
    )
    print(f"{'':<34}{'seconds':>9}{'files/s':>9}{'MB, all':>9}{'MB, largest':>13}")

    def show(what: str, count: int, cost: Cost) -> None:
        print(
            f"{what:<34}{cost.seconds:>9.1f}{count / cost.seconds:>9.1f}{cost.family:>9.0f}{cost.largest:>13.0f}",
            flush=True,
        )

    for folder, count in ((quarter, options.files // 4), (whole, options.files)):
        costs = in_turns({f"--jobs {n}": [str(folder), "--jobs", str(n)] for n in (1, 2)}, options.runs)
        for name, cost in costs.items():
            show(f"{count} workbooks, {name}", count, cost)
        print(f"  two processes are {costs['--jobs 1'].seconds / costs['--jobs 2'].seconds:.2f} times as fast as one")
    with tempfile.TemporaryDirectory() as cache:
        arguments = [str(whole), "--jobs", "2", "--cache", cache]
        cold, warm = run(arguments), run(arguments)
    assert cold.digest == warm.digest, "the reports differ"
    show(f"{options.files} workbooks, --jobs 2, cold cache", options.files, cold)
    show(f"{options.files} workbooks, --jobs 2, warm cache", options.files, warm)
    one = [*TOOL, str(whole / "return_00000.xlsx")]
    theirs = [sys.executable, "-c", "import pandas"]
    turns = [(seconds_of(one), seconds_of(theirs)) for _ in range(3 * options.runs)]
    ours, bare = (statistics.median(side) for side in zip(*turns, strict=True))
    print(f"one workbook {ours:.2f} s, import pandas {bare:.2f} s: {ours / bare:.2f} times")


if __name__ == "__main__":
    main()
