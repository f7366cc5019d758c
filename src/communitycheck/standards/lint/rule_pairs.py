"""What is wrong with two rules of one standard that judge the same indicator."""

from __future__ import annotations

from datetime import date

from communitycheck.model.expression import Binary, Node, Number, Unary, names_in, show, walk
from communitycheck.model.standard import SEVERITIES, Standard
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Answer, Logic


def check_pair(
    one: LintedRule, two: LintedRule, standard: Standard, logic: Logic, *, doubts: bool = True
) -> LintFinding | None:
    """The worst fault of two rules: contradiction, then redundancy, then (with ``doubts``) what cannot be told."""
    own = [s for s in (one, two) if s.rule.layer == standard.id] or [two]
    place, other = (own[-1], one if own[-1] is two else two)
    days = sorted(one.days() | two.days())
    doubt = False
    for day in days:
        asked = one.requirement(day), two.requirement(day)
        scopes = (None, None) if one.rule.by else (one.scope(day), two.scope(day))
        if asked[0] is None or asked[1] is None:
            continue
        overlap = logic.can_hold(*scopes)
        if overlap is Answer.NO or any(logic.can_hold(s, a) is Answer.NO for s, a in zip(scopes, asked, strict=True)):
            continue
        together = _best(logic, scopes, asked)
        if together is Answer.NO and overlap is Answer.YES:
            return place.finding(
                "lint-contradiction",
                "error",
                required=place.required(day),
                other=other.rule.id,
                other_required=other.required(day),
                at=other.place(),
            )
        doubt = doubt or together is not Answer.YES
    implied = [_implies(logic, a, b, days) for a, b in ((one, two), (two, one))]
    if Answer.YES in implied:
        weaker, stronger = (two, one) if implied[0] is Answer.YES else (one, two)
        if implied == [Answer.YES, Answer.YES]:
            weaker, stronger = place, other
        code = "lint-same" if implied == [Answer.YES, Answer.YES] else "lint-implied"
        parted = _divisors(stronger, logic) - _divisors(weaker, logic)
        if code == "lint-same":
            parted |= _divisors(weaker, logic) - _divisors(stronger, logic)
        code += "-above-zero" if parted else ""
        spot = weaker if weaker.rule.layer == standard.id else stronger
        day = days[-1]
        return LintFinding(
            spot.raw.file.name,
            spot.raw.line(),
            spot.rule.id,
            code,
            "warning",
            {
                "rule": weaker.rule.id,
                "required": weaker.required(day),
                "other": stronger.rule.id,
                "other_required": stronger.required(day),
                "at": (stronger if spot is weaker else weaker).place(),
                "divisor": ", ".join(sorted(parted)),
            },
        )
    # That two formulas equate one figure with different sums is what identities do; it gives no cause for doubt.
    identities = all(s.rule.threshold is not None and s.rule.threshold.comparison.equates for s in (one, two))
    if doubts and not identities and (doubt or Answer.OPEN in implied):
        return place.finding("lint-undecided", "info", other=other.rule.id, at=other.place())
    return None


def _divisors(linted: LintedRule, logic: Logic) -> set[str]:
    """What the rule divides by that may be zero, where a quotient applies to nobody and a product goes on."""
    scopes = [linted.scope(day) for day in linted.days()]
    found = set()
    for node in linted.rule.judged:
        for part in walk(node):
            if isinstance(part, Binary) and part.op == "/" and names_in(part.right):
                nothing = Binary("==", part.right, Number(0.0))
                if any(logic.can_hold(scope, nothing) is not Answer.NO for scope in scopes):
                    found.add(show(part.right))
    return found


def _best(logic: Logic, scopes: tuple[Node | None, ...], asked: tuple[Node | None, ...]) -> Answer:
    """Whether the demands can hold together inside the scopes; where that is open, whether they can by themselves."""
    answer = logic.can_hold(*scopes, *asked)
    return logic.can_hold(*asked) if answer is Answer.OPEN else answer


def _implies(logic: Logic, strong: LintedRule, weak: LintedRule, days: list[date]) -> Answer:
    """Whether meeting ``strong`` always meets ``weak``: wherever and whenever the weak one is asked."""
    rank = SEVERITIES.index
    last, first = strong.rule.last_due, weak.rule.due
    later = last is not None and (first is None or first < last)
    if later or rank(strong.rule.least_severity) > rank(weak.rule.severity):
        return Answer.NO
    verdict = Answer.YES
    for day in days:
        asked = strong.requirement(day), weak.requirement(day)
        if asked[1] is None:
            continue
        if asked[0] is None:
            return Answer.NO
        scopes = (None, None) if strong.rule.by else (strong.scope(day), weak.scope(day))
        if logic.can_hold(scopes[1]) is Answer.NO:
            return Answer.NO  # switched off by a parameter
        outside = Answer.NO if scopes[0] is None else logic.can_hold(scopes[1], Unary("not", scopes[0]))
        if outside is Answer.YES:
            return Answer.NO
        missed = _best(logic, scopes, (asked[0], Unary("not", asked[1])))
        if missed is Answer.YES:
            return Answer.NO
        if outside is Answer.OPEN or missed is Answer.OPEN:
            verdict = Answer.OPEN
    return verdict
