"""SARIF 2.1.0 of a report, for code scanning and editors.

A fail has kind ``fail`` (a waived one with its suppression); what could not be judged is ``open``, what has to be
checked by hand ``review``. Rules are named ``standard/RULE``. Rows of a return are given as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.baseline import BaselineState
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult, Verdict
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.waiver import OwnExplanation
from communitycheck.reporting.ci.sarif_log import RESULTS, fingerprint, location, notification, sarif_log, text, uri
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.json_objects import Object
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.records import record_tally
from communitycheck.reporting.totals.rules import all_notices, rule_states
from communitycheck.reporting.totals.sheets import sheets_read
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import lacking_in_words, notice_kinds
from communitycheck.reporting.words.sentences import Wording

KINDS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.NOT_DUE: "informational",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.NO_DATA: "open",
    Outcome.MANUAL: "review",
    Outcome.ERROR: "open",
}


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The log in pieces; 25,000 results at most unless ``all_verdicts``, and then what passed as well."""
    wording = Wording.of(report, lang)
    most = None if options.all_verdicts else RESULTS
    standards = {s.id: s for s in report.standards}
    return sarif_log(
        [_rule(r, standards.get(r.rule.layer or r.rule.standard), report, wording) for r in report.results],
        _invocation(report, wording, most),
        _properties(report, wording),
        islice(_results(report, wording, options.all_verdicts), most),
        lang,
        artifacts=[_artifact(r.path, r.sha256) for r in report.returns],
        version=report.version,
    )


def _rule(result: RuleResult, setter: Standard | None, report: Report, wording: Wording) -> Object:
    """``setter`` is the standard that set the rule, where it is one of the report's."""
    rule = result.rule
    title = wording.rule_title(rule) or rule.id
    threshold = wording.threshold(rule)
    full = f"{title}{wording.say('brackets', text=threshold)}" if threshold else title
    found: Object = {
        "id": _id(rule),
        "shortDescription": text(title),
        "fullDescription": text(full),
        "defaultConfiguration": {"level": _level(rule, report)},
        "properties": {
            "standard": rule.standard,
            "clause": rule.clause,
            "severity": rule.severity,
            "outcomes": {o.word: n for o, n in result.counts().items()},
        },
    }
    found["help"] = text(_help(rule, setter, wording))
    url = setter.source.url if setter else ""
    if re.fullmatch(r"https?://[!-~]+", url):
        found["helpUri"] = url
    return found


def _help(rule: Rule, setter: Standard | None, wording: Wording) -> str:
    """Where the rule comes from and how it is read, which code scanning shows beside a finding."""
    issued = wording.say(
        "sarif-source",
        document=setter.source.document if setter else rule.layer or rule.standard,
        clause=rule.clause,
        issuer=setter.source.issuer if setter else "",
        date=setter.source.date.isoformat() if setter and setter.source.date else "",
    )
    command = wording.say("sarif-command", rule=rule.id, standard=rule.standard)
    return "\n\n".join(filter(None, (issued, rule.note.in_lang(wording.lang), command)))


def _results(report: Report, wording: Wording, all_verdicts: bool) -> Iterator[Object]:
    for index, result in enumerate(report.results):
        places = result.places(all_outcomes=all_verdicts)
        for verdict in result.verdicts_at(places[~result.known()[places]]):  # what the baseline knows is not told again
            yield _result(verdict, index, result, report, wording)


def _result(v: Verdict, index: int, result: RuleResult, report: Report, wording: Wording) -> Object:
    name = "/".join(p for p in (wording.region(v.subject), wording.name(v.subject)) if p)
    reason = wording.reason(v, wording.figures(v, result.add_unit))
    found: Object = {
        "ruleId": _id(v.rule),
        "ruleIndex": index,
        "kind": KINDS[v.outcome],
        "level": _level(v.rule, report) if v.outcome is Outcome.FAIL else "none",
        "message": text(wording.say("unread-line", path=name, message=reason)),
        "locations": [location(v.at, name, v.cells)],
        "partialFingerprints": {"subject/v1": fingerprint(_id(v.rule), v.subject, v.at)},
        "properties": {"outcome": v.outcome.word},
    }
    if v.baseline is not BaselineState.NONE:
        found["baselineState"] = "new" if v.baseline is BaselineState.NEW else "updated"
    if v.waiver is not None:
        kind = "inSource" if isinstance(v.waiver, OwnExplanation) else "external"  # what the return says itself
        found["suppressions"] = [{"kind": kind, "status": "accepted", "justification": wording.terms(v.waiver)}]
    return found


def _level(rule: Rule, report: Report) -> str:
    if rule.severity == "advisory":
        return "note"
    return "error" if report.gate.holds(rule.severity) else "warning"


def _id(rule: Rule) -> str:
    return f"{rule.standard}/{rule.id}"


def _artifact(path: str, sha256: str) -> Object:
    return {"location": {"uri": uri(path)}, "hashes": {"sha-256": sha256}}


def _invocation(report: Report, wording: Wording, most: int | None) -> Object:
    notifications = [
        notification(error.code, "error", wording.error(error), locations=[_file(error.path)])
        for error in report.unread
    ]
    for result in report.results:
        if not result.checked:
            words = wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
            rule: Object = {"id": _id(result.rule)}
            notifications.append(notification("not-checked", "warning", words, associatedRule=rule))
    for kind in notice_kinds(all_notices(report)):
        level, counted = "warning" if kind.first.level == "warning" else "note", {"count": kind.count}
        words = wording.notice(kind.first)
        notifications.append(notification(kind.first.code, level, words, properties=counted))
    listed = sum(len(r.places()) - int(np.count_nonzero(r.known())) for r in report.results)
    if most is not None and listed > most:
        words = wording.say("more-results", limit=count(most), n=count(listed - most))
        notifications.append(notification("capped", "warning", words))
    return {
        "executionSuccessful": report.exit_code != 2,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _file(path: str) -> Object:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}


def _properties(report: Report, wording: Wording) -> Object:
    outcomes = report.outcomes()
    return {
        "asOf": report.as_of.isoformat(),
        "outcomes": {o.word: outcomes[o] for o in OUTCOMES},
        "subjects": report.subjects,
        "subjectsJudged": record_tally(report).judged,
        "rules": rule_states(report),
        "rows": sheets_read(report.returns).rows,
        "incomplete": report.open_points(),
        "summary": [{"label": label, "value": value} for label, value in summary_pairs(report, wording)],
    }
