"""How rule cases came out, as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang, say
from communitycheck.printable import as_json
from communitycheck.products.rulebook.case import CaseResult


def render_cases(
    results: Sequence[CaseResult], gaps: Mapping[str, Mapping[str, Sequence[str]]], format_: str, lang: Lang
) -> str:
    """The totals for each standard, each failing case, and which kinds of case a rule still lacks."""
    return (
        _json(results, gaps, lang)
        if format_ == "json"
        else "".join(f"{line}\n" for line in _lines(results, gaps, lang))
    )


def _lines(results: Sequence[CaseResult], gaps: Mapping[str, Mapping[str, Sequence[str]]], lang: Lang) -> Iterable[str]:
    for standard in dict.fromkeys(r.case.standard for r in results):
        own = [r for r in results if r.case.standard == standard]
        yield say(
            "cases-total",
            lang,
            standard=standard,
            rules=len({r.case.rule for r in own}),
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
                expected=_words((o.word for o in case.expected), lang),
                found=_found(result, lang),
            )
    for standard, rules in gaps.items():
        for rule, lacking in rules.items():
            kinds = ", ".join(say(f"cases-kind-{k}", lang) for k in lacking)
            yield say("cases-lacking", lang, standard=standard, rule=rule, kinds=kinds)


def _found(result: CaseResult, lang: Lang) -> str:
    if result.error is not None:
        return _error(result.error, lang)
    short = "" if result.shortfall is None else f" ({result.shortfall:.6g})"
    return _words((o.word for o in result.found), lang) + short


def _error(error: CommunityCheckError, lang: Lang) -> str:
    return say(error.code, lang, **error.values)


def _words(outcomes: Iterable[str], lang: Lang) -> str:
    return ", ".join(say(f"outcome-{w}".replace("_", "-"), lang) for w in outcomes) or "—"


def _json(results: Sequence[CaseResult], gaps: Mapping[str, Mapping[str, Sequence[str]]], lang: Lang) -> str:
    data: dict[str, object] = {
        "schema": "communitycheck-cases/1",
        "cases": [
            {
                "standard": r.case.standard,
                "rule": r.case.rule,
                "name": r.case.name,
                "passed": r.passed,
                "expected": [o.word for o in r.case.expected],
                "found": [o.word for o in r.found],
                "shortfall": r.shortfall,
                "error": "" if r.error is None else _error(r.error, lang),
                "file": r.case.file,
                "line": r.case.line,
            }
            for r in results
        ],
        "lacking": {s: {rule: list(kinds) for rule, kinds in rules.items()} for s, rules in gaps.items()},
    }
    return as_json(data, indent=1) + "\n"
