"""All standards over all tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.combine import combine
from communitycheck.checking.contradictions import refuse_impossible
from communitycheck.checking.governing.doubtful_codes import codes_against_names, codes_of_no_province, unlike_codes
from communitycheck.checking.governing.fill_regions import fill_regions
from communitycheck.checking.governing.governed import GovernedRecords, MoreLocal, govern
from communitycheck.checking.governing.placement import Placement, Places
from communitycheck.checking.governing.rows_and_titles import rows_against_titles
from communitycheck.checking.governing.taking_part import (
    more_local_notices,
    other_titles,
    regions_missing,
    taking_part,
)
from communitycheck.checking.repeated.implausible import implausible_changes
from communitycheck.checking.repeated.judged import LatestRecords, latest_records, records_of
from communitycheck.checking.repeated.notices import across_files, across_sheets, blank_since, several_periods
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.unlike_peers import unlike_peers
from communitycheck.checking.unmet_regions import unknown_regions
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.periods.past_records import PastRecords, past_notices
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.returns import Notice
from communitycheck.model.standard import Jurisdiction, Locality, Rule, Standard
from communitycheck.model.table import Bytes, Table
from communitycheck.model.views.table_parts import TablePart
from communitycheck.system.memory import MANY, give_back_free

if TYPE_CHECKING:
    from communitycheck.model.scores.score_result import ScoreResult


class Judgement(Struct):
    """What judging gives. ``standards`` are those that took part.

    ``records`` are all that are judged or past, those of each kind together; ``stray`` those in no jurisdiction of the
    standards; ``governed`` says which records each standard governs, of the kinds that its rules judge. ``past`` are
    those that are not judged because a return of a later period took their place.
    """

    standards: list[Standard]
    results: list[RuleResult]
    notices: list[Notice] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    stray: list[Records] = field(default_factory=list)
    governed: dict[str, list[Records]] = field(default_factory=dict)
    scores: list[ScoreResult] = field(default_factory=list)
    past: list[PastRecords] = field(default_factory=list)


class JoinedRecords(Struct, frozen=True):
    """All records, those of each kind in one table, and where they lie in the jurisdiction of each standard; ``parts``
    are the tables that were joined."""

    by_entity: dict[str, Table]
    placed: Mapping[str, Mapping[str, Placement]]
    notices: list[Notice]
    parts: list[Table | TablePart]

    def again(self) -> JoinedRecords:
        """The same for another judgement, which works out columns and refuses figures of its own."""
        own = {kind: _copied(table) for kind, table in self.by_entity.items()}
        return JoinedRecords(own, self.placed, self.notices, self.parts)


def _copied(table: Table) -> Table:
    return replace(table, columns=dict(table.columns), regions=dict(table.regions), contradictions=[])


def join_records(
    tables: Iterable[Table | TablePart],
    standards: Sequence[Standard],
    dictionary: Dictionary,
    *,
    region: Locality | None = None,
    known: Sequence[Jurisdiction] = (),
    torn: frozenset[str] = frozenset(),
) -> JoinedRecords:
    """Join the records of all returns, and find out where they lie.

    Args:
        region, known, torn: as for ``judge_all``.
    """
    combined = combine(tables, dictionary)
    by_entity = combined.by_entity
    if sum(map(len, by_entity.values())) >= MANY:
        give_back_free()
    for table in by_entity.values():
        table.torn = torn
    jurisdictions = list({j.code: j for j in (*known, *(s.jurisdiction for s in standards))}.values())
    return JoinedRecords(by_entity, *_placed(by_entity, standards, jurisdictions, region), combined.parts)


def judge_all(
    tables: Iterable[Table],
    standards: Sequence[Standard],
    dictionary: Dictionary,
    as_of: date,
    *,
    chosen: bool,
    region: Locality | None = None,
    known: Sequence[Jurisdiction] = (),
    wanted: Callable[[Rule], bool] = lambda rule: True,
    on_standard: Callable[[StandardRun], None] | None = None,
    torn: frozenset[str] = frozenset(),
) -> Judgement:
    """Judge every record by the standards that govern it.

    Args:
        standards: the candidates; with ``chosen`` the user named them, otherwise those apply whose jurisdiction
            covers some record and that are in force.
        region: where records belong that do not say so themselves.
        known: jurisdictions by which place names are recognised, those of ``standards`` apart.
        wanted: which rules to report.
        on_standard: is handed each standard with its records and rules, for a verdict to be traced afterwards.
        torn: files in which further records may stand that nobody read.

    Raises:
        UsageError: ``region-needed`` where it cannot be told which standard applies, ``region-without-standard`` where
            none is known for the place that is written, ``region-not-covered`` where none applies in ``region``.
    """
    joined = join_records(tables, standards, dictionary, region=region, known=known, torn=torn)
    return judge_joined(
        joined, standards, dictionary, as_of, chosen=chosen, region=region, wanted=wanted, on_standard=on_standard
    )


def judge_joined(
    joined: JoinedRecords,
    standards: Sequence[Standard],
    dictionary: Dictionary,
    as_of: date,
    *,
    chosen: bool,
    region: Locality | None = None,
    wanted: Callable[[Rule], bool] = lambda rule: True,
    on_standard: Callable[[StandardRun], None] | None = None,
    of_period: date | None = None,
    compared: bool = True,
) -> Judgement:
    """The same of records that have been joined.

    Args:
        of_period: the last day of a period: its records alone are judged, by default the latest of each subject.
        compared: figures that are unlike those of the period before, or of their region, are asked about.
    """
    by_entity, placed = joined.by_entity, joined.placed
    latest = {entity: _to_judge(table, of_period) for entity, table in by_entity.items()}
    past = [one for kind, own in latest.items() if own for one in own.past(by_entity[kind])]
    judging, notices, stray = taking_part(standards, by_entity, placed, as_of, region, chosen=chosen, latest=latest)
    notices += [*joined.notices, *past_notices(past)]
    notices += _beside_each_other(by_entity, latest, dictionary, compared=compared)
    many = sum(map(len, by_entity.values())) >= MANY
    runs = _runs(judging, standards, by_entity, placed, dictionary, as_of, chosen=chosen, latest=latest)
    refuse_impossible(runs)
    results: list[RuleResult] = []
    scores: list[ScoreResult] = []
    for run in (run for run in runs if run.governed or not by_entity):
        if many:
            give_back_free()
        if on_standard is not None:
            on_standard(run)
        found = run.results(wanted)
        notices += regions_missing(run.standard, found, run.governed)
        notices += more_local_notices(run.governed, wanted)
        notices += unknown_regions(run, found)
        results += found
        scores += _scores(run)
    with_results = {r.rule.standard for r in results} | {sheet.score.standard for sheet in scores}
    records = [_of_the_run(table, latest[kind], of_period) for kind, table in by_entity.items()]
    governed = {run.standard.id: run.judged_records() for run in runs}
    took_part = [s for s in judging if s.id in with_results]
    return Judgement(took_part, results, notices, records, stray, governed, scores, past)


def _beside_each_other(
    by_entity: Mapping[str, Table],
    latest: Mapping[str, LatestRecords | None],
    dictionary: Dictionary,
    *,
    compared: bool,
) -> list[Notice]:
    """What is said of records of one subject: of several periods, files and sheets."""
    periods = [(table, latest[kind]) for kind, table in by_entity.items()]
    judged = [(table, None if own is None else own.judged) for table, own in periods]
    notices = blank_since(periods)
    if compared:
        changed = implausible_changes(periods, dictionary)
        notices += [*changed, *unlike_peers(periods, dictionary, changed)]
    notices += across_files(judged, dictionary)
    for noticed in (across_sheets, several_periods):
        notices += noticed(judged)
    return notices


def _of_the_run(table: Table, latest: LatestRecords | None, of_period: date | None) -> Records:
    """The records that are judged or past; beside one period that is asked for, later ones are as if not returned."""
    if latest is None or of_period is None:
        return Records(table)
    return Records(table, np.flatnonzero(latest.judged | latest.is_past).astype(np.int32))


def _to_judge(table: Table, of_period: date | None) -> LatestRecords | None:
    return latest_records(table, date.today()) if of_period is None else records_of(table, date.today(), of_period)


def _scores(run: StandardRun) -> list[ScoreResult]:
    """The assessment sheets of the standard, filled in."""
    if not run.standard.scores:
        return []
    from communitycheck.checking.scoring.sheet import scored  # few standards have one

    return [sheet for score in run.standard.scores if (sheet := scored(run, score)) is not None]


def _runs(
    judging: Sequence[Standard],
    standards: Sequence[Standard],
    by_entity: Mapping[str, Table],
    placed: Mapping[str, Mapping[str, Placement]],
    dictionary: Dictionary,
    as_of: date,
    *,
    chosen: bool,
    latest: Mapping[str, LatestRecords | None],
) -> list[StandardRun]:
    """A run for each standard that judges, with the records that it governs."""
    runs: list[StandardRun] = []
    for standard in judging:
        candidates = judging if chosen else [s for s in standards if s.in_force(as_of)]
        heirs = [s for s in candidates if standard.id in s.lineage]
        own = standard.dictionary_on(dictionary)
        by_kind = {
            entity: mine
            for entity, table in by_entity.items()
            if (
                mine := govern(standard, own, heirs, table, placed[entity], as_of, chosen=chosen, latest=latest[entity])
            )
        }
        for mine in by_kind.values():
            for other in mine.more_local:
                other.outcomes = _answers(other, mine, dictionary)
        runs.append(StandardRun(standard, by_kind, own, as_of))
    return runs


def _answers(other: MoreLocal, governed: GovernedRecords, dictionary: Dictionary) -> Callable[[Rule], Bytes]:
    """What the rules of a more local standard answer for the records that it may govern."""
    rows = governed.records.rows(other.places)
    own = other.standard.dictionary_on(dictionary)
    few = GovernedRecords(other.standard, own, Records(governed.table, rows), np.zeros(len(rows), bool), governed.as_of)
    run = StandardRun(other.standard, {governed.table.entity: few}, own, governed.as_of)

    def outcomes(rule: Rule) -> Bytes:
        result = run.judged(rule)
        return result.outcome if result.checked else np.full(len(rows), Outcome.NO_DATA, np.uint8)

    return outcomes


def _placed(
    by_entity: Mapping[str, Table],
    standards: Sequence[Standard],
    jurisdictions: Sequence[Jurisdiction],
    region: Locality | None,
) -> tuple[dict[str, dict[str, Placement]], list[Notice]]:
    """Where the records of each kind lie in each standard's jurisdiction, and what speaks of two places."""
    placed: dict[str, dict[str, Placement]] = {}
    spellings: dict[str, str] = {}
    titled: list[Notice] = []
    coded: list[Notice] = []
    for entity, table in by_entity.items():
        beside = [other for other in by_entity.values() if other is not table]
        places = Places(table, jurisdictions, region, beside=beside)
        if region is not None:
            titled += other_titles(places, table, region)
        else:
            titled += rows_against_titles(places, table)
        against_names = codes_against_names(places, table, jurisdictions)
        unlike = unlike_codes(table, places.stated)
        told = {notice.at for notice in against_names}
        coded += codes_of_no_province(places, table)
        coded += [*against_names, *(notice for notice in unlike.notices if notice.at not in told)]
        same = unlike.codes is places.stated
        counted = places if same else Places(table, jurisdictions, region, unlike.codes, beside)
        fill_regions(table, jurisdictions, counted, spellings)
        placed[entity] = {s.id: places.placement(s.jurisdiction) for s in standards}
    return placed, titled + coded
