"""Names of regions that rules write out and no record has: ``borough == "Camdem"`` is true of nobody."""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.address import Address
from communitycheck.model.places.divisions import codes_named
from communitycheck.model.places.named_regions import regions_named
from communitycheck.model.result import RuleResult
from communitycheck.model.returns import Notice
from communitycheck.nearest import nearest


def unknown_regions(run: StandardRun, results: Iterable[RuleResult]) -> list[Notice]:
    """A notice for each name that is much like one of the records' and none of them, nor a place that is known: the
    returns of a known one may just not be here."""
    asked: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for node in result.rule.expressions:
            for level, text in regions_named(node):
                rules = asked.setdefault((level, text), [])
                rules += [] if result.rule.id in rules else [result.rule.id]
    notices = []
    for (level, text), rules in asked.items():
        known = _names(run, level)
        if text in known or text in run.standard.jurisdiction.divisions or codes_named(text):
            continue
        if near := nearest(text, known):
            table = next(iter(run.governed.values())).table
            values = {"level": level, "near": near, "rules": ", ".join(rules), "standard": run.standard.id}
            notices.append(Notice("region-not-found", Address(table.sheets[0].path), text, values))
    return notices


def _names(run: StandardRun, level: str) -> set[str]:
    """What the records that are judged, and those of the level itself, call their regions."""
    found: set[str] = set()
    for governed in run.governed.values():
        table = governed.table
        if level in table.regions:
            found.update(table.regions[level].names)
        if table.entity == level and (column := table.columns.get(table.about.name_field)) is not None:
            found.update(column.coded().names)
    return found
