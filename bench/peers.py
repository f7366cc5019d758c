"""Hold the tool against other validators: ``python bench/peers.py [--runs 3] [SIZE ...]`` (``pip install '.[peers]'``).

Every tool gets the same eight rules (``eight_rules.yaml``; the others' ways of saying them are in ``peers/``) and the
same csv, and writes every failing row with its rule to a csv. A measurement is a fresh process from start to end; the
tools take turns, and medians are shown. All must find the same fails, rule by rule, or the run stops. Times are
printed and never asserted.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from make_returns import make_plain
from ratios import HERE, Cost, median, run

PEERS = {  # script in ``peers/`` -> what the table calls it, and the packages whose versions stand beside it
    "plain_polars": ("plain polars", ("polars",)),
    "plain_pandas": ("plain pandas", ("pandas",)),
    "pointblank_": ("pointblank (polars)", ("pointblank",)),
    "pandera_polars": ("pandera (polars)", ("pandera",)),
    "pandera_pandas": ("pandera (pandas)", ("pandera",)),
    "great_expectations_": ("Great Expectations (pandas)", ("great_expectations",)),
    "frictionless_": ("frictionless", ("frictionless",)),
}
OURS, BASE = "communitycheck", "plain_polars"
SLOW = {"frictionless_": 50_000}  # the largest size that is still worth the wait


def command(tool: str, source: Path, target: Path) -> list[str]:
    if tool != OURS:
        return [sys.executable, str(HERE / "peers" / f"{tool}.py"), str(source), str(target)]
    cli = str(Path(sys.executable).with_name(OURS))
    rules = str(HERE / "eight_rules.yaml")
    return [cli, "check", str(source), "-s", rules, "-o", str(target), "--quiet", "--fail-on", "never", "--lang", "en"]


def fails(path: Path) -> Counter[str]:
    """Failing rows by rule. The tool's own csv also lists what could not be judged; the others say nothing of it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return Counter(row["rule"] for row in reader if row.get("outcome", "fail") == "fail")


def measure(source: Path, tools: list[str], runs: int) -> tuple[dict[str, list[Cost]], Counter[str]]:
    """The costs of every tool, and the fails that all of them found."""
    costs: dict[str, list[Cost]] = {tool: [] for tool in tools}
    expected: Counter[str] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(runs):
            for tool in tools:
                target = Path(folder, f"{tool}.csv")
                cost = run(command(tool, source, target))
                if cost.exit_code:
                    raise SystemExit(f"{tool} ended with exit code {cost.exit_code} on {source.name}")
                costs[tool].append(cost)
                if turn == 0:
                    found = fails(target)
                    expected = found if expected is None else expected
                    if found != expected:
                        raise SystemExit(f"{tool} found {dict(found)}, {tools[0]} found {dict(expected)}")
                target.unlink()
    return costs, expected or Counter()


def table(costs: dict[str, list[Cost]]) -> str:
    """The medians as Markdown, the fastest first."""
    middle = {tool: median(costs[tool]) for tool in costs}
    lines = ["| | s | × polars | CPU s | MB |", "|---|--:|--:|--:|--:|"]
    for tool, cost in sorted(middle.items(), key=lambda item: item[1].seconds):
        ratio = cost.seconds / middle[BASE].seconds
        name, packages = PEERS.get(tool, (f"**{OURS}**", (OURS,)))
        versions = " ".join(version(p) for p in packages)
        lines.append(
            f"| {name} {versions} | {cost.seconds:.2f} | {ratio:.1f} | {cost.busy:.2f} | {cost.megabytes:,.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[3_000, 50_000, 650_000], help="communities per file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each tool; the median counts (default 3)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    parser.add_argument("--tools", nargs="+", choices=[*PEERS, OURS], help=f"only these, beside {BASE} and {OURS}")
    options = parser.parse_args()
    for size in options.sizes:
        chosen = [t for t in (*PEERS, OURS) if not options.tools or t in (*options.tools, BASE, OURS)]
        tools = [t for t in chosen if size <= SLOW.get(t, size)]
        load = os.getloadavg()[0]
        costs, found = measure(make_plain(size, options.data), tools, options.runs)
        print(f"\n{size:,} rows; {os.cpu_count()} cores, load {load:.1f} at the start; medians of {options.runs}\n")
        print(table(costs))
        each = ", ".join(f"{rule} {found[rule]:,}" for rule in sorted(found))
        print(f"\nEvery tool found the same {found.total():,} fails ({each}).", flush=True)


if __name__ == "__main__":
    main()
