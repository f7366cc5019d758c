"""The verdicts of all records: the views of each standard over those that it governs, and what is counted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

import pyarrow as pa
from msgspec import Struct, field

from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.products.sql.engine.connection import Engine, quoted
from communitycheck.products.sql.script import SqlScript

_SILENT = (int(Outcome.PASS), int(Outcome.NOT_APPLICABLE))


class GovernedPlaces(Struct, frozen=True):
    """What one standard is to judge.

    Attributes:
        script: its views. rules: those that are asked for, each about single records.
        places: the numbers of the places that it governs.
    """

    script: SqlScript
    entity: str
    rules: tuple[str, ...]
    places: Sequence[int]

    @property
    def standard(self) -> str:
        return self.script.standard.id


class RecordStanding(IntEnum):
    """What became of a record: some rule came to an answer about it, what was asked of it is missing, or nothing was
    asked."""

    ANSWERED = 0
    OPEN = 1
    UNASKED = 2


class PlaceCounts(Struct):
    """How many records, and verdicts on them, there are of each kind in each place.

    Attributes:
        records: place and standing -> how many.
        verdicts: of each standard and rule: place, standing, outcome, how many.
    """

    records: dict[tuple[int, RecordStanding], int] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], list[tuple[int, RecordStanding, Outcome, int]]] = field(default_factory=dict)


class Verdicts:
    """The tables ``verdicts_0``… of the standards: ``row``, ``place``, and an outcome for each rule (``r0``…).

    Args:
        records: how many the table has.
    """

    def __init__(self, engine: Engine, judging: Sequence[GovernedPlaces], records: int) -> None:
        self._engine, self._judging, self._records = engine, judging, records
        for k, one in enumerate(judging):
            self._judge(k, one)

    def _judge(self, k: int, one: GovernedPlaces) -> None:
        script, engine = one.script, self._engine
        among = ", ".join(map(str, one.places)) or "-1"
        own = quoted(script.tables.table(one.entity))
        engine.run(f"CREATE VIEW {own} AS SELECT * FROM tidy WHERE place IN ({among})")
        (view,) = (view for view in script.views if view.entity == one.entity and not view.level)
        engine.run(view.text)
        codes = " ".join(f"WHEN '{outcome.word}' THEN {int(outcome)}" for outcome in OUTCOMES)
        columns = "".join(
            f", CAST(CASE {quoted(view.rules[rule]['outcome'])} {codes} END AS UTINYINT) AS r{n}"
            for n, rule in enumerate(one.rules)
        )
        engine.run(f'CREATE TABLE verdicts_{k} AS SELECT "row", place{columns} FROM {quoted(view.name)}')

    def _silent(self, one: GovernedPlaces) -> str:
        return " AND ".join(f"r{n} IN {_SILENT}" for n in range(len(one.rules)))

    def telling(self) -> str:
        """A query for the rows with a verdict that is told one by one."""
        each = enumerate(self._judging)
        parts = [f'SELECT "row", place FROM verdicts_{k} WHERE NOT ({self._silent(one)})' for k, one in each]
        return " UNION ALL ".join(parts) or 'SELECT "row", place FROM tidy WHERE false'

    def counts(self, alike: Mapping[tuple[str, str], Sequence[int]], *, but: str = "") -> PlaceCounts:
        """Counts of all records, or of those that a table does not hold.

        Args:
            alike: places for all of whose records a rule is not applicable.
            but: that table.
        """
        engine, found = self._engine, PlaceCounts()
        left = f'ANTI JOIN {but} USING ("row")' if but else ""
        if len(self._judging) > 1:
            self._stand(left)
            counted = "SELECT place, standing, count(*) FROM standings GROUP BY ALL ORDER BY ALL"
            found.records = {(int(place), RecordStanding(kind)): int(n) for place, kind, n in engine.rows(counted)}
        for k, one in enumerate(self._judging):
            told = self._counted(k, one, left)
            places, kinds, records = (told.column(name).to_numpy() for name in ("place", "standing", "records"))
            if len(self._judging) == 1:
                each = zip(places.tolist(), kinds.tolist(), records.tolist(), strict=True)
                found.records = {(place, RecordStanding(kind)): n for place, kind, n in each}
            for n, rule in enumerate(one.rules):
                verdicts, left_over = found.verdicts.setdefault((one.standard, rule), []), records.copy()
                for outcome in Outcome:
                    counts = told.column(_count(n, outcome)).to_numpy()
                    left_over -= counts
                    for i in counts.nonzero()[0].tolist():
                        verdicts.append((int(places[i]), RecordStanding(kinds[i]), outcome, int(counts[i])))
                assert not left_over.any(), "a verdict is none of the outcomes"
        every = f"SELECT place, count(*) FROM tidy {left} GROUP BY place ORDER BY place"
        for place, n in engine.rows(every):
            rest = n - sum(found.records.get((place, kind), 0) for kind in RecordStanding)
            if rest:
                key = int(place), RecordStanding.UNASKED
                found.records[key] = found.records.get(key, 0) + rest
        for key_of_rule, places in alike.items():
            told_alike = found.verdicts.setdefault(key_of_rule, [])
            for place in places:
                for kind in RecordStanding:
                    if n := found.records.get((place, kind), 0):
                        told_alike.append((place, kind, Outcome.NOT_APPLICABLE, n))
        return found

    def _stand(self, left: str) -> None:
        """Make ``standings``: what became of each record by all standards together."""
        each = enumerate(self._judging)
        parts = [f'SELECT "row", place, {_standing(one)} AS standing FROM verdicts_{k}' for k, one in each]
        self._engine.run('CREATE TABLE standings ("row" BIGINT, place BIGINT, standing INTEGER)')
        self._engine.run_by_spans(
            'INSERT INTO standings SELECT "row", any_value(place), min(standing) FROM (SELECT * FROM '
            f'({" UNION ALL ".join(parts)}) WHERE {{span}}) AS each {left} GROUP BY "row" ORDER BY "row"',
            self._records,
        )

    def _counted(self, k: int, one: GovernedPlaces, left: str) -> pa.Table:
        """How many records, and verdicts of each rule and outcome, there are in each place, by what became of the
        record."""
        counts = [
            (_count(n, outcome), f"count(*) FILTER (r{n} = {int(outcome)})")
            for n in range(len(one.rules))
            for outcome in Outcome
        ]
        told = "".join(f", {sql} AS {name}" for name, sql in counts)
        standing, joined = f"{_standing(one)} AS standing", left
        if len(self._judging) > 1:  # these lack what is left out
            standing, joined = "standing", 'JOIN (SELECT "row", standing FROM standings WHERE {span}) USING ("row")'
        query = (
            f"SELECT place, {standing}, count(*) AS records{told} "
            f"FROM (SELECT * FROM verdicts_{k} WHERE {{span}}) AS v {joined} GROUP BY ALL"
        )
        self._engine.run(f"CREATE TABLE counted_{k} AS {query.replace('{span}', 'false')}")
        self._engine.run_by_spans(f"INSERT INTO counted_{k} {query}", self._records)
        sums = "".join(
            f", CAST(sum({name}) AS BIGINT) AS {name}" for name in ("records", *(name for name, _ in counts))
        )
        return self._engine.table(f"SELECT place, standing{sums} FROM counted_{k} GROUP BY ALL ORDER BY ALL")

    def of_picked(self, k: int) -> pa.Table:
        """The verdicts of the rows that are picked, in their order."""
        return self._engine.table(f'SELECT v.* FROM verdicts_{k} AS v SEMI JOIN picked USING ("row") ORDER BY "row"')


def _count(n: int, outcome: Outcome) -> str:
    """The column that counts an outcome of a rule."""
    return f"r{n}_{outcome.word}"


def _standing(one: GovernedPlaces) -> str:
    """What became of each record by the rules of one standard, as SQL."""

    def some(*outcomes: Outcome) -> str:
        codes = ", ".join(str(int(outcome)) for outcome in outcomes)
        return " OR ".join(f"r{n} IN ({codes})" for n in range(len(one.rules)))

    judged, open_ = some(Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE), some(Outcome.NO_DATA, Outcome.ERROR)
    return f"CASE WHEN {judged} THEN 0 WHEN {open_} THEN 1 ELSE 2 END"
