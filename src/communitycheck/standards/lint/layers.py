"""A local layer that asks for less than the standard it extends."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Node, TableOf, Unary, show
from communitycheck.model.expression.lookup_table import ByNumber, ByText, Entry, LookupTable, below, numbers_of
from communitycheck.model.standard import SEVERITIES, Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Answer, Logic


def check_layer(
    above: dict[str, LintedRule], here: dict[str, LintedRule], standard: Standard, dictionary: Dictionary
) -> Iterator[LintFinding]:
    """Every rule of ``standard`` against the rule of that id in the standard it extends."""
    for rule_id, linted in here.items():
        parent = above.get(rule_id)
        if parent is None:
            continue
        overridden = linted.rule.layer == standard.id
        if overridden:
            yield from _binding(parent, linted)
        if parent.rule.manual is not None:
            continue
        if linted.rule.manual is not None:
            yield linted.finding("lint-weaker-manual", "warning", "manual", parent=parent.rule.standard)
        elif overridden:
            yield from _asked(parent, linted, dictionary)
        else:
            yield from _parameters(parent, linted, standard, dictionary)
            yield from _tables(parent, linted, standard)


def _binding(parent: LintedRule, linted: LintedRule) -> Iterator[LintFinding]:
    """How strictly and by when."""
    old, new = parent.rule, linted.rule
    said = old.standard
    for before, after in ((old.severity, new.severity), (old.least_severity, new.least_severity)):
        if SEVERITIES.index(after) > SEVERITIES.index(before):
            yield linted.finding("lint-weaker-severity", "warning", "severity", old=before, new=after, parent=said)
            break
    if new.explainable and not old.explainable:
        yield linted.finding("lint-weaker-explainable", "warning", "explainable", parent=said)
    for was, is_ in ((old.due, new.due), (old.last_due, new.last_due)):
        if is_ is not None and (was is None or is_ > was):
            shown = "—" if was is None else was.isoformat()
            yield linted.finding("lint-weaker-due", "warning", "due", old=shown, new=is_.isoformat(), parent=said)
            break


def _asked(parent: LintedRule, linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Of whom, and how much."""
    old, new = parent.rule, linted.rule
    if old.indicator != new.indicator or old.applies_to != new.applies_to or old.by != new.by:
        key = next(
            k
            for k, same in (
                ("indicator", old.indicator == new.indicator),
                ("applies_to", old.applies_to == new.applies_to),
                ("by", False),
            )
            if not same
        )
        yield linted.finding("lint-other-indicator", "info", key, parent=old.standard)
        return
    day = max(parent.days() | linted.days())
    logic = Logic(dictionary)
    scopes = parent.scope(day), linted.scope(day)
    if scopes[1] is not None and scopes[0] != scopes[1]:
        left_out = logic.can_hold(scopes[0], Unary("not", scopes[1]))
        if left_out is Answer.YES:
            yield linted.finding(
                "lint-weaker-scope",
                "warning",
                "where",
                old=_shown(scopes[0]),
                new=_shown(scopes[1]),
                parent=old.standard,
            )
        elif left_out is Answer.OPEN:
            yield linted.finding("lint-weaker-open", "info", "where", parent=old.standard)
    yield from _threshold(parent, linted, dictionary)


def _threshold(parent: LintedRule, linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    weaker = _weaker(parent, linted, dictionary)
    if weaker is None or linted.rule.threshold is None:
        return
    answer, day_old, day_new = weaker
    key = linted.rule.threshold.comparison.key
    if answer is Answer.YES:
        yield linted.finding(
            "lint-weaker-threshold", "warning", key, old=day_old, new=day_new, parent=parent.rule.standard
        )
    else:
        yield linted.finding("lint-weaker-open", "info", key, parent=parent.rule.standard)


def _weaker(parent: LintedRule, linted: LintedRule, dictionary: Dictionary) -> tuple[Answer, str, str] | None:
    """Whether some value passes here that fails above, with both thresholds; None where none does."""
    logic = Logic(dictionary)
    for day in sorted(parent.days() | linted.days()):
        asked = parent.requirement(day), linted.requirement(day)
        if asked[0] is None or asked[0] == asked[1]:
            continue
        texts = parent.required(day), linted.required(day)
        if asked[1] is None:
            return Answer.YES, texts[0], "—"
        passes = logic.can_hold(linted.scope(day), asked[1], Unary("not", asked[0]))
        if passes is Answer.OPEN:
            passes = logic.can_hold(asked[1], Unary("not", asked[0]))
        if passes is not Answer.NO:
            return passes, *texts
    return None


def _parameters(
    parent: LintedRule, linted: LintedRule, standard: Standard, dictionary: Dictionary
) -> Iterator[LintFinding]:
    """An inherited rule whose parameter this layer sets anew."""
    changed = [n for n in linted.names() if n in linted.parameters and linted.parameters[n].layer == standard.id]
    changed = [n for n in changed if parent.parameters.get(n) != linted.parameters[n]]
    weaker = _weaker(parent, linted, dictionary) if changed else None
    if weaker is None:
        return
    answer, old, new = weaker
    name = changed[0]
    code = "lint-weaker-parameter" if answer is Answer.YES else "lint-weaker-open"
    yield LintFinding(
        standard.file,
        None,
        f"parameters.{name}",
        code,
        "warning" if answer is Answer.YES else "info",
        {"rule": linted.rule.id, "parameter": name, "old": old, "new": new, "parent": parent.rule.standard},
    )


def _tables(parent: LintedRule, linted: LintedRule, standard: Standard) -> Iterator[LintFinding]:
    """An inherited rule whose limit this layer takes from a table with a weaker number in some row."""
    old, new = _looked_up(parent), _looked_up(linted)
    if old is None or new is None or new.layer != standard.id or linted.rule.threshold is None:
        return
    key = linted.rule.threshold.comparison.key
    if key not in ("at_least", "more_than", "at_most", "less_than"):
        return
    sign = 1.0 if key in ("at_least", "more_than") else -1.0
    pairs = zip(numbers_of(old.rows), numbers_of(new.rows), strict=True) if _alike(old.rows, new.rows) else ()
    weaker = next(((was, is_) for was, is_ in pairs if sign * (is_ - was) < 0), None)
    if weaker is not None:
        was = f"{weaker[0] / old.factor:.12g} {old.declared}".strip()
        is_ = f"{weaker[1] / new.factor:.12g} {new.declared}".strip()
        values: dict[str, object] = {"old": was, "new": is_, "parent": parent.rule.standard}
        values |= {"rule": linted.rule.id, "table": new.name}
        yield LintFinding(standard.file, None, f"tables.{new.name}", "lint-weaker-table", "warning", values)


def _looked_up(linted: LintedRule) -> LookupTable | None:
    """The table that a limit is taken from as it stands there."""
    limits = linted.rule.threshold.limits if linted.rule.threshold is not None else ()
    match limits[0].value if len(limits) == 1 else None:
        case Call("lookup", (TableOf(table), *_)):
            return table
        case _:
            return None


def _alike(one: Entry, other: Entry) -> bool:
    """Two tables that have a number in the same rows, so that each number has its counterpart."""
    if isinstance(one, ByText) and isinstance(other, ByText):
        same = [text for text, _ in one.rows] == [text for text, _ in other.rows]
        return same and all(map(_alike, below(one), below(other)))
    if isinstance(one, ByNumber) and isinstance(other, ByNumber):
        return one.edges == other.edges and all(map(_alike, below(one), below(other)))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) <= 1
    return one is other is None


def _shown(node: Node | None) -> str:
    return "—" if node is None else show(node)
