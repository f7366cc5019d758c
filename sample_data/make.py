"""Write the sample returns anew: ``python sample_data/make.py [--out FOLDER]``. The same bytes every time."""

from __future__ import annotations

import argparse
from pathlib import Path

import mixed
import panzhihua
import panzhihua_years
import published_figures
import shenyang

HERE = Path(__file__).parent


def make(out: Path) -> list[Path]:
    """Write the sample returns into ``out`` and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for name, write in (
        ("panzhihua_2020.xlsx", panzhihua.write),
        ("shenyang_2023.xlsx", shenyang.write),
        ("shenyang_liaoning_mixed.csv", mixed.write),
        ("published_figures.xlsx", published_figures.write),
    ):
        write(out / name)
        made.append(out / name)
    panzhihua_years.write(out / "years")
    made += [out / "years" / name for name in panzhihua_years.FILES]
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the sample returns.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write into (default: this one)")
    for path in make(parser.parse_args().out):
        print(path)
