"""What a check of one csv spends where: ``python bench/stages.py [--runs 3] [SIZE ...]``.

Prints seconds of the processor by stage, each without the stages within it, for the eight rules of
``eight_rules.yaml`` with the failing rows written to a csv. Every run is a process of its own; medians are shown. The
functions that bear a stage are named below and are timed where they are called; what two threads do side by side is
done one after the other here, so that each second has one stage. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time, thread_time
from typing import Any

from make_returns import make_plain
from ratios import COMPILED, HERE

START, REST = "start: Python and all modules", "the rest"
# Stage -> the functions that bear it, as ``module:name`` where they are called.
STAGES = {
    "rules and dictionary": ("judging:basis_of",),
    "names of the fields": ("returns.read:field_names",),
    "parsing the csv (Arrow)": ("returns.files.formats.text.large:_arrow_columns",),
    "encoding, delimiter, quotes": ("returns.files.formats.text.delimited:_read_at_once",),
    "sha256 of the file": ("returns.files.open:digest_of_file",),
    "tables, headers, totals": ("returns.read:_layouts",),
    "columns and their fields": ("returns.table.assemble:assign_given",),
    "numbers of plain columns": ("returns.cells.cast.numbers:_straight",),
    "digits of numbers": ("returns.cells.cast.numbers:half_steps",),
    "other cells to values": ("returns.table.assemble:cast",),
    "subjects that stand twice": ("returns.table.assemble:duplicates",),
    "notices and doubts of a table": ("returns.read:assemble",),
    "the return as a whole": ("returns.batch.parts:build",),
    "joining, places, periods": ("judging:join_records",),
    "judging": ("judging:judge_joined",),
    "words of the verdicts": ("reporting.formats.csv:verdict_lines",),
    "writing the file": ("api:write",),
}


class Clock:
    """Seconds by stage, each second with the innermost stage that was at work."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inner: list[float] = []

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with its time counted; of one that yields, the time until all has been yielded."""
        now = thread_time if stage == "sha256 of the file" else process_time  # which runs beside the parsing

        def run(*given: Any, **named: Any) -> Any:
            begin = now()
            if now is process_time:
                self._inner.append(0.0)
            found = function(*given, **named)
            if hasattr(found, "__next__"):
                found = iter(list(found))
            took = now() - begin
            own = took - (self._inner.pop() if now is process_time else 0.0)
            self.spent[stage] += own
            if self._inner:
                self._inner[-1] += took
            return found

        return run


def one_run(source: Path, target: Path) -> dict[str, float]:
    """The stages of one check, in this process."""
    from communitycheck import api

    api.leave_pandas_out()
    clock = Clock()
    for stage, places in STAGES.items():
        for place in places:
            module, name = place.split(":")
            home = import_module(f"communitycheck.{module}")
            setattr(home, name, clock.timed(stage, getattr(home, name)))
    one_by_one = import_module("communitycheck.returns.table.assemble")
    one_by_one.side_by_side = lambda function, items, records: map(function, items)
    prefetch = import_module("communitycheck.returns.files.prefetch")
    prefetch.LARGE = sys.maxsize
    import_module("communitycheck.cli.check")
    clock.spent[START] = process_time()
    api.write(api.check([source], [HERE / "eight_rules.yaml"]), target, "en")
    clock.spent[REST] = process_time() - clock.spent.total()
    return dict(clock.spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[3_000, 50_000, 650_000], help="communities per file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (default 3)")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the returns are, or are made")
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)  # a run of its own: source, target
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one_run(*options.one)))
        return
    found: dict[int, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            source = make_plain(size, options.data)
            for _ in range(options.runs + 1):
                target = Path(folder, "failing.csv")
                target.unlink(missing_ok=True)
                command = [sys.executable, __file__, "--one", str(source), str(target)]
                told = subprocess.run(command, check=True, capture_output=True, text=True, env=COMPILED)
                found.setdefault(size, []).append(json.loads(told.stdout))
            del found[size][0]  # which compiled modules and rules
    print("| CPU s by stage | " + " | ".join(f"{size:,}" for size in found) + " |\n|---" + "|--:" * len(found) + "|")
    for stage in (START, *STAGES, REST):
        cells = (statistics.median(one.get(stage, 0.0) for one in runs) for runs in found.values())
        print(f"| {stage} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")
    sums = (statistics.median(sum(one.values()) for one in runs) for runs in found.values())
    print("| **all** | " + " | ".join(f"**{cell:.2f}**" for cell in sums) + " |")


if __name__ == "__main__":
    main()
