"""Every two rules of a standard that judge the same indicator of the same subjects.

A rule is told of the first other that contradicts it, of the first that makes it needless and of the first that leaves
a doubt. A few rules are compared each with each. Of thousands only what can be new is looked at (``pair_table``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from communitycheck.model.expression import show_evaluated
from communitycheck.model.standard import Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.plain_rules import PlainRule, fits, plain_rule
from communitycheck.standards.lint.reasoning.logic import Logic
from communitycheck.standards.lint.reasoning.sets import Texts
from communitycheck.standards.lint.rule_pairs import check_pair

if TYPE_CHECKING:
    from communitycheck.standards.lint.pair_table import Array

# Up to so many rules over one indicator are compared each with each.
FEW = 24
# Of up to so many rules every pair is looked at; of more only so many pairs of rules that are not plain.
MANY = 300
MOST_PAIRS = 15_000


def check_pairs(sound: Mapping[str, LintedRule], standard: Standard, logic: Logic) -> Iterator[LintFinding]:
    """The first finding of each code about each rule; of pairs of which neither rule is the standard's own, none."""
    for shelf in _alike(sound, logic):
        pairs = _Pairs(shelf, standard, logic)
        yield from pairs.each_with_each() if len(shelf) <= FEW else pairs.new()


def _alike(here: Mapping[str, LintedRule], logic: Logic) -> Iterable[list[LintedRule]]:
    """Rules that judge the same indicator of the same subjects.

    Rules over groups are compared only where they take in the same records.
    """
    shelves: dict[tuple[object, ...], list[LintedRule]] = defaultdict(list)
    for linted in here.values():
        rule = linted.rule
        if rule.manual is not None or rule.indicator is None:
            continue
        scope = show_evaluated(rule.where) if rule.by and rule.where is not None else ""
        shelves[(rule.applies_to, rule.by, scope, logic.quantity(rule.indicator))].append(linted)
    return shelves.values()


class _Pairs:
    def __init__(self, rules: Sequence[LintedRule], standard: Standard, logic: Logic) -> None:
        self.rules = rules
        self.standard = standard
        self.logic = logic
        self.own = [r.rule.layer == standard.id for r in rules]
        # The findings made, by code and rule.
        self._told: set[tuple[str, str | None]] = set()
        # By the kind of a pair: the code of its finding and whether that is about the first of the two.
        self._verdicts: dict[tuple[int, int], tuple[str, bool] | None] = {}

    def each_with_each(self) -> Iterator[LintFinding]:
        for i, j in combinations(range(len(self.rules)), 2):
            finding = self._look(i, j)
            if finding is not None:
                yield finding

    def new(self) -> Iterator[LintFinding]:
        """The same, without what has been said of the rule already."""
        import numpy as np

        from communitycheck.standards.lint.pair_table import PairTable  # NumPy, for large books alone

        plain = self._plain()
        places = np.array(sorted(plain))
        table = PairTable([plain[i] for i in places]) if plain else None
        others = [i for i in range(len(self.rules)) if i not in plain]
        looks = MOST_PAIRS if len(self.rules) > MANY else len(self.rules) ** 2
        for i in range(len(self.rules)):
            found: list[tuple[int, LintFinding]] = []
            if table is not None and i in plain:
                row = int(np.searchsorted(places, i))
                rest = np.arange(row + 1, len(places))
                found += self._of_row(i, places[rest], table.likeness[row], table.kinds(row, rest))
            js = [j for j in others if j > i] if i in plain else range(i + 1, len(self.rules))
            for j in js[:looks]:
                finding = self._look(i, j)
                found += [] if finding is None else [(j, finding)]
            left = len(js) - looks
            looks = max(0, -left)
            for _, finding in sorted(found, key=lambda one: one[0]):
                if (finding.code, finding.key) not in self._told:
                    self._told.add((finding.code, finding.key))
                    yield finding
            if left > 0:
                yield self.rules[i].finding("lint-pairs-left", "info", "indicator", count=left)

    def _look(self, i: int, j: int) -> LintFinding | None:
        if not (self.own[i] or self.own[j]):
            return None
        return check_pair(self.rules[i], self.rules[j], self.standard, self.logic)

    def _plain(self) -> dict[int, PlainRule]:
        """The plain rules, by their places."""
        found = {
            i: plain
            for i, linted in enumerate(self.rules)
            if (plain := plain_rule(linted, self.logic, is_own=self.own[i])) is not None
        }
        named: dict[str, set[str]] = defaultdict(set)
        for plain in found.values():
            for name, domain in plain.scope.items():
                named[name] |= domain.names if isinstance(domain, Texts) else set()
        return {i: plain for i, plain in found.items() if fits(plain, named)}

    def _of_row(self, i: int, js: Array, likeness: int, kinds: Array) -> Iterator[tuple[int, LintFinding]]:
        """What is new in the pairs of rule ``i`` with plain rules behind it; one pair stands for all of its kind."""
        import numpy as np

        for kind in np.unique(kinds):
            alike = js[kinds == kind]
            known = (int(likeness), int(kind))
            if known not in self._verdicts:
                finding = self._look(i, int(alike[0]))
                about = None if finding is None else (finding.code, finding.key == self.rules[i].rule.id)
                self._verdicts[known] = about
            about = self._verdicts[known]
            if about is None:
                continue
            code, is_first = about
            for j in alike[:1] if is_first else alike:
                if (code, self.rules[i if is_first else j].rule.id) not in self._told:
                    finding = self._look(i, int(j))
                    assert finding is not None
                    yield int(j), finding
