"""Rules picked out of the rule book, for ``rules list`` and ``rules show``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.scores.score import Score
from communitycheck.model.standard import Rule, Standard
from communitycheck.nearest import nearest
from communitycheck.standards.book import RuleBook
from communitycheck.standards.choose import named_standards, open_rule_book, whole_dictionary


class RuleSelection(Struct, frozen=True):
    """Rules, each with the standard under which it stands.

    Attributes:
        named: whether the user named the standards.
        book: every standard there is, for the other layers of a rule.
        dictionary: the fields that the rules may read.
        scores: assessment sheets, in the same way.
    """

    rules: list[tuple[Standard, Rule]]
    named: bool
    book: RuleBook
    dictionary: Dictionary
    scores: list[tuple[Standard, Score]] = field(default_factory=list)


def list_rules(
    standards: Sequence[str | Path] = (),
    *,
    entity: str | None = None,
    severity: str | None = None,
    rules_dir: str | Path | None = None,
) -> RuleSelection:
    """The rules of some standards (all by default), of one kind of subject and one severity where those are given.

    Raises:
        UsageError: an unknown standard or kind of subject; the nearest is named.
        RuleFileError: a fault in a rule file.
    """
    found = _all_rules(standards, rules_dir)
    known = dict.fromkeys((*found.dictionary.entities, *(key for s, _ in found.rules for key in s.entities)))
    if entity is not None and entity not in known:
        near = nearest(entity, known)
        raise UsageError("option-choice", option="--entity", value=entity, near=near, choices=", ".join(known))
    found.rules[:] = [
        (standard, rule)
        for standard, rule in found.rules
        if entity in (None, rule.applies_to)
        and severity in (None, rule.severity, *(one.value for one in rule.severities))
    ]
    found.scores[:] = [
        (standard, score)
        for standard, score in found.scores
        if severity is None and entity in (None, score.applies_to)
    ]
    return found


def find_rules(
    name: str, standards: Sequence[str | Path] = (), *, rules_dir: str | Path | None = None
) -> RuleSelection:
    """Rules and assessment sheets called ``name`` (in any case), or rules that encode the document entry ``name``.

    Parents stand before heirs.

    Without ``standards`` a rule is found once in each layer that words it, otherwise also where it is inherited.

    Raises:
        UsageError: an unknown rule, with the nearest, or an unknown standard.
        RuleFileError: a fault in a rule file.
    """
    found = _all_rules(standards, rules_dir)
    wanted = name.strip().casefold()
    ordered = sorted(found.rules, key=lambda pair: (len(pair[0].lineage), pair[0].id))
    rules = [(s, r) for s, r in ordered if found.named or r.layer == s.id]
    found.rules[:] = [(s, r) for s, r in rules if r.id.casefold() == wanted] or [
        (s, r) for s, r in rules if wanted in (e.casefold() for e in r.entries)
    ]
    found.scores[:] = [(s, one) for s, one in found.scores if one.id.casefold() == wanted]
    if not found.rules and not found.scores:
        known = list(dict.fromkeys(r.id for _, r in rules))
        near = nearest(name, known)
        raise UsageError("rule-unknown", name=name, near=near)
    return found


def _all_rules(standards: Sequence[str | Path], rules_dir: str | Path | None) -> RuleSelection:
    book = open_rule_book(rules_dir, standards)
    chosen = named_standards(book, standards) or book.all()
    rules = [(s, r) for s in chosen for r in s.rules]
    scores = [(s, score) for s in chosen for score in s.scores if standards or score.layer == s.id]
    return RuleSelection(rules, bool(standards), book, whole_dictionary(book, chosen), scores)
