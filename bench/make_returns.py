"""Make large synthetic returns to measure with: ``python bench/make_returns.py 650000 [--out bench/data]``.

One xlsx and one csv with the same N communities, 25 columns and one header row. A third of the communities lie in
Panzhihua, a third in Shenyang and a third in other cities of Liaoning, so that three standards apply. About one
value in a thousand is blank or unreadable. The same N gives the same cells.

``--plain`` makes another csv alone, one that every tool can read: what is no number is blank, and few communities
fall short (3 % of the verdicts of ``eight_rules.yaml``, where the messy one has 22 %).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

HEADER = (
    "行政区划代码", "市", "县(市、区)", "街道(乡镇)", "社区名称", "社区类型", "户数", "常住人口",
    "综合服务设施面积(㎡)", "社区服务站面积(㎡)", "室外活动场地面积(㎡)", "开放时间(小时/天)", "全年开放天数",
    "综合服务窗口数", "工作人员数", "注册志愿者", "参与志愿服务居民数", "党员数", "参与志愿服务党员数",
    "社区社会组织数", "驻区单位数", "签订共驻共建协议数", "儿童之家", "养老服务设施", "健身站点",
)  # fmt: skip

PANZHIHUA = [(510402, "东区"), (510403, "西区"), (510411, "仁和区"), (510421, "米易县"), (510422, "盐边县")]
SHENYANG = [
    (210102, "和平区"), (210103, "沈河区"), (210104, "大东区"), (210105, "皇姑区"), (210106, "铁西区"),
    (210111, "苏家屯区"), (210112, "浑南区"), (210113, "沈北新区"), (210114, "于洪区"), (210115, "辽中区"),
    (210123, "康平县"), (210124, "法库县"), (210181, "新民市"),
]  # fmt: skip
OTHERS = [
    (210202, "大连市", "中山区"), (210302, "鞍山市", "铁东区"), (210402, "抚顺市", "新抚区"),
    (210502, "本溪市", "平山区"), (210602, "丹东市", "元宝区"), (210702, "锦州市", "古塔区"),
    (210802, "营口市", "站前区"), (210902, "阜新市", "海州区"), (211002, "辽阳市", "白塔区"),
    (211102, "盘锦市", "双台子区"), (211202, "铁岭市", "银州区"), (211302, "朝阳市", "双塔区"),
    (211402, "葫芦岛市", "连山区"),
]  # fmt: skip
REGIONS = [
    [(code, "攀枝花市", county) for code, county in PANZHIHUA],
    [(code, "沈阳市", county) for code, county in SHENYANG],
    OTHERS,
]
BLOCK = 50_000  # rows made at a time, so that the maker stays small
ODD_CELLS = (None, "待核实", "约三百", "—", "300-400")


def rows(n: int, *, plain: bool = False, year: int = 0) -> Iterator[list[Any]]:
    """``n`` records, made block by block; another ``year`` has the same communities with other figures."""
    for start in range(0, n, BLOCK):
        yield from _block(start, min(BLOCK, n - start), plain, year)


def _block(start: int, n: int, plain: bool, year: int) -> Iterator[list[Any]]:
    rng = np.random.default_rng([7 + year, start])
    households = rng.integers(200, 4000, n)
    population = (households * rng.uniform(2.1, 3.2, n)).astype(int)
    facility = np.round(np.maximum(40, rng.normal(650, 220, n)), 1)
    members = rng.integers(0, 160, n)
    units = rng.integers(0, 24, n)
    windows = np.maximum(1, -(-population // 5000) - (rng.random(n) < 0.08))
    numbers = [
        households,
        population,
        facility,
        np.round(facility * rng.uniform(0.6, 1, n), 1),
        np.round(population * rng.uniform(0.2, 3.5, n), 1),
        rng.choice([7.0, 7.5, 8.0, 8.5, 9.0, 24.0], n),
        rng.choice([250, 300, 365, 366], n, p=[0.05, 0.05, 0.5, 0.4]),
        windows,
        windows + rng.integers(0, 4, n),
        (population * rng.uniform(0.1, 0.2, n)).astype(int),
        (population * rng.uniform(0.2, 0.5, n)).astype(int),
        members,
        (members * rng.uniform(0.7, 1, n)).astype(int),
        rng.integers(2, 20, n),
        units,
        (units * rng.uniform(0.6, 1, n)).astype(int),
    ]
    answers = [np.where(rng.random(n) < share, "有", "无").tolist() for share in (0.92, 0.8, 0.9)]
    columns = [column.tolist() for column in numbers]
    odd = rng.integers(0, 1000, n).tolist()
    if plain:
        columns = _orderly(columns, np.random.default_rng([8, start]))
    for i in range(n):
        k = start + i
        third = REGIONS[k % 3]
        code, city, county = third[k // 3 % len(third)]
        urban = k % 5 < 3
        place = k // 3 // len(third)  # counts the county's communities
        street = place // 198 + 1
        number = place % 198 + (1 if urban else 200)
        record: list[Any] = [
            f"{code}{street:03d}{number:03d}", city, county, f"第{street}{'街道' if street < 100 else '镇'}",
            f"第{k + 1}{'社区' if urban else '村'}", "城市社区" if urban else "农村社区",
            *[column[i] for column in columns], *[answer[i] for answer in answers],
        ]  # fmt: skip
        if odd[i] < 16:  # one odd cell in some column of 1.6 % of the rows
            record[6 + odd[i]] = None if plain else ODD_CELLS[k % len(ODD_CELLS)]
        yield record


def _orderly(columns: list[list[Any]], rng: np.random.Generator) -> list[list[Any]]:
    """The same columns with most communities up to standard."""
    households, population, windows = (np.array(columns[i]) for i in (0, 1, 7))
    n = len(households)
    made = {
        2: np.round(np.maximum(households * rng.uniform(0.297, 0.45, n), rng.normal(700, 150, n).clip(40)), 1),
        5: rng.choice([7.0, 7.5, 8.0, 8.5, 9.0, 24.0], n, p=[0.03, 0.04, 0.5, 0.2, 0.2, 0.03]),
        8: windows + rng.choice([0, 1, 2, 3], n, p=[0.05, 0.4, 0.3, 0.25]),
        9: (population * rng.uniform(0.125, 0.2, n)).astype(int),
        13: rng.normal(20, 5, n).clip(0).astype(int),
    }
    return [made[i].tolist() if i in made else column for i, column in enumerate(columns)]


def write_csv(path: Path, n: int, *, plain: bool = False, year: int = 0) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(rows(n, plain=plain, year=year))


def make_plain(n: int, out: Path) -> Path:
    """Write the csv that every tool can read into ``out``; what is there already is kept."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"plain_{n}.csv"
    if not path.exists():
        part = path.with_name("part_" + path.name)
        write_csv(part, n, plain=True)
        part.replace(path)
    return path


def write_xlsx(path: Path, n: int, *, year: int = 0) -> None:
    """Write with the quick Rust writer where it is installed (``pip install '.[bench]'``), else with xlsxwriter."""
    try:
        import rustpy_xlsxwriter
    except ImportError:
        _write_xlsx_slowly(path, n, year)
        return
    records = (dict(zip(HEADER, record, strict=True)) for record in rows(n, year=year))
    rustpy_xlsxwriter.write_worksheet(records, str(path), sheet_name="社区")


def _write_xlsx_slowly(path: Path, n: int, year: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("社区")
    for number, record in enumerate(chain([HEADER], rows(n, year=year))):
        sheet.write_row(number, 0, record)
    book.close()


def make(n: int, out: Path, *, year: int = 0, suffixes: Sequence[str] = (".csv", ".xlsx")) -> list[Path]:
    """Write csv and xlsx for ``n`` communities into ``out``; what is there already is kept."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for suffix in suffixes:
        write = write_csv if suffix == ".csv" else write_xlsx
        path = out / f"communities_{n}{f'_{year}' if year else ''}{suffix}"
        if not path.exists():
            part = path.with_name("part_" + path.name)
            write(part, n, year=year)
            part.replace(path)
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("n", type=int, nargs="+", help="how many communities; several sizes may be given")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data", help="folder to write into")
    parser.add_argument("--plain", action="store_true", help="the csv alone that every tool can read")
    options = parser.parse_args()
    for n in options.n:
        for path in [make_plain(n, options.out)] if options.plain else make(n, options.out):
            print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
