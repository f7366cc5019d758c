"""Where and when a standard applies, against its parent and the table of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from communitycheck.model.expression import AS_OF, Call, Node, TableOf, names_in, walk
from communitycheck.model.expression.lookup_table import first_days
from communitycheck.model.places.code_formats import PROVINCES
from communitycheck.model.places.divisions import codes_named, division, is_listed_province
from communitycheck.model.places.named_regions import regions_named
from communitycheck.model.standard import Rule, Standard
from communitycheck.nearest import nearest
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of


def check_place(standard: Standard, parent: Standard | None, file: YamlFile) -> Iterator[LintFinding]:
    """A region that there is not, that goes by another name, or that lies outside that of the parent."""
    place = standard.jurisdiction
    at = file.name, file.line(("jurisdiction", "code")), "jurisdiction.code"
    known = division(place.code) if place.code else ""  # of a region without a code nothing is known
    nowhere = place.code != "" and int(place.code[:2]) not in PROVINCES
    if not known and place.prefix and (nowhere or is_listed_province(place.code[:2])):
        yield LintFinding(*at, "lint-region-unknown", "warning", {"code": place.code})
    if known and place.name and known not in place.name and place.name not in known:
        yield LintFinding(*at, "lint-region-name", "warning", {"code": place.code, "name": place.name, "known": known})
    if parent is not None and place.code and not place.code.startswith(parent.jurisdiction.prefix):
        values: dict[str, object] = {"code": place.code, "name": place.name, "parent": parent.id}
        around = f"{parent.jurisdiction.code} {parent.jurisdiction.name}"
        yield LintFinding(*at, "lint-region-outside", "warning", {**values, "around": around})
    again = list(dict.fromkeys(name for name in place.divisions if place.divisions.count(name) > 1))
    if again:
        path = ("jurisdiction", "divisions")
        listed: dict[str, object] = {"items": ", ".join(again)}
        yield LintFinding(file.name, file.line(path), ".".join(path), "lint-listed-twice", "warning", listed)


def check_named_regions(standard: Standard, own: Mapping[str, LintedRule]) -> Iterator[LintFinding]:
    """Names much like one of the divisions that the standard lists, and none of them, nor a place that is known."""
    divisions = standard.jurisdiction.divisions
    for linted in own.values() if divisions else ():
        rule = linted.rule
        classes = [("due", one.where) for one in rule.dues] + [("severity", one.where) for one in rule.severities]
        for key, node in [*nodes_of(rule), *((key, where) for key, where in classes if where is not None)]:
            for _, text in regions_named(node):
                if text in divisions or text == standard.jurisdiction.name or codes_named(text):
                    continue
                if near := nearest(text, divisions):
                    yield linted.finding("lint-division-unknown", "warning", key, text=text, near=near)


def check_days(
    standard: Standard, parent: Standard | None, file: YamlFile, own: Mapping[str, LintedRule]
) -> Iterator[LintFinding]:
    """In force before the parent, or a deadline before the rule is in force."""
    start = standard.in_force_from
    if start is None:
        return
    if parent is not None and parent.in_force_from is not None and start < parent.in_force_from:
        values: dict[str, object] = {"start": start.isoformat(), "parent": parent.id}
        values["since"] = parent.in_force_from.isoformat()
        path = ("in_force", "from")
        yield LintFinding(file.name, file.line(path), ".".join(path), "lint-before-parent", "warning", values)
    for linted in own.values():
        due = min(linted.rule.days_due, default=None)
        if due is not None and due < start:
            yield linted.finding(
                "lint-due-before-force", "warning", "due", day=due.isoformat(), start=start.isoformat()
            )


def check_first_values(standard: Standard, file: YamlFile, own: Mapping[str, LintedRule]) -> Iterator[LintFinding]:
    """Limits, parameters and rows of tables that have no value yet when the standard is in force already."""
    start = standard.in_force_from
    for linted in own.values():
        held = linted.rule.threshold
        first = held.limits[0].start if held is not None else None
        if held is not None and first is not None and start is not None and start < first:
            days: dict[str, object] = {"first": first.isoformat(), "start": start.isoformat()}
            yield linted.finding("lint-limit-late", "info", held.comparison.key, **days)
    begins = {name: (p.values[0][0], ("parameters", name)) for name, p in standard.parameters.items()}
    begins |= {name: (max(first_days(t.rows), default=None), ("tables", name)) for name, t in standard.tables.items()}
    for name, (first, path) in begins.items():
        if first is None or path not in file.lines or (start is not None and first <= start):
            continue
        without = [rule.id for rule in standard.judged if _asks_before(rule, name, start or date.min, first)]
        if without:
            code = "lint-row-late" if path[0] == "tables" else "lint-value-late"
            told: dict[str, object] = {"name": name, "first": first.isoformat(), "rules": ", ".join(without)}
            yield LintFinding(file.name, file.line(path), ".".join(path), code, "warning", told)


def _asks_before(rule: Rule, name: str, start: date, end: date) -> bool:
    """Whether the rule asks for the parameter or table on a day of the span; of a rule that itself looks at the day
    nobody knows."""
    held = rule.threshold
    parts = [part for whole in rule.expressions for part in walk(whole)]
    if held is None or any(isinstance(part, Call) and part.function == AS_OF for part in parts):
        return False
    always = [node for node in (rule.where, rule.indicator, held.upper) if node is not None]
    changes = [limit.start for limit in held.limits if limit.start is not None and start < limit.start < end]
    for day in (start, *changes):
        limit = held.at(day)
        nodes = [*always, limit.value] if limit is not None else []
        if any(name in names_in(node) or _looks_up(node, name) for node in nodes):
            return True
    return False


def _looks_up(node: Node, table: str) -> bool:
    return any(isinstance(part, TableOf) and part.table.name == table for part in walk(node))
