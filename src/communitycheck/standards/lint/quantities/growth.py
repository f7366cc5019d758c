"""A figure divided by its own figure of the period before, held against a small part: its growth is meant."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Node, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import constant

_LEAST = 0.5


def check_growth(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    rule, threshold = linted.rule, linted.rule.threshold
    if rule.indicator is None or threshold is None:
        return
    if (own := over_itself(rule.indicator)) is not None:
        yield linted.finding(
            "lint-growth-base", "warning", "indicator", indicator=show(rule.indicator), near=as_change(own)
        )
        return
    for day in sorted(linted.days()) if threshold.comparison.direction == "up" else ():
        limit = linted.limit(day)
        if limit is None:
            continue
        found = _of_quotient(rule.indicator, limit, dictionary) or of_product(rule.indicator, limit, dictionary)
        if found is not None:
            code, near = found
            told = {"indicator": show(rule.indicator), "required": linted.required(day), "near": near}
            yield linted.finding(code, "warning", threshold.comparison.key, **told)
            return


def _of_quotient(indicator: Node, limit: Node, dictionary: Dictionary) -> tuple[str, str] | None:
    """What is divided by what it was, held against a small part."""
    field, least = grown(indicator), constant(limit, dictionary)
    if field is None or least is None or not is_growth(least):
        return None
    return "lint-growth", as_change(field)


def of_product(indicator: Node, limit: Node, dictionary: Dictionary) -> tuple[str, str] | None:
    """What is held against a small part of what it was."""
    match limit:
        case Binary("*", before, part) | Binary("*", part, before) if grown(Binary("/", indicator, before)) is not None:
            least = constant(part, dictionary)
            if least is not None and is_growth(least):
                return "lint-growth-part", f"{show(before)} * {100 + 100 * least:.12g}%"
    return None


def over_itself(node: Node) -> Node | None:
    """What its own change is divided by, in place of what it was."""
    match node:
        case Binary("/", change, now) if _names(change, "change") and not _names(now, "previous"):
            return now if _changed(change) == now else None
        case _:
            return None


def _names(node: Node, function: str) -> bool:
    return any(isinstance(part, Call) and part.function == function for part in walk(node))


def _changed(node: Node) -> Node:
    match node:
        case Call("change", (inner,)):
            return inner
        case Call(name, (inner,), column):
            return Call(name, (_changed(inner),), column)
        case _:
            return node


def is_growth(share: float) -> bool:
    """So small a part of last year's figure is asked of nobody; that much more is."""
    return 0 < share < _LEAST


def grown(node: Node) -> Node | None:
    """What is divided by what it was; its sums over groups alike."""
    match node:
        case Binary("/", now, before) if _before(before) and _now(before) == now:
            return now
        case _:
            return None


def as_change(now: Node) -> str:
    match now:
        case Call(name, (inner,)):
            return f"{name}(change({show(inner)})) / {name}(previous({show(inner)}))"
        case _:
            return f"change({show(now)}) / previous({show(now)})"


def _before(node: Node) -> bool:
    return _names(node, "previous")


def _now(node: Node) -> Node:
    """The same of this period."""
    match node:
        case Call("previous", (inner,)):
            return inner
        case Call(name, (inner,), column):
            return Call(name, (_now(inner),), column)
        case _:
            return node
