"""What each column of ``given`` holds, as SQL: a field in its unit, and which cells do not say it plainly.

What a plain cell is, is read as the reader of returns reads it; of words each different one is handed to that reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
from msgspec import Struct

from communitycheck.errors import UsageError
from communitycheck.model.address import column_number
from communitycheck.model.dictionary import Field
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Column, State
from communitycheck.printable import clip, one_line
from communitycheck.products.sql.engine.connection import Engine, text
from communitycheck.products.sql.engine.source import OpenedTable
from communitycheck.products.sql.records.tidy_tables import WHOLE, possible_range
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.cast.words import ODD_WORDS
from communitycheck.returns.cells.names import CODE_LENGTHS
from communitycheck.returns.files.formats.columnar import as_written

_PLAIN = r"[+-]?[0-9]+([.][0-9]+)?"
_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# So many different words of a column are looked at one by one.
MOST_WORDS = 5_000
# A share above is one of a hundred: as the reader of returns has it.
_FRACTION = 1.5
_SHOWN = 40


class TypedColumn(Struct, frozen=True):
    """One field of the table.

    Attributes:
        sql: its value, NULL where the cell is blank, in the unit of the field.
        odd: where a cell says something, but not plainly. strange: where the value cannot be, or is asked about.
        place: the column of ``given``. whole: a number that is whole but for noise is read as the whole one.
    """

    key: str
    field: Field
    sql: str
    odd: str
    strange: str
    place: int
    whole: bool = False


class Columns:
    """The columns of a source by the fields that a sheet of it was found to have.

    Args:
        fields: those of the dictionary.

    Attributes:
        taken: the columns of ``given`` that are a field; those of a person are never read, and remarks are none.

    Raises:
        UsageError: ``engine-cells``: cells that do not say plainly what they hold; ``engine-shares``, ``engine-words``.
    """

    def __init__(self, engine: Engine, source: OpenedTable, sheet: Sheet, fields: Mapping[str, Field]) -> None:
        self._engine, self._source, self._entity = engine, source, sheet.entity or ""
        self.typed: dict[str, TypedColumn] = {}
        self.taken: set[int] = set()
        for column in sheet.columns:
            field = None if column.field is None else fields[column.field]
            if field is None or field.role == "note":
                continue
            self.taken.add(column_number(column.column) - 1)
            if not field.personal:
                typed = self._typed(column, field.of(self._entity))
                self.typed[typed.key] = typed
        self._refuse_odd()

    def __iter__(self) -> Iterator[TypedColumn]:
        return iter(self.typed.values())

    def with_role(self, *roles: str) -> list[TypedColumn]:
        return [one for one in self if one.field.role in roles]

    def where(self, one: TypedColumn) -> dict[str, str]:
        """Which column it is, for a message."""
        return self._where(one.place)

    def _where(self, place: int) -> dict[str, str]:
        return {"path": self._source.path, "header": clip(one_line(self._source.headers[place]), _SHOWN)}

    def _typed(self, column: SheetColumn, field: Field) -> TypedColumn:
        place = column_number(column.column) - 1
        kind, cell = self._source.types[place], f"c{place}"
        match field.type:
            case "truth" | "category" | "items" | "identity":
                return self._worded(field, place)
            case "date" if field.role == "period" or not _is_day(kind):
                return self._worded(field, place)
            case "date":
                return TypedColumn(field.key, field, f"CAST({cell} AS DATE)", "false", "false", place)
            case "text" | "code":
                return self._text(field, place)
            case _:
                return self._number(field, place, column.factor)

    # --- numbers

    def _number(self, field: Field, place: int, factor: float) -> TypedColumn:
        kind, cell = self._source.types[place], f"c{place}"
        odd = f"{cell} IS NOT NULL"  # unless it is a number, or a text that is one
        value = "CAST(NULL AS DOUBLE)"
        if kind in _WHOLE_TYPES:
            value, odd = f"CAST({cell} AS DOUBLE)", "false"
        elif kind.startswith("DECIMAL") or kind == "FLOAT":  # as its digits say, which are not those of its bits
            value, odd = f"CAST(CAST({cell} AS VARCHAR) AS DOUBLE)", f"NOT isfinite(CAST({cell} AS DOUBLE))"
            value = f"CASE WHEN isnan(CAST({cell} AS DOUBLE)) THEN NULL ELSE {value} END"
            odd = f"({odd} AND NOT isnan(CAST({cell} AS DOUBLE)))"
        elif kind == "DOUBLE":
            value, odd = f"CASE WHEN isnan({cell}) THEN NULL ELSE {cell} END", f"isinf({cell})"
        elif kind == "VARCHAR":
            value = f"TRY_CAST({cell} AS DOUBLE)"
            odd = f"({cell} <> '' AND NOT regexp_full_match({cell}, '{_PLAIN}'))"
        if field.type == "hours" and factor == 1.0:
            odd = f"({odd} OR ({value} > 0 AND {value} < 1))"
        if field.type == "share":
            return self._share(field, place, value, odd)
        scaled = _scaled(value, factor)
        whole = field.type in WHOLE and factor < 100 and float(factor).is_integer()
        if field.type in WHOLE and not whole:
            odd = f"({odd} OR {_broken(scaled)})"  # a remainder below the printed digits
        return TypedColumn(field.key, field, scaled, odd, _strange(field, scaled), place, whole)

    def _share(self, field: Field, place: int, value: str, odd: str) -> TypedColumn:
        """All its cells are fractions, or all are percentages: a column that mixes them is not read here."""
        least, most = self._engine.row(
            f"SELECT min(v) FILTER (v > 0), max(v) FROM "
            f"(SELECT {value} AS v FROM given WHERE NOT coalesce({odd}, false))"
        )
        if most is not None and most > _FRACTION:
            if least <= _FRACTION:
                raise UsageError("engine-shares", **self._where(place), least=least, most=most)
            value = f"round({value} / 100, 14)"
        if "‰" in self._source.headers[place]:
            raise UsageError("engine-shares", **self._where(place), least=least, most=most)
        return TypedColumn(field.key, field, value, odd, _strange(field, value), place)

    # --- words

    def _text(self, field: Field, place: int) -> TypedColumn:
        """Texts that are used as they stand; of others each is read."""
        kind, cell = self._source.types[place], f"c{place}"
        value = f"nullif(CAST({cell} AS VARCHAR), '')"
        if kind not in (*_WHOLE_TYPES, "VARCHAR") and not kind.startswith("ENUM"):
            return TypedColumn(field.key, field, value, f"{cell} IS NOT NULL", "false", place)
        if field.type == "code":
            lengths = ", ".join(map(str, CODE_LENGTHS if field.role == "code" else (*range(1, 11), 12)))
            plain = f"regexp_full_match({value}, '[0-9]+') AND length({value}) IN ({lengths})"
            return TypedColumn(field.key, field, value, f"NOT ({plain})", "false", place)
        suspect = f"regexp_matches({value}, {text(ODD_WORDS)})"
        odd = [word for word, column, k in self._read(field, place, f"{suspect}") if not _as_it_stands(column, k, word)]
        among = f"{value} IN ({', '.join(map(text, odd))})" if odd else "false"
        return TypedColumn(field.key, field, value, among, "false", place)

    def _worded(self, field: Field, place: int) -> TypedColumn:
        """Each different text is read by the reader of returns."""
        value = f"CAST(c{place} AS VARCHAR)"
        cases, odd = [], []
        for word, column, k in self._read(field, place, "true"):
            known = _known(field, column, k)
            if known is None:
                odd.append(word)
            elif known:
                cases.append(f"WHEN {text(word)} THEN {known}")
        kind = {"truth": "BOOLEAN", "date": "DATE"}.get(field.type, "VARCHAR")
        sql = f"CASE {value} {' '.join(cases)} END" if cases else "NULL"
        among = f"{value} IN ({', '.join(map(text, odd))})" if odd else "false"
        return TypedColumn(field.key, field, f"CAST({sql} AS {kind})", among, "false", place)

    def _read(self, field: Field, place: int, which: str) -> Iterator[tuple[str, Column, int]]:
        """The different texts of a column, each with what the reader of returns makes of it; none that it has a word to
        say about."""
        value = f"CAST(c{place} AS VARCHAR)"
        query = f"SELECT {value} AS word, any_value(c{place}) AS cell FROM given WHERE {value} <> '' AND {which}"
        found = self._engine.table(f"{query} GROUP BY 1 ORDER BY 1 LIMIT {MOST_WORDS + 1}")
        if len(found) > MOST_WORDS:
            raise UsageError("engine-words", **self._where(place), most=MOST_WORDS)
        words, cells = found.column(0).to_pylist(), as_written(found.column(1).combine_chunks())
        for k, word in enumerate(words):
            one = cells.slice(k, 1)
            column, findings = cast(field, one, Scale())
            if findings:
                column.state = _UNREADABLE
            yield word, column, 0

    # --- what is not plain

    def _refuse_odd(self) -> None:
        """Name the column with the first cell of which nobody can say here what it is."""
        asked = [one for one in self if one.odd != "false"]
        if not asked:
            return
        counts = ", ".join(f'count(*) FILTER ({one.odd}), min("row") FILTER ({one.odd})' for one in asked)
        found = self._engine.row(f"SELECT {counts} FROM given")
        for one, (count, first) in zip(asked, zip(found[::2], found[1::2], strict=True), strict=True):
            if count:
                query = f'SELECT CAST(c{one.place} AS VARCHAR) FROM given WHERE "row" = ?'
                (example,) = self._engine.rows(query, [first])[0]
                shown = clip(one_line(str(example)), _SHOWN)
                raise UsageError("engine-cells", **self.where(one), count=count, row=first + 1, text=shown)


_UNREADABLE = pa.array([int(State.UNREADABLE)]).to_numpy().astype("uint8")


def _is_day(kind: str) -> bool:
    return kind == "DATE"


def _known(field: Field, column: Column, k: int) -> str | None:
    """What a word says, as SQL; empty where it says nothing, None where it is no plain value."""
    state = column.state_at(k)
    if state is State.BLANK:
        return ""
    if state is not State.KNOWN:
        return None
    if column.lo is not None and column.hi is not None:
        return None if column.lo[k] != column.hi[k] else "true" if column.lo[k] > 0 else "false"
    written = column.text[k].as_py()
    return None if written is None else f"DATE {text(written)}" if field.type == "date" else text(written)


def _as_it_stands(column: Column, k: int, word: str) -> bool:
    return column.state_at(k) is State.KNOWN and column.text[k].as_py() == word


def _scaled(value: str, factor: float) -> str:
    """In the unit of the field, without the noise of binary fractions: as the reader of returns has it."""
    if factor == 1.0:
        return value
    product = f"({value} * CAST({factor!r} AS DOUBLE))"
    near = f"round({product}, 9)"
    return f"CASE WHEN abs({product} - {near}) <= 4e-14 * abs({product}) THEN {near} ELSE {product} END"


def _broken(value: str) -> str:
    return f"(abs({value} - round({value})) > 1e-9 * greatest(1.0, abs({value})))"


def _strange(field: Field, value: str) -> str:
    """Where the reader of returns has something to say about a number."""
    low, high = possible_range(field)
    found = [f"{value} < {low!r}", f"{value} > {high!r}"]
    if field.usual is not None:
        found.append(f"{value} > {field.usual!r}")
    if field.type in WHOLE:
        found.append(_broken(value))
    if field.zero_impossible:
        found.append(f"{value} = 0")
    return f"({' OR '.join(found)})"
