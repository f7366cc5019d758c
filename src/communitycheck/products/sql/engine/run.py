"""One run of an engine over one table, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from communitycheck import judging
from communitycheck.errors import UsageError
from communitycheck.judging import Basis, Gathered
from communitycheck.messages import LANGS
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Reason, Records
from communitycheck.model.returns import Return
from communitycheck.model.table import Ints
from communitycheck.model.text import Text
from communitycheck.products.sql.engine.columns import Columns
from communitycheck.products.sql.engine.condensed import complete, with_stand_ins
from communitycheck.products.sql.engine.connection import Engine
from communitycheck.products.sql.engine.picked import RowReader, refuse_differences
from communitycheck.products.sql.engine.places import NumberedPlaces
from communitycheck.products.sql.engine.records import refuse_other_rows
from communitycheck.products.sql.engine.source import opened
from communitycheck.products.sql.engine.verdicts import GovernedPlaces, Verdicts
from communitycheck.products.sql.records.tidy_tables import TidyTables
from communitycheck.products.sql.refusals import NotCovered
from communitycheck.products.sql.script import SqlScript, compile_script
from communitycheck.products.sql.text import why
from communitycheck.returns.columns.mapping.mapping import Mapping

# Rows at the top by which it is told what the columns are, and those that are read whatever they say.
_HEAD, _ALWAYS = 200, 20
# Why all records of a place have one verdict, whatever they say.
_ALIKE = (Reason.OUTSIDE, Reason.NOT_IN_FORCE)
# Notices that count records: where only some are read they would count too few.
_COUNTING = frozenset(
    {"code-and-name", "code-of-no-province", "code-unlike-others", "row-and-title", "region-and-title", "place-unknown",
     "remarks-not-weighed"}
)  # fmt: skip
# Notices of what is worked out from all rows together.
_UNSEEN = frozenset({"kind-by-name", "kind-contradicts", "kinds-disagree", "several-periods"})


class EngineRun:
    """Judges the one table of ``path``.

    Args:
        basis: what by. given: the mapping. as_of, gate, options: as for ``judging.judged``.
    """

    def __init__(
        self,
        engine: Engine,
        path: str,
        basis: Basis,
        given: Mapping | None,
        as_of: date | None,
        gate: Gate | None,
        options: Iterable[tuple[str, str]],
    ) -> None:
        self._engine, self._path, self._basis = engine, path, basis
        self._as_of, self._gate, self._options = as_of, gate, tuple(options)
        self._source = opened(engine, path)
        self._reader = RowReader(engine, self._source, basis.dictionary, given)
        head = self._reader.head(_HEAD)
        self._sheet = head.sheets[0]
        self._columns = Columns(engine, self._source, self._sheet, basis.dictionary.fields)
        self._alike: dict[tuple[str, str], list[int]] = {}  # standard and rule -> places where it has one verdict
        refuse_other_rows(engine, self._source, self._sheet, head.tables[0].about, self._columns)
        self._places = NumberedPlaces(engine, self._columns, path)

    def report(self) -> Report:
        """The report, with a verdict for each record that is more than passed or out of scope."""
        engine, places = self._engine, self._places.each()
        firsts = {place: first for place, first, _ in places}
        seen = self._judged(self._reader.read('"row" IN (SELECT first FROM places)'))
        judging_ = self._governed(seen, firsts)
        verdicts = Verdicts(engine, judging_)
        strange = " OR ".join([*(one.strange for one in self._columns if one.strange != "false"), *self._beside()])
        engine.run(
            'CREATE TABLE picked AS SELECT DISTINCT "row" FROM (SELECT first AS "row" FROM places UNION ALL '
            f'SELECT "row" FROM given WHERE "row" <= {_ALWAYS} OR {strange or "false"} UNION ALL {verdicts.telling()})'
        )
        counts = verdicts.silent_counts(self._alike)
        one = self._reader.read('"row" IN (SELECT "row" FROM picked)')
        if one.sheets[0].columns != self._sheet.columns:
            raise UsageError("engine-header", path=self._path)
        refuse_differences(engine, self._columns, one.tables[0], self._path)
        table, stand_ins = with_stand_ins(one.tables[0], firsts, counts)
        one.tables = [table]
        report = self._judged(one)
        self._refuse_uncounted(report)
        for k, governed in enumerate(judging_):
            self._compare(report, verdicts, k, governed, stand_ins.begin)
        complete(report, stand_ins, counts, frozenset(self._places.untold))
        return report

    def _judged(self, one: Return) -> Report:
        read = Gathered([one], [], [])
        # Of the few records that are taken one by one no region's median can be told.
        return judging.judged(self._basis, read, self._as_of, self._gate, self._options, None, compared=False)

    def _beside(self) -> list[str]:
        """Where the reader of returns has something to say of two figures of one record."""
        typed, found = self._columns.typed, []
        if "households" in typed and "population" in typed:
            found.append(f"{typed['households'].sql} > {typed['population'].sql}")
        stands = [one.sql for one in self._columns if (one.field.premises, one.field.states) == ("whole", "thing")]
        found += [f"NOT {sql}" for sql in stands]
        return found

    # --- which standard judges where, and by which rules

    def _governed(self, seen: Report, firsts: dict[int, int]) -> list[GovernedPlaces]:
        """What the standards judge: found by one record of each place."""
        self._refuse_uncounted(seen)
        place_of = {first + 1: place for place, first in firsts.items()}
        rules: dict[str, list[str]] = {}
        places: dict[str, set[int]] = {}
        for result in seen.results:
            rule = result.rule
            if not result.checked or rule.manual is not None:
                continue
            if not isinstance(result.subjects, Records):
                raise self._not_covered({rule.id: NotCovered("groups")})
            table, index = result.subjects.table, _rows(result.subjects)
            if Reason.REGION_UNKNOWN in result.reason:
                raise UsageError("engine-place-unknown", path=self._path, standard=rule.standard)
            alike = np.isin(result.reason, _ALIKE)
            own = [place_of[int(row)] for row in table.row_of[index].tolist()]
            self._alike[rule.standard, rule.id] = [place for place, same in zip(own, alike, strict=True) if same]
            if not alike.all():
                rules.setdefault(rule.standard, []).append(rule.id)
                judged = (place for place, same in zip(own, alike, strict=True) if not same)
                places.setdefault(rule.standard, set()).update(judged)
        entity = self._sheet.entity or ""
        scripts = {standard: self._script(standard, own, entity, seen) for standard, own in rules.items()}
        return [
            GovernedPlaces(scripts[standard], entity, tuple(own), sorted(places[standard]))
            for standard, own in rules.items()
        ]

    def _script(self, standard: str, rules: Sequence[str], entity: str, seen: Report) -> SqlScript:
        """The views of a standard.

        Raises:
            UsageError: ``engine-rules``: some of the rules are not covered.
        """
        own = next(one for one in seen.standards if one.id == standard)
        tables = TidyTables({entity: f"records of {standard}"}, frozenset(self._columns.typed), passed=("row", "place"))
        script = compile_script(own, self._basis.dictionary, "duckdb", tables, seen.as_of)
        lost = {rule: why for rule in rules if (why := script.refused.get(rule)) is not None}
        for rule in rules:
            if rule in script.lacking:
                lost[rule] = NotCovered("worked-out", field=", ".join(script.lacking[rule]))
        if lost:
            raise self._not_covered(lost)
        return script

    def _not_covered(self, lost: dict[str, NotCovered]) -> UsageError:
        told = {lang: "; ".join(f"{rule} ({why(one, lang)})" for rule, one in lost.items()) for lang in LANGS}
        return UsageError("engine-rules", path=self._path, rules=Text(told["zh"], told["en"]), count=len(lost))

    # --- what must not be

    def _refuse_uncounted(self, report: Report) -> None:
        """What the reader of returns would have counted, and what only it can judge."""
        for notice in report.notices:
            if notice.code in _COUNTING or notice.code in _UNSEEN:
                raise UsageError("engine-notice", path=self._path, notice=notice.code)
        if report.scores:
            raise UsageError("engine-scores", path=self._path)

    def _compare(self, report: Report, verdicts: Verdicts, k: int, governed: GovernedPlaces, begin: int) -> None:
        """Hold the verdicts of the views against those of the report, where it has them one by one.

        Raises:
            UsageError: ``engine-disagrees``.
        """
        found = verdicts.of_picked(k)
        rows = found.column("row").to_numpy() + 1
        results = {result.rule.id: result for result in report.results if result.rule.standard == governed.standard}
        for n, rule in enumerate(governed.rules):
            result = results[rule]
            assert isinstance(result.subjects, Records)
            index = _rows(result.subjects)
            own = index < begin
            numbers = result.subjects.table.row_of[index[own]].tolist()
            ours = dict(zip(numbers, result.outcome[own].tolist(), strict=True))
            for row, outcome in zip(rows.tolist(), found.column(f"r{n}").to_pylist(), strict=True):
                if ours.get(row) != outcome:
                    raise UsageError("engine-disagrees", path=self._path, rule=rule, row=row)


def _rows(records: Records) -> Ints:
    return np.arange(len(records), dtype=np.int32) if records.index is None else records.index
