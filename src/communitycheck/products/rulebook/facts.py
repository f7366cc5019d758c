"""What else there is to say of a rule than its sentence: the fields it needs, its edge cases, its layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
    Binary,
    Call,
    Name,
    Node,
    Number,
    names_in,
    rules_in,
    unanswerable,
    walk,
)
from communitycheck.model.expression.calendar_days import apart
from communitycheck.model.expression.folding import fold
from communitycheck.model.standard import Jurisdiction, RelativeTolerance, Rule, Source, Standard
from communitycheck.model.text import Text
from communitycheck.model.units import shown
from communitycheck.reporting.words.numbers import PERCENT, stated
from communitycheck.reporting.words.rules import RuleWords

Need = Literal["required", "either", "optional", "source"]


class FieldNeed(Struct, frozen=True):
    """A field that a rule reads.

    ``need`` is ``required``, ``either`` (one of several will do), ``optional`` (its absence is provided for) or
    ``source`` (another field is worked out from it where that one is absent).
    """

    field: Field
    need: Need


def _all_nodes(rule: Rule, standard: Standard, trail: tuple[str, ...] = ()) -> list[Node]:
    """The rule's expressions and those of the rules that ``meets`` names."""
    nodes = rule.expressions
    others = {r.id: r for r in standard.rules}
    for other in dict.fromkeys(i for n in nodes for i in rules_in(n)):
        if other in others and other not in trail:
            nodes = nodes + _all_nodes(others[other], standard, (*trail, rule.id))
    return nodes


def fields_needed(rule: Rule, standard: Standard, dictionary: Dictionary) -> list[FieldNeed]:
    """The fields of a rule in the order of their first use; what they are worked out from comes last."""
    known = standard.dictionary_on(dictionary).fields
    nodes = _all_nodes(rule, standard)
    own = [k for k in dict.fromkeys(n for node in nodes for n in names_in(node)) if k in known]
    everything = set(own) | set(standard.parameters)
    required = {k for k in own if any(k in unanswerable(n, everything - {k}) for n in nodes)}
    spare = set(own) - required
    either = {k for k in spare if any(k in unanswerable(n, everything - spare) for n in nodes)}
    found = [FieldNeed(known[k], "required" if k in required else "either" if k in either else "optional") for k in own]
    return found + [FieldNeed(known[k], "source") for k in _sources(own, known) if k not in own]


def _sources(keys: Iterable[str], known: dict[str, Field]) -> list[str]:
    found: list[str] = []
    todo = list(keys)
    while todo:
        derived = known[todo.pop(0)].derived
        for key in names_in(derived) if derived is not None else ():
            if key in known and key not in found:
                found.append(key)
                todo.append(key)
    return found


def parameters_used(rule: Rule, standard: Standard) -> list[str]:
    """Names of the parameters that the rule reads."""
    names = dict.fromkeys(n for node in _all_nodes(rule, standard) for n in names_in(node))
    return [n for n in names if n in standard.parameters]


def edge_cases(rule: Rule, standard: Standard, dictionary: Dictionary, words: RuleWords) -> list[str]:
    """What happens at the threshold, with blanks, a zero denominator, around the deadline and so on."""
    if rule.threshold is None or rule.indicator is None:
        return []
    say = words.say
    lines = _at_the_threshold(rule, words)
    lines += _blanks(rule, standard, dictionary, words)
    lines += _zero_denominators(rule, dictionary, words)
    if rule.plausible is not None:
        low, high = (None if x is None else stated(x, rule.unit, words.wording.lang) for x in rule.plausible)
        span = (
            say("range", low=low, high=high)
            if low and high
            else (say("range-from", low=low) if low else say("range-to", high=high))
        )
        lines.append(say("rule-edge-plausible", range=span))
    if rule.by:
        lines.append(say("rule-edge-empty-group", entities=words.wording.entities(rule.applies_to)))
    else:
        lines.append(say("rule-edge-exempt"))
    if rule.dues:
        lines.append(say("rule-edge-due-classes"))
    elif rule.due is not None:
        lines.append(say("rule-edge-due", due=rule.due.isoformat()))
    if rule.severities:
        lines.append(say("rule-edge-severity-classes"))
    starts = [standard.in_force_from, rule.threshold.limits[0].start]
    known = [s for s in starts if s is not None]
    if known:
        lines.append(say("rule-edge-in-force", start=max(known).isoformat()))
    if standard.in_force_to is not None:
        lines.append(say("rule-edge-out-of-force", end=standard.in_force_to.isoformat()))
    if standard.horizon is not None:
        lines.append(say("rule-edge-horizon", horizon=standard.horizon.isoformat()))
    return lines


def _at_the_threshold(rule: Rule, words: RuleWords) -> list[str]:
    assert rule.threshold is not None
    say, threshold = words.say, rule.threshold
    comparison = threshold.comparison
    if comparison.form == "truth":
        held = threshold.limits[0].value
        positive = isinstance(held, Number) and bool(held.value)
        return [say("rule-edge-is", wrong=words.wording.truth(not positive))]
    if comparison.form == "items":
        least = threshold.items_needed
        return [say("rule-edge-covers-some", least=least) if least < len(threshold.items) else say("rule-edge-covers")]
    limit = fold((threshold.at(words.day) or threshold.limits[-1]).value, words.parameter)
    exact = stated(limit.value, rule.unit, words.wording.lang) if isinstance(limit, Number) else ""
    if comparison.form == "range":
        return [say("rule-edge-between")]
    if comparison.equates:
        if rule.tolerance == "printed":
            return [say("rule-edge-printed")]
        if isinstance(rule.tolerance, RelativeTolerance):
            share = stated(rule.tolerance.share, PERCENT, words.wording.lang)
            return [say("rule-edge-tolerance", tolerance=say("rule-tolerance-of-limit", share=share))]
        if rule.tolerance:
            return [say("rule-edge-tolerance", tolerance=stated(rule.tolerance, apart(rule.unit), words.wording.lang))]
        return [say("rule-edge-equals")]
    outcome = say("outcome-pass" if comparison.met_at_limit else "outcome-fail")
    return [say("rule-edge-exact" if exact else "rule-edge-exact-limit", value=exact, outcome=outcome)]


def _blanks(rule: Rule, standard: Standard, dictionary: Dictionary, words: RuleWords) -> list[str]:
    say, label = words.say, words.wording.label
    lines: list[str] = []
    scope = None if rule.where is None else fold(rule.where, words.parameter)
    unsure = (
        [] if scope is None else [k for k in names_in(scope) if k in unanswerable(scope, set(names_in(scope)) - {k})]
    )
    if unsure and not rule.by:
        lines.append(say("rule-edge-scope", fields=words.wording.listed(label(k, standard.id) for k in unsure)))
    if rule.by:
        lines.append(say("rule-edge-blank-group"))
        return lines
    read = fields_needed(rule, standard, dictionary)
    needs = {n.field.key for n in read if n.need == "required"}
    judged = rule.judged
    fields = [k for k in dict.fromkeys(n for node in judged for n in names_in(node)) if k in needs]
    if fields:
        bounded = any(
            isinstance(n, Call) and n.function in ("count_of", "min", "max") for node in judged for n in walk(node)
        )
        code = "rule-edge-blank-bounds" if bounded and len(fields) > 1 else "rule-edge-blank"
        lines.append(say(code, fields=words.wording.listed(label(k, standard.id) for k in fields)))
    either = [label(n.field.key, standard.id) for n in read if n.need == "either"]
    if either:
        lines.append(say("rule-edge-blank-all", fields=words.wording.listed(either)))
    return lines


def _zero_denominators(rule: Rule, dictionary: Dictionary, words: RuleWords) -> list[str]:
    lines: list[str] = []
    for node in rule.expressions:
        for part in walk(node):
            if not (isinstance(part, Binary) and part.op == "/"):
                continue
            below = fold(part.right, words.parameter)
            if isinstance(below, Number):
                continue
            field = dictionary.find(below.name) if isinstance(below, Name) else None
            code = "rule-edge-zero-above" if part == rule.indicator and _has_upper_end(rule) else "rule-edge-zero"
            if field is not None and field.zero_impossible:
                code = "rule-edge-zero-impossible"
            lines.append(words.say(code, value=words.value(below, rule.applies_to)))
    return list(dict.fromkeys(lines))


def _has_upper_end(rule: Rule) -> bool:
    comparison = rule.threshold.comparison if rule.threshold is not None else None
    return comparison is not None and (comparison.direction == "down" or comparison.form == "range")


class Layers(Struct, frozen=True):
    """The versions of one rule. ``versions`` run from the largest region down; ``heirs`` take it over unchanged."""

    versions: tuple[tuple[Standard, Rule], ...]
    heirs: tuple[Standard, ...]


def layers_of(rule: Rule, standard: Standard, standards: Sequence[Standard]) -> Layers:
    """Where else the rule stands among the standards that extend each other."""
    versions: list[tuple[Standard, Rule]] = []
    heirs: list[Standard] = []
    family = [s for s in standards if s.id == standard.id or s.id in standard.lineage or standard.id in s.lineage]
    for other in sorted(family, key=lambda s: (len(s.lineage), s.id)):
        same = next((r for r in other.rules if r.id == rule.id), None)
        if same is None:
            continue
        if same.layer == other.id:
            versions.append((other, same))
        elif same.layer == rule.layer and other.id != standard.id:
            heirs.append(other)
    return Layers(tuple(versions), tuple(heirs))


def field_in_words(field: Field, words: RuleWords, *, need: Need | None = None, brief: bool = False) -> list[str]:
    """A field in lines: key, type and unit; the headings that mean it; how it is worked out; what is possible.

    ``brief`` leaves out headings, written forms, range and note.
    """
    say, listed, lang = words.say, words.wording.listed, words.wording.lang
    facts = [field.key, say(f"field-type-{field.type}")]
    if field.unit:
        facts.append(unit_in_words(field.unit, lang))
    if need is not None:
        facts.append(say(f"field-need-{need}"))
    lines = [say("comma").join(facts)]
    if not brief:
        lines += [say("field-aliases", names=listed(field.aliases))] if field.aliases else []
        lines += [say("field-not-aliases", names=listed(field.not_aliases))] if field.not_aliases else []
        lines += [say("field-value", name=name, forms=listed(forms)) for name, forms in field.values.items()]
        lines += [say("field-unclear", forms=listed(field.unclear))] if field.unclear else []
    lines += _how_found(field, words)
    if brief:
        return lines
    limits, note = field_range(field, words), field.note.in_lang(lang)
    return lines + [x for x in (limits, note) if x]


def _how_found(field: Field, words: RuleWords) -> list[str]:
    lines = []
    if field.derived is not None:
        node = field.derived
        truth = field.type == "truth"
        entity = next(iter(field.entities), "")
        text = words.condition(node, entity) if truth else words.value(node, entity)
        lines.append(words.say("field-derived-truth" if truth else "field-derived", formula=text))
    if field.same_column is not None:
        label = words.wording.label(field.same_column, words.standard.id)
        lines.append(words.say("field-same-column", field=label))
    return lines


def field_range(field: Field, words: RuleWords) -> str:
    """What is possible for a field; empty where all is."""
    say, lang = words.say, words.wording.lang
    low, high = (None if x is None else _printed(x, field, lang) for x in (field.low, field.high))
    parts = []
    if low is not None or high is not None:
        parts.append(
            say("range", low=low, high=high)
            if low is not None and high is not None
            else (say("range-from", low=low) if low is not None else say("range-to", high=high))
        )
    text = say("field-range", range=parts[0]) if parts else ""
    for entity, most in field.most.items():
        least = say("field-most", entity=words.wording.entity(entity), most=_printed(most, field, lang))
        text = say("semicolon").join(x for x in (text, least) if x)
    if field.zero_impossible:
        text = say("semicolon").join(x for x in (text, say("field-zero")) if x)
    return text


def _printed(value: float, field: Field, lang: Lang) -> str:
    return stated(value, PERCENT if field.type == "share" else "", lang)


def unit_in_words(unit: str, lang: str) -> str:
    """A canonical unit as people write it."""
    return shown(unit, lang) or unit


def nowhere() -> Standard:
    """A standard without rules or parameters, for wording that belongs to none."""
    return Standard("", Text(), Source(""), Jurisdiction("000000", ""), (), {})
