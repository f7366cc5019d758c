"""Rules over different quantities that the same fields make up: a ratio here and a difference there, or chains of them.

``a / b`` at least 1 leaves no room for ``a`` at most half of ``b``; nor can ``a >= b``, ``b >= c`` and ``c > a`` be met
together. Rules over one and the same quantity are compared in ``pairs``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Node, Unary, names_in, show, show_evaluated
from communitycheck.model.standard import Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Answer, Logic
from communitycheck.standards.lint.rule_pairs import check_pair

# So many pairs of related rules are looked at; chains of so many rules.
MOST_PAIRS = 3_000
LONGEST_CHAIN = 16
# Where so many rules for everybody meet so many scopes, chains are looked for among the former alone.
MOST_PLACES = 100_000
Names = frozenset[str]


def check_related(
    sound: Mapping[str, LintedRule], standard: Standard, dictionary: Dictionary, logic: Logic
) -> Iterator[LintFinding]:
    """What related rules contradict or repeat, and chains of three and more that cannot all be met."""
    for rules in _same_subjects(sound):
        whole = _Related(rules, standard, dictionary, logic)
        yield from whole.pairs()
        yield from whole.chains()


def _same_subjects(sound: Mapping[str, LintedRule]) -> list[list[LintedRule]]:
    """Rules that judge the same records, or the same groups of the same records."""
    found: dict[tuple[object, ...], list[LintedRule]] = defaultdict(list)
    for linted in sound.values():
        rule = linted.rule
        if rule.manual is None and rule.indicator is not None:
            scope = show_evaluated(rule.where) if rule.by and rule.where is not None else ""
            found[rule.applies_to, rule.by, scope].append(linted)
    return list(found.values())


class _Related:
    def __init__(self, rules: Sequence[LintedRule], standard: Standard, dictionary: Dictionary, logic: Logic) -> None:
        self.standard = standard
        self.logic = logic
        self.rules = list(rules)
        self.unfolded = [linted.unfolded(dictionary.fields) for linted in rules]
        self._written = [_fields(one, dictionary) for one in rules]
        self.names = [own | _fields(one, dictionary) for own, one in zip(self._written, self.unfolded, strict=True)]
        self.own = [linted.rule.layer == standard.id for linted in rules]
        self._told: set[tuple[str, str | None]] = set()

    def pairs(self) -> Iterator[LintFinding]:
        looks, left = 0, 0
        for one, two in self._classes():
            for i, j in product(one, two):
                if not (self.own[i] or self.own[j]):
                    continue
                if looks == MOST_PAIRS:
                    left += 1
                    continue
                looks += 1
                finding = self._look(min(i, j), max(i, j))
                if finding is not None and (finding.code, finding.key) not in self._told:
                    self._told.add((finding.code, finding.key))
                    yield finding
        if left:
            yield self._first.finding("lint-related-left", "info", "indicator", count=left)

    @property
    def _first(self) -> LintedRule:
        """The first of the standard's own rules, where what is about many of them is said."""
        return next((one for one, own in zip(self.rules, self.own, strict=True) if own), self.rules[0])

    def _classes(self) -> Iterator[tuple[list[int], list[int]]]:
        """Pairs of lists of rules: each list over one quantity, both lists over fields in common."""
        classes: dict[tuple[str, Names], list[int]] = defaultdict(list)
        for i, linted in enumerate(self.rules):
            assert linted.rule.indicator is not None
            classes[self.logic.quantity(linted.rule.indicator), self.names[i]].append(i)
        by_name: dict[str, list[tuple[str, Names]]] = defaultdict(list)
        for key in classes:
            near = dict.fromkeys(other for name in sorted(key[1]) for other in by_name[name])
            for other in near:
                common = len(key[1] & other[1])
                if other[0] != key[0] and (common >= 2 or common == min(len(key[1]), len(other[1]))):
                    yield classes[other], classes[key]
            for name in key[1]:
                by_name[name].append(key)

    def _look(self, i: int, j: int) -> LintFinding | None:
        finding = check_pair(self.rules[i], self.rules[j], self.standard, self.logic, doubts=False)
        # That there is a hall at all is worth a rule of its own beside one on its size for each resident.
        if finding is not None and (finding.level == "error" or self._written[i] == self._written[j]):
            return finding
        one, two = self.unfolded[i], self.unfolded[j]
        as_written = one is self.rules[i] and two is self.rules[j]
        if as_written or not (self._says_something(one) and self._says_something(two)):
            return None
        finding = check_pair(one, two, self.standard, self.logic, doubts=False)
        return finding if finding is not None and finding.level == "error" else None

    def _says_something(self, linted: LintedRule) -> bool:
        """A total that has to equal the parts that it is worked out from is met by all, once these stand for it."""
        asked = [r for day in linted.days() if (r := linted.requirement(day)) is not None]
        return all(
            self.logic.can_hold(r) is not Answer.NO and self.logic.can_hold(Unary("not", r)) is not Answer.NO
            for r in asked
        )

    def chains(self) -> Iterator[LintFinding]:
        by_scope: dict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(self.rules):
            by_scope["" if one.rule.where is None else show_evaluated(one.rule.where)].append(i)
        everywhere = by_scope.get("", [])
        if len(by_scope) * len(everywhere) > MOST_PLACES:
            by_scope = defaultdict(list, {"": everywhere})
        seen: set[tuple[int, ...]] = set()
        too_long = 0
        for scope, members in by_scope.items():
            within = sorted(members + everywhere) if scope else members
            if all(len(self.names[i]) < 2 for i in within):
                continue
            for linked in _linked(within, self.names):
                if len(linked) > LONGEST_CHAIN and not all(map(self._equates, linked)):
                    too_long = max(too_long, len(linked))
                if not 3 <= len(linked) <= LONGEST_CHAIN:
                    continue
                core = self._core(linked)
                if len(core) > 2 and tuple(core) not in seen and any(self.own[i] for i in core):
                    seen.add(tuple(core))
                    yield self._chain(core)
        if too_long:
            yield self._first.finding("lint-chain-left", "info", "indicator", count=too_long, most=LONGEST_CHAIN)

    def _equates(self, i: int) -> bool:
        """It is one of a book's identities, of which many hang together by design."""
        held = self.rules[i].rule.threshold
        return held is not None and held.comparison.equates

    def _core(self, linked: list[int]) -> list[int]:
        """The fewest of the rules that cannot be met together; none where all can."""
        rules = [one for i in linked if self._says_something(one := self.unfolded[i])]
        days = sorted({day for one in rules for day in one.days()})
        for day in days:
            asked = {i: r for i in linked if (r := self.unfolded[i].requirement(day)) is not None}
            scope = next((s for i in asked if (s := self.unfolded[i].scope(day)) is not None), None)
            if len(asked) < 3 or len(rules) < len(linked) or self.logic.can_hold(scope) is not Answer.YES:
                continue
            if self.logic.can_hold(scope, *asked.values()) is Answer.NO:
                return self._least(scope, asked)
        return []

    def _least(self, scope: Node | None, asked: dict[int, Node]) -> list[int]:
        for i in list(asked):
            rest = {j: node for j, node in asked.items() if j != i}
            if self.logic.can_hold(scope, *rest.values()) is Answer.NO:
                asked = rest
        return list(asked)

    def _chain(self, core: list[int]) -> LintFinding:
        place = [i for i in core if self.own[i]][-1]
        day = max(day for i in core for day in self.rules[i].days())
        others = [self.rules[i] for i in core if i != place]
        told = "; ".join(f"{one.rule.id} ({one.place()}): {_claim(one)} {one.required(day)}" for one in others)
        linted = self.rules[place]
        return linted.finding("lint-contradiction-chain", "error", required=linted.required(day), others=told)


def _claim(linted: LintedRule) -> str:
    assert linted.rule.indicator is not None
    return show(linted.rule.indicator)


def _fields(linted: LintedRule, dictionary: Dictionary) -> Names:
    """The fields that a rule holds against each other; those of its scope do not count."""
    return frozenset(name for node in linted.rule.judged for name in names_in(node) if name in dictionary.fields)


def _linked(places: Sequence[int], names: Sequence[Names]) -> list[list[int]]:
    """Rules that fields in common link to each other, however far."""
    groups: list[tuple[set[str], list[int]]] = []
    for i in places:
        joined: tuple[set[str], list[int]] = (set(names[i]), [i])
        apart = []
        for group in groups:
            if group[0] & joined[0]:
                joined = (joined[0] | group[0], group[1] + joined[1])
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [sorted(members) for _, members in groups]
