"""What ``compare`` found as CSV: a row for each change, then one for each subject that is gone or has come."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.planning.compare.side import NO_VERDICT
from communitycheck.products.compare.lines import AloneLine, ChangeLine, OnOneSide, alone_lines, change_lines
from communitycheck.products.compare.words import hyphened
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import clean, plain, shown
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

Cell = str | float | None
COLUMNS = (
    *("compare-column-change", "compare-column-trend", "compare-column-cause", "column-rule", "column-title"),
    *("column-standard", "column-entity", "column-region", "column-name", "column-code"),
    *("compare-column-was", "compare-column-was-code", "compare-column-outcome-before"),
    *("compare-column-outcome-after", "compare-column-observed-before", "compare-column-observed-after"),
    *("compare-column-required-before", "compare-column-required-after", "compare-column-short-before"),
    *("compare-column-short-after", "column-unit", "compare-column-failed"),
)


def compare_csv(found: ComparedRuns, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    yield record(wording.say(code) for code in COLUMNS)
    for row in rows(found, wording):
        yield record(cell(one) if isinstance(one, str) else plain(one) for one in row)


def rows(found: ComparedRuns, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row; numbers as such."""
    for rule in found.rules:
        for one in change_lines(found, rule, rule.changes.told()):
            yield _change(one, wording)
    if not found.in_part:
        for where in OnOneSide:
            for alone in alone_lines(found, where):
                yield _alone(alone, f"compare-column-{hyphened(where.value)}", wording)


def _change(one: ChangeLine, wording: Wording) -> tuple[Cell, ...]:
    say, subject, rule = wording.say, one.subject, one.one.changes.rule
    return (
        say(f"compare-{hyphened(VerdictChange(one.change).word)}"),
        "" if one.trend is Trend.NONE else say(f"compare-trend-{one.trend.word}"),
        "" if one.cause is ChangeCause.NONE else say(f"compare-cause-{one.cause.word}"),
        rule.key.rule,
        rule.title.in_lang(wording.lang),
        rule.key.standard,
        wording.entity(subject.entity),
        "/".join(subject.region),
        subject.name,
        subject.code,
        one.was.name if one.was is not None else "",
        one.was.code if one.was is not None else "",
        _outcome(one.before.outcome, wording),
        _outcome(one.after.outcome, wording),
        *(_figure(value, wording) for value in (one.before.observed, one.after.observed)),
        *(_figure(value, wording) for value in (one.before.required, one.after.required)),
        clean(one.before.short),
        clean(one.after.short),
        shown(rule.unit, wording.lang) or rule.unit,
        None,
    )


def _alone(one: AloneLine, code: str, wording: Wording) -> tuple[Cell, ...]:
    subject = one.subject
    return (
        wording.say(code),
        *[""] * 5,
        wording.entity(subject.entity),
        "/".join(subject.region),
        subject.name,
        subject.code,
        *[""] * 11,
        float(one.failed),
    )


def _figure(value: Value, wording: Wording) -> Cell:
    if isinstance(value, bool):
        return wording.truth(value)
    if isinstance(value, tuple):
        return "~".join(plain(end) for end in value)
    return clean(value)


def _outcome(outcome: str, wording: Wording) -> str:
    return wording.say("compare-no-verdict" if outcome == NO_VERDICT else f"outcome-{hyphened(outcome)}")
