"""Relations of an audit book -> the text of a rule file: the same bytes for the same book."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from communitycheck.model.standard import Jurisdiction
from communitycheck.model.text import Text
from communitycheck.printable import as_json
from communitycheck.products.importing.formulas import AuditRelation

# A figure may be negative (a net increase): the book says nothing about signs, so the range must not.
_NUMBER = f"type: decimal, range: {[-(10**15), 10**15]}"


class AuditRule(Struct, frozen=True):
    """One relation with its id, the formula as written, its place in the book, and where the book states it again.

    ``entity`` is the kind of subject that it is about.
    """

    id: str
    title: str
    clause: str
    relation: AuditRelation
    note: Text | None = None
    entity: str = "period"
    about_dates: bool = False


def rule_file(
    rules: Sequence[AuditRule],
    keys: Mapping[str, str],
    dates: Collection[str],
    shared: Collection[str],
    *,
    standard: str,
    title: str,
    document: str,
    jurisdiction: Jurisdiction,
    head: Sequence[str] = (),
) -> str:
    """The rule file.

    Args:
        keys: code as written -> key of its field; several spellings may share a key.
        dates: keys of fields that hold dates. shared: keys of fields that everybody has.
        head: lines of comment at the top.
    """
    out = [f"# {one_line(line)}" for line in head]
    out += [
        "",
        f"standard: {_quoted(standard)}",
        f"title: {_quoted(title)}",
        f"source: {{document: {_quoted(document)}}}",
        f"jurisdiction: {{code: {_quoted(jurisdiction.code)}, name: {_quoted(jurisdiction.name)}}}",
        "",
        "fields:" if set(keys.values()) - set(shared) else "fields: {}",
    ]
    spellings: dict[str, list[str]] = {}
    for code, key in keys.items():
        if key not in shared:
            spellings.setdefault(key, []).append(code)
    entities: dict[str, dict[str, None]] = {}
    for rule in rules:
        for code in rule.relation.codes:
            entities.setdefault(keys[code], {})[rule.entity] = None
    for key, codes in spellings.items():
        aliases = ", ".join(_quoted(code) for code in codes)
        out.append(
            f"  {_quoted(key)}: {{label: {_quoted(codes[0])}, {'type: date' if key in dates else _NUMBER}, "
            f"entities: [{', '.join(entities[key])}], aliases: [{aliases}]}}"
        )
    out += ["", "rules:" if rules else "rules: []"]
    for rule in rules:
        out += _rule(rule, keys)
    return "\n".join(out) + "\n"


def _rule(rule: AuditRule, keys: Mapping[str, str]) -> list[str]:
    left, right = rule.relation.sides(keys)
    lines = [
        f"  - id: {_quoted(rule.id)}",
        f"    title: {_quoted(rule.title)}",
        f"    clause: {_quoted(rule.clause)}",
        f"    applies_to: {rule.entity}",
        *([f"    where: {_quoted(where)}"] if (where := rule.relation.where(keys)) else []),
        *_asked(rule, left, right),
    ]
    lines.append("    severity: mandatory")
    if rule.note is not None:
        lines.append(f"    note: {{zh: {_quoted(rule.note.zh)}, en: {_quoted(rule.note.en)}}}")
    return lines


def _asked(rule: AuditRule, left: str, right: str) -> list[str]:
    comparison = rule.relation.comparison
    if rule.about_dates:  # no limit is a date
        return [f"    indicator: {_quoted(f'{left} {comparison.operator} {right}')}", "    is: true"]
    asked = [f"    indicator: {_quoted(left)}", f"    {comparison.key}: {_quoted(right)}"]
    return asked + (["    tolerance: 0"] if comparison.equates else [])


def one_line(text: str) -> str:
    """One line of printable text."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _quoted(text: str) -> str:
    """A string in double quotes, which YAML and JSON write alike."""
    return as_json(one_line(text))
