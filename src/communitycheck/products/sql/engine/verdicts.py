"""The verdicts of all records: the views of each standard over those that it governs, and what is counted of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.products.sql.engine.connection import Engine, quoted
from communitycheck.products.sql.script import SqlScript

_SILENT = (int(Outcome.PASS), int(Outcome.NOT_APPLICABLE))


@dataclass(frozen=True, slots=True)
class GovernedPlaces:
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


@dataclass(slots=True)
class SilentCounts:
    """How many of the records that nobody looks at have which verdict; all of them pass, or do not apply.

    Attributes:
        answered: place -> how many of them some rule has come to an answer about; ``records``: how many there are.
        verdicts: of each standard and rule: place, whether they are among the answered, outcome, how many.
    """

    records: dict[int, int]
    answered: dict[int, int]
    verdicts: dict[tuple[str, str], list[tuple[int, bool, int, int]]] = field(default_factory=dict)


class Verdicts:
    """The tables ``verdicts_0``… of the standards: ``row``, ``place``, and an outcome for each rule (``r0``…)."""

    def __init__(self, engine: Engine, judging: Sequence[GovernedPlaces]) -> None:
        self._engine, self._judging = engine, judging
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
        parts = [f'SELECT "row" FROM verdicts_{k} WHERE NOT ({self._silent(one)})' for k, one in each]
        return " UNION ALL ".join(parts) or 'SELECT "row" FROM given WHERE false'

    def silent_counts(self, alike: Mapping[tuple[str, str], Sequence[int]]) -> SilentCounts:
        """Counts of the records that are not ``picked``.

        Args:
            alike: places for all of whose records a rule is not applicable.
        """
        engine = self._engine
        left = 'SELECT place, count(*) FROM tidy ANTI JOIN picked USING ("row") GROUP BY place'
        found = SilentCounts({int(place): int(n) for place, n in engine.rows(left)}, {})
        if len(self._judging) > 1:
            parts = [f'SELECT "row", {_passes(one)} AS passes FROM verdicts_{k}' for k, one in enumerate(self._judging)]
            engine.run(
                'CREATE TABLE answered AS SELECT "row", bool_or(passes) AS answered '
                f'FROM ({" UNION ALL ".join(parts)}) ANTI JOIN picked USING ("row") GROUP BY "row"'
            )
            counted = 'SELECT place, count(*) FROM answered JOIN tidy USING ("row") WHERE answered GROUP BY place'
            found.answered = {int(place): int(n) for place, n in engine.rows(counted)}
        for k, one in enumerate(self._judging):
            for rule in one.rules:
                found.verdicts[one.standard, rule] = []
            for place, answered, *outcomes, n in self._counted(k, one):
                if answered and len(self._judging) == 1:
                    found.answered[place] = found.answered.get(place, 0) + n
                for rule, outcome in zip(one.rules, outcomes, strict=True):
                    found.verdicts[one.standard, rule].append((place, bool(answered), outcome, n))
        for key, places in alike.items():
            for place in places:
                n, answered = found.records.get(place, 0), found.answered.get(place, 0)
                counts = ((True, answered), (False, n - answered))
                told = [(place, kind, int(Outcome.NOT_APPLICABLE), count) for kind, count in counts if count]
                found.verdicts.setdefault(key, []).extend(told)
        return found

    def _counted(self, k: int, one: GovernedPlaces) -> Iterator[tuple[int, ...]]:
        rules = "".join(f", r{n}" for n in range(len(one.rules)))
        joined, answered = "", _passes(one)
        if len(self._judging) > 1:
            joined, answered = 'JOIN answered USING ("row")', "answered.answered"
        query = (
            f"SELECT place, {answered} AS passes{rules}, count(*) FROM verdicts_{k} AS v {joined} "
            'ANTI JOIN picked ON v."row" = picked."row" GROUP BY ALL ORDER BY ALL'
        )
        for batch in self._engine.batches(query):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def of_picked(self, k: int) -> pa.Table:
        """The verdicts of the rows that are picked, in their order."""
        return self._engine.table(f'SELECT v.* FROM verdicts_{k} AS v SEMI JOIN picked USING ("row") ORDER BY "row"')


def _passes(one: GovernedPlaces) -> str:
    return f"({' OR '.join(f'r{n} = {int(Outcome.PASS)}' for n in range(len(one.rules)))})"
