"""Folders of regions have names that every system takes, all different, none outside."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from communitycheck.model.places.regions import Region
from communitycheck.products.bundles.names import LONGEST, folder_names, portable
from each import each

CASES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


def regions(*paths: tuple[str, ...]) -> list[Region]:
    return [Region("county", path) for path in paths]


@each("case", [case for some in CASES.values() for case in some], ids=lambda c: repr(c["region"]))
def test_portable(case: dict[str, Any]) -> None:
    assert portable(case["region"]) == case["folder"]


@given(st.lists(st.tuples(st.text(), st.text() | st.sampled_from(["CON", "..", "东区", "a", "A", "ａ"])), max_size=12))
def test_any_names(pairs: list[tuple[str, str]]) -> None:
    given_ = regions(*dict.fromkeys(pairs), ())
    names = folder_names(given_, "无", ["index.html"])
    assert len(names) == len(given_)
    assert len({unicodedata.normalize("NFKC", n).casefold() for n in (*names, "index.html")}) == len(names) + 1
    for name in names:
        assert Path(name).name == name == PureWindowsPath(name).name
        assert not PureWindowsPath(name).is_reserved()
        assert 0 < len(name.encode()) <= LONGEST and not name.startswith(".") and not name.endswith((".", " "))


def test_a_name_in_two_cities_is_led_by_the_city() -> None:
    some = regions(("攀枝花市", "东区"), ("攀枝花市", "鼓楼区"), ("沈阳市", "鼓楼区"), ("鼓楼区",), ())
    names = folder_names(some, "未归入任何县（区）")
    assert names == ["东区", "攀枝花市-鼓楼区", "沈阳市-鼓楼区", "鼓楼区", "未归入任何县（区）"]


def test_names_that_some_system_takes_for_one() -> None:
    some = regions(("甲市", "EAST"), ("乙市", "east"), ("丙市", "North"), ("丁市", "index.html"))
    assert folder_names(some, "-", ["INDEX.html"]) == ["甲市-EAST", "乙市-east", "North", "index.html (2)"]
    assert folder_names(regions(("a/b", "c"), ("a?b", "C")), "-") == ["a_b-c", "a_b-C (2)"]
