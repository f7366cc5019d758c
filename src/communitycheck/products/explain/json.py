"""What ``explain`` found as JSON, schema ``communitycheck-explain/1`` (``explain-1.json``)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.expression import show
from communitycheck.model.result import OUTCOMES, Outcome
from communitycheck.products.explain.explanation import (
    Change,
    Explained,
    Explanation,
    Group,
    Input,
    Remedy,
    Value,
    Worked,
)
from communitycheck.products.explain.words import Words
from communitycheck.reporting.json_objects import (
    Object,
    array,
    line,
    notice_object,
    place_object,
    subject_object,
    told,
    unread_object,
)
from communitycheck.reporting.score_objects import score_line
from communitycheck.reporting.waivers.objects import excuse_object
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "communitycheck-explain/1"


def explanation_json(found: Explained, lang: Lang) -> Iterator[str]:
    """The explanations, a line each."""
    wording = Wording(lang, found.dictionary, found.standards, found.as_of, [e.rule for e in found.explanations])
    kind = "subject" if found.subject is not None else "rule" if found.judged else "verdict"
    run = {
        "version": found.version,
        "as_of": found.as_of.isoformat(),
        "as_of_from": found.as_of_from,
        "lang": lang,
        "returns": list(found.paths),
        "standards": [s.id for s in found.standards],
        "waivers": None if found.waivers is None else found.waivers.path,
    }
    yield f'{{"schema": "{SCHEMA}",\n'
    yield f'"run": {line(run)},\n'
    yield f'"kind": "{kind}",\n'
    subject = None if found.subject is None else line(subject_object(found.subject))
    yield f'"subject": {subject or "null"},\n'
    if found.region:
        yield f'"region": {line(found.region)},\n'
    yield from array("rules", (_counts(j.result.rule.id, j.result.rule.standard, j.counts()) for j in found.judged))
    yield from array("explanations", (_explanation(e, found, wording) for e in found.explanations))
    if found.scores:
        yield from array("scored", (score_line(sheet, i, sheet.subjects.subject(i), lang) for sheet, i in found.scores))
    yield from array("unread", (unread_object(e, wording) for e in found.unread), last=True)
    yield "}\n"


def _counts(rule: str, standard: str, counts: Mapping[Outcome, int]) -> Object:
    return {"rule": rule, "standard": standard, "outcomes": {o.word: counts[o] for o in OUTCOMES}}


def _explanation(one: Explanation, found: Explained, wording: Wording) -> Object:
    words = Words(one, wording, found)
    threshold = None
    if one.rule.threshold is not None:
        threshold = {
            "comparison": one.rule.threshold.comparison.key,
            "value": None if one.required is None else _worked(one.required, words),
            "upper": None if one.upper is None else _worked(one.upper, words),
            "tolerance": clean(one.slack) if one.rule.tolerance is not None else None,
            "limits": [
                {
                    "expression": show(limit.value),
                    "from": limit.start.isoformat() if limit.start else None,
                    "clause": limit.clause or None,
                    "in_force": limit is one.limit,
                }
                for limit in one.limits
            ],
        }
    items = one.rule.threshold.items if one.rule.threshold is not None else ()
    return {
        "rule": _rule(one, words),
        "verdict": _verdict(one, words),
        "not_checked": [
            {"field": w.key, "label": words.wanted_label(w), "headers": list(w.headers)} for w in one.wanted
        ]
        or None,
        "scope": {
            "in_scope": one.in_scope,
            "condition": None if one.where is None else show(one.where),
            "conditions": [
                {
                    "expression": show(c.node),
                    "condition": words.rule_words.condition(c.node, one.rule.applies_to),
                    "holds": words.truth(c.value),
                }
                for c in one.scope
            ],
        },
        "indicator": None if one.expression is None else _worked(one.expression, words),
        "threshold": threshold,
        "inputs": [_input(i, words) for i in one.inputs],
        "group": None if one.group is None else _group(one.group, words),
        "items": {
            "wanted": list(items),
            "present": list(one.items_present),
            "missing": [x for x in items if x not in one.items_present],
        }
        if items
        else None,
        "remedies": [_remedy(r) for r in one.remedies],
        "error": one.error or None,
    }


def _rule(one: Explanation, words: Words) -> Object:
    rule, lang = one.rule, words.wording.lang
    source = one.layers[0].standard.source if one.layers else one.standard.source
    return {
        "id": rule.id,
        "standard": rule.standard,
        "layer": rule.layer or rule.standard,
        "title": rule.title.in_lang(lang),
        "severity": rule.severity,
        "clause": rule.clause,
        "document": {
            "title": source.document,
            "issuer": source.issuer or None,
            "date": source.date.isoformat() if source.date else None,
        },
        "entity": rule.applies_to,
        "by": list(rule.by),
        "unit": rule.unit,
        "due": rule.due.isoformat() if rule.due else None,
        "note": rule.note.in_lang(lang) or None,
        "manual": rule.manual.in_lang(lang) if rule.manual is not None else None,
        "layers": [
            {
                "standard": x.standard.id,
                "place": x.standard.jurisdiction.name,
                "clause": x.rule.clause,
                "threshold": RuleWords(words.wording, x.standard, words.found.as_of).threshold(x.rule) or None,
            }
            for x in one.layers
        ],
        "parameters": [
            {
                "name": p.name,
                "value": clean(p.value),
                "unit": p.unit or ("ratio" if p.dimension == "ratio" else ""),
                "clause": p.clause,
                "layer": p.layer,
                "from": p.since.isoformat() if p.since else None,
                "next": None
                if p.following is None
                else {"from": p.following[0].isoformat(), "value": clean(p.following[1])},
                "switch": p.switch,
                "note": p.note.in_lang(lang) or None,
            }
            for p in one.parameters
        ],
    }


def _verdict(one: Explanation, words: Words) -> Object | None:
    v = one.verdict
    if v is None:
        return None
    add = v.add if v.add is not None and math.isfinite(v.add) else None
    unit = one.add_unit or words.wording.unit_of(v.rule.lever or "", v.rule.standard)
    return {
        "outcome": v.outcome.word,
        "reason_code": v.reason.name.lower(),
        "reason": words.wording.reason(v, words.wording.figures(v, one.add_unit)),
        "subject": subject_object(v.subject),
        "observed": told(v.observed, v.rule.unit),
        "required": told(words.wording.required(v), v.rule.unit),
        "unit": v.rule.unit,
        "shortfall": words.wording.shortfall(v),
        "lever": None if add is None else {"field": v.rule.lever, "add": clean(add), "unit": unit},
        "at": None if v.at is None else {**_at(v.at), "cells": list(v.cells)},
        "waiver": None if v.waiver is None else excuse_object(v.waiver, words.found.as_of),
        "lapsed_waiver": None if v.lapsed is None else excuse_object(v.lapsed, words.found.as_of),
    }


def _worked(worked: Worked, words: Words) -> Object:
    """An expression as the rule writes it, by name, with its numbers in, and step by step."""
    arithmetic, unit = words.arithmetic, words.one.rule.unit
    steps = arithmetic.chain(worked, unit)
    return {
        "expression": show(worked.node),
        "names": arithmetic.names(worked),
        "with_values": steps[0],
        "steps": steps[1:],
        "value": _value(worked.value, worked.unit),
        "void": worked.void or None,
    }


def _value(value: Value, unit: str = "") -> object:
    return value if isinstance(value, str) else told(value, unit)


def _input(one: Input, words: Words) -> Object:
    return {
        "field": one.key,
        "label": words.label(one.key),
        "value": _value(one.value, one.unit),
        "unit": one.unit,
        "state": one.state.name.lower(),
        "at": None if one.at is None else _at(one.at),
        "written": one.written,
        "private": one.private,
        "header": one.header or None,
        "factor": clean(one.factor),
        "half_step": clean(one.half_step),
        "intervals": [{"text": text, "hours": clean(hours)} for text, hours in one.intervals],
        "notices": [notice_object(n, words.wording) for n in one.notices],
        "derived": None if one.derived is None else _worked(one.derived, words),
        "parts": [_input(part, words) for part in one.parts],
        "kind": one.kind or None,
        "before": None if one.before is None else _input(one.before, words),
    }


def _at(at: Address) -> Object:
    return {**place_object(at), "cell": at.cell}


def _group(group: Group, words: Words) -> Object:
    return {
        "aggregates": [
            {
                "expression": show(a.node),
                "names": words.arithmetic.names(Worked(a.node, None)),
                "value": _value(a.value),
                "numerator": None if a.numerator is None else [clean(x) for x in a.numerator],
                "denominator": clean(a.denominator),
                "blanks": a.blanks,
            }
            for a in group.aggregates
        ],
        "standings": {s.value: n for s, n in group.standings.items()},
        "total": sum(group.standings.values()),
        "outside": group.outside,
        "unsure": group.unsure,
        "exempt": group.exempt,
        "again": group.again,
        "members": [
            {
                "subject": subject_object(m.subject),
                "standing": m.standing.value,
                "values": [_value(v) for v in m.values],
                "unused": [None if figure is None else clean(figure) for figure in m.unused],
                "impossible": [
                    {
                        "rule": one.by.rule,
                        "standard": one.by.standard,
                        "reason": words.wording.impossible(one, words.one.rule.standard),
                        "figures": [{"field": key, "cell": cell or None} for key, cell in one.figures],
                    }
                    for one in m.impossible
                ],
                "troubled": [{"field": k, "state": s.name.lower(), "cell": cell or None} for k, s, cell in m.troubled],
                "unmet": [{"rule": r, "outcome": o.word} for r, o in m.unmet],
                "at": None if m.at is None else {**_at(m.at), "cells": list(m.cells)},
            }
            for m in group.members
        ],
        "listed": len(group.members),
    }


def _remedy(one: Remedy) -> Object:
    return {
        "kind": one.kind,
        "observed": _value(one.observed),
        "required": _value(one.required),
        "changes": [_change(c) for c in one.changes],
        "items": list(one.items),
        "n": clean(one.n),
        "field": one.key or None,
        "unit": one.unit,
    }


def _change(one: Change) -> Object:
    return {
        "field": one.key,
        "now": _value(one.now),
        "to": _value(one.to),
        "unit": one.unit,
        "how": one.how,
    }
