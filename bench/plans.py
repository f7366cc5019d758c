"""Measure the plans against ``check`` of the same return: ``python bench/plans.py [--runs 3] [SIZE ...]``.

gap, whatif, compare, waivers, baselines and trend over returns of the same communities in three years, under the eight
rules of ``eight_rules.yaml``. All take turns with ``check``, each in a fresh process, and medians are shown: seconds
and peak resident MB of the largest process, and their ratios to ``check`` of one return (of ``trend`` to the sum of
the checks of its three). None is to take more than twice the time and 1.3 times the memory, baselines no more than 3 s
besides, and trend no more than 1.2 times the time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path

from make_returns import make, rows
from ratios import HERE, Cost, median, run

TOOL = [sys.executable, "-m", "communitycheck"]
RULES = ["-s", str(HERE / "eight_rules.yaml")]
YEARS = (2021, 2022, 2023)
WAIVERS = 10_000


def write_waivers(path: Path, size: int, count: int) -> None:
    """Waivers of communities by their codes, one rule each."""
    lines = ["waivers:"]
    step = max(1, size // count)
    for number, record in enumerate(islice(rows(size), 0, None, step)):
        lines.append(
            f'- {{rule: E-{number % 8 + 1}, subject: {{code: "{record[0]}"}}, reason: being built, '
            f'approver: county office, document: "no. {number}", from: "2020-01-01", until: "2099-12-31"}}'
        )
    path.write_text("\n".join(lines[: count + 1]) + "\n", encoding="utf-8")


def commands(size: int, data: Path, work: Path, waivers: int, budget: str) -> dict[str, list[str]]:
    """What is measured, by name; files that a command needs are made."""
    made = [make(size, data, year=number, suffixes=(".csv",))[0] for number in range(len(YEARS))]
    dated = [work / f"{year}年社区.csv" for year in YEARS]
    for source, link in zip(made, dated, strict=True):
        link.symlink_to(source.resolve())
    one, other = map(str, made[:2])
    excused, base, report = work / "waivers.yaml", work / "baseline.json", work / "report.json"
    write_waivers(excused, size, waivers)
    check = [*TOOL, "check", one, *RULES]
    for needed in ([*check, "-o", str(report), "-q"], [*TOOL, "baseline", "write", one, *RULES, "-o", str(base)]):
        if run(needed).exit_code == 2:
            raise SystemExit(f"exit code 2: {' '.join(needed)}")
    return {
        "check": check,
        "gap": [*TOOL, "gap", one, *RULES, *(["--budget", budget] if budget else [])],
        "gap, curves": [*TOOL, "gap", one, "-s", str(HERE / "curves.yaml")],
        "whatif, a value": [*TOOL, "whatif", one, *RULES, "--set", "E-1=500"],
        "whatif, a range": [*TOOL, "whatif", one, *RULES, "--set", "E-1=300..800"],
        "compare": [*TOOL, "compare", one, other, *RULES],
        "compare a report": [*TOOL, "compare", str(report), other, *RULES],
        "check --waivers": [*check, "--waivers", str(excused)],
        "baseline write": [*TOOL, "baseline", "write", one, *RULES, "-o", str(work / "again.json"), "--force"],
        "check --baseline": [*check, "--baseline", str(base)],
        "trend, three years": [*TOOL, "trend", *map(str, dated), *RULES],
    }


def show(what: str, cost: Cost, check: Cost, times: int = 1) -> None:
    seconds, more = cost.seconds / (check.seconds * times), cost.seconds - check.seconds * times
    print(
        f"| {what} | {cost.seconds:.2f} | {seconds:.2f} | {more:+.2f} | {cost.busy / (check.busy * times):.2f} "
        f"| {cost.megabytes:,.0f} | {cost.megabytes / check.megabytes:.2f} | {cost.exit_code} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[650_000], help="communities per return")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    parser.add_argument("--only", action="append", default=[], help="measure what is called so alone")
    parser.add_argument("--waivers", type=int, default=WAIVERS, help=f"waivers in the file (default {WAIVERS:,})")
    parser.add_argument("--budget", default="", help="let gap also spend this, such as 'facility_area=100000 m2'")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            asked = commands(size, options.data, Path(folder), options.waivers, options.budget)
            if unknown := set(options.only) - asked.keys():
                parser.error(f"nothing is called {', '.join(sorted(unknown))}; there are {', '.join(asked)}")
            kept = {what: words for what, words in asked.items() if what in ("check", *(options.only or asked))}
            turns = [{what: run(words) for what, words in kept.items()} for _ in range(options.runs)]
        costs = {what: median([turn[what] for turn in turns]) for what in kept}
        print(f"\n{size:,} communities, medians of {options.runs}\n")
        print("| | s | × check | s more | × CPU | MB | × check | exit |\n|---|--:|--:|--:|--:|--:|--:|--:|")
        for what, cost in costs.items():
            show(what, cost, costs["check"], len(YEARS) if what.startswith("trend") else 1)
        if any(cost.exit_code == 2 for cost in costs.values()):
            raise SystemExit("exit code 2: something went wrong, and these figures mean nothing")


if __name__ == "__main__":
    main()
