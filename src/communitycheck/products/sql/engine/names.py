"""The form in which the names of a column are compared, as SQL: one subject or place may be written in several ways."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from communitycheck.model.places.comparable_names import OWN_FORM, comparable
from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of, place_of
from communitycheck.products.sql.engine.columns import TypedColumn
from communitycheck.products.sql.engine.connection import Engine, text


class ComparedNames:
    """One column of ``given``.

    Args:
        level: of the places that it names, ``community`` for subjects of any kind.

    Attributes:
        sql: the form of each name. join: what has to stand behind ``FROM given`` for it.
    """

    def __init__(self, engine: Engine, one: TypedColumn, level: str) -> None:
        name, word = _half_width(one.sql), _half_width("word")
        table, self.join = f"forms_{one.place}", ""
        self.sql = _without_office(name, level)
        odd = f"SELECT DISTINCT {one.sql} AS word FROM given WHERE NOT regexp_full_match({name}, {text(OWN_FORM)})"
        if level != "community":  # few places have many records each
            each = f"SELECT DISTINCT {one.sql} AS word FROM given"
            odd = f"SELECT word FROM ({each}) WHERE NOT regexp_full_match({word}, {text(OWN_FORM)})"
        file = engine.folder / f"{table}.parquet"
        with pq.ParquetWriter(file, pa.schema([("word", pa.string()), ("form", pa.string())])) as writer:
            for batch in engine.batches(odd):
                words = batch.column(0).to_pylist()
                forms = [place_of(comparable(word), level) for word in words]
                columns = [pa.array(words, pa.string()), pa.array(forms, pa.string())]
                writer.write_table(pa.table(columns, writer.schema))
        if engine.row(f"SELECT count(*) FROM read_parquet({text(str(file))})")[0]:
            engine.run(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_parquet({text(str(file))})")
            self.join = f" LEFT JOIN {table} ON {table}.word = {one.sql}"
            self.sql = f"coalesce({table}.form, {self.sql})"


def _half_width(name: str) -> str:
    """With the brackets that are most often written in two ways in one."""
    return f"replace(replace({name}, '（', '('), '）', ')')"


def _without_office(name: str, level: str) -> str:
    """The place that an office is named for, as ``place_of`` has it."""
    cases, ends = "", text(f"{any_of(ENDINGS[level])}$") if level in OFFICES else ""
    for office in OFFICES.get(level, ()):
        stem, kind = f"left({name}, length({name}) - {len(office)})", place_of(f"-{office}", level)[1:]
        place = f"CASE WHEN regexp_matches({stem}, {ends}) THEN {stem} ELSE {stem} || {text(kind)} END"
        cases += f" WHEN ends_with({name}, {text(office)}) AND {name} <> {text(office)} THEN {place}"
    return f"CASE{cases} ELSE {name} END" if cases else name
