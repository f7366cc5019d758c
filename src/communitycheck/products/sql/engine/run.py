"""One run of an engine over one table, step by step."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from communitycheck import judging
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.judging import Basis, Gathered
from communitycheck.messages import LANGS
from communitycheck.model.address import Address
from communitycheck.model.places.regions import levels_to
from communitycheck.model.report import Gate, Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.returns import Notice, Return
from communitycheck.model.standard import Rule
from communitycheck.model.table import Table
from communitycheck.model.text import Text
from communitycheck.products.sql.engine.batches import VerdictBatches, counted
from communitycheck.products.sql.engine.columns import Columns
from communitycheck.products.sql.engine.condensed import (
    StandIns,
    complete,
    marked,
    rebuild,
    rows_in,
    stood_for,
    tell_of_records,
    with_stand_ins,
)
from communitycheck.products.sql.engine.connection import Engine, text
from communitycheck.products.sql.engine.group_views import levels_stated, make_source, refuse_other_groups
from communitycheck.products.sql.engine.groups import GroupedRecords, GroupRules
from communitycheck.products.sql.engine.picked import RowReader, refuse_differences
from communitycheck.products.sql.engine.places import NumberedPlaces
from communitycheck.products.sql.engine.records import refuse_other_rows
from communitycheck.products.sql.engine.source import opened
from communitycheck.products.sql.engine.verdicts import GovernedPlaces, PlaceCounts, Verdicts
from communitycheck.products.sql.records.tidy_tables import TidyTables
from communitycheck.products.sql.refusals import NotCovered
from communitycheck.products.sql.script import SqlScript, compile_script
from communitycheck.products.sql.text import why
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.system.scratch import scratch_folder

# Rows at the top by which it is told what the columns are, and those that are read whatever they say.
_HEAD, _ALWAYS = 200, 20
# The notice that says how the return was judged, and what was not asked.
JUDGED_SO = "engine-judged"
# Records that are read one by one and held together; of more, verdicts come in batches.
MOST_ROWS = 200_000
# Of so many the reader of returns may have something to say.
_MOST_STRANGE = 50_000
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
        self._runs: dict[str, StandardRun] = {}  # of one record of each place
        self._of_groups: dict[str, list[RuleResult]] = {}  # by standard
        refuse_other_rows(engine, self._source, self._sheet, head.tables[0].about, self._columns)
        strange = " OR ".join([*(one.strange for one in self._columns if one.strange != "false"), *self._beside()])
        self._places = NumberedPlaces(engine, self._columns, strange or "false", path)

    def report(self) -> Report:
        """The report, with the verdicts that are more than passed or out of scope one by one; where these are too many
        to be held, with batches of them."""
        engine = self._engine
        firsts = {place: first for place, first, _ in self._places.each()}
        seen = self._judged(self._reader.read('"row" IN (SELECT first FROM places)'))
        place_of = {first + 1: place for place, first in firsts.items()}  # by the row of a sheet
        judging_, grouped = self._governed(seen, place_of)
        verdicts = Verdicts(engine, judging_, self._source.records)
        engine.run('CREATE TABLE picked ("row" BIGINT, place BIGINT, strange BOOLEAN)')
        engine.run_by_spans(
            'INSERT INTO picked SELECT "row", any_value(place), coalesce(bool_or(strange), false) FROM ('
            'SELECT first AS "row", place, false AS strange FROM places UNION ALL '
            f'SELECT "row", place, strange FROM tidy WHERE "row" <= {_ALWAYS} OR strange UNION ALL '
            f'SELECT "row", place, false FROM ({verdicts.telling()})) '
            'WHERE {span} GROUP BY "row" ORDER BY "row"',
            self._source.records,
        )
        self._judge_groups(grouped, place_of)
        if engine.row("SELECT count(*) FROM picked")[0] > MOST_ROWS:
            return self._of_many(verdicts, firsts)
        counts = verdicts.counts(self._alike, but="picked")
        report, stand_ins = self._completed_by(counts, firsts, "picked")
        for k, governed in enumerate(judging_):
            self._compare(report, verdicts, k, governed, stand_ins.begin)
        complete(report, stand_ins, counts, frozenset(self._places.untold))
        return report

    def _completed_by(self, counts: PlaceCounts, firsts: dict[int, int], rows: str) -> tuple[Report, StandIns]:
        """The report on the rows of a table, and on stand-ins for the counted."""
        one = self._reader.read(f'"row" IN (SELECT "row" FROM {rows})')
        if one.sheets[0].columns != self._sheet.columns:
            raise UsageError("engine-header", path=self._path)
        refuse_differences(self._engine, self._columns, one.tables[0], self._path, rows)
        table, stand_ins = with_stand_ins(one.tables[0], firsts, counts)
        one.tables = [table]
        report = self._judged(one)
        self._refuse_uncounted(report)
        return report, stand_ins

    def _of_many(self, verdicts: Verdicts, firsts: dict[int, int]) -> Report:
        """The report with its verdicts in batches."""
        engine = self._engine
        (strange,) = engine.row("SELECT count(*) FROM picked WHERE strange")
        if strange > _MOST_STRANGE:
            raise UsageError("engine-strange", path=self._path, count=strange)
        batches = VerdictBatches(scratch_folder())
        others = engine.table('SELECT * FROM given WHERE "row" IN (SELECT first FROM places) ORDER BY "row"')
        for rows, places in self._reader.batches("picked"):
            report = self._judged(self._reader.of(pa.concat_tables([rows, others])))
            unknown = np.full(len(others), -1, np.int64)
            batches.add(report, len(rows), np.concatenate([places, unknown]))
            del report
            gc.collect()  # the command line pauses it, and tables and sheets know each other
        counts = verdicts.counts(self._alike)
        self._refuse_other_counts(batches, counts)
        firsts_of_sums = {row - 1 for sums in batches.sums.values() for row in sums.firsts()}
        file = engine.folder / "shown.parquet"
        pq.write_table(pa.table({"row": sorted({*firsts.values(), *firsts_of_sums, *range(1, _ALWAYS + 1)})}), file)
        engine.run(
            f'CREATE TABLE shown AS SELECT "row" FROM read_parquet({text(str(file))}) '
            'UNION SELECT "row" FROM picked WHERE strange'
        )
        report, stand_ins = self._completed_by(counts, firsts, "shown")
        tell_of_records(report, stand_ins, 0, frozenset(self._places.untold))
        for result in report.results:
            if isinstance(result.subjects, Records) and result.checked:
                key = result.rule.standard, result.rule.id
                told = stood_for(counts.verdicts.get(key, []), stand_ins)
                rebuild(result, [*counted(batches.sums[key], result), *told, *marked(result, stand_ins)])
        report.batches = batches.of(report.results)
        return report

    def _refuse_other_counts(self, batches: VerdictBatches, counts: PlaceCounts) -> None:
        """Hold the verdicts of the batches against those of the views, by place and outcome.

        Raises:
            UsageError: ``engine-counts``.
        """
        for key, told in counts.verdicts.items():
            views: dict[tuple[int, Outcome], int] = {}
            for place, _, outcome, n in told:
                if outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE):
                    views[place, outcome] = views.get((place, outcome), 0) + n
            if views != batches.sums[key].counts():
                raise UsageError("engine-counts", path=self._path, rule=key[1])

    def _judged(self, one: Return) -> Report:
        """The report on some rows; figures are not held against those of their region, of which not all are here."""
        read = Gathered([one], [], [])
        report = judging.judged(
            self._basis, read, self._as_of, self._gate, self._options, self._take_groups, compared=False
        )
        report.notices.insert(0, Notice(JUDGED_SO, Address(self._path), values={"engine": "DuckDB"}, level="info"))
        return report

    def _take_groups(self, run: StandardRun) -> None:
        """What is said of groups was worked out over all records."""
        self._runs.setdefault(run.standard.id, run)
        run.take(self._of_groups.get(run.standard.id, ()))

    def _judge_groups(self, grouped: dict[str, list[Rule]], place_at: dict[int, int]) -> None:
        """Judge the rules about groups over all records.

        Raises:
            UsageError: ``engine-rules``, ``engine-place-unknown``, ``engine-groups-open``,
                ``engine-disagrees-of-group``.
        """
        if not grouped:
            return
        entity = self._sheet.entity or ""
        table = next(iter(self._runs.values())).governed[entity].table
        place_of = np.array([place_at[int(row)] for row in table.row_of], np.int32)
        judging_ = [GroupRules.of(run, grouped.get(own, ()), entity, place_of) for own, run in self._runs.items()]
        scripts = {one.run.standard.id: self._script_of_groups(one, table) for one in judging_ if one.rules}
        every = GroupedRecords(self._engine, self._reader, self._columns, judging_, table, place_of)
        self._of_groups = every.results(self._source.records, self._path)
        for one in judging_:
            standard = one.run.standard.id
            places = np.flatnonzero(one.governs & ~one.outside).astype(np.int32)
            if standard in self._of_groups and len(places):  # of nobody a view has no row
                make_source(self._engine, scripts[standard], table, place_of, places, set(self._columns.typed))
                refuse_other_groups(self._engine, scripts[standard], self._of_groups[standard], self._path)

    def _script_of_groups(self, one: GroupRules, firsts: Table) -> SqlScript:
        """The views of a standard by which its groups are judged once more.

        Raises:
            UsageError: ``engine-rules``: rules that have no such view; ``engine-place-unknown``.
        """
        standard, entity, untold = one.run.standard, firsts.entity, frozenset(self._places.untold)
        columns = frozenset(self._columns.typed) | levels_stated(firsts)
        tables = TidyTables({entity: f"groups of {standard.id}"}, columns)
        wanted = [rule.id for rule in one.rules]
        script = compile_script(standard, self._basis.dictionary, "duckdb", tables, one.run.as_of, wanted)
        lost: dict[str, NotCovered] = {}
        for rule in one.rules:
            if one.run.governed[entity].unsettled(rule).any():
                raise UsageError("engine-place-unknown", path=self._path, standard=standard.id)
            for level in rule.by:
                own = level == standard.jurisdiction.level
                if not own and untold.intersection(levels_to(level)):
                    lost[rule.id] = NotCovered("groups", level=level)
                    continue
                asked = own or one.so_far.levels[level] is not None  # else no record says where it lies
                if asked and all(view.level != level for view in script.views_of(rule.id)):
                    lost.setdefault(rule.id, self._why_not(script, rule.id))
        if lost:
            raise self._not_covered(lost)
        return script

    @staticmethod
    def _why_not(script: SqlScript, rule: str) -> NotCovered:
        """Why a rule has no view."""
        if rule in script.lacking:
            return NotCovered("worked-out", field=", ".join(script.lacking[rule]))
        return script.refused[rule]

    def _beside(self) -> list[str]:
        """Where the reader of returns has something to say of two figures of one record."""
        typed, found = self._columns.typed, []
        if "households" in typed and "population" in typed:
            found.append(f"{typed['households'].sql} > {typed['population'].sql}")
        stands = [one.sql for one in self._columns if (one.field.premises, one.field.states) == ("whole", "thing")]
        found += [f"NOT {sql}" for sql in stands]
        return found

    # --- which standard judges where, and by which rules

    def _governed(self, seen: Report, place_of: dict[int, int]) -> tuple[list[GovernedPlaces], dict[str, list[Rule]]]:
        """What the standards judge, found by one record of each place, and their rules about groups."""
        self._refuse_uncounted(seen)
        rules: dict[str, list[str]] = {}
        places: dict[str, set[int]] = {}
        grouped: dict[str, list[Rule]] = {}
        for result in seen.results:
            rule = result.rule
            if not result.checked or rule.manual is not None:
                continue
            if not isinstance(result.subjects, Records):
                grouped.setdefault(rule.standard, []).append(rule)
                continue
            table, index = result.subjects.table, rows_in(result.subjects)
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
        judging_ = [
            GovernedPlaces(scripts[standard], entity, tuple(own), sorted(places[standard]))
            for standard, own in rules.items()
        ]
        return judging_, grouped

    def _script(self, standard: str, rules: Sequence[str], entity: str, seen: Report) -> SqlScript:
        """The views of a standard.

        Raises:
            UsageError: ``engine-rules``: some of the rules are not covered.
        """
        own = next(one for one in seen.standards if one.id == standard)
        tables = TidyTables({entity: f"records of {standard}"}, frozenset(self._columns.typed), passed=("row", "place"))
        script = compile_script(own, self._basis.dictionary, "duckdb", tables, seen.as_of, rules)
        lost = {rule: self._why_not(script, rule) for rule in rules if rule in script.refused or rule in script.lacking}
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
                zh, en = (Wording.of(report, lang).notice(notice) for lang in LANGS)
                raise UsageError("engine-notice", path=self._path, row=notice.at.row, notice=Text(zh, en))
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
            index = rows_in(result.subjects)
            own = index < begin
            numbers = result.subjects.table.row_of[index[own]].tolist()
            ours = dict(zip(numbers, result.outcome[own].tolist(), strict=True))
            for row, outcome in zip(rows.tolist(), found.column(f"r{n}").to_pylist(), strict=True):
                if ours.get(row) != outcome:
                    raise UsageError("engine-disagrees", path=self._path, rule=rule, row=row)
