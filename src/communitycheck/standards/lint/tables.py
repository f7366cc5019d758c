"""What lint has to say about the tables of a standard: unused, without a clause, without a row for some value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, String, TableOf, walk
from communitycheck.model.expression.lookup_table import ByText, levels
from communitycheck.model.standard import Rule, Standard
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.reasoning.logic import Answer, Logic


def check_tables(
    standard: Standard, file: YamlFile, rules: Iterable[Rule], dictionary: Dictionary, *, complete: bool
) -> Iterator[LintFinding]:
    """Findings about the tables that the standard itself has set; ``complete`` where none of its rules was left out."""
    logic = Logic(dictionary)
    nodes = ((rule, node) for rule in rules for whole in rule.expressions for node in walk(whole))
    asked = [(rule, node.arguments) for rule, node in nodes if isinstance(node, Call) and node.function == "lookup"]
    for name, table in standard.tables.items():
        if table.layer != standard.id:
            continue
        path = ("tables", name)
        place = file.name, file.line(path), ".".join(path)
        if not table.clause.strip():
            yield LintFinding(*place, "lint-table-no-clause", "warning", {"table": name})
        raws = file.data.get("tables") if isinstance(file.data, dict) else None
        if isinstance(raws, dict) and _looks_like_shares(raws.get(name)):
            yield LintFinding(*place, "lint-percent-table", "warning", {"table": name})
        own = [(rule, arguments[1:]) for rule, arguments in asked if arguments[0] == TableOf(table)]
        if not own and complete:
            yield LintFinding(*place, "lint-table-unused", "warning", {"table": name})
        named: dict[tuple[int, str], list[Rule]] = defaultdict(list)
        for rule, keys in own:
            for i, key in enumerate(keys):
                if isinstance(key, Name) and key.name in dictionary.fields:
                    named[i, key.name].append(rule)
        for (at, field), askers in named.items():
            known = dictionary.fields[field].values
            values = [one for one in known if any(_asks(rule, field, one, logic) for rule in askers)]
            for rows in levels(table.rows, at):
                lacking = set(values) - {text for text, _ in rows.rows} if isinstance(rows, ByText) else set()
                if lacking:
                    told: dict[str, object] = {"table": name, "field": field, "values": ", ".join(sorted(lacking))}
                    yield LintFinding(*place, "lint-table-category", "warning", told)


def _looks_like_shares(raw: Any) -> bool:
    """Its unit is %, and all its numbers are parts of one: 0.95, which is then less than a percent."""
    if not isinstance(raw, dict) or str(raw.get("unit", "")).strip() not in ("%", "％"):
        return False
    values = list(_values(raw.get("rows")))
    return bool(values) and all(isinstance(one, int | float) and 0 <= one <= 1 for one in values) and any(values)


def _values(rows: Any) -> Iterator[Any]:
    if isinstance(rows, dict):
        for key, one in rows.items():
            if key not in ("below", "up_to", "from", "clause"):
                yield from _values(one)
    elif isinstance(rows, list):
        for one in rows:
            yield from _values(one)
    elif rows is not None and rows != "none":
        yield rows


def _asks(rule: Rule, field: str, value: str, logic: Logic) -> bool:
    """Whether the rule may be for subjects with that value."""
    return rule.where is None or logic.can_hold(rule.where, Binary("==", Name(field), String(value))) is not Answer.NO
