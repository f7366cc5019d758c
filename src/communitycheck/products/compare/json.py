"""What ``compare`` found as JSON, schema ``communitycheck-compare/1`` (``compare-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns
from communitycheck.planning.compare.pairs import UNMATCHED_BAR
from communitycheck.planning.compare.side import RunSide
from communitycheck.products.compare.lines import ChangeLine, OnOneSide, Stand, alone_lines, change_lines, failing_come
from communitycheck.products.pairs_json import kind_object, question_objects, renamed_objects, several_objects
from communitycheck.reporting.json_objects import Object, array, line, subject_object, told
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording
from communitycheck.version import __version__

SCHEMA = "communitycheck-compare/1"
COUNTED = [change for change in VerdictChange if change is not VerdictChange.SAME]


def compare_json(found: ComparedRuns, wording: Wording) -> Iterator[str]:
    """Subjects, rules, and every change, a line each."""
    run = {
        "version": __version__,
        "lang": wording.lang,
        "before": _side(found.before),
        "after": _side(found.after),
        "judged_between": found.judged_between,
        "unmatched_bar": UNMATCHED_BAR,
        "comparable": found.comparable,
        "in_reverse": found.in_reverse,
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("subjects", (kind_object(one, in_part=found.in_part) for one in found.pairs.values()))
    yield from array("rules", (_rule(one, wording) for one in found.rules))
    yield from array("changes", (_change(one) for rule in found.rules for one in _changes(found, rule)))
    yield from array("failing_come", (one for rule in found.rules for one in _failing_come(found, rule)))
    for where in OnOneSide:
        yield from array(
            where.value,
            (
                {"subject": subject_object(one.subject), "group": one.kind.group, "failed": one.failed}
                for one in alone_lines(found, where)
            ),
        )
    yield from array("renamed", (one for pairs in found.pairs.values() for one in renamed_objects(pairs)))
    yield from array("questions", (one for pairs in found.pairs.values() for one in question_objects(pairs)))
    yield from array("several", (one for pairs in found.pairs.values() for one in several_objects(pairs)))
    yield from array(
        "renames_not_used",
        ({"line": one.rename.line, "why": one.why.replace("-", "_")} for one in found.unused),
        last=True,
    )
    yield "}\n"


def _side(side: RunSide) -> Object:
    return {
        "path": side.shown,
        "as_of": side.day.isoformat(),
        "standards": [standard for standard, _ in side.standards],
        "only_what_did_not_pass": side.in_part,
        "unread": side.unread,
        "incomplete": {cause.replace("-", "_"): n for cause, n in side.open.items()},
    }


def _rule(one: ComparedRule, wording: Wording) -> Object:
    changes = one.changes
    return {
        "rule": changes.key.rule,
        "standard": changes.key.standard,
        "entity": changes.key.entity,
        "title": changes.rule.title.in_lang(wording.lang),
        "severity": changes.rule.severity,
        "rule_changed": one.another,
        **{change.word: changes.count(change) for change in COUNTED},
        **{f"failing_{where}": len(changes.failing_alone(later=where == "come")) for where in ("come", "gone")},
        "better": changes.count(VerdictChange.STILL_FAILING, Trend.BETTER),
        "worse": changes.count(VerdictChange.STILL_FAILING, Trend.WORSE),
        "causes": {cause.word: int(np.count_nonzero(one.cause == int(cause))) for cause in ChangeCause if cause.value},
        "comparable": one.comparable,
    }


def _changes(found: ComparedRuns, rule: ComparedRule) -> Iterator[ChangeLine]:
    return change_lines(found, rule, rule.changes.told())


def _failing_come(found: ComparedRuns, rule: ComparedRule) -> Iterator[Object]:
    key, unit = rule.changes.key, rule.changes.rule.unit
    for subject, now in failing_come(found, rule, rule.changes.failing_alone(later=True)):
        whose = {"rule": key.rule, "standard": key.standard, "subject": subject_object(subject)}
        yield {**whose, "after": _stand(now, unit), "unit": unit}


def _change(one: ChangeLine) -> Object:
    key, unit = one.one.changes.key, one.one.changes.rule.unit
    return {
        "rule": key.rule,
        "standard": key.standard,
        "subject": subject_object(one.subject),
        "was": None if one.was is None else subject_object(one.was),
        "change": one.change.word,
        "trend": None if one.trend is Trend.NONE else one.trend.word,
        "cause": None if one.cause is ChangeCause.NONE else one.cause.word,
        "before": _stand(one.before, unit),
        "after": _stand(one.after, unit),
        "unit": unit,
    }


def _stand(one: Stand, unit: str) -> Object:
    return {
        "outcome": one.outcome,
        "observed": told(one.observed, unit),
        "required": told(one.required, unit),
        "shortfall": clean(one.short),
    }
