"""What ``compare`` found as SARIF 2.1.0: the fails that are new or worse, for code scanning.

A result has the fingerprint that it has in the SARIF of ``check``, and says by ``baselineState`` whether it is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from communitycheck.errors import ReturnError
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.new_fail_lines import (
    GatedRule,
    NewFail,
    gated_rules,
    name_in_words,
    sentence,
    totals_in_words,
)
from communitycheck.products.compare.words import ChangeWords
from communitycheck.reporting.ci.sarif_log import RESULTS, fingerprint, location, notification, sarif_log, text, uri
from communitycheck.reporting.json_objects import Object
from communitycheck.reporting.words.numbers import count


def compare_sarif(
    found: ComparedRuns, words: ChangeWords, unread: tuple[ReturnError, ...], *, every: bool
) -> Iterator[str]:
    """The log in pieces; 25,000 results at most unless ``every``."""
    rules, most = gated_rules(found), None if every else RESULTS
    index = {id: number for number, id in enumerate(dict.fromkeys(one.id for one in rules))}
    results = (_result(line, one, index[one.id], words) for one in rules for line in one.lines(found))
    return sarif_log(
        _rules(rules, words),
        _invocation(found, rules, words, unread, most),
        _properties(found, rules, words),
        islice(results, most),
        words.wording.lang,
    )


def _rules(rules: list[GatedRule], words: ChangeWords) -> list[Object]:
    described: dict[str, Object] = {}
    for one in rules:
        rule = one.one.changes.rule
        described.setdefault(one.id, {
            "id": one.id,
            "shortDescription": text(rule.title.in_lang(words.wording.lang) or rule.key.rule),
            "defaultConfiguration": {"level": _level(one)},
            "properties": {"standard": rule.key.standard, "severity": rule.severity},
        })  # fmt: skip
    return list(described.values())


def _result(line: NewFail, one: GatedRule, index: int, words: ChangeWords) -> Object:
    subject, told = line.line.subject, line.line
    return {
        "ruleId": one.id,
        "ruleIndex": index,
        "kind": "fail",
        "level": _level(one),
        "message": text(sentence(line, words, place=False)),
        "locations": [location(line.at, name_in_words(line, words))],
        "partialFingerprints": {"subject/v1": fingerprint(one.id, subject, line.at)},
        "baselineState": "updated" if line.worse else "new",
        "properties": {
            "before": line.before.outcome if line.before is not None else None,
            "trend": told.trend.word if line.worse else None,
            "cause": told.cause.word if told.cause.value else None,
        },
    }


def _level(one: GatedRule) -> str:
    return "error" if one.binding else "note"


def _invocation(
    found: ComparedRuns, rules: list[GatedRule], words: ChangeWords, unread: tuple[ReturnError, ...], most: int | None
) -> Object:
    notifications = [
        notification(
            error.code, "error", words.wording.error(error),
            locations=[{"physicalLocation": {"artifactLocation": {"uri": uri(error.path)}}}],
        )
        for error in unread
    ]  # fmt: skip
    grave = {words.say(code) for code in ("compare-why-not-comparable", "compare-no-answer")}
    for remark in words.remarks():
        notifications.append(notification("comparison", "error" if remark in grave else "note", remark))
    for one in rules:
        if one.lost:
            said = totals_in_words(one, words)
            notifications.append(notification("no-longer-checked", "warning", said, associatedRule={"id": one.id}))
    listed = sum(len(one.places) for one in rules)
    if most is not None and listed > most:
        said = words.say("more-results", limit=count(most), n=count(listed - most))
        notifications.append(notification("capped", "warning", said))
    return {
        "executionSuccessful": found.exit_code != 2,
        "exitCode": found.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _properties(found: ComparedRuns, rules: list[GatedRule], words: ChangeWords) -> Object:
    return {
        "before": words.side(found.before),
        "after": words.side(found.after),
        "asOf": found.after.day.isoformat(),
        "comparable": found.comparable,
        "new": sum(one.new for one in rules),
        "worse": sum(one.worse for one in rules),
    }
