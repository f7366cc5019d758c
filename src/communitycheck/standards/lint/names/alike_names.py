"""Names that differ only in case: ids of rules, and what formulas call by name (fields, parameters, tables)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Standard
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule


def check_alike_names(
    standard: Standard, file: YamlFile, here: Mapping[str, LintedRule], dictionary: Dictionary
) -> Iterator[LintFinding]:
    """What ``standard`` itself names like something else that stands before it; options choose rules in any case, so
    that two such ids are an error."""
    rules: dict[str, LintedRule] = {}
    for linted in here.values():
        first = rules.setdefault(linted.rule.id.casefold(), linted)
        if first is not linted and linted.raw.file is file and linted.raw.path[0] == "rules":
            yield linted.finding("lint-id-case", "error", "id", other=first.rule.id, at=first.place())
    homes = {name: ("fields", key) for key, field in dictionary.fields.items() for name in (key, *field.also)}
    homes |= {name: ("parameters", name) for name in standard.parameters}
    homes |= {name: ("tables", name) for name in standard.tables}
    called: dict[str, str] = {}
    for name, home in sorted(homes.items(), key=lambda entry: file.lines.get(entry[1], 0)):
        other = called.setdefault(name.casefold(), name)
        if homes[other] != home and home in file.lines:
            values: dict[str, object] = {"name": name, "other": other}
            yield LintFinding(file.name, file.line(home), ".".join(home), "lint-name-case", "warning", values)
