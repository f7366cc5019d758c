"""Paths of regions: numbered as the records state them, completed by what is known of them, and as a tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import Path, RegionIndex, completed, levels_above, levels_to, tree_of
from communitycheck.model.returns import Sheet
from communitycheck.model.subjects import Groups
from communitycheck.model.table import Coded, Table
from entities import ENTITIES

SHENYANG, SHENYANG_CITY = ("辽宁省", "沈阳市", "和平区"), (None, "沈阳市", "和平区")
COUNTY, EAST, NOWHERE = (None, None, "和平区"), (None, "沈阳市", "东区"), (None, "", "东区")
BLANK, NO_CITY, ELSEWHERE = ("", "沈阳市", "和平区"), ("辽宁省", None, "和平区"), ("甲省", None, "和平区")
CASES: list[tuple[str, list[Path], Path, Path]] = [
    ("the only place of that name", [SHENYANG, COUNTY], COUNTY, SHENYANG),
    ("the fullest of several ways to name it", [SHENYANG, SHENYANG_CITY, COUNTY], COUNTY, SHENYANG),
    ("one of two places of that name", [SHENYANG, ("甲省", "乙市", "和平区"), COUNTY], COUNTY, COUNTY),
    ("of two, one is named in part only", [SHENYANG, (None, "乙市", "和平区"), COUNTY], COUNTY, COUNTY),
    ("what it lies in is known", [SHENYANG, EAST], EAST, ("辽宁省", "沈阳市", "东区")),
    ("a level between is missing", [SHENYANG, NO_CITY], NO_CITY, SHENYANG),
    ("another province", [SHENYANG, ELSEWHERE], ELSEWHERE, ELSEWHERE),
    ("a blank is no missing level", [SHENYANG, BLANK], BLANK, BLANK),
    ("a blank at the top says nothing", [("辽宁省", "", "东区"), NOWHERE], NOWHERE, NOWHERE),
    ("a name at another level", [("北京市", "北京市", "朝阳区"), (None, "朝阳区")], (None, "朝阳区"), (None, "朝阳区")),
    ("a city known by its county", [SHENYANG, (None, "沈阳市")], (None, "沈阳市"), ("辽宁省", "沈阳市")),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "path", "whole"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_path_is_completed_where_it_can_mean_one_place_only(paths: list[Path], path: Path, whole: Path) -> None:
    assert completed(paths)[path] == whole
    assert completed([path], reversed(paths))[path] == whole


def table(stated: dict[str, list[str]], n: int) -> Table:
    """Communities with some region levels; an empty name is blank."""
    regions = {}
    for level in (one for one in REGION_LEVELS if one in stated):
        known = sorted({name for name in stated[level] if name})
        codes = [known.index(name) if name else -1 for name in stated[level]]
        regions[level] = Coded(np.array(codes, dtype=np.int32), known)
    places = np.zeros(n, dtype=np.int32)
    return Table(ENTITIES["community"], {}, [Sheet("a.csv", "a")], places, places, regions)


@st.composite
def stated_regions(draw: st.DrawFn) -> tuple[int, dict[str, list[str]]]:
    n = draw(st.integers(0, 12))
    levels = draw(st.sets(st.sampled_from(REGION_LEVELS)))
    names = st.lists(st.sampled_from(["甲", "乙", "丙", ""]), min_size=n, max_size=n)
    return n, {level: draw(names) for level in levels}


@given(stated_regions(), st.sampled_from(REGION_LEVELS), st.data())
def test_every_record_has_the_path_that_it_states(
    stated: tuple[int, dict[str, list[str]]], level: str, data: st.DataObject
) -> None:
    n, names = stated
    index, one = RegionIndex(), table(names, n)
    rows = data.draw(st.none() | st.lists(st.integers(0, n - 1), unique=True)) if n else None
    picked = None if rows is None else np.array(sorted(rows), dtype=np.int32)
    ids, paths = index.of(one, level, picked)
    wanted = [
        tuple(names[up][i] if up in names else None for up in levels_to(level))
        for i in (range(n) if picked is None else picked.tolist())
    ]
    assert [paths[k] for k in ids.tolist()] == wanted
    assert len(set(paths)) == len(paths)


def numbers_inside(paths: Sequence[Path]) -> None:
    nodes, numbers = tree_of(paths)
    for path, number in numbers.items():
        node = nodes[number]
        assert node.name == (path[-1] if path else "")
        inside = {n for other, n in numbers.items() if other[: len(path)] == path}
        assert inside == set(range(number, node.end))
        if path:
            assert number in range(node.parent, nodes[node.parent].end)


@given(st.lists(st.lists(st.sampled_from(["甲", "乙", "", None]), max_size=4).map(tuple)))
def test_a_region_and_all_inside_it_are_one_run_of_numbers(paths: list[Path]) -> None:
    numbers_inside([path for path in paths if not path or path[-1] is not None])


def test_names_before_blanks_in_reading_order() -> None:
    nodes, _ = tree_of([("乙省", ""), ("甲省",), ("乙省", "丙市"), ("",)])
    assert [(node.level, node.name) for node in nodes] == [
        ("", ""),
        ("province", "乙省"),
        ("city", "丙市"),
        ("city", ""),
        ("province", "甲省"),
        ("province", ""),
    ]


def test_groups_say_their_path_down_to_their_own_level() -> None:
    groups = Groups(["city", "county", "country"], [("沈阳市",), ("辽宁省", "", "和平区"), ("中国",)], ["", "", ""])
    assert [groups.region(i) for i in range(3)] == [(None, "沈阳市"), ("辽宁省", "", "和平区"), ()]
    assert [groups.subject(i).name for i in range(3)] == ["沈阳市", "和平区", "中国"]
    assert groups.subject(1).region == ("辽宁省",)


def test_levels() -> None:
    assert levels_to("city") == ("province", "city") and levels_to("estate") == ()
    assert levels_above("city") == ("province",) and levels_above("estate") == REGION_LEVELS
