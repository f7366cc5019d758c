"""Whether each row of the table is one record of a subject of its own: what is not so is refused by name.

The reader of returns finds totals, notes, headings and what stands there twice by looking at all rows. Here only a
table is judged in which there is nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from communitycheck.errors import UsageError
from communitycheck.messages import catalogue
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.entity import Entity
from communitycheck.model.sheet import Sheet
from communitycheck.model.text import Text
from communitycheck.printable import clip, one_line
from communitycheck.products.sql.engine.columns import Columns, TypedColumn
from communitycheck.products.sql.engine.connection import Engine, one_file, text
from communitycheck.products.sql.engine.names import ComparedNames
from communitycheck.products.sql.engine.source import OpenedTable
from communitycheck.returns.cells.standing.statements import statements
from communitycheck.returns.cells.standing.words import SUSPECT
from communitycheck.returns.table.doubts.remarks import asks_of_figures
from communitycheck.returns.table.record_names import MAY_BE_ELSE, PLAIN_NAME, is_no_place, is_no_record

_SHOWN = 40
# Words of a column of remarks that are weighed one by one.
_MOST_REMARKS = 100_000
# Subjects that are held against each other at once, whatever their number.
SUBJECTS = 4_000_000


def refuse_other_rows(engine: Engine, source: OpenedTable, sheet: Sheet, about: Entity, columns: Columns) -> None:
    """Refuse a table with rows that may be something else than a record, or of which two are of one subject.

    Raises:
        UsageError: ``engine-blank``, ``engine-row``, ``engine-bare``, ``engine-twice``, ``engine-total``,
            ``engine-serial``, ``engine-periods``, ``engine-remarks``.
    """
    name = columns.typed.get(about.name_field)
    if name is None:
        raise UsageError("engine-nameless", path=source.path)
    places = [one for one in columns.with_role("region") if one.key in REGION_LEVELS and one is not name]
    codes = columns.with_role("code")
    _refuse_blanks(engine, columns, [name, *places, *codes], source.records)
    marked = bool(places or codes or "community_type" in columns.typed or columns.with_role("seq"))
    _refuse_other_names(engine, columns, name, about.key, marked=marked)
    for one in places:
        for (word,) in engine.rows(f"SELECT DISTINCT {one.sql} FROM given"):
            if is_no_place(word):
                _refuse_row(engine, columns, one, word)
    figures = [one for one in columns if one.field.is_number and one.field.role is None]
    _refuse_bare(engine, source, figures)
    _refuse_totals(engine, source, columns, [one for one in figures if one.field.type in ("int", "count", "decimal")])
    _refuse_twice(engine, columns, [name, *places], codes, source.records)
    _refuse_gaps(engine, columns)
    _refuse_periods(engine, columns)
    _refuse_remarks(engine, source, sheet, columns)


def _refuse_blanks(engine: Engine, columns: Columns, names: list[TypedColumn], records: int) -> None:
    """A blank name stands for the one above it in many tables."""
    counts = engine.row(f"SELECT {', '.join(f'count({one.sql})' for one in names)} FROM given")
    for one, count in zip(names, counts, strict=True):
        if count < records:
            (row,) = engine.row(f'SELECT min("row") FROM given WHERE {one.sql} IS NULL')
            raise UsageError("engine-blank", **columns.where(one), count=records - count, row=row + 1)


def _refuse_other_names(engine: Engine, columns: Columns, name: TypedColumn, entity: str, *, marked: bool) -> None:
    plain = f"regexp_full_match({name.sql}, {text(PLAIN_NAME)}) AND NOT regexp_matches({name.sql}, {text(MAY_BE_ELSE)})"
    others = "true" if entity != "community" else f"NOT ({plain})"
    for batch in engine.batches(f"SELECT DISTINCT {name.sql} AS word FROM given WHERE {others}"):
        for word in batch.column(0).to_pylist():
            if is_no_record(word, entity, marked=marked):
                _refuse_row(engine, columns, name, word)


def _refuse_row(engine: Engine, columns: Columns, one: TypedColumn, word: str) -> None:
    query = f'SELECT count(*), min("row") FROM given WHERE {one.sql} = ?'
    count, row = engine.rows(query, [word])[0]
    raise UsageError("engine-row", **columns.where(one), count=count, row=row + 1, text=_shown(word))


def _refuse_bare(engine: Engine, source: OpenedTable, figures: list[TypedColumn]) -> None:
    """A row with a name and nothing else may be a heading."""
    if not figures:
        return
    nothing = " AND ".join(f"{one.sql} IS NULL" for one in figures)
    count, row = engine.row(f'SELECT count(*), min("row") FROM given WHERE {nothing}')
    if count:
        raise UsageError("engine-bare", path=source.path, count=count, row=row + 1)


def _refuse_totals(engine: Engine, source: OpenedTable, columns: Columns, figures: list[TypedColumn]) -> None:
    """The first or the last row may be the sum of all others, whatever it is called."""
    if source.records < 3 or not figures:
        return
    for edge in (1, source.records):
        own = ", ".join(f'sum({one.sql}), max({one.sql}) FILTER ("row" = {edge})' for one in figures)
        found = engine.row(f"SELECT {own} FROM given")
        pairs = [(total, mine) for total, mine in zip(found[::2], found[1::2], strict=True) if mine]
        if len(pairs) > 1 and all(abs(total - 2 * mine) <= 1e-9 * abs(mine) for total, mine in pairs):
            raise UsageError("engine-total", path=source.path, row=edge + 1)


def _refuse_twice(
    engine: Engine, columns: Columns, names: list[TypedColumn], codes: list[TypedColumn], records: int
) -> None:
    """Two rows of one subject: by its code, or by its name and all that it lies in, however these are written.

    Hashes are held against each other, some millions at a time, and the words only where two are the same.
    """
    levels = [one.key for one in names[1:]]
    own = [one for one in codes if one.field.role == "code"]
    compared = [ComparedNames(engine, one, level) for one, level in zip(names, ["community", *levels], strict=True)]
    named = ", ".join(one.sql for one in compared), "given" + "".join(one.join for one in compared)
    for key, (asked, rows) in ((own, (", ".join(one.sql for one in own), "given")), (names, named)):
        for twice in _twice(engine, asked, rows, records // SUBJECTS + 1) if key else ():
            query = (
                f'SELECT any_value({key[0].sql}), count(*), min("row"), max("row") FROM {rows} '
                f"WHERE hash({asked}) IN ({twice}) GROUP BY {asked} HAVING count(*) > 1 ORDER BY 3 LIMIT 1"
            )
            for word, count, first, last in engine.rows(query):
                where = columns.where(key[0])
                raise UsageError("engine-twice", **where, text=_shown(word), count=count, row=first + 1, last=last + 1)


def _twice(engine: Engine, asked: str, rows: str, parts: int) -> Iterator[str]:
    """Queries for the hashes that some subjects have in common, of each part that has any."""
    with TemporaryDirectory(dir=engine.folder) as folder:
        engine.run(
            f"COPY (SELECT hash({asked}) AS hashed, hashed % {parts} AS part FROM {rows}) "
            f"TO {text(folder)} (FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE)"
        )
        for part in sorted(Path(folder).iterdir()):
            files = ", ".join(map(one_file, sorted(part.iterdir())))
            subjects = f"read_parquet([{files}], hive_partitioning = false)"
            twice = f"SELECT hashed FROM {subjects} GROUP BY hashed HAVING count(*) > 1"
            if engine.rows(f"{twice} LIMIT 1"):
                yield twice


def _refuse_gaps(engine: Engine, columns: Columns) -> None:
    """A series of numbers that leaves some out: rows may be missing."""
    for one in columns.with_role("seq"):
        least, most, count = engine.row(f"SELECT min({one.sql}), max({one.sql}), count({one.sql}) FROM given")
        if count and most - least + 1 != count:
            raise UsageError("engine-serial", **columns.where(one))


def _refuse_periods(engine: Engine, columns: Columns) -> None:
    for one in columns.with_role("period"):
        words = (word for (word,) in engine.rows(f"SELECT DISTINCT {one.sql} FROM given ORDER BY 1 LIMIT 3"))
        found = [Text(*catalogue()["state-blank"]) if word is None else str(word) for word in words]
        if len(found) != 1:
            raise UsageError("engine-periods", **columns.where(one), first=found[0], second=found[1])


def _refuse_remarks(engine: Engine, source: OpenedTable, sheet: Sheet, columns: Columns) -> None:
    """Words in a column that is no field may take figures back: 尚未建成."""
    year = sheet.period.year if sheet.period else None
    for place, (header, kind) in enumerate(zip(source.headers, source.types, strict=True)):
        if place in columns.taken:
            continue
        value = f"nullif(trim(CAST(c{place} AS VARCHAR)), '')"
        where = {"path": source.path, "header": _shown(header)}
        if not header.strip() and engine.row(f"SELECT count({value}) FROM given")[0]:
            raise UsageError("engine-header", path=source.path)
        if asks_of_figures(header) and engine.row(f"SELECT count({value}) FROM given")[0]:
            raise UsageError("engine-remarks", **where)
        if kind != "VARCHAR" and not kind.startswith("ENUM"):
            continue
        query = f"SELECT DISTINCT {value} FROM given WHERE regexp_matches({value}, {text(SUSPECT)})"
        words = engine.rows(f"{query} LIMIT {_MOST_REMARKS + 1}")
        if len(words) > _MOST_REMARKS or any(statements(word, year) for (word,) in words):
            raise UsageError("engine-remarks", **where)


def _shown(word: object) -> str:
    return clip(one_line(str(word)), _SHOWN)
