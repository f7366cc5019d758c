"""From what was measured to the outcome of each subject, and the reason for it."""

from __future__ import annotations

from datetime import date

import numpy as np

from communitycheck.checking.evaluation.measure import Measured
from communitycheck.checking.fields import fields_of
from communitycheck.checking.governing.governed import GovernedRecords, MoreLocal
from communitycheck.checking.impossible import implausible
from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Tru
from communitycheck.model.places.comparable_names import unified
from communitycheck.model.result import Outcome, Reason
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Bytes, Ints, State, Table, among

# Why a question does not arise.
_VOID = {
    v.ZERO_DENOMINATOR: Reason.ZERO_DENOMINATOR,
    v.EXEMPT: Reason.EXEMPT,
    v.NOT_LAID_DOWN: Reason.NOT_LAID_DOWN,
}


def outcomes(rule: Rule, scope: Tru, measured: Measured, as_of: date) -> tuple[Bytes, Bytes]:
    """The codes of ``Outcome`` and ``Reason`` for every subject; later lines overrule earlier ones."""
    n, met = len(scope.yes), measured.met
    outcome = np.full(n, Outcome.NO_DATA, dtype=np.uint8)
    reason = np.full(n, Reason.UNDECIDED, dtype=np.uint8)
    unknown = np.isnan(measured.observed.lo) | np.isnan(measured.required.lo)
    reason[np.broadcast_to(unknown, n)] = Reason.MISSING
    outcome[met.yes], reason[met.yes] = Outcome.PASS, Reason.MET
    failed = Outcome.NOT_DUE if rule.due is not None and rule.due > as_of else Outcome.FAIL
    outcome[met.no], reason[met.no] = failed, Reason.MISSED
    if met.na is not None:
        void = np.where(met.yes | met.no, np.uint8(0), met.na)
        for na, why in _VOID.items():
            outcome[void == na], reason[void == na] = Outcome.NOT_APPLICABLE, why
    if rule.plausible is not None:
        odd = np.broadcast_to(implausible(rule.plausible, measured.observed), n)
        outcome[odd], reason[odd] = Outcome.NO_DATA, Reason.IMPLAUSIBLE
    unsure = ~scope.yes & ~scope.no
    outcome[unsure], reason[unsure] = Outcome.NO_DATA, Reason.SCOPE_UNKNOWN
    outcome[scope.no], reason[scope.no] = Outcome.NOT_APPLICABLE, Reason.OUT_OF_SCOPE
    if scope.na is not None:
        exempt = truths.does_not_apply(scope)
        outcome[exempt], reason[exempt] = Outcome.NOT_APPLICABLE, Reason.EXEMPT
        reason[exempt & (scope.na == v.NOT_LAID_DOWN)] = Reason.NOT_LAID_DOWN
    return outcome, reason


def overrule(rule: Rule, governed: GovernedRecords, scope: Tru, outcome: Bytes, reason: Bytes) -> None:
    """Outcomes that do not rest on what was measured: another standard or another table may judge the record."""
    for other in governed.more_local:
        if rule.id in other.changes:
            unclear = other.places[_answers_otherwise(rule, other, outcome)]
            outcome[unclear], reason[unclear] = Outcome.NO_DATA, Reason.REGION_UNKNOWN
    elsewhere = _has_columns_elsewhere(rule, governed)
    if elsewhere is not None:
        outcome[elsewhere], reason[elsewhere] = Outcome.NOT_APPLICABLE, Reason.NOT_CARRIED
    outcome[governed.out_of_jurisdiction], reason[governed.out_of_jurisdiction] = Outcome.NOT_APPLICABLE, Reason.OUTSIDE


def _answers_otherwise(rule: Rule, other: MoreLocal, outcome: Bytes) -> Bools:
    """Which of the records that a more local standard may govern it would answer otherwise. What both say holds."""
    if other.outcomes is None:
        return np.ones(len(other.places), bool)
    own = next(own for own in other.standard.rules if own.id == rule.id)
    differs: Bools = other.outcomes(own) != outcome[other.places]
    return differs


def _has_columns_elsewhere(rule: Rule, governed: GovernedRecords) -> Bools | None:
    """Records of a table that has none of the rule's columns, where the subject stands in another table of the same
    return that has them.

    A workbook may spread its figures over several tables; a rule is judged in those that have its columns. A return
    that has them nowhere stays in view as ``no_data``, and so does a subject that only this table lists.
    """
    table = governed.table
    if len(table.sheets) < 2:
        return None
    wanted = set(fields_of(rule, governed.dictionary))
    kinds, kind_of = governed.sheet_fields()
    columns_here = np.array([len(wanted & fields) for fields in kinds])[kind_of]
    if columns_here.all() and table.about.kind != "period":
        return None
    somewhere = _with_columns(governed, columns_here)
    elsewhere = np.array([not n and s.path in somewhere for s, n in zip(table.sheets, columns_here, strict=True)])
    mask: Bools = elsewhere[table.sheet_of]
    if table.about.kind == "period":
        mask |= _fuller_elsewhere(wanted, table, columns_here[table.sheet_of])
    else:  # a record that was joined from two sheets has what stands in either
        mask[sorted({i for key in wanted if key in table.columns for i in table.columns[key].borrowed or ()})] = False
        for state in (table.columns[key].state for key in wanted if key in table.columns):
            if state is not None:
                mask &= ~among(state, State.UNLISTED)
        if mask.any():
            there = columns_here[table.sheet_of] > 0
            there[governed.past] = False  # what is not judged answers for nobody
            mask &= _listed_there(table, there)
    if not mask.any():
        return None
    return mask if governed.records.index is None else mask[governed.records.index]


def _with_columns(governed: GovernedRecords, columns_here: Ints) -> set[str]:
    """The returns in which the columns stand beside some record that is judged."""
    table, living = governed.table, np.ones(len(governed.table), bool)
    living[governed.past] = False
    judged = np.bincount(table.sheet_of[living], minlength=len(table.sheets)) > 0
    return {s.path for s, n, some in zip(table.sheets, columns_here, judged, strict=True) if n and some}


def _listed_there(table: Table, there: Bools) -> Bools:
    """Which records have a namesake among those ``there`` in the same return."""
    names = table.columns.get(table.about.name_field)
    if names is None or names.text is None:
        return np.zeros(len(table), bool)
    coded = unified(names.coded(), {})
    paths = {path: n for n, path in enumerate(dict.fromkeys(sheet.path for sheet in table.sheets))}
    path_of = np.array([paths[sheet.path] for sheet in table.sheets], np.int64)[table.sheet_of]
    subject = path_of * (len(coded.names) + 1) + coded.codes + 1
    listed = np.zeros(len(paths) * (len(coded.names) + 1), bool)
    listed[subject[there]] = True
    found: Bools = listed[subject] & (coded.codes >= 0)
    return found


def _fuller_elsewhere(wanted: set[str], table: Table, columns_here: Ints) -> Bools:
    """Records that borrow figures from another sheet of their period, where a sheet has more of the columns itself.

    So a relation across the tables of one period is judged once: where most of its figures stand, else in the first.
    """
    mask = np.zeros(len(table), bool)
    borrowers = {i for key in wanted if key in table.columns for i in table.columns[key].borrowed or ()}
    if not borrowers:
        return mask
    best: dict[tuple[str, str], int] = {}
    period = table.columns["period"].coded()
    for i in sorted(borrowers):
        place = (table.sheets[int(table.sheet_of[i])].path, period.names[period.codes[i]])
        home = best.setdefault(place, i)
        if columns_here[i] > columns_here[home]:
            mask[home], best[place] = True, i
        elif i != home:
            mask[i] = True
    return mask
