"""What ``compare`` found as JSON, schema ``communitycheck-compare/1`` (``compare-1.json``)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.table import Ints
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns, renamed
from communitycheck.planning.compare.pairs import UNMATCHED_BAR, KindPairs
from communitycheck.planning.compare.side import RunSide
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.products.compare.lines import ChangeLine, Stand, alone_lines, change_lines, sides_of
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
        "exit_code": found.exit_code,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield from array("subjects", (_kind(one, found) for one in found.pairs.values()))
    yield from array("rules", (_rule(one, wording) for one in found.rules))
    yield from array("changes", (_change(one) for rule in found.rules for one in _changes(found, rule)))
    for come in (False, True):
        yield from array(
            "come" if come else "gone",
            (
                {"subject": subject_object(one.subject), "group": one.kind.group, "failed": one.failed}
                for one in alone_lines(found, come=come)
            ),
        )
    yield from array("renamed", _renamed(found))
    yield from array("questions", _questions(found))
    yield from array("several", _several(found))
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
    }


def _kind(pairs: KindPairs, found: ComparedRuns) -> Object:
    matched = pairs.matched
    return {
        "entity": pairs.kind.entity,
        "group": pairs.kind.group,
        "before": len(pairs.before),
        "after": len(pairs.after),
        "matched": {rung.word: pairs.count(rung) for rung in Rung if rung is not Rung.NONE},
        "merged_or_split": [int(pairs.parts.sum()), int(pairs.parts_after.sum())],
        "gone": int(pairs.gone.sum()),
        "come": int(pairs.come.sum()),
        "several": [int(matched.several.sum()), int(matched.several_there.sum())],
        "questions": len(matched.questions),
        "unmatched": None if found.in_part else clean(pairs.unmatched),
        "comparable": None if found.in_part else pairs.comparable,
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
        "better": changes.count(VerdictChange.STILL_FAILING, Trend.BETTER),
        "worse": changes.count(VerdictChange.STILL_FAILING, Trend.WORSE),
        "causes": {cause.word: int(np.count_nonzero(one.cause == int(cause))) for cause in ChangeCause if cause.value},
        "comparable": one.comparable,
    }


def _changes(found: ComparedRuns, rule: ComparedRule) -> Iterator[ChangeLine]:
    return change_lines(found, rule, rule.changes.told())


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


def _renamed(found: ComparedRuns) -> Iterator[Object]:
    for kind, pairs in found.pairs.items():
        here = renamed(pairs)
        for k, (before, after) in zip(
            here.tolist(), sides_of(found, kind, here, pairs.matched.found[here]), strict=True
        ):
            how = Rung(int(pairs.matched.how[k])).word
            yield {"before": subject_object(before), "after": subject_object(after), "by": how}


def _questions(found: ComparedRuns) -> Iterator[Object]:
    for kind, pairs in found.pairs.items():
        asked = pairs.matched.questions
        here, there = (np.array(rows, np.int32) for rows in ([q.here for q in asked], [q.there for q in asked]))
        for question, (before, after) in zip(asked, sides_of(found, kind, here, there), strict=True):
            yield {"before": subject_object(before), "after": subject_object(after), "why": question.why.word}


def _several(found: ComparedRuns) -> Iterator[Object]:
    for pairs in found.pairs.values():
        for side, table, mask in (
            ("before", pairs.before, pairs.matched.several),
            ("after", pairs.after, pairs.matched.several_there),
        ):
            rows: Ints = np.flatnonzero(mask).astype(np.int32)
            for one in subjects_at(table, rows):
                yield {"side": side, "subject": subject_object(one)}
