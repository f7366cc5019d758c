"""What a report shows of itself in Python: a line in a shell, a small table in a notebook.

The words are those of the code and of the frames, in one language for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from communitycheck.errors import ReturnError
from communitycheck.model.result import Outcome, RuleResult

RULES = 10
_HEAD = ("rule", "title", "severity", "pass", "fail", "no_data", "pass_rate")


def line_of(as_of: date, facts: Mapping[str, int], exit_code: int) -> str:
    """``<Report 2020-12-31: returns 1, subjects 542, pass 8897, fail 813, no_data 44, exit_code 1>``."""
    shown = [f"{name} {n}" for name, n in facts.items() if n or name in ("returns", "pass", "fail")]
    return f"<Report {as_of.isoformat()}: {', '.join(shown)}, exit_code {exit_code}>"


def html_of(line: str, results: Iterable[RuleResult], unread: Sequence[ReturnError] = ()) -> str:
    """The line above, below it why returns could not be read, and the rules that most fail."""
    counted = [(result.rule, result.counts(), result.pass_rate) for result in results if result.checked]
    failed = sorted((one for one in counted if one[1][Outcome.FAIL]), key=lambda one: -one[1][Outcome.FAIL])
    rows = []
    for rule, counts, rate in failed[:RULES]:
        title = "<br>".join(escape(text) for text in (rule.title.zh, rule.title.en) if text)
        numbers = [str(counts[outcome]) for outcome in (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)]
        cells = [escape(rule.id), title, rule.severity, *numbers, "" if rate is None else f"{rate:.1%}"]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    more = f"<p>fail: {len(failed) - RULES} more rules</p>" if len(failed) > RULES else ""
    head = "<thead><tr>" + "".join(f"<th>{name}</th>" for name in _HEAD) + "</tr></thead>"
    table = f"<table>{head}<tbody>{''.join(rows)}</tbody></table>{more}" if rows else ""
    faults = "".join(f"<p>unread: {escape(str(error))}</p>" for error in unread[:RULES])
    faults += f"<p>unread: {len(unread) - RULES} more</p>" if len(unread) > RULES else ""
    return f"<div><p>{escape(line[1:-1])}</p>{faults}{table}</div>"
