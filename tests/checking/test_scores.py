"""Scores against a plain reference that tries every filling of what is unknown, and what must hold for any sheet."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.model.scores.score_result import ScoreResult

HEAD = """standard: yearly
title: Yearly assessment
source: {document: invented for the test}
jurisdiction: {code: "210100", name: 沈阳市}
in_force: {from: 2020-01-01}
rules:
  - {id: R-1, title: area, clause: a, applies_to: community, indicator: facility_area, at_least: 400 m2}
"""
SHEET = """score:
  title: sheet
  applies_to: community
  total: 100
  bonus_cap: 4
  penalty_cap: 7
  items:
    - {id: A, title: a, weight: 30, rule: R-1}
    - {id: B, title: b, weight: 30, indicator: facility_area, at_least: 500 m2, points: proportional, none_below: 40%}
    - id: C
      title: c
      weight: 20
      indicator: service_windows
      tiers: [{at_least: 5, points: full}, {more_than: 2, points: 8}, {points: 1}]
    - {id: D, title: d, weight: 20, indicator: households, deduct: 1, per: 100 households, floor: 3}
    - {id: E, title: e, bonus: 6, indicator: service_windows, each: 1}
    - {id: F, title: f, penalty: 10, if: households > 3000}
  grades:
    - {name: best, at_least: 90}
    - {name: good, at_least: 75, below: 90}
    - {name: fair, more_than: 50}
    - {name: poor}
  veto: [{title: tiny, if: facility_area < 100, grade: fair}]
"""
GRADES = ("best", "good", "fair", "poor")
AREAS = (0.0, 99.0, 100.0, 399.0, 400.0, 500.0, 9000.0)
WINDOWS = (0, 2, 3, 5, 9)
HOUSEHOLDS = (1, 100, 1700, 3000, 9000)  # none at all is impossible; a blank may come as near as one likes


def plain(area: float, windows: float, households: float) -> tuple[float, int]:
    """The score and the place of the grade, all figures being known."""
    share = area / 500
    points = 30.0 * (area >= 400) + (0 if share < 0.4 else min(30.0, 30 * share))
    points += 20 if windows >= 5 else 8 if windows > 2 else 1
    points += max(3.0, 20 - households / 100)
    points += min(4, 6, windows) - min(7, 10 * (households > 3000))
    points = max(0.0, points)
    grade = 0 if points >= 90 else 1 if points >= 75 else 2 if points > 50 else 3
    return points, max(grade, 2) if area < 100 else grade


def scored(folder: Path, rows: list[tuple[object, ...]], sheet: str = SHEET) -> ScoreResult:
    (folder / "own.yaml").write_text(HEAD + sheet, encoding="utf-8")
    lines = ["县区,社区名称,综合服务设施面积,服务窗口数,户数"]
    lines += [f"和平区,第{k}社区,{','.join(map(str, row))}" for k, row in enumerate(rows, 1)]
    (folder / "return.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = check(folder / "return.csv", [folder / "own.yaml"]).scores
    return found


def test_a_range_is_what_the_fillings_of_blanks_come_to(tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = [
        tuple("" if chance.random() < 0.35 else chance.choice(some) for some in (AREAS, WINDOWS, HOUSEHOLDS))
        for _ in range(120)
    ]
    found = scored(tmp_path, [row if any(str(x) for x in row) else (400.0, 1, 1) for row in rows])
    rows = [row if any(str(x) for x in row) else (400.0, 1, 1) for row in rows]
    for i, row in enumerate(rows):
        fillings = (AREAS, WINDOWS, (0, *HOUSEHOLDS))
        choices = [some if x == "" else (x,) for x, some in zip(row, fillings, strict=True)]
        answers = [plain(*filling) for filling in itertools.product(*choices)]
        points = [p for p, _ in answers]
        assert found.range_of(i) == pytest.approx((min(points), max(points))), row
        worst, best = int(found.worst[i]), int(found.best[i])
        assert {g for _, g in answers} <= set(range(best, worst + 1)), row
        assert "" in row or (worst, best) == (answers[0][1],) * 2


def test_a_narrower_bound_never_widens_the_range(tmp_path: Path) -> None:
    bounds = ["", "200以上", "300以上", "450以上", "600以上"]
    found = scored(tmp_path, [(text, 3, 100) for text in bounds])
    lows = [found.range_of(i)[0] for i in range(len(bounds))]
    highs = [found.range_of(i)[1] for i in range(len(bounds))]
    assert lows == sorted(lows) and highs == sorted(highs, reverse=True)
    assert lows[-1] == highs[-1]


def test_a_score_changes_no_verdict_and_no_exit_code(tmp_path: Path) -> None:
    reports = []
    scored(tmp_path, [(300, 3, 100), ("", 3, 100)])
    for sheet in (SHEET, ""):
        (tmp_path / "own.yaml").write_text(HEAD + sheet, encoding="utf-8")
        reports.append(check(tmp_path / "return.csv", [tmp_path / "own.yaml"]))
    assert reports[0].outcomes() == reports[1].outcomes()
    assert reports[0].exit_code == reports[1].exit_code
    assert reports[0].open_points() == reports[1].open_points()


NOT_APPLICABLE = """score:
  title: sheet
  applies_to: community
  {how}
  items:
    - {{id: A, title: a, weight: 60, rule: R-1}}
    - {{id: B, title: b, weight: 40, where: service_windows > 5, indicator: households, at_most: 100 households}}
"""


@pytest.mark.parametrize(
    ("how", "ends"),
    [("", (60, 100)), ("not_applicable: full", (100, 100)), ("not_applicable: left_out", (100, 100))],
)
def test_an_item_that_does_not_apply(tmp_path: Path, how: str, ends: tuple[float, float]) -> None:
    found = scored(tmp_path, [(500, 1, 900)], NOT_APPLICABLE.format(how=how))
    assert found.range_of(0) == ends


def test_what_is_marked_by_hand_stays_open(tmp_path: Path) -> None:
    sheet = "score: {title: s, applies_to: community, items: [{id: A, title: a, weight: 7, manual: on the spot}]}\n"
    found = scored(tmp_path, [(500, 1, 900)], sheet)
    assert found.range_of(0) == (0, 7)


def test_an_unknown_veto_leaves_the_lower_grade_possible(tmp_path: Path) -> None:
    sheet = """score:
  title: s
  applies_to: community
  items: [{id: A, title: a, weight: 10, indicator: service_windows, at_least: 1}]
  grades: [{name: best, at_least: 5}, {name: poor}]
  veto: [{title: area, rule: R-1, grade: poor}]
"""
    found = scored(tmp_path, [("", 2, 1), (300, 2, 1), (500, 2, 1)], sheet)
    assert [[g.name.zh for g in found.grades_of(i)] for i in range(3)] == [["poor", "best"], ["poor"], ["best"]]


def test_counties_are_scored_as_groups(tmp_path: Path) -> None:
    sheet = """score:
  title: s
  applies_to: community
  by: county
  items:
    - {id: A, title: a, weight: 10, indicator: share(facility_area >= 400), at_least: 80%, points: proportional}
"""
    found = scored(tmp_path, [(500, 2, 1), (300, 2, 1), ("", 2, 1), (500, 2, 1), (500, 2, 1)], sheet)
    assert found.subjects.subject(0).name == "和平区"
    assert found.range_of(0) == pytest.approx((7.5, 10))


SCOPED = """score:
  title: s
  applies_to: community
  where: service_windows >= 2
  items: [{id: A, title: a, weight: 10, indicator: facility_area, at_least: 500 m2, points: proportional}]
"""


def test_whom_the_sheet_is_not_for_has_no_score(tmp_path: Path) -> None:
    found = scored(tmp_path, [(500, 2, 1), (300, 1, 1), (250, "", 1)], SCOPED)
    assert [found.range_of(i) for i in range(len(found))] == [(10, 10), (5, 5)]
    assert found.may_not_apply.tolist() == [False, True] and len(found.outside) == 1
    nobody = scored(tmp_path, [(300, 1, 1)], SCOPED)
    assert len(nobody) == 0 and len(nobody.outside) == 1


@pytest.mark.parametrize(
    ("where", "inside"),
    [
        ('county == "和平区"', [True]),
        ('county in ["沈河区"]', []),
        ("count() >= 3", [True]),
        ("count() > 3", []),
        ('city == "沈阳市" and sum(households) >= 4', [None]),  # a blank
    ],
)
def test_a_sheet_of_some_regions(tmp_path: Path, where: str, inside: list[bool | None]) -> None:
    sheet = f"""score:
  title: s
  applies_to: community
  by: county
  where: {where}
  items: [{{id: A, title: a, weight: 10, indicator: mean(facility_area), at_least: 400 m2}}]
"""
    found = scored(tmp_path, [(500, 2, 1), (300, 2, ""), (500, 2, 1)], sheet)
    assert [None if unknown else True for unknown in found.may_not_apply] == inside
    assert len(found) + len(found.outside) == 1
