"""Where each record belongs, by what is said of it, and which standards' jurisdictions cover it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow.compute as pc
from msgspec import Struct

from communitycheck.checking.governing.places_in_text import city_written, county_of, districts_in, names_place
from communitycheck.model.places.code_formats import PROVINCES
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.divisions import (
    cities_in,
    codes_named,
    counties_in,
    division,
    divisions_of,
    is_listed_province,
)
from communitycheck.model.places.place_names import tells_no_city
from communitycheck.model.sheet import Sheet
from communitycheck.model.standard import Jurisdiction, Locality
from communitycheck.model.table import Bools, Coded, Column, Ints, Table, combinations

# Ends a prefix of which only so much is known, and that the rest is none of the regions with a standard of its own.
ELSEWHERE = "~"
NOWHERE = Jurisdiction("000000", "")
# Counties whose names are those of one place each, where a 和平区 or 铁西区 may lie in several cities.
NAMED_ONCE = ("县", "市")
_ZONE = re.compile("开发|高新|经济|园区|新区|度假|保税|示范|风景")


class Placement(Struct, frozen=True):
    """For every record of a table: inside a jurisdiction, outside it, or neither (unknown)."""

    inside: Bools
    outside: Bools


class Evidence(Struct, frozen=True):
    """What a record says of where it lies, what its title or the user says, and the leading digits that come of it."""

    prefix: str
    city: str
    county: str
    titled: Locality


class Places:
    """The region of every record of one table, as far as the return or the user says.

    Evidence, the strongest first: the record's region code; its city and county names; the region that the user
    names; the title, sheet name and file name, which also say where in a province that the user names.

    Args:
        codes: the leading digits that are to count as the records' own, where they are not what the codes say.
        beside: the tables of the other kinds of records in the same returns.

    Attributes:
        prefixes, cities, counties: of each distinct region: the leading digits of its code (``ELSEWHERE`` at the end
            where the rest is known to be none of the jurisdictions), and what a title or the user calls its city and
            county.
        codes: for each record, which of them it lies in.
        stated: the leading digits of each record's own region code.
        evidence, evidence_of: the distinct combinations of what is said of places, and each record's own.
        of_whole_regions: the records are of the region that a title names, and of no place in it.
    """

    def __init__(
        self,
        table: Table,
        jurisdictions: Sequence[Jurisdiction],
        region: Locality | None,
        codes: Coded | None = None,
        beside: Iterable[Table] = (),
    ) -> None:
        self.jurisdictions = sorted(jurisdictions, key=lambda j: (len(j.prefix), j.code))
        self.stated = coded_prefixes(table) if codes is None else codes
        self.of_whole_regions = not table.about.within
        provinces = [j for j in self.jurisdictions if j.level == "province"]
        self._cities = [(j, city) for j in provinces for city in j.divisions or cities_in(j.prefix)]
        localities = [self._of_sheet(s.region_text, region) for s in table.sheets]
        # Thousands of files may say the same: each combination of evidence is weighed once.
        written = ["" if region else city_written(sheet.place, sheet.region_text) for sheet in table.sheets]
        together = None if region else self._of_counties(coded_names(table, "county").names)
        telling = returns_that_tell((table, *beside), together) if together else frozenset()
        said = list(zip(localities, written, (sheet.path in telling for sheet in table.sheets), strict=True))
        distinct = list(dict.fromkeys(said))
        kinds = {one: i for i, one in enumerate(distinct)}
        keys, self.codes = self._distinct(table, np.array([kinds[one] for one in said], np.int32))
        placed = []
        self.evidence: list[Evidence] = []
        self.evidence_of = self.codes
        for code, province, city, county, kind in keys:
            place, title, told = distinct[kind]
            sheet = prefix_of(place)
            if not sheet and together is not None and told and not lies_elsewhere(together, title):
                sheet = together.prefix
            prefix = self._prefix(code, (province, city, county), sheet, place, title)
            # The city and county that a title or the user names hold for records that say nothing else.
            titled = prefix.rstrip(ELSEWHERE) == sheet.rstrip(ELSEWHERE)
            placed.append((prefix, place.city if titled else "", place.county if titled else ""))
            self.evidence.append(Evidence(prefix, city, county, place))
        number = {where: i for i, where in enumerate(dict.fromkeys(placed))}
        self.prefixes = [prefix for prefix, _, _ in number]
        self.cities = [city for _, city, _ in number]
        self.counties = [county for _, _, county in number]
        self.codes = np.array([number[where] for where in placed], dtype=np.int32)[self.codes]

    def placement(self, jurisdiction: Jurisdiction) -> Placement:
        """Where the records lie as ``jurisdiction`` sees it."""
        whole = jurisdiction.prefix
        inside = np.array([p.startswith(whole) for p in self.prefixes], dtype=bool)
        unknown = np.array([whole.startswith(p) for p in self.prefixes], dtype=bool)
        return Placement(inside[self.codes], ~(inside | unknown)[self.codes])

    def titled_elsewhere(self, table: Table, region: Locality) -> list[tuple[Sheet, str]]:
        """The sheets whose title or file names another place than ``region``, and which."""
        found = []
        for sheet in table.sheets:
            stated = self._of_text(sheet.region_text)
            if stated.place is not NOWHERE and _apart(stated, region):
                found.append((sheet, stated.county or stated.city or stated.place.name))
        return found

    def _distinct(self, table: Table, kinds: Ints) -> tuple[list[tuple[str, str, str, str, int]], np.ndarray]:
        """The distinct combinations of evidence (code, province, city, county, kind of sheet), and each record's own.

        Args:
            kinds: for each sheet, which of the localities it speaks of.
        """
        columns = [self.stated] + [coded_names(table, level) for level in ("province", "city", "county")]
        kind = kinds[table.sheet_of]
        evidence = [(kind, len(table.sheets)), *((c.codes, len(c.names)) for c in columns)]
        first, codes = combinations(evidence, len(table))
        named = [[*c.names, ""] for c in columns]  # code -1 is the last
        stated = [[names[k] for k in c.codes[first].tolist()] for names, c in zip(named, columns, strict=True)]
        return list(zip(*stated, kind[first].tolist(), strict=True)), codes

    def _of_counties(self, names: list[str]) -> Jurisdiction | None:
        """The city that several counties all lie in; one county alone may be a namesake. A place without a code whose
        counties are called so, or are not known, may be meant as well."""
        holders = [j for j in self.jurisdictions if j.level == "city" and set(names) <= set(j.divisions)]
        others = [j for j in self.jurisdictions if not j.code and (not j.divisions or set(names) <= set(j.divisions))]
        return holders[0] if len(names) > 1 and len(holders) == 1 and not others else None

    def _of_sheet(self, text: str, region: Locality | None) -> Locality:
        """The region of a sheet: the user's, and inside a province that the user names the one that the text names."""
        if region is None:
            return self._of_text(text)
        if region.place.level != "province" or region.city or region.county:
            return region
        said = self._of_text(f"{region.place.name} {text}")
        return said if said.place.prefix.startswith(region.place.prefix) else region

    def _of_text(self, text: str) -> Locality:
        """The region that a title or file name names: a jurisdiction, or a city or county inside one."""
        named = [j for j in self.jurisdictions if j.prefix and (j.name in text or j.short_name in text)]
        named = [j for j in named if not tells_no_city(j.name) or _is_told(j, text)]
        deepest = max(named, key=lambda j: len(j.prefix), default=None)
        own = {j.name for j in named}
        cities = [(j, d) for j, d in self._cities if d not in own and names_place(text, d)]
        if deepest is None or deepest.level == "province":
            within = [(j, d) for j, d in cities if deepest is None or j is deepest]
            if len(within) == 1:
                return Locality(within[0][0], city=within[0][1], county=county_of(within[0][1], text))
            listed = [] if within else self._by_listed_county(text, deepest.prefix if deepest else "")
            if len(listed) == 1:
                return Locality(listed[0][0], county=listed[0][1])
            others = [] if within or listed else self._by_division(text, deepest.prefix if deepest else "")
            if len(others) == 1:
                return others[0]
            if deepest is None:
                above = {j.code: j for j, _ in within}
                return Locality(next(iter(above.values())), elsewhere=True) if len(above) == 1 else Locality(NOWHERE)
        rivals = [j for j in named if not deepest.prefix.startswith(j.prefix)]
        rivals += [j for j, _ in cities if len(deepest.prefix) > len(j.prefix)]
        prefix = _common(deepest.prefix, rivals)
        if prefix != deepest.prefix:
            return Locality(next((j for j in named if j.prefix == prefix), Jurisdiction(prefix.ljust(6, "0"), "")))
        listed_in = {d for d in deepest.divisions if d in text}
        counties = listed_in if deepest.level == "city" else districts_in(text, prefix)
        return Locality(deepest, county=counties.pop() if len(counties) == 1 else "")

    def _by_listed_county(self, text: str, prefix: str) -> list[tuple[Jurisdiction, str]]:
        """The counties in ``prefix`` that the text names and the lists of cities hold, if there is one of that name."""
        inside = [j for j in self.jurisdictions if j.level == "city" and j.prefix.startswith(prefix)]
        return [(j, d) for j in inside for d in j.divisions if d.endswith(NAMED_ONCE) and names_place(text, d)]

    def _by_division(self, text: str, prefix: str) -> list[Locality]:
        """The counties in ``prefix`` that the text names and a jurisdiction holds, whose city no standard lists."""
        found = []
        for code in counties_in(text, NAMED_ONCE):
            _, city, county = divisions_of(code)
            around = [j for j in self.jurisdictions if j.prefix and code.startswith(j.prefix)]
            # 寿县 in 长寿县: of two characters only where a name begins.
            whole = len(county) > 2 or re.search(rf"(?:^|[^\u4e00-\u9fff]|[省市州]){county}", text)
            if around and code.startswith(prefix) and whole and names_place(text, county):
                found.append(Locality(around[-1], city="" if around[-1].level == "city" else city, county=county))
        return found

    def _prefix(self, code: str, named: tuple[str, str, str], sheet: str, place: Locality, written: str) -> str:
        """Of one combination of evidence.

        Args:
            named: the province, city and county that the record names.
            sheet: the prefix of what its title or the user names, which is ``place``.
            written: the city that its title is of, which may be none that is known.
        """
        if code:
            return code
        province, city, county = named
        # A county that a title names without its city is looked up like one of a column.
        county = county or (place.county if len(sheet) == 2 else "")
        prefix = sheet
        for level, name in (("province", province), ("city", city)):
            if name:
                prefix = self._deeper(prefix, level, name)
        if county:
            titled = "" if province or city else written
            prefix = self._by_county(prefix, county, place.city, titled, own_city=bool(city))
        # Where nothing but a title names the province, a place in it may lie in any of its cities.
        return prefix if city or county or not prefix or not self.of_whole_regions else _elsewhere_in(prefix)

    def _deeper(self, prefix: str, level: str, name: str) -> str:
        """``prefix`` refined or corrected by the name of a province or city."""
        named = [j for j in self.jurisdictions if j.level == level and is_named(name, j, level)]
        if named:
            return named[0].prefix
        holders = [j for j in self.jurisdictions if j.prefix and name in j.divisions]
        if holders:
            return holders[-1].prefix + ELSEWHERE
        width = {"province": 0, "city": 2}[level]
        known = prefix[:width]
        # An unknown city lies elsewhere in its province, where that is known.
        return known + ELSEWHERE if len(prefix) >= width and (known or level == "province") else ""

    def _by_county(self, prefix: str, name: str, city: str, written: str, *, own_city: bool) -> str:
        """``prefix`` refined by the name of a county; ``city`` is what the title calls its city, if it is listed, and
        no county of another one than ``written`` is meant. The city that a record names itself holds whatever it calls
        its county."""
        if not prefix and not own_city and tells_no_city(name):
            return prefix
        around = [j for j in self.jurisdictions if j.prefix.startswith(prefix) and not lies_elsewhere(j, written)]
        for j in around:
            if j.level == "county" and is_named(name, j, "county"):
                return j.prefix
        if len(prefix) == 6:  # the title names another county
            return prefix[:4] + ELSEWHERE
        listed = [code for code in codes_named(name) if code.startswith(prefix[:2]) and not code.endswith("00")]
        if len(prefix) == 2 and len(listed) == 1:
            return listed[0]
        if listed and not own_city and self._in_other_cities(listed, prefix, city):
            return prefix[:2]
        if len(prefix) >= 4 or ELSEWHERE in prefix:
            return prefix
        inside = [j for j in around if name in j.divisions and j.level == "city"]
        if inside:
            # Two cities may have a county of that name: enough to tell the province, not the city.
            return inside[0].prefix[:2] if len({j.prefix[:2] for j in inside}) == 1 else prefix
        # A development zone stands in no list of counties, so it may lie in any city.
        return prefix if not prefix or _ZONE.search(name) else _elsewhere_in(prefix)

    def _in_other_cities(self, listed: list[str], prefix: str, city: str) -> bool:
        """The counties of that name lie in no city that the prefix or a title names, and so the two disagree; where
        no standard of a city is concerned it makes no difference."""
        cities = [prefix[:4]] if len(prefix) == 4 else [code[:4] for code in codes_named(city)]
        own = [j.prefix for j in self.jurisdictions if j.level == "city"]
        concerned = any(code[:4] in own for code in [*listed, *cities])
        return bool(cities) and concerned and not any(code[:4] in cities for code in listed)


def lies_elsewhere(place: Jurisdiction, city: str) -> bool:
    """Whether a title that is of ``city`` is of no place in or around ``place``: neither its name, nor that of its city
    or of a county there."""
    around = division(place.prefix[:4].ljust(6, "0")) if len(place.prefix) >= 4 else ""
    return bool(city) and place.level in ("city", "county") and city not in (place.name, around, *place.divisions)


def returns_that_tell(tables: Iterable[Table], city: Jurisdiction) -> frozenset[str]:
    """The paths of the returns of which something says that they are of ``city``, or of its province: a county there
    whose name tells its city, a column, a code, or what stands over a table or names its file or folder."""
    around = Jurisdiction(city.prefix[:2].ljust(6, "0"), division(city.prefix[:2].ljust(6, "0")))
    found: set[str] = set()
    for table in tables:
        told = np.zeros(len(table.sheets), bool)
        for coded, tells in (
            (coded_names(table, "county"), lambda name: name in city.divisions and not tells_no_city(name)),
            (coded_names(table, "city"), lambda name: is_named(name, city, "city")),
            (coded_names(table, "province"), lambda name: bool(name) and is_named(name, around, "province")),
            (coded_prefixes(table), lambda prefix: prefix.startswith(around.prefix)),
        ):
            marks = np.array([*(tells(name) for name in coded.names), False], bool)
            told[table.sheet_of[marks[coded.codes]]] = True
        found |= {sheet.path for sheet, by_record in zip(table.sheets, told, strict=True) if by_record}
        names = [name for name in (city.name, city.short_name, around.name) if name]
        said = {(sheet.path, f"{sheet.path} {sheet.region_text}") for sheet in table.sheets}
        found |= {path for path, text in said if any(names_place(text, name) for name in names)}
    return frozenset(found)


def _is_told(place: Jurisdiction, text: str) -> bool:
    """Whether a text names the city or province that a county lies in."""
    return any(above and above in text for above in divisions_of(place.code)[:2])


def is_named(name: str, place: Jurisdiction, level: str) -> bool:
    """沈阳, 沈阳市, and in a column of cities also 辽宁省沈阳市 and 沈阳市和平区."""
    whole = level == "city" and (name.endswith(place.name) or name.startswith(place.name))
    return whole or name in (place.name, place.short_name)


def _elsewhere_in(prefix: str) -> str:
    return prefix if ELSEWHERE in prefix or len(prefix) == 6 else prefix + ELSEWHERE


def prefix_of(locality: Locality) -> str:
    """The prefix of a locality; cities without a standard of their own lie elsewhere in their province."""
    prefix = locality.place.prefix
    return prefix + ELSEWHERE if (locality.city or locality.elsewhere) and len(prefix) == 2 else prefix


def listed_name(prefix: str, width: int) -> str:
    """The city or county that so many digits of a code name; empty where the prefix has fewer."""
    digits = prefix.rstrip(ELSEWHERE)[:width]
    return division(digits.ljust(6, "0")) if len(digits) == width else ""


def _apart(one: Locality, other: Locality) -> bool:
    """Two localities of which neither lies in the other."""
    cities = [place.city or (place.place.name if place.place.level == "city" else "") for place in (one, other)]
    if all(cities) and cities[0] != cities[1]:
        return True
    if one.county and other.county and one.county != other.county:
        return True
    first, second = one.place.prefix, other.place.prefix
    return not (first.startswith(second) or second.startswith(first))


def _common(prefix: str, rivals: list[Jurisdiction]) -> str:
    """A text that names two regions is about the smallest that holds both."""
    for rival in rivals:
        while not rival.prefix.startswith(prefix):
            prefix = prefix[:-2]
    return prefix


def coded_prefixes(table: Table) -> Coded:
    """The first six digits of the region codes (or fewer), as far as there is such a place; blank for no code."""
    column = table.columns.get("region_code")
    if column is None or column.text is None:
        return Coded(np.full(len(table), -1, dtype=np.int32), [])
    # The whole codes are as many as the records; their first six digits are few.
    digits = pc.if_else(pc.ascii_is_decimal(column.text), pc.binary_slice(column.text.cast("binary"), 0, 6), b"")
    coded = Column("region_code", text=digits.cast("string")).coded()
    stems = [_listed_part(_stem(p)) for p in coded.names]
    distinct = {p: i for i, p in enumerate(dict.fromkeys(s for s in stems if s))}
    lookup = np.array([distinct.get(s, -1) for s in stems] + [-1], dtype=np.int32)
    return Coded(lookup[coded.codes], list(distinct))


def _stem(prefix: str) -> str:
    while prefix.endswith("00"):
        prefix = prefix[:-2]
    return prefix


def _listed_part(prefix: str) -> str:
    """What of a prefix is a place: none of what begins with no province, the city of a county that there is not."""
    if not prefix[:2].isdecimal() or int(prefix[:2]) not in PROVINCES:
        return ""
    while len(prefix) > 2 and is_listed_province(prefix[:2]) and not division(prefix.ljust(6, "0")):
        prefix = prefix[: 2 * ((len(prefix) - 1) // 2)]
    return prefix


def coded_names(table: Table, level: str) -> Coded:
    """The names of a column of places in the form in which they are compared; none where there is no such column."""
    column = table.columns.get(level)
    if column is None or column.text is None:
        return Coded(np.full(len(table), -1, dtype=np.int32), [])
    coded = column.coded()
    return Coded(coded.codes, [comparable(name) for name in coded.names])
