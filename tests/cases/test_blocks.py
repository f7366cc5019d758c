"""Tables beside each other by seed: each block is a table of its own, and its title belongs to its records alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from cases.answers import answer
from cases.make import Book, Cell, Rows, write_openpyxl, write_xlsxwriter

STREETS = ("东陵街道", "南塔街道", "西塔街道", "北站街道")


def bare(records: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the street, which a title may name and need not."""
    return [(*one[:3], None) for one in records]


def wrong(seed: int, folder: Path) -> list[str]:
    """What of the blocks of one seed is not read as it was written."""
    rng = random.Random(seed)
    blocks = rng.randint(2, 4)
    titled, numbered, gap = rng.random() < 0.7, rng.random() < 0.6, rng.choice((0, 1, 1, 2))
    merged, totals = rng.random() < 0.6, rng.random() < 0.3
    lengths = [rng.randint(2, 9)] * blocks if rng.random() < 0.5 else [rng.randint(2, 9) for _ in range(blocks)]
    head: list[Cell] = [*(["序号"] if numbered else []), "社区名称", "常住户数", "综合服务设施面积"]
    height = titled + 1 + max(lengths) + totals
    rows: Rows = [[] for _ in range(height)]
    merges, right = [], []
    for b in range(blocks):
        left = b * (len(head) + gap) + 1
        lines: Rows = []
        if titled:
            lines.append([f"{STREETS[b]}社区情况", *[None] * (len(head) - 1)])
            if merged:
                merges.append(f"{get_column_letter(left)}1:{get_column_letter(left + len(head) - 1)}1")
        lines.append(list(head))
        sums = [0, 0]
        for i in range(lengths[b]):
            name, households, area = (
                f"{STREETS[b][0]}{'一二三四五六七八九'[i]}社区",
                rng.randint(500, 3000),
                rng.randint(200, 1500),
            )
            sums = [sums[0] + households, sums[1] + area]
            lines.append([*([i + 1] if numbered else []), name, households, area])
            right.append((name, float(households), float(area), STREETS[b] if titled else None))
        if totals:
            lines.append([*([None] if numbered else []), "合计", *sums])
        lines += [[None] * len(head)] * (height - len(lines))
        for row, line in zip(rows, lines, strict=True):
            row += [*line, *[None] * gap]
    path = folder / "return.xlsx"
    rng.choice((write_openpyxl, write_xlsxwriter))(path, Book({"S": rows}, {"S": merges}))
    got = answer(path, standards=["liaoning-2021"])
    read = [(r["name"], r.get("households"), r.get("facility_area"), r.get("street")) for r in got.records]
    shown = (
        f"{seed}: {lengths} records, gap {gap}, titled {titled}, merged {merged}, numbered {numbered}, totals {totals}"
    )
    if sorted(one[:3] for one in read) == sorted(one[:3] for one in right) and {*read} <= {*right, *bare(right)}:
        return []
    lost = [one for one in right if one not in read and one not in bare(read)]
    return [f"{shown}: {len(read)} of {len(right)} records, such as {lost[:1]}, {read[-1:]} {got.refused} {got.rows}"]


def test_some_blocks(tmp_path: Path) -> None:
    found = [line for seed in range(16) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many_blocks(tmp_path: Path) -> None:
    found = [line for seed in range(16, 2000) for line in wrong(seed, tmp_path)]
    assert found == [], "\n".join(found)
