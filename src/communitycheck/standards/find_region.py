"""The region that a code or a name means."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from communitycheck.errors import UsageError
from communitycheck.model.standard import COUNTY_ENDINGS, PLACE, Jurisdiction, Locality


def find_region(text: str, known: Sequence[Jurisdiction], *, anywhere: bool = False) -> Locality:
    """The region that a code (2 to 12 digits) or a name means: 210100, 沈阳市, 鞍山市, 沈阳市和平区.

    With ``anywhere`` a city or a county may lie outside all that is known: 济南市历下区.

    Raises:
        UsageError: it is neither; the nearest known name is given.
    """
    word = "".join(text.split())
    if word.isascii() and word.isdigit() and len(word) in (2, 4, 6, 9, 12):
        code = word[:6].ljust(6, "0")
        return Locality(next((j for j in known if j.code == code), Jurisdiction(code, code)))
    for j in known:
        if word in (j.name, j.short_name):
            return Locality(j)
    # The deepest first, and 沈阳市 as a place with a standard of its own, not as one of the cities of 辽宁省.
    own = {j.name for j in known}
    for j in sorted(known, key=lambda j: -len(j.prefix)):
        rest = word.rpartition(j.name)[2] if j.prefix else word
        division = next((d for d in j.divisions if rest.startswith(d) and d not in own), "")
        below = rest.removeprefix(division)
        if rest == "" and j.prefix:
            return Locality(j)
        if division and j.level == "city" and not below:
            return Locality(j, county=division)
        if division and j.level == "province" and (not below or below.endswith(COUNTY_ENDINGS)):
            return Locality(j, city=division, county=below)
    elsewhere = PLACE.fullmatch(word) if anywhere else None
    if elsewhere:
        return Locality(Jurisdiction("000000", ""), city=elsewhere["city"] or "", county=elsewhere["county"] or "")
    names = [j.name for j in known]
    near = get_close_matches(word, names, n=1, cutoff=0.3)
    raise UsageError("region-unknown", name=word, near=near[0] if near else "—", known="、".join(dict.fromkeys(names)))
