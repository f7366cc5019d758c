"""One rule on a card: what it checks, its threshold, source, fields, reading, edge cases and layers.

The card is the one source of ``rules show`` (text and JSON) and of the reference pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Name, Node, Number, show
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.folding import fold
from communitycheck.model.report import Gate
from communitycheck.model.standard import OfClass, Parameter, RelativeTolerance, Rule, Severity, Standard
from communitycheck.model.text import Text
from communitycheck.printable import one_line
from communitycheck.products.rulebook.facts import (
    FieldNeed,
    Layers,
    edge_cases,
    fields_needed,
    layers_of,
    parameters_used,
    unit_in_words,
)
from communitycheck.reporting.words.numbers import clean, stated
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording
from communitycheck.reporting.words.tables import table_lines, table_object, tables_of


class Section(Struct, frozen=True):
    """One aspect of a rule. ``key`` is the same in both languages."""

    key: str
    title: str
    lines: tuple[str, ...]


class Card(Struct, frozen=True):
    """A rule in one language, section by section in reading order; empty sections are left out."""

    rule: Rule
    standard: Standard
    heading: str
    sections: tuple[Section, ...]
    needs: tuple[FieldNeed, ...]
    words: RuleWords
    layers: Layers

    def lines(self, key: str) -> tuple[str, ...]:
        return next((s.lines for s in self.sections if s.key == key), ())


def card(rule: Rule, standard: Standard, standards: Sequence[Standard], dictionary: Dictionary, lang: Lang) -> Card:
    """The card of one rule as ``standard`` has it; ``standards`` are searched for its other layers."""
    words = RuleWords(Wording(lang, dictionary, [standard]), standard)
    layers = layers_of(rule, standard, standards)
    parts = {
        "check": [words.check(rule)],
        "manual": [one_line(rule.manual.in_lang(lang))] if rule.manual is not None else [],
        "threshold": threshold_lines(rule, words),
        "due": words.dues(rule),
        "severity": severity_lines(rule, words),
        "message": _own_words(rule.message, lang),
        "advice": _own_words(rule.advice, lang),
        "clause": [clause_line(rule, standard, words)],
        "lever": _lever(rule, words),
        "parameters": [_parameter(standard.parameters[n], words) for n in parameters_used(rule, standard)],
        "tables": [line for table in tables_of(rule) for line in table_lines(table, words)],
        "reading": [one_line(rule.note.in_lang(lang))] if rule.note.in_lang(lang) else [],
        "edges": edge_cases(rule, standard, dictionary, words),
        "layers": _layers(layers, rule, standard, dictionary, lang, words),
        "entries": [words.wording.listed(rule.entries)] if rule.entries else [],
    }
    sections = tuple(
        Section(key, words.say(f"card-{key}"), tuple(one_line(x) for x in lines))
        for key, lines in parts.items()
        if lines
    )
    needs = tuple(fields_needed(rule, standard, dictionary)) if rule.manual is None else ()
    return Card(rule, standard, f"{rule.id}  {words.wording.rule_title(rule)}", sections, needs, words, layers)


def _own_words(text: Text | None, lang: Lang) -> list[str]:
    return [] if text is None else [one_line(text.in_lang(lang))]


def threshold_lines(rule: Rule, words: RuleWords) -> list[str]:
    """The threshold with its unit, a line for each date from which one applies."""
    threshold = rule.threshold
    if threshold is None:
        return []
    if threshold.comparison.kind != "number":
        line = words.threshold(rule)
        items = words.wording.listed(threshold.items)
        return [line + (words.say("brackets", text=items) if items else "")]
    lines = []
    for limit in threshold.limits:
        text = words.limit(rule, limit)
        if not isinstance(fold(limit.value, words.parameter), Number) and rule.unit not in ("", "ratio", DATE):
            text += words.say(
                "brackets", text=words.say("card-unit", unit=unit_in_words(rule.unit, words.wording.lang))
            )
        if limit.start is not None:
            text = words.say("card-from", start=limit.start.isoformat(), text=text)
        if limit.clause:
            text += words.say("brackets", text=limit.clause)
        lines.append(text)
    return lines


def severity_lines(rule: Rule, words: RuleWords) -> list[str]:
    """How binding the rule is and what a fail does to the exit code, for each class of subjects."""
    found = []
    values = [one.value for one in rule.severities] or [rule.severity]
    for text, severity in zip(words.severities(rule), values, strict=True):
        code = "card-exit-1" if Gate().holds(severity) else "card-exit-0"
        code = "card-exit-manual" if rule.manual is not None else code
        found.append(text + words.say("brackets", text=words.say(code, severity=severity)))
    return found


def clause_line(rule: Rule, standard: Standard, words: RuleWords) -> str:
    source = standard.source
    day = source.date.isoformat() if source.date is not None else ""
    facts = [words.say("card-document", title=source.document), source.issuer, day]
    return words.say("comma").join(f for f in (rule.clause, *facts) if f)


def _lever(rule: Rule, words: RuleWords) -> list[str]:
    if rule.lever is None:
        return []
    label = words.wording.label(rule.lever, words.standard.id)
    if rule.indicator == Name(rule.lever):
        return [words.say("card-lever-same", field=label)]
    return [
        words.say(
            "card-lever-field", field=label, unit=unit_in_words(words.wording.unit_of(rule.lever), words.wording.lang)
        )
    ]


def _parameter(parameter: Parameter, words: RuleWords) -> str:
    lang = words.wording.lang
    values = [
        stated(value, parameter.unit, lang)
        if start is None
        else words.say("card-from", start=start.isoformat(), text=stated(value, parameter.unit, lang))
        for start, value in parameter.values
    ]
    text = f"{parameter.name} = {words.say('semicolon').join(values)}"
    facts = [parameter.clause, parameter.layer if parameter.layer != words.standard.id else ""]
    listed = words.say("comma").join(f for f in facts if f)
    text += words.say("brackets", text=listed) if listed else ""
    note = parameter.note.in_lang(lang)
    return words.say("card-noted", text=text, note=note) if note else text


def _layers(
    layers: Layers, rule: Rule, standard: Standard, dictionary: Dictionary, lang: Lang, words: RuleWords
) -> list[str]:
    lines = []
    if len(layers.versions) > 1 or rule.layer != standard.id:
        for other, version in layers.versions:
            its = RuleWords(Wording(lang, dictionary, [other]), other)
            lines.append(
                words.say(
                    "card-layer-here" if version.layer == rule.layer else "card-layer",
                    standard=other.id,
                    place=other.jurisdiction.name,
                    clause=version.clause,
                    threshold=its.threshold(version) or words.say("outcome-manual"),
                )
            )
    if layers.heirs:
        lines.append(words.say("card-heirs", standards=words.wording.listed(s.id for s in layers.heirs)))
    return lines


def card_object(one: Card, lang: Lang) -> dict[str, object]:
    """The card for machines."""
    rule, standard, words = one.rule, one.standard, one.words
    threshold = rule.threshold
    limits = [] if threshold is None else threshold.limits
    return {
        **rule_object(rule, standard, words),
        "document": standard.source.document,
        "issuer": standard.source.issuer,
        "date": standard.source.date.isoformat() if standard.source.date else None,
        "jurisdiction": {"code": standard.jurisdiction.code, "name": standard.jurisdiction.name},
        "where": None if rule.where is None else show(rule.where),
        "indicator": None if rule.indicator is None else show(rule.indicator),
        "comparison": None if threshold is None else threshold.comparison.key,
        "limits": [
            {
                "from": limit.start.isoformat() if limit.start else None,
                "formula": show(limit.value),
                "value": _value(limit.value, words),
            }
            for limit in limits
        ],
        "upper": None if threshold is None or threshold.upper is None else _value(threshold.upper, words),
        "items": [] if threshold is None else list(threshold.items),
        "tolerance": _tolerance(rule),
        "plausible": None if rule.plausible is None else [clean(x) for x in rule.plausible],
        "lever": rule.lever,
        "exit_code": 1 if rule.manual is None and Gate().holds(rule.severity) else 0,
        "message": next(iter(_own_words(rule.message, lang)), None),
        "advice": next(iter(_own_words(rule.advice, lang)), None),
        "reading": rule.note.in_lang(lang) or None,
        "parameters": [_parameter_object(standard.parameters[n], lang) for n in parameters_used(rule, standard)],
        "tables": [table_object(table, words) for table in tables_of(rule)],
        "fields": [_field_object(n, words) for n in one.needs],
        "edge_cases": list(one.lines("edges")),
        "layers": [
            {
                "standard": other.id,
                "clause": version.clause,
                "threshold": RuleWords(Wording(lang, words.wording.dictionary, [other]), other).threshold(version),
            }
            for other, version in one.layers.versions
        ],
        "inherited_by": [s.id for s in one.layers.heirs],
    }


def rule_object(rule: Rule, standard: Standard, words: RuleWords) -> dict[str, object]:
    """What a list tells of a rule, for machines."""
    return {
        "id": rule.id,
        "standard": standard.id,
        "layer": rule.layer,
        "title": words.wording.rule_title(rule),
        "entity": rule.applies_to,
        "by": list(rule.by),
        "severity": rule.severity,
        "severities": [_class_object(one) for one in rule.severities],
        "check": words.check(rule),
        "threshold": words.threshold(rule) or None,
        "unit": rule.unit or None,
        "due": rule.due.isoformat() if rule.due else None,
        "dues": [_class_object(one) for one in rule.dues],
        "clause": rule.clause,
        "manual": None if rule.manual is None else one_line(rule.manual.in_lang(words.wording.lang)),
        "entries": list(rule.entries),
    }


def _class_object(one: OfClass[Severity] | OfClass[date]) -> dict[str, object]:
    return {"where": None if one.where is None else show(one.where), "value": str(one.value)}


def _value(node: Node, words: RuleWords) -> float | None:
    folded = fold(node, words.parameter)
    return clean(folded.value) if isinstance(folded, Number) else None


def _parameter_object(parameter: Parameter, lang: Lang) -> dict[str, object]:
    return {
        "name": parameter.name,
        "values": [{"from": d.isoformat() if d else None, "value": clean(v)} for d, v in parameter.values],
        "unit": parameter.unit or None,
        "clause": parameter.clause,
        "layer": parameter.layer,
        "note": parameter.note.in_lang(lang) or None,
    }


def _field_object(need: FieldNeed, words: RuleWords) -> dict[str, object]:
    field = need.field
    return {
        "field": field.key,
        "label": words.wording.label(field.key, words.standard.id),
        "type": field.type,
        "unit": field.unit or None,
        "need": need.need,
        "headings": list(field.aliases),
        "other_headings": list(field.not_aliases),
        "range": [clean(field.low), clean(field.high)],
        "derived": None if field.derived is None else show(field.derived),
        "same_column": field.same_column,
    }


__all__ = ["Card", "Section", "card", "card_object", "rule_object"]


def _tolerance(rule: Rule) -> object:
    if isinstance(rule.tolerance, RelativeTolerance):
        return {"of_limit": clean(rule.tolerance.share)}
    return rule.tolerance if isinstance(rule.tolerance, str) else clean(rule.tolerance)
