"""Cases of rules: a few fields in, the expected outcome out. Held as data beside the rules and run by name.

A case file (``rules/cases/*.yaml``) names a standard and lists cases::

    standard: liaoning-2021
    as_of: 2022-12-31          # of all cases that do not say otherwise
    cases:
      - rule: LN-01
        name: exactly on the threshold
        records: [{times: 2, community_type: urban, facility_area: 400}]   # null is a blank cell
        outcome: pass          # of every subject; or outcomes: [pass, fail], one for each,
                               # or outcomes: {东区: pass, 西区: fail}, by name
        beside: {street: [{street: 一街道}]}   # records of other kinds that the rule looks at
        shortfall: 0           # optional, of the first subject that misses
        parameters: {residents_per_window: 4000}
        as_of: 2023-01-01
      - name: half the area, two windows     # of an assessment sheet
        records: [{facility_area: 300, service_windows: 2}]
        score: 62.5            # or [52.5, 62.5] where something is open
        grade: fair            # or [poor, fair]
        sheet: yearly          # where the standard has several
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from communitycheck.checking import judge_all
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.table_of_records import STATES, RecordValue, table_from_records
from communitycheck.errors import CommunityCheckError, ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult
from communitycheck.model.scores.score_result import ScoreResult
from communitycheck.model.standard import Locality, Rule, Standard
from communitycheck.nearest import nearest
from communitycheck.products.rulebook.case import Case, CaseResult
from communitycheck.products.rulebook.score_cases import (
    expected_mark,
    fits,
    found_marks,
    is_of_score,
    items_shown,
    the_score,
)
from communitycheck.standards import RuleBook, parse_quantity
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import CaseFileIn, CaseIn
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml
from communitycheck.standards.language.names import name_near

WORDS = {o.word: o for o in OUTCOMES}
# A record may stand for so many.
TIMES = 100_000
# What every automated rule must be shown to do. "edge" is asked of rules with a number as threshold only.
WANTED = ("pass", "fail", "edge", "missing", "out-of-scope")


def load_cases(path: Path, book: RuleBook) -> list[Case]:
    """The cases of one file.

    Raises:
        RuleFileError: with file, line and key.
    """
    file = read_yaml(path)
    if isinstance(file.data, dict) and "rules" in file.data and "cases" not in file.data:
        raise RuleFileError("cases-of-a-standard", file=file.name, line=file.line(("rules",)))
    held = check_shape(file, CaseFileIn)
    standard = book.standard(held.standard)
    dictionary = standard.dictionary_on(book.dictionary)
    return [_case(one, i, file, standard, dictionary, one.as_of or held.as_of) for i, one in enumerate(held.cases)]


def _case(
    raw: CaseIn, number: int, file: YamlFile, standard: Standard, dictionary: Dictionary, day: date | None
) -> Case:
    def fault(code: str, *key: str | int, **values: Any) -> RuleFileError:
        at = ("cases", number, *key)
        return RuleFileError(code, file=file.name, line=file.line(at), key=dotted(at), **values)

    score, mark = expected_mark(raw, standard, fault) if is_of_score(raw) else (None, None)
    if raw.rule is None and score is None:
        raise fault("cases-rule-missing")
    if raw.rule is not None and raw.rule not in (known := [r.id for r in standard.rules]):
        near = nearest(raw.rule, known)
        raise fault("rule-unknown", "rule", name=raw.rule, near=near)
    if score is None and (raw.outcome is None) == (raw.outcomes is None):
        raise fault("cases-outcome")
    if unknown := next((kind for kind in raw.beside if kind not in dictionary.entities), ""):
        raise fault("cases-kind", "beside", unknown, name=unknown, near=nearest(unknown, dictionary.entities))
    lists: list[tuple[tuple[str, ...], list[dict[str, Any]]]] = [(("records",), raw.records)]
    lists += [(("beside", kind), records) for kind, records in raw.beside.items()]
    for at, records in lists:
        for i, record in enumerate(records):
            for key, value in record.items():
                if wrong := _wrong(key, value, dictionary):
                    raise fault(wrong.code, *at, i, key, **wrong.values)
    if isinstance(raw.outcomes, dict):
        words = list(raw.outcomes.values())
    else:
        words = raw.outcomes or ([raw.outcome] if raw.outcome else [])
    return Case(
        standard=standard.id,
        rule=score.id if score is not None else raw.rule or "",
        name=raw.name,
        records=tuple(_repeated(raw.records)),
        beside={kind: tuple(_repeated(records)) for kind, records in raw.beside.items()},
        expected=tuple(WORDS[w] for w in words),
        every=raw.outcomes is None,
        subjects=tuple(raw.outcomes) if isinstance(raw.outcomes, dict) else (),
        shortfall=raw.shortfall,
        add=raw.add,
        mark=mark,
        parameters=raw.parameters,
        as_of=day,
        file=file.name,
        line=file.line(("cases", number)) or 0,
        number=number,
    )


def _wrong(key: str, value: object, dictionary: Dictionary) -> CommunityCheckError | None:
    """What is wrong with one entry of a record."""
    if key == "times":
        fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= TIMES
        return None if fits else CommunityCheckError("cases-times", found=value, most=TIMES)
    field = dictionary.find(key)
    if field is None:
        return CommunityCheckError("cases-field", name=key, near=name_near(key, dictionary))
    if field.is_number and not _is_number(value):
        return CommunityCheckError("cases-number", name=key, found=value)
    if not field.is_number and not _is_text(value):
        return CommunityCheckError("cases-text", name=key, found=value)
    return None


def _is_number(value: object) -> bool:
    """A number or truth, the bounds of one, or a word for a cell that gives none."""
    if isinstance(value, list):
        low, high = value if len(value) == 2 else (None, None)
        return _is_finite(low) and (high is None or _is_finite(high))
    return value is None or _is_finite(value) or (isinstance(value, str) and value in STATES)


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= sys.float_info.max


def _is_text(value: object) -> bool:
    """What a cell may say in words, or several of that."""
    return not any(isinstance(one, dict | list) for one in (value if isinstance(value, list) else [value]))


def _repeated(records: Iterable[Mapping[str, RecordValue]]) -> Iterable[Mapping[str, RecordValue]]:
    for record in records:
        plain = {k: value for k, value in record.items() if k != "times"}
        times = record.get("times", 1)
        assert isinstance(times, int)
        yield from [plain] * times


def run_cases(cases: Iterable[Case], book: RuleBook) -> list[CaseResult]:
    """Judge every case with the real checker."""
    return [_run(case, book) for case in cases]


def _run(case: Case, book: RuleBook) -> CaseResult:
    standard = _with_parameters(book.standard(case.standard), case)
    sheet = next(s for s in standard.scores if s.id == case.rule) if case.mark is not None else None
    rule = next(r for r in standard.rules if r.id == case.rule) if sheet is None else None
    kind = rule.applies_to if rule is not None else sheet.applies_to if sheet is not None else ""
    dictionary = standard.dictionary_on(book.dictionary)
    day = case.as_of or standard.horizon or standard.in_force_from or date(2024, 12, 31)
    try:
        records = {kind: case.records, **case.beside}
        tables = [table_from_records(some, dictionary, one, path=case.file) for one, some in records.items()]
        runs: list[StandardRun] = []
        judgement = judge_all(
            tables,
            [standard],
            dictionary,
            day,
            chosen=True,
            region=Locality(standard.jurisdiction),
            wanted=lambda r: rule is not None and r.id == rule.id,
            on_standard=runs.append,
        )
        if rule is None:
            return _marked(case, the_score(judgement.scores, case.rule, day))
    except CommunityCheckError as error:
        return CaseResult(case, (), None, None, False, error=error)
    return _compared(case, rule, runs[0].judged(rule))


def _marked(case: Case, result: ScoreResult) -> CaseResult:
    assert case.mark is not None
    marks, expected = found_marks(result, case.mark), case.mark
    passed = all(fits(expected, mark) for mark in marks)
    return CaseResult(case, (), None, None, passed, shows=items_shown(result) if passed else (), marks=tuple(marks))


def _compared(case: Case, rule: Rule, result: RuleResult) -> CaseResult:
    found = tuple(Outcome(int(o)) for o in result.outcome)
    if not result.checked:
        lacking = CommunityCheckError("cases-lacking-fields", fields=", ".join(result.lacking))
        return CaseResult(case, (), None, None, False, error=lacking)
    expected = _expected(case, result)
    shortfall = float(result.shortfall[0]) if len(result.shortfall) else 0.0
    add = float(result.add[0]) if result.add is not None and len(result.add) else None
    passed = found == expected and bool(found)
    passed = passed and (case.shortfall is None or _roughly(shortfall, float(case.shortfall)))
    passed = passed and (case.add is None or (add is not None and _roughly(add, float(case.add))))
    other = (i for i, (one, wanted) in enumerate(zip(found, expected, strict=False)) if one is not wanted)
    at = next(other, 0)
    observed, required = (
        (float(low[at]), float(high[at])) if len(low) > at else None
        for low, high in ((result.observed_lo, result.observed_hi), (result.required_lo, result.required_hi))
    )
    shows = _shows(rule, result, found) if passed else ()
    return CaseResult(case, found, shortfall, add, passed, observed, required, rule.unit, shows)


def _expected(case: Case, result: RuleResult) -> tuple[Outcome, ...]:
    """What is expected of each subject of the result, in its order."""
    if case.every:
        return case.expected * len(result)
    if not case.subjects:
        return case.expected
    by_name = dict(zip(case.subjects, case.expected, strict=True))
    names = [result.subjects.subject(i).name for i in range(len(result))]
    return tuple(by_name[n] for n in names) if set(names) == set(by_name) else ()


def _shows(rule: Rule, result: RuleResult, found: tuple[Outcome, ...]) -> tuple[str, ...]:
    kinds = {
        Outcome.PASS: "pass",
        Outcome.FAIL: "fail",
        Outcome.NOT_DUE: "fail",
        Outcome.NO_DATA: "missing",
        Outcome.NOT_APPLICABLE: "out-of-scope",
    }
    shows = [kinds[o] for o in found if o in kinds]
    for i in range(len(found)):
        edges = [float(result.required_lo[i]), float(result.required_hi[i])]
        if found[i] in (Outcome.PASS, Outcome.FAIL) and any(_close(float(result.observed_lo[i]), e) for e in edges):
            shows.append("edge")
    return tuple(dict.fromkeys(shows))


def uncovered(results: Iterable[CaseResult], standard: Standard) -> dict[str, tuple[str, ...]]:
    """For each automated rule of ``standard``, which of ``WANTED`` its passing cases do not show."""
    shown: dict[str, set[str]] = {}
    for result in results:
        if result.passed and result.case.mark is None and result.case.standard == standard.id:
            shown.setdefault(result.case.rule, set()).update(result.shows)
    missing: dict[str, tuple[str, ...]] = {}
    for rule in standard.rules:
        if rule.manual is not None or rule.layer != standard.id:
            continue
        lacking = [w for w in WANTED if w not in shown.get(rule.id, set()) and not _cannot_show(rule, w)]
        if lacking:
            missing[rule.id] = tuple(lacking)
    return missing


def _cannot_show(rule: Rule, kind: str) -> bool:
    """A yes/no requirement has no edge apart from yes."""
    return kind == "edge" and rule.threshold is not None and rule.threshold.comparison.kind != "number"


def _with_parameters(standard: Standard, case: Case) -> Standard:
    if not case.parameters:
        return standard
    parameters = dict(standard.parameters)
    for name, value in case.parameters.items():
        if name not in parameters:
            raise RuleFileError("cases-parameter", file=case.file, line=case.line, key=name, name=name)
        try:
            number = parse_quantity(str(value), standard.units)
        except ExpressionError as error:
            error.file, error.line, error.key = case.file, case.line, name
            raise error from None
        if number is None:
            raise RuleFileError("parameter-not-number", file=case.file, line=case.line, key=name, text=value)
        factor = 1.0 if number.dimension else parameters[name].factor
        parameters[name] = replace(parameters[name], values=((None, number.value * factor),))
    return replace(standard, parameters=parameters)


def _roughly(a: float, b: float) -> bool:
    """Cases write a shortfall with the digits a person would."""
    return abs(a - b) <= 1e-4 * max(abs(a), abs(b))


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0)
