"""The raw shape of one standard's rules -> model, each checked so that what loads can be evaluated."""

from __future__ import annotations

from collections.abc import Mapping

from communitycheck.errors import RuleFileError, together
from communitycheck.model.aggregates import aggregates_of, entities_below
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import (
    Node,
    is_group,
    names_in,
    show,
)
from communitycheck.model.standard import Remark, Rule, Threshold
from communitycheck.model.text import Text
from communitycheck.standards.classes import dues_of, severities_of
from communitycheck.standards.entities import unknown_entity
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.shape_parts import TextIn
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.group_parts import check_group_part, group_without_by, levels_of_all
from communitycheck.standards.language.any_value import with_any_value
from communitycheck.standards.meets import check_meets
from communitycheck.standards.own_words import explainable_of, own_words
from communitycheck.standards.raw_rule import RawRule
from communitycheck.standards.rule_faults import lacking, rule_faults
from communitycheck.standards.rule_units import settled_where, units_of_rule
from communitycheck.standards.thresholds import check_whole, compile_threshold, plausible_of, tolerance_of


def compile_rules(raws: list[RawRule], standard: str, formulas: Formulas, faults: FaultList) -> tuple[Rule, ...]:
    """All rules of one standard; of those that cannot be compiled ``faults`` takes everything that is wrong."""
    rules: list[Rule] = []
    for raw in raws:
        first: RuleFileError | None = None
        try:
            if not raw.damaged:
                rules.append(compile_rule(raw, standard, formulas))
                continue
        except RuleFileError as error:
            first = error
        faults.note(*rule_faults(raw, formulas, first))
    # A rule that was left out would only be missed here.
    if len(rules) == len(raws):
        with faults.noted():
            check_meets(tuple(rules), {r.id: r for r in raws})
        by_id = {rule.id: rule for rule in rules}
        for rule, raw in zip(rules, raws, strict=True):
            with faults.noted():
                _check_kind_below(rule, raw, by_id, formulas)
    return tuple(rules)


def compile_rule(raw: RawRule, standard: str, formulas: Formulas) -> Rule:
    """One rule.

    Raises:
        RuleFileError: with file, line and key.
    """
    body = raw.body
    if missing := lacking(raw):
        raise together(missing)
    assert body.title is not None and body.applies_to is not None
    if body.applies_to not in formulas.dictionary.entities:
        code, values = unknown_entity(body.applies_to, formulas.dictionary.entities)
        raise raw.fault(code, "applies_to", **values)
    if body.manual is not None:
        return _manual(raw, standard, body.title, formulas)
    assert body.indicator is not None
    by = tuple(dict.fromkeys(body.by or ()))
    where = None if body.where is None else formulas.expression(raw, "where", body.where, truth=True)
    if where is not None and is_group(where):
        raise raw.fault("rule-where-group", "where")
    indicator = with_any_value(formulas.expression(raw, "indicator", body.indicator), formulas.dictionary)
    threshold = compile_threshold(raw, indicator, formulas)
    _check_grouping(raw, by, indicator, threshold, formulas)
    units = units_of_rule(raw, indicator, threshold, formulas)
    check_whole(raw, units)
    remarks: list[Remark] = []
    if where is not None:
        where, said = settled_where(raw, where, formulas)
        remarks += said
    severity, severities = severities_of(raw, formulas, remarks)
    due, dues = dues_of(raw, formulas, remarks)
    return Rule(
        id=raw.id,
        standard=standard,
        title=_text(body.title),
        clause=body.clause or "",
        applies_to=body.applies_to,
        severity=severity,
        where=where,
        by=by,
        indicator=units.indicator,
        threshold=units.threshold,
        unit=units.unit,
        dimension=units.dimension,
        tolerance=tolerance_of(raw, by, units, formulas),
        plausible=plausible_of(raw, units, formulas),
        lever=formulas.lever(raw),
        due=due,
        severities=severities,
        dues=dues,
        note=_text(body.note),
        message=own_words(raw, "message"),
        advice=own_words(raw, "advice"),
        explainable=explainable_of(raw),
        layer=raw.layer,
        entries=tuple(body.entries or ()),
        remarks=(*remarks, *units.remarks),
        file=raw.file.name,
        line=raw.line() or 0,
    )


def _manual(raw: RawRule, standard: str, title: TextIn, formulas: Formulas) -> Rule:
    body = raw.body
    of_judged = ("indicator", "where", "message", "advice", "explainable")
    extra = [*(key for key in of_judged if getattr(body, key, None) is not None), *body.compared]
    if extra:
        raise raw.fault("rule-manual-extra", extra[0], name=extra[0])
    assert body.applies_to is not None
    return Rule(
        id=raw.id,
        standard=standard,
        title=_text(title),
        clause=body.clause or "",
        applies_to=body.applies_to,
        severity=severities_of(raw, formulas)[0],
        due=dues_of(raw, formulas)[0],
        note=_text(body.note),
        layer=raw.layer,
        manual=_text(body.manual),
        entries=tuple(body.entries or ()),
        file=raw.file.name,
        line=raw.line() or 0,
    )


def _check_grouping(
    raw: RawRule, by: tuple[str, ...], indicator: Node, threshold: Threshold, formulas: Formulas
) -> None:
    """Aggregates go with ``by``, and inside them alone may a rule over groups read fields; what its regions are called
    stands outside them."""
    key = threshold.comparison.key
    parts = [("indicator", indicator), *((key, limit.value) for limit in threshold.limits)]
    if threshold.upper is not None:
        parts.append((key, threshold.upper))
    if threshold.comparison.form == "items":
        return  # all records of a group name the items together
    if by and not is_group(indicator) and not set(names_in(indicator)) & levels_of_all(by):
        raise raw.fault("rule-by-without-aggregate", "by")
    for key, node in parts:
        if not by and is_group(node) and raw.body.applies_to not in REGION_LEVELS:
            raise group_without_by(raw, key, node, formulas)
        if by:
            check_group_part(raw, key, node, by, formulas)


def _check_kind_below(rule: Rule, raw: RawRule, rules: Mapping[str, Rule], formulas: Formulas) -> None:
    """Of one kind of record alone can the aggregates of a region's rule be."""
    if calls := aggregates_of(rule):
        kinds = entities_below(rule, calls, formulas.dictionary, rules)
        if len(kinds) > 1:
            raise raw.fault("rule-aggregate-kind", formula=show(calls[0]), kinds=", ".join(kinds), first=kinds[0])


def _text(raw: TextIn | None) -> Text:
    return Text(raw.zh, raw.en) if raw is not None else Text()
