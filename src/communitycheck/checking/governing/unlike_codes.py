"""Region codes that no other record of the same named place has: one wrong digit looks like that.

Whom such a record belongs to, its names say: a wrong digit must not take it out of the sums of the street that it
names. Which of the two is wrong, only the office can say, so it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from communitycheck.checking.governing.placement import coded_names
from communitycheck.model.address import Address
from communitycheck.model.places.regions import Numbers
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bools, Coded, Ints, Table, combinations

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

    A county alone may be a namesake in another province, so codes are unlike only where the records name the same city
    or street, too. A record without a code is of the city that all others of its county are of.
    """
    named = {level: coded_names(table, level) for level in _LEVELS}
    county = named["county"].codes >= 0
    if not stated.names or not county.any():
        return UnlikeCodes(stated, [])
    cities = list(dict.fromkeys(name[:4] for name in stated.names))
    city_of = np.array([*(cities.index(name[:4]) for name in stated.names), -1], dtype=np.int64)
    # Any of the codes in a city does: county and street are named.
    stand_in = np.array([next(k for k, own in enumerate(city_of) if own == at) for at in range(len(cities))])
    inner = county & ((named["street"].codes >= 0) | (named["city"].codes >= 0)) & (stated.codes >= 0)
    rows, told = np.flatnonzero(inner), list[Notice]()
    held = _Held(named.values(), rows, city_of[stated.codes[rows]], len(cities))
    whole = np.array([len(name) == 4 for name in cities])
    unlike = (held.most >= 0) & (held.city != held.most) & whole[held.city] & whole[held.most]
    changed: Ints = stated.codes
    if unlike.any():
        changed = changed.copy()
        changed[rows[unlike[held.pair_of]]] = stand_in[held.most[held.pair_of[unlike[held.pair_of]]]]
        usual = held.city == held.most
        alike = dict(zip(held.place[usual].tolist(), held.counts[usual].tolist(), strict=True))
        for k in np.flatnonzero(unlike).tolist():
            values = {"most": cities[held.most[k]], "others": alike[int(held.place[k])], "count": int(held.counts[k])}
            told.append(_notice(table, int(rows[held.first[k]]), values))
    blank = county & (changed < 0)
    if blank.any():
        rows = np.flatnonzero(county)
        held = _Held([named[level] for level in _LEVELS[:-1]], rows, city_of[changed[rows]], len(cities))
        sole = held.all_of[held.pair_of]
        filled = blank[rows] & (sole >= 0) & whole[sole]
        if filled.any():
            changed = changed.copy()
            changed[rows[filled]] = stand_in[sole[filled]]
    return UnlikeCodes(stated if changed is stated.codes else Coded(changed, stated.names), told)


class _Held:
    """The distinct pairs of a place and the city of a code there.

    Attributes:
        place, city, first, counts: of each pair; city is -1 for records without a code.
        pair_of: of each record.
        most: the city that more than half of the codes of the place are of; all_of: that all are; -1 for none.
    """

    def __init__(self, named: Iterable[Coded], rows: Numbers, cities: Numbers, n: int) -> None:
        _, places = combinations([(one.codes[rows], len(one.names)) for one in named], len(rows))
        pairs, self.first, self.pair_of, self.counts = np.unique(
            places * (n + 1) + cities + 1, return_index=True, return_inverse=True, return_counts=True
        )
        self.place, self.city = pairs // (n + 1), pairs % (n + 1) - 1
        coded = np.where(self.city < 0, 0, self.counts)
        totals = np.bincount(self.place, weights=coded)
        self.most = self._where(coded * 2 > totals[self.place], len(totals))
        self.all_of = self._where((coded > 0) & (coded == totals[self.place]), len(totals))

    def _where(self, leading: Bools, places: int) -> Numbers:
        found: Numbers = np.full(places, -1, dtype=np.int64)
        found[self.place[leading]] = self.city[leading]
        of_pairs: Numbers = found[self.place]
        return of_pairs


def _notice(table: Table, row: int, values: Mapping[str, object]) -> Notice:
    sheet, at = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    level = "street" if table.columns.get("street") is not None else "county"
    code, name = (table.texts_at(key, np.array([row]))[0] for key in ("region_code", level))
    where = Address(sheet.path, sheet.name, at, sheet.cell_of("region_code", at))
    return Notice("code-unlike-others", where, name or "", {"code": code, **values})
