"""SARIF 2.1.0, for code scanning and editors.

A fail has kind ``fail`` (a waived one with its suppression); what could not be judged is ``open``, what has to be
checked by hand ``review``. Rules are named ``standard/RULE``. Rows of a return are given as lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.baseline import BaselineState
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult, Verdict
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.waiver import OwnExplanation
from communitycheck.printable import one_line
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.json_objects import Object, line
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.records import record_tally
from communitycheck.reporting.totals.rules import all_notices, rule_states
from communitycheck.reporting.totals.sheets import sheets_read
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import lacking_in_words, notice_kinds
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 25_000  # code scanning refuses more in one run
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
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {line({"driver": _driver(report, wording)})},\n'
    yield f'"artifacts": {line([_artifact(r.path, r.sha256) for r in report.returns])},\n'
    yield f'"invocations": {line([_invocation(report, wording, most)])},\n'
    yield f'"properties": {line(_properties(report, wording))},\n'
    yield '"results": ['
    separator = "\n"
    for one in islice(_results(report, wording, options.all_verdicts), most):
        yield separator + line(one)
        separator = ",\n"
    yield "]\n}]}\n"


def text(words: str) -> Object:
    """A SARIF message: braces are doubled, and no link can come of what a name holds."""
    return {"text": words.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _driver(report: Report, wording: Wording) -> Object:
    standards = {s.id: s for s in report.standards}
    return {
        "name": "communitycheck",
        "version": report.version,
        "language": "zh-CN" if wording.lang == "zh" else "en",
        "rules": [_rule(r, standards.get(r.rule.layer or r.rule.standard), report, wording) for r in report.results],
    }


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
        "locations": [_location(v.at, name, v.cells)],
        "partialFingerprints": {"subject/v1": _fingerprint(v)},
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


def _location(at: Address | None, name: str, cells: tuple[str, ...]) -> Object:
    """The row in its file, and the subject as the logical place; a group of records has the latter alone."""
    spot = " ".join(cells)
    full = " ".join(p for p in (name, f"[{one_line(at.sheet)}]" if at and at.sheet else "", spot) if p)
    found: Object = {"logicalLocations": [{"name": name, "fullyQualifiedName": full, "kind": "member"}]}
    if at is not None:
        region = {} if at.row is None else {"region": {"startLine": at.row}}
        found["physicalLocation"] = {"artifactLocation": {"uri": uri(at.path)}, **region}
    return found


def _artifact(path: str, sha256: str) -> Object:
    return {"location": {"uri": uri(path)}, "hashes": {"sha-256": sha256}}


def uri(path: str) -> str:
    """A file's path as a URI reference: relative stays relative."""
    posix = path.replace("\\", "/")
    if re.match(r"[A-Za-z]:/", posix):
        return f"file:///{posix[0]}:{quote(posix[2:], errors='surrogateescape')}"
    quoted = quote(posix, errors="surrogateescape")
    return f"file://{quoted}" if posix.startswith("/") else quoted


def _fingerprint(v: Verdict) -> str:
    """The same subject under the same rule keeps its fingerprint when rows move."""
    s = v.subject
    parts = [_id(v.rule), s.entity, *s.region, s.name, s.code]
    if not s.name and v.at is not None:
        parts += [v.at.path, v.at.sheet or "", str(v.at.row)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _invocation(report: Report, wording: Wording, most: int | None) -> Object:
    notifications = [
        {
            "descriptor": {"id": error.code},
            "level": "error",
            "message": text(wording.error(error)),
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(error.path)}}}],
        }
        for error in report.unread
    ]
    for result in report.results:
        if not result.checked:
            words = wording.say("skipped-not-checked", columns=lacking_in_words(result, wording))
            notifications.append(
                {
                    "descriptor": {"id": "not-checked"},
                    "associatedRule": {"id": _id(result.rule)},
                    "level": "warning",
                    "message": text(words),
                }
            )
    for kind in notice_kinds(all_notices(report)):
        level = "warning" if kind.first.level == "warning" else "note"
        notifications.append(
            {
                "descriptor": {"id": kind.first.code},
                "level": level,
                "message": text(wording.notice(kind.first)),
                "properties": {"count": kind.count},
            }
        )
    listed = sum(len(r.places()) - int(np.count_nonzero(r.known())) for r in report.results)
    if most is not None and listed > most:
        words = wording.say("more-results", limit=count(most), n=count(listed - most))
        notifications.append({"descriptor": {"id": "capped"}, "level": "warning", "message": text(words)})
    return {
        "executionSuccessful": report.exit_code != 2,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }


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
