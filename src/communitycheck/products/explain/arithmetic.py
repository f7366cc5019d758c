"""The arithmetic of a verdict: indicator, threshold and comparison with the numbers in, and what would make it pass."""

from __future__ import annotations

import math

from communitycheck.model.expression import Call, Name, addends, constant_of
from communitycheck.model.expression.calendar_days import apart
from communitycheck.model.result import Reason, Verdict
from communitycheck.model.standard import Rule
from communitycheck.printable import one_line
from communitycheck.products.explain.explanation import Aggregate, Standing, Value, Worked
from communitycheck.products.explain.words import Words
from communitycheck.reporting.document import Block
from communitycheck.reporting.words.numbers import count


def arithmetic_block(words: Words) -> Block | None:
    """Indicator by name and with numbers, threshold likewise, comparison, shortfall, lever."""
    one, say = words.one, words.say
    verdict = one.verdict
    if verdict is None or one.expression is None or one.required is None or one.rule.threshold is None:
        return None
    block = Block("arithmetic", say("explain-heading-arithmetic"))
    comparison = one.rule.threshold.comparison
    if comparison.form == "items":
        _items(words, verdict, block)
        return block
    truth = comparison.form == "truth"
    names = words.arithmetic.names(one.expression)
    if truth:
        names = words.rule_words.condition(one.expression.node, one.rule.applies_to)
    block.pairs.append((say("explain-condition" if truth else "explain-indicator"), names))
    if verdict.reason is Reason.EMPTY_GROUP:  # an aggregate of nobody is no figure that is not known
        block.lines.append(say("explain-of-nobody"))
        return block
    _tallies(words, block)
    values = _indicator(words)
    if values:
        block.pairs.append((say("explain-values"), values))
    if one.upper is not None:
        block.pairs.append((say("explain-lower"), _limit(one.required, words)))
        block.pairs.append((say("explain-upper"), _limit(one.upper, words)))
    elif not truth:
        block.pairs.append((say("explain-threshold"), _limit(one.required, words)))
    if one.slack is not None and one.rule.tolerance is not None:
        block.pairs.append((say("explain-slack"), _slack(words)))
    if verdict.reason not in (Reason.IMPLAUSIBLE, Reason.ZERO_DENOMINATOR, Reason.EXEMPT, Reason.NOT_LAID_DOWN):
        block.pairs.append((say("explain-comparison"), _comparison(words, verdict)))
    figures = words.wording.figures(verdict, one.add_unit)
    if figures.missing:
        block.pairs.append((say("explain-shortfall"), figures.missing))
    _remarks(words, verdict, block)
    return block


def equation_line(words: Words) -> str:
    """The arithmetic of a verdict in a line: ``312 ÷ 1,040 × 100 = 30 ≥ 30``; its reason where there is none."""
    one, verdict = words.one, words.one.verdict
    assert verdict is not None
    judged = verdict.reason in (Reason.MET, Reason.MISSED)
    threshold = one.rule.threshold
    sided = threshold is not None and threshold.comparison.form == "limit"
    sided = sided and (verdict.observed is not None or verdict.reason is Reason.MET)
    if not judged or not sided or threshold is None or one.expression is None or one.required is None:
        return words.wording.reason(verdict, words.wording.figures(verdict, one.add_unit))
    sign = threshold.comparison.sign if verdict.reason is Reason.MET else threshold.comparison.opposite
    required = one.required
    left = _indicator(words)
    if not left:
        left = words.arithmetic.value(_observed(words), one.rule.unit, number_beside(required.value))
    right = words.arithmetic.value(required.value, one.rule.unit, number_beside(_observed(words)))
    if required.parts:
        right = "(" + words.arithmetic.equation(required, one.rule.unit) + ")"
    return one_line(f"{left} {sign} {right}")


def _observed(words: Words) -> Value:
    """The value that was judged."""
    one = words.one
    return one.verdict.observed if one.verdict is not None else None


def number_beside(value: Value) -> Value:
    """The number beside which another is printed, so that the two are told apart; None for what is no number."""
    return value if isinstance(value, float) and not isinstance(value, bool) else None


def _indicator(words: Words) -> str:
    """The indicator with its numbers in; empty where a field is the whole of it."""
    one, arithmetic = words.one, words.arithmetic
    assert one.expression is not None and one.required is not None
    unit, near = one.rule.unit, number_beside(one.required.value)
    share = _share(one.expression, words)
    if share:
        return share
    if one.group is not None and one.group.recordwise:
        return words.say("explain-recordwise", value=arithmetic.value(_observed(words), unit, near))
    return arithmetic.equation(one.expression, unit, near)


def _share(expression: Worked, words: Words) -> str:
    """``482 ÷ 535 = 90.09%``, with the lower and upper end where there are blanks."""
    group = words.one.group
    call = expression.node
    if group is None or not isinstance(call, Call) or call.function != "share":
        return ""
    one = group.aggregates[0]
    every = sum(group.standings.values())
    if one.numerator is None or not every:
        return ""
    near = number_beside(words.one.required.value) if words.one.required is not None else None
    low, high = (_quotient(part, every, words, near) for part in one.numerator)
    if not one.blanks:
        return low
    return words.say("explain-share-blanks", low=low, high=high)


def _quotient(part: float, every: int, words: Words, near: Value) -> str:
    arithmetic, unit = words.arithmetic, words.one.rule.unit or "ratio"
    value = part / every
    sign = "=" if arithmetic.is_exact(value, unit, near) else "≈"
    return f"{arithmetic.value(part)} ÷ {arithmetic.value(float(every))} {sign} {arithmetic.value(value, unit, near)}"


def _tallies(words: Words, block: Block) -> None:
    """What each aggregate counted."""
    group = words.one.group
    for aggregate in group.aggregates if group is not None else ():
        block.pairs.append((words.arithmetic.names(Worked(aggregate.node, None)), _tally(aggregate, words)))


def _tally(aggregate: Aggregate, words: Words) -> str:
    group, say = words.one.group, words.say
    assert group is not None and isinstance(aggregate.node, Call)
    if aggregate.node.function in ("share", "count"):
        n = {s: count(group.standings.get(s, 0)) for s in Standing}
        every = count(sum(group.standings.values()))
        return say(
            "explain-tally-share",
            for_=n[Standing.FOR],
            against=n[Standing.AGAINST],
            blank=n[Standing.BLANK],
            every=every,
            again=count(group.again) if group.again else "",
        )
    known = sum(group.standings.values()) - aggregate.blanks
    name = words.arithmetic.inner(aggregate.node)
    total: Value = aggregate.value
    if aggregate.node.function == "sum" and aggregate.blanks and aggregate.numerator is not None:
        low, high = aggregate.numerator
        total = low if low == high else (low, high)
    value, blank = words.arithmetic.value(total), count(aggregate.blanks)
    again = count(group.again) if group.again else ""
    return say("explain-tally-sum", name=name, value=value, n=count(known), blank=blank, again=again)


def _limit(limit: Worked, words: Words) -> str:
    """A threshold: a number, or its expression by name and with numbers."""
    one, arithmetic = words.one, words.arithmetic
    near = number_beside(_observed(words))
    text = arithmetic.equation(limit, one.rule.unit, near)
    if constant_of(limit.node) is not None:
        return text
    return f"{arithmetic.names(limit)} = {text}"


def _slack(words: Words) -> str:
    one, say = words.one, words.say
    slack = words.arithmetic.value(one.slack, apart(one.rule.unit))
    if one.rule.tolerance != "printed" or one.expression is None or one.required is None:
        return say("explain-slack-stated", slack=slack)
    digits = []
    for key in dict.fromkeys((*addends(one.expression.node), *addends(one.required.node))):
        found = words.input(key)
        if found is not None and found.half_step is not None:
            half = words.arithmetic.value(found.half_step, found.unit)
            digits.append(say("explain-slack-digit", field=words.label(key), half=half))
    text = say("semicolon").join(digits) or say("none")
    return say("explain-slack-printed", slack=slack, digits=text)


def _comparison(words: Words, verdict: Verdict) -> str:
    one, say, arithmetic = words.one, words.say, words.arithmetic
    assert one.rule.threshold is not None and one.required is not None
    comparison, unit = one.rule.threshold.comparison, one.rule.unit
    observed, required = _observed(words), one.required.value
    met = verdict.reason is Reason.MET
    if observed is None and verdict.reason is Reason.MISSED:
        return say("explain-of-nothing")
    if observed is None or required is None:
        return say("explain-no-comparison")
    if verdict.reason not in (Reason.MET, Reason.MISSED):
        left = arithmetic.value(observed, unit)
        return say("explain-open", left=left, limit=words.rule_words.threshold(one.rule))
    code, sign = ("explain-met", comparison.sign) if met else ("explain-missed", comparison.opposite)
    if comparison.form == "truth":
        left = words.wording.truth(bool(observed))
        return say(code, left=left, sign=sign, right=words.wording.truth(bool(verdict.required)))
    left = arithmetic.value(observed, unit, number_beside(required))
    right = arithmetic.value(required, unit, number_beside(observed))
    if comparison.form == "range":
        high = one.upper.value if one.upper is not None else None
        return say(code, left=left, sign=sign, right=f"[{right}, {arithmetic.value(high, unit)}]")
    if one.slack and isinstance(observed, float) and isinstance(required, float):
        apart = abs(observed - required)
        answer = say("explain-word-met" if met else "explain-word-missed")
        gap, slack = (arithmetic.value(x, unit, near) for x, near in ((apart, one.slack), (one.slack, apart)))
        return say(
            "explain-apart", left=left, right=right, gap=gap, sign="≤" if met else ">", slack=slack, answer=answer
        )
    return say(code, left=left, sign=sign, right=right)


def _remarks(words: Words, verdict: Verdict, block: Block) -> None:
    """What the numbers alone do not say: bounds, limits of what is possible, a share of nothing."""
    one, say, arithmetic = words.one, words.say, words.arithmetic
    unit, rule = one.rule.unit, one.rule
    assert one.expression is not None and one.required is not None
    if isinstance(_observed(words), tuple) or any(_ranges(w) for w in (one.expression, one.required)):
        block.lines.append(say("explain-bounds"))
    if rule.plausible is not None:
        ends = (
            -math.inf if rule.plausible[0] is None else rule.plausible[0],
            math.inf if rule.plausible[1] is None else rule.plausible[1],
        )
        within = arithmetic.value(ends, unit)
        if verdict.reason is Reason.IMPLAUSIBLE:
            value = arithmetic.value(_observed(words), unit)
            block.lines.append(say("explain-implausible", range=within, value=value))
        elif _is_clipped(words):
            value = arithmetic.value(_observed(words), unit)
            block.lines.append(say("explain-clipped", range=within, value=value))
    if verdict.reason is Reason.ZERO_DENOMINATOR:
        block.lines.append(say("explain-zero-denominator"))
    if verdict.reason is Reason.EXEMPT:
        cells = words.wording.cells(verdict.troubled, rule.standard) or say("none")
        block.lines.append(say("explain-exempt", cells=cells))


def _ranges(worked: Worked) -> bool:
    return isinstance(worked.value, tuple) or any(_ranges(part) for part in worked.parts)


def _needed(rule: Rule, words: Words) -> str:
    """How many of the items of a list are needed."""
    assert rule.threshold is not None
    if rule.threshold.items_needed < len(rule.threshold.items):
        return words.wording.covered(rule.threshold)
    return count(len(rule.threshold.items))


def _is_clipped(words: Words) -> bool:
    """Bounds wider than the indicator can be were narrowed to that."""
    one = words.one
    if one.expression is None or (one.group is not None and one.group.recordwise):
        return False
    return isinstance(one.expression.value, tuple) and _observed(words) not in (one.expression.value, None)


def _items(words: Words, verdict: Verdict, block: Block) -> None:
    one, say, wording = words.one, words.say, words.wording
    assert one.rule.threshold is not None and isinstance(one.rule.indicator, Name)
    items = one.rule.threshold.items
    missing = [x for x in items if x not in one.items_present]

    def listed(some: object) -> str:
        return wording.listed(one_line(str(x)) for x in some) or say("explain-items-none")  # type: ignore[attr-defined]

    block.pairs = [
        (say("explain-indicator"), words.label(one.rule.indicator.name)),
        (say("explain-items-wanted"), f"{listed(items)}{say('brackets', text=_needed(one.rule, words))}"),
    ]
    if verdict.reason in (Reason.MET, Reason.MISSED):
        present = count(len(one.items_present))
        block.pairs += [
            (say("explain-items-present"), f"{listed(one.items_present)}{say('brackets', text=present)}"),
            (say("explain-items-missing"), f"{listed(missing)}{say('brackets', text=count(len(missing)))}"),
        ]


# what would make it pass
