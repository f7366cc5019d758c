"""Records that say themselves that they lie elsewhere than the title over them: 大连市 in a return titled 沈阳市.

They are judged as of the place that they name; which of the two is wrong, only the office can say.
"""

from __future__ import annotations

import numpy as np

from communitycheck.checking.governing.placement import ELSEWHERE, Evidence, Places, listed_name, prefix_of
from communitycheck.model.places.comparable_names import alike
from communitycheck.model.returns import Notice
from communitycheck.model.table import Table


def rows_against_titles(places: Places, table: Table) -> list[Notice]:
    """A notice for each place that records name against the titles over them, at the first of them."""
    others = [_named_elsewhere(one) for one in places.evidence]
    marked = np.array([bool(text) for _, text in others], bool)
    if not marked.any():
        return []
    notices: list[Notice] = []
    rows = np.flatnonzero(marked[places.evidence_of])
    told = places.evidence_of[rows]
    for kind, first, count in zip(*np.unique(told, return_index=True, return_counts=True), strict=True):
        row = int(rows[first])
        sheet, at = table.sheets[int(table.sheet_of[row])], int(table.row_of[row])
        title = places.evidence[kind].titled
        level, text = others[kind]
        values = {"place": title.county or title.city or title.place.name, "count": int(count)}
        where = sheet.address_of(at, sheet.cell_of(level, at))
        notices.append(Notice("row-and-title", where, text, values))
    return sorted(notices, key=lambda notice: (notice.at.path, notice.at.sheet, notice.at.row))


def _named_elsewhere(one: Evidence) -> tuple[str, str]:
    """The level and the name by which a record lies elsewhere than its title says; empty where it does not."""
    title, core = one.titled, prefix_of(one.titled).rstrip(ELSEWHERE)
    if not core:
        return "", ""
    city = title.city or (title.place.name if title.place.level == "city" else "")
    own_city = one.city or listed_name(one.prefix, 4)
    if city and own_city and not alike(city, own_city):
        return ("city" if one.city else "region_code"), own_city
    county = title.county or (title.place.name if title.place.level == "county" else "")
    if county and one.county and not alike(county, one.county):
        return "county", one.county
    known = one.prefix.rstrip(ELSEWHERE)
    if one.county and not known.startswith(core):
        return "county", one.county
    if known and not known.startswith(core) and not core.startswith(known):
        return "region_code", listed_name(known, 6) or listed_name(known, 4) or known
    return "", ""
