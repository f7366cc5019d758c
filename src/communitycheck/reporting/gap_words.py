"""A gap in words: the limit that is missed, what is missing, where most of it, and the largest in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.printable import clip, one_line
from communitycheck.reporting.rates import region_rate
from communitycheck.reporting.totals.gaps import Gap
from communitycheck.reporting.totals.rules import RuleTally, group_verdicts
from communitycheck.reporting.words.numbers import amount, count, together
from communitycheck.reporting.words.sentences import Wording, is_share

NAME = 40


def headline(report: Report, found: list[Gap], wording: Wording) -> Iterator[str]:
    """The largest gap, and the rule that most fail where it is another; else the first region that fails."""
    if found:
        yield _gap_in_words("headline-gap", found[0], wording)
        binding = [gap for gap in found if gap.rank[0] == found[0].rank[0]]
        often = max(binding, key=lambda gap: gap.tally.failed)
        if often.tally.failed > found[0].tally.failed:
            yield _gap_in_words("headline-often", often, wording)
        return
    for result, i in group_verdicts(report)[:1]:
        if result.outcome[i] == Outcome.FAIL:
            yield wording.say(
                "headline-region",
                rule=_rule_in_words(result, wording),
                name=clip(wording.name(result.verdict(i).subject), NAME),
                observed=region_rate(result, i, wording).rate,
                missing=region_missing_in_words(result, i, wording),
            )


def _gap_in_words(code: str, gap: Gap, wording: Wording) -> str:
    one, say = gap.tally, wording.say
    result = one.result
    only = one.failed == 1
    most = subjects_in_words(count(gap.area_fails), wording.rule_entity(result.rule), wording)
    unit = one.to_mend[1]
    where = "headline-all-in" if gap.area_fails == one.failed else "headline-most-in"
    return say(
        code,
        rule=_rule_in_words(result, wording),
        n=count(one.failed),
        judged=subjects_in_words(count(one.judged), wording.rule_entity(result.rule), wording),
        name=clip(wording.name(result.verdict(int(result.worst(1)[0])).subject), NAME) if only else "",
        missing=missing_in_words(one, wording) if one.to_mend[0] and only else "",
        total=missing_in_words(one, wording) if one.to_mend[0] and not only else "",
        where=say(
            where,
            area=clip(one_line(gap.area[-1]), NAME),
            most=amount(gap.area_amount, unit, wording.lang) if gap.area_amount else most,
        )
        if gap.area and not only
        else "",
    )


def _rule_in_words(result: RuleResult, wording: Wording) -> str:
    rule, limit = wording.rule_id(result.rule), limit_in_words(result, wording)
    inside = wording.say("comma").join(part for part in (rule, limit) if part)
    return wording.rule_title(result.rule) + wording.say("brackets", text=inside)


def limit_in_words(result: RuleResult, wording: Wording) -> str:
    threshold = result.rule.threshold
    if threshold is None or threshold.comparison.form == "truth":
        return ""
    return wording.threshold(result.rule)


def subjects_in_words(n: str, entity: str, wording: Wording) -> str:
    """So many, as printed, subjects of a kind."""
    kind = wording.entity(entity) if n == "1" else wording.entities(entity)
    return wording.say("brief-subjects", n=n, kind=kind)


def missing_in_words(one: RuleTally, wording: Wording) -> str:
    """81,322 ㎡: what closes all fails; how many fail where amounts do not add up."""
    short, unit = one.to_mend
    if not short:
        return subjects_in_words(count(one.failed), wording.rule_entity(one.result.rule), wording)
    missing = wording.missing(short, unit)
    if one.at_most:
        return wording.say("at-most-missing", missing=missing)
    return wording.say("at-least-missing", missing=missing) if one.at_least else missing


def worst_area(gap: Gap, wording: Wording) -> str:
    name = clip(one_line(gap.area[-1]), NAME) if gap.area else wording.say("region-unnamed")
    if gap.area_amount:
        return f"{name} {amount(gap.area_amount, gap.tally.to_mend[1], wording.lang)}"
    return f"{name} {count(gap.area_fails)}" if gap.area_fails > 1 or gap.tally.failed > 1 else name


def region_missing_in_words(result: RuleResult, i: int, wording: Wording) -> str:
    """What the region is short of: 1 more community, or the amount."""
    verdict = result.verdict(i)
    figures = wording.figures(verdict, result.add_unit)
    missing = figures.add or figures.missing or wording.say("none")
    if verdict.add is not None and is_share(result.rule):
        missing = subjects_in_words(together([verdict.add])[0], result.rule.applies_to, wording)
    # What closes it whatever the blanks hold is the most that may be missing.
    surely = verdict.add is not None and bool(verdict.blanks)
    return wording.say("at-most-missing", missing=missing) if surely else missing


def rule_in_words(rule: str, standard: str, wording: Wording) -> str:
    """The rule of that id with its title."""
    found = next((one for one in wording.standards[standard].rules if one.id == rule), None)
    return rule if found is None else f"{wording.rule_id(found)} {wording.rule_title(found)}"
