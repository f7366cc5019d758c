"""A table larger than memory, judged where it lies: ``python bench/beyond.py 100 [--memory 2GB] [--compare]``.

A Parquet file with so many nations of 650,000 communities each (the plain csv of ``make_returns.py``, the streets and
figures of each nation its own) is judged by the eight rules with ``check --engine duckdb``, and every fail is written
to a csv. Prints seconds, processor seconds and the peak of memory. ``--compare`` checks the same file without an engine
as well, and exits with 1 where the two lists of fails differ in anything, or the two reports in anything but the notice
that an engine has judged. Needs the extra ``dev``.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_returns import make_plain

RULES = Path(__file__).with_name("eight_rules.yaml")
ONE_NATION = 650_000
NOTICES = '"notices": ['
# The code has no room for a hundred nations and is left out.
COLUMNS = (
    *("市", "县(市、区)", "街道(乡镇)", "社区名称", "社区类型", "户数", "常住人口", "综合服务设施面积(㎡)"),
    *("社区服务站面积(㎡)", "开放时间(小时/天)", "综合服务窗口数", "工作人员数", "注册志愿者", "社区社会组织数"),
    "儿童之家",
)


def make(nations: int, size: int, folder: Path) -> Path:
    """The Parquet file, nation by nation: the streets of each are its own, so that no community stands there twice, and
    its figures differ by a little."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv, parquet

    path = folder / f"nations_{nations}_{size}.parquet"
    if path.exists():
        return path
    nation = csv.read_csv(make_plain(size, folder), convert_options=csv.ConvertOptions(include_columns=COLUMNS))
    part = path.with_name("part_" + path.name)
    with parquet.ParquetWriter(part, nation.schema, compression="zstd") as out:
        for k in range(1, nations + 1):
            made = {name: nation.column(name) for name in COLUMNS}
            made["街道(乡镇)"] = pc.binary_join_element_wise(pa.scalar(f"{k}区"), made["街道(乡镇)"], "")
            for name, by in (("户数", 7), ("常住人口", 11), ("综合服务设施面积(㎡)", 5)):
                made[name] = pc.add(made[name], pa.scalar(k % by).cast(made[name].type))
            out.write_table(pa.table(made, schema=nation.schema))
    part.replace(path)
    return path


def measured(arguments: list[str]) -> tuple[int, float, float, float]:
    """Exit code, seconds, processor seconds and MB of a run of the command."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "communitycheck", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    return os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def same_report(engine: Path, plain: Path) -> bool:
    """Whether two reports in JSON are the same line by line, but for the one notice that an engine has judged."""
    with engine.open(encoding="utf-8") as ours, plain.open(encoding="utf-8") as theirs:
        for one, other in zip(ours, theirs, strict=False):
            if one.startswith(NOTICES) and other.startswith(NOTICES):
                report, wanted = json.loads("{" + one + ours.read()), json.loads("{" + other + theirs.read())
                return bool(report["notices"].pop(0)["code"] == "engine-judged" and report == wanted)
            if one != other:
                return False
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("nations", type=int, help="how many nations: 100 are 65 million records")
    parser.add_argument("--size", type=int, default=ONE_NATION, help="records of each")
    parser.add_argument("--memory", default="2GB", help="what DuckDB may take")
    parser.add_argument("--compare", action="store_true", help="check it without an engine too")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data", help="folder for the table")
    options = parser.parse_args()
    table = make(options.nations, options.size, options.out)
    print(f"{table.name}: {table.stat().st_size / 1e6:,.0f} MB, {options.nations * options.size:,} records")
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        told = ["check", str(table), "-s", str(RULES), "--as-of", "2023-12-31", "--lang", "en", "--force", "-q"]
        found: dict[str, tuple[Path, Path]] = {}
        ways = {"duckdb": ["--engine", "duckdb", "--limit", f"memory={options.memory}"]}
        for way, more in (ways | ({"in memory": []} if options.compare else {})).items():
            fails, report = Path(folder) / f"{way}.csv", Path(folder) / f"{way}.json"
            outputs = ["-o", str(fails), *(["-o", str(report)] if options.compare else [])]
            code, seconds, cpu, megabytes = measured([*told, *outputs, *more])
            if code not in (0, 1):
                sys.exit(f"{way}: exit code {code}")
            with fails.open("rb") as lines:
                count = sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 24), b"")) - 1
            size = fails.stat().st_size / 1e6
            told_of_run = f"{seconds:8.1f} s  {cpu:8.1f} CPU s  {megabytes:7,.0f} MB"
            print(f"{way:<10} {told_of_run}  {count:,} lines, {size:,.0f} MB")
            found[way] = (fails, report)
        if options.compare:
            lists, reports = zip(*found.values(), strict=True)
            alike = filecmp.cmp(*lists, shallow=False), same_report(*reports)
            same, another = (("the same", "OTHERS")[not one] for one in alike)
            print(f"the fails are {same}, the lines of the report {another}")
            sys.exit(0 if all(alike) else 1)


if __name__ == "__main__":
    main()
