"""Returns that were handed in twice: the same file, or the same tables in another format or saved again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from pathlib import PurePath

import numpy as np

from communitycheck.model.address import Address
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.returns import COPIES, Notice, Return
from communitycheck.model.sheet import LEFT_OUT
from communitycheck.model.table import Column


def each_once(returns: Iterable[Return]) -> tuple[list[Return], list[Notice]]:
    """Of returns with the same bytes or the same tables one alone: a return handed in twice is not two returns.

    The one whose name is the shortest stays: 甲镇.xlsx, and not 甲镇 - 副本.xlsx.
    """
    kept, notices = list(returns), []
    for code, alike in zip(COPIES, (_same_bytes, _same_tables), strict=True):
        again: dict[int, Return] = {}
        for group in alike(kept):
            first = min(group, key=lambda k: (len(PurePath(kept[k].path).stem), k))
            again |= {k: kept[first] for k in group if k != first}
        notices += [Notice(code, Address(kept[k].path), values={"first": again[k].path}) for k in sorted(again)]
        kept = [one for k, one in enumerate(kept) if k not in again]
    return kept, notices


def _same_bytes(returns: list[Return]) -> Iterator[list[int]]:
    """Files of the same bytes, of which the same sheets were read and that folders say the same of."""

    def key(one: Return) -> Hashable:
        left = frozenset(sheet.name for sheet in one.sheets if sheet.not_read in LEFT_OUT)
        folders = PurePath(one.path).parent.as_posix() if "=" in one.path else ""
        return one.sha256, left, tuple(part for part in folders.split("/") if "=" in part)

    yield from _groups(map(key, returns), range(len(returns)))


def _same_tables(returns: list[Return]) -> Iterator[list[int]]:
    """Returns whose tables say the same of the same subjects: what costs more is asked where all else agrees."""
    groups: Iterable[list[int]] = [list(range(len(returns)))]
    for key in (_glance, _figures, _words):
        groups = [found for group in groups for found in _groups((key(returns[k]) for k in group), group)]
    yield from groups


def _groups(keys: Iterable[Hashable], places: Iterable[int]) -> Iterator[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for key, place in zip(keys, places, strict=True):
        if key is not None:
            groups[key].append(place)
    yield from (group for group in groups.values() if len(group) > 1)


def _glance(one: Return) -> Hashable:
    """What two copies have in common at first sight; None where a table names no subjects."""
    tables = list(one.tables)
    named = [table.about.name_field for table in tables]
    if not tables or any(key not in table.columns for key, table in zip(named, tables, strict=True)):
        return None
    ends = [table.texts_at(key, np.array([0, len(table) - 1])) for key, table in zip(named, tables, strict=True)]
    return tuple(
        (table.entity, len(table), frozenset(table.columns), *map(comparable, names))
        for table, names in zip(tables, ends, strict=True)
    )


def _figures(one: Return) -> str | None:
    """A digest of the periods and figures of the tables; None where they leave a subject without a name, or hold
    no figure but yes and no, in which many may be alike."""
    digest, told = hashlib.sha256(), False
    for table in one.tables:
        names = table.columns[table.about.name_field].text
        if names is None or names.null_count:
            return None
        digest.update(repr([sheet.period for sheet in table.sheets]).encode())
        for key in sorted(table.columns):
            column = table.columns[key]
            told |= column.lo is not None and bool((column.lo > 1).any())
            for part in _numbers(column):
                digest.update(part)
    return digest.hexdigest() if told else None


def _numbers(column: Column) -> Iterator[bytes]:
    yield (np.zeros(len(column), np.uint8) if column.state is None else column.state).tobytes()
    for end in (column.lo, column.hi):
        if column.text is None and end is not None:
            yield np.where(np.isnan(end), -1.0, end + 0.0).tobytes() + np.isnan(end).tobytes()


def _words(one: Return) -> str:
    """A digest of the titles and texts of the tables."""
    digest = hashlib.sha256()
    for table in one.tables:
        digest.update(repr([[*map(comparable, sheet.titles)] for sheet in table.sheets]).encode())
        for _, column in sorted(table.columns.items()):
            for text in [] if column.text is None else column.text.to_pylist():
                digest.update(b"\0" if text is None else comparable(text).encode() + b"\1")
    return digest.hexdigest()
