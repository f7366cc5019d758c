"""How the cost grows, and where one machine ends: ``python bench/scale.py [--runs 3] [--years 3] [SIZE ...]``.

Under the eight rules of ``eight_rules.yaml``: one return of each size as csv and as xlsx, the largest also with its
failing rows written to a csv (22 % of the verdicts); then the returns of several years, each with the largest size,
all in one run and one run for each. Last a workbook of 200 rows against ``import pandas``. Every measurement is a
fresh process; medians, and the peak memory of the process as the kernel counts it. Nothing is asserted but that the
tool ended well.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from make_returns import make
from peers import OURS
from ratios import HERE, Cost, in_turns, median, run

TOOL = str(Path(sys.executable).with_name(OURS))


def judged(paths: list[Path], runs: int, target: Path | None = None) -> Cost:
    """The median cost of judging ``paths`` in one run, printing a summary or writing the fails to ``target``."""
    output = ["-o", str(target), "--quiet"] if target else []
    command = [TOOL, "check", *map(str, paths), "-s", str(HERE / "eight_rules.yaml"), *output, "--fail-on", "never"]
    costs = [run(command) for _ in range(runs)]
    if any(cost.exit_code for cost in costs):
        raise SystemExit(f"exit code {costs[0].exit_code} for {', '.join(p.name for p in paths)}")
    return median(costs)


def row(what: str, records: int, cost: Cost) -> None:
    per = cost.busy / records * 1e6
    print(
        f"| {what} | {records:,} | {cost.seconds:.1f} | {cost.busy:.1f} | {per:.0f} | {cost.megabytes:,.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[3_000, 50_000, 650_000], help="communities per file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    parser.add_argument("--years", type=int, default=3, help="returns of the largest size in one run (default 3)")
    parser.add_argument("--suffix", choices=[".csv", ".xlsx"], action="append", help="only these (default both)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    options = parser.parse_args()
    suffixes = options.suffix or [".csv", ".xlsx"]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; medians of {options.runs}\n")
    print("| | records | s | CPU s | CPU µs per record | MB |\n|---|--:|--:|--:|--:|--:|")
    for suffix in suffixes:
        for size in options.sizes:
            path = next(p for p in make(size, options.data) if p.suffix == suffix)
            row(f"one {suffix[1:]}", size, judged([path], options.runs))
        with tempfile.TemporaryDirectory() as folder:
            row(f"one {suffix[1:]}, failing rows written", size, judged([path], 1, Path(folder, "failing.csv")))
        made = [p for year in range(options.years) for p in make(size, options.data, year=year)]
        years = [p for p in made if p.suffix == suffix]
        for count in range(2, options.years + 1):
            row(f"{count} years, {suffix[1:]}, one run", count * size, judged(years[:count], 1))
        costs = [judged([path], 1) for path in years]
        apart = Cost(sum(c.seconds for c in costs), max(c.megabytes for c in costs), 0, sum(c.busy for c in costs))
        row(f"{options.years} years, {suffix[1:]}, a run each", options.years * size, apart)
    small = next(p for p in make(200, options.data) if p.suffix == ".xlsx")
    ours, bare = in_turns([TOOL, "check", str(small)], [sys.executable, "-c", "import pandas"], 3 * options.runs)
    print(f"\na workbook of 200 rows {ours.seconds:.2f} s, import pandas {bare.seconds:.2f} s: ", end="")
    print(f"{ours.seconds / bare.seconds:.2f} times")


if __name__ == "__main__":
    main()
