"""How rule cases came out, as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite, isnan

from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang, say
from communitycheck.printable import as_json
from communitycheck.products.rulebook.case import Bounds, Case, CaseResult
from communitycheck.products.rulebook.case_files import CaseRun
from communitycheck.products.rulebook.score_cases import Mark


def render_cases(run: CaseRun, format: str, lang: Lang) -> str:
    """The totals for each standard, each failing case, which rules and kinds of case are lacking, and what changes."""
    return _json(run, lang) if format == "json" else "".join(f"{line}\n" for line in _lines(run, lang))


def _lines(run: CaseRun, lang: Lang) -> Iterable[str]:
    results = run.results
    for standard in dict.fromkeys(r.case.standard for r in results):
        own = [r for r in results if r.case.standard == standard]
        yield say(
            "cases-total",
            lang,
            standard=standard,
            rules=len({r.case.rule for r in own if r.case.mark is None}),
            cases=len(own),
            passed=sum(r.passed for r in own),
        )
    for result in results:
        if not result.passed:
            case = result.case
            yield say(
                "cases-failed",
                lang,
                file=case.file,
                line=case.line,
                rule=case.rule,
                name=case.name,
                expected=_expected(case, lang),
                found=_found(result, lang),
            )
    for standard, rules in run.gaps.items():
        if bare := run.without_cases(standard):
            yield say("cases-without", lang, standard=standard, n=len(bare), rules=say("list-comma", lang).join(bare))
        for rule, lacking in rules.items():
            if rule not in bare:
                kinds = ", ".join(say(f"cases-kind-{k}", lang) for k in lacking)
                yield say("cases-lacking", lang, standard=standard, rule=rule, kinds=kinds)
    for standard, sheets in run.items.items():
        for sheet, items in sheets.items():
            named = say("list-comma", lang).join(items)
            yield say("cases-items-without", lang, standard=standard, sheet=sheet, items=named)
    if run.change:
        yield run.change.rstrip("\n")
    for result in run.left:
        yield say("cases-left", lang, file=result.case.file, line=result.case.line, rule=result.case.rule)
    if run.change:
        yield say("cases-written" if run.written else "cases-unwritten", lang, files=", ".join(run.changed))


def _expected(case: Case, lang: Lang) -> str:
    if case.mark is not None:
        return _mark(case.mark, lang)
    return _words((o.word for o in case.expected), lang) + _amounts(lang, shortfall=case.shortfall)


def _mark(mark: Mark, lang: Lang) -> str:
    if mark.outside:
        return say("score-how-none", lang)
    points = "" if mark.points is None else "–".join(f"{end:.6g}" for end in dict.fromkeys(mark.points))
    return say("cases-mark", lang, points=points, grade="–".join(mark.grades))


def _found(result: CaseResult, lang: Lang) -> str:
    if result.error is not None:
        return _error(result.error, lang)
    if result.marks:
        return say("list-comma", lang).join(dict.fromkeys(_mark(mark, lang) for mark in result.marks))
    told = result.shortfall if result.shortfall or result.case.shortfall is not None else None
    told = told if len(set(result.found)) == 1 else None  # it is that of another subject than the figures
    amounts = _amounts(lang, shortfall=told, observed=result.observed, required=result.required, unit=result.unit)
    return _words((o.word for o in result.found), lang) + amounts


def _amounts(
    lang: Lang,
    *,
    shortfall: float | None,
    observed: Bounds | None = None,
    required: Bounds | None = None,
    unit: str = "",
) -> str:
    """The figures behind an outcome in brackets; empty where there are none."""
    figures = {"shortfall": "" if shortfall is None or isnan(shortfall) else f"{shortfall:.6g}"}
    figures |= {"observed": _bounds(observed), "required": _bounds(required)}
    if not any(figures.values()):
        return ""
    text = say("cases-amounts", lang, **figures, unit=unit)
    return f"（{text}）" if lang == "zh" else f" ({text})"


def _bounds(bounds: Bounds | None) -> str:
    if bounds is None or any(map(isnan, bounds)):
        return ""
    low, high = (f"{end:.6g}" for end in bounds)
    return low if low == high else f"{low} … {high}"


def _error(error: CommunityCheckError, lang: Lang) -> str:
    return say(error.code, lang, **error.values)


def _words(outcomes: Iterable[str], lang: Lang) -> str:
    return ", ".join(say(f"outcome-{w}".replace("_", "-"), lang) for w in outcomes) or "—"


def _json(run: CaseRun, lang: Lang) -> str:
    data: dict[str, object] = {
        "schema": "communitycheck-cases/1",
        "cases": [_case(r, lang) for r in run.results],
        "lacking": {s: {rule: list(kinds) for rule, kinds in rules.items()} for s, rules in run.gaps.items()},
        "items_without_cases": {s: {k: list(items) for k, items in sheets.items()} for s, sheets in run.items.items()},
        "without_cases": {s: run.without_cases(s) for s in run.gaps},
        "change": run.change or None,
    }
    return as_json(data, indent=1) + "\n"


def _case(r: CaseResult, lang: Lang) -> dict[str, object]:
    return {
        "standard": r.case.standard,
        "rule": r.case.rule if r.case.mark is None else None,
        "sheet": r.case.rule if r.case.mark is not None else None,
        "name": r.case.name,
        "passed": r.passed,
        "expected": [o.word for o in r.case.expected],
        "found": [o.word for o in r.found],
        "shortfall": _number(r.shortfall),
        "expected_shortfall": r.case.shortfall,
        "observed": _ends(r.observed),
        "required": _ends(r.required),
        "unit": r.unit,
        "expected_score": None if r.case.mark is None else _object(r.case.mark),
        "scores": [_object(mark) for mark in r.marks],
        "error": "" if r.error is None else _error(r.error, lang),
        "file": r.case.file,
        "line": r.case.line,
    }


def _object(mark: Mark) -> dict[str, object]:
    return {"points": _ends(mark.points), "grades": list(mark.grades), "applies": not mark.outside}


def _number(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _ends(bounds: Bounds | None) -> list[float | None] | None:
    return None if bounds is None or any(map(isnan, bounds)) else [_number(end) for end in bounds]
