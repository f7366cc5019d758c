"""Who changes side as CSV, one row for a rule and a subject; over a span of limits, one row for each limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from communitycheck.products.whatif.found import FoundCurve, FoundWhatIf
from communitycheck.products.whatif.lines import SideLine, side_lines
from communitycheck.reporting.formats.csv import record
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import plain, shown
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "column-rule",
    "column-standard",
    "column-entity",
    "column-region",
    "column-name",
    "column-code",
    "whatif-column-change",
    "whatif-column-before",
    "whatif-column-after",
    "column-observed",
    "whatif-column-required-before",
    "column-required",
    "column-unit",
    "column-path",
    "column-sheet",
    "column-row",
    "column-cells",
)
STEPS = ("column-rule", "column-standard", "column-threshold", "column-unit", "column-passed", "column-failed",
         "column-no-data")  # fmt: skip


def whatif_csv(found: FoundWhatIf, wording: Wording) -> Iterator[str]:
    """The rows, a header first; lines end in a line feed."""
    if found.curves:
        yield record(map(wording.say, STEPS))
        for curve in found.curves:
            yield from _steps(curve, wording)
        return
    yield record(map(wording.say, COLUMNS))
    for effect in found.effects:
        for one in side_lines(effect):
            yield record(cells(one, wording))


def _steps(one: FoundCurve, wording: Wording) -> Iterator[str]:
    curve, rule, open_ = one.curve, one.curve.rule, one.curve.open.tolist()
    for k in np.flatnonzero(curve.within(one.low, one.high)).tolist():
        limit = ("<" if open_[k] else "") + plain(float(curve.written[k]))
        yield record((
            rule.id, rule.standard, limit, shown(rule.unit, wording.lang),
            str(curve.passed[k]), str(curve.missed[k]), str(curve.unknown[k]),
        ))  # fmt: skip


def cells(one: SideLine, wording: Wording, text: Callable[[str], str] = cell) -> tuple[str, ...]:
    """One row of what ``COLUMNS`` name; ``text`` makes what returns say fit for where it goes."""
    after, before = one.after, one.before
    at, subject, rule = after.at or before.at, after.subject, after.rule
    return (
        rule.id,
        rule.standard,
        wording.entity(subject.entity),
        text("/".join(subject.region)),
        text(subject.name),
        text(subject.code),
        wording.say(f"whatif-change-{one.change.word.replace('_', '-')}"),
        wording.outcome(before.outcome),
        wording.outcome(after.outcome),
        _value(after.observed, wording),
        _value(before.required, wording),
        _value(after.required, wording),
        shown(rule.unit, wording.lang),
        text(at.path) if at is not None else "",
        text(at.sheet or "") if at is not None else "",
        str(at.row) if at is not None else "",
        " ".join(one.cells),
    )


def _value(value: Value, wording: Wording) -> str:
    if isinstance(value, bool):
        return wording.truth(value)
    if isinstance(value, tuple):
        return "~".join(plain(end) for end in value)
    return plain(value)
