"""The rule behind a verdict: clause and document, who set the value, which dated value applies, its parameters."""

from __future__ import annotations

from communitycheck.model.result import Reason
from communitycheck.model.standard import Limit, Rule
from communitycheck.printable import one_line
from communitycheck.products.explain.explanation import ParameterUsed
from communitycheck.products.explain.words import Words
from communitycheck.reporting.document import Block
from communitycheck.reporting.words.numbers import PERCENT, stated
from communitycheck.reporting.words.rules import RuleWords


def rule_block(words: Words) -> Block:
    """Title, severity, clause and document; layers, dates, deadline, parameters, the reading taken."""
    one, wording, say = words.one, words.wording, words.say
    rule = one.rule
    block = Block("rule", say("explain-heading-rule"))
    pairs = block.pairs
    pairs.append((say("explain-rule"), f"{rule.id}@{rule.standard}  {wording.rule_title(rule)}"))
    severities = [wording.severity(rule.severity)] if one.verdict is not None else words.rule_words.severities(rule)
    pairs += [(say("explain-severity") if not k else "", text) for k, text in enumerate(severities)]
    pairs.append((say("explain-clause"), one_line(rule.clause) or say("explain-clause-none")))
    pairs.append((say("explain-document"), _document(words)))
    if rule.threshold is not None:
        pairs.append((say("explain-checks"), words.rule_words.check(rule)))
        pairs += [(say("explain-layer") if not k else "", text) for k, text in enumerate(_layers(words))]
        pairs += [(say("explain-dated") if not k else "", text) for k, text in enumerate(_dates(words))]
    if one.verdict is None and rule.dues:
        pairs += [(say("explain-due") if not k else "", text) for k, text in enumerate(words.rule_words.dues(rule))]
    elif rule.due is not None:
        code = "explain-due-ahead" if rule.due > words.found.as_of else "explain-due-past"
        pairs.append(
            (say("explain-due"), say(code, due=rule.due.isoformat(), as_of=words.found.as_of.isoformat()))
        )
    for k, parameter in enumerate(one.parameters):
        pairs.append((say("explain-parameter") if not k else "", _parameter(parameter, words)))
    note = one_line(rule.note.in_lang(wording.lang))
    if note:
        pairs.append((say("explain-note"), note))
    return block


def _document(words: Words) -> str:
    """The document of the standard that set the rule, with issuer and date."""
    source = words.setter.source
    if not source.issuer and source.date is None:
        return one_line(source.document)
    if source.date is None:
        return words.say("explain-document-part", document=one_line(source.document), issuer=one_line(source.issuer))
    return words.say(
        "explain-document-full",
        document=one_line(source.document),
        issuer=one_line(source.issuer) or words.say("none"),
        date=source.date.isoformat(),
    )


def _layers(words: Words) -> list[str]:
    """Which standard set the value, and what those above it have."""
    one, say = words.one, words.say
    setter = words.setter
    layer = setter.id
    own = words.rule_words.threshold(one.rule)
    place = one_line(setter.jurisdiction.name)
    if layer == one.standard.id:
        lines = [say("explain-layer-own", standard=layer, place=place, threshold=own)]
    else:
        lines = [say("explain-layer-inherited", layer=layer, place=place, threshold=own, standard=one.standard.id)]
    for above in one.layers[1:]:
        lines.append(
            say(
                "explain-layer-above",
                standard=above.standard.id,
                place=one_line(above.standard.jurisdiction.name),
                clause=one_line(above.rule.clause) or say("explain-clause-none"),
                threshold=RuleWords(words.wording, above.standard, words.found.as_of).threshold(above.rule),
            )
        )
    return lines


def _dates(words: Words) -> list[str]:
    """Which dated value applies on the as-of date and why; the one before and the next to come."""
    one, say, as_of = words.one, words.say, words.found.as_of
    day = as_of.isoformat()
    standard = one.standard
    if one.verdict is not None and one.verdict.reason is Reason.NOT_IN_FORCE and not standard.in_force(as_of):
        ends = [d.isoformat() if d else say("explain-open-end") for d in (standard.in_force_from, standard.in_force_to)]
        return [say("explain-not-in-force", start=ends[0], end=ends[1], as_of=day)]
    if len(one.limits) == 1 and one.limits[0].start is None:
        start = standard.in_force_from
        if start is None:
            return [say("explain-dated-always", as_of=day)]
        return [say("explain-dated-one", start=start.isoformat(), as_of=day)]
    lines = []
    if one.limit is None:
        lines.append(say("explain-dated-none", as_of=day))
    elif one.limit.start is None:
        lines.append(say("explain-dated-now-open", threshold=_limit(one.limit, one.rule, words), as_of=day))
    else:
        lines.append(
            say(
                "explain-dated-now",
                threshold=_limit(one.limit, one.rule, words),
                start=one.limit.start.isoformat(),
                as_of=day,
            )
        )
    place = one.limits.index(one.limit) if one.limit is not None else -1
    if place > 0:
        before = one.limits[place - 1]
        start_text = before.start.isoformat() if before.start else ""
        code = "explain-dated-past" if before.start else "explain-dated-past-open"
        lines.append(say(code, threshold=_limit(before, one.rule, words), start=start_text))
    if place + 1 < len(one.limits):
        after = one.limits[place + 1]
        if after.start is not None:
            threshold = _limit(after, one.rule, words)
            lines.append(say("explain-dated-next", threshold=threshold, start=after.start.isoformat()))
    return lines


def _limit(limit: Limit, rule: Rule, words: Words) -> str:
    text = words.rule_words.limit(rule, limit)
    return text + (words.say("brackets", text=one_line(limit.clause)) if limit.clause else "")


def _parameter(one: ParameterUsed, words: Words) -> str:
    say, lang = words.say, words.wording.lang
    unit = PERCENT if one.dimension == "ratio" else one.unit
    value = say("none") if one.value is None else stated(one.value, unit, lang)
    parts = [one_line(f"{one.layer} {one.clause}".strip())]
    if one.since is not None:
        parts.append(say("explain-parameter-since", start=one.since.isoformat()))
    if one.following is not None:
        start, later = one.following
        parts.append(say("explain-parameter-next", start=start.isoformat(), value=stated(later, unit, lang)))
    code = "explain-parameter-switch" if one.switch else "explain-parameter-line"
    text = say(code, name=one.name, value=value, source=say("comma").join(parts))
    note = one_line(one.note.in_lang(lang))
    return say("explain-noted", text=text, note=note) if note else text
