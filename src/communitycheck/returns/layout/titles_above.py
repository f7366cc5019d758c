"""What the titles of a sheet say for a further table in it, which may have a caption of its own.

The city stands in the title of the sheet and the district in the caption of a table: both hold for its records. A place
of the same level or a lower one than the caption names is that of the table above, and not of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communitycheck.model.places.divisions import codes_named
from communitycheck.model.places.place_names import any_of, endings
from communitycheck.patterns import pattern
from communitycheck.returns.cells.stated_place import LEVELS, named_places, without_place
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import region_rank

_TABLE = r".{0,12}(?:表|情况|统计|台账|名单|汇总|花名册)(?:\(.*\))?"
# The place that begins a title: 河西街道 in 河西街道社区情况表.
_TITLE = pattern(rf"(.{{1,16}}{any_of(endings('county', 'street'))})(?<![社小]区)(?!名称){_TABLE}")
_REST = pattern(_TABLE)
# What holds for a table whose caption names no place at all.
_WIDE = ("province", "city")


def titled_places(titles: Iterable[str]) -> set[str]:
    """The places that titles begin with, from the city down: 河西街道社区情况表, 沈阳市社区情况."""
    found = set()
    for title in map(plain, titles):
        if (begun := _TITLE.fullmatch(title)) is not None:
            found.add(begun[1])
        elif (names := named_places(title)) and names[-1][0] == "city" and _REST.fullmatch(without_place(title)):
            found.add(names[-1][1])
    return found


def titles_above(above: Iterable[str], own: list[str]) -> list[str]:
    """The titles above that hold for a table below the same header; of those that are of another place like its own
    the larger places around that."""
    ranks = {region_rank(place) for place in titled_places(own)}
    caption = _places_of(own)
    found: list[str] = []
    for title in above:
        names = named_places(title)
        around = _around(names, caption)
        if caption and len(around) < len(names):
            found += _joined(around)
        elif not ranks.intersection(map(region_rank, titled_places([title]))):
            found.append(title)
    return found


def places_above(above: Iterable[str], own: list[str]) -> list[str]:
    """Of the titles above the places alone that hold for a table of another kind."""
    caption = _places_of(own)
    found: list[str] = []
    for title in above:
        names = named_places(title)
        around = _around(names, caption) if caption else [one for one in names if one[0] in _WIDE]
        found += _joined(around)
    return found


def _places_of(titles: Iterable[str]) -> list[tuple[str, str]]:
    """(level, name) of the places that titles begin with, the highest level first."""
    names = [one for title in titles for one in named_places(title)]
    return sorted(names, key=lambda one: LEVELS.index(one[0]))


def _around(names: Iterable[tuple[str, str]], caption: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the places in a title that may hold what a caption names: of a higher level, and a city only where no
    other one is known to have a district of that name and this one none."""
    if not caption:
        return list(names)
    highest = LEVELS.index(caption[0][0])
    counties = [name for level, name in caption if level == "county"]
    above = [one for one in names if LEVELS.index(one[0]) < highest]
    return [one for one in above if one[0] != "city" or not any(_lies_elsewhere(county, one[1]) for county in counties)]


def _lies_elsewhere(county: str, city: str) -> bool:
    known, cities = codes_named(county), [code[:4] for code in codes_named(city)]
    return bool(known and cities) and not any(code[:4] in cities for code in known)


def _joined(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    if text := "".join(name for _, name in names):
        yield text
