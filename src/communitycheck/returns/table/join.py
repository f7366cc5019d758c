"""Sheets of one return that list the same subjects with different figures are one table: 人口 here, 设施 there."""

from __future__ import annotations

from collections import Counter

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.place_names import CITY_CHARACTERS, ENDINGS, any_of, endings
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Bools, Bytes, Column, State, Table, among
from communitycheck.patterns import pattern
from communitycheck.returns.table.merge import Places, merged
from communitycheck.returns.text_columns import comparable_texts, whole

# Tables longer than this are not joined: each cell taken over keeps its address.
LONGEST = 50_000
# A number that two sheets state is the same where it differs by no more than this, relative to it.
_CLOSE = 1e-9
# 鞍山市铁东区 is two regions; 社区 and 小区 are none, and 全市, 各街道 or 城区 tell no place from another.
# A sheet is seldom named for a 苏木, and 地区 ends in 区.
_REGION = pattern(
    rf"[^\W\d_年月季度]{{2,8}}?(?:(?<![社小园])区|[{CITY_CHARACTERS}]|"
    rf"{any_of(endings('county', 'street', but=('区', '苏木')))})"
)
_WHOLE = "全各本我城"
_SAYS_COMMUNITY = pattern("(?:社区|村)?(?:居民?委员?会|村民?委员?会)$|(?:社区|村)$")
_LEVELS = {**dict.fromkeys(CITY_CHARACTERS, "city"), **{end[-1]: "street" for end in ENDINGS["street"]}}



def join_sheets(tables: list[Table]) -> tuple[list[Table], list[Notice]]:
    """Tables that are parts of one become one; a notice for each that was joined to an earlier one.

    Two tables are joined where at least half the subjects of the shorter stand in the other, each once, by region code
    or else by name and the regions that both state; where their sheets state no different period and name no different
    region; and where no figure that both hold differs. A table that brings no column of its own may be that of another
    place: it has to be the same in its blanks too. The earlier table's figures stay; the later one fills its blanks.
    """
    joined: list[Table] = []
    notices: list[Notice] = []
    # Name or code of a subject -> those of ``joined`` that may hold it: of many sheets few share any.
    holders: dict[str, list[int]] = {}
    for table in tables:
        subjects = _names_and_codes(table) if len(tables) > 1 else set()
        for k in sorted({k for text in subjects for k in holders.get(text, ())}):
            base, code = joined[k], "sheets-joined"
            found = _matched(base, table)
            if found is None or int((found >= 0).sum()) < min(len(base), len(table)):
                by_stem = _matched_by_stem(base, table)
                if by_stem is not None:
                    found, code = by_stem, "sheets-joined-by-stem"
            if found is not None and _agree(base, table, found):
                sheet, first = table.sheets[0], base.sheets[0]
                values = {"count": int((found >= 0).sum()), "first": first.name}
                notices.append(Notice(code, Address(sheet.path, sheet.name), values=values, level="info"))
                joined[k] = _joined(base, table, found)
                break
        else:
            k = len(joined)
            joined.append(table)
        for text in subjects:
            holders.setdefault(text, []).append(k)
    return joined, notices


def _names_and_codes(table: Table) -> set[str]:
    """What a table calls its subjects; nothing where the table is too long to be joined."""
    columns = [table.columns.get(key) for key in (table.about.name_field, table.about.code_field)]
    texts = [comparable_texts(c.text).unique().to_pylist() for c in columns if c is not None and len(table) <= LONGEST]
    return {one for some in texts for text in some if text for one in (text, _stem(text)[0])}


def _stem(name: str) -> tuple[str, str]:
    """The name of a community without what says that it is one, and whether it is a village: 红旗 of 红旗社区居委会."""
    found = _SAYS_COMMUNITY.search(name)
    stem = name[: found.start()] if found else name
    if found is None or len(stem) < 2:
        return name, ""
    return stem, "社区" if "居" in found[0] or "社区" in found[0] else "村"


def _may_be_one(base: Table, table: Table) -> bool:
    """Nothing but the names of their subjects keeps two tables apart."""
    if base.entity != table.entity or not base.about.placed or max(len(base), len(table)) > LONGEST:
        return False
    periods = {sheet.period for sheet in (*base.sheets, *table.sheets)} - {None}
    if len(periods) > 1 or "period" in base.columns or "period" in table.columns:
        return False
    return not any(_apart(one, other) for one in base.sheets for other in table.sheets)


def _matched_by_stem(base: Table, table: Table) -> Places | None:
    """The same for communities whose names differ in their endings, where each of the shorter table finds one."""
    name = base.about.name_field
    if not _may_be_one(base, table) or any(name not in t.columns or t.entity != "community" for t in (base, table)):
        return None
    if "region_code" in base.columns and "region_code" in table.columns:
        return None  # the codes tell them apart
    levels = [x for x in REGION_LEVELS if x != name and x in base.columns and x in table.columns]
    here, there = (_keys(one, [name, *levels]) for one in (base, table))
    if not all(key[0] for key in (*here, *there)):
        return None
    stems = [[(_stem(key[0] or "")[0], *key[1:]) for key in keys] for keys in (here, there)]
    if any(len(set(some)) < len(some) for some in stems):
        return None
    place_of = {stem: place for place, stem in enumerate(stems[1])}
    found = np.array([place_of.get(stem, -1) for stem in stems[0]], np.int64)
    both = [(one, there[at]) for one, at in zip(here, found.tolist(), strict=True) if at >= 0]
    kinds = [(_stem(one[0] or "")[1], _stem(other[0] or "")[1]) for one, other in both]
    if any(a and b and a != b for a, b in kinds):
        return None
    return found if int((found >= 0).sum()) == min(len(here), len(there)) else None


def _matched(base: Table, table: Table) -> Places | None:
    """For each record of ``base`` the record of ``table`` about the same subject, or -1; None where the two are not
    parts of one table."""
    if not _may_be_one(base, table):
        return None
    name = base.about.name_field
    levels = [x for x in REGION_LEVELS if x != name and x in base.columns and x in table.columns]
    for keys in ([base.about.code_field], [name, *levels]):
        if all(k in base.columns and k in table.columns for k in keys):
            there = _once(table, keys)
            found = np.array([there.get(key, -1) for key in _keys(base, keys)], np.int64)
            known = found[found >= 0]
            if len(known) == len(set(known.tolist())) and 2 * len(known) >= min(len(base), len(table)) > 0:
                return found
    return None


def _keys(table: Table, keys: list[str]) -> list[tuple[str | None, ...]]:
    return list(zip(*(comparable_texts(table.columns[key].text).to_pylist() for key in keys), strict=True))


def _once(table: Table, keys: list[str]) -> dict[tuple[str | None, ...], int]:
    """The record of each subject that the table names once."""
    listed = _keys(table, keys)
    times = Counter(listed)
    return {key: i for i, key in enumerate(listed) if key[0] and times[key] == 1}


def _apart(one: Sheet, other: Sheet) -> bool:
    """Whether the names or titles of two sheets speak of two cities, counties or streets: 铁东区 and 立山区."""
    here, there = _regions(one), _regions(other)
    for ending in here.keys() & there.keys():
        pairs = [(a, b) for a in here[ending] for b in there[ending]]
        if not any(a.endswith(b) or b.endswith(a) for a, b in pairs):
            return True
    return False


def _regions(sheet: Sheet) -> dict[str, set[str]]:
    """The regions that a sheet's name and titles speak of, by the level that their endings tell."""
    found: dict[str, set[str]] = {}
    for name in _REGION.findall(" ".join((sheet.name or "", *sheet.titles))):
        if name[0] not in _WHOLE:
            found.setdefault(_LEVELS.get(name[-1], "county"), set()).add(name)
    return found


def _agree(base: Table, table: Table, found: Places) -> bool:
    """Whether the figures that both tables hold are the same for each subject that both know."""
    here = np.flatnonzero(found >= 0)
    names = {base.about.name_field, *REGION_LEVELS}  # they were looked at, or may be spelled in two ways
    adds = not table.columns.keys() - base.columns.keys() <= {*names, base.about.code_field}
    for key in (base.columns.keys() & table.columns.keys()) - names:
        one, other = base.columns[key], table.columns[key]
        states, others = _states(one)[here], _states(other)[found[here]]
        exempt = among(states, State.EXEMPT) != among(others, State.EXEMPT)
        stated = _stated(states) & _stated(others)
        if (exempt & stated).any():
            return False
        if not adds and ((states != others) & ~among(states, State.ABSENT, State.UNLISTED)).any():
            return False
        if one.text is not None and other.text is not None:
            texts = one.text.take(here), other.text.take(found[here])
            pairs = zip(*(comparable_texts(some).to_pylist() for some in texts), strict=True)
            if any(a is not None and b is not None and a != b for a, b in pairs):
                return False
        elif one.lo is not None and other.lo is not None and one.hi is not None and other.hi is not None:
            for a, b in ((one.lo[here], other.lo[found[here]]), (one.hi[here], other.hi[found[here]])):
                if not np.all(np.isclose(a, b, _CLOSE, 0) | np.isnan(a) | np.isnan(b)):
                    return False
    return True


def _states(column: Column) -> Bytes:
    """What each cell holds; a null text is blank."""
    state = np.zeros(len(column), np.uint8) if column.state is None else column.state.copy()
    if column.text is not None:
        state[among(state, State.KNOWN) & whole(column.text).is_null().to_numpy(zero_copy_only=False)] = State.BLANK
    return state


def _stated(states: Bytes) -> Bools:
    return ~among(states, State.BLANK, State.ABSENT, State.UNLISTED)


def _mark_unlisted(column: Column, *sides: tuple[bool, Bools]) -> None:
    """Say of the subjects that the only sheets with the column do not list that they do not."""
    listed = np.any([here for has_column, here in sides if has_column], axis=0)
    if listed.all():
        return
    state = np.zeros(len(listed), np.uint8) if column.state is None else column.state
    state[~listed & among(state, State.ABSENT)] = State.UNLISTED
    column.state = state


def _joined(base: Table, table: Table, found: Places) -> Table:
    """``base`` with the other columns of ``table``, and below it the records that ``table`` alone holds."""
    alone = np.setdiff1d(np.arange(len(table)), found)
    first = np.r_[np.arange(len(base)), np.full(len(alone), -1)]
    second = np.r_[found, alone]
    both = (first >= 0) & (second >= 0)
    columns: dict[str, Column] = {}
    for key in dict.fromkeys((*base.columns, *table.columns)):
        own, given = base.columns.get(key), table.columns.get(key)
        borrowed = both.copy()
        if own is not None:  # its figures stay; the other table fills its blanks
            fills = np.zeros(len(table) + 1, bool) if given is None else np.r_[_stated(_states(given)), False]
            borrowed &= np.r_[~_stated(_states(own)), np.zeros(len(alone), bool)] & fills[second]
        from_own = np.where(borrowed, -1, first)
        from_given = np.where((first < 0) | borrowed, second, -1)
        columns[key] = merged(key, own, table, from_own, from_given, np.flatnonzero(borrowed))
        _mark_unlisted(columns[key], (own is not None, first >= 0), (given is not None, second >= 0))
    return Table(
        base.about,
        columns,
        [*base.sheets, *table.sheets],
        np.r_[base.sheet_of, table.sheet_of[alone] + len(base.sheets)].astype(np.int32),
        np.r_[base.row_of, table.row_of[alone]].astype(np.int32),
    )
