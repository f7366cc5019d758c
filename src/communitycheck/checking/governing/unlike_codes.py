"""Region codes that no other record of the same named place has: one wrong digit looks like that.

Whom such a record belongs to, its names say: a wrong digit must not take it out of the sums of the street that it
names. Which of the two is wrong, only the office can say, so it is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communitycheck.checking.governing.placement import coded_names
from communitycheck.model.address import Address
from communitycheck.model.places.regions import Numbers
from communitycheck.model.returns import Notice
from communitycheck.model.table import Coded, Ints, Table, combinations

_LEVELS = ("province", "city", "county", "street")


@dataclass(frozen=True, slots=True)
class UnlikeCodes:
    """The codes by which records are counted in regions, and what differs.

    Attributes:
        codes: the leading digits of each record's code; of one that has none, or is unlike the others, those of most
            others' city.
        notices: one for each code and place that do not go together, at its first record.
    """

    codes: Coded
    notices: list[Notice]


def unlike_codes(table: Table, stated: Coded) -> UnlikeCodes:
    """The codes of ``table`` held against each other, where several records name the same place.

    A county alone may be a namesake in another province, so a place is named by its county and its city or street.
    """
    names = {level: coded_names(table, level) for level in _LEVELS}
    inner = (names["street"].codes >= 0) | (names["city"].codes >= 0)
    rows = np.flatnonzero((names["county"].codes >= 0) & inner)
    if not stated.names or not len(rows) or (len(stated.names) == 1 and (stated.codes[rows] >= 0).all()):
        return UnlikeCodes(stated, [])
    cities = list(dict.fromkeys(name[:4] for name in stated.names))
    blank = len(cities)  # a record whose code is blank, or none
    city_of = np.array([*(cities.index(name[:4]) for name in stated.names), blank], dtype=np.int64)
    _, places = combinations([(one.codes[rows], len(one.names)) for one in names.values()], len(rows))
    pairs, first, pair_of, counts = np.unique(
        places * (blank + 1) + city_of[stated.codes[rows]], return_index=True, return_inverse=True, return_counts=True
    )
    place, city = pairs // (blank + 1), pairs % (blank + 1)
    most = _most(place, city, np.where(city == blank, 0, counts))
    whole = np.array([*(len(name) == 4 for name in cities), True])
    unlike = (most >= 0) & (city != most) & whole[city] & whole[most]
    if not unlike.any():
        return UnlikeCodes(stated, [])
    # Any of the codes in that city does: county and street are named.
    stand_in = {cities[city_of[k]]: k for k in range(len(stated.names) - 1, -1, -1)}
    changed: Ints = stated.codes.copy()
    changed[rows[unlike[pair_of]]] = np.array([stand_in[name] for name in cities])[most[pair_of[unlike[pair_of]]]]
    alike = dict(zip(place[city == most].tolist(), counts[city == most].tolist(), strict=True))
    notices = [
        _notice(table, int(rows[first[k]]), cities[most[k]], alike[int(place[k])], int(counts[k]))
        for k in np.flatnonzero(unlike & (city != blank)).tolist()
    ]
    return UnlikeCodes(Coded(changed, stated.names), notices)


def _most(place: Numbers, city: Numbers, counts: Numbers) -> Numbers:
    """For each pair of place and city the city that more than half of the place's codes are of, -1 for none."""
    totals = np.bincount(place, weights=counts)
    found = np.full(len(totals), -1, dtype=np.int64)
    leading = (counts > 0) & (counts * 2 > totals[place])
    found[place[leading]] = city[leading]
    most: Numbers = found[place]
    return most


def _notice(table: Table, row: int, most: str, alike: int, count: int) -> Notice:
    sheet, at = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    level = "street" if table.columns.get("street") is not None else "county"
    code, name = (table.texts_at(key, np.array([row]))[0] for key in ("region_code", level))
    values = {"code": code, "most": most, "others": alike, "count": count}
    where = Address(sheet.path, sheet.name, at, sheet.cell_of("region_code", at))
    return Notice("code-unlike-others", where, name or "", values)
