"""What ``compare`` found as JUnit XML: a test for each rule, which fails where fails are new or worse.

Fails that were there before, and are no worse, fail no test. A rule that had an answer on a subject and has none now,
though it is there, is an error, and so is what makes the two sides no pair to compare: an error never reads as green.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.model.result import Outcome
from communitycheck.model.table import among
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.new_fail_lines import GatedRule, gated_rules, sentence, totals_in_words
from communitycheck.products.compare.words import ChangeWords
from communitycheck.reporting.ci.junit_xml import JUnitCase, JUnitSuite, State, suites_xml
from communitycheck.reporting.words.numbers import count

SUBJECTS = 100  # named under one failure


def compare_junit(
    found: ComparedRuns, words: ChangeWords, unread: tuple[ReturnError, ...], *, every: bool
) -> Iterator[str]:
    """The suites in pieces; a failure names 100 subjects at most unless ``every``."""
    return suites_xml(_suites(found, words, unread, None if every else SUBJECTS))


def _suites(
    found: ComparedRuns, words: ChangeWords, unread: tuple[ReturnError, ...], most: int | None
) -> Iterator[JUnitSuite]:
    rules, titles = gated_rules(found), dict((*found.before.standards, *found.after.standards))
    for standard in dict.fromkeys(one.one.changes.key.standard for one in rules):
        some = [one for one in rules if one.one.changes.key.standard == standard]
        cases = [_case(found, one, words, most) for one in some]
        said = [words.say("summary-pair", label=words.rule(r.one), value=totals_in_words(r, words)) for r in some
                if not r.binding and len(r.places)]  # fmt: skip
        title = f"{standard} {titles.get(standard, '')}".rstrip()
        yield JUnitSuite(standard, title, found.after.day, cases, _counts(found, some), said)
    yield JUnitSuite(
        "compare", words.say("compare-title"), found.after.day, list(_of_sides(found, words, unread)), [],
        [*(words.say("summary-pair", label=words.say(f"compare-column-{name}"), value=words.side(side))
           for name, side in (("before", found.before), ("after", found.after))), *words.remarks()],
    )  # fmt: skip


def _counts(found: ComparedRuns, rules: list[GatedRule]) -> list[tuple[str, str]]:
    counts = {"new": sum(one.new for one in rules), "worse": sum(one.worse for one in rules)}
    for change in (VerdictChange.FIXED, VerdictChange.STILL_FAILING):
        counts[change.word] = sum(one.one.changes.count(change) for one in rules)
    counts["better"] = sum(one.one.changes.count(VerdictChange.STILL_FAILING, Trend.BETTER) for one in rules)
    counts["without_answer_now"] = sum(one.lost for one in rules)
    days = [("before", found.before.day.isoformat()), ("as-of", found.after.day.isoformat())]
    return [*days, *((f"changes.{word}", str(n)) for word, n in counts.items())]


def _case(found: ComparedRuns, one: GatedRule, words: ChangeWords, most: int | None) -> JUnitCase:
    key, state = one.one.changes.key, _state(found, one)
    severity = one.one.changes.rule.severity
    if state == "passed":
        return JUnitCase(words.rule(one.one), key.standard, state)
    if state == "skipped":
        return JUnitCase(words.rule(one.one), key.standard, state, words.say("compare-gate-skipped"))
    message = totals_in_words(one, words)
    return JUnitCase(words.rule(one.one), key.standard, state, message, severity, _lines(found, one, words, most))


def _state(found: ComparedRuns, one: GatedRule) -> State:
    changes = one.one.changes
    if changes.key[:2] not in found.after.rules:
        return "skipped"
    if one.binding and len(one.places):
        return "failure"
    if one.binding and one.lost:
        return "error"
    answers = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)
    known = changes.after is not None and bool(np.any(among(changes.after.outcome, *answers)))
    return "passed" if known or found.after.in_part else "skipped"


def _lines(found: ComparedRuns, one: GatedRule, words: ChangeWords, most: int | None) -> Iterator[str]:
    for line in one.lines(found, most):
        yield sentence(line, words, place=True)
    if most is not None and len(one.places) > most:
        yield words.say("more-subjects", n=count(len(one.places) - most), option="--details")


def _of_sides(found: ComparedRuns, words: ChangeWords, unread: tuple[ReturnError, ...]) -> Iterator[JUnitCase]:
    """Whether the two sides could be held against each other at all."""
    for error in unread:
        name = words.wording.place(Address(error.path, error.sheet))
        yield JUnitCase(name, "compare", "error", words.wording.error(error), error.code)
    for title, good, why in (
        ("compare-gate-comparable", found.comparable, words.say("compare-why-not-comparable")),
        ("compare-gate-answered", found.answered, words.say("compare-no-answer")),
        ("compare-gate-whole", not found.after.open, words.left_open(found.after)),
    ):
        name = words.say(title)
        yield JUnitCase(name, "compare", "passed") if good else JUnitCase(name, "compare", "error", why, title)
