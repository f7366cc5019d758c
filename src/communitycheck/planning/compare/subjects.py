"""Subjects as a table that holds no more than what tells them apart: code, name, and where they lie.

Such tables are made of the records of a run, of its groups, or of lists read from a file; two of one kind are joined
into one, so that ``checking/repeated`` matches their rows as it matches those of two periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.entity import REGION_CODE, Entity, EntityKind
from communitycheck.model.places.regions import levels_to, numbered
from communitycheck.model.subjects import Groups, Records, Subject
from communitycheck.model.table import Coded, Column, Ints, Table

NAME, CODE, OTHER_CODE = "name", REGION_CODE, "code"
# Of a kind that is no level of regions every group is the whole.
WHOLE = "*"


def of_records(table: Table, rows: Ints) -> Table:
    """The records at ``rows`` of what was read."""
    wanted = {**dict.fromkeys(table.about.within), NAME: table.about.name_field, CODE: table.about.code_field}
    texts = {key: _text(table, source or key, rows) for key, source in wanted.items()}
    regions = {level: Coded(one.codes[rows], one.names) for level, one in table.regions.items()}
    return _table(known_by(table.about), texts, regions, len(rows))


def known_by(about: Entity) -> Entity:
    """The kind of subject with the names that these tables give to its name and its code."""
    # A period is known by its own name here; in a table of periods the sheet stands for the series.
    kind = "document" if about.kind == "period" else about.kind
    code = CODE if about.code_field == REGION_CODE else OTHER_CODE
    return replace(about, kind=kind, name_field=NAME, code_field=code if about.code_field else "")


def of_groups(groups: Groups, places: Sequence[int], level: str) -> Table:
    """The groups at ``places``, all of one level."""
    names = list(levels_to(level))
    paths = [groups.region(i) for i in places]
    if not names:
        named = [groups.subject(i).name or WHOLE for i in places]
        return _table(group_of(level), {NAME: pa.array(named, pa.string())}, {}, len(named))
    regions = {one: coded([path[k] for path in paths]) for k, one in enumerate(names)}
    return _table(group_of(level), {}, regions, len(paths))


def group_of(level: str) -> Entity:
    """What the groups of a level are: regions, known by their names alone, or the whole."""
    names = levels_to(level)
    kind: EntityKind = "place" if names else "document"
    return Entity(level, name_field=NAME, code_field="", within=tuple(reversed(names[:-1])), kind=kind)


def of_lists(
    about: Entity, codes: Sequence[str | None], names: Sequence[str | None], regions: Mapping[str, Sequence[str | None]]
) -> Table:
    """What a file lists: for each subject its code, its name and the region of each level (None or empty: not told).

    Args:
        about: made by ``known_by`` or ``group_of``.
    """
    listed = {level: pa.array(some, pa.string()) for level, some in regions.items()}
    return of_columns(about, pa.array(codes, pa.string()), pa.array(names, pa.string()), listed)


def of_columns(about: Entity, codes: pa.Array, names: pa.Array, regions: Mapping[str, pa.Array]) -> Table:
    """The same of texts in columns."""
    codes, names = (pc.if_else(pc.equal(texts, ""), None, texts) for texts in (codes, names))
    within = {level: coded for level, some in regions.items() if (coded := _coded(some)).names}
    if about.key in REGION_LEVELS:
        within[about.key] = _coded(names)
    return _table(about, {CODE: codes, NAME: names}, within, len(names))


def _coded(texts: pa.Array) -> Coded:
    told = pc.if_else(pc.equal(texts, ""), None, texts).dictionary_encode()
    return Coded(told.indices.fill_null(-1).to_numpy(zero_copy_only=False), told.dictionary.to_pylist())


def coded(texts: Sequence[str | None]) -> Coded:
    number: dict[str, int] = {}
    codes = [number.setdefault(text, len(number)) if text else -1 for text in texts]
    return Coded(np.array(codes, np.int32), list(number))


def both(one: Table, other: Table) -> Table:
    """The subjects of ``one``, then those of ``other``."""
    texts = {
        key: pa.concat_arrays([_column(table, key) for table in (one, other)])
        for key in dict.fromkeys([*one.columns, *other.columns])
    }
    regions = {
        level: _joined(one.regions.get(level), len(one), other.regions.get(level), len(other))
        for level in REGION_LEVELS
        if level in one.regions or level in other.regions
    }
    about = other.about if other.about.within else one.about  # of a list nobody says what its kind lies in
    return _table(about, texts, regions, len(one) + len(other))


def levels_at(table: Table, rows: Ints) -> list[dict[str, str]]:
    """What those at ``rows`` lie in, by level, as far as it is known."""
    ids, paths = numbered(table, REGION_LEVELS, rows)
    known = [
        {level: name for level, name in zip(REGION_LEVELS, path, strict=True) if name and level != table.entity}
        for path in paths
    ]
    return [known[k] for k in ids.tolist()]


def texts_of(table: Table, key: str) -> pa.Array:
    """A column of texts of such a table, empty where there is none."""
    return _column(table, key).fill_null("")


def name_texts(table: Table) -> pa.Array:
    """What all are called; regions that lie in no others are known by their own level."""
    names, region = texts_of(table, NAME), table.regions.get(table.entity)
    if region is None:
        return names
    own = pa.array([*region.names, ""], pa.string()).take(pa.array(region.codes % (len(region.names) + 1)))
    return pc.if_else(pc.equal(names, ""), own, names)


def at_rows(table: Table, rows: Ints) -> Table:
    """Those at ``rows`` of such a table."""
    texts = {key: _text(table, key, rows) for key in table.columns if key != OTHER_CODE}
    regions = {level: Coded(one.codes[rows], one.names) for level, one in table.regions.items()}
    return _table(table.about, texts, regions, len(rows))


def subjects_at(table: Table, rows: Ints) -> list[Subject]:
    """Who stands at ``rows``, as people call them."""
    names, codes = table.names_at(rows), table.texts_at(CODE, rows)
    ids, paths = Records(table).regions(rows)
    return [
        Subject(table.entity, "" if name == WHOLE else name, code, paths[k])
        for name, code, k in zip(names, codes, ids.tolist(), strict=True)
    ]


def _joined(one: Coded | None, n: int, other: Coded | None, m: int) -> Coded:
    one, other = one or _nowhere(n), other or _nowhere(m)
    moved = np.where(other.codes < 0, -1, other.codes + len(one.names))
    return Coded(np.concatenate([one.codes, moved]).astype(np.int32), [*one.names, *other.names])


def _nowhere(n: int) -> Coded:
    return Coded(np.full(n, -1, np.int32), [])


def _table(about: Entity, texts: Mapping[str, pa.Array], regions: dict[str, Coded], n: int) -> Table:
    columns = {key: Column(key, text=text) for key, text in texts.items() if key not in regions}
    if about.code_field == OTHER_CODE and CODE in columns:
        columns[OTHER_CODE] = columns[CODE]
    return Table(about, columns, [], np.zeros(n, np.int32), np.zeros(n, np.int32), regions)


def _column(table: Table, key: str) -> pa.Array:
    column = table.columns.get(key)
    return pa.nulls(len(table), pa.string()) if column is None else column.text


def _text(table: Table, key: str, rows: Ints) -> pa.Array:
    column = table.columns.get(key)
    if column is None or column.text is None:
        return pa.nulls(len(rows), pa.string())
    found = column.text.take(pa.array(rows))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
