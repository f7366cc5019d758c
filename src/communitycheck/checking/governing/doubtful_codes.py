"""Region codes that do not go with what their records say: with the names of places, or with the codes of the others
of the same place. One wrong digit looks like that; which of the two is wrong, only the office can say, so it is told.

Which standards judge a record, its code says. In which sums of regions it counts, its names say: a wrong digit must not
take it out of those of the street that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from communitycheck.checking.governing.placement import NAMED_ONCE, Places, coded_names, is_named
from communitycheck.model.address import Address
from communitycheck.model.places.code_formats import PROVINCES
from communitycheck.model.places.comparable_names import alike
from communitycheck.model.places.divisions import codes_named, division
from communitycheck.model.places.place_names import ENDINGS
from communitycheck.model.places.regions import Numbers
from communitycheck.model.returns import Notice
from communitycheck.model.standard import Jurisdiction
from communitycheck.model.table import Bools, Coded, Column, Ints, Table, combinations

_LEVELS = ("province", "city", "county", "street")


def codes_against_names(places: Places, table: Table, known: Sequence[Jurisdiction]) -> list[Notice]:
    """A notice for each region code and place name that cannot both be right, at the first of their records.

    The records are placed by the code.

    Args:
        known: the places of standards; others are known from the list of cities and counties.
    """
    notices: dict[Address, Notice] = {}
    codes = places.stated
    for level in ("province", "city", "county"):
        names = coded_names(table, level)
        if not codes.names or not names.names:
            continue
        pairs = [(codes.codes, len(codes.names)), (names.codes, len(names.names))]
        first, ids = combinations(pairs, len(table))
        counts = np.bincount(ids, minlength=len(first))
        for row, count in sorted(zip(first.tolist(), counts.tolist(), strict=True)):
            code, name = int(codes.codes[row]), int(names.codes[row])
            stated = min(code, name) >= 0
            place = _other_place(codes.names[code], names.names[name], level, known) if stated else None
            if place is not None:
                values = {"place": place.name, "prefix": place.prefix, "count": count}
                notice = _notice("code-and-name", table, row, level, values)
                notices.setdefault(notice.at, notice)  # a county of another city is no second fault
    return list(notices.values())


def _other_place(code: str, name: str, level: str, known: Sequence[Jurisdiction]) -> Jurisdiction | None:
    """The place that shows that the code and the name are of two places; None where they may be of one."""
    named = [j for j in known if j.level == level and j.prefix and is_named(name, j, level)]
    if level == "county":
        named += [j for j in known if j.level == "city" and name.endswith(NAMED_ONCE) and name in j.divisions]
    if named:
        apart = all(not code.startswith(j.prefix) and not j.prefix.startswith(code) for j in named)
        return named[0] if apart else None
    if level == "county":
        own = division(code)
        # A county that is listed nowhere may be a new one, or a zone.
        return Jurisdiction(code, own) if own and codes_named(name) and not alike(own, name) else None
    width = {"province": 2, "city": 4}.get(level)
    listed = level == "province" and name.endswith(ENDINGS["province"])
    listed = listed or (level == "city" and any(name in j.divisions for j in known if j.level == "province"))
    return next((j for j in known if listed and width == len(j.prefix) and code.startswith(j.prefix)), None)


def codes_of_no_province(places: Places, table: Table) -> list[Notice]:
    """A notice for each beginning of region codes that is of no province, at the first of its records: they are placed
    by whatever else the return says."""
    column = table.columns.get("region_code")
    rows = np.flatnonzero(places.stated.codes < 0)
    if column is None or column.text is None or not len(rows):
        return []
    texts = column.text.take(pa.array(rows))
    digits = pc.if_else(pc.ascii_is_decimal(texts), pc.binary_slice(texts.cast("binary"), 0, 2), None)
    heads = Column("region_code", text=digits.cast("string")).coded()
    notices = []
    for k, head in enumerate(heads.names):
        if int(head) not in PROVINCES:
            here = np.flatnonzero(heads.codes == k)
            values = {"prefix": head, "count": len(here)}
            notices.append(_notice("code-of-no-province", table, int(rows[here[0]]), "county", values))
    return notices


class UnlikeCodes(Struct, frozen=True):
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
    cities = list(dict.fromkeys(name[:4] for name in stated.names))
    named = {level: coded_names(table, level) for level in _LEVELS}
    county = named["county"].codes >= 0
    if not cities or not county.any() or (len(cities) == 1 and (stated.codes[county] >= 0).all()):
        return UnlikeCodes(stated, [])
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
            level = "street" if table.columns.get("street") is not None else "county"
            told.append(_notice("code-unlike-others", table, int(rows[held.first[k]]), level, values))
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
        first, places = combinations([(one.codes[rows], len(one.names)) for one in named], len(rows))
        self.first, self.pair_of = combinations([(places, len(first)), (cities, n)], len(rows))
        self.place, self.city = places[self.first], cities[self.first]
        self.counts = np.bincount(self.pair_of, minlength=len(self.first))
        coded = np.where(self.city < 0, 0, self.counts)
        totals = np.bincount(self.place, weights=coded)
        self.most = self._where(coded * 2 > totals[self.place], len(totals))
        self.all_of = self._where((coded > 0) & (coded == totals[self.place]), len(totals))

    def _where(self, leading: Bools, places: int) -> Numbers:
        found: Numbers = np.full(places, -1, dtype=np.int64)
        found[self.place[leading]] = self.city[leading]
        of_pairs: Numbers = found[self.place]
        return of_pairs


def _notice(code: str, table: Table, row: int, level: str, values: Mapping[str, object]) -> Notice:
    """About the region code of a record and the place that it names at ``level``."""
    sheet, at = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
    stated, name = (table.texts_at(key, np.array([row]))[0] for key in ("region_code", level))
    where = sheet.address_of(at, sheet.cell_of("region_code", at))
    return Notice(code, where, name or "", {"code": stated, **values})
