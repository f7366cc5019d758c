"""The region that a code or a name means."""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.errors import UsageError
from communitycheck.model.places.divisions import codes_named, division, divisions_of
from communitycheck.model.places.place_names import tells_no_city
from communitycheck.model.standard import COUNTY_ENDINGS, PLACE, Jurisdiction, Locality
from communitycheck.nearest import nearest_few


def find_region(text: str, known: Sequence[Jurisdiction], *, anywhere: bool = False) -> Locality:
    """The region that a code (2 to 12 digits) or a name means: 210100, 沈阳市, 鞍山市, 沈阳市和平区.

    With ``anywhere`` a city or a county may lie outside all that is known: 济南市历下区.

    Raises:
        UsageError: it is neither; the nearest known name is given.
    """
    word = "".join(text.split())
    if word.isascii() and word.isdigit() and len(word) in (2, 4, 6, 9, 12):
        return _by_code(word[:6].ljust(6, "0"), known)
    for j in known:
        if word in (j.name, j.short_name):
            return Locality(j)
    listed = _by_listed_name(word, known)
    if listed is not None:
        return listed
    # The deepest first, and 沈阳市 as a place with a standard of its own, not as one of the cities of 辽宁省.
    own = {j.name for j in known}
    for j in sorted(known, key=lambda j: -len(j.prefix)):
        rest = word.rpartition(j.name)[2] if j.prefix else word
        division = next((d for d in j.divisions if rest.startswith(d) and d not in own), "")
        below = rest.removeprefix(division)
        if rest == "" and j.prefix:
            return Locality(j)
        if division and not j.code and not below:
            return Locality(j, county=division)
        if division and j.level == "city" and not below:
            return Locality(j, county=division)
        if division and j.level == "province" and (not below or below.endswith(COUNTY_ENDINGS)):
            return Locality(j, city=division, county=below)
    elsewhere = PLACE.fullmatch(word) if anywhere else None
    if elsewhere:
        return Locality(Jurisdiction("000000", ""), city=elsewhere["city"] or "", county=elsewhere["county"] or "")
    names = [j.name for j in known]
    places = [*names, *(division for j in known for division in j.divisions)]
    near = "、".join(nearest_few(word, places, 3))  # 安山市 is as like 鞍山市 as 黄山市
    uncoded = "、".join(dict.fromkeys(j.name for j in known if not j.code))
    raise UsageError("region-unknown", name=word, near=near, known="、".join(dict.fromkeys(names)), places=uncoded)


def _by_code(code: str, known: Sequence[Jurisdiction]) -> Locality:
    """The smallest region with a standard that a code lies in, and the names of its city and county below that."""
    own = next((j for j in known if j.code == code), None)
    if own is not None:
        return Locality(own)
    _, city, county = divisions_of(code)
    holders = [j for j in known if j.prefix and code.startswith(j.prefix)]
    around = max(holders, key=lambda j: len(j.prefix), default=None)
    if around is None or not city:
        return Locality(Jurisdiction(code, county or city or division(code) or code))
    return Locality(around, city="" if around.level == "city" else city, county=county)


def _by_listed_name(word: str, known: Sequence[Jurisdiction]) -> Locality | None:
    """昌图县, 铁岭市昌图县, 辽宁省昌图县, 铁岭: the one city or county of that name; None where none is listed.

    Raises:
        UsageError: several cities have one of that name, or it is a name that tells no city.
    """
    places: dict[str, str] = {}
    for name in (f"{word}市", *(word[at:] for at in range(len(word) - 1))):
        for code in codes_named(name):
            province, city, county = divisions_of(code)
            short = not county and name == f"{word}市"
            if short or word in (county or city, city + county, province + county, province + city + county):
                places[code] = city + county
    if len(set(places.values())) > 1:
        raise UsageError("region-several", name=word, known="、".join(dict.fromkeys(places.values())))
    if places and tells_no_city(word):
        raise UsageError("region-word-tells-no-city", name=word, example=places[max(places)])
    return _by_code(max(places), known) if places else None
