"""Sheets made at random: the range of a blank return holds what every filling of its blanks scores."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.scores.score_result import ScoreResult

HEAD = """standard: own
title: {zh: 考核, en: Assessment}
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
in_force: {from: 2020-01-01}
fields:
  seats: {label: {zh: 座位数, en: Seats}, type: int, unit: items, entities: community, range: [0, 9]}
  rooms: {label: {zh: 房间数, en: Rooms}, type: int, unit: items, entities: community, range: [0, 3]}
  lifts: {label: {zh: 电梯数, en: Lifts}, type: int, unit: items, entities: community, range: [0, 2]}
rules:
  - {id: R-1, title: share, clause: a, applies_to: community, severity: expected,
     where: lifts > 0, indicator: seats / rooms, at_least: 2 ratio}
score:
  title: sheet
  applies_to: community
"""
FILLINGS: tuple[Sequence[int], ...] = (range(10), range(4), range(3))
ITEMS = (
    "weight: 30, rule: R-1",
    "weight: 20, indicator: seats / rooms, at_least: 3 ratio, points: proportional, floor: 2, none_below: 20%",
    "weight: 10, where: lifts > 0, indicator: rooms, tiers: [{at_least: 3, points: 10}, {at_least: 1, points: 4}, "
    "{points: 1}]",
    "weight: 25, indicator: seats / lifts, deduct: 4, per: 1 ratio, floor: 3",
    "weight: 15, where: rooms > 1, indicator: lifts, at_least: 1",
    "weight: 12, indicator: lifts / rooms, at_least: seats / rooms / 4",
    "weight: 6, manual: on the spot",
    "bonus: 5, indicator: seats / rooms, each: 1, per: 1 ratio",
    "bonus: 4, where: lifts > 0, indicator: rooms, each: 2",
    "penalty: 9, if: seats / rooms > 4 ratio",
    "penalty: 7, rule: R-1",
)
VETOES = ("if: seats / lifts > 4 ratio, grade: low", "rule: R-1, grade: mid", "if: rooms == 0, grade: low")


def sheet(chance: random.Random) -> str:
    some = sorted(chance.sample(range(len(ITEMS)), chance.randint(2, 6)))
    lines = [HEAD]
    if not_applicable := chance.choice(("", "full", "left_out")):
        lines.append(f"  not_applicable: {not_applicable}\n")
    for key in ("most: 60", "bonus_cap: 6", "penalty_cap: 8"):
        lines += [f"  {key}\n"] if chance.random() < 0.4 else []
    lines.append("  items:\n")
    lines += [f"    - {{id: I-{k}, title: t, {ITEMS[k]}}}\n" for k in some]
    lines.append("  grades: [{name: top, at_least: 40}, {name: mid, at_least: 15, below: 40}, {name: low}]\n")
    lines.append("  veto:\n")
    lines += [f"    - {{title: v, {veto}}}\n" for veto in chance.sample(VETOES, chance.randint(1, 3))]
    return "".join(lines)


def scored(folder: Path, text: str, rows: Sequence[Sequence[object]]) -> ScoreResult:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    lines = ["县区,社区名称,户数,座位数,房间数,电梯数"]
    lines += [f"和平区,第{k}社区,100,{','.join(map(str, row))}" for k, row in enumerate(rows, 1)]
    (folder / "return.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = check(folder / "return.csv", [folder / "own.yaml"]).scores
    return found


@pytest.mark.parametrize("seed", range(12))
def test_a_range_holds_every_filling(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    text = sheet(chance)
    exact = list(itertools.product(*FILLINGS))
    rows: list[tuple[object, ...]] = [
        tuple("" if blank else chance.choice(some) for blank, some in zip(blanks, FILLINGS, strict=True))
        for blanks in itertools.product((True, False), repeat=3)
        for _ in range(4)
    ]
    rows += [("3以下", 1, 1), (5, "2以下", 1), (8, "2以下", ""), (8, 2, "1以下")]
    found = scored(tmp_path, text, [*exact, *rows])
    place = {row: i for i, row in enumerate(exact)}
    for k, row in enumerate(rows, len(exact)):
        choices = [_possible(cell, some) for cell, some in zip(row, FILLINGS, strict=True)]
        low, high = found.range_of(k)
        for filling in itertools.product(*choices):
            least, most = found.range_of(place[filling])
            if least != least:
                continue  # nothing of the sheet applies: no score
            assert low <= least + 1e-9 and most <= high + 1e-9, (text, row, filling)
            worst, best = found.worst[place[filling]], found.best[place[filling]]
            assert found.best[k] <= best and worst <= found.worst[k], (text, row, filling)


def _possible(cell: object, all_: Sequence[int]) -> list[int]:
    if cell == "":
        return list(all_)
    if isinstance(cell, str):
        return [n for n in all_ if n <= int(cell[0])]
    return [n for n in all_ if n == cell]


NARROW = """  not_applicable: {how}
  items:
    - {{id: A, title: a, weight: 10, manual: on the spot}}
    - {{id: B, title: b, weight: 30, where: lifts > 0, indicator: rooms,
       tiers: [{{at_least: 2, points: 24}}, {{points: 3}}]}}
    - {{id: C, title: c, weight: 20, indicator: seats, at_least: 5}}
"""


@pytest.mark.parametrize(("how", "ends"), [("full", (44, 60)), ("left_out", (40, 60))])
def test_what_is_known_of_an_item_counts_though_it_may_not_apply(
    tmp_path: Path, how: str, ends: tuple[float, float]
) -> None:
    """Two rooms earn 24 of 30 where the item applies: 24 + 20 and up to 10. Left out, 20 to 30 of 30 are all of 60."""
    found = scored(tmp_path, HEAD + NARROW.format(how=how), [(6, 2, "")])
    assert found.range_of(0) == pytest.approx(ends)


def test_a_blank_denominator_may_be_zero(tmp_path: Path) -> None:
    text = """  not_applicable: left_out
  items:
    - {id: A, title: a, weight: 10, indicator: seats, at_least: 5}
    - {id: B, title: b, weight: 10, indicator: lifts / rooms, at_least: 0.1 ratio, points: proportional}
"""
    found = scored(tmp_path, HEAD + text, [(2, "", 2), (6, "", 0), (6, "", 2)])
    assert [found.range_of(i) for i in range(3)] == [(0, 10), (10, 20), (10, 20)]
