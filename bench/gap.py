"""Measure ``gap`` against ``check`` of the same return: ``python bench/gap.py [--runs 3] [SIZE ...]``.

Under the eight rules of ``eight_rules.yaml`` and the curves of ``curves.yaml``; both sides take turns, each in a fresh
process, and medians are shown. ``gap`` is to take no more than twice the time and 1.3 times the memory.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from make_returns import make
from peers import OURS
from ratios import HERE, in_turns, show

TOOL = str(Path(sys.executable).with_name(OURS))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[650_000], help="communities per file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    parser.add_argument("--budget", default="", help="also spend this, such as 'facility_area=100000 m2'")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    options = parser.parse_args()
    print(f"{'':<24}{'s':>8}{'check':>8}{'ratio':>8}{'MB':>9}{'check':>8}{'ratio':>8}{'exit':>6}")
    for size in options.sizes:
        path = next(p for p in make(size, options.data) if p.suffix == ".csv")
        for rules in ("eight_rules.yaml", "curves.yaml"):
            words = [str(path), "-s", str(HERE / rules)]
            more = ["--budget", options.budget] if options.budget else []
            ours, theirs = in_turns([TOOL, "gap", *words, *more], [TOOL, "check", *words], options.runs)
            show(f"{rules.removesuffix('.yaml')} {size:,}", ours, theirs)


if __name__ == "__main__":
    main()
