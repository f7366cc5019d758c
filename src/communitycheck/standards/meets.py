"""``meets``: rules that ask whether others hold. They must exist, judge the same records, and never run in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from communitycheck.errors import RuleFileError
from communitycheck.model.expression import rules_in
from communitycheck.model.standard import Rule
from communitycheck.nearest import nearest
from communitycheck.standards.raw_rule import RawRule


def check_meets(rules: tuple[Rule, ...], raws: Mapping[str, RawRule]) -> None:
    """``meets`` must name record rules of the same entity in the same standard, and never in a circle."""
    by_id = {r.id: r for r in rules}
    links: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        nodes = [n for n in (rule.where, rule.indicator) if n is not None]
        links[rule.id] = tuple(dict.fromkeys(i for n in nodes for i in rules_in(n)))
        for other in links[rule.id]:
            raw = raws[rule.id]
            line = raw.file.line((*raw.path, "indicator"))
            key = f"{rule.id}.indicator"
            if other not in by_id:
                near = nearest(other, by_id)
                raise RuleFileError(
                    "rule-meets-unknown",
                    file=raw.file.name,
                    line=line,
                    key=key,
                    name=other,
                    near=near,
                )
            target = by_id[other]
            if target.by or target.manual is not None or target.applies_to != rule.applies_to:
                raise RuleFileError("rule-meets-kind", file=raw.file.name, line=line, key=key, name=other)
    done: set[str] = set()
    for start in links:
        _follow(start, links, (), done, raws)


def _follow(
    rule: str, links: Mapping[str, tuple[str, ...]], trail: tuple[str, ...], done: set[str], raws: Mapping[str, RawRule]
) -> None:
    if rule in trail:
        raw = raws[rule]
        raise RuleFileError(
            "rule-meets-circle",
            file=raw.file.name,
            line=raw.file.line(raw.path),
            key=rule,
            circle=" → ".join((*trail[trail.index(rule) :], rule)),
        )
    if rule in done:
        return
    for other in links[rule]:
        _follow(other, links, (*trail, rule), done, raws)
    done.add(rule)
