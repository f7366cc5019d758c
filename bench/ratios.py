"""Measure the tool against the bare read of the same file: ``python bench/ratios.py [--runs 3] [SIZE ...]``.

Prints, from one run on one machine, how long and how much memory ``communitycheck check FILE`` takes against the
fastest bare read of that file (fastexcel to Arrow for xlsx, the C engine of pandas for csv), and how long
``communitycheck --version`` takes against a Typer hello-world. Every measurement is a fresh process; the two sides
take turns, and medians are shown. Times are printed and never asserted: what they mean is for the reader to judge.
Memory is the peak resident size of the largest process of each side, as the kernel counts it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from make_returns import make

HERE = Path(__file__).parent
BARE_READ = {
    ".xlsx": "import sys, fastexcel; fastexcel.read_excel(sys.argv[1]).load_sheet(0).to_arrow()",
    ".csv": "import sys, pandas; pandas.read_csv(sys.argv[1], engine='c')",
}


# A tool in use has its modules compiled: what forbids that here would be measured with it.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Cost:
    """What one process took: wall seconds, peak resident MB, the exit code it ended with, seconds of processor."""

    seconds: float
    megabytes: float
    exit_code: int
    busy: float


def run(command: list[str]) -> Cost:
    """Run ``command`` to its end in a fresh process; its output is thrown away."""
    started = time.perf_counter()
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=COMPILED)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    per_mb = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(seconds, usage.ru_maxrss / per_mb, child.returncode, usage.ru_utime + usage.ru_stime)


def in_turns(ours: list[str], theirs: list[str], runs: int) -> tuple[Cost, Cost]:
    """Medians of both sides; each turn runs theirs, then ours."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(runs):
        costs[1].append(run(theirs))
        costs[0].append(run(ours))
    return median(costs[0]), median(costs[1])


def median(costs: list[Cost]) -> Cost:
    """Each figure's median; the worst exit code."""
    return Cost(
        statistics.median(c.seconds for c in costs),
        statistics.median(c.megabytes for c in costs),
        max(c.exit_code for c in costs),
        statistics.median(c.busy for c in costs),
    )


def show(what: str, ours: Cost, theirs: Cost) -> None:
    print(
        f"{what:<24}{ours.seconds:>8.2f}{theirs.seconds:>8.2f}{ours.seconds / theirs.seconds:>8.2f}"
        f"{ours.megabytes:>9.0f}{theirs.megabytes:>8.0f}{ours.megabytes / theirs.megabytes:>8.2f}"
        f"{ours.exit_code:>6}",
        flush=True,
    )
    if ours.exit_code == 2:
        print("  exit code 2: something went wrong, and these figures mean nothing", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[3_000, 50_000, 650_000], help="communities per file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each side; the median counts (default 3)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    options = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first run; a busy machine blurs the ratios"
    )
    python, tool = sys.executable, str(Path(sys.executable).with_name("communitycheck"))
    print(f"{'':<24}{'seconds':>24}{'peak MB':>25}{'exit':>6}")
    print(f"{'':<24}{'ours':>8}{'bare':>8}{'ratio':>8}{'ours':>9}{'bare':>8}{'ratio':>8}{'code':>6}")
    for size in options.sizes:
        for path in reversed(make(size, options.data)):
            ours, theirs = in_turns(
                [tool, "check", str(path)], [python, "-c", BARE_READ[path.suffix], str(path)], options.runs
            )
            if theirs.exit_code:
                raise SystemExit(f"the bare read of {path.name} ended with exit code {theirs.exit_code}")
            show(path.name, ours, theirs)
    show(
        "--version / hello",
        *in_turns([tool, "--version"], [python, str(HERE / "hello.py")], 3 * options.runs),
    )


if __name__ == "__main__":
    main()
