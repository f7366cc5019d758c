"""Where and when a standard applies, against its parent and the table of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communitycheck.model.places.code_formats import PROVINCES
from communitycheck.model.places.divisions import division, is_listed_province
from communitycheck.model.standard import Standard
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule


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
