"""Rules about groups of records: summed up by the code of ``check`` itself, over some records at a time.

The columns that it works on hold what SQL makes of the cells; records of which the reader of returns has something to
say are read by that.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.contradictions import refuse_impossible
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.grouping import Grouping, group_by
from communitycheck.checking.groups.so_far import GroupsSoFar, TooManyOpenRecords
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import names_in
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Coded, Column, Ints, State, Table
from communitycheck.products.sql.engine.columns import Columns, TypedColumn
from communitycheck.products.sql.engine.connection import Engine, quoted, span
from communitycheck.products.sql.engine.picked import RowReader
from communitycheck.system.threads import ahead

# Records that are looked at at once, and those that are held one by one of what leaves a group open.
PART = 250_000
MOST_OPEN = 1_000_000


class GroupRules(Struct, frozen=True):
    """What one standard judges by groups.

    Attributes:
        run: the standard over one record of each place. rules: those about groups that are asked for.
        governs, outside: along the places, whether it governs the records there, and whether they lie outside its
            jurisdiction.
    """

    run: StandardRun
    rules: tuple[Rule, ...]
    governs: Bools
    outside: Bools
    so_far: GroupsSoFar

    @classmethod
    def of(cls, run: StandardRun, rules: Sequence[Rule], entity: str, place_of: Ints) -> GroupRules:
        """Args: place_of: the place of each row of the table of the run."""
        mine, places = run.governed[entity], int(place_of.max(initial=-1)) + 1
        rows = mine.records.rows(np.arange(len(mine), dtype=np.int32))
        governs, outside = np.zeros(places, bool), np.zeros(places, bool)
        governs[place_of[rows]], outside[place_of[rows]] = True, mine.out_of_jurisdiction
        inside = mine.records.rows(mine.inside_jurisdiction())
        own = run.standard.jurisdiction.level
        levels = {level for rule in rules for level in rule.by if level != own}
        groups = {level: _by_place(group_by(mine.table, inside, level), place_of[inside], places) for level in levels}
        return cls(run, tuple(rules), governs, outside, GroupsSoFar(groups, mine.divisions_missing(), MOST_OPEN))

    def part(self, table: Table, places: Ints, entity: str) -> StandardRun | None:
        """The standard over the records of a table, each of which lies in one of the ``places``; None where it governs
        none of them."""
        governed = self.governs[places]
        if not governed.any():
            return None
        rows = np.flatnonzero(governed).astype(np.int32)
        self.so_far.places = places
        run, outside = self.run, self.outside[places[rows]]
        records = Records(table, None if governed.all() else rows)
        mine = GovernedRecords(run.standard, run.dictionary, records, outside, run.as_of)
        return StandardRun(run.standard, {entity: mine}, run.dictionary, run.as_of, self.so_far)


def _by_place(found: Grouping | None, place_of: Ints, places: int) -> Grouping | None:
    """The groups with that of each place in place of that of each record."""
    if found is None:
        return None
    codes = np.full(places, -1, np.int32)
    codes[place_of] = found.codes
    return replace(found, codes=codes)


class GroupedRecords:
    """All records of a table, some at a time.

    Args:
        judging: all standards that govern some of them, also those without a rule about groups: what one calls
            impossible is so for all.
        firsts: a table with one record of each place. place_of: the place of each of its rows.
    """

    def __init__(
        self,
        engine: Engine,
        reader: RowReader,
        columns: Columns,
        judging: Sequence[GroupRules],
        firsts: Table,
        place_of: Ints,
    ) -> None:
        self._engine, self._reader, self._firsts, self._judging = engine, reader, firsts, judging
        self._row_of_place = np.zeros(len(place_of), np.int32)
        self._row_of_place[place_of] = np.arange(len(place_of), dtype=np.int32)
        asked = _asked(judging, firsts.entity) | {firsts.about.name_field}
        self._columns = [one for one in columns if one.key in asked]

    def results(self, records: int, path: str) -> dict[str, list[RuleResult]]:
        """What each standard answers.

        Raises:
            UsageError: ``engine-groups-open``: too many records leave it open who counts.
        """
        found: dict[str, dict[str, RuleResult]] = {}
        for part, places in self._parts(records):
            for standard, results in self._judged(part, places, path).items():
                found.setdefault(standard, {}).update(results)
            del part, places
            gc.collect()  # the command line pauses it, and tables and what is known of them know each other
        for one in self._judging:
            one.so_far.end()
        return {standard: list(results.values()) for standard, results in found.items()}

    def _judged(self, part: Table, places: Ints, path: str) -> dict[str, dict[str, RuleResult]]:
        """What each standard answers about the records up to those of a part."""
        runs = [(one, run) for one in self._judging if (run := one.part(part, places, part.entity)) is not None]
        refuse_impossible([run for _, run in runs])
        found: dict[str, dict[str, RuleResult]] = {}
        for one, run in runs:
            for rule in one.rules:
                try:
                    found.setdefault(one.run.standard.id, {})[rule.id] = run.judged(rule)
                except TooManyOpenRecords:
                    raise UsageError("engine-groups-open", path=path, rule=rule.id, most=MOST_OPEN) from None
        return found

    def _parts(self, records: int) -> Iterator[tuple[Table, Ints]]:
        """Tables of some records each, in the order of the file, and the place of each record. The next are fetched
        while one looks at those before."""
        fields = "".join(f", {quoted(one.key)}" for one in self._columns)

        def fetched(at: str) -> tuple[pa.Table, str]:
            asked = f'"row", place, coalesce(strange, false) AS strange{fields}'
            return self._engine.table(f'SELECT {asked} FROM tidy WHERE {at} ORDER BY "row"'), at

        spans = (span(begin, begin + PART) for begin in range(1, records + 1, PART))
        for found, at in ahead(fetched, spans):
            yield self._table(found, at)

    def _table(self, found: pa.Table, at: str) -> tuple[Table, Ints]:
        firsts = self._firsts
        places = found.column("place").to_numpy().astype(np.int32)
        rows = found.column("row").to_numpy()
        columns = {one.key: _column(one, found.column(one.key).combine_chunks()) for one in self._columns}
        strange = np.flatnonzero(found.column("strange").to_numpy()).astype(np.int32)
        if len(strange):
            read = self._reader.read(f'{at} AND "row" IN (SELECT "row" FROM picked WHERE strange AND {at})').tables[0]
            assert np.array_equal(read.row_of, rows[strange] + 1), "a record was read as something else"
            columns = {key: _overlaid(column, read.columns[key], strange) for key, column in columns.items()}
        first = self._row_of_place[places]
        regions = {level: Coded(coded.codes[first], coded.names) for level, coded in firsts.regions.items()}
        numbers = (rows + 1).astype(np.int32)  # the header is row 1
        return Table(firsts.about, columns, firsts.sheets, np.zeros(len(rows), np.int32), numbers, regions), places


def _asked(judging: Sequence[GroupRules], entity: str) -> set[str]:
    """The fields that the rules read, and those behind fields that are worked out."""
    asked: set[str] = set()
    for one in judging:
        rules = [rule for rule in one.run.standard.rules if rule.applies_to == entity and rule.manual is None]
        names = {name for rule in rules for node in rule.expressions for name in names_in(node)}
        asked |= _with_sources(names, one.run.dictionary)
    return asked


def _with_sources(names: set[str], dictionary: Dictionary) -> set[str]:
    found, left = set[str](), set(names)
    while left:
        found |= left
        entries = (dictionary.fields.get(name) for name in left)
        left = {name for one in entries if one is not None and one.derived for name in names_in(one.derived)} - found
    return found


def _column(one: TypedColumn, values: pa.Array) -> Column:
    """What SQL makes of the cells, as the reader of returns would give it."""
    blank = values.is_null().to_numpy(zero_copy_only=False)
    state = np.where(blank, np.uint8(State.BLANK), np.uint8(State.KNOWN)) if blank.any() else None
    if not one.field.is_number:
        return Column(one.key, text=values.cast(pa.string()), state=state)
    numbers = values.cast(pa.float64()).to_numpy(zero_copy_only=False)
    if one.whole:
        numbers = np.rint(numbers)
    elif one.field.type == "share":
        numbers = np.round(numbers, 14)
    return Column(one.key, numbers, numbers, state=state, truth=one.field.type == "truth")


def _overlaid(column: Column, read: Column, rows: Ints) -> Column:
    """The column with what was read of some records."""
    state = np.zeros(len(column), np.uint8) if column.state is None else column.state
    state[rows] = State.KNOWN if read.state is None else read.state
    column.state = state if state.any() else None
    if column.text is not None:
        mask = np.zeros(len(column), bool)
        mask[rows] = True
        column.text = pc.replace_with_mask(column.text, pa.array(mask), pa.array(read.text, pa.string()))
        return column
    assert column.lo is not None and read.lo is not None and read.hi is not None
    low = np.array(column.lo)
    high = low if read.exact else low.copy()
    low[rows] = read.lo
    high[rows] = read.hi
    column.lo, column.hi = low, high
    return column
