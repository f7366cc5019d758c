"""What each format costs at scale: ``python bench/formats.py [--size 650000]``.

One run without a report and one with each format, every one a fresh process on the same return (650,000 communities,
some 200,000 of which fail). Prints the seconds (by the clock, and of the processor, which a busy machine leaves alone)
and the peak megabytes that the format adds, how large the report is, and what it says of its own caps. Times are
printed and never asserted; more than 1 GB added is marked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from make_returns import make
from ratios import HERE, Cost, run

RULES = ("LN-03",)  # a ratio with a lever: the longest sentences there are
LARGE = 50_000_000  # bytes of a report that holds every verdict
ALLOWED = 1024  # MB that a format may add
# How a report says that it left something out, and how much.
STATED = re.compile(r"[^<>\"\n|：]*(?:另有|其中) ([\d,]+) [^<>\"\n|]*")


@dataclass(frozen=True)
class Format:
    """A report to write: to a file with ``suffix``, or to standard output where there is none."""

    name: str
    suffix: str = ""


def reports() -> list[Format]:
    """Every format there is, as a file where it has a suffix."""
    from communitycheck.api import formats

    return [Format(one.name, next(iter(one.suffixes), "")) for one in formats()]


def command(tool: str, source: Path, output: list[str]) -> list[str]:
    select = [word for rule in RULES for word in ("--select", rule)]
    return [tool, "check", str(source), *select, "--lang", "zh", *output]


def measure(tool: str, source: Path, one: Format, folder: Path) -> tuple[Cost, Path]:
    """Run the check with this one report."""
    if one.suffix:
        target = folder / f"report{one.suffix}"
        return run(command(tool, source, ["--quiet", "-o", str(target)])), target
    target = folder / f"report-{one.name}.txt"
    line = subprocess.list2cmdline(command(tool, source, ["--format", one.name]))
    return run(["sh", "-c", f"exec {line} > '{target}'"]), target


def stated(one: Format, target: Path) -> str:
    """The sentence in which the report says how much it left out; of several the one with the largest number."""
    if one.name == "xlsx":
        with zipfile.ZipFile(target) as parts:
            text = parts.read("xl/sharedStrings.xml").decode("utf-8")
    elif one.name == "docx" or target.stat().st_size > LARGE:
        return ""
    else:
        text = target.read_text(encoding="utf-8", errors="replace")
    found = max(STATED.finditer(text), key=lambda m: int(m[1].replace(",", "")), default=None)
    return found[0].strip(" -，") if found else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=650_000, help="communities in the return (default 650000)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the return is, or is made")
    parser.add_argument("--only", nargs="*", help="these formats alone")
    options = parser.parse_args()
    source = next(p for p in make(options.size, options.data) if p.suffix == ".csv")
    tool = str(Path(sys.executable).with_name("communitycheck"))
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first run; a busy machine blurs the seconds"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counted = folder / "totals.json"
        run(command(tool, source, ["--quiet", "-o", str(counted)]))
        with counted.open(encoding="utf-8") as report:
            summary = json.loads(next(line for line in report if line.startswith('"summary"'))[11:].rstrip(",\n"))
        counted.unlink()
        print(f"{summary['subjects']:,} subjects, {summary['outcomes']['fail']:,} failures")
        base = run(command(tool, source, ["--quiet"]))
        print(f"{'':<12}{'seconds':>10}{'processor':>10}{'MB':>8}{'bytes':>14}  says of what it leaves out")
        print(f"{'no report':<12}{base.seconds:>10.1f}{base.busy:>10.1f}{base.megabytes:>8.0f}", flush=True)
        for one in reports():
            if options.only and one.name not in options.only:
                continue
            cost, target = measure(tool, source, one, folder)
            if cost.exit_code != base.exit_code or not target.exists():
                print(f"{one.name:<12}  exit code {cost.exit_code}: something went wrong", flush=True)
                continue
            added = cost.megabytes - base.megabytes
            busy = cost.busy - base.busy
            print(
                f"{one.name:<12}{cost.seconds - base.seconds:>+10.1f}{busy:>+10.1f}{added:>+8.0f}"
                f"{target.stat().st_size:>14,}"
                f"  {stated(one, target)}{'  MORE THAN ALLOWED' if added > ALLOWED else ''}",
                flush=True,
            )
            target.unlink()


if __name__ == "__main__":
    main()
